"""An EPUB's files cut into chapters: a file may hold several, and a chapter may go on in the next file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.ingest.books.box import MAX_CHAPTER
from reader.ingest.errors import IngestError
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.ingest.books.box import Box
    from reader.ingest.books.contents import Line
    from reader.ingest.books.package import Package

LONG: Final = 60_000
"""A file longer than this, in characters, that holds a whole part of the book is cut into its chapters."""

_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_ENCODING: Final = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]{1,40})")
_ID: Final = re.compile(r"<[A-Za-z][^<>]{0,2000}?\s(?:id|name)\s*=\s*[\"']([^\"'<>]{1,300})[\"']")
_OPENED: Final = re.compile(
    r"(?:<(?:h[1-6]|div|section|article|header|p|span|a|b|i|em|strong|center)\b[^<>]{0,500}>\s*){1,12}\Z"
)
_OPENING: Final = re.compile(r"(?:\s|<head\b.{0,100000}?</head\s*>|<[^<>]{1,2000}>)*+", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the book: where it is, what the contents call it (empty: nothing), in which part, and its HTML."""

    place: str
    title: str
    part: str | None
    html: str
    furniture: bool = False


def cut(box: Box, package: Package, contents: Sequence[Line]) -> Iterator[Piece]:
    """Cut a book into pieces, in the order of reading.

    A file that cannot be read is left out; the rest of the book is there.
    """
    lines: dict[str, list[Line]] = {}
    parents = {line.above for line in contents}
    for line in contents:
        lines.setdefault(line.path, []).append(line)
    damaged: IngestError | None = None
    intact = 0
    for path in package.spine:
        try:
            text = _text(box, path)
        except IngestError as error:
            damaged = error
            continue
        intact += 1
        named = lines.get(path, [])
        if path == package.nav:
            continue
        yield from _pieces(path, text, named, parents, furniture=path in package.furniture)
    if damaged is not None and not intact:
        raise damaged


def _text(box: Box, path: str) -> str:
    """Give a file as text."""
    data = box.read(path, MAX_CHAPTER)
    found = _ENCODING.match(data[:400])
    for encoding in (found[1].decode("ascii") if found else "utf-8", "utf-8", "cp1252"):
        try:
            text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        return _DECLARATION.sub("", text.lstrip("\ufeff"))
    return data.decode("cp1252", "replace")


def _pieces(
    path: str, text: str, lines: Sequence[Line], parents: set[tuple[str, ...]], *, furniture: bool
) -> Iterator[Piece]:
    """Cut one file at the lines of the contents that lead into it."""
    starts = _starts(text, lines)
    if not starts or starts[0][0] > 0:
        # What comes before the first of them goes on from the file before.
        starts = [(0, None), *starts]
    for (start, line), end in zip(starts, [*(start for start, _ in starts[1:]), len(text)], strict=True):
        html = text[start:end]
        if line is None:
            yield Piece(path, "", None, html, furniture)
            continue
        place = f"{path}#{line.fragment}" if start else path
        # A part's own text stands among the chapters of that part.
        above = (*line.above, line.title) if (*line.above, line.title) in parents and not line.above else line.above
        yield Piece(place, line.title, " · ".join(above) or None, html, furniture)


def _starts(text: str, lines: Sequence[Line]) -> list[tuple[int, Line | None]]:
    """Give where in a file its chapters begin."""
    if not lines:
        return []
    if len(lines) == 1 and not lines[0].fragment:
        return [(0, lines[0])]
    chosen = _chapters(text, lines)
    places = _places(text, {line.fragment for line in chosen if line.fragment})
    opening = _OPENING.match(text)
    starts: dict[int, Line] = {}
    for line in chosen:
        at = places.get(line.fragment, 0)
        starts.setdefault(0 if opening and at <= opening.end() else at, line)
    return sorted(starts.items(), key=lambda one: one[0])


def _places(text: str, fragments: set[str]) -> dict[str, int]:
    """Give where in a file some of its elements begin, by their ids."""
    places: dict[str, int] = {}
    for found in _ID.finditer(text):
        if found[1] in fragments and found[1] not in places:
            places[found[1]] = _back(text, found.start())
    return places


def _chapters(text: str, lines: Sequence[Line]) -> Sequence[Line]:
    """Choose the lines that are of chapters, not of what is within a chapter: the outermost ones."""
    depth = min(len(line.above) for line in lines)
    outer = [line for line in lines if len(line.above) == depth]
    inner = [line for line in lines if len(line.above) == depth + 1]
    if len(text) > LONG and len(inner) > 1 and len(inner) > len(outer):
        return [line for line in lines if len(line.above) <= depth + 1]
    return outer


def _back(text: str, at: int) -> int:
    """Go back from an element to before those that open around it, so that a heading is not torn."""
    found = _OPENED.search(text, max(0, at - 2000), at)
    return found.start() if found else at
