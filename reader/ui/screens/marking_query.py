"""The line in which one types which rows of the view are to be marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.keys import Keys, keys_of
from reader.model.listing import Filter
from reader.model.query import Completion, Known, QueryError, complete, parse
from reader.ui.widgets.query_bar import QueryBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ui.screens.reading import ReadingScreen

_EXAMPLES = (
    ("is:unread", "what is unread"),
    ("after:3d", "newer than three days"),
    ("minutes:<5", "short ones"),
    ("-is:tagged", "without a tag"),
)


class MarkingQuery:
    """Asks for a query, and gives what matches it of what the list shows, folded or not.

    Args:
        screen: the screen of the list.
        take: is given the articles.
    """

    def __init__(self, screen: ReadingScreen, take: Callable[[Keys], None]) -> None:
        self._screen, self._take = screen, take
        self._bar: QueryBar | None = None
        self._known = Known()

    def open(self) -> None:
        """Show the line, and give it the focus."""
        screen = self._screen
        if not len(screen.listing):
            screen.say("There is nothing to mark here.")
            return
        self._bar = QueryBar("", self, "mark what matches; nothing typed: all")
        screen.keys_shown(shown=False)
        screen.keys_wait_for(self._coming)
        screen.in_background(lambda: screen.library.shelf.known(), self._now_known)

    async def _coming(self) -> None:
        if self._bar is not None:
            await self._screen.mount(self._bar)
            self._screen.set_focus(self._bar.input)
            self.typed("")
            self.complete("", 0, asked=False)

    def _now_known(self, known: Known) -> None:
        self._known = known

    def typed(self, text: str) -> None:
        """Say what is wrong with what is typed, else what Enter does."""
        if self._bar is not None:
            what = "what matches" if text.strip() else "all"
            hint = f"Enter marks {what}; again: none of it · Tab completes · Esc leaves it"
            self._bar.say(_wrong(text), hint)

    def complete(self, text: str, cursor: int, *, asked: bool) -> None:
        """Propose what could be typed."""
        if self._bar is None:
            return
        if not text.strip():
            self._bar.propose([Completion(0, len(text), query, what) for query, what in _EXAMPLES])
        elif asked or text[:cursor].rpartition(" ")[2]:
            self._bar.propose(complete(text, cursor, self._known))
        else:
            self._bar.propose(())

    def close(self, *, keep: bool) -> None:
        """Take the line away, and mark what matches if that is wanted."""
        bar, screen = self._bar, self._screen
        if bar is None:
            return
        if keep and _wrong(bar.value) is not None and screen.focused is bar.input:
            self.typed(bar.value)
            return
        keep = keep and screen.focused is bar.input
        self._bar, text = None, bar.value.strip()
        # Before the line goes: it would leave the focus to the article, which nobody opened.
        if screen.focused in (None, bar.input):
            screen.set_focus(screen.articles)
        screen.keys_shown(shown=True)
        bar.remove()
        if keep:
            self._mark(text)

    def _mark(self, text: str) -> None:
        screen, listing = self._screen, self._screen.listing

        def work() -> Keys:
            shown = keys_of(listing.keys)
            if not text:
                return shown
            # What is hidden is shown where the view asks for it.
            matching = screen.library.shelf.matches(Filter(words=text, source=listing.filter.source), hidden=True)
            return shown & keys_of(matching)

        def done(keys: Keys) -> None:
            if keys:
                self._take(keys)
            else:
                screen.say(f"Nothing here is “{text}”.")

        screen.in_background(work, done)


def _wrong(text: str) -> QueryError | None:
    """Give what is wrong with a text, None where it can be understood."""
    try:
        parse(text)
    except QueryError as error:
        return error
    return None
