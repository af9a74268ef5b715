"""An article on a page of some width: its header, its blocks and the reader's notes, laid out when looked at."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from reader.model.article import as_time
from reader.model.document import Block, Passage, Point, bounded
from reader.ui.widgets.around import about, below, enclosures, tags
from reader.ui.widgets.layout import BLANK, Line, close_to, lay_out, title_lines
from reader.ui.widgets.lines import Run
from reader.ui.widgets.look import Look
from reader.ui.widgets.measured import cells_of, measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.selection import Selection

    from reader.library.shelf import Opened
    from reader.model.annotation import Highlight
    from reader.ui.widgets.lines import Styles

PACE: Final = 230
"""Words a minute that are read where the reader says nothing else."""

_KEPT: Final = 400
"""Lines that are kept laid out, in view or not."""

_AROUND: Final = 1
"""Items on either side of the view that are kept with it when there are too many lines."""

_NOTE_HEAD: Final = (Block("rule", ""), Block("heading", "Your note"))
_ORPHAN: Final = (2,)
"""What the quote of a highlight whose words are gone is nested in: an indent."""
_ORPHANS_HEAD: Final = (Block("rule", ""), Block("heading", "Highlights whose words are not in this text any more"))


class Page:
    """The items of an article: number 0 is its header, then come its blocks, what is told below, and the notes.

    Args:
        opened: the article.
        width: cells that a line of text may take.
        styles: a style for each part of a layout.
        look: how the text is set.
        pace: words a minute, for the reading time.
        picture: gives the lines that show a picture of some width, None while there are none.
        former: the page before: what looks the same on this one is not laid out again.
    """

    def __init__(
        self,
        opened: Opened,
        width: int,
        styles: Styles,
        look: Look = Look(),  # noqa: B008 -- frozen
        pace: int = PACE,
        picture: Callable[[Block, int], Sequence[Line] | None] | None = None,
        former: Page | None = None,
    ) -> None:
        self.opened, self.width = opened, width
        self.highlights: list[tuple[Passage, Highlight]] = []
        """The highlights, with where they stand: those not in the text any more with their quotes below it."""
        self._styles, self._look, self._pace, self._picture = styles, look, pace, picture
        body = opened.document.blocks
        more = list(below(opened.article))
        self._blocks = (*body, *more, *self._orphans(len(body) + len(more)), *_notes(opened))
        self._read = list(accumulate((len(block.text) + 1 for block in body), initial=0))
        self._laid: dict[int, list[Line]] = {}
        self._overhang: dict[int, int] = {}
        if former is not None:
            self._take(former.laid(width, look, styles), former.blocks)
        self._count = sum(map(len, self._laid.values()))

    def laid(self, width: int, look: Look, styles: Styles) -> dict[int, list[Line]]:
        """Give the lines of items as far as they are laid out, none where they are set in another way."""
        return self._laid if (width, look, styles) == (self.width, self._look, self._styles) else {}

    def _take(self, laid: dict[int, list[Line]], blocks: Sequence[Block]) -> None:
        """Take lines of a former page for the blocks that are the same on this one, and stand between the same."""
        for item, lines in laid.items():
            around = slice(max(0, item - 2), item + 1)
            same = 0 < item < self.count and self._blocks[around] == blocks[around]
            # How high a picture is depends on the view as well.
            if same and self._blocks[item - 1].kind != "image":
                self._laid[item] = lines

    def _orphans(self, number: int) -> Iterator[Block]:
        """Give what is told of the highlights that were not found, from a block number on, and note all down."""
        lost = []
        for anchored in self.opened.highlights:
            if anchored.passage is None:
                lost.append(anchored.highlight)
            else:
                self.highlights.append((anchored.passage, anchored.highlight))
        if lost:
            yield from _ORPHANS_HEAD
            number += len(_ORPHANS_HEAD)
        for highlight in lost:
            # Without a bar: it would look like the paragraph mark.
            said = list(bounded((Block("quote", highlight.quote.exact, within=_ORPHAN),)))
            end = Point(number + len(said) - 1, len(said[-1].text))
            self.highlights.append((Passage(Point(number, 0), end), highlight))
            if highlight.note:
                said += bounded((Block("note", highlight.note),))
            yield from said
            number += len(said)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks: the body's, then those below it."""
        return self._blocks

    @property
    def count(self) -> int:
        """Count the items."""
        return len(self._blocks) + 1

    @property
    def body(self) -> int:
        """Count the blocks of the article itself."""
        return len(self._read) - 1

    def lines(self, item: int) -> list[Line]:
        """Give the lines of an item."""
        found = self._laid.get(item)
        if found is None:
            found = self._laid[item] = self._header() if item == 0 else self._block(item - 1)
            self._count += len(found)
        return found

    def written(self, item: int, number: int) -> bool:
        """Tell whether anything stands on a line."""
        line = self.lines(item)[number]
        return bool(line.body or line.lead)

    def forget(self, first: int, last: int) -> bool:
        """Forget lines far from the items in view, if there are too many; tell whether any were."""
        if self._count <= _KEPT:
            return False
        near = range(first - _AROUND, last + _AROUND + 1)
        self._laid = {item: lines for item, lines in self._laid.items() if item in near}
        self._overhang = {item: cells for item, cells in self._overhang.items() if item in near}
        self._count = sum(map(len, self._laid.values()))
        return True

    def renew(self, number: int) -> int:
        """Forget the lines of a block, as its picture came; tell how many there were."""
        lines = self._laid.pop(number + 1, ())
        self._count -= len(lines)
        self._overhang.pop(number + 1, None)
        return len(lines)

    def overhang(self, item: int) -> int:
        """Give by how many cells the longest of an item's wide lines is wider than there is room."""
        found = self._overhang.get(item)
        if found is None:
            wide = (self.cells(line) - self.room(line) for line in self.lines(item) if line.wide)
            found = self._overhang[item] = max(0, max(wide, default=0))
        return found

    def room(self, line: Line) -> int:
        """Give the cells that a line's body can take."""
        return max(1, self.width - sum(cells_of(segment.text) for segment in line.lead))

    def cells(self, line: Line) -> int:
        """Give the cells that a line's body takes."""
        return measured(line).cells[-1]

    def _header(self) -> list[Line]:
        article = self.opened.article
        lines = title_lines(article.row.title, about(article, self._pace), self.width, self._styles)
        own = " ".join(f"#{tag}" for tag in self.opened.marks.tags)
        quiet = [Block("aside", text) for text in (own, tags(article), *enclosures(article)) if text]
        for block in quiet:
            lines += lay_out(block, self.width, self._styles, close=True)
        return _told([*lines, BLANK] if quiet else lines)

    def _block(self, number: int) -> list[Line]:
        block = self._blocks[number]
        before = self._blocks[number - 1] if number else None
        after = self._blocks[number + 1] if number + 1 < len(self._blocks) else None
        close = close_to(block, after, self._look)
        lines = lay_out(block, self.width, self._styles, close=close, look=self._look, before=before, after=after)
        if block.kind == "image" and self._picture is not None:
            lines = [*(self._picture(block, self.width) or ()), *lines]
        return lines

    def read(self, item: int, line: int) -> float:
        """Give the share of the article (0 to 1) that stands above the end of a line."""
        if item > self.body:
            return 1.0
        if item == 0:
            return 0.0
        share = (line + 1) / len(self.lines(item))
        read = self._read[item - 1] + share * (self._read[item] - self._read[item - 1])
        return min(1.0, read / self._read[-1])

    def left(self, progress: float) -> str:
        """Give how much of the article is read, and how long the rest takes."""
        minutes = max(1, round(self.opened.row.words * (1 - progress) / max(1, self._pace)))
        return f"{progress * 100:.0f} %" + (f" · {as_time(minutes)} left" if progress < 1 else "")

    def selected(self, selection: Selection) -> str:
        """Give the selected text, blocks parted by a blank line."""
        first = selection.start.y if selection.start is not None else 0
        last = selection.end.y if selection.end is not None else self.count - 1
        parts = []
        for item in range(max(0, first), min(last, self.count - 1) + 1):
            span = selection.get_span(item)
            if span is not None:
                text = "\n".join(line.text for line in self.lines(0)) if item == 0 else self._blocks[item - 1].text
                parts.append(text[span[0] : None if span[1] == -1 else span[1]].strip())
        return "\n\n".join(part for part in parts if part)


def _told(lines: list[Line]) -> list[Line]:
    """Let lines that are of no block tell where their text is in that of all of them, parted by line feeds."""
    told, at = [], 0
    for line in lines:
        end = at + len(line.text)
        told.append(replace(line, runs=(Run(0, at, end),)) if line.body else line)
        at = end + 1
    return told


def _notes(opened: Opened) -> Iterator[Block]:
    for note in opened.notes:
        yield from (*_NOTE_HEAD, *bounded(note.blocks))
