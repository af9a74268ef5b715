"""Markdown in parts: what bounds the time and the memory that any text takes, whatever it holds.

The parser takes some thirty microseconds for a bracket, sixty for a line and eight for other signs. Hence the
`price` of a text: what costs too much, a paragraph or all that follows, is shown as it is written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.ingest.markdown_fences import Fence, edges
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST: Final = 4_000
"""Characters of the first part: it is on the screen while the others are laid out."""
LATER: Final = 16_000
MOST: Final = 600_000
"""The price of all that is interpreted of a text, some five seconds at the worst."""

LIGHT: Final = 4_000
"""The price of what is laid out while a key waits."""
SHORT: Final = 100_000
_PARAGRAPH: Final = 20_000
_PARAGRAPH_PRICE: Final = 2_500
_SIGN: Final = re.compile(r"[\\`*_~^<&!\[\]\n|]")
_BRACKET_PRICE: Final = 4
_LINE_PRICE: Final = 7
_CODE: Final = 4_000
"""Characters of code that is a part of its own: to take it as it is costs next to nothing."""
_CODE_PRICE: Final = 1 / 40
"""Of a character of code that the parser has to find."""
_LINE_END: Final = re.compile(r"\n(?=\S)")
_ANY_LINE_END: Final = re.compile(r"\n(?!\n)")
_ROWS: Final = re.compile(r"(?:\|[^\n]*\n)+")
_DEFINITION: Final = re.compile(r"\n {0,3}(\[(?:\\.|[^\]\n\\]){1,200}\]:[^\n]{0,2000})")
_DEFINITIONS: Final = 200_000
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK: Final = re.compile(r"(?:\\| {2,})\n[ \t]*")
_SOFT: Final = re.compile(r"(?<!\n)\n(?!\n)[ \t]*")


def price(text: str) -> int:
    """Tell about how much work a text is: one is some eight microseconds."""
    return len(_SIGN.findall(text)) + _BRACKET_PRICE * text.count("[") + _LINE_PRICE * text.count("\n")


def light(text: str) -> bool:
    """Tell whether all of a text may be interpreted while a key waits."""
    return len(text) <= SHORT and price(text[:LATER]) <= LIGHT and price(text) <= LIGHT


def signs(text: str) -> bool:
    """Tell whether anything in a paragraph can be more than text."""
    return _SIGN.search(text) is not None


def too_dear(paragraph: str) -> bool:
    """Tell whether a paragraph is to be shown as it is written."""
    return len(paragraph) > _PARAGRAPH or price(paragraph) > _PARAGRAPH_PRICE


def plain(text: str) -> str:
    """Give Markdown as it is written, but for what is escaped in it and for its ends of lines."""
    lines = (_SOFT.sub(" ", line) for line in _BREAK.split(text))
    return _ESCAPE.sub(r"\1", "\n".join(lines))


def definitions(text: str) -> str:
    """Give the beginnings of what a text defines for all of it: addresses of links, and footnotes."""
    if "\n[" not in text and "\n " not in text:
        return ""
    found = "\n\n".join(line[1] for line in _DEFINITION.finditer(text))
    return found[:_DEFINITIONS].rpartition("\n\n")[0] if len(found) > _DEFINITIONS else found


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that can be interpreted by itself, and the long code at its end, if there is any."""

    text: str
    fence: Fence | None = None

    @property
    def is_code(self) -> bool:
        """Tell whether it is nothing but code."""
        return self.fence is not None and not self.fence.pad and not self.fence.start

    @property
    def price(self) -> int:
        """Tell about how much work it is."""
        if self.fence is None:
            return price(self.text)
        return price(self.text[: self.fence.start]) + (0 if self.is_code else int(len(self.text) * _CODE_PRICE))


def first(text: str) -> Part:
    """Give the first part of a text, without a look at the rest of a long one."""
    return next(parts(text[:SHORT]))


def parts(text: str) -> Iterator[Part]:
    """Give a text in parts that can be interpreted one by one, the first a short one."""
    begun, size = 0, FIRST
    seen = cost = 0
    short: list[Fence] = []
    for edge in edges(text):
        fence = edge if isinstance(edge, Fence) else None
        place = edge if isinstance(edge, int) else edge.start
        while place - begun > 2 * size:
            end = _outside(short, _line_end(text, begun + size))
            yield Part(text[begun:end])
            begun, size = end, LATER
            short = [one for one in short if one.end > begun]
        if fence is not None and fence.end - fence.start > _CODE:
            if not fence.pad and begun < fence.start:
                yield Part(text[begun : fence.start])
                begun = fence.start
            yield Part(text[begun : fence.end], replace(fence, start=fence.start - begun, end=fence.end - begun))
            begun, size, short = fence.end, LATER, []
            continue
        if fence is not None:
            short.append(fence)
            place = fence.end
        if not begun:
            cost += price(text[seen:place])
            seen = place
        ended = fence is None or not fence.pad
        if ended and (place - begun >= size or (not begun and cost > LIGHT // 2)):
            yield Part(text[begun:place])
            begun, size, short = place, LATER, []
    if begun < len(text) or not text:
        yield Part(text[begun:])


def _outside(fences: Sequence[Fence], place: int) -> int:
    """Give a place, or the end of the code that it is in."""
    return next((fence.end for fence in fences if fence.start < place < fence.end), place)


def _line_end(text: str, at: int) -> int:
    """Give the end of a line near a place, that of a table's last one if it is in a table; or the place."""
    found = _LINE_END.search(text, at, at + FIRST) or _ANY_LINE_END.search(text, at, at + FIRST)
    end = found.end() if found else at
    rows = _ROWS.match(text, end, end + LATER)
    end = rows.end() if rows else end
    last = text.startswith("|", end) and len(text) - end <= LATER and "\n" not in text[end:]
    return len(text) if last else end
