"""Exporting: which articles, in which format, and where to; how far it is, and what came of it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from reader.library import ERRORS
from reader.library.exporting import FORMATS, ExportError, Report, Stopped
from reader.ui.dialogs.add_paths import PathSuggester
from reader.ui.widgets.choice import Choice
from reader.ui.widgets.dialogue import Dialogue
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    Write = Callable[["Wish", Callable[[int, int], None], Callable[[], bool]], Report]

_KEYS: Final = "Tab next · Enter exports · Esc leaves"
_STOPS: Final = "Esc stops"
_THERE: Final = "there is a file already"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported: a name of the articles that are offered, a format and a place; perhaps over a file."""

    what: str
    format: str
    place: str
    replace: bool = False


class ExportScreen(Dialogue[Report]):
    """Asks what, how and where; writes it in a thread, and is left when that is done. Esc stops it before.

    Args:
        offered: what may be exported, by name, as people are told it; the first is proposed.
        format: the format that is proposed.
        places: where each format goes.
        write: writes it; called in a thread with what tells how far it is and what asks whether to stop.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("enter", "begin", "Export", priority=True),
        Binding("tab", "app.focus_next", "Next", show=False),
        Binding("shift+tab", "app.focus_previous", "Before", show=False),
    ]

    def __init__(
        self,
        offered: Sequence[tuple[str, str]],
        format: str,  # noqa: A002 -- what it is
        places: Mapping[str, str],
        write: Write,
    ) -> None:
        super().__init__()
        self._offered, self._format, self._places, self._write = offered, format, places, write
        self._stop: threading.Event | None = None
        """Ends what is under way; None when nothing is."""
        self._refused: Wish | None = None

    def compose(self) -> ComposeResult:
        """Show the question."""
        with Vertical(id="export", classes="dialogue") as box:
            box.border_title = "Export"
            box.border_subtitle = _KEYS
            with Horizontal():
                yield from self._column("Articles", "what", self._offered, self._offered[0][0])
                formats = [(one.name, one.name) for one in FORMATS.values()]
                yield from self._column("Format", "format", formats, self._format)
            yield Static(Content(""), classes="about")
            yield Static("Where to", classes="label", markup=False)
            yield Input(self._places[self._format], suggester=PathSuggester(case_sensitive=True), select_on_focus=False)
            yield Static(Content(""), classes="said")

    @staticmethod
    def _column(title: str, name: str, choices: Sequence[tuple[str, str]], now: str) -> ComposeResult:
        with Vertical():
            yield Static(Content(title), classes="label")
            options = Choice(*(Option(Content(said), id=one) for one, said in choices), id=name)
            options.highlighted = [one for one, _ in choices].index(now)
            yield options

    def on_mount(self) -> None:
        """Begin with the format."""
        self.query_one("#format").focus()
        self._tell_about()

    def on_unmount(self) -> None:
        """End what is under way."""
        if self._stop is not None:
            self._stop.set()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Propose where that format goes, unless somebody typed something else."""
        if event.option_list.id == "format" and event.option.id is not None:
            line = self.query_one(Input)
            if line.value in {self._places[self._format], ""}:
                line.value = self._places[event.option.id]
            self._format = event.option.id
            self._tell_about()

    def _tell_about(self) -> None:
        self.query_one(".about", Static).update(Content(FORMATS[self._format].said))

    def on_click(self, event: events.Click) -> None:
        """Let a click on a choice only choose."""
        event.stop()

    def action_begin(self) -> None:
        """Write it; where a file is, only when asked for a second time."""
        if self._stop is not None:
            return
        place = self.query_one(Input).value.strip()
        if not place:
            self._say("Say where it is to go: a file, or a folder.")
            return
        what = self.query_one("#what", Choice).highlighted_option
        wish = Wish((what.id if what is not None else None) or self._offered[0][0], self._format, place)
        replace = self._refused == wish
        self._refused = wish
        self._begin(Wish(wish.what, wish.format, wish.place, replace))

    def _begin(self, wish: Wish) -> None:
        stop = self._stop = threading.Event()
        self.query_one("#export", Vertical).border_subtitle = _STOPS
        self._say("Exporting…")

        def tell(done: int, total: int) -> None:
            said = f"Exporting… {done:,} of {total:,} articles"
            self.app.call_from_thread(self._under_way, stop, lambda: self._say(said))

        def work() -> None:
            try:
                report = self._write(wish, tell, stop.is_set)
            except Stopped:
                self.app.call_from_thread(self._ended, stop, lambda: None)
            except (ExportError, *ERRORS) as error:
                why = _why(error)
                self.app.call_from_thread(self._ended, stop, lambda: self._failed(why))
            else:
                self.app.call_from_thread(self._ended, stop, lambda: self.dismiss(report) and None)

        self.run_worker(work, thread=True)

    def _under_way(self, stop: threading.Event, then: Callable[[], None]) -> None:
        if self._stop is stop and self.is_mounted:
            then()

    def _ended(self, stop: threading.Event, then: Callable[[], None]) -> None:
        if self._stop is stop and self.is_mounted:
            self._stop = None
            self.query_one("#export", Vertical).border_subtitle = _KEYS
            then()

    def _failed(self, why: str) -> None:
        if _THERE in why:
            why += ". Enter once more replaces it."
        else:
            self._refused = None
        self._say(why)

    def action_leave(self) -> None:
        """Stop what is under way, or leave the dialogue."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self.query_one("#export", Vertical).border_subtitle = _KEYS
            self._say("Stopped: nothing that was half-way stays.")
        else:
            self.dismiss()

    def _say(self, text: str) -> None:
        self.query_one(".said", Static).update(Content(text))


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def absolute(place: str) -> Path:
    """Give the place that was typed; `~` is the home."""
    try:
        return Path(place).expanduser().absolute()
    except RuntimeError:  # a home that is not known
        return Path(place).absolute()
