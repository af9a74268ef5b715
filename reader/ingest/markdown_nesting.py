"""What a block of Markdown is nested in: quotes, items of lists, definitions and footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.document import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

HOLDERS: Final = frozenset({"blockquote_open", "list_item_open", "dd_open", "footnote_reference_open"})
"""Tokens that open what holds blocks."""

_BULLET: Final = "•"
_OUTER: Final = 2
"""Cells by which a list that is in no other one is indented."""
_DEFINITION: Final = 4
_FOOTNOTE: Final = 4
_LAST: Final = "last"


def foresee_numbers(tokens: Sequence[Token]) -> None:
    """Note with each ordered list the number of its last item: all its items are indented alike."""
    lists: list[tuple[Token, int]] = []
    for token in tokens:
        match token.type:
            case "ordered_list_open" | "bullet_list_open":
                lists.append((token, int(token.attrGet("start") or 1) - 1))
            case "list_item_open":
                lists[-1] = lists[-1][0], lists[-1][1] + 1
            case "ordered_list_close" | "bullet_list_close":
                opened, last = lists.pop()
                opened.meta[_LAST] = last


class Nesting:
    """Follows the tokens that open and close what holds blocks."""

    def __init__(self) -> None:
        self._steps: list[tuple[BlockKind, int]] = []
        self._lists: list[tuple[int | None, int]] = []
        self._marker = ""
        self._marked = 0

    @property
    def kind(self) -> BlockKind:
        """The kind of a block of text here."""
        return self._steps[-1][0] if self._steps else "paragraph"

    @property
    def level(self) -> int:
        """How many of its kind the innermost holder is in, itself counted."""
        return sum(kind == self.kind for kind, _ in self._steps)

    @property
    def within(self) -> tuple[int, ...]:
        """What a block here is nested in, as `Block` tells it."""
        return tuple(cells for kind, cells in self._steps if kind != "term")

    def marker(self) -> str:
        """Give the marker that a block of text here begins with, once."""
        if self._marked != len(self._steps):
            return ""
        marker, self._marker = self._marker, ""
        return marker

    def unmarked(self) -> list[Block]:
        """Give a block of no text for a marker that no block of text takes, if there is one."""
        if not self._marker or self._marked > len(self._steps):
            return []
        marker, self._marker = self._marker, ""
        steps = self._steps[: self._marked]
        kind = steps[-1][0]
        level = 0 if kind == "footnote" else sum(step[0] == kind for step in steps)
        within = tuple(cells for other, cells in steps if other != "term")
        return [Block(kind, "", (), level, marker, within)]

    def begin_footnote(self, number: str) -> None:
        """Begin a footnote, which is in nothing else."""
        self._steps = [("footnote", _FOOTNOTE)]
        self._lists = []
        self._marker, self._marked = number, 1

    def end_footnote(self) -> None:
        """End it."""
        self._steps = []
        self._marker = ""

    def follow(self, name: str, edge: str, token: Token) -> bool:
        """Follow a token, and tell whether it is one that holds blocks."""
        opens = edge == "open"
        match name:
            case "blockquote":
                self._step("quote", 0, opens)
            case "bullet_list" | "ordered_list":
                self._list(name, opens, token)
            case "list_item":
                self._item(opens)
            case "dt":
                self._step("term", 0, opens)
            case "dd":
                self._step("definition", _DEFINITION, opens)
            case _:
                return False
        return True

    def _step(self, kind: BlockKind, cells: int, opens: bool) -> None:
        if opens:
            self._steps.append((kind, cells))
        elif self._steps:
            self._steps.pop()

    def _list(self, name: str, opens: bool, token: Token) -> None:
        if not opens:
            if self._lists:
                self._lists.pop()
            return
        outer = 0 if any(kind == "item" for kind, _ in self._steps) else _OUTER
        if name == "bullet_list":
            self._lists.append((None, outer + len(_BULLET) + 1))
        else:
            cells = outer + len(f"{token.meta[_LAST]}.") + 1
            self._lists.append((int(token.attrGet("start") or 1), cells))

    def _item(self, opens: bool) -> None:
        if not self._lists:
            return
        number, cells = self._lists[-1]
        self._step("item", cells, opens)
        self._marker = ""
        if opens:
            self._marker = _BULLET if number is None else f"{number}."
            self._marked = len(self._steps)
            self._lists[-1] = (None if number is None else number + 1), cells
