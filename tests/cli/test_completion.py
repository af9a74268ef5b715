"""Tab in real shells completes what there is, and nothing that a name holds is ever run."""

import os
import pty
import select
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from reader import settings
from reader.cli import VERBS, candidates, shell_words
from reader.cli.completing import SHELLS
from reader.library import Library
from reader.model.source import Source
from tests.thorough import examples

SCRIPTS = Path(candidates.__file__).parent / "shells"
HOSTILE = [
    "$(touch PWNED)", "`touch PWNED`", "x; touch PWNED", "a'b\"c", "two words", "!! && touch PWNED", "~root", "*",
    "{a,b}", "back\\slash", "Über:all=this", "#hash", "%n%F{red}", "$HOME", "a|b>c<d&e", "@x", "-x-",
]  # fmt: skip
DEADLINE = 40.0
"""Seconds after which waiting has been in vain; nothing is ever told by how long something took."""
UNFIT = ["--yes", "-f", "new\nline", "\x1b]0;title\x07", "bell\x07"]
"""What cannot stand on a command line for itself; such a source is completed by its id."""


@pytest.fixture
def hostile(home, run, page):
    assert run("add", page).status == 0
    with Library(settings.places()) as library:
        keys = library.shelf.listing().keys
        for number, name in enumerate([*HOSTILE, *UNFIT]):
            library.marks.put_source(Source(f"feed-{number}", "feed", name, f"http://{number}.example/"))
            library.marks.put_view(name, "is:unread", "view")
        rows = library.shelf.rows(keys[:1])
        library.notebook.set_tags(rows, [name for name in HOSTILE if "," not in name])
    return run


def offered(run, *words):
    result = run("--complete", "fish", "--", *words)
    assert (result.status, result.err) == (0, "")
    kind, *rest = result.lines
    return kind, [line.split("\t")[0] for line in rest]


def test_verbs_options_and_choices(hostile):
    assert offered(hostile, "")[1] == [*VERBS]
    assert offered(hostile, "ba") == ("files", ["backup"])
    assert offered(hostile, "--li") == ("files", ["--linear"])
    assert offered(hostile, "list", "--v")[1] == ["--view"]
    assert offered(hostile, "list", "--json", "--")[1][:2] == ["--view", "--ids"]
    assert offered(hostile, "mark", "un")[1] == ["unread", "unbookmark"]
    assert offered(hostile, "sources", "re")[1] == ["rename", "resume", "remove"]
    assert offered(hostile, "sources", "set", "x", "--full-text", "a")[1] == ["auto", "always"]
    assert offered(hostile, "sources", "set", "x", "--full-text=a")[1] == ["--full-text=auto", "--full-text=always"]
    assert offered(hostile, "--quiet", "tag", "re")[1] == ["remove"]
    assert offered(hostile, "--set", "measure=70", "tag", "re")[1] == ["remove"]
    assert offered(hostile, "--set=meas")[1] == ["--set=measure="]
    assert offered(hostile, "config", "show", "meas")[1] == ["measure"]
    assert offered(hostile, "undo", "") == ("words", [])
    assert offered(hostile, "nonsense", "") == ("words", [])
    assert offered(hostile, "add", "")[0] == "files"


def test_every_sentence_tells_of_its_verb(hostile):
    told = hostile("--complete", "zsh", "--", "").lines[1:]
    assert [line.partition("\t")[0] for line in told] == [*VERBS]
    assert all(line.endswith(".") for line in told)


def test_names_of_the_library(hostile):
    ids = hostile("list", "--ids").lines
    assert set(offered(hostile, "show", "")[1]) == set(ids)
    assert offered(hostile, "show", ids[0][:14])[1] == [ids[0]]
    assert offered(hostile, "mark", "read", ids[3])[1] == [ids[3]]
    assert offered(hostile, "tag", "add", "x", ids[3][:14])[1] == [ids[3]]
    assert "two words" in offered(hostile, "sources", "show", "")[1]
    assert offered(hostile, "refresh", "TWO")[1] == ["two words"]
    assert offered(hostile, "tag", "add", "x,two")[1] == ["x,two words"]
    assert offered(hostile, "list", "--view", "two")[1] == ["two words"]
    assert offered(hostile, "list", "tag:two")[1] == ['tag:"two words"']
    assert offered(hostile, "list", "is:boo")[1] == ["is:bookmarked"]
    assert offered(hostile, "show", "x")[1] == []
    hostile("sources", "set", "feed-4", "--folder", "Far away")
    assert offered(hostile, "sources", "set", "feed-5", "--folder", "F")[1] == ["Far away"]
    assert offered(hostile, "restore", "20")[1] == [row[0] for row in hostile("backup", "--list").rows]


def test_a_title_is_beside_its_id(hostile):
    first = hostile("list", "is:unread").rows[0]
    lines = hostile("--complete", "fish", "--", "show", "").lines
    assert f"{first[0]}\t{first[2]}" in lines


def test_what_cannot_stand_on_a_command_line_is_not_offered(hostile):
    kind, names = offered(hostile, "sources", "show", "")
    assert kind == "words"
    assert set(HOSTILE) - {"-x-"} <= set(names)
    assert not {name for name in names if name.startswith("-") or not name.isprintable()}


def test_nothing_is_written_nor_said(hostile, home, monkeypatch):
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    for words in (["show", ""], ["tag", "add", ""], ["list", "author:"], ["restore", ""], ["list", "--view", ""]):
        offered(hostile, *words)
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()} == before
    assert not any("held" in str(path) for path in home.rglob("*"))
    with Library(settings.places()):  # it does not wait for who writes
        assert len(offered(hostile, "show", "")[1]) == 23
    (settings.places().library).write_bytes(b"no database")
    result = hostile("--complete", "fish", "--", "show", "")
    assert (result.status, result.out, result.err) == (0, "", "")
    for given in ([], ["bash"], ["bash", "--"], ["bash", "--", "x"], ["fish", "--"]):
        result = hostile("--complete", *given)
        assert (result.status, result.err) == (0, "")


def test_without_a_library_there_are_no_names_and_none_is_made(run, home):
    assert offered(run, "show", "") == ("words", [])
    assert offered(run, "tag", "add", "") == ("words", [])
    assert not home.exists()


def test_bash_gets_words_that_mean_what_they_say(tmp_path):
    values = [*HOSTILE, "tag:sea", "--view=two words", "naïve café"]
    script = "".join(f"set -- {shell_words.put('', value)}; printf '%s:%s\\0' $# \"$1\"\n" for value in values)
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True, cwd=tmp_path)
    assert done.stdout.decode().split("\0")[:-1] == [f"1:{value}" for value in values]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("word", "value", "put"),
    [
        ("tag:s", "tag:sea", "sea"), ("tag:", "tag:sea", "sea"), ("--view=Lo", "--view=Long reads", "Long\\ reads"),
        ("'two w", "two words", "two words"), ("'", "a'b", None), ('"', "$x", None), ('"', "a b", "a b"),
        ("a'b", "x", None), ("The\\ F", "The Ferry", "The\\ Ferry"), ("TAG:s", "tag:sea", None),
    ],
)  # fmt: skip
def test_what_bash_puts_for_a_word(word, value, put):
    assert shell_words.put(word, value) == put


@pytest.mark.parametrize(
    ("line", "pieces", "words"),
    [
        ("reader list tag:s", ["reader", "list", "tag", ":", "s"], ["reader", "list", "tag:s"]),
        ("reader list  --view=", ["reader", "list", "--view", "="], ["reader", "list", "--view="]),
        ("reader list ", ["reader", "list", ""], ["reader", "list", ""]),
        ("reader li", ["reader", "list"], ["reader", "li"]),
        ("reader a:b c", ["reader", "a", ":", "b", "c"], ["reader", "a:b", "c"]),
    ],
)
def test_words_that_bash_parts_are_put_together(line, pieces, words):
    assert shell_words.whole(line, pieces) == words


# -- in the shells themselves

SHIM = """\
#!/bin/sh
case "$1" in
    --complete|completion) exec {python} -m reader "$@" ;;
esac
printf '%s\\n' "$@" > {told}.new
mv {told}.new {told}
"""
BEGINNING = {
    "bash": ("bash", "--noprofile", "--rcfile", "{rc}", "-i"),
    "zsh": ("zsh", "-i"),
    "fish": ("fish", "--private", "--init-command", "source {rc}"),
}
RC = {
    "bash": "PS1='READY> '\nHISTFILE=\nbind 'set bell-style none'\n",
    "zsh": "PS1='READY> '\nautoload -U compinit\ncompinit -u -D\n",
    "fish": "function fish_prompt; printf 'READY> '; end\nset -g fish_autosuggestion_enabled 0\n",
}


class Shell:
    """A shell on a terminal of its own, in which `reader` tells what it was called with."""

    def __init__(self, name, folder, home):
        self.told = folder / "told"
        (folder / "bin").mkdir()
        shim = folder / "bin" / "reader"
        shim.write_text(SHIM.format(python=sys.executable, told=self.told))
        shim.chmod(0o755)
        rc = folder / ".zshrc"
        rc.write_text(RC[name] + (SCRIPTS / f"reader.{name}").read_text())
        work = folder / "work"
        work.mkdir()
        environment = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(folder), "ZDOTDIR": str(folder),
            "READER_HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }  # fmt: skip
        command = [part.format(rc=rc) for part in BEGINNING[name]]
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(work)
            os.execvpe(command[0], command, environment)
        self.seen = ""
        self.until(lambda: "READY> " in self.seen)

    def until(self, come):
        end = time.monotonic() + DEADLINE
        while not come():
            assert time.monotonic() < end, self.seen
            ready, _, _ = select.select([self.terminal], [], [], 0.05)
            if ready:
                self.seen += os.read(self.terminal, 65536).decode("utf-8", "replace")

    def enter(self, typed):
        """Type something, and give the arguments that the program got."""
        self.told.unlink(missing_ok=True)
        os.write(self.terminal, f"{typed}\n".encode())
        self.until(self.told.exists)
        return self.told.read_text().splitlines()

    def end(self):
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


@pytest.fixture(params=SHELLS)
def shell(request, tmp_path, hostile, home):
    if shutil.which(request.param) is None:
        pytest.skip(f"there is no {request.param}")
    folder = tmp_path / "shell"
    folder.mkdir()
    opened = Shell(request.param, folder, home)
    yield opened
    opened.end()
    assert list((folder / "work").iterdir()) == [], "something of a name was run"


def test_tab_in_the_shell(shell, hostile):
    article = hostile("list", "--ids").lines[5]
    assert shell.enter("reader sources resu\ttw\t") == ["sources", "resume", "two words"]
    assert shell.enter("reader sources show \\$\\(\t") == ["sources", "show", "$(touch PWNED)"]
    assert shell.enter(f"reader show {article[:14]}\t") == ["show", article]
    assert shell.enter("reader list is:boo\t") == ["list", "is:bookmarked"]
    for typed, value in examples((), (("x\\;", HOSTILE[2]), ("\\!", HOSTILE[5]), ("a\\'", HOSTILE[3]))):
        assert shell.enter(f"reader sources show {typed}\t") == ["sources", "show", value]


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_is_printed_whole_and_understood(run, name):
    printed = run("completion", name)
    assert printed.out == (SCRIPTS / f"reader.{name}").read_text()
    if shutil.which(name):
        done = subprocess.run([name, "-n"], input=printed.out.encode(), capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_a_listing_of_bash_tells_titles_and_a_word_to_be_put_never(hostile):
    first = hostile("list", "is:unread").rows[0]
    listed = hostile("--complete", "bash", "--", "reader show ", "63", "reader", "show", "").lines
    assert f"{first[0]}  ({first[2]})" in listed
    for kind in ("9", "37", "42"):
        words = hostile("--complete", "bash", "--", "reader show ", kind, "reader", "show", "").lines[1:]
        assert all(word.isdecimal() for word in words)


def test_bash_in_its_own_function(hostile, home, tmp_path):
    script = textwrap.dedent("""\
        reader() { command "$0" -m reader "$@"; }
        COMP_LINE='reader sources show '; COMP_POINT=20; COMP_TYPE=9; COMP_CWORD=3
        COMP_WORDS=(reader sources show '')
        _reader
        for one in "${COMPREPLY[@]}"; do eval "set -- $one"; printf '%s:%s\\0' $# "$1"; done
        """)
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "reader").write_text(f'#!/bin/sh\nexec {sys.executable} -m reader "$@"\n')
    (folder / "reader").chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run(
        ["bash", "-c", (SCRIPTS / "reader.bash").read_text() + script],
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "READER_HOME": str(home)},
        cwd=work, capture_output=True, check=True,
    )  # fmt: skip
    told = done.stdout.decode().split("\0")[:-1]
    assert {f"1:{name}" for name in HOSTILE if name != "-x-"} <= set(told)
    assert all(one.startswith("1:") for one in told)
    assert list(work.iterdir()) == []
