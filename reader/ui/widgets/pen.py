"""A block's text as segments: the styles of its spans, its links, and the bold beginnings of words."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from rich.cells import split_graphemes
from rich.segment import Segment
from rich.style import Style

from reader.model.document import CELL_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.document import Block, Span
    from reader.ui.widgets.lines import Styles
    from reader.ui.widgets.look import Look

Signs: TypeAlias = tuple[tuple[str, str], ...]

_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)[!-~]{1,2000}", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_][^\s!-&(-/:-@\[-`{-~\u2010-\u2015\u2026]*")
_SPACES: Final = str.maketrans({"\t": " ", CELL_BREAK: " "})
"""What is a space to the eye and would be none to the terminal."""
_JOINED: Final = "\u0590"
"""From here on are scripts whose letters are joined, or without words: no part of a word is set apart in them."""
_BOLD: Final = Style(bold=True)


class Pen:
    """Writes stretches of a block's text.

    Its costs grow with the stretch, and not with the spans of the whole block.

    Args:
        block: whose text is written.
        styles: a style for each part.
        look: how the text is set.
    """

    def __init__(self, block: Block, styles: Styles, look: Look) -> None:
        self._text = block.text.translate(_SPACES)
        self._styles, self._look = styles, look
        self._starts, spans = _flat(block.spans)
        self._signs = [tuple(map(self._sign, over)) for over in spans]
        self._mixed: dict[tuple[Style, bool, Signs], Style] = {}

    def write(self, start: int, end: int, base: Style, *, leads: bool = False) -> tuple[Segment, ...]:
        """Give a stretch of the text, in characters, the styles of its spans over another one.

        Args:
            start: where it begins.
            end: where it ends.
            base: the style below.
            leads: whether the beginnings of words may be bold, where the look is so.
        """
        text = self._text
        bold = list(_leads(text, start, end)) if leads and self._look.bold_lead else []
        low, high = bisect_right(self._starts, start), bisect_right(self._starts, end)
        if low == high and not bold:
            return (Segment(text[start:end], self._style(base, self._signs[low - 1])),)
        cuts = sorted({start, *self._starts[low:high], *bold, end})
        if not text[start:end].isascii():
            cuts = whole(text, cuts)
        return tuple(
            Segment(
                text[left:right],
                self._style(
                    base, self._signs[bisect_right(self._starts, left) - 1], bold=bisect_right(bold, left) % 2 == 1
                ),
            )
            for left, right in pairwise(cuts)
        )

    def _sign(self, span: Span) -> tuple[str, str]:
        """Give what tells how a span looks: its kind, and the address that the terminal is told."""
        linked = self._look.hyperlinks and span.kind == "link" and _ADDRESS.fullmatch(span.target)
        return span.kind, span.target if linked else ""

    def _style(self, base: Style, signs: Signs, *, bold: bool = False) -> Style:
        found = self._mixed.get((base, bold, signs))
        if found is None:
            found = base + _BOLD if bold else base
            for kind, target in signs:
                found = self._styles["code"] if kind == "code" else found + self._styles[kind]
                if target:
                    found += Style(link=target)
            self._mixed[base, bold, signs] = found
        return found


def _flat(spans: tuple[Span, ...]) -> tuple[list[int], list[tuple[Span, ...]]]:
    """Part a text where a span begins or ends: where each part begins, and the spans over it, in their order."""
    coming = sorted(enumerate(spans), key=lambda pair: pair[1].start, reverse=True)
    starts = sorted({0, *(span.start for span in spans), *(span.end for span in spans)})
    over: list[tuple[Span, ...]] = []
    active: list[tuple[int, Span]] = []
    for start in starts:
        active = [pair for pair in active if pair[1].end > start]
        while coming and coming[-1][1].start <= start:
            active.append(coming.pop())
        active.sort(key=lambda pair: pair[0])
        over.append(tuple(span for _, span in active if span.end > start))
    return starts, over


def whole(text: str, cuts: list[int]) -> list[int]:
    """Move cuts to where what the eye takes for a character begins, as it would be drawn in pieces else."""
    first, last = cuts[0], cuts[-1]
    begins = [first + begin for begin, _, _ in split_graphemes(text[first:last])[0]]
    return sorted({first, last, *(begins[bisect_right(begins, cut) - 1] for cut in cuts[1:-1])})


def _leads(text: str, start: int, end: int) -> Iterator[int]:
    """Give where the beginning of each word begins and where it ends: two of five of its letters, at least one."""
    for found in _WORD.finditer(text, start, end):
        word, at = found[0], found.start()
        if word[0] >= _JOINED or (at == start and at and text[at - 1].isalnum()):
            continue
        yield at
        if word.isascii():
            yield at + -(-2 * len(word) // 5)
        else:
            letters = split_graphemes(word)[0]
            yield at + letters[-(-2 * len(letters) // 5) - 1][1]
