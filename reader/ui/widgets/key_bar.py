"""The bottom line: the keys of the pane that has the focus, or the hint of a sequence begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.commands import BY_ID, FOOTER, Place
from reader.ui.styling import part_style
from reader.ui.widgets.keyed import keymap_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events


class KeyBar(Widget):
    """Shows as many keys as have room, the first and the last (help) always; a click does what the key does."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--hint"}

    where: reactive[Place] = reactive("list")
    hint: reactive[str] = reactive("")
    words: reactive[Mapping[str, str]] = reactive(dict)
    """Other words than the usual ones, by command; a command with an empty one is left out."""

    awake: reactive[bool] = reactive(default=True)
    """Whether the keys do something now; while a dialogue lies over them they are not shown."""

    class Asked(Message):
        """A key was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def _shown(self) -> list[tuple[str, str, str]]:
        """Give the command, the key and the word of each that fits, the words short where room is scarce."""
        for short in (False, True):
            parts = [self._part(name, short=short) for name in self._names()]
            if self._width(parts) <= self.size.width:
                return parts
        while len(parts) > 2 and self._width(parts) > self.size.width:
            del parts[-2]
        return parts

    def _names(self) -> list[str]:
        """Give the commands that do something now and have a key."""
        keys = keymap_of(self)
        return [name for name in FOOTER[self.where] if self.words.get(name, name) and keys.keys_of(name, self.where)]

    def _part(self, name: str, *, short: bool) -> tuple[str, str, str]:
        words = (self.words.get(name) or BY_ID[name].footer).split("|")
        return name, keymap_of(self).key(name, self.where), words[-1] if short else words[0]

    @staticmethod
    def _width(parts: list[tuple[str, str, str]]) -> int:
        return sum(cell_len(key) + cell_len(word) + 3 for _, key, word in parts)

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        base = self.rich_style
        style = part_style(self, "key-bar--key", base)
        if not self.awake:
            return Strip.blank(self.size.width, base)
        if self.hint:
            hint = part_style(self, "key-bar--hint", base)
            return Strip([Segment(f" {self.hint}", hint)]).adjust_cell_length(self.size.width, base)
        segments = []
        for _, key, word in self._shown():
            segments += [Segment(f" {key}", style), Segment(f" {word} ", base)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        right = 0
        for command, key, word in self._shown():
            right += cell_len(key) + cell_len(word) + 3
            if event.x < right:
                self.post_message(self.Asked(command))
                return
