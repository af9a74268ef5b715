"""Entries of the notebook as lines of text, and their order under the headings of their articles."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from reader.model.annotation import COLORS
from reader.ui.text import shorten, wrap
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.library.kept import Kept

MOST: Final = 3
"""Lines that a quote and a note take at the most."""

_LEAD: Final = 5
"""Cells before the text: the bar of the cursor, the sign, and spaces."""
_DATE: Final = 13
"""Cells that the date takes, with a space before it."""
_ROOM_FOR_DATE: Final = 56
_WIDEST: Final = 100
"""Cells that an entry takes at the most, so that its lines can be read."""
_SIGNS: Final = {"bookmark": "★", "note": "✎"}
_BOOKMARK: Final = "Bookmarked"


@dataclass(frozen=True, slots=True)
class Cells:
    """One line of an entry: its sign, its text, what stands behind it, and the part whose style the text has."""

    sign: str
    text: str
    tail: str
    part: str


def gathered(entries: Sequence[Kept], chosen: Iterable[int]) -> list[int]:
    """Put entries under their articles, each article where its first entry is.

    Args:
        entries: all entries, newest first.
        chosen: the numbers of those that are shown, in order.

    Returns:
        The numbers of entries; before those of an article stands its heading: its first entry's number, with
        all bits turned over (`~`).
    """
    groups: dict[int, list[int]] = {}
    for number in chosen:
        groups.setdefault(entries[number].article, []).append(number)
    items: list[int] = []
    for group in groups.values():
        items.append(~group[0])
        items += group
    return items


def identity(entry: Kept) -> tuple[str, int, int]:
    """Give what tells an entry from all others, and stays when it changes."""
    return entry.kind, entry.article, entry.highlight.id if entry.highlight is not None else 0


def sign(entry: Kept) -> str:
    """Give the sign of an entry: a star, a pencil, or the letter of a highlight's colour."""
    return COLORS[entry.highlight.color] if entry.highlight is not None else _SIGNS.get(entry.kind, " ")


def date(at: str) -> str:
    """Give a date as people write it, empty where there is none."""
    try:
        then = datetime.fromisoformat(at)
    except ValueError:
        return ""
    return f"{then.day} {then:%b %Y}"


def heading(entry: Kept, width: int) -> tuple[str, str]:
    """Give an article's title, and behind it its source if there is room."""
    title = shorten(entry.title, width)
    more = entry.source if entry.key is not None else f"{entry.source} · not in the library any more".lstrip(" ·")
    room = width - cell_len(title) - 3
    return title, f" · {shorten(more, room)}" if more and room >= min(cell_len(more), _DATE) else ""


def lines(entry: Kept, width: int) -> list[Cells]:
    """Give the lines of an entry."""
    width = min(width, _WIDEST)
    tail = date(entry.at) if width >= _ROOM_FOR_DATE else ""
    room = max(8, width - _LEAD - (_DATE if width >= _ROOM_FOR_DATE else 1))
    match entry.kind:
        case "bookmark":
            made = [(_BOOKMARK, "list--byline")]
        case "note":
            made = [(text, "list--title-read") for text in cut(entry.text, room)]
        case _:
            made = [(text, "notebook--quote") for text in cut(entry.text, room)]
            made += [(f"✎ {text}", "list--title-read") for text in cut(entry.note, room - 2)[:1]]
            made += [(f"  {text}", "list--title-read") for text in cut(entry.note, room - 2)[1:]]
    return [
        Cells(
            sign(entry) if not at else " ", _padded(text, room), tail.rjust(_DATE - 1) if not at and tail else "", part
        )
        for at, (text, part) in enumerate(made or [("", "list--byline")])
    ]


def cut(text: str, room: int) -> list[str]:
    """Cut a text to a few lines; spaces and line ends count as one space."""
    flat = " ".join(text[: room * MOST * 4].split())
    if not flat:
        return []
    spans = wrap(flat, room)
    made = [flat[start:end] for start, end in spans[:MOST]]
    if len(spans) > MOST or len(text) > room * MOST * 4:
        made[-1] = shorten(f"{flat[spans[len(made) - 1][0] :]} …", room)
    return made


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def copied(entry: Kept) -> tuple[str, str]:
    """Give what is copied of an entry, and what that is called."""
    match entry.kind:
        case "bookmark":
            return entry.title, "the headline"
        case "note":
            return entry.text, "the note"
        case _:
            note = f"\n\n{entry.note}" if entry.note else ""
            return f"“{entry.text}”\n{entry.title}{note}", "the quote with your note" if note else "the quote"
