"""Lists of subscriptions, read and written."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import opml
from reader.ingest.errors import IngestError
from reader.model.identity import feed_id
from reader.model.source import Care, Source

FEEDS = Path(__file__).parent.parent / "fixtures" / "feeds"


def told(found):
    return [(source.title, source.location, source.site, source.care.folder) for source in found.sources]


def test_folders_in_folders_become_one_name():
    data = (FEEDS / "subscriptions.opml").read_bytes()
    assert opml.looks_like(data)
    found = opml.read(data)
    assert (found.kind, found.title) == ("subscriptions", "What I read")
    assert told(found) == [
        ("Loose leaf", "https://loose.example/feed", "https://loose.example/", ""),
        ("Light & fog", "https://light.example/feed/", "", "Sea"),
        ("Gazette", "https://gazette.example/rss", "", "Sea / Harbours"),
        ("By attribute", "https://mill.example/feed", "", "Land / Mills"),
    ]
    assert all(source.kind == "feed" and source.id == feed_id(source.location) for source in found.sources)


def test_an_old_and_broken_list_is_mended():
    data = (FEEDS / "subscriptions-1.opml").read_bytes()
    assert opml.looks_like(data)
    assert told(opml.read(data)) == [
        ("Rain \xa0 sun", "http://rain.example/rss?a=1&b=2", "http://rain.example/?a=1&b=2", ""),
        ("Wind", "http://wind.example/rss", "", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding):
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><opml><body><outline text="Möwe" xmlUrl="http://x.example/"/>'
    text += "</body></opml>"
    data = text.encode(encoding)
    assert opml.looks_like(data)
    assert opml.read(data).sources[0].title == "Möwe"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"<rss version='2.0'><channel/></rss>",
        b"<opml version='2.0'><body/></opml>",
        b"<opml><body><outline text='a' xmlUrl='javascript:x'/></body></opml>",
        b"<opml><body>" + b"<outline text='a'>" * 5000,
        b"\xff\xfe\x00",
    ],
)
def test_what_names_no_feed_is_refused_in_words(data):
    with pytest.raises(IngestError, match=r"^its? "):
        opml.read(data)


def test_a_feed_is_no_list():
    assert not opml.looks_like((FEEDS / "rss-2.0.xml").read_bytes())
    assert not opml.looks_like(b"an <opml> in a text")


def test_too_many_are_refused():
    many = "".join(f"<outline text='a' xmlUrl='http://x.example/{number}'/>" for number in range(opml.SOURCES + 1))
    with pytest.raises(IngestError, match="more than 10,000"):
        opml.read(f"<opml><body>{many}</body></opml>".encode())


def test_entities_are_never_expanded():
    bomb = "<!DOCTYPE opml [<!ENTITY a 'lol'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 20}'>" for n in range(8)
    )
    data = (bomb + "]><opml><body><outline text='x &i; y' xmlUrl='http://x.example/'/></body></opml>").encode()
    started = time.perf_counter()
    assert "lol" not in opml.read(data).sources[0].title
    assert time.perf_counter() - started < 5


def test_controls_do_not_come_through():
    data = b"<opml><body><outline text='a\x1b[2J&#x202e;b' xmlUrl='http://x.example/'/></body></opml>"
    assert opml.read(data).sources[0].title.isprintable()


def test_only_feeds_are_written():
    kept = Source(feed_id("http://x.example/"), "feed", "X", "http://x.example/")
    others = [Source("guide", "guide", "G"), Source("book-1", "book", "B", "/b.epub")]
    assert opml.read(opml.write([kept, *others], "All <mine>")) == opml.read(opml.write([kept], "All <mine>"))


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).map(
    lambda name: name.replace("&", "+").replace("/", "-")
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 99), st.tuples(NAMES, st.lists(NAMES, max_size=3)), min_size=1, max_size=6))
def test_what_is_written_is_read_back(many):
    """Folders and all, whatever they are called."""
    sources = []
    for number, (name, folders) in many.items():
        address = f"https://x.example/{number}?a=1&b=2"
        folder = opml.SEPARATOR.join(folders)
        once = opml.read(
            opml.write([Source(feed_id(address), "feed", name, address, "https://x.example/", Care(folder=folder))])
        )
        sources += once.sources
    again = opml.read(opml.write(sources, "T"))
    assert sorted(again.sources, key=lambda one: one.id) == sorted(sources, key=lambda one: one.id)


def test_an_address_is_written_letter_by_letter():
    address = "https://quay.example/cafe\u0301"
    written = opml.write([Source("feed-1", "feed", "Cafe\u0301", address, f"{address}/")])
    (source,) = opml.read(written).sources
    assert (source.location, source.site) == (address, f"{address}/")


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200) | st.text("<>opmlutine ='\"/&;!-[]xUr:h", max_size=200).map(str.encode))
def test_any_bytes_end_in_sources_or_one_error(data):
    opml.looks_like(data)
    for whole in (data, b"<opml><body><outline xmlUrl='http://x.example/'/>" + data):
        try:
            assert opml.read(whole).sources
        except IngestError as refused:
            assert str(refused)  # noqa: PT017 - either end is right


def test_what_is_no_web_address_is_told():
    data = (
        b"<opml version='2.0'><body><outline text='Mine' xmlUrl='exec:~/bin/feed.sh'/>"
        b"<outline text='A'><outline text='B'><outline text='Tide' xmlUrl='https://tide.example/f'/></outline></outline>"
        b"</body></opml>"
    )
    found = opml.read(data)
    assert [(one.title, one.care.folder) for one in found.sources] == [("Tide", "A / B")]
    assert found.left_out == ("Mine: exec:~/bin/feed.sh: it is no web address, and nothing is ever run",)
