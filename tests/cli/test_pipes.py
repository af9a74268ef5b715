"""The verbs among other programs: ids from a pipe, JSON of what was done, silence, and no questions."""

import sys

import pytest

from reader import settings
from reader.cli import VERBS, parsers
from reader.library import Library
from reader.model.source import Source

NO_JSON = {"web", "completion", "man", "config", "config edit"}
"""What serves, prints for another program, or opens an editor."""


def test_ids_come_from_a_pipe(library):
    listed = library("list")
    some = "\n".join(listed.lines[2:5]).encode()
    assert library("mark", "read", "-", stdin=some).lines == [f"read: {row[2]}" for row in listed.rows[2:5]]
    assert library("list", "is:read", "--ids").lines == listed.ids[2:5]
    assert library("tag", "add", "sea,quay", "-", stdin=some).out == "tagged sea, quay: 3 articles\n"
    assert [one["id"] for one in library("list", "tag:quay", "--json").json] == listed.ids[2:5]
    shown = library("show", "-", "--json", stdin=some).json
    assert [one["id"] for one in shown] == listed.ids[2:5]
    assert library("show", "-", "--markdown", stdin=some).out.count("\n---\n") == 2


def test_ids_of_a_pipe_and_of_the_command_line_together(library):
    ids = library("list", "--ids").lines
    shown = library("show", ids[0], "-", ids[1], "--json", stdin=f"{ids[2]}\n\n  {ids[3]} more\n".encode()).json
    assert [one["id"] for one in shown] == [ids[0], ids[2], ids[3], ids[1]]


@pytest.mark.parametrize(
    "command", [("mark", "read"), ("tag", "add", "x"), ("tag", "remove", "x"), ("show",), ("refresh",)]
)
def test_nothing_that_comes_in_is_nothing_to_do(library, command):
    before = library("list").out
    result = library(*command, "-", stdin=b"\n  \n")
    assert (result.status, result.err) == (0, "")
    assert library("list").out == before
    assert library("tags").out == ""


def test_lines_that_begin_with_no_id_are_told_and_change_nothing_more(library):
    ids = library("list", "--ids").lines
    result = library("mark", "read", "-", stdin=f"the sea\n{ids[0]}\n\xff\n".encode("latin-1"))
    assert (result.status, result.out.count("\n"), result.err.count("\n")) == (1, 1, 2)
    assert "reader: the: is no id" in result.err
    result = library("tag", "add", "x", "-", stdin=b"is:unread\n")
    assert (result.status, result.out) == (1, "")
    assert "is:unread: is no id" in result.err
    assert library("tags").out == ""


def test_sources_come_from_a_pipe(library):
    with Library(settings.places()) as opened:
        opened.marks.put_source(Source("feed-1", "feed", "One", "http://127.0.0.1:9/feed"))
        opened.subscriptions.pause("feed-1", paused=True)
    listed = library("sources").out
    result = library("refresh", "-", stdin=listed.encode())
    assert result.status == 1
    assert "which came once" in result.err
    assert "reader: One: " in result.err, "it was asked, though it waits"
    assert "there is no such source" not in result.err


def test_ids_alone_are_the_first_words_of_the_lines(library):
    assert library("list", "--ids").lines == library("list").ids
    assert library("search", "the", "--ids").lines == library("search", "the").ids
    assert library("list", "--ids", "--json").status == 2


# -- every verb


def test_every_verb_gives_its_parser_without_running(home):
    for verb in VERBS:
        first, *rest = parsers.of(verb)
        assert first.verb == verb
        assert all(one.verb.startswith(f"{verb} ") for one in rest)
    assert not home.exists()


def test_every_verb_takes_quiet_and_no_input_and_nearly_every_verb_json():
    lacking = set()
    for parser in parsers.every():
        names = {name for one in parser.options() for name in one.option_strings}
        assert {"--quiet", "--no-input", "--help"} <= names
        lacking |= set() if "--json" in names else {parser.verb}
    assert lacking == NO_JSON


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "web"])
def test_help_goes_before_all_else(run, verb):
    for parser in parsers.of(verb):
        result = run(*parser.verb.split(), "--help")
        assert (result.status, result.err) == (0, "")
        assert "--no-input" in result.out


DOING = [
    ("mark", "read", "ID"), ("mark", "bookmark", "--query", "is:unread"), ("note", "ID", "a thought"),
    ("tag", "add", "sea", "ID"), ("tag", "remove", "sea", "is:unread"), ("undo",), ("redo",),
    ("views", "save", "Mine", "is:unread"), ("views", "rename", "Mine", "Yours"), ("views", "remove", "Yours"),
    ("rules", "apply"), ("prune", "--older", "tomorrow", "--also", "unread", "--yes"), ("add", "PAGE"),
    ("sources", "rename", "feed-1", "Two"), ("sources", "set", "feed-1", "--folder", "F"),
    ("sources", "pause", "feed-1"), ("sources", "resume", "feed-1"), ("sources", "remove", "feed-1", "--yes"),
    ("backup", "--to", "COPY"), ("restore", "COPY", "--yes"), ("config", "init"), ("refresh",), ("doctor",),
    ("export", "--format", "json", "--to", "OUT"),
]  # fmt: skip


def done(library, page, tmp_path, *more):
    """Do all that can be done, and give what each said."""
    with Library(settings.places()) as opened:
        opened.marks.put_source(Source("feed-1", "feed", "One", "http://127.0.0.1:9/feed"))
        opened.subscriptions.pause("feed-1", paused=True)
    settings.places().settings.parent.mkdir(parents=True, exist_ok=True)
    named = {"ID": library("list", "--ids").lines[0], "PAGE": page, "COPY": tmp_path / "copy", "OUT": tmp_path / "out"}
    for command in DOING:
        if command[:2] == ("sources", "resume"):
            library("mark", "unread", "--query", "is:read")
        if command == ("refresh",):
            library("sources", "pause", "feed-1")
        yield command, library(*(named.get(word, word) for word in command), *more)


def test_what_was_done_is_told_as_json(library, page, tmp_path):
    told = {}
    for command, result in done(library, page, tmp_path, "--json"):
        assert result.status == 0, (command, result.err)
        assert isinstance(result.json, list), command
        assert all(isinstance(one, dict) for one in result.json)
        told[command] = result.json
    assert told["mark", "read", "ID"][0]["read"] is True
    assert len(told["mark", "bookmark", "--query", "is:unread"]) == 22
    assert all(one["bookmarked"] for one in told["mark", "bookmark", "--query", "is:unread"])
    assert told["note", "ID", "a thought"][0]["notes"] == 1
    assert told["tag", "add", "sea", "ID"][0]["tags"] == ["sea"]
    assert told["undo",] == [{"done": "undo", "what": told["redo",][0]["what"], "articles": 1}]
    assert told["views", "rename", "Mine", "Yours"][0]["name"] == "Yours"
    pruned = told["prune", "--older", "tomorrow", "--also", "unread", "--yes"][0]
    assert pruned["deleted"] is (pruned["articles"] > 0)
    assert told["sources", "set", "feed-1", "--folder", "F"][0]["folder"] == "F"
    assert told["sources", "pause", "feed-1"][0]["paused"] is True
    assert told["sources", "remove", "feed-1", "--yes"][0] == {
        "id": "feed-1", "title": "Two", "deleted": 0, "kept": 0,
    }  # fmt: skip
    assert {one["verdict"] for one in told["doctor",]} <= {"ok", "note", "wrong", "mended"}
    assert told["restore", "COPY", "--yes"][0]["backup"]
    assert told["config", "init"][0]["exists"] is True


def test_quiet_verbs_do_it_and_say_nothing(library, page, tmp_path):
    for command, result in done(library, page, tmp_path, "--quiet"):
        assert (result.status, result.out, result.err) == (0, "", ""), command
    assert (tmp_path / "out").exists()
    assert library("list", "--quiet").lines != []
    assert library("--quiet", "mark", "read", "--query", "the").out == ""
    assert library("mark", "unread", "--query", "the").out != "", "the next command speaks again"


def test_quiet_leaves_errors(library):
    result = library("mark", "read", "999999999999999", "--quiet")
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith("reader: 999999999999999: ")
    assert library("refresh", "Nobody", "--quiet").err != ""


def test_quiet_draws_no_progress_and_gives_no_hints(library, monkeypatch, page, tmp_path):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert library("list", "nothingfits", tty=80).err != ""
    assert library("list", "nothingfits", "--quiet", tty=80).err == ""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "page.txt").write_bytes(page.read_bytes())
    assert "\x1b[K" in library("add", folder).err
    assert library("add", folder, "--quiet").err == ""


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (("note", "ID"), 2), (("config", "edit"), 2), (("add", "-"), 1), (("show", "-"), 2), (("mark", "read", "-"), 2),
        (("prune", "--older", "2y"), 0), (("sources", "remove", "feed-1"), 2), (("restore",), 2),
        (("sources", "set", "feed-1", "--login", "me"), 2),
    ],
)  # fmt: skip
def test_no_input_asks_nothing_where_a_person_sits(library, monkeypatch, command, status):
    with Library(settings.places()) as opened:
        opened.marks.put_source(Source("feed-1", "feed", "One", "http://127.0.0.1:9/feed"))
    library("mark", "read", "--query", "the")
    library("backup")
    library("mark", "unread", "--query", "the")
    monkeypatch.setenv("EDITOR", "false-editor-that-is-not-there")
    monkeypatch.setattr("getpass.getpass", lambda *_: pytest.fail("a password was asked for"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    article = library("list", "--ids").lines[0]
    before = library("list").out
    words = [article if word == "ID" else word for word in command]
    result = library(*words, "--no-input", typed=True, stdin=b"y\n")
    assert result.status == status, result.err
    assert "false-editor" not in result.err
    assert "[y/N]" not in result.err
    assert library("list").out == before
    assert "feed-1" in library("sources").out


def test_json_is_never_mixed_with_a_question(library):
    assert library("prune", "--older", "2y", "--json").status == 2
    assert library("restore", "--json").status == 2
    assert library("prune", "--older", "2y", "--json", "--dry-run").json[0]["deleted"] is False
