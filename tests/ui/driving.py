"""The app, driven by keys, and asked what it shows."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual import events

from reader.settings import Settings
from reader.ui.app import ReaderApp
from reader.ui.screens.reading import ReadingScreen
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from reader.ingest.found import Found
    from reader.library import Library
    from reader.settings import Places

DEADLINE = 60.0
"""Seconds to wait for anything: it bounds hangs, not a busy machine."""
QUIET = Settings(mark_read="never")
"""Nothing is marked read by itself."""


class Reader:
    """A running app."""

    def __init__(self, app: ReaderApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    # -- what there is

    @property
    def screen(self) -> ReadingScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReadingScreen))

    @property
    def library(self) -> Library:
        return self.screen.library

    @property
    def articles(self):
        return self.screen.articles

    @property
    def pane(self):
        return self.screen.pane

    @property
    def status(self) -> str:
        """What the top line says."""
        return self.of(self.screen.query_one(StatusLine))

    @property
    def keys(self) -> KeyBar:
        """The bottom line."""
        return self.screen.query_one(KeyBar)

    @property
    def title(self) -> str | None:
        """The headline under the cursor."""
        row = self.screen.row
        return row.title if row else None

    @property
    def titles(self) -> list[str]:
        """All headlines of the list, in order."""
        return [row.title for row in self.library.shelf.rows(self.screen.listing.keys)]

    def flags(self, title: str) -> int:
        """Give what the library keeps of an article."""
        rows = self.library.shelf.rows(self.library.shelf.listing().keys)
        row = next(row for row in rows if row.title == title)
        assert self.library.marks.flags(row.id) == row.flags, "the mirror and the marks differ"
        return row.flags

    def note(self) -> str:
        """Give the note on the article under the cursor, empty for none."""
        notes = self.library.marks.of(self.screen.row.id).notes
        return notes[0].text if notes else ""

    @property
    def said(self) -> list[str]:
        """All toasts so far that are still shown."""
        return [notice.message for notice in self.app._notifications]

    @property
    def dialogue(self) -> str:
        """The name of what lies over the screen, empty for nothing."""
        top = self.app.screen
        return "" if top is self.screen else type(top).__name__

    @property
    def question(self) -> str:
        """What the dialogue says, on one line."""
        return " ".join(self.of(self.app.screen.query_one(".said")).split())

    def seen(self) -> str:
        """Give the topmost screen as text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def of(self, widget) -> str:
        """Give a widget as text."""
        region = widget.region
        lines = self.seen().split("\n")[region.y : region.bottom]
        return "\n".join(line[region.x : region.right] for line in lines)

    # -- what is done

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait for something to become true."""
        deadline = time.monotonic() + DEADLINE
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain for {what or condition}; on the screen is:\n{self.seen()}")
            await self.pilot.pause(0.001)

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until the app rests."""
        await self.pilot.press(*keys)
        await self.rest()

    async def rest(self) -> None:
        """Wait until nothing is under way."""
        await self.pilot.pause()
        await self.until(lambda: all(worker.is_finished for worker in self.app.workers), "the workers to end")
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {" ": "space", "\n": "enter"}
        await self.press(*(names.get(char, char) for char in text))

    async def paste(self, text: str) -> None:
        """Paste a text into whatever has the focus."""
        self.app.post_message(events.Paste(text))
        await self.rest()

    async def go_to(self, title: str) -> None:
        """Put the cursor on an article."""
        self.articles.go_to(self.titles.index(title))
        await self.rest()

    async def click(self, widget, text: str) -> None:
        """Click on the first place of a widget that shows a text."""
        for y, line in enumerate(self.of(widget).split("\n")):
            if text in line:
                await self.pilot.click(widget, offset=(line.index(text), y))
                await self.rest()
                return
        raise AssertionError(f"{text!r} is nowhere in\n{self.of(widget)}")


@asynccontextmanager
async def reading(
    places: Places,
    settings: Settings = QUIET,
    *,
    size: tuple[int, int] = (120, 40),
    preview: Found | None = None,
    location: str = "",
    wrong: list[str] | None = None,
) -> AsyncIterator[Reader]:
    """Run the app until the block is left, then close the library as the program does."""
    app = ReaderApp(places, settings, wrong, preview=preview, location=location)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Reader(app, pilot)
            await reader.until(lambda: reader.library.ready, "the marks to be opened")
            await reader.rest()
            yield reader
            app.keep_session()
    finally:
        assert app.library.close() is None
