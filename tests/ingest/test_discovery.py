from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import discovery, sanitize
from reader.ingest.discovery import guesses, offers
from reader.ingest.found import Offer

SITE = "https://harbour.example"


def urls(html: str, address: str = f"{SITE}/tides/") -> list[str]:
    return [offer.url for offer in offers(html, address)]


def alternate(href: str, title: str = "", kind: str = "application/rss+xml", more: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}" title="{title}" {more}>'


def test_the_feed_of_this_topic_comes_first_and_comments_last():
    page = alternate("/comments/feed/", "Comments") + alternate("/feed/", "All") + alternate("/tides/feed/", "Tides")
    assert offers(page, f"{SITE}/tides/") == (
        Offer(f"{SITE}/tides/feed/", "Tides"),
        Offer(f"{SITE}/feed/", "All"),
        Offer(f"{SITE}/comments/feed/", "Comments"),
    )


def test_the_topic_may_be_a_part_of_the_feeds_address():
    assert urls(alternate("/rss/all.xml") + alternate("/rss/tides")) == [f"{SITE}/rss/tides", f"{SITE}/rss/all.xml"]


@pytest.mark.parametrize(
    "kind",
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "Application/RSS+XML; charset=utf-8",
    ],
)
def test_each_type_of_feed_is_known(kind):
    assert urls(alternate("/all", kind=kind)) == [f"{SITE}/all"]


def test_loose_types_count_only_where_the_address_says_feed():
    page = alternate("/feed.json", kind="application/json") + alternate("/wp-json/posts/3", kind="application/json")
    page += alternate("/sitemap.xml", kind="application/xml") + alternate(
        "/oembed?format=xml&url=feed", kind="text/xml"
    )
    assert urls(page) == [f"{SITE}/feed.json"]


def test_rel_feed_needs_no_type():
    assert urls('<link rel="feed" href="/all">') == [f"{SITE}/all"]


def test_other_alternates_are_no_feeds():
    page = '<link rel="alternate" hreflang="de" href="/de/"><link rel="alternate" media="print" href="/print">'
    page += '<link rel="stylesheet" type="text/css" href="/feed.css">'
    page += '<link rel="alternate stylesheet" type="application/rss+xml" href="/a">'
    assert urls(page) == []


def test_another_languages_feed_comes_later():
    page = (
        '<html lang="en">' + alternate("/de/all", more='hreflang="de"') + alternate("/en/all", more='hreflang="en-GB"')
    )
    assert urls(page, f"{SITE}/") == [f"{SITE}/en/all", f"{SITE}/de/all"]


def test_addresses_are_resolved_against_the_base():
    assert urls('<base href="/blog/"><body>' + alternate("atom.xml")) == [f"{SITE}/blog/atom.xml"]


def test_only_the_web_is_offered():
    page = "".join(
        map(
            alternate,
            ["javascript:alert(1)", "feed://harbour.example/x", "file:///etc/passwd", "", "http://[::1", "data:,x"],
        )
    )
    assert urls(page) == []


def test_titles_are_clean():
    assert offers(alternate("/feed", "All\x1b[2J  &amp; &lt;b&gt;"), SITE)[0].title == "All & <b>"


def test_each_feed_is_offered_once_and_the_page_never():
    page = alternate("/feed/") + alternate("/feed") + alternate("/tides/") + '<a href="/feed/">RSS</a>'
    assert urls(page) == [f"{SITE}/feed/"]


def test_links_that_plainly_are_feeds_are_found():
    page = '<a href="/rss.xml">Follow</a><a href="/index.php?type=rss">RSS feed</a><a href="/feedback">Feedback</a>'
    page += '<a href="/about-rss">What is RSS?</a><a href="https://else.example/feed">Somebody</a>'
    page += '<a href="/the-feed-of-pigs">x</a>'
    assert offers(page, SITE) == (Offer(f"{SITE}/rss.xml", "Follow"), Offer(f"{SITE}/index.php?type=rss"))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        (
            "https://www.youtube.com/playlist?list=PLabcdefghijkl",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PLabcdefghijkl",
        ),
        ("https://low.substack.com/p/tides", "https://low.substack.com/feed"),
        ("https://medium.com/@pier", "https://medium.com/feed/@pier"),
        ("https://medium.com/tag/harbours/latest", "https://medium.com/feed/tag/harbours"),
        ("https://www.reddit.com/r/harbours/", "https://www.reddit.com/r/harbours/.rss"),
        ("https://www.reddit.com/r/harbours/top", "https://www.reddit.com/r/harbours/top/.rss"),
        ("https://github.com/pier/boat", "https://github.com/pier/boat/releases.atom"),
        ("https://github.com/pier/boat/commits/main", "https://github.com/pier/boat/commits/main.atom"),
        ("https://gitlab.com/dock/pier/boat/-/tree/main", "https://gitlab.com/dock/pier/boat/-/releases.atom"),
        ("https://sea.example/@pier", "https://sea.example/@pier.rss"),
        ("https://bsky.app/profile/pier.example", "https://bsky.app/profile/pier.example/rss"),
        ("https://pier.tumblr.com/", "https://pier.tumblr.com/rss"),
        ("https://pier.blogspot.com/2026/03/x.html", "https://pier.blogspot.com/feeds/posts/default"),
        ("https://pier.wordpress.com/", "https://pier.wordpress.com/feed/"),
        ("https://news.ycombinator.com/", "https://news.ycombinator.com/rss"),
        ("https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"),
    ],
)
def test_platforms_are_known_by_their_address(address, expected):
    assert urls("<p>nothing announced", address)[0] == expected


CHANNEL = "UC0123456789_-abcdefghij"


@pytest.mark.parametrize(
    ("page", "address", "expected"),
    [
        (
            f'<meta itemprop="identifier" content="{CHANNEL}">',
            "https://www.youtube.com/@pier",
            f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}",
        ),
        (
            f'<link rel="canonical" href="https://www.youtube.com/channel/{CHANNEL}">',
            "https://m.youtube.com/c/pier",
            f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}",
        ),
        ('<meta name="generator" content="WordPress 6.6">', f"{SITE}/category/tides/", f"{SITE}/category/tides/feed/"),
        ('<meta name="generator" content="Ghost 5.80">', f"{SITE}/tag/tides/", f"{SITE}/tag/tides/rss/"),
        (
            '<meta name="generator" content="Blogger">',
            f"{SITE}/search/label/tides",
            f"{SITE}/feeds/posts/default/-/tides",
        ),
        ('<meta name="generator" content="Discourse 3.2">', f"{SITE}/c/tides/7", f"{SITE}/c/tides/7.rss"),
        ('<meta name="application-name" content="Lemmy">', f"{SITE}/c/tides", f"{SITE}/feeds/c/tides.xml?sort=New"),
        ('<meta name="generator" content="Hugo 0.120">', f"{SITE}/tides/", f"{SITE}/tides/index.xml"),
    ],
)
def test_platforms_are_known_by_their_markup(page, address, expected):
    assert urls(page, address)[0] == expected


def test_what_is_announced_comes_before_a_platforms_rule():
    page = '<meta name="generator" content="WordPress 6.6">' + alternate("/own")
    assert urls(page, f"{SITE}/") == [f"{SITE}/own", f"{SITE}/feed/"]


def test_another_sites_channel_is_none_of_youtube():
    assert urls(f'<meta itemprop="identifier" content="{CHANNEL}">', SITE) == []


def test_guesses_are_few_and_this_topics_first():
    found = guesses(f"{SITE}/tides/index.html")
    assert [offer.url for offer in found[:3]] == [f"{SITE}/tides/feed", f"{SITE}/tides/rss", f"{SITE}/feed"]
    assert len(found) == discovery.MOST_GUESSES
    assert all(offer.guessed for offer in found)


@pytest.mark.parametrize(
    "address", ["", "ftp://harbour.example", "javascript:1", "mailto:a@b.example", "http://[", "http://a]b/"]
)
def test_nothing_is_guessed_of_what_is_no_web_address(address):
    assert guesses(address) == ()


MARKUP = st.lists(
    st.sampled_from(
        [
            "<link rel=alternate type=application/rss+xml href='",
            "/feed",
            "'>",
            "<a href='",
            "http://[",
            "//",
            "RSS",
            "</a>",
            "\x00",
            "é",
            "<base href='",
        ]
    )
    | st.text(max_size=8),
    max_size=20,
).map("".join)


@settings(max_examples=80, deadline=None)
@given(
    MARKUP,
    st.sampled_from(["", SITE, "https://github.com/", "http://["]) | st.text(max_size=30).map("https://".__add__),
)
def test_whatever_comes_only_clean_web_addresses_are_offered(html, address):
    for offer in (*offers(html, address), *guesses(address)):
        assert offer.url.lower().startswith(("http://", "https://"))
        assert sanitize.link(offer.url) == offer.url
