r"""How long a regular expression may take, told from how it is written.

Python's `re` tries one way after the other, and for `(a+)+b` there are more ways than anyone can wait for. So the
ways are counted before: what repeats without end may hold no choice and no other repeat, and all choices together
are bounded. A repeat that stops of itself, as `\s+` does before a letter, is no choice.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from math import comb
from typing import Final, NamedTuple

LENGTH: Final = 500
"""Characters of a text that a pattern is tried on."""

_WAYS: Final = 70_000_000
"""Ways through a text of that length: about a second, if a text is made for it; a usual title takes microseconds."""
_STEPS: Final = 10_000
"""Steps on one way."""
_DEEPEST: Final = 50
_SAMPLE: Final = "".join(map(chr, range(0x3000)))

_ATOM: Final = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|0[0-7]{0,2}|[1-7][0-7]{2}|.)"
    r"|\[\^?\]?(?:[^\]\\]|\\.)*\]|.",
    re.DOTALL,
)
_REPEAT: Final = re.compile(r"(?:([*+?])|\{(?!\})([0-9]*)(,?)([0-9]*)\})[?+]?")
_EMPTY: Final = re.compile(r"\\[AbBZ]|[$^]")
_BACK: Final = re.compile(r"\\[1-9]")


class _Cost(NamedTuple):
    """The choices that a part of a pattern has, its endless repeats, and its steps.

    `runs` are its repeats that stop of themselves. `atom` is what it is written as if it is one character.
    """

    ways: int = 1
    loops: int = 0
    steps: int = 1
    runs: int = 0
    atom: str = ""


class _Item(NamedTuple):
    cost: _Cost
    least: int = 1
    most: int | None = 1


def objection(pattern: str) -> str | None:
    """Say why a pattern that `re` compiles may not be used, None if it may."""
    try:
        cost = _Reader(pattern).choices(0)
    except _TooDear as error:
        return str(error)
    # A run is gone along, and back again, on each of the ways.
    ways = cost.ways * comb(LENGTH + cost.loops + 1, cost.loops + 1) * (LENGTH * cost.runs or 1)
    if cost.steps > _STEPS or ways > _WAYS:
        return "there are too many ways in which it may repeat"
    return None


class _TooDear(Exception):  # noqa: N818 - nothing went wrong
    """Why a pattern cannot be bounded."""


class _Reader:
    """Reads a pattern that `re` has compiled, so it is known to be well formed."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def choices(self, depth: int) -> _Cost:
        """Read up to the end of a group, or of the whole."""
        if depth > _DEEPEST:
            raise _TooDear("too many groups are inside one another")
        items: list[_Item] = []
        all_ways = all_steps = loops = runs = 0
        while True:
            char = self._pattern[self._at : self._at + 1]
            if char in ("", "|", ")"):
                one = _row(items, ends=depth == 0)
                all_ways, all_steps, loops = all_ways + one.ways, all_steps + one.steps, max(loops, one.loops)
                items, runs = [], runs + one.runs
                self._at += 1
                if char != "|":
                    return _Cost(all_ways, loops, max(1, all_steps), runs)
            else:
                items.append(self._item(depth))

    def _item(self, depth: int) -> _Item:
        if self._pattern[self._at] == "(":
            cost = self._group(depth)
        else:
            found = _ATOM.match(self._pattern, self._at)
            atom = found[0] if found else self._pattern[self._at]
            if _BACK.fullmatch(atom):
                raise _TooDear(f"{atom} is not understood here")
            self._at += len(atom)
            cost = _Cost(atom="" if _EMPTY.fullmatch(atom) else atom)
        found = _REPEAT.match(self._pattern, self._at)
        if found is None:
            return _Item(cost)
        self._at = found.end()
        return _Item(cost, *_counts(found))

    def _group(self, depth: int) -> _Cost:
        self._at += 1
        if self._pattern.startswith("?", self._at):
            if not self._pattern.startswith("?:", self._at):
                raise _TooDear(f"({self._pattern[self._at : self._at + 2]} is not understood here")
            self._at += 2
        return self.choices(depth + 1)


def _counts(repeat: re.Match[str]) -> tuple[int, int | None]:
    """Give how often something is repeated, at the least and at the most."""
    if repeat[1]:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[repeat[1]]
    least = int(repeat[2] or 0)
    most = (int(repeat[4]) if repeat[4] else None) if repeat[3] else least
    if max(least, most or 0) > LENGTH:
        raise _TooDear(f"it repeats more than {LENGTH} times")
    return least, most


def _row(items: list[_Item], *, ends: bool) -> _Cost:
    """Give what things cost one after the other; `ends` tells that all is found when the last is."""
    ways, loops, steps, runs = 1, 0, 0, 0
    for number, item in enumerate(items):
        following = items[number + 1] if number + 1 < len(items) else None
        cost = _repeated(item, following, ends=ends and following is None)
        ways, loops = min(ways * cost.ways, _WAYS + 1), loops + cost.loops
        steps, runs = steps + cost.steps, runs + cost.runs
    return _Cost(ways, loops, steps, runs)


def _repeated(item: _Item, following: _Item | None, *, ends: bool) -> _Cost:
    cost, least, most = item
    steps = cost.steps * (LENGTH if most is None else max(1, most))
    if least == most == 1:
        return cost
    if least == most and cost.ways == 1 and not cost.loops:
        return _Cost(1, 0, steps, cost.runs)
    if most == 1:
        return _Cost(cost.ways + 1, cost.loops, steps, cost.runs)
    if cost.atom and (ends or _stops(cost.atom, following)):
        return _Cost(1, 0, steps, 1)
    if most is None:
        if cost.ways > 1 or cost.loops:
            raise _TooDear("what is repeated holds a repeat or a choice")
        return _Cost(1, 1, steps, cost.runs)
    ways = min(cost.ways, _WAYS) ** min(most, 30 if cost.ways > 1 else 1)
    return _Cost(min(ways * (most - least + 1), _WAYS + 1), cost.loops * most, steps, cost.runs)


def _stops(atom: str, following: _Item | None) -> bool:
    """Tell whether a repeat ends where what follows begins, and nowhere else."""
    return bool(following and following.cost.atom and following.least and _apart(atom, following.cost.atom))


@lru_cache(maxsize=100)
def _apart(one: str, other: str) -> bool:
    """Tell whether no character is both."""
    with warnings.catch_warnings():
        # Python warns of a bracket that may once mean something else.
        warnings.simplefilter("ignore")
        both = re.compile(f"(?={one}){other}", re.IGNORECASE | re.DOTALL)
    return both.search(_SAMPLE) is None
