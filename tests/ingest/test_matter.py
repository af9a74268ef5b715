"""Markdown files: told from plain text, front matter read, one article made."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import days, matter, sanitize
from reader.ingest.front import divide
from reader.ingest.teaser import plain, teaser
from tests.ingest.pages import page, topic_page

YAML = """\
---
# how the ferry got its name
title: "The ferry: a history"
Author:
  - name: Ada Quay
    site: https://quay.example
  - Ben Rope
date: 2024-05-01T10:00:00+02:00
lastmod: 2024-06-02
tags: [boats, "slow, travel", 'the captain''s']
description: >
  Where it goes,
  and why.
lang: en-GB
canonical_url: https://ferry.example/history
draft: false
---

# The ferry: a history

It *was* [late](https://ferry.example/late).
"""

TOML = """\
+++
title = "Salt"
date = 2024-01-02
authors = ["Ada Quay"]
[taxonomies]
tags = ["sea"]
+++
It gets into the locks.
"""

MARKED = """\
# On ropes

A rope has **three** strands, and a *memory*.

## Splicing

- unlay
- marry
- tuck
"""


def test_yaml_front_matter():
    entry = matter.entry(YAML)
    assert entry.title == "The ferry: a history"
    assert entry.author == "Ada Quay, Ben Rope"
    assert entry.published == days.seconds("2024-05-01 08:00")
    assert entry.updated == days.seconds("2024-06-02")
    assert entry.tags == ("boats", "slow, travel", "the captain's")
    assert entry.excerpt == "Where it goes, and why."
    assert entry.language == "en-GB"
    assert entry.url == "https://ferry.example/history"
    assert entry.body == "It *was* [late](https://ferry.example/late)."
    assert entry.markdown


def test_toml_front_matter():
    entry = matter.entry(TOML)
    assert (entry.title, entry.author, entry.tags) == ("Salt", "Ada Quay", ("sea",))
    assert entry.published == days.seconds("2024-01-02")
    assert (entry.body, entry.excerpt) == ("It gets into the locks.", "It gets into the locks.")


@pytest.mark.parametrize(
    ("lines", "key", "texts"),
    [
        ("tags:\n- sea\n- salt # not this\n", "tags", ["sea", "salt"]),
        ("tags: []\ntitle: x\n", "tags", []),
        ("author: {}\ntitle: null\n", "title", []),
        ("author:\n  name: Ada Quay\n  mail: a@b\n", "author", ["Ada Quay"]),
        ("summary: |\n  one\n  two\ntitle: x\n", "summary", ["one\ntwo"]),
        ("title: 'It''s'\n", "title", ["It's"]),
        ('title: "a \\"b\\" \\\\ c"\n', "title", ['a "b" \\ c']),
        ("title:\n  on a line\n  of its own\n", "title", ["on a line"]),
    ],
)
def test_the_plain_part_of_yaml(lines, key, texts):
    front, rest = divide(f"---\n{lines}---\nText")
    assert front.all(key) == texts
    assert rest == "Text"


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA scene ends.\n\n---\n\nAnother begins.",
        "---\nA line of prose: it says so\nand another\n---\n",
        "+++\nnot = toml = at all\n+++\n",
        "---\ntitle: never closed\n",
        "--- title: x\n---\n",
    ],
)
def test_what_only_looks_like_front_matter_stays(text):
    assert divide(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (YAML, ""),
        (YAML.replace("\n", "\r\n"), ""),
        (TOML, ""),
        (MARKED, ""),
        ("On ropes\n========\n\nThey have `three` strands, or `four`.\n", "ropes.md"),
        ("See [the quay](https://quay.example) and [the lock](https://lock.example).\n", "x.markdown"),
        ("Run it:\n\n```sh\nferry --late\n```\n", ""),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", ""),
        ("Text.[^1]\n\n[^1]: A note.\n", ""),
    ],
)
def test_markdown_is_told_by_what_is_in_it(text, name):
    assert matter.looks_like(text, name)


@pytest.mark.parametrize(
    "text",
    [
        topic_page(),
        page("Wake", "L", "Rope", "L", "Salt", "L"),
        page("Wake", "Anna Marsh", "W", "W"),
        "- one\n- two\n- three\n\nand prose that goes on",
        "The price * is * not a list. It is #1 of its kind, see (here) [1].",
        "#quay #rope and more of what people write\n\n#salt",
        "He said\n> quoted in a mail\n> as one did",
    ],
)
@pytest.mark.parametrize("name", ["", "x.txt"])
def test_plain_text_is_not_markdown(text, name):
    assert not matter.looks_like(text, name)


def test_a_name_alone_tells_nothing():
    assert not matter.looks_like(page("Wake", "L", "Rope", "L", "Salt", "L"), "page.md")


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# On *ropes* #\n\nText", "On ropes", "Text"),
        ("On ropes\n===\nText", "On ropes", "Text"),
        ("Text first\n\n## Then **this**", "Then this", "Text first\n\n## Then **this**"),
        ("---\ntitle: One\n---\n# Another\n\nText", "One", "# Another\n\nText"),
        ("Only [words](https://a.example) here", "Only words here", "Only [words](https://a.example) here"),
    ],
)
def test_titles(text, title, body):
    entry = matter.entry(text)
    assert (entry.title, entry.body) == (title, body)


def test_a_text_without_a_title_is_called_by_its_first_words():
    assert matter.entry("word " * 40).title == "word " * 14 + "word…"
    assert matter.entry("---\nlang: en\n---\n", "Notes on salt").title == "Notes on salt"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "# Head\n\n![x](y.png)\n\nOne [two](https://a.example/(b)) **three** H~2~O `four`[^1].",
            "One two three H2O four.",
        ),
        (
            "```\ncode\n```\n\n> quoted\n> twice\n\n    code\n\n| a |\n|---|\n\nsnake_case \\* stays",
            "quoted twice snake_case * stays",
        ),
        ("- one\n- two", "one two"),
        ("", ""),
    ],
)
def test_a_teaser_is_plain(text, told):
    assert teaser(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Boats\n\n## Chapter 1: Winter and silence\n\nWhether boats sleep.", "Whether boats sleep."),
        ("\n### One\nThe text comes at once.\n#### Two\nAnd goes on.", "The text comes at once. And goes on."),
        ("Winter\n------\nBoats sleep.\n\nSpring\n===\n\nThey wake.", "Boats sleep. They wake."),
        ("A #number, and\n#tags stay.", "A #number, and #tags stay."),
        ("- first\n- second\n---\nAfter.", "first second After."),
        ("   \n  \n## Only a heading", ""),
    ],
)
def test_no_heading_runs_into_a_teaser(text, told):
    assert teaser(text) == told


def test_no_heading_runs_into_the_excerpt_of_a_book():
    book = "# Boats\n\n## Chapter 1: Winter and silence\n\nWhether boats sleep nobody knows.\n"
    assert matter.entry(book).excerpt == "Whether boats sleep nobody knows."


def test_a_teaser_is_short():
    assert teaser("word " * 100) == "word " * 60 + "…"
    assert plain("2*3*4 and _so_ on") == "234 and so on"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2011", "2011-01-01 00:00"),
        ("2011-05", "2011-05-01 00:00"),
        ("2011-05-03", "2011-05-03 00:00"),
        ("2011-05-03T04:05:06Z", "2011-05-03 04:05:06"),
        ("2011-05-03T04:05:06.789+01:00", "2011-05-03 03:05:06"),
        ("2011-05-03 04:05 -0530", "2011-05-03 09:35"),
    ],
)
def test_dates(text, iso):
    assert days.seconds(text) == days.seconds(iso)


@pytest.mark.parametrize(
    "text", ["", "today", "2011-13-01", "2011-02-30", "0000", "20110503", "2011-01-01T25:00", "9" * 99]
)
def test_what_is_no_date(text):
    assert days.seconds(text) is None


def test_the_epoch():
    assert days.seconds("1970-01-02") == 86_400
    assert days.seconds("1970-01-01T00:01Z") == 60


HARD = [
    "[",
    "`a",
    "**a",
    "a_",
    "\n",
    "---\n",
    "[a](",
    "> ",
    "|-",
    " ",
    "- ",
    "=\n",
    "![",
    "~a",
    "([",
    "```\n",
    " #",
    "\\",
    "'",
    "---\na: [",
    "\t",
]


@pytest.mark.parametrize("piece", HARD)
def test_no_text_takes_long(piece):
    text = piece * (200_000 // len(piece))
    started = time.perf_counter()
    matter.looks_like(text)
    matter.entry(text)
    matter.entry(f"---\na: [{text[:60_000]}]\n---\n")
    assert time.perf_counter() - started < 4


@given(st.text(alphabet=st.sampled_from("-+=:#ab[]'\",|>\n `*()!^~\\") | st.characters(), max_size=120))
def test_any_text_becomes_an_entry(text):
    matter.looks_like(text, "x.md")
    for tried in (text, f"---\n{text}\n---\n{text}", f"+++\n{text}\n+++\n"):
        assert sanitize.entry(matter.entry(tried)).title
