"""PDF: paragraphs out of lines, what the file says of itself, and what is no PDF that can be read."""

from __future__ import annotations

import contextlib
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import days, detect, pdf
from reader.ingest.books.pdf_text import paragraphs
from reader.ingest.errors import IngestError

FULL = "The tide came in before the keeper had finished his tea, and by the time"


def made(pages, *, info="", outline=(), trailer=""):
    """Build a PDF by hand: pages of lines, and bookmarks as (title, page)."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    marks = 4 + 2 * len(pages)
    catalogue = f"<< /Type /Catalog /Pages 2 0 R{f' /Outlines {marks + 1} 0 R' if outline else ''} >>"
    objects = [
        catalogue,
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = " ".join(f"({_escaped(line)}) Tj T*" if line else "T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {drawn} ET"
        objects += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
                "/Resources << /Font << /F1 3 0 R >> >> >>"
            ),
            f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream",
        ]
    objects.append(f"<< {info} >>")
    if outline:
        first, last = marks + 2, marks + 1 + len(outline)
        objects.append(f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(outline)} >>")
        for number, (title, page) in enumerate(outline):
            following = f" /Next {first + number + 1} 0 R" if number + 1 < len(outline) else ""
            objects.append(
                f"<< /Title ({_escaped(title)}) /Parent {marks + 1} 0 R /Dest [{4 + 2 * page} 0 R /Fit]{following} >>"
            )
    return _written(objects, marks, trailer)


def _escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _written(objects, info, trailer):
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, text in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{offset:010} 00000 n \n" for offset in offsets).encode()
    size = len(objects) + 1
    out += f"trailer\n<< /Size {size} /Root 1 0 R /Info {info} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


ARTICLE = [
    [
        "The Quay Review",
        "How the breakwater hums",
        "",
        f"{FULL}",
        "the lamp was lit the whole of the lower quay had dis-",
        "appeared.",
    ],
    [
        "The Quay Review",
        "A second paragraph begins, which is as wide as all the others on this page,",
        "and goes on",
        "2",
    ],
    ["The Quay Review", "to the next one, where it ends in the middle of the line.", "3"],
]


@pytest.fixture
def pypdf():
    return pytest.importorskip("pypdf", reason="the pdf extra is not installed")


@pytest.mark.usefixtures("pypdf")
class TestWithTheExtra:
    def test_an_article(self):
        data = made(
            ARTICLE, info="/Title (How the breakwater hums) /Author (Ada Quay) /CreationDate (D:20240501100000Z)"
        )
        found = pdf.read(data, "x")
        (entry,) = found.entries
        assert (found.kind, found.title, entry.author) == ("essay", "How the breakwater hums", "Ada Quay")
        assert entry.published == days.seconds("2024-05-01T10:00Z")
        assert entry.body.split("\n\n") == [
            f"{FULL} the lamp was lit the whole of the lower quay had disappeared.",
            (
                "A second paragraph begins, which is as wide as all the others on this page, "
                "and goes on to the next one, where it ends in the middle of the line."
            ),
        ]
        assert entry.excerpt.startswith("The tide came in")
        assert not entry.markdown
        assert detect.read(data).title == found.title

    @pytest.mark.parametrize("title", ["", "Untitled", "Microsoft Word - draft 3.docx", "report_final.pdf", "12-34"])
    def test_a_title_that_says_nothing_is_not_taken(self, title):
        data = made([["How the breakwater hums", "", FULL]], info=f"/Title ({title})")
        assert pdf.read(data, "x").title == "How the breakwater hums"

    def test_bookmarks_of_a_long_file_are_chapters(self):
        page = [FULL] * 50
        pages = [["The Quay"], *[["Wake", *page]] * 6, *[["Rope", *page]] * 6, *[["Salt", *page]] * 6]
        data = made(
            pages, outline=[("Wake", 1), ("Rope", 7), ("Salt", 13)], info="/Title (The Quay) /Author (Ada Quay)"
        )
        found = pdf.read(data, "x")
        assert (found.kind, found.title, found.total) == ("book", "The Quay", 3)
        assert [entry.title for entry in found.entries] == ["Wake", "Rope", "Salt"]
        assert len({entry.guid for entry in found.entries}) == 3
        assert found.entries == pdf.read(data, "another name").entries

    def test_bookmarks_of_a_short_file_are_not(self):
        assert pdf.read(made(ARTICLE, outline=[("A", 0), ("B", 1), ("C", 2)])).kind == "essay"

    def test_pages_are_bounded(self, monkeypatch):
        monkeypatch.setattr(pdf, "MAX_PAGES", 2)
        found = pdf.read(made(ARTICLE))
        assert found.problem == "only the first 2 of its 3 pages could be read"
        assert "where it ends" not in found.entries[0].body

    def test_time_is_bounded(self, monkeypatch):
        monkeypatch.setattr(pdf, "SECONDS", -1.0)
        assert pdf.read(made(ARTICLE)).problem == "only the first 1 of its 3 pages could be read"

    def test_size_is_bounded(self, monkeypatch):
        monkeypatch.setattr(pdf, "MAX_BYTES", 100)
        with pytest.raises(IngestError, match="too much to read"):
            pdf.read(made(ARTICLE))

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"%PDF-1.7\nnothing else", "damaged PDF"),
            (made([[]]), "without text"),
            (made(ARTICLE)[:200], "damaged PDF"),
            (
                made(ARTICLE, trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >> /ID [(a) (b)]"),
                "locked|damaged",
            ),
        ],
        ids=["no pdf", "empty", "cut", "locked"],
    )
    def test_what_cannot_be_read_is_told(self, data, words, capfd):
        with pytest.raises(IngestError, match=words):
            pdf.read(data)
        assert capfd.readouterr() == ("", "")

    @settings(max_examples=50)
    @given(at=st.integers(0, 1500), put=st.binary(min_size=1, max_size=12))
    def test_a_torn_file_is_read_or_refused(self, at, put):
        data = made(ARTICLE)
        with contextlib.suppress(IngestError):
            assert pdf.read(data[:at] + put + data[at + len(put) :]).entries


def test_without_the_extra_people_are_told_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(IngestError, match=r"pip install 'terminal-reader\[pdf\]'"):
        detect.read(made(ARTICLE))


def test_what_is_a_pdf():
    assert pdf.looks_like(b"\xef\xbb\xbf\n%PDF-1.7")
    assert not pdf.looks_like(b"Look: %PDF-1.7")


def test_words_that_a_line_end_parted_are_mended():
    text = f"{FULL} the light-\nhouse was lit, the harbour mas-\nter slept in his well-\nknown chair, and An-\nNa came."
    assert paragraphs([text]) == [
        [f"{FULL} the lighthouse was lit, the harbour master slept in his wellknown chair, and An-Na came."]
    ]


def test_a_word_that_a_page_end_parted_is_mended():
    assert paragraphs([f"{FULL} the light-", f"house was lit.\n{FULL}"]) == [
        [f"{FULL} the lighthouse was lit."],
        [FULL],
    ]


def test_running_heads_and_page_numbers_are_dropped():
    pages = [f"{'THE QUAY' if n % 2 else 'Ada Quay'} {n}\n{FULL} page {chr(97 + n)}.\n- {n} -" for n in range(10)]
    assert [text for page in paragraphs(pages) for text in page] == [f"{FULL} page {chr(97 + n)}." for n in range(10)]


def test_a_line_that_stands_at_the_top_once_is_kept():
    assert paragraphs([f"Wake\n{FULL}", FULL]) == [["Wake", FULL], [FULL]]


def test_items_and_headings_stand_alone():
    page = f"Splicing\n{FULL} he knew:\n• unlay the strands of the rope as far as needed\n• marry\n1. tuck\n{FULL}"
    assert paragraphs([page]) == [
        ["Splicing", f"{FULL} he knew:", "• unlay the strands of the rope as far as needed", "• marry", "1. tuck", FULL]
    ]


@given(st.lists(st.text(alphabet=st.sampled_from("ab-. \n1•X\u00ad") | st.characters(), max_size=80), max_size=8))
def test_any_lines_become_paragraphs(pages):
    texts = paragraphs(pages)
    assert len(texts) == len(pages)
    assert all(text and "\n" not in text for page in texts for text in page)
