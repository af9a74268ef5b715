from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import sanitize, topic

FIXTURES = Path(__file__).parent.parent / "fixtures" / "web"
NOW = int(datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp())
SITE = "https://harbour.example"
TITLES = (
    "The tide comes later every year",
    "A harbour master counts her boats",
    "What the ropewalk taught the town",
    "Salt, and who pays for it",
)
TEASER = "Gauges along the estuary agree on one thing, and nobody has been paid to ask why that is so."


def expected(name: str) -> dict:
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def source(name: str) -> str:
    return (FIXTURES / f"{name}.html").read_text(encoding="utf-8")


def names(kind: str) -> list[str]:
    return sorted(path.stem for path in FIXTURES.glob("*.json") if expected(path.stem)["kind"] == kind)


def day(moment: int | None) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).date().isoformat()


def read(html: str, address: str = f"{SITE}/tides/", **more):
    return topic.read(html, address, NOW, **more)


@pytest.mark.parametrize("name", names("topic"))
def test_topic_pages_are_read_whole_and_in_order(name):
    wanted = expected(name)
    found = read(source(name), wanted["address"])
    assert found is not None
    assert (found.kind, found.title, found.language) == ("topic", wanted["title"], wanted["language"])
    assert (found.address, found.total) == (wanted["address"], len(wanted["entries"]))
    assert [
        {"title": one.title, "author": one.author, "published": day(one.published), "url": one.url}
        for one in found.entries
    ] == [{key: one[key] for key in ("title", "author", "published", "url")} for one in wanted["entries"]]
    for one, told in zip(found.entries, wanted["entries"], strict=True):
        assert one.excerpt.startswith(told["excerpt"])
        assert bool(one.excerpt) == bool(told["excerpt"])
        assert one.section == wanted["title"]
        assert sanitize.entry(one) == one


@pytest.mark.parametrize("name", names("page"))
def test_articles_are_no_topic_pages_whatever_stands_beside_them(name):
    assert read(source(name), expected(name)["address"]) is None


def test_who_asks_for_headlines_gets_them_from_an_article_too():
    found = read(source("article-related"), f"{SITE}/tides/tide-comes-later", sure=True)
    assert found is not None
    assert [one.title for one in found.entries[:2]] == [TITLES[1], TITLES[2]]


def test_teasers_are_cut_and_whole_posts_are_not():
    assert all(one.cut for one in read(source("cards")).entries)
    posts = read(source("whole-posts"), f"{SITE}/")
    assert not any(one.cut for one in posts.entries)
    assert all(one.excerpt.count("\n\n") == 4 for one in posts.entries)


def test_pictures_and_comments_come_along():
    first = read(source("cards")).entries[0]
    assert first.image == f"{SITE}/img/tide-comes-later.jpg"
    assert read(source("whole-card-links")).entries[0].image == f"{SITE}/img/tide-comes-later.jpg"
    assert read(source("bare-links"), f"{SITE}/news").entries[1].comments == f"{SITE}/item?id=101"


def cards(titles=TITLES, inner="{link}<p>" + TEASER + "</p>", start="<div class='c'>", end="</div>") -> str:
    return "".join(
        start + inner.format(link=f"<h2><a href='/tides/{number}'>{title}</a></h2>", n=number) + end
        for number, title in enumerate(titles)
    )


def test_fewer_than_three_are_none():
    assert read(cards(TITLES[:3])) is not None
    assert read(cards(TITLES[:2])) is None


def test_a_headline_linked_twice_is_one():
    page = cards() + cards(TITLES[:1])
    assert [one.title for one in read(page).entries] == list(TITLES)


@pytest.mark.parametrize(
    "around",
    [
        "<nav>{}</nav>",
        "<footer>{}</footer>",
        "<aside>{}</aside>",
        "<div class='sidebar-left'>{}</div>",
        "<div id='related'>{}</div>",
        "<div role='navigation'>{}</div>",
        "<div hidden>{}</div>",
        "<div style='display: none'>{}</div>",
    ],
)
def test_what_stands_around_is_left_out(around):
    noise = around.format(
        "".join(f"<h2><a href='/else/{n}'>Another long story of the sea {n}</a></h2>" for n in range(9))
    )
    assert [one.title for one in read("<main>" + cards() + "</main>" + noise).entries] == list(TITLES)


def test_links_that_only_lead_on_are_no_headlines():
    more = "<ul>" + "".join(f"<li><a href='/p/{n}'>Continue reading this story</a></li>" for n in range(6)) + "</ul>"
    assert read(more) is None


def test_sections_are_told_from_what_stands_below_them():
    page = "<h2><a href='/tides'>Everything about the tides and the sea</a></h2>" + cards()
    assert [one.title for one in read(page, f"{SITE}/").entries] == list(TITLES)


@pytest.mark.parametrize(
    ("line", "author", "date"),
    [
        ("<p>By Anna Marsh</p>", "Anna Marsh", None),
        ("<p>Anna Marsh and Tom Reed · 1 March 2026</p>", "Anna Marsh and Tom Reed", "2026-03-01"),
        ("<div><span class='author'>Anna</span>, <span class='author'>Tom</span></div>", "Anna, Tom", None),
        ("<a href='/authors/anna'>Anna M.</a>", "Anna M.", None),
        ("<span>posted by <a href='/x/anna'>anna</a></span>", "anna", None),
        ("<p>2 hours ago | 12 comments</p>", None, "2026-03-02"),
        ("<span class='date'>Feb 27</span>", None, "2026-02-27"),
        ("<span class='date'>Dec 27</span>", None, "2025-12-27"),
        ("<abbr class='published' title='2026-02-27T10:00:00+02:00'>Friday</abbr>", None, "2026-02-27"),
        ("<time datetime='2030-01-01'>1 January 2030</time>", None, None),
        ("<p class='meta'>March 1, 2026 by Anna Marsh</p>", "Anna Marsh", "2026-03-01"),
    ],
)
def test_bylines_and_dates_in_many_forms(line, author, date):
    found = read(cards(inner="{link}" + line + "<p>" + TEASER + "</p>"))
    assert {(one.author, day(one.published), one.excerpt) for one in found.entries} == {(author, date, TEASER)}


def test_the_day_may_stand_in_the_address():
    page = "".join(f"<li><a href='/2026/02/1{n}/x'>{title}</a>" for n, title in enumerate(TITLES))
    assert [day(one.published) for one in read(page).entries] == [f"2026-02-1{n}" for n in range(4)]


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Tides | Harbour Post</title>", "", "Tides"),
        ("<title>Harbour: Tides</title>", "", "Harbour: Tides"),
        ("<title>x</title><meta property='og:title' content='Tides and times'>", "", "Tides and times"),
        ("<title>Tides – Harbour Post</title>", "<h1><a href='/'>Harbour Post</a></h1>", "Tides"),
        ("<title>Tides – Harbour Post</title>", "<h1>About tides</h1>", "About tides"),
        ("", "", "harbour.example"),
    ],
)
def test_what_a_page_is_called(head, heading, title):
    assert read(f"<head>{head}</head><body>{heading}{cards()}").title == title


def test_many_are_cut_to_what_a_list_can_hold():
    page = (
        "<ul>"
        + "".join(f"<li><a href='/a/{n}'>A long headline with number {n}</a></li>" for n in range(1_300))
        + "</ul>"
    )
    assert len(read(page).entries) == topic.MOST


HOSTILE = {
    "deep": "<div>" * 100_000 + "x",
    "deep links": "<p><a href=x>" * 50_000,
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x",
    "links": "".join(f"<a href=/a/{n}>link number {n} is here</a>" for n in range(100_000)),
    "list": "<ul>" + "".join(f"<li><a href=/a/{n}>link number {n} is here</a> 2026-01-01" for n in range(50_000)),
    "comb": "".join(f"<div><h2><a href=/a/{n}>headline number {n}</a></h2>" for n in range(20_000)),
    "deep titles": '<div class="title author date">' * 50_000 + "<a href=/x>a headline that is long</a>",
    "deep headings": "<h1><div>" * 30_000 + "x",
    "long class": '<div class="' + "title-" * 200_000 + '">x',
    "long text": "<div>" * 20_000 + "word " * 500_000,
    "times": "".join(
        f"<li><a href=/{n}>A long headline {n}</a>" + "<time>2026 01 x 99</time>" * 99 for n in range(200)
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_soon(name):
    began = time.perf_counter()
    read(HOSTILE[name])
    assert time.perf_counter() - began < 6  # 2 s on a quiet machine


OPENINGS = [
    *(
        "<div class='title'>",
        "<h2>",
        "<a href='/a'>",
        "<a href='/b'>",
        "<a href='//['>",
        "<li>",
        "<tr><td>",
        "<article>",
    ),
    *("<p class='byline'>", "<time datetime='2026-01-01'>", "<h1>", "<svg><title>", "<base href='x:'>", "<template>"),
]
WORDS = ["</a>", "</h2>", "</div>", "A long headline of words", "By Anna Marsh", "1 March 2026", "Read more", "\n"]
PIECES = st.lists(st.sampled_from(OPENINGS + WORDS) | st.text(max_size=8), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.sampled_from([f"{SITE}/tides/", "", "nonsense", "http://["]), st.booleans())
def test_any_markup_ends_in_clean_entries_or_none(html, address, sure):
    found = read(html * 3, address, sure=sure)
    if found is not None:
        assert len(found.entries) >= 3
        assert len({one.url for one in found.entries}) == len(found.entries)
        assert all(sanitize.entry(one) == one and one.url for one in found.entries)
