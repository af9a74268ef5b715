"""A page in the making: what a block is by itself, and the fields it may end up in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from reader.ingest.plain.meta import is_date, is_meta

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.plain.blocks import Block

_LONGEST_FURNITURE: Final = 60
_FURNITURE: Final = re.compile(
    r"(?:(?:load|show|see|view|browse|get|find)\s+(?:\d+\s+)?(?:more|all|older)\b.*"
    r"|(?:more|older|newer|next|previous|prev|earlier|further)"
    r"(?:\s+(?:page|pages|posts?|stories|articles|results|entries|news|items|from .*|in .*|on .*))?"
    r"|(?:back to|to the|return to)\s+top|top of page|page \d+(?:\s+of\s+\d+)?"
    r"|(?:\d{1,3}(?!\d)|[\s.…<>«»‹›→←|])++(?:next|older)?"
    r"|(?:©|\(c\)|copyright)\s.*|all rights reserved.*|sign up.*|subscribe.*)\W*",
    re.IGNORECASE,
)


class Role(Enum):
    """What a block is by itself, before its place tells the rest."""

    LONG = auto()
    SHORT = auto()
    DATE = auto()
    META = auto()


@dataclass(slots=True)
class Draft:
    """An item in the making."""

    headline: Block
    byline: Block | None = None
    meta: list[Block] = field(default_factory=list)
    excerpt: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A page in the making; at the end every block of the text is in one of its fields."""

    section: Block | None = None
    lead: list[Block] = field(default_factory=list)
    items: list[Draft] = field(default_factory=list)
    trailer: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Stretch:
    """Blocks that stand together: lines, and the excerpt that closes them if there is one."""

    lines: list[Block] = field(default_factory=list)
    excerpt: list[Block] = field(default_factory=list)


def role(block: Block) -> Role:
    """Tell what a block is by itself."""
    if block.long:
        return Role.LONG
    if not is_meta(block.text):
        return Role.SHORT
    return Role.DATE if is_date(block.text) else Role.META


def furniture(blocks: Sequence[Block], roles: Sequence[Role]) -> int:
    """Give where the page's own furniture begins after the last article: the number of blocks before it."""
    start = at = len(blocks)
    while at and roles[at - 1] in {Role.SHORT, Role.META}:
        at -= 1
        text = blocks[at].text
        if len(text) <= _LONGEST_FURNITURE and _FURNITURE.fullmatch(text):
            start = at
    return start
