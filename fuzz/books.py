"""Books and archives. A byte that changes in a zip breaks its checksum, so the files inside are changed instead."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from contextlib import suppress

from fuzz.harness import harness
from fuzz.pages import whole
from reader.ingest import archive, epub, pdf
from reader.ingest.decode import MAX_BYTES
from reader.ingest.errors import IngestError

_FILE = re.compile(rb"^%%%% (\S{1,80})\n", re.MULTILINE)


def packed(data: bytes) -> bytes:
    """Pack a text as an EPUB: each line `%%%% NAME` begins another file of it."""
    _, *rest = _FILE.split(data)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        for name, inside in {
            name.decode("utf-8", "replace"): body for name, body in zip(rest[::2], rest[1::2], strict=True)
        }.items():
            book.writestr(zipfile.ZipInfo(name), inside)
    return held.getvalue()


@harness("book", seconds=10.0)
def fuzz_book(data: bytes) -> None:
    """What is inside an EPUB: its package, its contents, its chapters."""
    with suppress(IngestError):
        whole(epub.read(packed(data), "book"))


@harness("zip", seconds=10.0)
def fuzz_zip(data: bytes) -> None:
    """An EPUB as bytes: its directory, its headers, what is compressed."""
    epub.looks_like(data)
    with suppress(IngestError):
        whole(epub.read(data, "book"))


@harness("pdf", seconds=20.0)
def fuzz_pdf(data: bytes) -> None:
    """A PDF as bytes; without the extra there is only the refusal."""
    pdf.looks_like(data)
    with suppress(IngestError):
        whole(pdf.read(data, "paper"))


@harness("archive")
def fuzz_archive(data: bytes) -> None:
    """A gzip archive: as it came, and packed here, so that it comes back as it was."""
    archive.peek(data)
    with suppress(IngestError):
        assert len(archive.inflated(data, lambda _: MAX_BYTES)) <= MAX_BYTES
    with suppress(IngestError):
        assert archive.inflated(gzip.compress(data, mtime=0), lambda _: MAX_BYTES) == data, "it comes back otherwise"
