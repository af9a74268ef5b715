"""The known word that a mistyped one was meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 30


def nearest(written: str, known: Iterable[str]) -> str | None:
    """Give the known word nearest to what was written, None if none is near.

    A third of its letters may be wrong; of those that begin with what was written, the first is meant.
    """
    if not 0 < len(written) <= _LONGEST:
        return None
    ranked = [(0 if len(written) > 1 and word.startswith(written) else slips(written, word), word) for word in known]
    fewest, found = min(ranked, key=lambda pair: pair[0], default=(_LONGEST, ""))
    return found if fewest <= max(1, len(written) // 3) and fewest < len(written) else None


def slips(one: str, other: str) -> int:
    """Count the slips between two words: letters missing, too many, wrong, or two in a row changed about."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one):
        last, before, row = before, row, [number + 1]
        for place, wanted in enumerate(other):
            cost = min(before[place] + (letter != wanted), before[place + 1] + 1, row[place] + 1)
            if number and place and letter == other[place - 1] and one[number - 1] == wanted:
                cost = min(cost, last[place - 1] + 1)
            row.append(cost)
    return row[-1]


def near_field(name: str, known: Iterable[str]) -> str | None:
    """Give the field that a name before a colon was meant for, None if it seems to be no mistake.

    Both have four letters at least and begin alike: `port:8080` is no mistake.
    """
    written = name.lower()
    if not 4 <= len(written) <= _LONGEST:
        return None
    alike = (field for field in known if field[0] == written[0])
    return next((field for field in alike if slips(written, field) <= (1 if len(field) < 6 else 2)), None)
