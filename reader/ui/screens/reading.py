"""The main screen: the list, the article, and what joins them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from reader.commands import COMMANDS
from reader.library import ERRORS
from reader.settings import MEASURE
from reader.ui.actions import ACTIONS
from reader.ui.screens import session as sessions
from reader.ui.screens.attention import Attention
from reader.ui.screens.lists import Lists
from reader.ui.screens.places import PlaceKeeper
from reader.ui.screens.sequences import Sequences
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.reading_pane import ReadingPane
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.screen import ModalScreen
    from textual.widgets import Input

    from reader.commands import Where
    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.article import Row
    from reader.model.listing import Filter, Listing, Order
    from reader.settings import Settings
    from reader.ui.screens.session import Session

Answer = TypeVar("Answer")
NARROW = 90
"""Below this many columns one pane is shown at a time."""


def bindings(where: Where) -> list[BindingType]:
    """Give the bindings of one pane, or of both."""
    return [
        Binding(key, f"screen.run('{command.id}')", command.name, show=False, id=command.id)
        for command in COMMANDS
        for key in (command.keys if command.where == where else ())
        + (command.article_keys if where == "article" else ())
        if " " not in key
    ]


class _Articles(ArticleList):
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")


class _Pane(ReadingPane):
    BINDINGS: ClassVar[list[BindingType]] = bindings("article")


class ReadingScreen(Screen[None]):
    """Where reading happens; it is the `Stage` of the actions.

    Args:
        library: both stores.
        settings: what the user prefers.
        session: how the screen was left.
        first: the key of the article to begin with, None to go on where the reader was.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings("both")

    def __init__(self, library: Library, settings: Settings, session: Session, first: int | None = None) -> None:
        super().__init__()
        self.library = library
        self.reading = False
        self._settings, self._first = settings, first
        self._session = session
        self._split = session.split
        self.articles = _Articles(library.shelf.rows, id="articles")
        self.pane = _Pane(id="article")
        self._status, self._keys = StatusLine(), KeyBar()
        self._sequences = Sequences()
        self._attention = Attention(settings, self.set_timer, self._mark_seen)
        self._places = PlaceKeeper(self)
        self._lists = Lists(self, self._session.folded)

    def compose(self) -> ComposeResult:
        """Lay the panes out, with what was shown last already in them: the first frame is whole."""
        kept = self._session
        self.articles.border_title, self.pane.border_title = "Articles", "Article"
        self.articles.set_reactive(ArticleList.compact, kept.compact)
        self.pane.set_reactive(ReadingPane.measure, kept.measure or self._settings.measure)
        self._lists.begin(kept, self._first)
        self.reading = kept.reading and self.opened is not None and self._first is None
        self.make_room()
        yield self._status
        with Horizontal(id="panes"):
            yield self.articles
            yield self.pane
        yield self._keys

    # -- from start to end

    def on_mount(self) -> None:
        """Open the marks once the first frame is out."""
        self.set_focus(self.pane if self.reading else self.articles)
        self.call_after_refresh(self._open_marks)

    def _open_marks(self) -> None:
        self.in_background(self._opened_marks, lambda _: self._marks_opened())

    def _opened_marks(self) -> None:
        if self.library.marks and not self.library.read_only:
            self.library.subscriptions.add_guide()

    def _marks_opened(self) -> None:
        for notice in self.library.notices:
            self.say(notice, warning=True)
        if self.library.read_only:
            self.say(self.library.why_read_only, warning=True)
        self.reshow()

    def keep_session(self) -> None:
        """Keep where the reader is, for the next start."""
        self._places.keep()
        if self.library.read_only or not self.is_mounted:
            return
        row, place = self.row, self.pane.place
        session = sessions.Session(
            row.id if row else 0, place.block, place.fraction, place.progress, self.reading,
            self.listing.filter.view, self.listing.filter.source, self.listing.order, self._split,
            self.pane.measure, self.articles.compact, self.app.theme, tuple(sorted(self._lists.folded)),
        )  # fmt: skip
        if session != self._session:
            self._session = session
            sessions.keep(self.library.cache, session)

    # -- what the actions may see and touch

    @property
    def listing(self) -> Listing:
        """What the list shows."""
        return self.articles.listing

    @property
    def opened(self) -> Opened | None:
        """The article that is shown."""
        return self.pane.opened

    @property
    def row(self) -> Row | None:
        """The article under the cursor."""
        index = self.articles.index
        return None if index is None else self.articles.row(index)

    def say(self, text: str, *, warning: bool = False) -> None:
        """Tell the user something in passing."""
        self.app.notify(
            text, severity="warning" if warning else "information", markup=False, timeout=8 if warning else 3
        )

    def ask(self, screen: ModalScreen[Answer], answered: Callable[[Answer], None]) -> None:
        """Put a question over the screen; it may be left unanswered."""

        def done(answer: Answer | None) -> None:
            if answer is not None:
                self._guarded(lambda: answered(answer))

        self.app.push_screen(screen, done)

    def run(self, command: str) -> None:
        """Run a command by its id."""
        self._guarded(lambda: ACTIONS[command](self))
        self._follow_cursor()

    action_run = run

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except ERRORS as error:
            self.say(self.library.why_read_only if self.library.read_only else str(error), warning=True)

    def in_background(self, work: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        """Do slow work off the UI thread, then use its result on it."""

        def told() -> None:
            try:
                result = work()
            except ERRORS as error:
                self.app.call_from_thread(self.say, str(error), warning=True)
            else:
                self.app.call_from_thread(done, result)

        self.run_worker(told, thread=True)

    def show(self, chosen: Filter, order: Order | None = None, *, article: int | None = None) -> None:
        """Show another listing; the cursor stays on its article, or goes to the one of a key."""
        self._lists.show(chosen, order or self.listing.order, article)

    def fold(self, group: int, folded: bool) -> None:
        """Fold or unfold a section."""
        self._lists.fold(group, folded)

    def open_search(self) -> None:
        """Give the focus to the search bar."""
        self._lists.open_search()

    def renew(self, rows: Sequence[Row]) -> None:
        """Show articles in their new state."""
        listing = self.listing
        for row in rows:
            listing = listing.with_row(row)
        self.articles.update(listing)
        self.say_status()
        if self.opened is not None and any(row.id == self.opened.row.id for row in rows):
            self.reshow()

    def restate(self) -> None:
        """Show all articles in the state they have now: many changed."""
        self.articles.update(replace(self.listing, flags=self.library.states.of(self.listing.keys)))
        self.say_status()
        self.reshow()

    def keep(self) -> None:
        """Keep what was only to be read, and show it in the library."""
        self.app.run_worker(self.app.keep_preview())  # type: ignore[attr-defined]

    def decide_read(self) -> bool:
        """Let the reader's own mark stand; tell, once, that the article became read by itself before."""
        itself = self._attention.just_marked
        self._attention.decided()
        return itself

    # -- the article

    def reshow(self) -> None:
        """Show the article again, its marks or its text may have changed."""
        if self.opened is not None and self.library.ready:
            opened = self.library.shelf.open(self.opened.row.key)
            if opened is not None and opened.marks.notes != self.opened.marks.notes:
                self.pane.show(opened)
            elif opened is not None:
                self.pane.opened = opened

    def on_article_list_cursor_moved(self) -> None:
        """Show the article that was clicked."""
        self._follow_cursor()

    def _follow_cursor(self) -> None:
        """Show the article under the cursor in the same frame that moves it."""
        index, opened = self.articles.index, self.opened
        key = None if index is None else self.listing.keys[index]
        if key != (opened.row.key if opened is not None else None) or (key is None and self.listing.items):
            self.show_article()

    def show_article(self) -> None:
        """Show the article under the cursor, at the place where it was left."""
        self._places.keep()
        row = self.row
        if row is None:
            self.pane.empty = self._lists.about_heading()
            self.pane.show(None)
            self._attention.leave()
            if self.reading:
                self.leave_article()
            return
        shelf = self.library.shelf
        self.pane.show(shelf.open(row.key) if self.library.ready else shelf.glance(row.key))
        if self.reading:
            self._attention.enter(row.id)
        if self.is_mounted:
            self._places.session_later()

    def enter_article(self) -> None:
        """Give the focus to the article."""
        self.reading = True
        self.make_room()
        self.pane.focus()

    def leave_article(self) -> None:
        """Give the focus to the list."""
        self.reading = False
        self.remove_class("-zen")
        self.make_room()
        self.articles.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow the focus, however it moved."""
        if event.widget is self.pane:
            self.reading = True
            row = self.row
            if row is not None:
                self._attention.enter(row.id)
            if self.pane.at_end:
                self._attention.end_seen()
            self._places.moved()
        elif event.widget is self.articles:
            self.reading = False
            self._places.keep()
            self._attention.leave()
        self._keys.where = "article" if self.reading else "list"

    def on_reading_pane_moved(self) -> None:
        """Keep the place."""
        opened = self.opened
        if self.reading and opened is not None:
            self._places.moved()
            if self.pane.at_end:
                self._attention.end_seen()

    def _mark_seen(self, article: int) -> None:
        row = self.row
        if row is not None and row.id == article and not row.flags & 1 and not self.library.read_only:
            self._guarded(lambda: self.renew(self.library.notebook.set_read((row,), read=True)))

    # -- room

    def make_room(self) -> None:
        """Give the panes their room: both, or the one that has the focus."""
        alone = self.has_class("-zen") or self.app.size.width < NARROW
        self.articles.display = not (alone and self.reading)
        self.pane.display = self.reading or not alone
        self.articles.styles.width = "1fr" if alone else f"{self._split}%"

    def on_resize(self) -> None:
        """Show one pane or two."""
        self.make_room()

    def set_split(self, change: int) -> None:
        """Give the list more or less room, in hundredths of the width."""
        self._split = max(sessions.SPLIT.start, min(sessions.SPLIT.stop - 1, self._split + change))
        self.make_room()

    def set_measure(self, change: int) -> None:
        """Make lines of text longer or shorter, in columns."""
        self.pane.measure = max(MEASURE.start, min(MEASURE.stop - 1, self.pane.measure + change))
        self.say(f"Lines of {self.pane.measure} columns")

    def keys_shown(self, shown: bool) -> None:
        """Show the footer, or leave its line to the search bar."""
        self._keys.display = shown

    def say_status(self) -> None:
        """Say what is shown."""
        self._status.left = self._lists.status()
        if self.library.read_only:
            self._status.right = "not kept: + keeps it" if self.library.preview else "read-only"

    # -- keys and clicks that are no bindings

    def on_key(self, event: events.Key) -> None:
        """Follow sequences of keys."""
        if self.focused not in (self.articles, self.pane):
            return
        taken, command = self._sequences.press(event.key)
        self._keys.hint = self._sequences.hint
        if taken:
            event.stop()
            event.prevent_default()
        if command is not None:
            self.run(command.id)

    def on_paste(self, event: events.Paste) -> None:
        """Offer to add what was pasted."""
        from reader.ui.actions.adding import add_text

        event.stop()
        add_text(self, event.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        self._lists.searched(event)

    def on_input_submitted(self) -> None:
        """Go to the matches."""
        self._lists.close_search(keep=True)

    def on_search_bar_ended(self) -> None:
        """End the search where it began."""
        self._lists.close_search(keep=False)

    def on_key_bar_asked(self, event: KeyBar.Asked) -> None:
        """Do what a clicked key does."""
        self.run(event.command)

    def on_article_list_chosen(self) -> None:
        """Go into the article that was clicked."""
        self.run("go.in")

    def on_article_list_fold_asked(self, event: ArticleList.FoldAsked) -> None:
        """Fold the section that was clicked."""
        self.fold(event.group, event.folded)
