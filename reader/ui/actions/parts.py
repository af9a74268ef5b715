"""The parts of the reading screen, as the actions know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.annotation import Color
    from reader.model.article import Row
    from reader.model.document import Passage
    from reader.model.listing import Filter, Grouping, Order


class Lists(Protocol):
    """The choice of a listing, as the actions know it."""

    def show(
        self,
        chosen: Filter,
        order: Order | None = None,
        grouping: Grouping | None = None,
        *,
        article: int | None = None,
    ) -> None:
        """Show another listing; the cursor stays on its article, or goes to the one of a key."""

    def sort(self, order: Order, grouping: Grouping) -> None:
        """Show the same articles in another order, under other headings; this view comes like that from now on."""

    def renew(self) -> None:
        """Show what came meanwhile, and let go what left the view."""

    def fold(self, group: int, folded: bool) -> None:
        """Fold or unfold a section."""

    def fold_all(self, folded: bool) -> None:
        """Fold all sections, or unfold them."""

    def open_search(self) -> None:
        """Show the line in which everything is searched."""

    def open_filter(self) -> None:
        """Show the line in which this view is narrowed."""

    @property
    def searched(self) -> bool:
        """Whether everything is searched, and not a view narrowed."""

    def leave(self) -> bool:
        """End the search or the filter, else leave the view; tells whether there was anything to leave."""

    def enter(self) -> None:
        """Go into the article under the cursor; of a search, to the first match in it."""


class Room(Protocol):
    """The room of the panes, as the actions know it."""

    def widen_list(self, change: int) -> None:
        """Give the list more room or less, in hundredths of the width."""

    def widen_text(self, change: int) -> None:
        """Make lines of text longer or shorter, in columns."""

    def toggle_zen(self) -> None:
        """Show the article alone; or everything again, with the focus where it was before."""


class ViewKeeping(Protocol):
    """Keeping views of one's own, as the actions know it."""

    def save(self) -> None:
        """Keep what the list shows as a view; its name is asked for."""

    def edit(self) -> None:
        """Change the name and the query of the view under the cursor."""

    def remove(self) -> None:
        """Remove the view under the cursor."""

    def add(self) -> None:
        """Keep what the list shows as a view; on sources add one."""

    def source(self) -> None:
        """Show the source under the cursor among all sources."""


class Views(Protocol):
    """The pane of views, as the actions know it."""

    @property
    def keeping(self) -> ViewKeeping:
        """Keeping views of one's own."""

    def toggle(self) -> None:
        """Open the pane and go there, or close it."""

    def enter(self) -> None:
        """Give the focus to the pane."""

    def leave(self) -> None:
        """End what is looked for among the names, else go back to the list."""

    def move(self, step: int) -> None:
        """Move the cursor by lines."""

    def page(self, pages: int) -> None:
        """Move the cursor by pages."""

    def go_in(self) -> None:
        """Unfold what is folded; else show it in the list."""

    def go_out(self) -> None:
        """Fold what can be folded, or go to what the node is in; from the outermost back to the list."""

    def fold(self) -> None:
        """Fold or unfold the folder or section of the node."""

    def fold_all(self, *, folded: bool) -> None:
        """Fold all folders and sections, or unfold them."""

    def show(self) -> None:
        """Show in the list what the node stands for, and go there."""

    def place(self, number: int) -> None:
        """Go to the user's view that has a digit."""

    def jump(self) -> None:
        """Ask for some letters of a name, and go there."""

    def open_find(self) -> None:
        """Show the line in which a name is looked for."""


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
