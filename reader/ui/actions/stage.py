"""What an action may see and touch of the screen it runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import ModalScreen

    from reader.commands import Keymap, Place
    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.article import Row
    from reader.model.document import Point
    from reader.model.listing import Listing
    from reader.settings import Settings
    from reader.ui.actions.bulk import Marked
    from reader.ui.actions.own import Own
    from reader.ui.actions.parts import Comfort, Finding, Lists, Refreshing, Room, Selecting, Texts, Trail, Views
    from reader.ui.theming import Theming
    from reader.ui.widgets.article_list import ArticleList
    from reader.ui.widgets.reading_pane import ReadingPane

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
    def views(self) -> Views:
        """The pane of views."""

    @property
    def marked(self) -> Marked:
        """The rows that are marked for what is done next."""

    @property
    def where(self) -> Place:
        """The pane that has the focus."""

    @property
    def keymap(self) -> Keymap:
        """The keys that hold now."""

    def key(self, command: str) -> str:
        """Give the key of a command as people know it, to be named in what is said."""

    @property
    def views_open(self) -> bool:
        """Whether there is a pane of views."""

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
    def own(self) -> Own:
        """The user's own commands."""

    @property
    def refreshing(self) -> Refreshing:
        """Asking the sources for what is new."""

    @property
    def theming(self) -> Theming:
        """Which theme the app has."""

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

    def open_sources(self, at: str = "") -> None:
        """Show where the articles come from, the cursor on a source by its id."""

    def open_history(self) -> None:
        """Show what was read and when, and figures of it."""

    def open_notebook(self, *, bookmarks: bool) -> None:
        """Show all bookmarks, or all notes and highlights."""

    def go_to(self, key: int, point: Point | None = None) -> None:
        """Read an article by its key, from a point on, remembering the place that is left."""

    def keep(self) -> None:
        """Keep what was only to be read, and show it in the library."""

    def run(self, command: str) -> None:
        """Run another command."""
