"""Markdown in parts: what bounds the time and the memory that any text takes, whatever it holds.

The parser takes some thirty microseconds for a bracket, sixty for a line and eight for other signs. Hence the
`price` of a text: what costs too much, a paragraph or all that follows, is shown as it is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST: Final = 4_000
"""Characters of the first part: it is on the screen while the others are laid out."""
LATER: Final = 16_000
MOST: Final = 600_000
"""The price of all that is interpreted of a text, some five seconds at the worst."""

_LIGHT: Final = 4_000
"""The price of what is laid out while a key waits."""
_SHORT: Final = 100_000
_PARAGRAPH: Final = 20_000
_PARAGRAPH_PRICE: Final = 2_500
_SIGN: Final = re.compile(r"[\\`*_~^<&!\[\]\n|]")
_BRACKET_PRICE: Final = 4
_LINE_PRICE: Final = 7
_EDGE: Final = re.compile(r"\n(?:\n(?=[^\s\d\-+*>|:~`])|(?=(?P<pad> {0,3})(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)))")
_LINE_END: Final = re.compile(r"\n(?=\S)")
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
    return len(text) <= _SHORT and price(text) <= _LIGHT


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


def first(text: str) -> str:
    """Give the first part of a text, without a look at the rest of a long one."""
    return next(parts(text[:_SHORT]))


def parts(text: str) -> Iterator[str]:
    """Give a text in parts that can be interpreted one by one, the first a short one."""
    begun, size = 0, FIRST
    for edge, whole in _edges(text):
        while edge - begun > 2 * size and not whole:
            end = _line_end(text, begun + size)
            yield text[begun:end]
            begun, size = end, LATER
        if edge - begun >= size or edge == len(text) or (not begun and price(text[:edge]) > _LIGHT // 2):
            yield text[begun:edge]
            begun, size = edge, LATER


def _edges(text: str) -> Iterator[tuple[int, bool]]:
    """Give the places where a block begins that continues none, and the end; whether code stands before each.

    Code is not parted, as it could be taken for anything else then: even if it is long it costs little.
    """
    fence, apart = "", False
    for found in _EDGE.finditer("\n" + text):
        mark, at = found["fence"], found.start()
        if mark is None:
            if not fence:
                yield found.end() - 1, False
        elif not fence and not (mark[0] == "`" and "`" in found["info"]):
            fence, apart = mark, not found["pad"]
            if apart:
                yield at, False
        elif fence and mark[0] == fence[0] and len(mark) >= len(fence) and not found["info"].strip():
            if apart:
                yield found.end("info") - 1, True
            fence = ""
    yield len(text), bool(fence)


def _line_end(text: str, at: int) -> int:
    """Give the end of a line near a place, that of a table's last one if it is in a table; or the place."""
    found = _LINE_END.search(text, at, at + FIRST)
    end = found.end() if found else at
    rows = _ROWS.match(text, end, end + LATER)
    end = rows.end() if rows else end
    last = text.startswith("|", end) and len(text) - end <= LATER and "\n" not in text[end:]
    return len(text) if last else end
