"""Feeds that are broken, lie about their encoding, or want to do harm."""

import contextlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import feed, sanitize
from reader.ingest.errors import IngestError
from reader.ingest.feeds import encoding as feed_encoding
from reader.ingest.feeds import precut
from reader.ingest.feeds import xml_feed as feed_xml
from tests.conftest import NOW
from tests.thorough import examples

FEEDS = Path(__file__).parent.parent / "fixtures" / "feeds"
RUSSIAN = "Чайка над маяком и ещё немного слов о море"
GERMAN = "Möwen über dem Leuchtturm – größer als gedacht"
JAPANESE = "灯台の上のかもめ"


def xml(title, declaration='<?xml version="1.0"?>'):
    return (
        f'{declaration}\n<rss version="2.0"><channel><title>{title}</title>'
        f"<item><title>{title}</title><description>{title}</description></item></channel></rss>"
    )


def declared(encoding):
    return f'<?xml version="1.0" encoding="{encoding}"?>'


@pytest.mark.parametrize(
    ("title", "data", "content_type"),
    [
        (GERMAN, xml(GERMAN).encode("utf-8-sig"), ""),
        (GERMAN, b"\n\n  " + xml(GERMAN).encode(), ""),
        (GERMAN, xml(GERMAN, "").encode("cp1252"), ""),
        (GERMAN, xml(GERMAN, declared("utf-16")).encode("utf-16"), ""),
        (GERMAN, xml(GERMAN, declared("utf-16")).encode("utf-16-be"), "text/xml; charset=utf-8"),
        (GERMAN, xml(GERMAN, declared("utf-16le")).encode("utf-16-le"), ""),
        (GERMAN, xml(GERMAN, declared("utf-32")).encode("utf-32"), ""),
        (GERMAN.replace("–", "-"), xml(GERMAN.replace("–", "-"), declared("iso-8859-1")).encode("latin-1"), "text/xml"),
        (GERMAN, xml(GERMAN, declared("iso-8859-1")).encode("cp1252"), ""),
        (RUSSIAN, xml(RUSSIAN, declared("windows-1251")).encode("cp1251"), "application/xml"),
        (RUSSIAN, xml(RUSSIAN, declared("windows-1251")).encode("cp1251"), "text/xml; charset=iso-8859-1"),
        (RUSSIAN, xml(RUSSIAN, "").encode("koi8-r"), "text/xml; charset=koi8-r"),
        # Lies: said one thing, declared another, and written in a third.
        (RUSSIAN, xml(RUSSIAN, declared("windows-1251")).encode(), "text/xml; charset=iso-8859-1"),
        (GERMAN, xml(GERMAN, declared("us-ascii")).encode(), "text/xml"),
        (RUSSIAN, xml(RUSSIAN * 20, declared("utf-8")).encode("cp1251"), "application/xml; charset=utf-8"),
        (JAPANESE, xml(JAPANESE, declared("shift_jis")).encode("shift_jis"), ""),
        (JAPANESE, xml(JAPANESE, declared("iso-2022-jp")).encode("iso-2022-jp"), ""),
        (JAPANESE, xml(JAPANESE, declared("x-unheard-of")).encode(), "text/xml; charset=nonsense"),
    ],
)
def test_encodings_and_lies_about_them(title, data, content_type):
    found = feed.read(data, content_type=content_type)
    assert found.title.startswith(title)
    assert found.entries[0].title.startswith(title)
    assert feed.looks_like(data, content_type)


def test_one_torn_character_does_not_spoil_the_others():
    data = xml(GERMAN + " \udcff").encode("utf-8", "surrogateescape")
    assert feed.read(data).title.startswith(GERMAN)


@pytest.mark.parametrize(
    "encoding", ["utf-7", "cp037", "unicode_escape", "punycode", "idna", "rot13", "zlib", "undefined"]
)
def test_an_encoding_that_hides_tags_is_not_used(encoding):
    found = feed.read(xml("plain +ADw- words", declared(encoding)).encode())
    assert found.title == "plain +ADw- words"


def test_utf_8_that_was_encoded_twice_is_mended():
    assert feed.read(xml(GERMAN.replace("–", "-").encode().decode("latin-1")).encode()).title == GERMAN.replace(
        "–", "-"
    )


def test_bad_entities_and_tags_and_dates():
    found = feed.read((FEEDS / "broken-entities.xml").read_bytes())
    assert found.title == "Tom & Jill\xa0write"
    first, second = found.entries
    assert (first.title, first.url, first.published) == ("Café & bar", "https://broken.example/?a=1&b=2", None)
    assert "Nobody" in first.excerpt
    assert (second.title, second.excerpt) == ("Second", "It is here.")


def test_a_feed_that_breaks_off_gives_what_came_whole_and_says_so():
    whole = (FEEDS / "broken-truncated.xml").read_bytes()
    found = feed.read(whole)
    assert [entry.title for entry in found.entries] == ["Whole"]
    assert "broke off" in found.problem
    assert feed.read(whole + b"</description></item>").entries[1].title == "Torn"
    assert not feed.read(whole + b"</description></item></channel></rss>").problem
    with pytest.raises(IngestError, match="broke off"):
        feed.read(whole[: whole.index(b"</item>")])


def _items(*names, tag="item", text="description", end=""):
    return "".join(
        f"<{tag}><title>The {one}</title><link>http://a.example/{one}</link><{text}><![CDATA[<p>A {one} </item>]]>"
        f"</{text}><guid>{one}</guid>{end}</{tag}>"
        for one in names
    )


BREAKING = {
    "rss": f"<rss version='2.0'><channel><title>Sea</title>{_items('gull', 'quay', 'tide')}</channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>Sea</title>"
    + _items("gull", "quay", "tide", tag="entry", text="content", end="<category term='x'/>")
    + "</feed>",
    "rdf": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    f"<channel><title>Sea</title></channel>{_items('gull', 'quay', 'tide')}</rdf:RDF>",
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKING)
def test_wherever_a_feed_breaks_off_no_article_comes_but_as_it_was_sent(name):
    text = BREAKING[name].encode()
    sent = {entry.title: entry for entry in feed.read(text, address="http://a.example/", now=NOW).entries}
    assert len(sent) == 3
    for end in range(1, len(text), examples(23, 1)):
        with contextlib.suppress(IngestError):
            for entry in feed.read(text[:end], address="http://a.example/", now=NOW).entries:
                assert sent.get(entry.title) == entry, text[:end]


def told(text):
    """Give the titles of a feed's articles, and whether it is said to have broken off."""
    found = feed.read(text.encode(), address="http://a.example/", now=NOW)
    return [entry.title for entry in found.entries], bool(found.problem)


def _rss(*inside):
    items = "".join(
        f"<item><title>The {one}</title><description>{text}</description></item>"
        for one, text in zip(("gull", "quay", "tide"), inside, strict=False)
    )
    return f"<rss version='2.0'><channel><title>Sea</title>{items}</channel></rss>"


@pytest.mark.parametrize("after", ["", "\n", "\n<!-- cached for an hour -->\n"])
@pytest.mark.parametrize("unclosed", ["<!-- more", "<![CDATA[ more", "<!-->", "<![CDATA[ more ]] >"])
def test_what_is_never_closed_is_no_end_of_a_feed_that_has_one(unclosed, after):
    titles, broken_off = told(_rss("a < b", "A quay.", f"A tide.{unclosed}") + after)
    assert (titles[:2], broken_off) == (["The gull", "The quay"], False)
    titles, broken_off = told(_rss(f"A gull.{unclosed}", "A quay.", "A tide.") + after)
    assert titles[0] == "The gull"
    assert not broken_off


@pytest.mark.parametrize("torn", ["<item rdf:about='http://a.ex", "<item ", "<ITEM "])
def test_a_torn_tag_costs_no_article_before_it(torn):
    whole = _rss("A gull.", "A quay.").replace("</channel></rss>", "")
    assert told(whole + torn) == (["The gull", "The quay"], True)
    assert told(f"{whole}<item><title>The ti") == (["The gull", "The quay"], True)
    assert told(f"{whole.upper()}<ITEM><TITLE>THE TI") == (["THE GULL", "THE QUAY"], True)


@pytest.mark.parametrize("broken", ["a &nbsp; b", "a < b"])
def test_a_channel_may_be_all_there_is(broken):
    text = _rss(broken, "A quay.").replace("</rss>", "").partition(">")[2]
    assert told(text) == (["The gull", "The quay"], False)
    assert told(text.replace("</channel>", "<item><title>The ti")) == (["The gull", "The quay"], True)


def test_a_channel_is_no_end_where_no_article_came():
    for torn in ("", "\n<it"):
        with pytest.raises(IngestError, match="broke off"):
            feed.read((BREAKING["rdf"].partition("<item>")[0] + torn).encode())


def test_entities_are_never_expanded():
    bomb = "<!DOCTYPE rss [<!ENTITY a 'lollollol'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 20}'>" for n in range(8)
    )
    started = time.perf_counter()
    found = feed.read((bomb + "]>" + xml("x &i; y", "")).encode())
    assert time.perf_counter() - started < 5
    assert "lol" not in found.title
    assert "lol" not in repr(found.entries)


def test_a_file_is_never_let_in(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    data = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>" + xml("a &x; b", "")
    assert "the secret" not in repr(feed.read(data.encode()))


def test_a_document_type_without_end_is_refused():
    with pytest.raises(IngestError, match="document type"):
        feed_xml.tidy("<!DOCTYPE rss [<!ENTITY a 'b'>" + "x" * 100)


@pytest.mark.parametrize(
    "inside",
    [
        "<a>" * 100_000,
        "<item>" + "<a>" * 100_000 + "</a>" * 100_000 + "</item>",
        "<item><title>" * 50_000,
        "<item>" + "<b/>" * 300_000 + "</item>",
    ],
    ids=["open", "closed", "items", "wide"],
)
def test_depth_and_breadth_are_bounded(inside):
    started = time.perf_counter()
    with pytest.raises(IngestError, match=r"deep|elements"):
        feed.read(f"<rss version='2.0'><channel>{inside}</channel></rss>".encode())
    assert time.perf_counter() - started < 10


def test_what_is_cut_is_still_a_feed():
    text = xml("x", "").replace("<item>", "<item><description><![CDATA[<item>]]></description></item>" * 5 + "<item>")
    cut, total = precut.precut(text, 3)
    assert total == 6
    assert cut.count("<item>") == 6
    assert len(feed.read(cut.encode()).entries) == 3


def test_entries_too_large_to_read_all_are_read_in_part(monkeypatch):
    monkeypatch.setattr(precut, "ELEMENTS", 5_000)
    item = "<item><title>a</title>" + "<odd><er/></odd>" * 5 + "</item>"
    found = feed.read(f"<rss version='2.0'><channel>{item * 1000}</channel></rss>".encode())
    assert (len(found.entries), found.total) == (feed_xml.FEWER, 1000)


def test_whatever_feedparser_raises_is_told_in_words(monkeypatch):
    import feedparser

    def fail(*_args, **_options):
        raise RecursionError

    monkeypatch.setattr(feedparser, "parse", fail)
    with pytest.raises(IngestError, match="too broken"):
        feed.read(b"<rss version='2.0'><channel><odd a='b'/></channel></rss>")


PIECES = st.sampled_from(
    [
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "</channel>",
        "</rss>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "</entry>",
        "</feed>",
        "<guid>",
        "</guid>",
        "<link href='a'/>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&amp;",
        "&nope;",
        "&#0;",
        "&#x110000;",
        "<description>",
        "</description>",
        "<author>",
        "</author>",
        "<pubDate>",
        "</pubDate>",
        "<content type='xhtml'>",
        "</content>",
        "<category",
        " term='",
        "'/>",
        "<media:content url='x'>",
        "<itunes:duration>",
        "\x00",
        "é",
        "\ufeff",
        "<",
        ">",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
        "2024-01-01",
        "https://[",
        "<svg>",
        "<math:x>",
        "<!DOCTYPE rss [",
        "<?xml version='1.0'?>",
        '"items"',
        ":",
        ",",
        '"version": "https://jsonfeed.org/version/1"',
        "<source>",
        "<image>",
        "<url>",
    ]
)


def entries_or_one_error(data):
    try:
        found = feed.read(data, address="https://a.example/", now=0)
    except IngestError as refused:
        assert str(refused)  # noqa: PT017 - either end is right
        return
    assert found.kind == "feed"
    for entry in found.entries:
        assert entry.title
        assert sanitize.line(entry.title, sanitize.TITLE) == entry.title
        assert entry.url is None or entry.url.startswith(("http://", "https://", "HTTP"))


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"A wake \ud83d", "A wake \ufffd"),
        (r"A \udeA2 wake", "A \ufffd wake"),
        (r"A \ud83d\uD83D\udea2 wake", "A \ufffd\U0001f6a2 wake"),
        (r"A \\ud83d wake", r"A \ud83d wake"),
    ],
)
def test_half_a_character_in_a_json_feed_costs_that_character(written, title):
    told = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "%s"}]}'
    (entry,) = feed.read((told % written).encode()).entries
    assert entry.title == title


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)
ITEM_FIELDS = (
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "date_published",
    "date_modified", "author", "authors", "tags", "language", "attachments",
)  # fmt: skip
ITEMS = st.dictionaries(st.sampled_from(ITEM_FIELDS), VALUES, max_size=6)


@settings(max_examples=examples(25, 1_000), deadline=None)
@given(
    st.dictionaries(st.sampled_from(["title", "home_page_url", "feed_url", "authors", "language"]), VALUES),
    VALUES,
    ITEMS,
)
def test_a_json_feed_may_hold_anything_anywhere(told, items, item):
    version = {"version": "https://jsonfeed.org/version/1.1"}
    for many in (items, [item, items], [{"id": "1", "attachments": [item]}]):
        entries_or_one_error(json.dumps(version | told | {"items": many}).encode())


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_tags_end_in_entries_or_one_error(text):
    entries_or_one_error(text.encode())
    entries_or_one_error(("<rss version='2.0'><channel><item>" + text).encode())


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/xml; charset=utf-16", "text/xml; charset=shift_jis", "\x00;charset"]),
)
def test_any_bytes_end_in_entries_or_one_error(data, content_type):
    feed.looks_like(data, content_type)
    feed_encoding.text(data, content_type)
    entries_or_one_error(data)
    entries_or_one_error(b"<rss><channel><item><title>" + data)
