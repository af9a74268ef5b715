"""The pictures of the article that is read: kept ones only, decoded off the UI thread, drawn where lines wait."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from reader.storage import pictures
from reader.storage.database import DAMAGE
from reader.ui.widgets.lines import Line
from reader.ui.widgets.picture_box import box, cell_size
from reader.ui.widgets.picture_drawn import Drawn, Wanted, blank, drawn
from reader.ui.widgets.picture_header import header
from reader.ui.widgets.picture_pixels import available
from reader.ui.widgets.picture_sharp import knows_sixels
from reader.ui.widgets.picture_way import Way, way

if TYPE_CHECKING:
    from reader.model.document import Block
    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.screens.sharpening import Sharpening
    from reader.ui.widgets.picture_header import Header

BLOCKS_BYTES: Final = 8 << 20
TERMINAL_BYTES: Final = 64 << 20
"""What pictures may take: of our memory in half blocks, of the terminal's where it keeps them."""

_HEAD: Final = 128 << 10
"""Bytes in which the size of a picture is looked for; a JPEG may have others before it."""

_HEADERS: Final = 500


class Pictures:
    """Gives the lines of pictures, and draws those anew that came.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._way: Way | None = None
        self._headers: dict[str, Header] = {}
        self._drawn: OrderedDict[Wanted, Drawn] = OrderedDict()
        self._waiting: dict[Wanted, None] = {}
        self._busy = False
        self._numbers = count(int.from_bytes(os.urandom(2), "big") << 8 | 1)
        self._closed = False
        self._sharp: Sharpening | None = None

    def lines(self, block: Block, width: int) -> list[Line] | None:
        """Give the lines of a picture, blank ones until it is drawn.

        Args:
            block: the picture.
            width: cells that a line may take.

        Returns:
            Always as many for the same width and view; None when there is nothing to draw.
        """
        wanted = self._wanted(block, width) if self.way != "none" else None
        if wanted is None:
            return None
        here = self._drawn.get(wanted)
        if here is None:
            self._waiting.pop(wanted, None)
            self._waiting[wanted] = None
            self._go_on()
            return [Line((), (blank(wanted),))] * wanted.box.lines
        self._drawn.move_to_end(wanted)
        return [Line((), segments) for segments in here.lines]

    @property
    def way(self) -> Way:
        """How pictures are drawn in this terminal."""
        if self._way is None:
            app = self._screen.app
            colours = None if app.no_color or not available() else app.console.color_system
            self._way = way("off" if self._screen.in_ascii else self._screen.settings.pictures, os.environ, colours)
            if self._way == "sixel" and not knows_sixels():
                self._way = "blocks"
            app.app_resume_signal.subscribe(self._screen, lambda _: self._lost())
            if self._way in ("sixel", "iterm"):
                from reader.ui.screens.sharpening import Sharpening

                self._sharp = Sharpening(self._screen, self._way, self._find, self._tell)
        return self._way

    def _find(self, block: Block, width: int) -> tuple[Wanted, Drawn] | None:
        """Give a picture that is drawn."""
        wanted = self._wanted(block, width)
        here = self._drawn.get(wanted) if wanted is not None else None
        return (wanted, here) if wanted is not None and here is not None else None

    def _wanted(self, block: Block, width: int) -> Wanted | None:
        url = block.spans[0].target if block.spans else ""
        told = self._header(url) if url else None
        if told is None:
            return None
        pane, cell = self._screen.pane, cell_size()
        place = box(told.width, told.height, width, pane.size.height, cell)
        return None if place is None else Wanted(url, place, cell, pane.background_colors[1].rgb)

    def _header(self, url: str) -> Header | None:
        found = self._headers.get(url)
        if found is None:
            try:
                found = header(pictures.head(self._screen.library.cache, url, _HEAD))
            except (*DAMAGE, ValueError):  # what is no address at all is not kept either
                return None
            if found is not None:
                if len(self._headers) >= _HEADERS:
                    self._headers.clear()
                self._headers[url] = found
        return found

    # -- drawing

    def _go_on(self) -> None:
        """Draw the picture that was looked at last, then the others."""
        if self._busy or self._closed or not self._waiting:
            return
        self._busy = True
        wanted, _ = self._waiting.popitem()
        cache, terminal = self._screen.library.cache, self.way
        number = next(self._numbers) & 0xFFFFFF

        def work() -> Drawn:
            data = b""
            with suppress(*DAMAGE, ValueError):
                found = pictures.of(cache, wanted.url, now=int(time.time()))
                data = found.data if found is not None else b""
            return drawn(wanted, data, terminal, number)

        self._screen.in_background(work, lambda came: self._came(wanted, came))

    def _came(self, wanted: Wanted, came: Drawn) -> None:
        self._busy = False
        if self._closed:
            return
        self._tell(came.sending)
        self._drawn[wanted] = replace(came, sending="")
        gone = self._evicted()
        self._renew({wanted.url, *gone})
        self._go_on()

    def _renew(self, urls: set[str]) -> None:
        """Draw the lines of some pictures anew, and no others."""
        pane = self._screen.pane
        for number, block in enumerate(pane.blocks):
            if block.kind == "image" and block.spans and block.spans[0].target in urls:
                pane.renew_block(number)

    def _evicted(self) -> set[str]:
        """Let go of those not laid out for longest, unless they are in view, while all take too much."""
        pane = self._screen.pane
        most = TERMINAL_BYTES if self.way == "kitty" else BLOCKS_BYTES
        taken = sum(one.cost for one in self._drawn.values())
        if taken <= most:
            return set()
        seen = {self._wanted(block, pane.text_width) for block, *_ in pane.images()}
        gone = set()
        for wanted in [wanted for wanted in self._drawn if wanted not in seen]:
            if taken > most:
                old = self._drawn.pop(wanted)
                taken -= old.cost
                self._forget(old)
                gone.add(wanted.url)
        return gone

    def _forget(self, old: Drawn) -> None:
        from reader.ui.widgets.picture_kitty import forgetting

        if old.number:
            self._tell(forgetting(old.number))

    def _tell(self, words: str) -> None:
        """Say something to the terminal, between two frames."""
        driver = self._screen.app._driver  # noqa: SLF001 -- Textual has no other way to speak to the terminal
        if words and driver is not None:
            driver.write(words)

    def _lost(self) -> None:
        """Draw all anew: another program had the terminal, which forgot them meanwhile."""
        urls = {wanted.url for wanted, one in self._drawn.items() if one.number}
        if urls:
            self._drawn.clear()
            self._renew(urls)

    def leave(self) -> None:
        """Draw nothing that was only wanted before: another article is shown."""
        self._waiting.clear()

    def close(self) -> None:
        """Let go of everything."""
        self._closed = True
        if self._sharp is not None:
            self._sharp.close()
        for one in self._drawn.values():
            self._forget(one)
        self._drawn.clear()
