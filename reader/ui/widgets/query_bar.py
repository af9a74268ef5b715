"""The line in which a search or a filter is typed, there only while it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from reader.ui.styling import part_style
from reader.ui.text import shorten, wrap
from reader.ui.widgets.completions import Completions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size

    from reader.model.query import Completion, QueryError

_LEAST: Final = 24
"""Cells that what is wrong needs beside its sign, else it goes on a line of its own."""


class Listener(Protocol):
    """Who is told what happens in the bar."""

    def typed(self, text: str) -> None:
        """Something else is typed now."""

    def close(self, *, keep: bool) -> None:
        """The bar is left: with Enter, which keeps what is found, or with Esc."""

    def complete(self, text: str, cursor: int, *, asked: bool) -> None:
        """What could be typed is wanted; `asked` by a key, and not only because something else is typed."""


class _Line(Input):
    """What is typed."""

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text, placeholder=hint, select_on_focus=False)

    @property
    def scrolled(self) -> int:
        """Cells of the text that are out of view at the left."""
        return self.scroll_offset.x


class Wrong(Widget):
    """What is wrong with a query, under the word that is wrong; else what the keys do."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"search--wrong", "search--hint"}

    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line, self._hint = line, ""
        self._error: QueryError | None = None

    def say(self, error: QueryError | None, hint: str) -> None:
        """Say what is wrong, or if nothing is, what the keys do."""
        if (error, hint) != (self._error, self._hint):
            before, self._error, self._hint = self._tall(self.size.width), error, hint
            self.refresh(layout=before != self._tall(self.size.width))

    def _placed(self, width: int) -> tuple[int, int, list[str]]:
        """Give where the sign under the wrong word begins, how long it is, and the lines of what is said."""
        error = self._error
        if error is None:
            return 0, 0, [shorten(self._hint, max(0, width))]
        text = self._line.value
        left = max(0, cell_len(text[: error.start]) - self._line.scrolled)
        left = min(left, max(0, width - 1))
        long = max(1, min(cell_len(text[error.start : error.end]), width - left))
        said = f"{error.message}"
        if error.suggestion is not None:
            said += f" · Tab: {error.suggestion}"
        beside = width - left - long - 1
        if cell_len(said) <= max(beside, 0):
            return left, long, [said]
        lines = [said[start:end] for start, end in wrap(said, max(8, width))]
        return left, long, ["", *lines[:2]]

    def _tall(self, width: int) -> int:
        return len(self._placed(width)[2])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines."""
        del container, viewport
        return self._tall(width)

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        base, width = self.rich_style, self.size.width
        left, long, lines = self._placed(width)
        said = lines[y] if y < len(lines) else ""
        style = part_style(self, "search--wrong" if long else "search--hint", base)
        segments = [Segment(said, style)]
        if long and y == 0:
            segments = [Segment(" " * left, base), Segment(f"{'^' * long} {said}".rstrip(), style)]
        return Strip(segments).adjust_cell_length(width, base)


class QueryBar(Vertical):
    """Searches as one types: Enter keeps what is found, Esc gives it up, Tab takes what is proposed.

    Args:
        text: what is asked already.
        listener: is told what happens.
        hint: what is said while nothing is typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Give up", show=False, priority=True),
        Binding("tab", "take", "Take what is proposed", show=False, priority=True),
        Binding("down", "pick(1)", "Next", show=False, priority=True),
        Binding("up", "pick(-1)", "Previous", show=False, priority=True),
        Binding("enter", "keep", "Keep", show=False, priority=True),
    ]

    def __init__(self, text: str, listener: Listener, hint: str) -> None:
        super().__init__()
        self.input = _Line(text, hint)
        self._listener = listener
        self._wrong, self._completions = Wrong(self.input), Completions()
        self._error: QueryError | None = None
        self._taken = text
        """The text that was there when the completions were chosen from; they are for no other."""

    def compose(self) -> ComposeResult:
        """Show the line, what is wrong with it, and what could be typed."""
        yield self._completions
        yield self.input
        yield self._wrong

    @property
    def value(self) -> str:
        """What is typed."""
        return self.input.value

    # -- what is told

    def say(self, error: QueryError | None, hint: str = "") -> None:
        """Say what is wrong, or if nothing is, what the keys do."""
        self._error = error
        self._wrong.say(error, hint)

    def propose(self, proposed: Sequence[Completion]) -> None:
        """Show what could be typed at the cursor; nothing takes the list away."""
        at = min((one.start for one in proposed), default=0)
        self._completions.show(proposed, cell_len(self.value[:at]) - self.input.scrolled)

    # -- keys

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed now."""
        event.stop()
        self._listener.typed(event.value)
        self._listener.complete(event.value, self.input.cursor_position, asked=False)

    def action_take(self) -> None:
        """Take what is proposed in the place of what is wrong, else the completion; or ask what there is."""
        error, chosen = self._error, self._completions.chosen
        if chosen is None and error is not None and error.suggestion is not None:
            self._put(error.start, error.end, error.suggestion)
        elif (one := chosen or self._completions.first) is not None:
            self._put(one.start, one.end, one.text)
        else:
            self._listener.complete(self.value, self.input.cursor_position, asked=True)

    def _put(self, start: int, end: int, text: str) -> None:
        value = self.value
        self.propose(())
        self.input.value = value[:start] + text + value[end:]
        self.input.cursor_position = start + len(text)

    def action_pick(self, step: int) -> None:
        """Go through what is proposed; where nothing is, go to what was found."""
        if self._completions.shown:
            self._completions.move(step)
        else:
            self._listener.close(keep=True)

    def action_keep(self) -> None:
        """Take the completion that was gone to; else keep what is found."""
        if self._completions.chosen is not None:
            self.action_take()
        else:
            self._listener.close(keep=True)

    def action_leave(self) -> None:
        """Give it up."""
        self._listener.close(keep=False)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Keep what is found when something else is clicked."""
        event.stop()
        if self.app.app_focus and self.screen.is_current and self.is_attached:
            self._listener.close(keep=True)
