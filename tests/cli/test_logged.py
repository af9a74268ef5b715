"""`--log FILE`: what it tells, and what it never does."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
import threading

import pytest

from reader import cli, logs, settings
from reader.cli import logged
from reader.library import Library
from reader.library.porter import Porter
from reader.model.source import Care, Source
from tests.library.refreshing import feed

TOKEN = "zebrafish"
"""Stands in everything that is the user's."""
RECORD = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (DEBUG|INFO|WARNING) [a-z ]+(: [a-z_]+=.*)?")


@pytest.fixture
def file(tmp_path):
    yield tmp_path / "reader.log"
    logs.end()


@pytest.fixture
def run(home, capsys, server):
    """The command line; it knows a source with a secret address, and one that is gone, and something is read."""
    server.routes[f"/{TOKEN}"] = feed(f"{TOKEN} One", f"{TOKEN} Two", title=TOKEN)
    with Library(settings.places()) as library:
        for name, path in (("feed-1", f"/{TOKEN}"), ("feed-2", f"/gone/{TOKEN}")):
            care = Care(private=True, full_text="never", login=TOKEN, headers=(("X-Key", TOKEN),))
            address = server.url(path) + f"?key={TOKEN}"
            library.marks.put_source(Source(name, "feed", TOKEN, address, care=care))

    def run(*arguments):
        status = logged.main([str(one) for one in arguments], lambda rest: cli.main(rest, lambda **_: 0))
        return status, capsys.readouterr().err

    return run


@pytest.fixture(autouse=True)
def passwords(monkeypatch):
    monkeypatch.setattr("reader.library.refresh.password", lambda *_: "hunter2")


VERBS = (
    ("refresh", "--force"),
    ("list", TOKEN),
    ("search", TOKEN),
    ("note", "ID", TOKEN),
    ("tag", "add", TOKEN, TOKEN),
    ("mark", "read", "ID"),
    ("views", "save", TOKEN, f"title:{TOKEN}"),
    ("sources", "rename", "feed-1", f"{TOKEN}!"),
    ("show", TOKEN),
    ("doctor",),
    (TOKEN,),
)


def test_it_tells_what_was_done_and_nothing_private(run, file):
    for verb in VERBS:
        with Library(settings.places(), write=False) as library:
            keys = library.shelf.listing().keys
            first = str(library.shelf.rows(keys)[0].id) if keys else ""
        run("--log", file, *(first if one == "ID" else one for one in verb))
    text = file.read_text()
    assert TOKEN not in text
    assert "127.0.0.1" not in text
    assert "hunter2" not in text
    lines = text.splitlines()
    assert all(map(RECORD.fullmatch, lines)), [line for line in lines if not RECORD.fullmatch(line)]
    told = [line.partition(" ")[2] for line in lines]
    assert next(one for one in told if "begun: " in one).endswith("verb=refresh")
    assert "verb=preview" in text
    assert sum("ended: status=" in one for one in told) == len(VERBS)
    assert any(re.fullmatch(r"INFO answer: source=feed-1 status=200 bytes=\d+ seconds=\d\.\d{3}", one) for one in told)
    assert any(
        re.fullmatch(r"WARNING no answer: source=feed-2 kind=status status=404 seconds=\d\.\d{3}", one) for one in told
    )
    assert "INFO landed: source=feed-1 new=2 failed=False" in told
    assert "INFO refreshed: asked=2 new=2 changed=0 failed=1" in told
    assert any(one.startswith("INFO marks folded: records=") for one in told)
    assert any(one.startswith("INFO backup made: file=marks-") for one in told)
    assert any(one.startswith("INFO doctor: part=") for one in told)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_addresses_are_told_where_faults_are_sought_and_passwords_never(run, file, server):
    run("refresh", "--force", f"--log={file}", "--log-level=debug")
    text = file.read_text()
    assert f"DEBUG asking: source=feed-1 address={server.url(f'/{TOKEN}')}?...\n" in text
    assert "key=" not in text
    assert "hunter2" not in text
    assert "X-Key" not in text
    assert "One" not in text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://me:secret@host.example/a@b", "https://host.example/a@b"),
        ("https://host.example/a?token=c@d/e#f", "https://host.example/a?..."),
        ("https://me:secret@host.example?token=c", "https://host.example?..."),
        ("host.example/x?token=://c", "host.example/x?..."),
        ("https://me:secret@host.example/a://b", "https://host.example/a://b"),
        ("https://host.example/a@b?", "https://host.example/a@b?..."),
        ("https://me:secret@host.example", "https://host.example"),
        ("me:secret@host.example/x", "host.example/x"),
    ],
)
def test_an_address_is_told_without_a_login(address, told):
    from reader.library.telling import _bare

    assert _bare(address) == told


def test_the_addresses_in_an_error_are_told_so_too(file):
    from reader.library import telling
    from reader.library.events import Landed

    logs.begin(str(file), "debug")
    telling.landed(Landed("feed-1", "Feed", error="no such page: 'https://me:pw@host.example/a?token=x', gone"))
    assert "https://host.example/a?...', gone" in file.read_text()
    assert "pw" not in file.read_text()
    assert "token" not in file.read_text()


def test_only_warnings(run, file):
    run("refresh", "--force", "--log-level", "warning", "--log", file)
    assert {line.split()[1] for line in file.read_text().splitlines()} == {"WARNING"}


def test_the_refresh_of_the_app_logs_into_the_same_file(run, file):
    over = threading.Event()
    logs.begin(str(file))
    with Library(settings.places()) as library:
        Porter(library).start(None, lambda _: None, lambda _: over.set(), force=True)
        assert over.wait(60)
    assert "INFO refreshed: asked=2" in file.read_text()


def test_the_environment_asks_for_it_too(run, file, monkeypatch):
    monkeypatch.setenv("READER_LOG", str(file))
    assert run("keys")[0] == 0
    assert "verb=keys" in file.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--log", "/no/such/folder/x", "keys"], "reader: --log: /no/such/folder/x: No such file or directory\n"),
        (["keys", "--log"], "reader: --log: needs the name of a file, as in --log reader.log\n"),
        (["keys", "--log-level", "info"], "reader: --log: needs the name of a file, as in --log reader.log\n"),
        (["--log=x", "--log-level=loud", "keys"], "--log-level: must be one of debug, info, warning, not loud\n"),
    ],
)
def test_a_log_that_cannot_be_kept_is_said_and_nothing_is_run(arguments, said, capsys):
    ran: list[object] = []
    assert logged.main(arguments, lambda rest: ran.append(rest) or 0) == 2
    assert capsys.readouterr().err.endswith(said)
    assert ran == []


@pytest.mark.parametrize(
    "name",
    [
        "marks.json",
        "marks.json.journal",
        "library.db",
        "library.db-wal",
        "reader.lock",
        "reader.lock.held",
        "backups/x",
    ],
)
@pytest.mark.parametrize("there", [None, b"", b"2026-11-23T10:00:00.000Z INFO begun\n"])
def test_what_is_kept_is_no_log(home, capsys, tmp_path, name, there):
    path = settings.places().data / name
    path.parent.mkdir(parents=True)
    if there is not None:
        path.write_bytes(there)
    (tmp_path / "link").symlink_to(path)
    for named in (path, tmp_path / "link"):
        assert logged.main(["--log", str(named), "keys"], lambda _: pytest.fail("it ran")) == 2
        assert "are kept there; name another file" in capsys.readouterr().err
    assert (path.read_bytes() if path.exists() else None) == there


def test_a_file_of_something_else_is_no_log(tmp_path, capsys):
    diary = tmp_path / "diary"
    diary.write_text("2026-11-23: rain")
    assert logged.main(["--log", str(diary), "keys"], lambda _: pytest.fail("it ran")) == 2
    assert capsys.readouterr().err == f"reader: --log: {diary}: it is no log of reader, and was left as it is\n"
    assert diary.read_text() == "2026-11-23: rain"


def test_a_log_is_gone_on_with(file):
    for _ in range(2):
        assert logged.main(["--log", str(file), "keys"], lambda _: 0) == 0
    assert file.read_text().count("begun") == 2


def test_what_stands_behind_two_dashes_is_no_option_of_the_log(file):
    ran = []
    assert logged.main(["search", "--", "--log", "x"], lambda rest: ran.append(rest) or 0) == 0
    assert ran == [["search", "--", "--log", "x"]]


def test_a_log_that_cannot_grow_ends_nothing(capsys):
    logs.begin("/dev/full")
    logs.info("begun", reader="1")
    logs.end()
    logs.info("afterwards")
    assert capsys.readouterr() == ("", "")


def test_a_record_is_one_line_whatever_is_in_it(file):
    logs.begin(str(file))
    logs.warning("odd", one="a b\n\x1b[31m\u202e", two="", three=1.5)
    logs.end()
    assert file.read_text().partition(" ")[2] == "WARNING odd: one='a b\\n\\x1b[31m\\u202e' two='' three=1.500\n"


STREAMS = """
import os, sys
for number in {closed}:
    os.close(number)
os.execv(sys.executable, [sys.executable, "-m", "reader", *{arguments}])
"""


@pytest.mark.parametrize(
    ("closed", "arguments", "status", "said"),
    [
        ((1,), ["keys"], 1, "reader: standard output: Bad file descriptor\n"),
        ((0, 1), [], 1, "reader: the app needs a terminal; `reader list` prints the articles\n"),
        ((0, 2), ["add", "-"], 1, ""),
    ],
)
def test_streams_that_are_closed_are_no_failure_of_ours(home, closed, arguments, status, said):
    code = STREAMS.format(closed=closed, arguments=arguments)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (status, said)
    assert not (home / "data" / "reports").exists()
