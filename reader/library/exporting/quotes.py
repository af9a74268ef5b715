"""Highlights as CSV, in the columns that Readwise takes in."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from reader.model.printable import line, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library.exporting.chosen import Chosen

COLUMNS: Final = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would run; see https://owasp.org/www-community/attacks/CSV_Injection."""


def written(chosen: Chosen) -> Iterator[str]:
    """Give the CSV piece by piece: UTF-8, a line of names, quoted as RFC 4180 has it."""
    yield _line(COLUMNS)
    for piece in chosen.pieces():
        content = piece.content
        for one in sorted(piece.did.highlights, key=lambda one: (one.quote.block, one.quote.offset, one.id)):
            yield _line(
                (
                    _harmless(lines(one.quote.exact)),
                    _harmless(line(content.title)),
                    _harmless(line(content.author or "")),
                    _harmless(line(content.url or "")),
                    _harmless(lines(one.note)),
                    str(one.quote.block + 1),
                    line(one.created).replace("T", " ").removesuffix("Z"),
                )
            )


def _line(cells: Sequence[str]) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerow(cells)
    return made.getvalue()


def _harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; it shows the rest as text then."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) else cell
