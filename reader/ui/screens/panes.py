"""The list and the reading pane with the keys of `reader.commands`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from reader.commands import COMMANDS
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.reading_pane import ReadingPane

if TYPE_CHECKING:
    from reader.commands import Command, Where


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


class Articles(ArticleList):
    """The list on the left, with its keys."""

    BORDER_TITLE = "Articles"
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")


class Pane(ReadingPane):
    """The article on the right, with its keys."""

    BORDER_TITLE = "Article"
    BINDINGS: ClassVar[list[BindingType]] = bindings("article")
