from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.topics import structured
from reader.ingest.topics.structured import article, articles

SITE = "https://harbour.example"
NOW = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())
DAY = int(datetime(2026, 2, 27, tzinfo=UTC).timestamp())


def script(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


def told(url: str = "/a", **more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "The tide", "url": url, **more}


def read(html: str, address: str = f"{SITE}/tides/"):
    return articles(html, address, NOW)


def test_an_article_tells_all_of_itself():
    value = told(
        author={"@type": "Person", "name": "By Anna Marsh"},
        datePublished="2026-02-27",
        dateModified="2026-02-28T00:00:00Z",
        description="Later.",
        image=[{"@type": "ImageObject", "url": "/i.png"}],
        articleSection=["Water"],
        keywords="tide, gauge",
        inLanguage="en",
        isAccessibleForFree="False",
        articleBody="All of it.",
    )
    (one,) = read(script(value))
    assert (one.title, one.url, one.author, one.excerpt) == ("The tide", f"{SITE}/a", "Anna Marsh", "Later.")
    assert (one.published, one.updated) == (DAY, DAY + 86_400)
    assert (one.image, one.section, one.tags, one.language) == (f"{SITE}/i.png", "Water", ("tide", "gauge"), "en")
    assert (one.free, one.body, one.kind) == (False, "All of it.", "newsarticle")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Anna Marsh", "Anna Marsh"),
        ({"name": "Anna Marsh"}, "Anna Marsh"),
        (["Anna Marsh", {"name": "Tom Reed"}], "Anna Marsh, Tom Reed"),
        ([{"name": ["Anna Marsh"]}, {"name": "Anna Marsh"}], "Anna Marsh"),
        ({"@id": "#person"}, ""),
        ("https://harbour.example/anna", ""),
        (7, ""),
        (None, ""),
        ([[[["deep"]]]], "deep"),
    ],
)
def test_authors_in_every_form(author, expected):
    assert read(script(told(author=author)))[0].author == expected


@pytest.mark.parametrize(
    "value",
    [
        {"@graph": [{"@type": "WebSite"}, told()]},
        {
            "@type": "CollectionPage",
            "mainEntity": {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": told()}]},
        },
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "name": "The tide", "url": "/a"}]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@id": "/a", "name": "The tide"}}]},
        {"@type": ["Blog"], "blogPost": [told()]},
        [[told()]],
    ],
)
def test_lists_in_every_form(value):
    assert [(one.title, one.url) for one in read(script(value))] == [("The tide", f"{SITE}/a")]


def test_what_leads_here_is_no_article():
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "name": "Home of all", "item": SITE}],
    }
    assert read(script(crumbs) + script({"@type": "Organization", "name": "Harbour", "url": SITE})) == ()


def test_one_article_told_twice_is_one():
    page = script(told()) + script(told(author="Anna Marsh"))
    assert [(one.url, one.author) for one in read(page)] == [(f"{SITE}/a", "Anna Marsh")]


@pytest.mark.parametrize(
    "text", ["", "{", "{]", "<!-- nothing -->", "[1,2", '"text"', "null", "7" * 5000, "[" * 100_000, '{"a":' * 100_000]
)
def test_what_is_no_json_is_left_out(text):
    assert read(script(text) + script(told()))[0].title == "The tide"


def test_json_as_it_is_found_on_pages_is_read():
    assert read(script('<!-- {"@type":"Article","headline":"The\ttide","url":"/a"}; -->'))[0].title == "The\ttide"


def test_a_page_that_is_an_article_says_so():
    page = script({"@graph": [told(f"{SITE}/tides/"), {"@type": "ItemList", "itemListElement": [told("/b")]}]})
    found = article(page, f"{SITE}/tides", NOW)
    assert found is not None
    assert found.main
    assert [one.url for one in read(page)] == [f"{SITE}/b"]


def test_a_page_of_articles_is_none():
    assert (
        article(script({"@type": "CollectionPage", "hasPart": [told("/a"), told("/b")]}), f"{SITE}/tides", NOW) is None
    )


def test_dates_ahead_are_dropped():
    assert read(script(told(datePublished="2031-01-01")))[0].published is None


def test_microdata():
    page = """<div itemscope itemtype="http://schema.org/BlogPosting">
    <h2 itemprop="name headline"><a itemprop="url" href="/a">The tide</a></h2>
    <p itemprop="author" itemscope itemtype="http://schema.org/Person">By <b itemprop="name">Anna Marsh</b></p>
    <time itemprop="datePublished" datetime="2026-02-27">x</time>
    <img itemprop="image" src="/i.png"><p itemprop="description">Later.</p></div>"""
    (one,) = read(page)
    assert (one.title, one.url, one.author, one.published) == ("The tide", f"{SITE}/a", "Anna Marsh", DAY)
    assert (one.image, one.excerpt) == (f"{SITE}/i.png", "Later.")


def test_microformats():
    page = """<div class="h-entry">
    <span class="p-author h-card"><a class="p-name u-url" href="/anna">Anna Marsh</a></span>
    <a class="u-url p-name" href="/a">The tide</a><time class="dt-published" datetime="2026-02-27">x</time>
    <p class="p-summary">Later.</p></div>"""
    (one,) = read(page)
    assert (one.title, one.url, one.author, one.published, one.excerpt) == (
        "The tide",
        f"{SITE}/a",
        "Anna Marsh",
        DAY,
        "Later.",
    )


ITEMS = ",".join(f'{{"@type":"Article","url":"/{n}","headline":"h"}}' for n in range(20_000))
HOSTILE = {
    "a long list": script(f'{{"@type":"ItemList","x":[{ITEMS}]}}'),
    "many scripts": script('{"@type":"Article","headline":"x"}') * 10_000,
    "deep microdata": '<div itemscope itemtype="https://schema.org/Article" itemprop="headline author">' * 50_000,
    "deep microformats": '<div class="h-entry p-name p-author">' * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_soon(name):
    began = time.perf_counter()
    assert len(articles(HOSTILE[name], SITE, NOW)) <= structured.MOST_ITEMS
    assert time.perf_counter() - began < 4


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(["Article", "ItemList", "/a", "2026-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@graph",
                    "headline",
                    "name",
                    "url",
                    "author",
                    "item",
                    "image",
                    "datePublished",
                    "keywords",
                    "mainEntityOfPage",
                    "@id",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_any_json_is_read(value):
    for one in articles(script(value), SITE, NOW):
        assert one.title
        assert one.url.startswith("http")
