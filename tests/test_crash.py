"""Reports of crashes: what is in them, what must never be, and how many there are."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from reader import __main__, crash
from reader.library import Library
from reader.settings import places as folders

TOKEN = "zebrafish"
"""Stands in everything that is the user's."""


def failed(work) -> BaseException:
    try:
        work()
    except Exception as error:  # noqa: BLE001 -- it is what is looked for
        return error
    raise AssertionError("it does not fail")


def in_ours(error: BaseException) -> BaseException:
    """Fail inside the program, in a place whose variables hold what is private."""

    def store():
        raise error

    library = object.__new__(Library)
    library._store, library._opening = None, _Guard(store)
    title = TOKEN  # noqa: F841 -- a value of a variable
    return failed(lambda: library.marks)


class _Guard:
    def __init__(self, work):
        self._work = work

    def __enter__(self):
        self._work()

    def __exit__(self, *_):
        return None


def chained() -> None:
    try:
        raise KeyError(TOKEN)
    except KeyError as error:
        raise ExceptionGroup(TOKEN, [ValueError(TOKEN), OSError(errno.ENOSPC, TOKEN, f"/home/{TOKEN}")]) from error


class NamedError(Exception):
    """Says something that looks plain."""

    def __str__(self) -> str:
        return TOKEN

    __repr__ = __str__


@pytest.mark.parametrize(
    "error",
    [
        in_ours(ValueError(TOKEN)),
        in_ours(NamedError(TOKEN)),
        in_ours(UnicodeDecodeError("utf-8", TOKEN.encode(), 0, 1, TOKEN)),
        in_ours(SyntaxError(TOKEN, (TOKEN, 1, 1, TOKEN))),
        in_ours(ImportError(TOKEN, name=TOKEN, path=TOKEN)),
        failed(chained),
        failed(lambda: exec(f"{TOKEN} = 1; {TOKEN}()")),
        failed(lambda: exec(compile(f"def {TOKEN}(): 1/0\n{TOKEN}()", f"/home/{TOKEN}/secret.py", "exec"))),
        failed(lambda: sqlite3.connect(":memory:").execute(f"SELECT {TOKEN}")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_report_has_nothing_that_is_private(error, monkeypatch):
    error.add_note(TOKEN)
    monkeypatch.setenv("TERM", f"{TOKEN}\n\x1b[31m")
    text = crash.report(error, {"title": f"“{TOKEN}”"})
    frames = text.partition(type(error).__name__)[2]
    assert frames, "the kind of the error is not told"
    assert TOKEN not in text
    assert str(Path.home()) not in text
    assert str(Path.cwd()) not in text


def test_a_report_tells_where_it_was_in_our_code_and_in_libraries():
    text = crash.report(in_ours(ValueError(TOKEN)), {"terminal": "80 x 24"})
    assert "reader/library/__init__.py, line" in text
    assert "with self._opening:" in text
    assert "terminal   80 x 24" in text
    assert f"python     {sys.version.split()[0]}" in text
    textual = next(line for line in text.splitlines() if line.startswith("textual "))
    assert textual.split()[1][0].isdigit()


def test_a_report_tells_of_causes_groups_and_what_the_system_says():
    text = crash.report(failed(chained), {})
    assert "ExceptionGroup" in text
    assert "caused by\nKeyError" in text
    assert "of this group\nOSError ENOSPC" in text
    assert "OperationalError SQLITE_ERROR" in crash.report(
        failed(lambda: sqlite3.connect(":memory:").execute("nonsense")), {}
    )


def test_a_report_of_a_deep_fall_is_short():
    def fall():
        return fall()

    text = crash.report(failed(fall), {})
    assert "more …" in text
    assert len(text.splitlines()) < 250


def test_a_circle_of_causes_ends():
    error = ValueError()
    error.__cause__ = KeyError()
    error.__cause__.__cause__ = error
    assert crash.report(error, {}).count("ValueError") == 1


def test_few_reports_stay_and_only_their_owner_can_read_them(tmp_path):
    folder = tmp_path / "data" / "reports"
    for number in range(crash.KEPT + 3):
        said = crash.told(ValueError(), folder)
        newest = max(folder.glob("*.txt"), key=lambda one: one.stat().st_mtime_ns)
        os.utime(newest, ns=(number * 10**9, number * 10**9))
    left = list(folder.glob("*"))
    assert len(left) == crash.KEPT
    assert {stat.S_IMODE(one.stat().st_mode) for one in left} == {0o600}
    assert str(newest) in said[1]
    assert newest in left


def test_what_is_no_report_of_ours_stays(tmp_path):
    mine = tmp_path / "notes.txt"
    mine.write_text("mine")
    for _ in range(crash.KEPT + 2):
        crash.told(ValueError(), tmp_path)
    assert mine.read_text() == "mine"


def test_that_a_report_cannot_be_written_is_said(tmp_path):
    (tmp_path / "reports").write_text("a file")
    said = crash.told(ValueError(TOKEN), tmp_path / "reports")
    assert said[0].startswith("it failed (ValueError")
    assert said[1].startswith("a report of it could not be written: ")
    assert TOKEN not in "".join(said)


@pytest.mark.parametrize("arguments", [["keys"], []])
def test_a_verb_that_fails_ends_as_the_app_does(arguments, monkeypatch, capsys):
    def fail(*_):
        raise RuntimeError(TOKEN)

    monkeypatch.setattr("reader.cli.keys.keys", fail)
    monkeypatch.setattr(__main__, "_opened", fail)
    monkeypatch.setattr(sys, "argv", ["reader", *arguments])
    assert __main__.main() == 1
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("reader: ") for line in lines)
    assert "RuntimeError" in lines[0]
    (path,) = (folders().data / crash.FOLDER).iterdir()
    assert lines[1].endswith(str(path))
    assert TOKEN not in said.err + path.read_text()


@pytest.mark.parametrize("arguments", [["list"], ["doctor"], ["--log", "LOG", "sources"], [], ["keys"]])
def test_a_home_of_nobody_ends_with_one_line(arguments, monkeypatch, capsys, tmp_path):
    def fail(*_):
        raise RuntimeError(TOKEN)

    monkeypatch.setenv("READER_HOME", "~nobody-of-this-name/x")
    monkeypatch.setattr("reader.cli.keys.keys", fail)
    monkeypatch.setattr(__main__, "_opened", lambda *_: folders())
    monkeypatch.setattr(sys, "argv", ["reader", *(str(tmp_path / "log") if one == "LOG" else one for one in arguments)])
    assert __main__.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("reader: ")
    assert "READER_HOME=~nobody-of-this-name/x" in line
    assert "nobody has such a home" in line
