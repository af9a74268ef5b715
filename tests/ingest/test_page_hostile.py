"""Pages made to take long are read in time."""

from __future__ import annotations

import time

import pytest

from reader.ingest import detect
from reader.ingest.page import pictures
from reader.ingest.pages.clean import Page

MANY = " ".join(f"a{number}=1" for number in range(60_000))


@pytest.mark.parametrize("unit", ["![", "![a](http://a", "![a](http://a/(", "![\\", "![a](", "![a](http://a/()"])
def test_pictures_are_looked_for_in_time(unit):
    begun = time.perf_counter()
    pictures(unit * (400_000 // len(unit)))
    pictures("![a](http://a/" + unit * (400_000 // len(unit)))
    assert time.perf_counter() - begun < 2


def test_pictures_are_found_whatever_their_words_hold():
    body = (
        "![A \\[b\\] ! c](https://a.example/1.png) ![](https://a.example/2_(b).png) words ![x] "
        "![Pier](https://a.example/3.png)![Pier](https://a.example/3.png) [![In a link](https://a.example/4.png)](https://a.example)"
    )
    assert pictures(body) == (
        "https://a.example/1.png",
        "https://a.example/2_(b).png",
        "https://a.example/3.png",
        "https://a.example/4.png",
    )


@pytest.mark.parametrize("tag", ["p", "body", "html"])
def test_a_tag_keeps_its_first_attributes(tag):
    page = Page(f"<{tag} {MANY}>{'Words <b>of it</b>. ' * 9}")
    element = page.document.find(tag)
    assert element is not None
    assert list(element.attrs)[:2] == ["a0", "a1"]
    assert len(element.attrs) == 60
    assert page.document.html.count("<b>of it</b>") == 9
    assert "a60=" not in page.html


def test_a_tag_of_very_many_attributes_is_read_in_time():
    begun = time.perf_counter()
    found = detect.read(f"<html><body><p {MANY}>{'Words of an article. ' * 40}</p></body></html>".encode(), "a.html")
    assert "Words of an article." in found.entries[0].body
    assert time.perf_counter() - begun < 5
