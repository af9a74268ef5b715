"""Books: chapters in order, by their names; and what is no book, or one that is made to do harm."""

from __future__ import annotations

import contextlib
import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import days, epub
from reader.ingest.books import box as epub_box
from reader.ingest.errors import IngestError
from tests.ingest import books
from tests.ingest.books import METADATA, book, page, prose, simple

MIB = 1024 * 1024


def told(data, name=""):
    """Give section and title of each chapter."""
    return [(entry.section, entry.title) for entry in epub.read(data, name).entries]


@pytest.mark.parametrize("old", [False, True])
def test_a_book_is_its_chapters(old):
    found = epub.read(simple(old=old))
    assert (found.kind, found.title, found.language, found.total) == ("book", "The Quay", "en-GB", 3)
    assert [entry.title for entry in found.entries] == ["Wake", "Rope", "Salt"]
    first = found.entries[0]
    assert first.author == "Ada Quay"
    assert first.guid == "urn:isbn:9780000000002/OEBPS/ch1.xhtml"
    assert first.published == days.seconds("2019-04-01")
    assert first.tags == ("Harbours",)
    assert first.language == "en-GB"
    assert first.markdown
    assert first.body.startswith("Wake The tide came in")
    assert first.excerpt.startswith("Wake The tide came in before")
    assert first.section is None


@pytest.mark.parametrize("old", [False, True])
def test_parts_are_sections(old):
    pages = {
        "i.xhtml": page("<h1>Part One</h1>"),
        "a.xhtml": page(f"<h2>Wake</h2>{prose()}"),
        "b.xhtml": page(f"<h2>Rope</h2>{prose()}"),
        "ii.xhtml": page(f"<h1>Part Two</h1>{prose('In which it rains.')}"),
        "c.xhtml": page(f"<h2>Salt</h2>{prose()}"),
        "z.xhtml": page(f"<h2>Thanks</h2>{prose()}"),
    }
    contents = [
        ("Part One", "i.xhtml", [("Wake", "a.xhtml"), ("Rope", "b.xhtml")]),
        ("Part Two", "ii.xhtml", [("Salt", "c.xhtml")]),
        ("Thanks", "z.xhtml"),
    ]
    assert told(book(pages, contents, old=old)) == [
        ("Part One", "Wake"),
        ("Part One", "Rope"),
        ("Part Two", "Part Two"),
        ("Part Two", "Salt"),
        (None, "Thanks"),
    ]


def test_a_part_without_a_page_is_a_section_too():
    pages = {"a.xhtml": page(prose()), "b.xhtml": page(prose())}
    contents = [("Ebb", "", [("Wake", "a.xhtml")]), ("Flood", "", [("Rope", "b.xhtml")])]
    assert told(book(pages, contents)) == [("Ebb", "Wake"), ("Flood", "Rope")]


def test_chapters_in_one_file_are_cut_at_the_places_that_the_contents_name():
    text = "".join(
        f'<div><h2><a id="c{n}"></a>{title}</h2>{prose(title)}</div>'
        for n, title in enumerate(("Wake", "Rope", "Salt"))
    )
    found = epub.read(
        book({"all.xhtml": page(text)}, [(t, f"all.xhtml#c{n}") for n, t in enumerate(("Wake", "Rope", "Salt"))])
    )
    assert [entry.title for entry in found.entries] == ["Wake", "Rope", "Salt"]
    assert [entry.body.split()[0] for entry in found.entries] == ["Wake", "Rope", "Salt"]
    assert [entry.guid.partition("/")[2] for entry in found.entries] == [
        "OEBPS/all.xhtml",
        "OEBPS/all.xhtml#c1",
        "OEBPS/all.xhtml#c2",
    ]


def test_sections_within_a_chapter_do_not_cut_it():
    text = f'<h1>Wake</h1>{prose()}<h2 id="s1">At dawn</h2>{prose()}<h2 id="s2">At noon</h2>{prose()}'
    contents = [("Wake", "a.xhtml", [("At dawn", "a.xhtml#s1"), ("At noon", "a.xhtml#s2")])]
    (chapter,) = epub.read(book({"a.xhtml": page(text)}, contents)).entries
    assert chapter.title == "Wake"
    assert "## At dawn" in chapter.body
    assert "## At noon" in chapter.body


def test_a_long_file_that_holds_a_part_is_cut_into_its_chapters():
    long = prose() * 100
    text = f'<h1 id="p">Ebb</h1>{prose()}<h2 id="a">Wake</h2>{long}<h2 id="b">Rope</h2>{long}'
    contents = [("Ebb", "x.xhtml#p", [("Wake", "x.xhtml#a"), ("Rope", "x.xhtml#b")])]
    assert told(book({"x.xhtml": page(text)}, contents)) == [("Ebb", "Ebb"), ("Ebb", "Wake"), ("Ebb", "Rope")]


def test_a_chapter_goes_on_in_the_next_file():
    pages = {
        "a0.xhtml": page(f"<h1>Wake</h1>{prose('begins')}"),
        "a1.xhtml": page(prose("goes on")),
        "a2.xhtml": page(f'{prose("ends")}<h1 id="rope">Rope</h1>{prose("begins")}'),
    }
    wake, rope = epub.read(book(pages, [("Wake", "a0.xhtml"), ("Rope", "a2.xhtml#rope")])).entries
    assert [wake.body.count(word) for word in ("begins", "goes on", "ends")] == [1, 1, 1]
    assert (rope.title, rope.body.count("begins"), rope.body.count("ends")) == ("Rope", 1, 0)


def test_a_chapter_that_the_contents_leave_out_is_called_by_its_heading():
    pages = {
        "a.xhtml": page(f"<h1>Wake</h1>{prose()}"),
        "b.xhtml": page(f"<h1>Between</h1>{prose()}"),
        "c.xhtml": page(f"<h1>Salt</h1>{prose()}"),
    }
    contents = [("Ebb", "", [("Wake", "a.xhtml"), ("Salt", "c.xhtml")])]
    assert told(book(pages, contents)) == [("Ebb", "Wake"), ("Ebb", "Between"), ("Ebb", "Salt")]


def test_a_book_without_contents_is_read_by_its_headings():
    pages = {
        "a.xhtml": page(f"<h1>Wake</h1>{prose()}"),
        "b.xhtml": page(prose()),
        "c.xhtml": page("<h2>Haiku</h2><p>A frog.</p>"),
    }
    assert told(book(pages)) == [(None, "Wake"), (None, "The Quay, 2"), (None, "Haiku")]


def test_cover_title_page_and_contents_are_left_out():
    pages = {
        "cover.xhtml": page('<img src="cover.jpg" alt="A quay in fog"/>'),
        "title.xhtml": page("<h1>The Quay</h1><p>Ada Quay</p>"),
        "half.xhtml": page("<p>THE QUAY</p>"),
        "toc.xhtml": page("<h1>Contents</h1><p>Wake 1</p><p>Rope 9</p>"),
        "motto.xhtml": page("<blockquote><p>Nobody owes the sea.</p></blockquote>"),
        "a.xhtml": page(f"<h1>Wake</h1>{prose()}"),
    }
    guide = '<reference type="cover" href="cover.xhtml"/><reference type="toc" href="toc.xhtml"/>'
    contents = [("Cover", "cover.xhtml"), ("Title", "title.xhtml"), ("Wake", "a.xhtml")]
    (chapter,) = epub.read(book(pages, contents, guide=guide)).entries
    assert chapter.title == "Wake"
    assert (
        chapter.body.startswith("> Nobody owes the sea.\n\nThe tide came in")
        or "Nobody owes the sea" in chapter.body[:40]
    )


def test_a_chapter_that_is_called_the_cover_by_mistake_is_kept():
    pages = {"a.xhtml": page(f"<h1>Wake</h1>{prose() * 9}")}
    assert told(book(pages, [("Wake", "a.xhtml")], guide='<reference type="cover" href="a.xhtml"/>')) == [
        (None, "Wake")
    ]


def test_a_title_in_two_headings_is_said_once():
    pages = {"a.xhtml": page(f"<h2>Chapter 1</h2><h3>The <em>last</em> rope maker</h3>{prose()}")}
    (chapter,) = epub.read(book(pages, [("Chapter 1: The Last Rope Maker", "a.xhtml")])).entries
    assert chapter.title == "Chapter 1: The Last Rope Maker"
    assert not chapter.body.startswith("#")
    (other,) = epub.read(book(pages, [("One", "a.xhtml")])).entries
    assert other.body.startswith("## Chapter 1")


def test_chapters_of_two_parts_that_are_called_alike_are_told_apart():
    pages = {name: page(prose()) for name in ("a.xhtml", "b.xhtml")}
    contents = [("Ebb", "", [("I", "a.xhtml")]), ("Flood", "", [("I", "b.xhtml")])]
    assert told(book(pages, contents)) == [("Ebb", "I (Ebb)"), ("Flood", "I (Flood)")]


def test_notes_of_another_file_come_to_their_chapter():
    pages = {
        "a.xhtml": page(f'<h1>Wake</h1><p>Cold.<a epub:type="noteref" href="n.xhtml#n1">1</a></p>{prose()}'),
        "b.xhtml": page(f'<h1>Rope</h1><p>Wet.<sup><a href="n.xhtml#n2">2</a></sup></p>{prose()}'),
        "n.xhtml": page(
            '<h1>Notes</h1><p id="n1">1. It was <em>very</em> cold.</p>'
            f'<p><a id="n2" href="b.xhtml#r">2</a> It rained.</p>{prose()}'
        ),
    }
    wake, rope, notes = epub.read(book(pages, [("Wake", "a.xhtml"), ("Rope", "b.xhtml"), ("Notes", "n.xhtml")])).entries
    assert "Cold.[^1]" in wake.body
    assert "very* cold." in wake.body.rpartition("[^1]:")[2]
    assert "It rained." in rope.body
    assert "rained" not in wake.body
    assert notes.title == "Notes"


def test_notes_of_the_same_chapter_are_notes():
    note = '<aside epub:type="footnote" id="n1">Very.</aside>'
    text = f'<h1>Wake</h1><p>Cold.<a href="#n1"><sup>1</sup></a></p>{prose()}{note}'
    (wake,) = epub.read(book({"a.xhtml": page(text)})).entries
    assert "Cold.[^1]" in wake.body
    assert wake.body.endswith("[^1]: Very.")


def test_links_and_pictures_inside_the_book_are_words():
    text = (
        f'<h1>Wake</h1>{prose()}<p>See <a href="b.xhtml">the next one</a> or '
        '<a href="https://quay.example/a">the quay</a>.</p>'
        '<p><img src="fog.png" alt="A quay in fog"/><img src="x.png" alt=""/><img alt="cover.jpg" src="c.jpg"/></p>'
    )
    (wake,) = epub.read(book({"a.xhtml": page(text)})).entries
    assert "See the next one or [the quay](https://quay.example/a)." in wake.body
    assert "*A quay in fog*" in wake.body
    assert "png" not in wake.body
    assert "jpg" not in wake.body


def test_authors_are_those_who_wrote_it():
    metadata = (
        '<dc:title>The Quay</dc:title><dc:creator opf:role="aut">Ada Quay</dc:creator>'
        '<dc:creator id="c">Ben Rope</dc:creator>'
        '<dc:creator opf:role="trl">Cy Salt</dc:creator><dc:creator id="d">Di Tar</dc:creator>'
        '<meta refines="#d" property="role">ill</meta>'
    )
    entry = epub.read(simple(metadata=metadata)).entries[0]
    assert entry.author == "Ada Quay, Ben Rope"
    assert entry.guid.endswith("/OEBPS/ch1.xhtml")
    assert len(entry.guid) == len("OEBPS/ch1.xhtml") + 17


def test_entities_of_html_in_the_package_are_read():
    metadata = METADATA.replace("The Quay", "L&eacute;a &amp; the quay&nbsp;&mdash;&#32;again")
    assert epub.read(simple(metadata=metadata)).title == "Léa & the quay — again"


def test_a_book_without_a_title_is_called_by_its_file():
    assert epub.read(simple(metadata=""), "Salt and rope").title == "Salt and rope"
    assert epub.read(simple(metadata="")).title == "Untitled book"


def test_names_may_differ_in_case_and_be_quoted():
    data = book({"Ch%201.xhtml": page("x")}, more={"OEBPS/ch 1.XHTML": page(f"<h1>Wake</h1>{prose()}")})
    assert told(data)[-1] == (None, "Wake")


def test_pages_of_other_encodings():
    latin = page(f"<h1>Café</h1>{prose()}").replace("utf-8", "iso-8859-1").encode("latin-1")
    wide = page(f"<h1>Quai</h1>{prose()}").encode("utf-16")
    torn = page(f"<h1>Été</h1>{prose()}").encode("cp1252")
    assert [title for _, title in told(book({"a.xhtml": latin, "b.xhtml": wide, "c.xhtml": torn}))] == [
        "Café",
        "Quai",
        "Été",
    ]


def test_what_is_a_book():
    assert epub.looks_like(simple())
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert not epub.looks_like(held.getvalue())
    assert not epub.looks_like(b"META-INF/container.xml")


def encrypted(method):
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><enc:EncryptedData '
        f'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptionMethod Algorithm="{method}"/><enc:CipherData>'
        '<enc:CipherReference URI="OEBPS/ch1.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'
    )


def test_a_locked_book_is_told():
    aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    with pytest.raises(IngestError, match="copy-protected book"):
        epub.read(simple(more={"META-INF/encryption.xml": encrypted(aes)}))
    fonts = "http://www.idpf.org/2008/embedding"
    with pytest.raises(IngestError, match="copy-protected"):
        epub.read(simple(more={"META-INF/encryption.xml": encrypted(fonts)}))
    assert epub.read(simple(more={"META-INF/encryption.xml": encrypted("http://ns.adobe.com/pdf/enc#RC")}))


def test_links_out_of_the_book_lead_nowhere(tmp_path):
    (tmp_path / "secret.xhtml").write_text(page(prose("secret")))
    for link in (
        "../../../../etc/passwd",
        f"file://{tmp_path}/secret.xhtml",
        "/etc/passwd",
        "http://x.example/a",
        "//h/a",
        "..\\x",
        "a\0b",
        "http://[",
    ):
        assert epub_box.Box(simple()).find("OEBPS", link) is None
    before = set(Path.cwd().iterdir())
    data = book({"a.xhtml": page(prose())}, more={"../../evil.xhtml": page(prose("evil")), "/abs.xhtml": "x"})
    assert told(data) == [(None, "The Quay, 1")]
    assert set(Path.cwd().iterdir()) == before


def bomb():
    return simple(more={"OEBPS/ch1.xhtml": " " * (12 * MIB)})


def members():
    return simple(more={f"x{number}": "" for number in range(10_100)})


def nested():
    return book(
        {"a.xhtml": page(prose())}, [("a", "a.xhtml")], more={"OEBPS/nav.xhtml": "<ol><li><a href='a.xhtml'>" * 60_000}
    )


def entities():
    lol = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">' + "".join(
        f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 9}">' for n in range(20)
    )
    return simple(
        metadata=f"{METADATA}<dc:creator>&v;</dc:creator>",
        more={"OEBPS/book.opf": f"<?xml version='1.0'?>{lol}]><p>&v;</p>"},
    )


def attributes():
    many = " ".join(f'a{number}="x"' for number in range(100_000))
    return simple(more={"META-INF/container.xml": f"<container {many}/>"})


def outside(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    text = f'<!DOCTYPE p [<!ENTITY x SYSTEM "file://{secret}">]><package xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>&x;</dc:title></package>'
    return simple(more={"OEBPS/book.opf": text})


@pytest.mark.parametrize("make", [bomb, members, nested, entities, attributes], ids=lambda make: make.__name__)
def test_books_made_to_do_harm_end_soon(make):
    data = make()
    tracemalloc.start()
    started = time.perf_counter()
    with contextlib.suppress(IngestError):
        assert epub.read(data).entries
    assert time.perf_counter() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 100 * MIB
    tracemalloc.stop()


def test_a_file_that_unpacks_to_far_more_than_text_would_is_left_out():
    padded = page(f"<h1>Wake</h1>{prose()}{' ' * 12 * MIB}")
    assert [title for _, title in told(simple(more={"OEBPS/ch1.xhtml": padded}))] == ["Rope", "Salt"]


def test_nothing_from_outside_is_read(tmp_path):
    with contextlib.suppress(IngestError):
        found = epub.read(outside(tmp_path))
        assert "secret" not in str(found)


def test_a_directory_that_claims_millions_of_files_is_not_read():
    data = bytearray(simple())
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = (40 * MIB).to_bytes(4, "little")
    with pytest.raises(IngestError, match="far too many files"):
        epub.read(bytes(data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + b"x" * 50, "damaged book"),
        (simple()[:-60], "damaged book"),
        (books.packed({"a.txt": "x"}), "without a list of its chapters"),
        (books.packed({"x.opf": books.package([], [])}), "without a chapter"),
        (books.packed({"x.opf": "not xml at all"}), "damaged book"),
        (book({"a.xhtml": page('<img src="a.png"/>')}), "without any text"),
        (simple(more={"OEBPS/ch1.xhtml": "\0", "OEBPS/ch2.xhtml": "", "OEBPS/ch3.xhtml": " "}), "without any text"),
    ],
    ids=["no zip", "cut", "no opf", "no spine", "no xml", "pictures", "nothing"],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_cannot_be_read_is_told(data, words):
    with pytest.raises(IngestError, match=words):
        epub.read(data)


def test_a_chapter_that_is_damaged_does_not_take_the_book_along():
    data = bytearray(simple())
    at = data.find(b"OEBPS/ch2.xhtml") + len("OEBPS/ch2.xhtml")
    data[at : at + 40] = bytes(40)
    assert [title for _, title in told(bytes(data))] == ["Wake", "Salt"]


def test_more_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(epub_box, "MAX_BYTES", 1000)
    with pytest.raises(IngestError, match="too much to read"):
        epub.read(simple())


def test_all_of_a_book_may_not_be_more_than_a_book(monkeypatch):
    monkeypatch.setattr(epub_box, "MAX_READ", 3000)
    assert len(epub.read(simple()).entries) < 3


WHOLE = simple()


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_torn_book_is_read_or_refused(at, put):
    torn = WHOLE[:at] + put + WHOLE[at + len(put) :]
    with contextlib.suppress(IngestError):
        assert epub.read(torn).entries


@given(st.text(alphabet=st.sampled_from("<>/=\"' aidhrefspnolit&;#[]!-?") | st.characters(), max_size=200))
def test_any_package_and_contents_are_read_or_refused(text):
    for name in (
        "OEBPS/book.opf",
        "OEBPS/nav.xhtml",
        "META-INF/container.xml",
        "META-INF/encryption.xml",
        "OEBPS/ch1.xhtml",
    ):
        files = {name: text.encode("utf-8", "replace")}
        with contextlib.suppress(IngestError):
            assert epub.read(_changed(files)).entries


def _changed(files):
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(name, files.get(name, old.read(name)))
        for name in files.keys() - set(old.namelist()):
            new.writestr(name, files[name])
    return held.getvalue()
