"""Adding: an address, a path, or a text pasted."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reader.ingest.errors import IngestError
from reader.model.source import FETCHED
from reader.ui.dialogs.add_paths import PathInput, PathSuggester, is_address, is_line, is_watched, read_file
from reader.ui.threads import hand_over
from reader.ui.widgets.choice import Choice
from reader.ui.widgets.dialogue import Dialogue
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from reader.ingest.found import Found, Offer

_ASK: Final = "Type a web address, or the path of a file or a folder; or paste the text of a page here."
_KEYS: Final = "Tab completes · Enter adds · Esc leaves"
_STOPS: Final = "Esc stops"
_CHOOSES: Final = "↓ ↑ or j k choose · Enter takes · Esc leaves"
_OFFERS: Final = 20
_PAGE: Final = "page"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is to be watched."""

    path: str


Answer: TypeAlias = "tuple[Found | Folder, str]"


class AddScreen(Dialogue["tuple[Found | Folder, str]"]):
    """Asks what to add, says what it took it for, and adds it when Enter is pressed.

    What is slow is done in a thread: the dialogue says what is under way, and Esc stops it.

    Args:
        text: a text that was pasted already, empty for none.
        known: tells whether an address is subscribed to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]

    def __init__(self, text: str = "", known: Callable[[str], bool] = lambda _: False) -> None:
        super().__init__()
        self._text, self._known = text, known
        self._answer: Answer | None = None
        self._stop: threading.Event | None = None
        """Ends what is under way; None when nothing is."""

    def compose(self) -> ComposeResult:
        """Show the question."""
        with Vertical(classes="dialogue") as box:
            box.border_title = "Add"
            box.border_subtitle = _KEYS
            yield Static(Content(_ASK), classes="said")
            line = self._text.strip() if is_line(self._text) else ""
            suggester = PathSuggester(case_sensitive=True)
            yield PathInput(line, placeholder="example.org", suggester=suggester, select_on_focus=False)

    def on_mount(self) -> None:
        """Look at what was pasted."""
        if not is_line(self._text):
            self._read_pasted(self._text)

    def on_unmount(self) -> None:
        """End what is under way."""
        if self._stop is not None:
            self._stop.set()

    # -- what is typed and pasted

    def on_key(self, event: events.Key) -> None:
        """Complete the path."""
        if event.key == "tab" and self._input.display:
            event.stop()
            event.prevent_default()
            self._input.action_cursor_right()

    @property
    def _input(self) -> PathInput:
        return self.query_one(PathInput)

    def on_path_input_pasted(self, event: PathInput.Pasted) -> None:
        """Say what a pasted text is."""
        self._read_pasted(event.text)

    def _read_pasted(self, text: str) -> None:
        def work(stop: threading.Event) -> Found:
            from reader.library import errands

            return errands.read_bytes(text.encode("utf-8", "replace"), "pasted text", stop=stop)

        self._input.placeholder = ""
        self._begin("Reading what was pasted…", work, lambda found: self._looked(found, "", "Pasted: "))

    def on_input_changed(self) -> None:
        """Forget what was found when something else is typed."""
        if self._answer is not None and self._input.value:
            self._answer = None
            self._say(_ASK)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Add what is there, or look at it first."""
        typed = event.value.strip()
        if self._stop is not None:
            return
        if self._answer is not None:
            self._answered(self._answer)
        elif is_address(typed):
            self._look(typed)
        elif typed:
            self._read_path(Path(typed))

    def _read_path(self, path: Path) -> None:
        try:
            path = path.expanduser().absolute()
            if is_watched(path):
                self._take((Folder(str(path)), ""), f"A folder: {path}.\nEnter watches it, Esc leaves it.")
                return
        except (OSError, RuntimeError, ValueError) as error:
            self._say(f"{path}: {error}")
            return
        self._begin(
            f"Reading {path.name}…",
            lambda stop: read_file(path, stop),
            lambda found: self._offer(found, str(path)) if _has_feeds(found) else self._answered((found, str(path))),
            about=f"{path}: ",
        )

    # -- the web

    def _look(self, address: str, offered_by: Found | None = None) -> None:
        feed = None if offered_by is None else True
        app = self.app

        def tell(text: str) -> None:
            hand_over(app, self, lambda: self._progress(text))

        def work(stop: threading.Event) -> Found:
            from reader.library import errands

            return errands.look(address, feed=feed, offered_by=offered_by, tell=tell, stop=stop)

        self._begin(f"Asking {_host(address)}…", work, lambda found: self._looked(found, address))

    def _progress(self, text: str) -> None:
        if self._stop is not None and not self._stop.is_set():
            self._say(text)

    def _looked(self, found: Found, location: str, begin: str = "") -> None:
        if _has_feeds(found):
            self._offer(found, location)
        else:
            self._found(found, location, begin)

    def _found(self, found: Found, location: str, begin: str) -> None:
        from reader.ingest.detect import say

        problem = f"\n{found.problem}" if found.problem else ""
        enter = "Enter adds it"
        if found.kind in FETCHED and self._known(found.address or location):
            enter = "It is here already: Enter takes in what is new"
        self._take((found, location), f"{begin}{say(found)}.{problem}\n{enter}, Esc leaves it.")

    def _take(self, answer: Answer, said: str) -> None:
        self._answer = answer
        self._say(said)

    def _answered(self, answer: Answer) -> None:
        self.dismiss(answer)

    def _offer(self, found: Found, location: str) -> None:
        """Let the user choose a feed, the best first, or the page alone."""
        options = [
            Option(Content(_named(offer, here=self._known(offer.url))), id=offer.url)
            for offer in found.offers[:_OFFERS]
        ]
        if found.entries:
            options.append(Option(Content("only this page"), id=_PAGE))
        self._answer = found, location
        asked = "has feeds. Which one?" if len(found.offers) > 1 else "has a feed. Enter takes it."
        self._say(f"{found.title or _host(location)} {asked}")
        self._input.display = False
        box = self.query_one(".dialogue", Vertical)
        box.border_subtitle = _CHOOSES
        choice = Choice(*options)
        box.mount(choice)
        choice.highlighted = 0
        self.call_after_refresh(choice.focus)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the feed, or the page."""
        event.stop()
        if self._answer is None:
            return
        page, _ = self._answer
        if event.option_id == _PAGE or isinstance(page, Folder):
            self._answered(self._answer)
            return
        self._close_offers()
        self._look(event.option_id or "", page)

    def _close_offers(self) -> None:
        for choice in self.query(OptionList):
            choice.remove()
        self._answer = None
        self._input.display = True
        self._take_keys(taken=True)

    def _take_keys(self, *, taken: bool) -> None:
        """Let keys be typed; or not, while something is under way that they would not change."""
        self._input.disabled = not taken
        if taken:
            self._input.focus()
        self.query_one(".dialogue", Vertical).border_subtitle = _KEYS if taken else _STOPS

    # -- in the background

    def _begin(
        self,
        saying: str,
        work: Callable[[threading.Event], Found],
        done: Callable[[Found], None],
        *,
        about: str = "",
    ) -> None:
        """Do slow work in a thread; what it says or finds counts unless it is stopped before."""
        stop = threading.Event()
        self._answer, self._stop = None, stop
        self._take_keys(taken=False)
        self._say(saying)
        app = self.app

        def told() -> None:
            try:
                found = work(stop)
            except (IngestError, OSError, RuntimeError) as error:
                why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
                hand_over(app, self, lambda: self._ended(stop, lambda: self._say(f"{about}{why}")))
            else:
                hand_over(app, self, lambda: self._ended(stop, lambda: done(found)))

        self.run_worker(told, thread=True)

    def _ended(self, stop: threading.Event, then: Callable[[], None]) -> None:
        if self._stop is stop and self.is_mounted:
            self._stop = None
            self._take_keys(taken=True)
            then()

    def action_leave(self) -> None:
        """Stop what is under way; or leave the offers, or the dialogue."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self._take_keys(taken=True)
            self._say(f"Stopped.\n{_ASK}")
        else:
            self.dismiss()

    def _say(self, text: str) -> None:
        self.query_one(".said", Static).update(Content(text))


def _has_feeds(found: Found) -> bool:
    return bool(found.offers) and found.kind != "feed"


def _host(address: str) -> str:
    from reader.library.wholes import host_of

    return host_of(address) or address.partition("/")[0]


def _named(offer: Offer, *, here: bool) -> str:
    title = offer.title or offer.url
    where = f"  {offer.url}" if offer.title else ""
    return f"{title}{where}{' (a guess)' if offer.guessed else ''}{' (already here)' if here else ''}"
