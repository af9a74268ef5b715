"""The list and the reading pane, as the screen of both has them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reader.model.article import TAGGED
from reader.model.keys import Keys, keys_of
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.reading_pane import ReadingPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.geometry import Region
    from textual.strip import Strip

    from reader.model.article import Row
    from reader.model.document import Block


class Articles(ArticleList):
    """The list on the left."""

    BORDER_TITLE = "Articles"

    def __init__(self, rows: Callable[[Sequence[int]], list[Row]], *, pace: int, id: str | None = None) -> None:  # noqa: A002 -- Textual calls it so
        super().__init__(rows, pace=pace, id=id)
        self._marked_in: dict[int, int] = {}
        self._counted: object = None
        """The keys of the listing whose groups were counted."""

    def read_at(self, pace: int) -> None:
        """Tell reading times from now on by another pace, in words a minute."""
        self._painter.pace = pace
        self._painter.clear()
        self.refresh()

    def draw_at(self, moment: int) -> None:
        """Tell ages from now on as they will be at a moment, in seconds since 1970."""
        self._painter.clock = lambda: moment
        self._painter.clear()
        self.refresh()

    def in_view(self) -> list[tuple[Row, int]]:
        """Give the article on each line that shows one, and the line."""
        lines = [(self.listing.index_at(item), y) for y, (item, _) in enumerate(self._visible())]
        return [(self.row(index), y) for index, y in lines if index is not None]

    @property
    def marked(self) -> Keys:
        """The articles that are marked for what is done next."""
        return self._painter.marked

    def mark(self, keys: Keys) -> None:
        """Show other articles as marked."""
        before, self._painter.marked = self._painter.marked, keys
        self._marked_in.clear()
        for item in {item for item, _ in self._visible()}:
            index = self.listing.index_at(item)
            key = None if index is None else self.listing.keys[index]
            if key is None or (key in keys) != (key in before):
                self._refresh_item(item)

    def marked_in(self, group: int) -> int:
        """Count the articles of a group that are marked, as far as its heading is to tell it."""
        found = self.listing.groups[group]
        if not self.marked or not found.folded:
            return 0
        if self._counted is not self.listing.keys:
            self._counted = self.listing.keys
            self._marked_in.clear()
        if group not in self._marked_in:
            keys = self.listing.keys[found.start : found.start + found.count]
            self._marked_in[group] = len(self.marked & keys_of(keys))
        return self._marked_in[group]

    def show_tags(self, tags_of: Callable[[int], tuple[str, ...]] | None) -> None:
        """Show the tags of the articles as they are now.

        Args:
            tags_of: gives those of an article by its id, None for none.
        """
        self._painter.tags_of = tags_of
        self._painter.tags.clear()
        if any(row.has(TAGGED) for row, _ in self.in_view()):
            self.refresh()


class Pane(ReadingPane):
    """The article on the right."""

    BORDER_TITLE = "Article"

    painted: Callable[[], None] | None = None
    """Is told whenever something of the article is painted."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines."""
        if self.painted is not None:
            self.painted()
        return super().render_lines(crop)

    @property
    def text_width(self) -> int:
        """Cells of a line of text."""
        return self._width

    def images(self) -> list[tuple[Block, int, int, int, int]]:
        """Give the pictures in view: the block, its first line in view, their number, and where on the screen it is."""
        found = []
        left, top = self.content_region.offset
        for item, lines in groupby(enumerate(self._visible()), key=lambda one: one[1][0]):
            block = self.blocks[item - 1] if item else None
            if block is not None and block.kind == "image":
                y, (_, first) = next(lines)
                found.append((block, first, 1 + sum(1 for _ in lines), left + self._margin, top + y))
        return found
