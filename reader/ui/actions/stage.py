"""What an action may see and touch of the screen it runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import ModalScreen

    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.article import Row
    from reader.model.listing import Filter, Listing, Order
    from reader.settings import Settings
    from reader.ui.widgets.article_list import ArticleList
    from reader.ui.widgets.reading_pane import ReadingPane


class Lists(Protocol):
    """The choice of a listing, as the actions know it."""

    def show(self, chosen: Filter, order: Order | None = None, *, article: int | None = None) -> None:
        """Show another listing; the cursor stays on its article, or goes to the one of a key."""

    def fold(self, group: int, folded: bool) -> None:
        """Fold or unfold a section."""

    def open_search(self) -> None:
        """Give the focus to the search bar."""


class Room(Protocol):
    """The room of the panes, as the actions know it."""

    def widen_list(self, change: int) -> None:
        """Give the list more room or less, in hundredths of the width."""

    def widen_text(self, change: int) -> None:
        """Make lines of text longer or shorter, in columns."""

    def toggle_zen(self) -> None:
        """Show the article alone; or everything again, with the focus where it was before."""


class Texts(Protocol):
    """The two texts of an article, as the actions know them."""

    def toggle(self, row: Row) -> None:
        """Show the other text of an article; the page is fetched first where there is none."""


class Refreshing(Protocol):
    """Asking the sources for what is new, as the actions know it."""

    @property
    def running(self) -> bool:
        """Whether sources are being asked."""

    def start(self, sources: Sequence[str] | None) -> None:
        """Ask some sources now, or all of them (None)."""

    def stop(self) -> None:
        """Ask no more sources; what has come stays."""

    def changed(self) -> None:
        """Tell whoever shows the sources that they are others now."""


Answer = TypeVar("Answer")


class Stage(Protocol):
    """The reading screen, as the actions know it."""

    @property
    def library(self) -> Library:
        """Both stores."""

    @property
    def listing(self) -> Listing:
        """What the list shows."""

    @property
    def articles(self) -> ArticleList:
        """The list."""

    @property
    def pane(self) -> ReadingPane:
        """The reading pane."""

    @property
    def lists(self) -> Lists:
        """Which listing is shown."""

    @property
    def room(self) -> Room:
        """How much room each pane gets."""

    @property
    def texts(self) -> Texts:
        """The two texts of an article."""

    @property
    def refreshing(self) -> Refreshing:
        """Asking the sources for what is new."""

    @property
    def settings(self) -> Settings:
        """What the user prefers."""

    @property
    def reading(self) -> bool:
        """Whether the article has the focus, and not the list."""

    @property
    def opened(self) -> Opened | None:
        """The article that is shown."""

    @property
    def row(self) -> Row | None:
        """The article that a command is about: the one under the cursor."""

    def say(self, text: str, *, warning: bool = False) -> None:
        """Tell the user something in passing."""

    def ask(self, screen: ModalScreen[Answer], answered: Callable[[Answer], None]) -> None:
        """Put a question over the screen; it may be left unanswered."""

    def enter_article(self) -> None:
        """Give the focus to the article."""

    def leave_article(self) -> None:
        """Give the focus to the list."""

    def renew(self, rows: Sequence[Row]) -> None:
        """Show articles in their new state."""

    def restate(self) -> None:
        """Show all articles in the state they have now: many changed."""

    def decide_read(self) -> bool:
        """Let the reader's own mark stand; tell, once, that the article became read by itself before."""

    def in_background(self, work: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        """Do slow work off the UI thread, then use its result on it."""

    def open_sources(self) -> None:
        """Show where the articles come from."""

    def keep(self) -> None:
        """Keep what was only to be read, and show it in the library."""

    def run(self, command: str) -> None:
        """Run another command."""
