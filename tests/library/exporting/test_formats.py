"""The other formats: each opens where it is to be opened, and holds nothing that runs or is loaded."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from base64 import b64decode
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reader.ingest import epub, opml
from reader.ingest.found import Found
from reader.library.exporting import Asked, Chosen, ExportError, Stopped, export, pieces, prose
from reader.library.exporting.quotes import COLUMNS
from reader.model.article import Entry
from reader.model.document import Block, Document, Span
from reader.storage import pictures
from tests.conftest import NOW
from tests.thorough import examples

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
HOSTILE = (
    "# <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n"
    "[go](javascript:alert(1))\n\n[data](data:text/html,x)\n\n"
    "![p](https://track.example/pixel.png)\n\n"
    "<iframe src='https://e.example'></iframe>\n\n```\n</code></pre><script>\n```\n\n"
    "| <b>a</b> | b |\n|---|---|\n| <svg/onload=alert(1)> | c |\n"
)


@pytest.fixture
def hostile(library):
    """One article that would do harm."""
    entry = Entry("</title><script>alert(1)</script>", author='"><img src=x>', body=HOSTILE, markdown=True, guid="h")
    report = library.subscriptions.add(Found("feed", "<b>Bad</b>", (entry,), address="https://bad.example/f"))
    (row,) = library.shelf.rows(report.new)
    library.notebook.set_note(row, "<script>note</script>")
    return row


def text_of(library, kind, keys=None, title="All & <all>"):
    return "".join(pieces(Chosen(library, keys), kind, title))


class Parts(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.policy = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attrs)["content"]

    handle_startendtag = handle_starttag


def test_the_page_runs_and_loads_nothing(library, hostile, salt):
    pictures.keep(library.cache, salt.key, "https://news.example/q.png", "image/png", PNG, now=NOW)
    pictures.keep(library.cache, hostile.key, "https://track.example/pixel.png", "image/svg+xml", b"<svg/>", now=NOW)
    told = text_of(library, "html")
    found = Parts(told)
    assert not set(found.tags) & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "form",
        "svg",
        "video",
        "audio",
    }
    assert not [name for _, name, _ in found.attributes if name.startswith("on") or name == "style"]
    loads = [value for _, name, value in found.attributes if name in {"src", "srcset", "poster", "background"}]
    assert len(loads) == 1
    assert loads[0].startswith("data:image/png;base64,")
    leads = [value for _, name, value in found.attributes if name == "href"]
    assert all(re.match("https?://|mailto:", value) for value in leads)
    assert found.policy.startswith("default-src 'none';")
    assert "script-src" not in found.policy
    assert "unsafe" not in found.policy
    assert "&lt;/title&gt;&lt;script&gt;" in told
    assert "<title>All &amp; &lt;all&gt;</title>" in told
    assert "@media print" in told


def test_the_policy_lets_the_style_be(library):
    import base64
    import hashlib

    told = text_of(library, "html")
    style = re.search("<style>(.*?)</style>", told, re.DOTALL)[1]
    assert f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}" in told


def test_the_page_holds_text_notes_and_highlights(library, salt):
    told = text_of(library, "html", [salt.key])
    assert "<blockquote><p>It is <em>weather</em>.</p></blockquote>" in told
    assert "<pre><code>let a = 1 &lt; 2" in told
    assert '<blockquote class="green"><p>weather</p></blockquote>' in told
    assert "My <em>note</em>" in told
    assert '<a href="https://news.example/q.png">The quay</a>' in told


_SPANS = st.builds(
    lambda start, long, kind, target: Span(start, start + long, kind, target),
    st.integers(0, 40), st.integers(0, 40),
    st.sampled_from(["strong", "emphasis", "code", "link", "strike", "reference"]),
    st.sampled_from(["", "https://a.example/?a=1&b=<2>", "javascript:x", "#x", "/y", "http://[bad"]),
)  # fmt: skip
_KINDS = [
    "paragraph", "heading", "quote", "item", "code", "rule", "note", "table", "image", "caption", "term", "definition",
    "footnote", "aside",
]  # fmt: skip


@settings(max_examples=examples(80, 3000))
@given(
    st.lists(
        st.builds(
            lambda kind, text, spans, level, marker: Block(kind, text, tuple(spans), level, marker),
            st.sampled_from(_KINDS), st.text(max_size=40), st.lists(_SPANS, max_size=5), st.integers(0, 9),
            st.text(max_size=3),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_any_body_is_well_formed(blocks):
    made = "".join(prose.body(Document(tuple(blocks)), "https://a.example/b"))
    found = etree.fromstring(f"<div>{made}</div>".encode("utf-8", "replace"))
    assert all(re.match("https?://|mailto:", one.get("href")) for one in found.iter("a"))
    for block in blocks:
        if block.kind == "paragraph":
            assert re.sub(r"\s", "", prose.escaped(block.text)) in re.sub(
                r"\s|<br/>|</?(?:strong|em|code|s|sup|a)\b[^>]*>", "", made
            )


# -- EPUB


@pytest.fixture
def book(library, tmp_path, salt):
    pictures.keep(library.cache, salt.key, "https://news.example/q.png", "image/png", PNG, now=NOW)
    path = tmp_path / "book.epub"
    export(library, Asked("epub", path, library.shelf.listing().keys, "All & <all>"))
    return path


def test_the_book_is_put_together_as_readers_want_it(book, library):
    with zipfile.ZipFile(book) as found:
        names = found.namelist()
        first = found.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert book.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
        parsed = {
            name: etree.fromstring(found.read(name)) for name in names if name.endswith(("xml", "html", "opf", "ncx"))
        }
        package = parsed["OEBPS/content.opf"]
        space = {"o": "http://www.idpf.org/2007/opf", "d": "http://purl.org/dc/elements/1.1/"}
        items = {one.get("id"): one for one in package.iterfind(".//o:item", space)}
        listed = {f"OEBPS/{one.get('href')}" for one in items.values()}
        assert listed == {name for name in names if name.startswith("OEBPS/") and not name.endswith(".opf")}
        spine = [items[one.get("idref")].get("href") for one in package.iterfind(".//o:itemref", space)]
        assert len(spine) == len(library.shelf.listing().keys)
        assert [one.get("properties") for one in items.values()].count("nav") == 1
        assert package.find(".//d:title", space).text == "All & <all>"
        assert package.find(".//d:language", space).text == "en"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", package.find(".//o:meta[@property]", space).text)
        assert package.find("o:spine", space).get("toc") == "ncx"
        nav = [one.get("href") for one in parsed["OEBPS/nav.xhtml"].iter("{*}a")]
        ncx = [one.get("src") for one in parsed["OEBPS/toc.ncx"].iter("{*}content")]
        assert nav == ncx == spine
        assert package.find(".//d:identifier", space).text == parsed["OEBPS/toc.ncx"].find(".//{*}meta").get("content")
        images = [one.get("src") for page in parsed.values() for one in page.iter("{*}img")]
        assert [found.read(f"OEBPS/{name}") for name in images] == [PNG]
        ids = [one.get("id") for one in items.values()]
        assert len(ids) == len(set(ids))


def test_our_own_reader_reads_the_book(book, library):
    found = epub.read(book.read_bytes())
    assert found.title == "All & <all>"
    rows = library.shelf.rows(library.shelf.listing().keys)
    assert {entry.title for entry in found.entries} >= {row.title for row in rows if row.title == row.title.strip()}
    salt = next(entry for entry in found.entries if entry.title.startswith("Salt"))
    assert "> It is *weather*." in salt.body
    assert "let a = 1 < 2" in salt.body


def test_the_same_articles_give_the_same_book(book, library, tmp_path):
    before = book.read_bytes()
    report = export(library, Asked("epub", book, library.shelf.listing().keys, "All & <all>", replace=True))
    assert (report.written, report.unchanged) == ((), 1)
    assert book.read_bytes() == before


def test_no_book_is_made_of_nothing(library, tmp_path):
    with pytest.raises(ExportError, match="no article"):
        export(library, Asked("epub", tmp_path / "none.epub", []))
    assert list(tmp_path.glob("*none*")) == []


def test_a_hostile_article_makes_a_good_book(library, hostile, tmp_path):
    export(library, Asked("epub", tmp_path / "bad.epub", [hostile.key], "\x00\x1b]&"))
    with zipfile.ZipFile(tmp_path / "bad.epub") as found:
        for name in found.namelist():
            if name.endswith(("xml", "html", "opf", "ncx")):
                tree = etree.fromstring(found.read(name))
                assert not list(tree.iter("{*}script", "{*}iframe", "{*}svg"))


# -- CSV, digest, OPML


def test_the_highlights_are_in_readwises_columns(library):
    rows = list(csv.reader(io.StringIO(text_of(library, "csv"), newline="")))
    assert tuple(rows[0]) == COLUMNS == ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
    told = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    # Nothing that a spreadsheet would run.
    assert [one["Highlight"] for one in told] == ["'=cmd|' /C calc'!A1", "weather"]
    assert told[1] | {"Date": ""} == {
        "Highlight": "weather", "Title": "Salt & <bread>", "Author": "Ines Calloway",
        "URL": "https://news.example/salt", "Note": "why?", "Location": "3", "Date": "",
    }  # fmt: skip
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", told[1]["Date"])


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", " =", "\n=", "＝"])
def test_no_cell_is_a_formula(library, salt, begin):
    from reader.model.annotation import Quote

    library.notebook.add_highlight(salt, Quote(f"{begin}1+1", "", "", 9), "blue", f"{begin}HYPERLINK()")
    for row in csv.reader(io.StringIO(text_of(library, "csv", [salt.key]), newline="")):
        for cell in row:
            assert cell.lstrip()[:1] not in {"=", "+", "-", "@", "＝"} or not cell


def test_the_digest_has_all_in_the_order_of_the_list(library):
    keys = library.shelf.listing().keys
    told = text_of(library, "digest", keys)
    titles = [row.title for row in library.shelf.rows(keys)]
    found = re.findall("^## (.*)$", told, re.MULTILINE)
    assert len(found) == len(titles)
    assert told.startswith("# All & \\<all>\n")
    assert "### Notes\n\nMy *note*" in told


def test_the_feeds_come_back_with_their_folders(library):
    found = opml.read(text_of(library, "opml").encode())
    assert found.title == "All & <all>"
    assert {(one.title, one.location, one.care.folder) for one in found.sources} == {
        ("The News", "https://news.example/feed", ""),
        ("Mirror", "https://mirror.example/feed", ""),
        ("Quiet", "https://quiet.example/f", "A / B"),
    }


# -- where it goes


@pytest.mark.parametrize("kind", ["json", "html", "epub", "csv", "digest", "opml"])
def test_a_file_that_is_there_stays(library, tmp_path, kind):
    path = tmp_path / "there"
    path.write_text("mine")
    with pytest.raises(ExportError, match="already"):
        export(library, Asked(kind, path))
    assert path.read_text() == "mine"
    report = export(library, Asked(kind, path, replace=True))
    assert report.written == (path,)
    assert path.read_bytes() != b"mine"
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".")) == []


@pytest.mark.parametrize("kind", ["json", "epub", "html"])
def test_what_is_stopped_or_fails_leaves_what_was_there(library, tmp_path, kind, monkeypatch):
    path = tmp_path / "there"
    path.write_text("mine")
    with pytest.raises(Stopped):
        export(library, Asked(kind, path, replace=True), stop=lambda: True)

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(OSError, match="No space"):
        export(library, Asked(kind, path, replace=True))
    assert path.read_text() == "mine"
    assert [one.name for one in tmp_path.iterdir() if "there" in one.name] == ["there"]


def test_a_folder_gets_a_file_of_the_title(library, tmp_path):
    report = export(library, Asked("json", tmp_path, [], "../is:unread /etc"))
    assert report.path.parent == tmp_path
    assert report.path.name == "is unread etc.json"


def test_what_is_no_file_is_not_replaced(library, tmp_path):
    (tmp_path / "folder.json").mkdir()
    import os

    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="something else"):
        export(library, Asked("json", tmp_path / "pipe", replace=True))
