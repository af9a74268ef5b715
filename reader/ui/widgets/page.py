"""An article on a page of some width: its header, its blocks and the reader's notes, laid out when looked at."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from reader.model.document import Block
from reader.ui.widgets.around import about, below, enclosures, tags
from reader.ui.widgets.layout import BLANK, Line, close_to, lay_out, title_lines

if TYPE_CHECKING:
    from textual.selection import Selection

    from reader.library.shelf import Opened
    from reader.ui.widgets.lines import Styles

_LINES: Final = 100_000
_NOTE_HEAD: Final = (Block("rule", ""), Block("heading", "Your note"))


class Page:
    """The items of an article: number 0 is its header, then come its blocks, what is told below, and the notes.

    Args:
        opened: the article.
        width: cells that a line of text may take.
        styles: a style for each part of a layout.
    """

    def __init__(self, opened: Opened, width: int, styles: Styles) -> None:
        self.opened, self.width = opened, width
        self._styles = styles
        body = opened.document.blocks
        notes = (block for note in opened.notes for block in (*_NOTE_HEAD, *note.blocks))
        self._blocks = (*body, *below(opened.article), *notes)
        self._read = list(accumulate((len(block.text) + 1 for block in body), initial=0))
        self._laid: dict[int, list[Line]] = {}

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
        return found

    def _header(self) -> list[Line]:
        article = self.opened.article
        lines = title_lines(article.row.title, about(article), self.width, self._styles)
        quiet = [Block("aside", text) for text in (tags(article), *enclosures(article)) if text]
        for block in quiet:
            lines += lay_out(block, self.width, self._styles, close=True)
        return [*lines, BLANK] if quiet else lines

    def _block(self, number: int) -> list[Line]:
        block = self._blocks[number]
        following = self._blocks[number + 1] if number + 1 < len(self._blocks) else None
        return lay_out(block, self.width, self._styles, close=close_to(block, following))

    def read(self, item: int, line: int) -> float:
        """Give the share of the article (0 to 1) that stands above the end of a line."""
        if item > self.body:
            return 1.0
        if item == 0:
            return 0.0
        share = (line + 1) / len(self.lines(item))
        read = self._read[item - 1] + share * (self._read[item] - self._read[item - 1])
        return min(1.0, read / self._read[-1])

    def selected(self, selection: Selection) -> str:
        """Give the selected text: lines of a block joined, blocks parted by a blank line."""
        parts: list[str] = []
        for item in range(self.count):
            texts = []
            for number, line in enumerate(self.lines(item)):
                span = selection.get_span(offset_of(item, number))
                if span is not None:
                    texts.append(line.text[span[0] : None if span[1] == -1 else span[1]])
            apart = item > 0 and self._blocks[item - 1].kind in ("code", "table")
            parts.append(("\n" if apart else " ").join(texts).strip())
        return "\n\n".join(part for part in parts if part)


def offset_of(item: int, line: int) -> int:
    """Give a line the y of its offset: one that keeps the order of lines without knowing their number."""
    return item * _LINES + line
