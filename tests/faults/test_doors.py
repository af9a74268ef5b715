"""The doors of the program: what it starts, what it opens, and who may read what it writes."""

from __future__ import annotations

import ast
import base64
import errno
import os
import stat
import subprocess
import webbrowser
from pathlib import Path
from pickle import UnpicklingError

import keyring
import pytest

import reader
from reader import cli, logs, settings
from reader.ingest import worker
from reader.ingest.found import Found
from reader.ingest.workshop import Workshop
from reader.library import Library, errands
from reader.library.porter import packed
from reader.model.article import Entry
from reader.model.source import Care, Source
from reader.storage.lock import Lock
from reader.ui.actions.browsing import browse
from reader.ui.prelude import recording
from reader.ui.prelude.sheet import Sheet
from tests import servers
from tests.library.refreshing import Ring, feed
from tests.servers import Reply

ROOT = Path(reader.__file__).parent

# -- nothing goes through a shell

STARTING = {
    "ingest/workshop.py": "workers, which read what came",
    "library/porter.py": "the process that refreshes beside the app",
    "cli/editor.py": "the user's editor",
    "ui/actions/notes.py": "the user's editor",
    "ui/actions/own.py": "the user's commands that want the terminal",
    "ui/actions/playing.py": "the user's player",
    "web/server.py": "an app for each page of `reader web`",
    "library/programs.py": "the user's dictionary and voice, commands and hooks",
}
"""The only files that start processes, and which."""
OPENING = {"cli/linear_links.py", "cli/serving.py", "ui/actions/browsing.py"}
"""The only files that ask for the browser."""
READING_BYTES = {
    "ingest/worker.py": {"pickle"},
    "ingest/workshop.py": {"pickle"},
    "ui/actions/collecting.py": {"ctypes"},
}
"""The only files that import what makes code of bytes, or calls it: values between our processes, and the C library."""
WRITING_CODE = {"values.py": {"exec"}}
"""The only file that makes code of text: of the names of the fields of our own classes."""

SHELLS = {"system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell", "subprocess_shell", "startfile"}
STARTERS = {"Popen", "run", "call", "check_call", "check_output", "create_subprocess_exec", "subprocess_exec"}
REPLACERS = {
    "fork",
    "forkpty",
    "execv",
    "execve",
    "execvp",
    "execl",
    "execlp",
    "spawnv",
    "spawnl",
    "spawnvp",
    "posix_spawn",
}
CODE = {"eval", "exec", "compile", "__import__"}
BYTES = {"pickle", "marshal", "shelve", "dill", "yaml", "ctypes", "cffi", "pty", "commands"}


def doors(text: str) -> set[str]:
    """Give what a piece of Python could let somebody in by, by name; what is `shell …` may be nowhere."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                found |= {f"import {name.name.partition('.')[0]}" for name in names}
            case ast.ImportFrom(module=str(module), names=names):
                found |= {f"import {module.partition('.')[0]}", *(f"name {module}.{name.name}" for name in names)}
            case ast.Call():
                found |= _called(node)
    # By their own names they cannot be told from ours.
    hidden = {f"name os.{name}" for name in SHELLS | REPLACERS} | {
        f"name subprocess.{name}" for name in SHELLS | STARTERS
    }
    return found | {f"shell by {one}" for one in found & hidden}


def _called(call: ast.Call) -> set[str]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    # Of what is no name, as in `self._shop.run`, the owner is no module.
    owner = getattr(function.value, "id", "?") if isinstance(function, ast.Attribute) else ""
    found = set()
    if name in SHELLS or (owner == "os" and name in REPLACERS):
        found.add(f"shell {owner}.{name}")
    if name in {"subprocess_exec", "create_subprocess_exec"} or (name in STARTERS and owner == "subprocess"):
        found.add(f"start {name}")
        if any(map(_is_text, call.args[:1])):
            found.add(f"shell {name} of a text")
    if any(
        one.arg == "shell" and not (isinstance(one.value, ast.Constant) and not one.value.value)
        for one in call.keywords
    ):
        found.add("shell shell=")
    if not owner and name in CODE:
        found.add(f"code {name}")
    return found


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is a text, as a whole command line would be."""
    joined = (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"join", "format"}
    )
    return (
        isinstance(node, ast.JoinedStr | ast.BinOp)
        or joined
        or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    )


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.system(f'mpv {url}')",
        "from os import popen\npopen(url)",
        "import subprocess\nsubprocess.run(words, shell=True)",
        "import subprocess\nsubprocess.run(words, shell=mode)",
        "from subprocess import Popen\nPopen('mpv ' + url)",
        "subprocess.call(' '.join(words))",
        "subprocess.check_output(f'dict {word}')",
        "subprocess.getoutput(line)",
        "asyncio.create_subprocess_shell(line)",
        "loop.subprocess_shell(make, line)",
        "os.execvp(words[0], words)",
    ],
)
def test_the_search_for_shells_finds_them(text):
    assert any(one.startswith("shell") for one in doors(text))


def test_nothing_goes_through_a_shell_and_processes_start_where_we_know():
    """One walk over the whole program: whoever opens another door has to write it into the lists above."""
    found = {str(path.relative_to(ROOT)): doors(path.read_text("utf-8")) for path in sorted(ROOT.rglob("*.py"))}
    assert len(found) > 300
    assert {path: ways for path, ways in found.items() if any(way.startswith("shell") for way in ways)} == {}
    assert {path for path, ways in found.items() if any(way.startswith("start") for way in ways)} == set(STARTING)
    assert {path for path, ways in found.items() if "import webbrowser" in ways} == OPENING
    for kind, known in (("import", READING_BYTES), ("code", WRITING_CODE)):
        names = {f"{kind} {name}" for name in (BYTES if kind == "import" else CODE)}
        assert {path: ways & names for path, ways in found.items() if ways & names} == {
            path: {f"{kind} {name}" for name in some} for path, some in known.items()
        }


class Trap:
    """A value that runs something when it is read."""

    def __init__(self, way, *given):
        self.way, self.given = way, given

    def __reduce__(self):
        return self.way, self.given


@pytest.mark.parametrize(
    "value",
    [
        Trap(os.system, "touch trapped"),
        Trap(exec, "open('trapped', 'w')"),
        Trap(getattr, "", "join"),
        Trap(subprocess.call, ["touch", "trapped"]),
        Trap(Path, "/etc/passwd"),
        Trap(Workshop),
        Trap(worker.import_module, "antigravity"),
        [("done", Trap(Library, None))],
    ],
)
def test_to_read_what_a_worker_answers_runs_nobody_s_code(value, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnpicklingError, match="is no value"):
        worker.unpacked(worker.packed(value))
    assert not list(tmp_path.glob("trapped"))


def test_what_a_worker_may_answer_is_read_whole():
    entry = Entry("Boats", body="Wood.", tags=("a", "b"), published=7)
    found = Found("feed", "Sea", (entry,), sources=(Source("", "feed", "x", "y", care=Care(keep=("p",))),))
    for answer in (
        ("done", found, 3),
        ("refused", "words", 0),
        (None, True, 1.5, b"x", {"a": [1]}, {1}, frozenset({2})),
    ):
        assert worker.unpacked(worker.packed(answer)) == answer


# -- links


class Stage:
    """A screen that only remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.pane = self.app = self
        self.is_web = False

    def say(self, text: str, *, warning: bool = False) -> None:
        self.said.append(f"{'!' if warning else ''}{text}")

    def in_background(self, work, told) -> None:
        told(work())


@pytest.fixture
def started(monkeypatch) -> list[tuple[object, dict[str, object]]]:
    """What was started in the place of a browser, each with its options."""
    asked = []

    class Process:
        def __init__(self, command, **options):
            asked.append((command, options))

        def poll(self):
            return None

        def wait(self, _=None):
            return 0

    monkeypatch.setattr(subprocess, "Popen", Process)
    monkeypatch.setattr(webbrowser, "_tryorder", [])
    monkeypatch.setattr(webbrowser, "_browsers", {})
    webbrowser.register("mine", None, webbrowser.BackgroundBrowser("mine"))
    return asked


@pytest.mark.parametrize(
    "url",
    [
        "https://e.example/$(id)`id`;id|id&&id>x?a='\"*~{a,b}",
        "http://e.example/-o%20x",
        "mailto:someone@post.example?subject=--version;id",
    ],
)
def test_the_browser_gets_an_address_as_one_argument(started, url):
    stage = Stage()
    browse(stage, url, "Opened.", "None.")
    assert stage.said == ["Opened."]
    ((command, options),) = started
    assert command == ["mine", url]
    assert not options.get("shell")


@pytest.mark.parametrize(
    "url",
    [
        "", "-v", "--help", "/etc/passwd", "file:///etc/passwd", "FILE:/x", "javascript:alert(1)", "data:text/html,x",
        "ftp://e.example/", "ssh://-oProxyCommand=x/", "vbscript:x", "x-man-page:ls", "about:blank", "blob:http://e.example/",
        "view-source:http://e.example/", "https:///nobody", "http:/e.example", "mailto:", " https://e.example/",
    ],
)  # fmt: skip
def test_nothing_but_web_and_mail_addresses_is_opened(started, url):
    for web in (False, True):
        stage = Stage()
        stage.is_web = web
        browse(stage, url, "Opened.", "None.")
        assert stage.said == ["!This is no address of a page: it cannot be opened."]
    assert started == []


# -- what is written is its owner's alone


def rights(folder: Path) -> dict[str, str]:
    """Give what is wrong with the rights of a folder and all that is in it, by path."""
    wrong = {}
    for path in (folder, *sorted(folder.rglob("*"))):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            wrong[str(path.relative_to(folder.parent))] = oct(mode)
    return wrong


@pytest.fixture
def masked(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.parametrize("masked", [0, 0o377], indirect=True, ids=oct)
def test_all_files_are_for_their_owner_alone(masked, tmp_path, monkeypatch, capsys, server):
    home = tmp_path / "above" / "home"
    monkeypatch.setenv("READER_HOME", str(home))
    server.routes["/feed"] = feed("One", "Two")
    logs.begin(str(tmp_path / "log"), "debug")
    page = Path(__file__).parent.parent / "fixtures" / "topic-page.txt"

    def run(*arguments: object) -> str:
        assert cli.main(list(map(str, arguments)), lambda **_: 0) == 0
        return capsys.readouterr().out

    run("add", page)
    run("add", server.url("/feed"))
    article = run("list").partition("\t")[0]
    run("mark", "bookmark", article)
    run("note", article, "Look again.")
    run("refresh", "--force")
    run("doctor", "--repair")
    places = settings.places()
    with Library(places) as library:
        recording.keep(Sheet((80, 24), (0, 1), {}, {}), places)
        library.cache.keep("session", b"{}")
        held = Lock(places.data / "other.lock")
        monkeypatch.setattr("reader.storage.lock._lock", lambda _: (_ for _ in ()).throw(OSError(errno.ENOLCK, "none")))
        assert held.acquire()
        here = {path.name for path in places.data.iterdir()}
        assert {"library.db", "library.db-wal", "library.db-shm", "marks.json", "marks.json.journal", "reader.lock",
                "other.lock.held", "first-picture", "backups"} <= here  # fmt: skip
        assert list((places.data / "backups").iterdir())
        logs.end()
        assert not (tmp_path / "log").stat().st_mode & 0o077
        assert rights(home.parent) == {}
        held.release()


def test_a_folder_of_the_users_own_keeps_its_rights(places):
    places.data.mkdir(parents=True)
    places.data.chmod(0o750)
    Library(places).close()
    assert stat.S_IMODE(places.data.stat().st_mode) == 0o750


# -- passwords

TOKEN = "Zq7-open-sesame-93x"


@pytest.fixture
def ring():
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


ANSWERS = [
    Reply(status=401),
    Reply(status=500),
    servers.cut(),
    servers.garbage(),
    servers.redirect("http://x:0/"),
    servers.redirect("file:///etc/passwd"),
    servers.redirect("http://127.0.0.2:9/"),
    Reply("<p>No feed."),
]


def test_a_password_is_in_the_keyring_alone(ring, server, tmp_path, monkeypatch, capfd):
    """Searched for in every file, in all that is printed, and in what is handed to other processes."""
    home = tmp_path / "home"
    monkeypatch.setenv("READER_HOME", str(home))
    server.routes["/feed"] = feed("One", site=server.base.replace("//", f"//bob:{TOKEN}@"))
    typed = server.url("/feed").replace("//", f"//bob:{TOKEN}@")
    handed: list[object] = []
    popen = subprocess.Popen.__init__

    home.mkdir()
    logs.begin(str(home / "log"), "debug")

    def started(self, command, *given, **named):
        handed.append((command, named.get("env")))
        return popen(self, command, *given, **named)

    monkeypatch.setattr(subprocess.Popen, "__init__", started)

    def run(*arguments: str) -> None:
        cli.main(list(arguments), lambda **_: 0)

    run("add", typed)
    for reply in ANSWERS:
        server.routes["/feed"] = reply
        run("refresh", "--force")
    run("add", typed)
    run("sources", "show", typed.replace("feed", "nowhere"))
    for verb in (("refresh", "--force"), ("sources",), ("sources", "show", typed), ("list",)):
        run(*verb)
        run(*verb, "--json")
    run("doctor")
    with Library(settings.places()) as library:
        handed.append(packed(library.places.library, errands.job_for(library, None, force=True)))
        told = [repr(library.marks.sources()), *(str(one.fetch) for one in library.subscriptions.sources())]
    logs.end()
    assert (home / "log").stat().st_size
    assert len(ring.held) == 1
    assert list(ring.held.values()) == [TOKEN]
    assert any("authorization" in asked.headers for asked in server.asked[1:])
    out, err = capfd.readouterr()
    packed_token = base64.b64encode(f"bob:{TOKEN}".encode()).decode()
    for secret in (TOKEN, packed_token):
        assert secret not in out + err
        assert secret not in "".join(told) + repr(handed)
        for path in home.rglob("*"):
            assert path.is_dir() or secret.encode() not in path.read_bytes(), path
