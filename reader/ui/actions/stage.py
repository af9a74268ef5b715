"""What an action may see and touch of the screen it runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import ModalScreen

    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.annotation import Color
    from reader.model.article import Row
    from reader.model.document import Passage, Point
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


class Selecting(Protocol):
    """Selecting a passage by keys, as the actions know it."""

    color: Color
    """The colour of the next highlight: the one that was used last."""

    @property
    def passage(self) -> Passage | None:
        """What is selected, by keys or with the mouse; spaces at its ends are no part of it."""

    @property
    def active(self) -> bool:
        """Whether anything is selected, be it nothing but spaces."""

    def touch(self, highlight: int | None) -> None:
        """Remember which highlight was made or changed, None for none, for as long as nothing else is looked at."""

    @property
    def touched(self) -> int | None:
        """The highlight that was made or changed last, None once the reader has moved on."""

    def start(self) -> None:
        """Begin with what the mouse has selected or what was found, else at the marked paragraph."""

    def end(self) -> None:
        """Select nothing any more."""


class Finding(Protocol):
    """Finding words in the article, and its links, as the actions know it."""

    @property
    def active(self) -> bool:
        """Whether something is looked for."""

    def open(self) -> None:
        """Give the focus to the find bar."""

    def step(self, step: int) -> None:
        """Go to the next match (1) or the one before (-1)."""

    def links(self, typed: str = "") -> None:
        """Number the links, and list them."""

    def contents(self) -> None:
        """Show the headings."""


class Trail(Protocol):
    """The places left by jumps, as the actions know them."""

    def leave(self) -> None:
        """Remember the article and the place in it: a jump is about to leave it."""

    def to_edge(self, *, end: bool) -> None:
        """Go to the beginning or the end of the text: one can come back from there until something else moves."""

    def go_on(self) -> None:
        """Stay here: the reader moves on from the edge of the text."""

    def back(self) -> bool:
        """Go back to the place that was left last; tells whether there was one."""


class Comfort(Protocol):
    """Reading comfort, as the actions know it."""

    def ask(self) -> None:
        """Ask how the text is set; it changes at once."""

    def turn(self, name: str) -> None:
        """Change one thing about how the text is set, and say what it is now."""

    def toggle_scrolling(self) -> None:
        """Scroll by itself, or stop."""

    def toggle_speech(self) -> None:
        """Read aloud from the marked paragraph on, or stop."""


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
    def selecting(self) -> Selecting:
        """Selecting a passage by keys."""

    @property
    def finding(self) -> Finding:
        """Finding words in the article, and its links."""

    @property
    def trail(self) -> Trail:
        """The places left by jumps."""

    @property
    def comfort(self) -> Comfort:
        """Reading comfort."""

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

    def open_notebook(self, *, bookmarks: bool) -> None:
        """Show all bookmarks, or all notes and highlights."""

    def go_to(self, key: int, point: Point | None = None) -> None:
        """Read an article by its key, from a point on, remembering the place that is left."""

    def keep(self) -> None:
        """Keep what was only to be read, and show it in the library."""

    def run(self, command: str) -> None:
        """Run another command."""
