"""The quick way through ordinary feeds, held against feedparser."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.feeds import entry as feed_entry
from reader.ingest.feeds import plain as feed_plain
from reader.ingest.feeds import xml_feed as feed_xml

FEEDS = Path(__file__).parent.parent / "fixtures" / "feeds"
SETTING = feed_entry.Setting("https://final.example/feed", 1_760_000_000, "en")
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
FEED = ("title", "link", "language", "ttl", "sy_updateperiod", "sy_updatefrequency")


def held_together(text):
    """Read a feed in both ways; tell whether the quick one took it."""
    text = feed_xml.tidy(text)
    quick = feed_plain.read(text)
    if quick is None:
        return False
    slow = feed_xml._by_feedparser(text, "https://final.example/feed", 0)
    feed, entries, version = quick
    assert version.startswith("atom") == slow.version.startswith("atom")
    assert {name: feed.get(name) for name in FEED} == {name: slow.feed.get(name) for name in FEED}
    assert feed_entry.title(feed) == feed_entry.title(slow.feed)
    assert feed_entry.authors(feed.get("authors")) == feed_entry.authors(slow.feed.get("authors"))
    told = [feed_entry.entry({**raw, "language": "en"}, SETTING) for raw in slow.entries]
    assert [feed_entry.entry({**raw, "language": "en"}, SETTING) for raw in entries] == told
    return True


@pytest.mark.parametrize("name", ["rss-2.0.xml"])
def test_the_quick_way_takes_ordinary_feeds(name):
    assert held_together((FEEDS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["rss-1.0.xml", "podcast.xml", "atom-0.3.xml", "atom-1.0.xml", "videos.xml"])
def test_the_quick_way_leaves_the_others(name):
    assert not held_together((FEEDS / name).read_text(encoding="utf-8"))


WORDS = st.sampled_from(
    [
        "",
        " ",
        "plain words",
        "a &amp; b",
        "a &amp;amp; b",
        "1 &lt; 2",
        "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;",
        "<![CDATA[<b>bold</b> & <a href='x'>y</a>]]>",
        "<![CDATA[caf\u00e9 &eacute;]]>",
        "\n  spaced\n\n out ",
        "\u00c3\u00a9",
        "https://s.example/?a=1&amp;b=2",
        "/relative",
        "17",
        "Jo Doe",
        "jo@x.example (Jo Doe)",
        "jo@x.example",
        "Wed, 01 May 2024 12:00:00 GMT",
        "2024-05-01T12:00:00+02:00",
        "2024-05-01",
        "It goes on […]",
        "&#8217;tis &#x26;",
        "<i>inline</i>",
        "<!-- a comment -->after",
        "Ünïcödé",
        "\u201equoted\u201c",
        "a<![CDATA[b]]>c",
        "\u0085\u0093x",
    ]
)
RSS_LEAVES = st.sampled_from(
    [
        "title",
        "link",
        "description",
        "guid",
        "guid isPermaLink='false'",
        "guid isPermaLink='true'",
        "pubDate",
        "author",
        "dc:creator",
        "dc:date",
        "category",
        "category domain='d'",
        "comments",
        "content:encoded",
        "slash:comments",
        "enclosure url='https://s.example/a.mp3' type='Audio/mpeg' length='5'",
        "media:thumbnail url='t.png' width='5'",
        "media:content url='https://s.example/v.mp4' type='video/mp4' fileSize='9' duration='7'",
        "atom:link href='/l'",
        "atom:link href='/s' rel='self'",
        "itunes:author",
        "description xml:base='b'",
        "title type='html'",
        "source url='x'",
    ]
)
ATOM_LEAVES = st.sampled_from(
    [
        "title",
        "title type='html'",
        "title type='text'",
        "id",
        "link href='a'",
        "link rel='self' href='b'",
        "link rel='enclosure' href='c.mp3' type='audio/mpeg' length='4'",
        "link rel='replies' type='text/html' href='d'",
        "link rel='alternate' type='application/json' href='e'",
        "published",
        "updated",
        "summary",
        "summary type='html'",
        "content",
        "content type='html'",
        "content type='text/plain'",
        "content type='html' xml:lang='de'",
        "category term='t'",
        "category term='https://s.example/t' label='L'",
        "author><name>N N</name></author><id",
        "rights",
        "content src='x'",
        "author><name>jo@x.example</name><email>jo@x.example</email></author><rights",
        "title xml:base='x'",
    ]
)


def element(leaf, words):
    return f"<{leaf}>{words}</{leaf.split('<')[-1].split()[0] if '><' in leaf else leaf.split()[0]}>"


def inside(leaves):
    return st.lists(st.builds(element, leaves, WORDS), max_size=7, unique_by=lambda one: one.split(">")[0]).map("".join)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.lists(inside(RSS_LEAVES), max_size=3))
def test_rss_is_read_as_feedparser_reads_it(title, items):
    inner = "".join(f"<item>{one}</item>" for one in items)
    held_together(
        f"<rss version='2.0' {NAMESPACES}><channel><title>{title}</title><link>/</link>{inner}</channel></rss>"
    )


@settings(max_examples=100, deadline=None)
@given(WORDS, st.lists(inside(ATOM_LEAVES), max_size=3))
def test_atom_is_read_as_feedparser_reads_it(title, entries):
    inner = "".join(f"<entry>{one}</entry>" for one in entries)
    held_together(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{title}</title>{inner}</feed>")


def test_the_quick_way_is_taken_for_what_the_generators_make():
    """Else the two tests above would hold nothing together."""
    item = "".join(
        element(leaf, "x") for leaf in ("title", "link", "guid isPermaLink='false'", "description", "dc:creator")
    )
    assert held_together(f"<rss version='2.0' {NAMESPACES}><channel><item>{item}</item></channel></rss>")
    entry = "".join(element(leaf, "x") for leaf in ("title type='html'", "id", "updated", "content type='html'"))
    entry += "<link href='a'/><author><name>N</name></author><category term='t'/>"
    assert held_together(f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{entry}</entry></feed>")
