"""Hooks of the verbs, `reader hooks`, own commands in `reader keys`, and what docs/hooks.md says of them."""

import json
import os
import re
import shlex
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from reader import settings
from reader.commands.keynames import parsed
from reader.library import handing, hooks, own, programs
from reader.library.own import listed
from reader.settings.commanding import EVENTS, INPUTS, OUTPUTS
from reader.ui.screens.own import ROWS
from tests.programs import HANGS, TELLS, Program

TEXT = (Path(__file__).parents[2] / "docs" / "hooks.md").read_text("utf-8")
WORDS = " ".join(TEXT.split())


@pytest.fixture
def written(run):
    """Write settings, and give the command line."""

    def written(text):
        path = settings.places().settings
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return run

    return written


@pytest.fixture
def hooked(written, library):
    """Write settings, and give the command line to a library."""
    return written


@pytest.fixture
def program(tmp_path):
    return Program(tmp_path, f"{TELLS}\nprint('Got it.')")


def test_hooks_of_a_verb_run_when_it_is_done_and_its_lock_is_free(hooked, tmp_path):
    """The hook takes the lock itself, and tells what it found."""
    module = f"import sys; sys.path[:0] = {sys.path!r}"
    program = Program(
        tmp_path,
        f"{TELLS}\n{module}\nfrom reader import cli\n"
        "sys.exit(cli.main(['tag', 'add', 'told', os.environ['READER_ID']], None))",
    )
    run = hooked(f"[hooks]\nbookmark = [{str(program)!r}]\n")
    one = run("list").ids[0]
    result = run("mark", "bookmark", one)
    assert (result.status, result.err) == (0, "")
    assert run("list", "tag:told").ids == [one]
    assert [told["READER_ID"] for _, _, told in program.told] == [one]
    run("mark", "bookmark", one)
    run("undo")
    run("redo")
    assert len(program.told) == 1


def test_a_verb_does_its_work_whatever_its_hooks_do(hooked, tmp_path):
    slow, bad = Program(tmp_path, HANGS, "slow"), Program(tmp_path, "sys.exit('no\\x1b[31m luck')", "bad")
    run = hooked(f"command_seconds = 1\n[hooks]\nread = [{str(slow)!r}]\nnote = [{str(bad)!r}]\n")
    one = run("list").ids[0]
    result = run("mark", "read", one)
    assert result.status == 0
    assert result.lines[0].startswith("read: ")
    assert result.err == "reader: hook read: slow was ended after 1 seconds\n"
    result = run("note", one, "So.")
    assert (result.status, result.err) == (0, "reader: hook note: bad ended with 1: no luck\n")
    assert run("show", one, "--json").json[0]["read"]


def test_thousands_of_marks_are_one_call(hooked, program):
    run = hooked(f"[hooks]\nread = [{str(program)!r}]\n")
    assert run("mark", "read", "--query", "is:unread").out == "read: 23 articles\n"
    ((_, data, told),) = program.told
    assert json.loads(data)["count"] == 23
    assert (told["READER_COUNT"], told["READER_TITLE"], told["READER_EVENT"]) == ("23", "", "read")


def test_a_verb_that_is_broken_off_waits_for_no_hooks(hooked, program, monkeypatch):
    from reader.cli import marking

    def broken(*_):
        raise KeyboardInterrupt

    run = hooked(f"[hooks]\nread = [{str(program)!r}]\n")
    monkeypatch.setattr(marking, "report", broken)
    assert run("mark", "read", run("list").ids[0]).status == 130
    assert program.told == []
    monkeypatch.undo()


# -- reader hooks


def test_hooks_are_listed(hooked):
    run = hooked("[hooks]\nread = ['a b', '$HOME']\nadded = 'c'\nreed = 'd'\n")
    result = run("hooks")
    assert result.lines == ["read\t'a b' '$HOME'", "added\tc"]
    assert result.status == 1
    assert "hook reed: there is no such event" in result.err
    assert "did you mean read?" in result.err


def test_a_hook_is_tried_and_nothing_is_changed(hooked, program):
    run = hooked(f"[hooks]\nread = {[str(program), 'x']}\nrefreshed = [{str(program)!r}]\nnote = 'no-such-program'\n")
    one = run("list").ids[3]
    result = run("hooks", "test", "read", one)
    assert (result.status, result.lines) == (0, ["Got it."])
    ((arguments, data, told),) = program.told
    assert arguments == ["x"]
    assert (json.loads(data)["articles"][0]["id"], told["READER_ID"]) == (one, one)
    assert not run("show", one, "--json").json[0]["read"]
    assert run("hooks", "test", "refreshed").status == 0
    assert [program.given[1][name] for name in ("event", "count", "asked", "new")] == ["refreshed", 3, 1, 3]
    printed = run("hooks", "test", "read", one, "--print")
    assert printed.lines[0] == "READER_EVENT=read"
    assert json.loads(printed.lines[-1])["count"] == 1
    assert len(program.told) == 2
    assert run("hooks", "test", "note").err == "reader: hooks: no-such-program is not found on this computer.\n"
    assert run("hooks", "test", "bookmark").status == 1
    assert run("hooks", "test", "nothing").status == 2


# -- keys


@pytest.mark.parametrize(
    ("key", "where", "wrong"),
    [
        ("f5", "both", ""),
        ("g y", "both", ""),
        ("gy", "both", ""),
        ("g p", "article", ""),
        ("m", "list", "key m is Read or unread (article.toggle_read) already"),
        ("g g", "article", "key g g is Top (cursor.top) already"),
        ("g", "both", "key g does not go with gg, which is Top (cursor.top)"),
        ("m x", "both", "key m x does not go with m, which is Read or unread (article.toggle_read)"),
        ("H", "both", "key H is Highlight (paragraph.highlight) already"),
        ("H", "list", ""),
        ("?", "both", "key ? is Help (help) already"),
        ("f3", "both", "key f3 is first (command.first) already"),
        ("f99", "both", "key f99: there is no key called f99"),
    ],
)
def test_a_key_that_is_taken_is_told_and_stays_what_it_is(written, key, where, wrong):
    run = written(f"[commands.first]\nrun='a'\nkey='f3'\n[commands.mine]\nrun='a'\nkey='{key}'\nwhere='{where}'\n")
    (_, mine), told = listed(settings.load(settings.places().settings)[0])
    assert bool(mine.keys) == (not wrong)
    assert bool(told) == bool(wrong)
    assert all(f"command mine: {wrong}" in one for one in told)
    result = run("keys")
    assert "command mine" in result.err if wrong else not result.err
    assert own.GROUP in result.lines
    listing = "\n".join(result.lines)
    assert re.search(
        r"^  [fF]3 +first +Gives a the article as Markdown, and says what it says\.$", listing, re.MULTILINE
    )


# -- the manual


def test_the_settings_of_the_manual_are_good(tmp_path):
    commands, chosen = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(commands)
    made, wrong = settings.load(path)
    assert (wrong, listed(made)[1]) == ([], [])
    assert [one.name for one in made.commands] == ["copy", "summary", "translate", "less"]
    path.write_text(chosen)
    made, wrong = settings.load(path)
    assert wrong == []
    assert [hook.event for hook in made.hooks] == ["bookmark", "added", "refreshed"]
    assert made.command_seconds == 20


def test_the_manual_tells_of_all_there_is():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", TEXT, re.MULTILINE))
    assert {*EVENTS, *handing.NAMES, hooks.STARTED_BY, "READER_COUNT"} <= rows.keys()
    assert {one.name for one in fields(settings.OwnCommand)} - {"name"} <= rows.keys()
    assert all(f"`{one}`" in rows["input"] for one in INPUTS)
    assert all(f"`{one}`" in rows["output"] for one in OUTPUTS)
    assert f"({settings.Settings().command_seconds} unless" in WORDS
    assert f"one after the other, up to {ROWS};" in WORDS
    assert f"Of what it says, {programs.MOST >> 20} MiB is listened to" in WORDS
    assert f"Of more than {hooks.WHOLE}, or where it would be more than {hooks.LARGEST >> 20} MiB" in WORDS
    assert f"of more than {hooks.ARTICLES:,} the first {hooks.ARTICLES:,}" in WORDS
    assert f"Up to {hooks.WAITING} wait" in WORDS
    assert [parsed(key) for key in ("f6", "ctrl+e", "g y")] == ["f6", "ctrl+e", "g y"]


def test_the_commands_of_the_manual_are_understood(hooked):
    run = hooked("[hooks]\nbookmark = 'true'\nadded = 'true'\n")
    lines = re.findall(r"`(reader hooks[^`]*)`", WORDS)
    assert len(lines) == 4
    beginning = run("list").ids[0]
    for line in lines:
        assert run(*shlex.split(line.replace("3367", beginning))[1:]).status == 0


def test_the_hook_of_the_manual_does_what_it_says(hooked, tmp_path, monkeypatch):
    (code,) = re.findall(r"```python\n#!/usr/bin/env python3\n(.*?)```", TEXT, re.DOTALL)
    monkeypatch.setenv("HOME", str(tmp_path))
    path = tmp_path / "hook.py"
    path.write_text(code)
    run = hooked(f"[hooks]\nbookmark = {[sys.executable, str(path)]}\n")
    article = run("list", "--json").json[0]
    result = run("mark", "bookmark", article["id"])
    assert result.err == ""
    assert (tmp_path / "bookmarks.tsv").read_text() == f"{article['title']}\t{article['url']}\n"
    assert "READER_EVENT" not in os.environ
