"""The topic page, and the rules one by one."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from itertools import product

import pytest

from reader.ingest.listing import entries, is_cut, is_listing, parse, rejoin
from tests.ingest.pages import LONG, WHOLE, outline, page, topic_page

BYLINES = {"Edda Falk", "Joris van der Meer", "Liesl Brandt", "Tomas Reedmoor"}


def by(text: str) -> str:
    return "\n\n".join(f"By {block}" if block in BYLINES else block for block in text.split("\n\n"))


def wrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(block, 72) for block in text.split("\n\n"))


def headless(text: str) -> str:
    return text.split("\n\n", 1)[1]


CHANGES = {
    "plain": [lambda text: text],
    "section": [lambda text: text, headless],
    "by": [lambda text: text, by],
    "wrapping": [lambda text: text, wrapped],
    "blank lines": [lambda text: text, lambda text: text.replace("\n\n", " \n \u00a0\u200b\t\n")],
    "line ends": [
        lambda text: text,
        *(lambda text, end=end: text.replace("\n", end) for end in ("\r\n", "\r", "\u2028", "\u2029")),
    ],
    "mark": [lambda text: text, lambda text: "\ufeff" + text],
}


def test_the_topic_page_is_one_section_of_23_articles_9_with_an_author():
    found = entries(parse(topic_page()))
    assert len(found) == 23
    assert {entry.section for entry in found} == {"Harbours"}
    authors = [entry.author for entry in found if entry.author]
    assert len(authors) == 9
    assert set(authors) == BYLINES
    assert authors.count("Edda Falk") == 6
    assert is_listing(parse(topic_page()))


def test_its_articles_are_whole_and_in_order():
    found = entries(parse(topic_page()))
    assert (found[0].title, found[0].author) == ("A sea wall that forgot the sea", None)
    assert (found[4].title, found[4].author) == ("In praise of the herring gull", "Joris van der Meer")
    assert (found[-1].title, found[-1].author) == ("The sand that walked away", "Edda Falk")
    assert max(len(entry.title) for entry in found) > 72
    by_title = {entry.title: entry for entry in found}
    assert by_title["Rosa Lindqvist in Sandby"].author == "Tomas Reedmoor"
    assert by_title["Pellow Quay"].author is None
    assert by_title["Is there such a thing as too much ice?"].author is None


def test_its_excerpts_are_kept_as_they_are_and_known_as_cut():
    text = topic_page()
    for entry in entries(parse(text)):
        assert entry.cut
        assert entry.excerpt in text
        assert not entry.excerpt.endswith((".", "…"))
    assert "\u00a0Margit" in text
    assert "‘I am waiting for it to hold still’ I am waiting" in text


def test_rejoining_gives_the_file_byte_for_byte():
    assert rejoin(parse(topic_page())) == topic_page()


@pytest.mark.parametrize("changes", product(*CHANGES.values()), ids=lambda _: "")
def test_the_same_page_in_another_dress(changes):
    text = topic_page()
    for change in changes:
        text = change(text)
    parsed = parse(text)
    assert rejoin(parsed) == text
    assert is_listing(parsed)
    section = None if headless in changes else "Harbours"
    same = [replace(entry, section=section) for entry in entries(parse(topic_page()))]
    assert [replace(entry, excerpt="") for entry in entries(parsed)] == [replace(entry, excerpt="") for entry in same]
    for entry, other in zip(entries(parsed), same, strict=True):
        assert entry.excerpt.split() == other.excerpt.split()


def test_the_same_page_without_a_blank_line():
    text = topic_page().replace("\n\n", "\n")
    assert entries(parse(text)) == entries(parse(topic_page()))


HEADS = [
    (("Wake", "L"), None, (None, "Wake")),
    (("Harbours", "Wake", "L"), "Harbours", (None, "Wake")),
    (("Anna Marsh", "Wake", "L"), None, ("Anna Marsh", "Wake")),
    (("By Anna Marsh", "Wake", "L"), None, ("By Anna Marsh", "Wake")),
    (("Middle East", "Wake", "L"), "Middle East", (None, "Wake")),
    (("Harbours", "Anna Marsh", "Wake", "L"), "Harbours", ("Anna Marsh", "Wake")),
    (("Pellow Quay", "Anna Marsh", "Wake", "L"), "Pellow Quay", ("Anna Marsh", "Wake")),
    (("Harbours", "bell hooks", "Wake", "L"), "Harbours", ("bell hooks", "Wake")),
    (("Harbours", "Wake", "By Anna Marsh", "L"), "Harbours", ("By Anna Marsh", "Wake")),
]


@pytest.mark.parametrize(("head", "section", "first"), HEADS)
def test_the_head_of_a_page(head, section, first):
    parsed = parse(page(*head, "Rope", "L", "Salt", "L"))
    assert (parsed.section.text if parsed.section else None) == section
    assert outline(parsed) == [first, (None, "Rope"), (None, "Salt")]


def test_position_decides_and_not_capitals():
    parsed = parse(page("Wake", "L", "bell hooks", "Rope", "L", "安娜", "港口", "L", "Pellow Quay", "L"))
    assert outline(parsed) == [(None, "Wake"), ("bell hooks", "Rope"), ("安娜", "港口"), (None, "Pellow Quay")]


def test_earlier_lines_are_items_without_an_excerpt():
    parsed = parse(page("Wake", "L", "Nothing yet on tar", "Anna Marsh", "More on rope", "Tom Reed", "Salt", "L"))
    assert outline(parsed) == [
        (None, "Wake"),
        (None, "Nothing yet on tar"),
        ("Anna Marsh", "More on rope"),
        ("Tom Reed", "Salt"),
    ]
    assert [len(item.excerpt) for item in parsed.items] == [1, 0, 0, 1]


def test_a_line_that_recurs_is_likelier_a_byline():
    pages = page("Wake", "L", "bell hooks", "Rope", "L", "bell hooks", "On tar", "Tom Reed", "Salt", "L")
    assert ("bell hooks", "On tar") in outline(parse(pages))


def test_of_two_names_before_a_headline_the_recurring_one_is_the_byline():
    once = parse(page("Wake", "L", "Anna Marsh", "Pellow Quay", "Salt", "L"))
    assert outline(once)[1:] == [(None, "Anna Marsh"), ("Pellow Quay", "Salt")]
    again = parse(page("Wake", "L", "Anna Marsh", "Pellow Quay", "Salt", "L", "Anna Marsh", "Rope", "L"))
    assert outline(again)[1:3] == [("Anna Marsh", "Pellow Quay"), (None, "Salt")]


def test_a_question_is_no_byline():
    parsed = parse(page("Wake", "L", "Is rope dead?", "Salt", "L"))
    assert outline(parsed)[1:] == [(None, "Is rope dead?"), (None, "Salt")]


def test_long_after_long_is_a_further_paragraph():
    parsed = parse(page("Wake", "L", "W", "Rope", "L"))
    assert [len(item.excerpt) for item in parsed.items] == [2, 1]
    assert entries(parsed)[0].excerpt == f"{LONG}\n\n{WHOLE}"
    assert not entries(parsed)[0].cut


def test_the_last_item_may_have_no_excerpt():
    parsed = parse(page("Wake", "L", "Anna Marsh", "Rope"))
    assert outline(parsed) == [(None, "Wake"), ("Anna Marsh", "Rope")]
    assert entries(parsed)[1].excerpt == ""
    assert not entries(parsed)[1].cut


@pytest.mark.parametrize(
    "trailer", [["Load more"], ["Show more stories"], ["1", "2", "3", "Next page"], ["© 2025 The Wharf"]]
)
def test_the_furniture_after_the_last_article_is_kept_apart(trailer):
    parsed = parse(page("Wake", "L", "Rope", "L", *trailer, "About us"))
    assert [block.text for block in parsed.trailer] == [*trailer, "About us"]
    assert outline(parsed) == [(None, "Wake"), (None, "Rope")]


def test_a_byline_that_a_copy_ends_with_is_no_article():
    parsed = parse(page("Wake", "L", "Anna Marsh", "Rope", "L", "Anna Marsh"))
    assert [block.text for block in parsed.trailer] == ["Anna Marsh"]


def test_text_before_the_first_headline_is_the_lead():
    parsed = parse(page("W", "Wake", "L"))
    assert [block.text for block in parsed.lead] == [WHOLE]
    assert outline(parsed) == [(None, "Wake")]


METAS = [
    page("Wake", "5 min read", "L", "Rope", "40 min listen", "L", "Anna Marsh", "Salt", "3 min read", "L"),
    page("Wake", "3 May 2024", "L", "Rope", "2 May 2024", "L", "Anna Marsh", "Salt", "1 May 2024", "L"),
    page("3 May 2024", "Wake", "L", "2 May 2024", "Rope", "L", "1 May 2024", "Anna Marsh", "Salt", "L"),
    page("Wake", "L", "3 May 2024", "Rope", "L", "2 May 2024", "Anna Marsh", "Salt", "L", "1 May 2024"),
    page("Wake", "L", "Read more", "Rope", "L", "Read more", "Anna Marsh", "Salt", "L", "Read more"),
    page("Wake", "Premium", "L", "Rope", "Premium", "L", "Anna Marsh", "Salt", "Premium", "L"),
    page("Wake", "3 May 2024", "L", "Rope", "2 May 2024", "L", "Salt", "1 May 2024", "By Anna Marsh", "L"),
    page(
        "Wake", "Tar, briefly.", "3 May 2024", "Rope", "Hemp.", "2 May 2024", "Anna Marsh", "Salt", "Dry.", "1 May 2024"
    ),
    page(
        "3 May 2024", "Wake", "Tar, briefly.", "2 May 2024", "Rope", "Hemp.", "1 May 2024", "Anna Marsh", "Salt", "Dry."
    ),
    page(
        "Wake", "3 May 2024", "Tar, briefly.", "Rope", "2 May 2024", "Hemp.", "Anna Marsh", "Salt", "1 May 2024", "Dry."
    ),
]


@pytest.mark.parametrize("text", METAS)
@pytest.mark.parametrize("section", [True, False])
def test_meta_lines_are_kept_with_their_articles(text, section):
    parsed = parse(f"Harbours\n\n{text}" if section else text)
    assert (parsed.section.text if parsed.section else None) == ("Harbours" if section else None)
    assert [headline for _, headline in outline(parsed)] == ["Wake", "Rope", "Salt"]
    assert [entry.author for entry in entries(parsed)] == [None, None, "Anna Marsh"]
    trailing = [block.text for block in parsed.trailer]
    assert [len(item.meta) for item in parsed.items] == [1, 1, 1], trailing
    assert all(len(item.excerpt) == 1 for item in parsed.items)
    assert is_listing(parsed)


def test_dates_tell_the_items_of_one_run_apart():
    parsed = parse(
        page("Wake", "3 May 2024", "L", "Rope", "2 May 2024", "Tar", "1 May 2024", "L", "Salt", "1 May 2024", "L")
    )
    assert outline(parsed) == [(None, "Wake"), (None, "Rope"), (None, "Tar"), (None, "Salt")]
    assert [len(item.meta) for item in parsed.items] == [1, 1, 1, 1]


def test_a_headline_that_recurs_below_its_authors_is_no_meta_line():
    parsed = parse(page("Wake", "L", "Anna Marsh", "Diary", "L", "Tom Reed", "Diary", "L", "Liv Strand", "Diary", "L"))
    assert [entry.title for entry in entries(parsed)] == ["Wake", "Diary", "Diary", "Diary"]


ESSAYS = {
    "paragraphs": page("Wake", "Anna Marsh", "W", "W", "W", "W"),
    "headings": page("Wake", "W", "W", "W", "First", "W", "W", "Then", "W", "W", "At last", "W", "W", "W"),
    "dialogue": page("‘I know,’ she said.", "W", "‘Then go.’", "W", "He did.", "W", "Nobody spoke.", "W"),
    "one line": "Wake",
    "two articles": page("Wake", "L", "Rope", "L"),
    "a poem": page("The tide", "comes in", "and out", "again"),
    "headlines alone": page("Wake", "3 May 2024", "Rope", "2 May 2024", "Salt", "1 May 2024"),
    "nothing": "",
}


@pytest.mark.parametrize("text", ESSAYS.values(), ids=ESSAYS)
def test_an_essay_is_no_listing(text):
    assert not is_listing(parse(text))


def test_a_listing_has_three_items_and_most_of_them_excerpts():
    assert is_listing(parse(page("Wake", "L", "Rope", "L", "Salt", "L")))
    assert is_listing(parse(page(*["Wake", "W"] * 7, "Is it?", "Was it?", "Will it?")))
    assert not is_listing(parse(page(*["Wake", "W"] * 7, "Is it?", "Was it?", "Will it?", "So it is!")))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("It ended.", False),
        ("Did it?", False),
        ("It did!’", False),
        ("(It did.)", False),
        ("he said: ‘It did.’”", False),
        ("結束了。", False),
        ("It ended and", True),
        ("It ended …", True),
        ("It ended...", True),
        ("It ended […]", True),
        ("It ended,", True),
        ("he called it ‘the end’", True),
        ("", False),
    ],
)
def test_cut(text, cut):
    assert is_cut(text) is cut
