"""One feed of each format, and what is made of it."""

import dataclasses
import json
from pathlib import Path

import pytest

from reader.ingest import feed
from reader.ingest.errors import IngestError

FEEDS = Path(__file__).parent.parent / "fixtures" / "feeds"
NAMES = sorted(path.name for path in FEEDS.glob("*.expected"))
ADDRESS = "https://final.example/dir/feed"
NOW = 1_760_000_000


def told(value):
    """Give a value as JSON would, without what is as it always is."""
    kept = {}
    for field in dataclasses.fields(value):
        one = getattr(value, field.name)
        if one != field.default and field.name != "kind":
            kept[field.name] = (
                [told(inner) if dataclasses.is_dataclass(inner) else inner for inner in one]
                if isinstance(one, tuple)
                else one
            )
    return kept


def rss(inside, *, head=""):
    return f'<rss version="2.0"><channel><title>T</title><link>https://s.example/</link>{head}{inside}</channel></rss>'.encode()


def only(data, **options):
    (entry,) = feed.read(data, now=NOW, **options).entries
    return entry


@pytest.mark.parametrize("name", NAMES)
def test_every_format_gives_its_entries(name):
    data = (FEEDS / name.removesuffix(".expected")).read_bytes()
    found = feed.read(data, address=ADDRESS, now=NOW)
    assert found.kind == "feed"
    assert told(found) == json.loads((FEEDS / name).read_text(encoding="utf-8"))


def test_every_format_has_a_fixture():
    assert len(NAMES) >= 11


@pytest.mark.parametrize("path", [path for path in FEEDS.iterdir() if path.suffix in {".xml", ".json"}], ids=str)
def test_a_feed_is_known_by_its_bytes(path):
    assert feed.looks_like(path.read_bytes(), "text/html")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"Just a text about <rss> and <feed>.",
        b"<!DOCTYPE html><html><body><p>&lt;rss&gt;</p></body></html>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
        b"<?xml version='1.0'?><opml version='2.0'><body/></opml>",
        b"<?xml version='1.0'?><rdf:RDF xmlns:foaf='http://xmlns.com/foaf/0.1/'><foaf:Person/></rdf:RDF>",
        b"<svg/>",
        b'{"version": "2", "things": []}',
        b"{not json",
        b"\x00\x01\x02\x03" * 50,
        b"PK\x03\x04",
    ],
)
def test_what_is_no_feed_is_refused_in_words(data):
    assert not feed.looks_like(data)
    with pytest.raises(IngestError, match=r"^it is") as refused:
        feed.read(data)
    assert "\n" not in str(refused.value)


def test_a_page_is_told_to_be_one():
    with pytest.raises(IngestError, match="web page"):
        feed.read(b"<!doctype html><title>Hello</title><p>text")


@pytest.mark.parametrize(
    "data",
    [
        rss(""),
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title></feed>',
        b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "title": "T", "items": []}',
    ],
)
def test_a_feed_without_entries_is_a_feed(data):
    assert feed.looks_like(data)
    found = feed.read(data)
    assert (found.title, found.entries, found.total) == ("T", (), 0)


def test_a_feed_without_a_title_is_called_after_its_site():
    data = b"<rss version='2.0'><channel><link>https://www.quiet.example/x</link></channel></rss>"
    assert feed.read(data).title == "quiet.example"


def test_html_in_a_title_becomes_text_and_entities_are_decoded_once():
    assert only(rss("<item><title>A &lt;b&gt;bold&lt;/b&gt; &amp;amp; move</title></item>")).title == "A bold & move"
    assert only(rss("<item><title>1 &lt; 2 and R&amp;D</title></item>")).title == "1 < 2 and R&D"
    assert only(rss("<item><title>&amp;amp;lt; is how</title></item>")).title == "&lt; is how"


def test_a_guid_is_the_link_only_if_it_is_an_address():
    assert only(rss("<item><title>a</title><guid>https://s.example/1</guid></item>")).url == "https://s.example/1"
    assert only(rss("<item><title>a</title><guid>17</guid></item>"), address=ADDRESS).url is None
    assert only(rss("<item><title>a</title><guid isPermaLink='false'>https://s.example/1</guid></item>")).url is None


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://x.example/"]
)
def test_only_web_addresses_are_kept(address):
    others = f"<comments>{address}</comments><enclosure url='{address}'/>"
    entry = only(rss(f"<item><title>a</title><link>{address}</link>{others}</item>"))
    assert (entry.url, entry.comments, entry.enclosures) == (None, None, ())


def test_links_are_relative_to_where_the_feed_came_from():
    item = "<item><title>a</title><link>../b c</link><description>&lt;a href='d'&gt;e&lt;/a&gt;</description></item>"
    entry = only(rss(item), address=ADDRESS)
    assert entry.url == "https://final.example/b%20c"
    assert entry.body == "[e](https://final.example/dir/d)"


def test_without_an_address_links_are_relative_to_the_site():
    assert only(rss("<item><title>a</title><link>/b</link></item>")).url == "https://s.example/b"


def test_a_control_sequence_does_not_come_through():
    entry = only(rss("<item><title>a\x1b[31mb\x9bc</title><description>\x00d\u202ee</description></item>"))
    assert entry.title.isprintable()
    assert entry.excerpt == "de"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("bob@x.example (Bob Ross)", "Bob Ross"),
        ("Bob Ross", "Bob Ross"),
        ("bob@x.example", "bob@x.example"),
        ("Bob &lt;bob@x.example&gt;", "Bob"),
        ("", None),
    ],
)
def test_an_author_is_a_name(author, name):
    assert only(rss(f"<item><title>a</title><author>{author}</author></item>")).author == name


def test_authors_are_told_once_and_all():
    entry = only(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>a</title>'
        b"<author><name>A B</name></author><author><name>a b</name></author><author><name>C</name></author>"
        b"</entry></feed>"
    )
    assert entry.author == "A B, C"


def test_an_entry_without_a_date_has_none_and_one_ahead_is_not_pushed_on_top():
    assert only(rss("<item><title>a</title></item>")).published is None
    ahead = "<item><title>a</title><pubDate>Fri, 01 Jan 2038 00:00:00 GMT</pubDate></item>"
    assert only(rss(ahead)).published is None
    assert only(rss(ahead)).updated is None


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", None),
        ("<ttl>60</ttl>", 3600),
        ("<ttl>1</ttl>", feed.SOONEST),
        ("<ttl>99999999999</ttl>", feed.LATEST),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
    ],
)
def test_how_long_a_publisher_asks_to_wait_is_kept_within_bounds(head, seconds):
    assert feed.read(rss("", head=head)).every == seconds


def test_a_long_summary_is_the_body_and_no_teaser():
    text = "<p>" + "Words follow words. " * 80 + "</p>"
    entry = only(rss(f"<item><title>a</title><description><![CDATA[{text}]]></description></item>"))
    assert entry.body is not None
    assert not entry.cut
    assert len(entry.excerpt) <= 601
    assert entry.excerpt.endswith("…")


def test_a_body_that_breaks_off_is_told():
    item = (
        '<item xmlns:content="http://purl.org/rss/1.0/modules/content/"><title>a</title>'
        "<content:encoded><![CDATA[<p>{}</p>]]></content:encoded></item>"
    )
    assert only(rss(item.format("All is said."))).cut is False
    assert only(rss(item.format("It goes on and […]"))).cut is True
    assert only(rss(item.format("It goes on.</p><p><a href='/x'>Read more »</a>"))).cut is True


def test_paragraphs_of_a_plain_summary_stay():
    entry = only(rss("<item><title>a</title><description>One\nline.\n\nTwo.</description></item>"))
    assert entry.excerpt == "One line.\n\nTwo."


def test_only_so_many_entries_are_read_and_all_are_counted():
    found = feed.read(rss("<item><title>a</title></item>" * 2500))
    assert (len(found.entries), found.total) == (2000, 2500)
    items = ",".join(f'{{"id": "{number}"}}' for number in range(2500))
    found = feed.read(f'{{"version": "https://jsonfeed.org/version/1", "items": [{items}]}}'.encode())
    assert (len(found.entries), found.total) == (2000, 2500)


def test_reading_imports_no_feedparser_for_an_ordinary_feed():
    import subprocess
    import sys

    script = (
        "import sys; from reader.ingest import feed; "
        f"feed.read({rss('<item><title>a</title></item>')!r}); "
        "assert 'feedparser' not in sys.modules and 'httpx' not in sys.modules and 'lxml' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_a_body_that_is_a_path_is_never_opened(tmp_path, monkeypatch):
    """Feedparser opens what it is given as bytes if there is a file of that name."""
    monkeypatch.chdir(tmp_path)
    name = "<rss version='2.0'>&broken;"
    (tmp_path / name).write_bytes(rss("<item><title>stolen</title></item>"))
    assert (tmp_path / name).exists()
    with pytest.raises(IngestError, match="broke off before its first article"):
        feed.read(name.encode())
