"""Searching everything, and narrowing a view: what is typed, found, wrong, and proposed."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.model.listing import Filter, Grouping, Order
from reader.model.query import EXAMPLES, Completion, Known, QueryError, complete, parse
from reader.model.source import GUIDE
from reader.ui.widgets.query_bar import QueryBar

if TYPE_CHECKING:
    from reader.ui.screens.reading import ReadingScreen

_EXAMPLES: Final = 7
_PAUSE: Final = 0.03
"""Seconds that a search waits for the next key while keys come quickly."""
_QUICKLY: Final = 0.09
"""Seconds between keys that come so."""
_LONG: Final = 0.25
"""Seconds after which it is said that a search is under way."""
_PATIENCE: Final = 1.0
"""Seconds that keys wait for what was searched, after Enter."""


class Searching:
    """The line in which a search or a filter is typed, and where it began.

    Args:
        screen: the screen of the list.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._bar: QueryBar | None = None
        self._everything = True
        """Whether the bar searches everything, and does not narrow a view."""
        self._before: tuple[Filter, int | None] = Filter(), None
        """What was listed when the bar was opened, and the article under the cursor."""
        self._known: Known | None = None
        self._typed_at = 0.0
        """When something was searched for last."""
        self.begun_from: tuple[Filter, Order, Grouping] | None = None
        """What was listed before everything was searched, None while it is not."""

    @property
    def begun(self) -> bool:
        """Whether everything is searched."""
        return self.begun_from is not None

    # -- the bar

    def open(self, *, everything: bool) -> None:
        """Show the bar and give it the focus."""
        screen, (chosen, order, grouping) = self._screen, self._screen.lists.wanted
        if self._bar is not None:
            self._bar.input.focus()
            return
        self._everything = everything or self.begun
        self._before = chosen, screen.row.key if screen.row is not None else None
        if screen.reading:
            screen.leave_article()
        text = chosen.words
        if self._everything and not self.begun:
            self.begun_from, text = (chosen, order, grouping), ""
        hint = "search everything" if self._everything else "narrow this view"
        self._bar = QueryBar(text, self, hint)
        screen.keys_shown(shown=False)
        screen.keys_wait_for(self._coming)
        screen.in_background(lambda: screen.library.shelf.known().prepared(), self._now_known)
        screen.in_background(screen.library.shelf.prepare, lambda _: None)

    async def _coming(self) -> None:
        if self._bar is not None:
            await self._screen.mount(self._bar)
            self._screen.set_focus(self._bar.input)
            self._tell(None)
            self.complete(self._bar.value, len(self._bar.value), asked=False)

    def _now_known(self, known: Known) -> None:
        self._known = known

    def close(self, *, keep: bool) -> None:
        """Take the bar away; keep what is found, or go back to where it began."""
        bar = self._bar
        if bar is None:
            return
        text = bar.value.strip() if keep else ""
        if keep and (error := _wrong(bar.value)) is not None:
            self._tell(error)
            if self._screen.focused is bar.input:
                return
            keep = False
        self._bar = None
        # Before the bar goes: it would leave the focus to the article, which nobody opened.
        if self._screen.focused in (None, bar.input):
            self._screen.set_focus(self._screen.articles)
        self._screen.keys_shown(shown=True)
        bar.remove()
        if keep:
            self._keep(text)
        else:
            self._give_up()

    def _keep(self, text: str) -> None:
        if not text:
            self.end()
            return
        chosen = self._asked(text)
        if chosen != self._screen.listing.filter or self._screen.lists.unfinished:
            there = asyncio.Event()

            async def listed() -> None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(there.wait(), _PATIENCE)

            # Enter once more opens the first match, and not what was listed before.
            self._screen.keys_wait_for(listed)
            self._screen.lists.show_matches(chosen, there.set, stay=not self._everything)

    def _give_up(self) -> None:
        before, article = self._before
        if self._everything:
            self.end(article=article)
        else:
            self._screen.lists.show(before, article=article)

    # -- what is searched

    def _asked(self, text: str) -> Filter:
        """Give the filter that searches for a text."""
        if not self._everything or self.begun_from is None:
            return replace(self._screen.listing.filter, words=text)
        guide = self.begun_from[0].source == GUIDE
        return Filter(words=text, source=GUIDE if guide else None)

    def typed(self, text: str) -> None:
        """Search for something else; while it cannot be understood, what was found last stays."""
        words = text.strip()
        error = _wrong(text)
        lists = self._screen.lists
        if error is not None or _too_little(words):
            lists.stop()
            self._tell(error)
            return
        self._tell(None)
        if not words and self._everything and self.begun_from is not None:
            chosen, order, grouping = self.begun_from
            lists.show(chosen, order, grouping, article=self._before[1])
        elif (chosen := self._asked(words)) != self._screen.listing.filter or lists.unfinished:
            pause = _PAUSE if time.monotonic() - self._typed_at < _QUICKLY else 0.0
            self._typed_at = time.monotonic()
            lists.show_matches(chosen, lambda: self._tell(None), pause=pause, stay=not self._everything)
            self._screen.set_timer(_LONG, self._still)

    def end(self, *, article: int | None = None) -> None:
        """Search for nothing any more: show what was listed before, or the whole view."""
        if self.begun_from is not None:
            chosen, order, grouping = self.begun_from
            self._screen.lists.show(chosen, order, grouping, article=article)
            self.begun_from = None
        else:
            self._screen.lists.show(replace(self._screen.listing.filter, words=""), article=article)

    def over(self) -> None:
        """Something else is listed; while one types, that is what the search began from."""
        if self._bar is None:
            self.begun_from = None

    # -- what is said and proposed

    def _tell(self, error: QueryError | None) -> None:
        if self._bar is None:
            return
        if error is None and _too_little(self._bar.value.strip()):
            hint = "One letter more, or Enter · Esc gives up"
        else:
            what = "Esc ends the search" if self._everything else "Esc gives up"
            hint = f"Enter keeps · {what} · Tab completes"
        self._bar.say(error, hint)

    def _still(self) -> None:
        if self._bar is not None and self._screen.lists.making:
            self._bar.say(None, "Searching … · Esc gives up")

    def complete(self, text: str, cursor: int, *, asked: bool) -> None:
        """Propose what could be typed: examples for an empty line, fields and values for a begun one."""
        if self._bar is None:
            return
        if not text.strip():
            shown = _examples() if asked or not self._everything else ()
            self._bar.propose([Completion(0, len(text), query, what) for query, what in shown])
            return
        if not asked and (error := _wrong(text)) is not None and error.suggestion is not None:
            self._bar.propose(())
            return
        if not asked and self._everything and ":" not in text:
            self._bar.propose(())
            return
        proposed = complete(text, cursor, self._known or Known())
        written = text[proposed[0].start : cursor] if proposed else ""
        if not asked and (not written or (self._everything and ":" not in written)):
            proposed = []
        self._bar.propose(proposed)


def _examples() -> list[tuple[str, str]]:
    """Give some queries that are more than words, each with what an article is like that it finds."""
    return [one for one in EXAMPLES if ":" in one[0]][:_EXAMPLES]


def _wrong(text: str) -> QueryError | None:
    """Give what is wrong with a text, None where it can be understood."""
    try:
        parse(text)
    except QueryError as error:
        return error
    return None


def _too_little(words: str) -> bool:
    """Tell whether a search waits for more: one letter of the alphabet finds nearly everything."""
    return len(words) == 1 and words.isascii() and words.isalpha()
