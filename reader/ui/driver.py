"""What is typed and pasted, on its way from the terminal to Textual.

Textual's own driver looks at each character of a paste by itself: ten megabytes take it fifteen seconds and up to a
gigabyte. It also ends the app at the first byte that is no UTF-8.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Final

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from reader.model.signs import encoding
from reader.ui.ground import ASKS, ASKS_NO_MORE, Answers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from textual.message import Message

LONGEST: Final = 16 << 20
"""Characters of a paste that are taken; of a longer one nothing is."""
_MOMENT: Final = 0.1
"""Seconds after which something typed is taken to be whole, as a lone Esc."""
_AT_ONCE: Final = 1 << 16
"""Bytes that are read at once."""


class LongPaste(events.Paste):
    """More was pasted than is taken.

    Args:
        length: how many characters that were.
    """

    def __init__(self, length: int) -> None:
        super().__init__("")
        self.length = length


class Typed:
    """Parts what is pasted from what is typed, which is Textual's to understand.

    Args:
        asked: whether the terminal is to tell of its background.
    """

    def __init__(self, *, asked: bool = False) -> None:
        self._parser = XTermParser()
        self._answers = Answers(awaited=asked)
        self._pasted: list[str] | None = None
        """What was pasted so far, None while nothing is being pasted."""
        self._length = 0
        self._last = ""
        """The last characters that came: a sign may come in two pieces."""

    def feed(self, text: str) -> Iterator[Message]:
        """Give the events of what came; a paste is one event, at its end."""
        while text:
            text = yield from self._typed(text) if self._pasted is None else self._in_paste(text)

    def tick(self) -> Iterator[Message]:
        """Give the events of what nothing more has come for."""
        if held := self._answers.typed():
            yield from self._parsed(held)
        yield from self._understood(self._parser.tick())

    def _parted(self, text: str) -> Iterator[Message]:
        typed, told = self._answers.parted(text)
        yield from self._parsed(typed)
        yield from told

    def _typed(self, text: str) -> Generator[Message, None, str]:
        came = self._last + text
        begins = came.find(START)
        if begins < 0:
            self._last = came[1 - len(START) :]
            yield from self._parted(text)
            return ""
        # The parser gets the signs of a paste, for what stands before and behind them, and nothing between.
        taken = begins + len(START) - len(self._last)
        self._pasted, self._length, self._last = [], 0, ""
        yield from self._parted(text[:taken])
        return text[taken:]

    def _in_paste(self, text: str) -> Generator[Message, None, str]:
        came = self._last + text
        ends = came.find(END)
        if ends < 0:
            self._take(came[: 1 - len(END)])
            self._last = came[1 - len(END) :]
            return ""
        self._take(came[:ends])
        yield self._paste()
        self._pasted, self._last = None, ""
        yield from (event for event in self._parsed(END) if not isinstance(event, events.Paste))
        return came[ends + len(END) :]

    def _take(self, text: str) -> None:
        assert self._pasted is not None  # noqa: S101 -- it is asked for by whoever calls this
        self._length += len(text)
        if self._length > LONGEST:
            self._pasted.clear()
        else:
            self._pasted.append(text)

    def _paste(self) -> events.Paste:
        if self._length > LONGEST:
            return LongPaste(self._length)
        return events.Paste("".join(self._pasted or ()).replace("\0", ""))

    def _parsed(self, text: str) -> Iterator[Message]:
        # One by one, so that what cannot be understood takes nothing with it that comes behind.
        for character in text:
            yield from self._understood(self._parser.feed(character))

    def _understood(self, found: Iterable[Message]) -> Iterator[Message]:
        """Give events; a terminal that says it has no size, or no pixels, is not believed."""
        try:
            for event in found:
                if isinstance(event, events.Resize):
                    # The place of the mouse is divided by them.
                    if not event.pixel_size:
                        self._parser.terminal_pixel_size = None
                    if not event.size:
                        self._parser.terminal_size = None
                        continue
                yield event
        except Exception:  # noqa: BLE001 -- it fails in many ways at numbers that are none of a key, and is no good then
            self._begin_anew()

    def _begin_anew(self) -> None:
        parser = XTermParser()
        parser.mouse_pixels = self._parser.mouse_pixels
        parser.terminal_size, parser.terminal_pixel_size = self._parser.terminal_size, self._parser.terminal_pixel_size
        self._parser = parser


class TerminalDriver(LinuxDriver):
    """Textual's driver, with eyes of its own."""

    _asked = False

    @property
    def _follows(self) -> bool:
        theming = getattr(self._app, "theming", None)
        return theming is not None and theming.follows

    def ask_ground(self) -> None:
        """Ask the terminal whether it is light or dark; the answer comes as a message, if one comes."""
        self._asked = True
        self.write(ASKS)
        self.flush()

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual does not annotate it
        if self._follows and self._writer_thread is not None:
            self.ask_ground()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._asked:
            self.write(ASKS_NO_MORE)
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read what is typed until the app leaves."""
        try:
            self._read()
        except Exception as error:  # noqa: BLE001 -- in a thread nobody else would hear of it
            self._app.call_later(self._app._handle_exception, error)  # noqa: SLF001 -- as from every other place

    def _read(self) -> None:
        typed = Typed(asked=self._follows)
        decode = getincrementaldecoder(encoding(os.environ))("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_MOMENT):
                    try:
                        came = os.read(self.fileno, _AT_ONCE)
                    except OSError:  # the terminal is gone, which is dealt with in `leaving`
                        self.exit_event.wait(_MOMENT)
                        continue
                    self._hand_on(typed.feed(decode(came)))
                self._hand_on(typed.tick())

    def _hand_on(self, found: Iterable[Message]) -> None:
        for event in found:
            self.process_message(event)
