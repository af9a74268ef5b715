"""Pages that nobody printed, as if they had been read from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ingest.found import Found
from reader.library import Library
from reader.model.article import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.library.subscriptions import Report
    from reader.settings import Places

_WATER = (
    (
        "The tide table on the wall had been wrong since the spring, and nobody in the office thought it odd, because "
        "the boats had learned to come and go by the colour of the mud instead. "
    ),
    (
        "Every crane along the quay carries a name that was painted by hand, and the oldest of them answers, so the "
        "night watch will tell you, only to the name it had before. "
    ),
    (
        "What the ferry brings in the morning it takes away again in the evening, less a few crates of lemons and one "
        "or two people who meant to stay for an afternoon. "
    ),
    (
        "Salt gets into the locks, the ledgers and the bread; the town has stopped calling it damage and has begun to "
        "call it weather, which costs nothing and needs no repair. "
    ),
)

_HARBOURS = (
    ("The pilot who never learned to swim", "Ines Calloway", 9),
    ("A lighthouse for sale", None, 2),
    ("Counting gulls in the fog", "Tomas Brandt", 3),
    ("How the fish market moved uphill", None, 1),
    ("The last rope maker", "Marguerite Oduya", 4),
    ("Why the breakwater hums", None, 2),
    ("Letters found in a buoy", "Ines Calloway", 1),
    ("Dredging up the old town", None, 5),
    ("A timetable for sleepers", "Joon-ho Lind", 2),
    ("Islands that are only sometimes there", None, 3),
)


def text(number: int, long: int) -> str:
    """Give some sentences about the sea."""
    return "".join(_WATER[(number + step) % len(_WATER)] for step in range(long)).strip()


def body(number: int, paragraphs: int) -> str:
    """Give some paragraphs about the sea."""
    return "\n\n".join(text(number + step, 3) for step in range(paragraphs))


def entry(title: str, **more: object) -> Entry:
    """Give an entry of a listing."""
    given = {"section": "Harbours", "excerpt": text(len(title), 2), **more}
    return Entry(title, **given)  # type: ignore[arg-type]


def harbours() -> Found:
    """Give a page of ten articles, four of them without a byline; the first is long."""
    entries = tuple(
        entry(title, author=author, excerpt=body(number, long) if number == 0 else text(number, long), cut=True)
        for number, (title, author, long) in enumerate(_HARBOURS)
    )
    return Found("listing", "Harbours", entries)


def orchards() -> Found:
    """Give a page of three articles of another section."""
    titles = ("Pears in a wet year", "The grafting knife", "An apple without a name")
    return Found("listing", "Orchards", tuple(entry(title, section="Orchards", excerpt=text(3, 2)) for title in titles))


def listing(section: str, entries: Iterable[Entry]) -> Found:
    """Give a page of some entries."""
    return Found("listing", section, tuple(entries))


def essay(title: str = "On walking to the ferry", *, paragraphs: int = 12) -> Found:
    """Give one text that came without a page around it."""
    return Found("essay", title, (Entry(title, "Ruth Amsel", body=body(1, paragraphs)),))


def fill(places: Places, *pages: Found) -> list[Report]:
    """Put pages into a library, and close it."""
    with Library(places) as library:
        return [library.subscriptions.add(page) for page in pages]
