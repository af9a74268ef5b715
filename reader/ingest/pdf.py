"""PDF, by the optional extra: its text by pages, put together as paragraphs again."""

from __future__ import annotations

import hashlib
import logging
import re
import time
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from reader.ingest import sanitize
from reader.ingest.books import pdf_text
from reader.ingest.errors import IngestError
from reader.ingest.found import Found
from reader.model.article import Entry
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

_Document: TypeAlias = Any
"""The library's own; it is an extra, so nothing of it is named here."""

MAX_BYTES: Final = 200 * 1024 * 1024
MAX_PAGES: Final = 3000
MAX_CHARACTERS: Final = 20_000_000
SECONDS: Final = 60.0
LEAST_CHAPTERS: Final = 3
LEAST_WORDS: Final = 10_000
"""A PDF with chapters and so many words is a book; one with fewer is an article, headings or not."""

MISSING: Final = "it is a PDF: install reader with the pdf extra: pip install 'terminal-reader[pdf]'"

_MAGIC: Final = b"%PDF-"
_DAMAGED: Final = "it is a damaged PDF: get it again, or add its text"
_NO_TITLE: Final = re.compile(
    r"(?:untitled|unbenannt|sans titre|microsoft word\b.*|.*\.(?:docx?|pdf|indd|tex|qxd|dvi|odt|pptx?)|[\W\d_]*)",
    re.IGNORECASE | re.DOTALL,
)
_EXCERPT_WORDS: Final = 60


@dataclass(frozen=True, slots=True)
class _Told:
    """What the file says of itself."""

    title: str
    author: str
    published: int | None


def looks_like(data: bytes) -> bool:
    """Tell whether bytes are a PDF; white space may stand before it."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(_MAGIC)


def read(data: bytes, name: str = "") -> Found:
    """Read a PDF: one article, or the chapters of a book.

    Args:
        data: the bytes of the file.
        name: what to call it when it does not say itself.

    Raises:
        IngestError: the extra is not installed, or it is damaged, locked, too large or without text.
    """
    if len(data) > MAX_BYTES:
        raise IngestError(f"it is a PDF of more than {MAX_BYTES // 1024 // 1024} MiB, too much to read at once")
    try:
        library = import_module("pypdf")
    except ImportError as error:
        raise IngestError(MISSING) from error
    # What it finds wrong with a file it tells on standard error, a line each; people get the one that we say.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _found(library, data, name)
    except IngestError:
        raise
    except Exception as error:
        # A damaged file makes it raise whatever there is.
        raise IngestError(_DAMAGED) from error


def _found(library: ModuleType, data: bytes, name: str) -> Found:
    document = library.PdfReader(BytesIO(data), strict=False)
    if document.is_encrypted and not _opened(document):
        raise IngestError("it is a PDF that is locked with a password: save it without one and add it again")
    pages, count = _pages(document)
    texts = pdf_text.paragraphs(pages)
    if not any(texts):
        raise IngestError(
            "it is a PDF without text: its pages are pictures; a program for text recognition (OCR) helps"
        )
    told = _told(document)
    opening = next((text for page in texts for text in page if not text[0].isdigit()), "")
    title = told.title or (opening if 0 < len(opening) <= 150 else "") or name or "Untitled PDF"
    chapters = _chapters(document, len(texts))
    words = sum(len(text.split()) for page in texts for text in page)
    problem = "" if len(pages) == count else f"only the first {len(pages):,} of its {count:,} pages could be read"
    if len(chapters) < LEAST_CHAPTERS or words < LEAST_WORDS:
        whole = sanitize.entry(_entry(title, told, [text for page in texts for text in page]))
        return Found("essay", whole.title, (whole,), problem=problem, total=1)
    entries = _book(chapters, texts, told, hashlib.sha256(data).hexdigest()[:16])
    return Found("book", sanitize.line(title, sanitize.TITLE), entries, problem=problem, total=len(entries))


def _opened(document: _Document) -> bool:
    """Open a file that anyone may read, and only changing it needs a password."""
    try:
        return bool(document.decrypt(""))
    except Exception:  # noqa: BLE001 -- what it needs for that may not be installed
        return False


def _pages(document: _Document) -> tuple[list[str], int]:
    """Give the text of the pages, as many as can be read in time, and how many there are."""
    until = time.monotonic() + SECONDS
    count = len(document.pages)
    pages: list[str] = []
    size = 0
    for number in range(min(count, MAX_PAGES)):
        try:
            text = str(document.pages[number].extract_text() or "")
        except Exception:  # noqa: BLE001 -- a damaged page must not take the others along
            text = ""
        pages.append(text)
        size += len(text)
        if size > MAX_CHARACTERS or time.monotonic() > until:
            break
    return pages, count


def _told(document: _Document) -> _Told:
    """Read what the file says of itself, as far as it makes sense."""
    try:
        about = document.metadata
        title, author = sanitize.line(str(about.title or ""), sanitize.TITLE), str(about.author or "")
        created = about.creation_date
        published = int(created.timestamp()) if created else None
    except Exception:  # noqa: BLE001 -- any of it may be missing or of another type
        return _Told("", "", None)
    return _Told("" if _NO_TITLE.fullmatch(title) else title, author, published)


def _chapters(document: _Document, pages: int) -> list[tuple[int, str]]:
    """Give the pages that the outermost bookmarks lead to, with their names, in the order of the pages."""
    found: dict[int, str] = {}
    try:
        for mark in document.outline:
            if not isinstance(mark, list):
                number = document.get_destination_page_number(mark)
                if isinstance(number, int) and 0 <= number < pages:
                    found.setdefault(number, str(mark.title))
    except Exception:  # noqa: BLE001 -- bookmarks that are broken are none
        return []
    return sorted(found.items())


def _book(
    chapters: Sequence[tuple[int, str]], texts: Sequence[Sequence[str]], told: _Told, identity: str
) -> tuple[Entry, ...]:
    """Make an article of each chapter; what stands before the first goes with it."""
    starts = [0, *(number for number, _ in chapters[1:]), len(texts)]
    entries = []
    for (number, title), start, end in zip(chapters, starts[:-1], starts[1:], strict=True):
        inside = [text for page in texts[start:end] for text in page]
        if inside:
            entries.append(_entry(title, told, inside, f"{identity}/{number}"))
    return tuple(map(sanitize.entry, entries))


def _entry(title: str, told: _Told, paragraphs: Sequence[str], guid: str | None = None) -> Entry:
    rest = paragraphs[1:] if paragraphs and paragraphs[0].casefold() == title.casefold() else paragraphs
    words = " ".join(rest[:20]).split(maxsplit=_EXCERPT_WORDS + 1)
    excerpt = " ".join(words[:_EXCERPT_WORDS]) + (" …" if len(words) > _EXCERPT_WORDS else "")
    return Entry(
        title=title,
        author=told.author or None,
        excerpt=excerpt,
        body="\n\n".join(rest or paragraphs),
        guid=guid,
        published=told.published,
    )
