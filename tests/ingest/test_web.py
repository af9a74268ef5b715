from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reader.ingest
from reader.ingest import sanitize, web
from reader.ingest.errors import IngestError
from reader.ingest.pages import walls

FIXTURES = Path(__file__).parent.parent / "fixtures" / "web"
NOW = int(datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp())
SITE = "https://harbour.example"
FEED = '<link rel="alternate" type="application/rss+xml" href="/feed" title="All">'


@dataclass(frozen=True)
class Whole:
    """What extraction gives, as far as it is looked at here."""

    title: str = "The tide"
    author: str | None = "Anna Marsh"
    published: int | None = 1_770_000_000
    updated: int | None = None
    language: str | None = "en"
    image: str | None = f"{SITE}/i.png"
    site_name: str = "Harbour Post"
    body: str = "The **whole** of it."
    words: int = 4
    problem: str = ""
    pictures: tuple[str, ...] = ()


@pytest.fixture
def extraction(monkeypatch):
    """Stands in for the extraction of a page; `whole` is what it gives."""
    fake = SimpleNamespace(whole=Whole(), asked=[])

    def extract(html, *, address="", keep=(), drop=(), hint=None):
        fake.asked.append(address)
        return fake.whole

    fake.extract = extract
    monkeypatch.setitem(sys.modules, "reader.ingest.page", fake)
    monkeypatch.setattr(reader.ingest, "page", fake, raising=False)
    return fake


def source(name: str) -> str:
    return (FIXTURES / f"{name}.html").read_text(encoding="utf-8")


def read(html: str, address: str = f"{SITE}/tides/", **more):
    return web.read(html, address=address, now=NOW, **more)


def test_a_page_of_headlines_is_a_topic(extraction):
    found = read(source("cards").replace("</head>", FEED + "</head>"))
    assert (found.kind, found.title, len(found.entries)) == ("topic", "Tides", 6)
    assert [offer.url for offer in found.offers] == [f"{SITE}/feed"]
    assert extraction.asked == []


def test_an_article_is_a_page(extraction):
    found = read(source("article-related").replace("</head>", FEED + "</head>"), f"{SITE}/tides/tide-comes-later")
    (entry,) = found.entries
    assert (found.kind, found.title, found.language, found.total) == ("page", "The tide", "en", 1)
    assert (entry.title, entry.author, entry.body, entry.markdown) == (
        "The tide",
        "Anna Marsh",
        "The **whole** of it.",
        True,
    )
    assert (entry.url, entry.published, entry.image) == (
        f"{SITE}/tides/tide-comes-later",
        1_770_000_000,
        f"{SITE}/i.png",
    )
    assert not entry.cut
    assert [offer.title for offer in found.offers] == ["All"]
    assert extraction.asked == [f"{SITE}/tides/tide-comes-later"]


def test_what_extraction_does_not_tell_the_data_does(extraction):
    extraction.whole = Whole(title="", author=None, published=None, language=None, image=None)
    (entry,) = read(source("article-short"), f"{SITE}/tides/tide-comes-later").entries
    assert (entry.title, entry.author) == ("The tide comes later every year", "Anna Marsh")
    assert datetime.fromtimestamp(entry.published, UTC).date().isoformat() == "2026-02-27"
    assert entry.language == "en"


def test_kind_overrules(extraction):
    assert read(source("cards"), kind="page").kind == "page"
    assert read(source("article-related"), kind="topic").kind == "topic"


@pytest.mark.parametrize("kind", ["feed", "book", "listing", "essay", "subscriptions"])
def test_other_kinds_are_refused_in_words(extraction, kind):
    with pytest.raises(IngestError, match="a web page and cannot be read as"):
        read(source("cards"), kind=kind)


def test_a_topic_that_is_none_is_refused_in_words(extraction):
    with pytest.raises(IngestError, match=r"no list of headlines.*--as page"):
        read("<p>Words, words.</p>", kind="topic")


def test_a_page_without_text_is_refused_in_words(extraction):
    extraction.whole = Whole(body="")
    with pytest.raises(IngestError, match="nothing to read"):
        read("<p></p>")
    with pytest.raises(IngestError, match="scripts run"):
        read("<div id=app></div><script src=/app.js></script>")
    with pytest.raises(IngestError, match=r"no article.*--as topic"):
        read(source("cards"), kind="page")


def test_a_page_without_text_may_still_have_feeds(extraction):
    extraction.whole = Whole(body="", title="")
    found = read(FEED + "<title>Harbour Post</title>")
    assert (found.kind, found.title, found.offers[0].url) == ("page", "Harbour Post", f"{SITE}/feed")
    assert (found.entries, found.total) == ((), 0)
    assert "nothing to read" in found.problem


@pytest.mark.parametrize(
    ("problem", "words"),
    [(walls.EMPTY, "nothing to"), (walls.SCRIPT, "scripts run"), (walls.COOKIES, "cookies"), (walls.ROBOT, "person")],
)
def test_a_page_of_which_nothing_could_be_read_is_no_article(extraction, problem, words):
    extraction.whole = Whole(body="", problem=problem)
    with pytest.raises(IngestError, match=words):
        read('<meta name="description" content="All about us."><p>')


def test_a_paywall_is_told_and_the_teaser_kept(extraction):
    extraction.whole = Whole(body="", problem="it is behind a paywall")
    found = read('<meta name="description" content="The teaser."><p>Subscribe')
    assert found.problem == "it is behind a paywall"
    assert (found.entries[0].excerpt, found.entries[0].cut, found.entries[0].body) == ("The teaser.", True, None)


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("/tides/tide", f"{SITE}/tides/tide"),
        ("https://www.harbour.example/tides/tide", "https://www.harbour.example/tides/tide"),
        ("https://else.example/tides/tide", f"{SITE}/tides/tide?from=home"),
        ("/", f"{SITE}/tides/tide?from=home"),
        ("javascript:1", f"{SITE}/tides/tide?from=home"),
    ],
)
def test_a_page_is_known_by_its_own_name_if_that_is_on_its_site(extraction, canonical, url):
    found = read(f'<link rel="canonical" href="{canonical}"><p>Words', f"{SITE}/tides/tide?from=home")
    assert found.entries[0].url == url


def test_a_saved_page_tells_where_it_came_from(extraction):
    found = read(f'<link rel="canonical" href="{SITE}/tides/tide"><p>Words<a href="rss.xml">RSS</a>', "")
    assert found.entries[0].url == f"{SITE}/tides/tide"
    assert found.offers[0].url == f"{SITE}/tides/rss.xml"
    page = source("cards").replace("<title>", f'<meta property="og:url" content="{SITE}/tides/"><title>')
    assert read(page, "").entries[0].url == f"{SITE}/tides/tide-comes-later"


def test_texts_are_clean(extraction):
    extraction.whole = Whole(title="The\x1b[2J tide", body="x\x00y", author="\u202eAnna")
    (entry,) = read("<p>Words").entries
    assert (entry.title, entry.body, entry.author) == ("The tide", "xy", "Anna")


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=300) | st.lists(st.sampled_from(["<p>", "<h2>", "<a href=/", "1>", "x y z", "<li>"])).map("".join)
)
def test_any_text_ends_in_what_was_found_or_in_one_clear_error(html):
    pytest.importorskip("reader.ingest.page")
    try:
        found = web.read(html, address=SITE, now=NOW)
    except IngestError as error:
        told = str(error)
    else:
        told = found.kind
        assert all(sanitize.entry(one) == one for one in found.entries)
    assert told
    assert "\n" not in told
