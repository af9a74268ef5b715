"""Pages whose articles are dated: where the dates stand, and what that tells of the lines between them."""

from __future__ import annotations

import itertools
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from reader.ingest.plain.outline import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.plain.blocks import Block
    from reader.ingest.plain.bylines import Bylines

DATED: Final = 3
"""How many dates tell that the articles of a page are dated, and can be told apart by that."""


class Dates(Enum):
    """Where the dates of a page stand in its articles."""

    FEW = auto()
    INSIDE = auto()
    BEFORE = auto()
    AFTER = auto()


def place(roles: Sequence[Role]) -> Dates:
    """Tell where the dates of a page stand."""
    marks = [at for at, role in enumerate(roles) if role is Role.DATE]
    if len(marks) < DATED:
        return Dates.FEW
    gaps = [_content(roles[a + 1 : b]) for a, b in itertools.pairwise(marks)]
    before, after = _content(roles[: marks[0]]), _content(roles[marks[-1] + 1 :])
    if 2 * sum(role is Role.LONG for role in roles) < len(marks):
        if not after:
            return Dates.AFTER
        return Dates.BEFORE if before == 0 or (before == 1 and after >= min(gaps)) else Dates.INSIDE
    closed = sum(_follows_excerpt(roles, at) for at in marks)
    if 2 * closed < len(marks):
        return Dates.INSIDE
    return Dates.BEFORE if after else Dates.AFTER


def _content(roles: Sequence[Role]) -> int:
    """Count the blocks that are neither dates nor other meta."""
    return sum(role in {Role.SHORT, Role.LONG} for role in roles)


def _follows_excerpt(roles: Sequence[Role], at: int) -> bool:
    """Tell whether the last thing before a date, other meta aside, is an excerpt."""
    while at and roles[at - 1] in {Role.META, Role.DATE}:
        at -= 1
    return at > 0 and roles[at - 1] is Role.LONG


def short_excerpts(blocks: Sequence[Block], roles: Sequence[Role], dates: Dates, bylines: Bylines) -> list[Block]:
    """Give the SHORT blocks that are excerpts because of where they stand between two dates."""
    if dates is Dates.FEW:
        return []
    marks = [at for at, role in enumerate(roles) if role is Role.DATE]
    edges = [-1, *marks] if dates is Dates.AFTER else [*marks, len(blocks)]
    spans = [range(a + 1, b) for a, b in itertools.pairwise(edges)]
    gaps = [
        [blocks[at] for at in span if roles[at] is Role.SHORT] if all(roles[at] is not Role.LONG for at in span) else []
        for span in spans
    ]
    found: list[Block] = []
    for at, gap in enumerate(gaps):
        if dates is Dates.INSIDE:
            found += _after_date(gap, bylines, last=at == len(gaps) - 1)
        else:
            extra = dates is Dates.AFTER and at == 0 and _holds_section(gaps, bylines)
            found += _after_headline(gap[extra:], bylines)
    return found


def _holds_section(gaps: Sequence[Sequence[Block]], bylines: Bylines) -> bool:
    """Tell whether the first of the articles has a line more than the others, which is the section's name."""
    sizes = [len(gap) - bool(gap and bylines.likelihood(gap[0])) for gap in gaps]
    others = sorted(sizes[1:])
    return bool(others) and sizes[0] > max(2, others[(len(others) - 1) // 2])


def _after_date(gap: Sequence[Block], bylines: Bylines, *, last: bool) -> Sequence[Block]:
    """Give the excerpt that follows a date below a headline, up to the next article's byline and headline."""
    next_lines = 0 if last else 1
    start = 1 if len(gap) > 1 + next_lines and bylines.likelihood(gap[0]) else 0
    if not last and len(gap) - start > 1 and bylines.likelihood(gap[-2]):
        next_lines = 2
    return gap[start : len(gap) - next_lines]


def _after_headline(gap: Sequence[Block], bylines: Bylines) -> Sequence[Block]:
    """Give the excerpt of an article that lies between two dates whole."""
    if len(gap) < 2:
        return []
    return gap[2 if bylines.likelihood(gap[0]) or bylines.follows(gap[0], gap[1]) else 1 :]


def cut(lines: Sequence[Block], roles: Sequence[Role], dates: Dates) -> list[list[Block]]:
    """Part lines that no excerpt parts, where dates tell that they are of two articles."""
    pieces: list[list[Block]] = [[]]
    told = dated = False
    rest = sum(roles[block.number] is Role.DATE for block in lines)
    for block in lines:
        is_date = roles[block.number] is Role.DATE
        rest -= is_date
        ends = told and {Dates.BEFORE: is_date, Dates.AFTER: dated, Dates.INSIDE: dated and not is_date}.get(
            dates, False
        )
        if ends and pieces[-1] and (dates is not Dates.INSIDE or rest):
            pieces.append([])
            told = dated = False
        pieces[-1].append(block)
        told |= roles[block.number] is Role.SHORT
        dated |= is_date and told
    return pieces
