"""The list and the reading pane with the keys of `reader.commands`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from reader.commands import COMMANDS
from reader.ui.screens.talking import TalkingScreen
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.reading_pane import ReadingPane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Region
    from textual.strip import Strip

    from reader.commands import Command, Where
    from reader.model.document import Block


def bindings(where: Where) -> list[BindingType]:
    """Give the bindings of one pane, or of both; sequences of keys are not among them."""
    return [
        Binding(key, f"screen.run('{command.id}')", command.name, show=False, id=command.id)
        for command in COMMANDS
        for key in _keys(command, where)
        if " " not in key
    ]


def _keys(command: Command, where: Where) -> tuple[str, ...]:
    own = command.keys if command.where == where else ()
    return own + command.article_keys if where == "article" else own


def elsewhere() -> list[BindingType]:
    """Give bindings for the keys that do something in the article, and nothing in the list."""
    here = {key for command in COMMANDS if command.where != "article" for key in command.keys}
    there = {key for command in COMMANDS for key in _keys(command, "article") if " " not in key}
    return [Binding(key, "elsewhere", show=False) for key in sorted(there - here)]


class Articles(ArticleList):
    """The list on the left, with its keys."""

    BORDER_TITLE = "Articles"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list"), *elsewhere()]

    def action_elsewhere(self) -> None:
        """Say where the key does something."""
        if isinstance(self.screen, TalkingScreen):
            self.screen.say("That works in the article: Enter goes in.")


class Pane(ReadingPane):
    """The article on the right, with its keys."""

    BORDER_TITLE = "Article"
    BINDINGS: ClassVar[list[BindingType]] = bindings("article")

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
