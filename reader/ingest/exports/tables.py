"""Tables with a head (CSV, RFC 4180), row by row with the line that each begins on."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from reader.ingest import decode
from reader.ingest.errors import IngestError
from reader.ingest.exports.telling import columns, delimiter

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 16 * 1024 * 1024
_UNCLOSED: Final = "unexpected end of data"


def text_of(data: bytes) -> str:
    """Give the text of an export: UTF-8, or what its mark says.

    Raises:
        IngestError: it is no text.
    """
    text = data.decode(decode.marked(data) or "utf-8", "replace").lstrip("\ufeff")
    if "\0" in text:
        at = text.count("\n", 0, text.index("\0")) + 1
        raise IngestError(f"line {at:,}: there is a NUL in it, which no text has: it is damaged")
    return text


def rows(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Give each row as its place, as in "line 7", and its cells by the folded names of their columns.

    Raises:
        IngestError: it is no table; the message tells the line.
    """
    text = text_of(data)
    try:
        yield from _rows(text, strict=True)
    except _OddError as odd:
        # PHP does not double a quote behind a backslash: what is odd in that way is read as it stands.
        yield from _rows(text, strict=False, after=odd.line)


class _OddError(Exception):
    """A quote stands where none may; rows up to this line are told already."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def _rows(text: str, *, strict: bool, after: int = 0) -> Iterator[tuple[str, dict[str, str]]]:
    csv.field_size_limit(_LONGEST)
    mark = delimiter(text.partition("\n")[0])
    names = columns(text.partition("\n")[0].rstrip("\r"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict)
    line = 1
    try:
        next(reader, None)
        line = reader.line_num + 1
        for cells in reader:
            if cells and line > after:
                yield f"line {line:,}", dict(zip(names, cells, strict=False))
            line = reader.line_num + 1
    except csv.Error as error:
        if strict and _UNCLOSED not in str(error) and "field larger" not in str(error):
            raise _OddError(line - 1) from None
        why = "a quote is opened that is never closed" if _UNCLOSED in str(error) else str(error)
        raise IngestError(f"line {line:,}: {why}; nothing was added") from error
