"""The main screen: the list, the article, and what joins them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import Reactive
from textual.widget import Widget

from reader.ui.screens import list_words, typesetting
from reader.ui.screens.ahead import Ahead
from reader.ui.screens.attention import Attention
from reader.ui.screens.beginning import begin
from reader.ui.screens.comfort import Comfort
from reader.ui.screens.given import Given
from reader.ui.screens.keeper import Keeper
from reader.ui.screens.lists import Lists
from reader.ui.screens.modes import Modes
from reader.ui.screens.panes import Articles, Pane
from reader.ui.screens.refreshing import Refreshing
from reader.ui.screens.room import Room
from reader.ui.screens.shown import Shown
from reader.ui.screens.texts import Texts
from reader.ui.screens.trail import Trail
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from reader.commands import Place
    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.article import Row
    from reader.model.document import Point
    from reader.model.listing import Listing
    from reader.settings import Settings
    from reader.ui.screens.finding import Finding
    from reader.ui.screens.selecting import Selecting
    from reader.ui.screens.session import Session
    from reader.ui.widgets.reading_pane import ReadingPane


class ReadingScreen(Given):
    """Where reading happens; it is the `Stage` of the actions.

    Args:
        library: both stores.
        settings: what the user prefers.
        session: how the screen was left.
        first: the key of the article to begin with, None to go on where the reader was.
    """

    AUTO_FOCUS = ""
    # The panes draw themselves when the focus moves; Textual's own would draw the whole screen besides.
    focused: Reactive[Widget | None] = Reactive(None, compute=False, repaint=False)

    def __init__(self, library: Library, settings: Settings, session: Session, first: int | None = None) -> None:
        super().__init__(library)
        self.reading, self.settings, self._first = False, settings, first
        self._begun = session
        self.room = Room(self, session.split, session.views_folded)
        self.articles = Articles(library.shelf.rows, pace=settings.words_a_minute, id="articles")
        self.pane = Pane(id="article")
        self._status, self._keys = StatusLine(), KeyBar()
        self.shown, self.keeper = Shown(self), Keeper(self, session)
        self.attention = Attention(settings, self.set_timer, self.shown.mark_read, self.shown.log)
        self.lists = Lists(self, session.folded)
        self.texts, self.refreshing = Texts(self), Refreshing(self)
        self.trail, self.modes, self.ahead = Trail(self), Modes(self), Ahead(self)
        self.comfort = Comfort(self, session.scroll_pace or settings.scroll_pace)

    def compose(self) -> ComposeResult:
        """Lay the panes out, with what was shown last already in them: the first frame is whole."""
        kept = self._begun
        self.articles.set_reactive(ArticleList.compact, kept.compact)
        typesetting.begin(self, kept)
        self.lists.begin(kept, self._first)
        at_once = len(self.listing) == 1 if self._first is not None else kept.reading
        self.reading = at_once and self.opened is not None
        if kept.views_open and self._first is None:
            self.views.made()
        self.room.share()
        self._keys.set_reactive(KeyBar.where, "article" if self.reading else "list")
        # With the focus from the beginning it is styled once, not twice.
        (self.pane if self.reading else self.articles).set_reactive(Widget.has_focus, True)  # noqa: FBT003 -- Textual's
        yield self._status
        with Horizontal(id="panes"):
            if self.view_tree is not None:
                yield self.view_tree
            yield self.articles
            yield self.pane
        yield self._keys

    def on_mount(self) -> None:
        """Open the marks once the first frame is out."""
        self.set_focus(self.pane if self.reading else self.articles)
        self.watch(self.app, "app_focus", self._looked_at, init=False)
        self.set_interval(60, self.attention.time.give)
        self.call_after_refresh(begin, self)

    def _looked_at(self, looked_at: bool) -> None:
        """The terminal has the focus, or something else has."""
        if not looked_at:
            self.attention.pause()
        elif self.is_current:
            self.attention.resume()

    def on_unmount(self) -> None:
        """End what is under way in the background."""
        self.texts.close()
        self.ahead.close()
        self.refreshing.close()
        self.comfort.close()
        self.shown.close()

    def keep_session(self) -> None:
        """Keep where the reader is, for the next start."""
        self.attention.time.give()
        self.keeper.keep()

    # -- what the actions may see and touch

    @property
    def listing(self) -> Listing:
        """What the list shows."""
        return self.articles.listing

    @property
    def where(self) -> Place:
        """The pane that has the focus."""
        return "views" if self.room.in_views else "article" if self.reading else "list"

    @property
    def opened(self) -> Opened | None:
        """The article that is shown."""
        return self.pane.opened

    @property
    def row(self) -> Row | None:
        """The article under the cursor."""
        return None if (index := self.articles.index) is None else self.articles.row(index)

    def run(self, command: str) -> None:
        """Run a command by its id."""
        from reader.ui.actions import function_of  # the first frame needs none of them

        self.guarded(lambda: function_of(command)(self))
        self.follow_cursor()
        self.say_keys()

    def renew(self, rows: Sequence[Row]) -> None:
        """Show articles in their new state."""
        listing = self.listing
        for row in rows:
            listing = listing.with_row(row)
        self.articles.update(listing)
        self._changed()
        if self.opened is not None and any(row.id == self.opened.row.id for row in rows):
            self.shown.again()

    def restate(self) -> None:
        """Show all articles in the state they have now: many changed."""
        self.articles.update(replace(self.listing, flags=self.library.states.of(self.listing.keys)))
        self.retag()
        self._changed()
        self.shown.again()

    def _changed(self) -> None:
        self.say_status()
        if self.view_tree is not None:
            self.views.changed()

    def keep(self) -> None:
        """Keep what was only to be read, and show it in the library."""
        self.app.run_worker(self.app.keep_preview())  # type: ignore[attr-defined]  # ours

    @property
    def selecting(self) -> Selecting:
        """Selecting a passage by keys."""
        return self.modes.selecting

    @property
    def finding(self) -> Finding:
        """Finding words in the article, and its links."""
        return self.modes.finding

    def decide_read(self) -> bool:
        """Let the reader's own mark stand; tell, once, that the article became read by itself before."""
        return self.attention.decided()

    # -- the article

    def follow_cursor(self) -> None:
        """Show the article under the cursor in the same frame that moves it."""
        self.shown.follow_cursor()

    on_article_list_cursor_moved = follow_cursor

    def go_to(self, key: int, point: Point | None = None, highlight: int | None = None) -> None:
        """Read an article by its key, from a point or at a highlight, remembering the place that is left."""
        self.shown.go_to(key, point, highlight)

    def enter_article(self) -> None:
        """Give the focus to the article."""
        self._turn("article")

    def leave_article(self) -> None:
        """Give the focus to the list."""
        self.remove_class("-zen")
        self._turn("list")

    def enter_views(self) -> None:
        """Give the focus to the pane of views, if it is open."""
        if self.view_tree is not None:
            self.remove_class("-zen")
            self._turn("views")

    def _turn(self, where: Place) -> None:
        self.reading, self.room.in_views, self._keys.where = where == "article", where == "views", where
        if not self.reading:
            self.trail.begin()
        self.room.share()
        # What a mount is still to bring is focused when it is there.
        self.set_focus({"article": self.pane, "views": self.view_tree}.get(where, self.articles))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow the focus, however it moved."""
        if event.widget in (self.pane, self.articles, self.view_tree):
            was_in_views, self.room.in_views = self.room.in_views, event.widget is self.view_tree
            self.reading = event.widget is self.pane
            (self.shown.entered if self.reading else self.shown.left)()
            if was_in_views != self.room.in_views:
                self.room.share()
        self._keys.where = self.where
        self.say_keys()

    def on_screen_suspend(self) -> None:
        """A dialogue lies over the article."""
        self.comfort.covered()
        self.attention.pause()

    def on_screen_resume(self) -> None:
        """The dialogue is gone; it may have changed what is counted."""
        self.attention.resume()
        if self.view_tree is not None:
            self.views.changed()

    def on_reading_pane_moved(self) -> None:
        """Keep the place."""
        self.shown.moved()

    def on_reading_pane_point_clicked(self, event: ReadingPane.PointClicked) -> None:
        """Follow the link or the footnote that was clicked."""
        self.modes.selecting.clicked(event.point)
        self.modes.finding.clicked(event)

    def on_resize(self) -> None:
        """Show one pane or two."""
        self.room.share()

    def keys_shown(self, shown: bool) -> None:
        """Show the footer, or leave its line to the search bar."""
        self.set_class(not shown, "-typing")

    def say_status(self) -> None:
        """Say what is shown."""
        self._status.left = self.lists.status()
        self.say_busy(self.refreshing.words)
        self.articles.border_title = Content(self.lists.name)
        self.say_keys()
        if self.view_tree is not None:
            self.views.listed()
        if self.library.read_only:
            self._status.right = (
                f"not kept: {self.key('library.add')} keeps it" if self.library.preview else "read-only"
            )

    def say_keys(self) -> None:
        """Say what the keys do now."""
        self._keys.words = self.views.footer if self.room.in_views else list_words.footer(self)
        self._keys.hint = self.modes.running or (self.views.hint if self.room.in_views else self.modes.hint)

    def say_busy(self, text: str) -> None:
        """Say what is under way, or what came of it; an empty text is for nothing."""
        self._status.busy = self.texts.words or text

    def on_refreshing_told(self, event: Refreshing.Told) -> None:
        """A source was asked, or all."""
        self.refreshing.told(event.said)
