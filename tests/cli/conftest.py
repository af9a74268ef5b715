"""The command line run in this process, in a folder of its own."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader import cli

PAGE = Path(__file__).parent.parent / "fixtures" / "topic-page.txt"


@dataclass(frozen=True)
class Result:
    """What a command gave back."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return self.out.splitlines()

    @property
    def rows(self):
        return [line.split("\t") for line in self.lines]

    @property
    def ids(self):
        return [row[0] for row in self.rows]


class Typed(io.TextIOWrapper):
    """A standard input that is a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("READER_HOME", str(folder))
    return folder


@pytest.fixture
def apps():
    """Take note of the apps that would have been opened."""
    return []


@pytest.fixture
def run(home, capsys, monkeypatch, apps):
    def open_app(**asked):
        apps.append(asked)
        return 0

    def command(*arguments, stdin=b"", typed=False, tty=0):
        opened = Typed(io.BytesIO(stdin)) if typed else io.TextIOWrapper(io.BytesIO(stdin))
        monkeypatch.setattr(sys, "stdin", opened)
        if tty:
            monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
            monkeypatch.setenv("COLUMNS", str(tty))
        capsys.readouterr()
        status = cli.main([str(argument) for argument in arguments], open_app)
        if tty:
            monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
        taken = capsys.readouterr()
        return Result(status, taken.out, taken.err)

    return command


@pytest.fixture
def page():
    return PAGE


@pytest.fixture
def library(run, page):
    """A library that holds the page, and the command line to it."""
    assert run("add", page).status == 0
    return run
