"""Finding words in the article that is read, and its links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from reader.model.document import Point
from reader.ui.screens.following import Following

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.events import Key

    from reader.model.annotation import Place
    from reader.model.document import Block, Passage
    from reader.model.finding import Finder, Matches
    from reader.model.terms import Terms
    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.widgets.find_bar import FindBar
    from reader.ui.widgets.reading_pane import ReadingPane

_GROUP: Final = "finding"
_PAINTED: Final = 100
"""Matches before and after those in view that are painted too, so that not every line's scrolling paints anew."""


class Finding:
    """The words that are looked for, and where they are.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._following = Following(screen)
        self._bar: FindBar | None = None
        self._words = ""
        self._terms: Terms | None = None
        """The words of the search by which the article was found, None where its reader looks for something."""
        self._finder: Finder | None = None
        self._blocks: Sequence[Block] = ()
        """The text that the finder knows."""
        self._matches: Matches | None = None
        """What is found; None while it is looked for."""
        self._now = 0
        """The number of the current match."""
        self._from: tuple[Place, Point] | None = None
        """Where the search began."""
        self._painted = range(0)
        self._without_capitals = False
        """Whether what was not found is there with other capitals."""

    # -- what is told

    @property
    def active(self) -> bool:
        """Whether something is looked for."""
        return bool(self._words) and self._screen.reading

    @property
    def match(self) -> Passage | None:
        """The current match, None when nothing is found."""
        return self._matches[self._now] if self._matches else None

    @property
    def count(self) -> str:
        """Which match is the current one, and of how many."""
        if self._matches is None:
            return ""
        if self._matches:
            return f"{self._now + 1:,} of {len(self._matches):,}"
        return "Not found with these capitals" if self._without_capitals else "Not found"

    @property
    def hint(self) -> str:
        """What is found, empty while nothing is looked for."""
        if not self.active or self._bar is not None:
            return ""
        from reader.ui.text import shorten

        key = self._screen.key
        steps = f"{key('unread.next')} next  {key('search.previous')} before  Esc ends"
        return f"{self.count or '…'} · {steps}   “{shorten(self._words, 40)}”"

    def _tell(self) -> None:
        if self._bar is not None:
            self._bar.say(self.count if self._words else "")
        elif self._screen.has_class("-zen"):
            self._screen.say(self.count)
        self._screen.say_keys()

    # -- keys and clicks

    def follow(self, event: Key) -> bool:
        """Take a key, and tell whether it was meant for what is found or for a link."""
        if event.key == "escape" and self.active:
            self.end()
            return True
        if event.key in "123456789" and self._screen.keymap.at("article", event.key) is None:
            self.links(event.key)
            return True
        return False

    def clicked(self, event: ReadingPane.PointClicked) -> None:
        """Follow the link or the footnote that was clicked."""
        if event.span is not None:
            self._following.clicked(event.point.block, event.span)

    def links(self, typed: str = "") -> None:
        """Number the links, and list them."""
        self._following.ask(typed)

    def contents(self) -> None:
        """Show the headings."""
        self._following.contents()

    # -- the bar

    def open(self) -> None:
        """Give the focus to the find bar."""
        from reader.ui.widgets.find_bar import FindBar

        if self._screen.opened is None:
            return
        if self._bar is not None:
            self._bar.input.focus()
            return
        self._from = self._screen.pane.place, self._screen.pane.top
        self._bar = FindBar(self._words, self)
        self._screen.keys_shown(shown=False)
        self._screen.keys_wait_for(self._coming)

    async def _coming(self) -> None:
        if self._bar is not None:
            await self._screen.mount(self._bar)
            self._screen.set_focus(self._bar.input)
            self._tell()

    def close(self, *, keep: bool) -> None:
        """Take the bar away, the text staying where it is; keep what is found, or end it."""
        if self._bar is None:
            return
        bar, self._bar = self._bar, None
        begun, self._from = self._from, None
        if begun is not None and begun[0] != self._screen.pane.place:
            self._screen.trail.leave(begun[0])
        if self._screen.focused is bar.input:
            # Before the bar goes: it would leave the focus to the list.
            self._screen.set_focus(self._screen.pane)
        self._screen.keys_shown(shown=True)
        bar.remove()
        if keep and self._words and (self._matches is None or self._matches):
            self._screen.say_keys()
        else:
            self.end()

    # -- finding

    def begin(self, terms: Terms) -> None:
        """Go to the first of the words by which the article was found; where its text has none, look for nothing."""
        self._terms = terms
        self._look(str(terms), begun=Point())

    def typed(self, words: str) -> None:
        """Look for other words, from where the search began."""
        if words != self._words:
            self._terms = None
            self._look(words)

    def _look(self, words: str, *, again: bool = False, begun: Point | None = None) -> None:
        self._words = words if words.strip() else ""
        begun = self._from[1] if self._from is not None else begun
        self._screen.run_worker(self._search(again, begun), group=_GROUP, exclusive=True)

    async def _search(self, again: bool, begun: Point | None) -> None:
        """Look through the text, on from where the search began."""
        pane = self._screen.pane
        if self._finder is None or not self._same():
            from reader.model.finding import Finder

            self._blocks = pane.blocks
            self._finder = Finder(self._blocks)
        finder, small = self._finder, self._words.lower()
        if self._terms is not None:
            found = await _all(finder.search_for(self._terms.pattern))
            if not found and self._screen.opened is not None and not self._screen.opened.coming:
                self.end()
                return
        else:
            found = await _all(finder.search(self._words))
        others = not found and self._terms is None and small != self._words
        self._without_capitals = others and bool(await _all(finder.search(small)))
        before, self._matches = self._matches, found
        if again and before and found and self._now < len(before):
            self._choose(found.from_point(before[self._now].start), show=False)
        elif found:
            self._choose(found.from_point(begun or pane.top))
        else:
            self._paint()
            self._tell()

    def _same(self) -> bool:
        """Tell whether the text is the one that the finder knows; to set it in another width changes nothing."""
        blocks = self._screen.pane.blocks
        if blocks is not self._blocks and blocks == self._blocks:
            self._blocks = blocks
        return blocks is self._blocks

    def _choose(self, number: int, *, anew: bool = True, show: bool = True) -> None:
        """Make a match the current one, going round the end."""
        if self._matches:
            self._now = number % len(self._matches)
            if show:
                self._screen.pane.show_point(self._matches[self._now].start)
            self._paint(anew=anew)
            self._mark("match-now", [self._matches[self._now]])
            self._tell()

    def step(self, step: int) -> None:
        """Go to the next match (1) or the one before (-1): from the current one, or from what is in view."""
        if not self._matches:
            if self._matches is not None and self._words:
                how = " with these capitals" if self._without_capitals else ""
                self._screen.say(f"“{self._words}” is not in this article{how}.")
            return
        number = self._now + step
        pane = self._screen.pane
        if not pane.in_view(self._matches[self._now].start):
            number = self._matches.from_point(pane.top) - (step < 0)
        if not 0 <= number < len(self._matches):
            self._screen.say("Round the end: on from the first." if step > 0 else "Round the beginning: the last.")
        self._choose(number, anew=False)

    def moved(self) -> None:
        """Another part of the text is in view, or another text."""
        if not self._words:
            return
        if self._matches is not None and not self._same():
            self._look(self._words, again=True)
        else:
            self._paint()

    def _paint(self, *, anew: bool = False) -> None:
        """Paint the matches in view and some around them, where they are not painted yet."""
        pane, matches = self._screen.pane, self._matches
        if matches:
            first, last = matches.from_point(pane.top), matches.from_point(pane.bottom)
            if anew or first < self._painted.start or last > self._painted.stop:
                self._painted = range(max(0, first - _PAINTED), min(len(matches), last + _PAINTED))
                self._mark("match", [matches[number] for number in self._painted])
        elif self._painted:
            self._painted = range(0)
            self._mark("match", ())
            self._mark("match-now", ())

    def _mark(self, part: Literal["match", "match-now"], passages: Sequence[Passage]) -> None:
        from reader.ui.widgets.painting import Overlay

        self._screen.pane.mark(part, [Overlay(passage, part) for passage in passages])

    def end(self) -> None:
        """Look for nothing any more."""
        if self._bar is not None:
            self.close(keep=False)
            return
        if not self._words and self._matches is None and self._finder is None:
            return
        self._screen.workers.cancel_group(self._screen, _GROUP)
        self._words, self._terms, self._matches, self._finder, self._blocks, self._now = "", None, None, None, (), 0
        self._paint()
        self._screen.say_keys()


async def _all(steps: Iterator[Matches]) -> Matches | None:
    """Find words in steps, so that a key that comes meanwhile is served first."""
    import asyncio

    found: Matches | None = None
    for so_far in steps:
        found = so_far
        await asyncio.sleep(0)
    return found
