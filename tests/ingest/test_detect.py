"""The one door: bytes in, clean values out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import detect as module
from reader.ingest.detect import detect, read, say
from reader.ingest.errors import IngestError
from tests.ingest.pages import FIXTURE, page


def test_the_topic_page():
    found = read(FIXTURE.read_bytes(), "topic-page.txt")
    assert (found.kind, found.title, len(found.entries)) == ("listing", "Harbours", 23)
    assert say(found) == "a listing: Harbours, 23 articles"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("/tmp/north_sea--ports.txt", "North sea ports"),
        ("-", "Pasted text"),
        ("", "Pasted text"),
        ("x\x1b[0m.txt", "X"),
    ],
)
def test_a_page_without_a_section_is_called_by_its_file(name, title):
    assert read(page("Wake", "L", "Rope", "L", "Salt", "L").encode(), name).title == title


def test_an_essay():
    found = read(page("Wake", "Anna Marsh", "W", "W", "W").encode(), "x.txt")
    assert (found.kind, found.title, len(found.entries)) == ("essay", "Wake", 1)
    assert found.entries[0].author == "Anna Marsh"
    assert say(found).startswith("one article: Wake, ")
    assert say(found).endswith(" words")


def test_detect():
    assert detect(page("Wake", "L", "Rope", "L", "Salt", "L")) == "listing"
    assert detect(page("Wake", "W", "W")) == "essay"


def test_what_is_read_is_clean():
    found = read(page("Har\x1b]0;x\x07bours", "Wa\u202eke", "L", "Rope", "L", "Salt\x9b31m", "L").encode(), "x")
    assert found.title == "Harbours"
    assert [entry.title for entry in found.entries][:2] == ["Wake", "Rope"]


def test_what_is_read_has_sensible_lengths():
    found = read(page("Wake", "word " * 40_000, "Rope", "L", "Salt", "L").encode())
    assert [len(entry.excerpt) <= 100_000 for entry in found.entries] == [True] * 3
    assert found.entries[0].excerpt.endswith("…")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!DOCTYPE html><p>x", "HTML"),
        ("\ufeff \n<html lang=en>", "HTML"),
        ("<!-- saved --><HTML>", "HTML"),
        ("<?xml version='1.0'?><html xmlns='x'>", "HTML"),
        ("<?xml version='1.0'?><x/>", "XML"),
        ("<rss version='2.0'>", "feed"),
        ("<feed xmlns='x'>", "feed"),
        ("\x1b[0m\u202e", "empty"),
        ("", "empty"),
    ],
)
def test_what_is_no_plain_text_is_refused_in_words(text, words):
    with pytest.raises(IngestError, match=words):
        read(text.encode(), "x")


def test_a_text_may_speak_of_markup():
    assert read(b"The <html> tag is thirty years old.").kind == "essay"


def test_too_many_lines_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_LINES", 10)
    read(b"a\n\n" * 10)
    with pytest.raises(IngestError, match="more than 10 lines"):
        read(b"a\n\n" * 11)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes_are_read_or_refused(data):
    try:
        found = read(data, "x")
    except IngestError:
        return
    assert found.entries
    assert all(entry.title for entry in found.entries)
    assert say(found)
