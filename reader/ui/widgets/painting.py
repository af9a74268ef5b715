"""What is painted over the text: highlights, matches, what is chosen, and the labels of links."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from rich.segment import Segment
from rich.style import Style

from reader.ui.widgets.hyperlinks import steady
from reader.ui.widgets.measured import cells_of, cut, measured
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.model.annotation import Color
    from reader.model.document import Passage
    from reader.ui.widgets.lines import Line

Part: TypeAlias = Literal[
    "highlight-yellow", "highlight-green", "highlight-blue", "highlight-red", "match", "match-now", "chosen"
]
OVERLAYS: Final[tuple[Part, ...]] = (
    "highlight-yellow", "highlight-green", "highlight-blue", "highlight-red", "match", "match-now", "chosen",
)  # fmt: skip
"""What can lie over text, in the order of painting: later ones over earlier ones."""

HIGHLIGHTS: Final[dict[Color, Part]] = {
    "yellow": "highlight-yellow", "green": "highlight-green", "blue": "highlight-blue", "red": "highlight-red",
}  # fmt: skip

_RANK: Final = {part: rank for rank, part in enumerate(OVERLAYS)}


@dataclass(frozen=True, slots=True)
class Overlay:
    """A passage that is painted over, as one of OVERLAYS."""

    passage: Passage
    part: Part


@dataclass(frozen=True, slots=True)
class Cover:
    """A stretch of a block's text that is painted over."""

    start: int
    end: int
    style: Style


class _InBlock:
    """The overlays inside a block, from left to right."""

    def __init__(self, overlays: Sequence[Overlay]) -> None:
        spans = ((overlay.passage.start.offset, overlay.passage.end.offset, overlay.part) for overlay in overlays)
        self.found = sorted(span for span in spans if span[0] < span[1])
        self.longest = max((stop - begin for begin, stop, _ in self.found), default=0)

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, Part]]:
        for at in range(bisect_left(self.found, (start - self.longest,)), len(self.found)):
            begin, stop, part = self.found[at]
            if begin >= end:
                return
            if stop > start:
                yield begin, stop, part


class _Named:
    """The overlays of one name, by block; those over several blocks apart."""

    def __init__(self, overlays: Sequence[Overlay]) -> None:
        self.blocks: defaultdict[int, list[Overlay]] = defaultdict(list)
        self.long: list[Overlay] = []
        self._looked_at: dict[int, _InBlock] = {}
        blocks, long = self.blocks, self.long
        for overlay in overlays:
            passage = overlay.passage
            block = passage.start.block
            if block == passage.end.block:
                blocks[block].append(overlay)
            else:
                long.append(overlay)

    def over(self, first: int, last: int) -> bool:
        if any(number in self.blocks for number in range(first, last + 1)):
            return True
        return any(long.passage.start.block <= last and long.passage.end.block >= first for long in self.long)

    def within(self, block: int, start: int, end: int) -> Iterator[tuple[int, int, Part]]:
        if block in self.blocks:
            inside = self._looked_at.get(block)
            if inside is None:
                inside = self._looked_at[block] = _InBlock(self.blocks[block])
            yield from inside.within(start, end)
        for long in self.long:
            passage = long.passage
            if passage.start.block <= block <= passage.end.block:
                begin = passage.start.offset if block == passage.start.block else 0
                stop = passage.end.offset if block == passage.end.block else end
                if begin < end and stop > start:
                    yield begin, stop, long.part


class Overlays:
    """All overlays, by name: asking for those of a line costs the same however many there are elsewhere."""

    def __init__(self) -> None:
        self._named: dict[str, _Named] = {}

    def put(self, name: str, overlays: Sequence[Overlay], first: int, last: int) -> bool:
        """Replace the overlays of a name; tell whether that changes any of the blocks from `first` to `last`."""
        before = self._named.pop(name, None)
        changed = before is not None and before.over(first, last)
        if overlays:
            self._named[name] = _Named(overlays)
            changed = changed or self._named[name].over(first, last)
        return changed

    def within(self, block: int, start: int, end: int) -> list[tuple[int, int, Part]]:
        """Give what lies over a stretch of a block's text, in the order of painting."""
        found = [over for named in self._named.values() for over in named.within(block, start, end)]
        return sorted(found, key=lambda over: _RANK[over[2]])


_OF_ARTICLE: Final = {"article": True}
"""Tells what is of an article's text from what is ours; `reader.ui.plain` asks for it."""


@dataclass(slots=True)
class _Piece:
    """A stretch of a line in one style; `offset` is None where it is decoration."""

    text: str
    style: Style
    offset: int | None
    cell: int

    @property
    def end(self) -> int:
        return self.cell + cells_of(self.text)


def painted(
    line: Line,
    item: int,
    covers: Sequence[Cover] = (),
    *,
    window: tuple[int, int] | None = None,
    labels: Sequence[tuple[int, str, Style]] = (),
) -> list[Segment]:
    """Paint over the body of a line.

    Each segment of text tells where in the item it begins (Textual's selection asks for that).

    Args:
        line: the line.
        item: its item.
        covers: what is painted over its text, later ones over earlier ones.
        window: the cells of it that are shown, from where up to where; None for all.
        labels: what is painted over the first cells of what begins at an offset.
    """
    cuts = sorted({at for cover in covers for at in (cover.start, cover.end)} | {label[0] for label in labels})
    pieces = [_covered(piece, covers) for piece in _pieces(line, cuts, window)]
    if window is not None:
        pieces = [seen for piece in pieces if (seen := _seen(piece, *window)) is not None]
    for offset, text, style in labels:
        pieces = _labelled(pieces, offset, text, style)
    return [_segment(piece, item) for piece in pieces]


def _pieces(line: Line, cuts: Sequence[int], window: tuple[int, int] | None) -> Iterator[_Piece]:
    """Part a line's body: where a run of text begins or ends, and at offsets of the text; only what is in a window."""
    whole = measured(line)
    low, high = window or (0, None)
    first = whole.first(low) if low else 0
    if first >= len(line.body):
        return
    cell, runs = whole.cells[first], whole.runs
    number, begun = whole.running(first) if first else (0, None)
    at, inside = begun or 0, begun is not None
    for left, given, _ in line.body[first:]:
        style = given or Style.null()
        if high is not None and cell >= high:
            return
        while left:
            if number < len(runs) and not inside and cell >= runs[number].cell:
                inside, at = True, runs[number].start
            if not inside:
                size, offset = len(left), None
            else:
                run, after = runs[number], bisect_left(cuts, at + 1)
                size, offset = min((cuts[after] if after < len(cuts) else run.end) - at, run.end - at, len(left)), at
                at += size
                if at >= run.end:
                    inside, number = False, number + 1
            text, left = left[:size], left[size:]
            yield _Piece(text, style, offset, cell)
            cell += cells_of(text)


def _covered(piece: _Piece, covers: Sequence[Cover]) -> _Piece:
    if piece.offset is not None:
        for cover in covers:
            if cover.start <= piece.offset < cover.end:
                piece.style += cover.style
    return piece


def _seen(piece: _Piece, low: int, high: int) -> _Piece | None:
    """Give the part of a piece that is in a window, counted from its left."""
    if piece.end <= low or piece.cell >= high:
        return None
    _, text = cut(piece.text, low - piece.cell)
    # Of what is cut in two a space is left: it stands for the same character.
    offset = piece.offset + len(piece.text) - len(text) if piece.offset is not None else None
    cell = max(low, piece.cell)
    if cell + cells_of(text) > high:
        text, _ = cut(text, high - cell)
    return _Piece(text, piece.style, offset, cell - low)


def _labelled(pieces: list[_Piece], offset: int, text: str, style: Style) -> list[_Piece]:
    """Lay a label over the cells from an offset on."""
    first = next((piece for piece in pieces if piece.offset == offset), None)
    if first is None:
        return pieces
    start, end = first.cell, first.cell + cells_of(text)
    found = [piece for piece in pieces if piece.cell < start]
    found.append(_Piece(text, first.style + style, offset, start))
    for piece in pieces:
        if piece.cell >= start and piece.end > end:
            _, rest = cut(piece.text, end - piece.cell)
            skipped = len(piece.text) - len(rest)
            at = piece.offset + skipped if piece.offset is not None else None
            found.append(_Piece(rest, piece.style, at, max(piece.cell, end)))
    return found


def _segment(piece: _Piece, item: int) -> Segment:
    if piece.offset is None:
        return Segment(piece.text, piece.style)
    meta = {"offset": (piece.offset, item), **(_OF_ARTICLE if item else {})}
    return Segment(piece.text, steady(piece.style + Style.from_meta(meta)))
