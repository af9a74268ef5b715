"""A screen that says, asks, and works in the background, so that no failure goes unseen."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, cast

from textual.screen import Screen

from reader.library import ERRORS, Library
from reader.ui.threads import hand_over
from reader.ui.widgets.keyed import keymap_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import ModalScreen

    from reader.commands import Keymap
    from reader.ui.typeahead import TypeAhead

Answer = TypeVar("Answer")
_PATIENCE: Final = 1.0
"""Seconds that keys wait for a dialogue at the most."""


class _Held(Protocol):
    """The keys that hold."""

    clashes: list[str]


class _Typing(Protocol):
    """The app, as far as this file knows it: screens are below it and do not import it."""

    typeahead: TypeAhead
    keys_held: _Held


class _Keys(Protocol):
    """A line of keys."""

    awake: bool


class TalkingScreen(Screen[None]):
    """A screen over a library.

    Args:
        library: both stores; their errors are told in its words.
    """

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    @property
    def keymap(self) -> Keymap:
        """The keys that hold now."""
        return keymap_of(self)

    @property
    def clashes(self) -> list[str]:
        """What is wrong with the keys of the user's own commands."""
        return cast("_Typing", self.app).keys_held.clashes

    def key(self, command: str) -> str:
        """Give the key of a command as people know it, to be named in what is said."""
        return self.keymap.key(command)

    def untaken(self, key: str) -> bool:
        """Tell whether what has the focus, a line that is typed into, has no use for a key."""
        active = self.active_bindings.get(key)
        return active is None or active.node in (self, self.app)

    def keys_changed(self) -> None:
        """Other keys hold now: show them."""
        for keys in self.query("KeyBar, KeyHints"):
            keys.refresh(layout=True)

    def on_screen_suspend(self) -> None:
        """Something lies over the screen: its keys do nothing, and are not shown."""
        self._wake(awake=False)

    def on_screen_resume(self) -> None:
        """It is gone."""
        self._wake(awake=True)

    def _wake(self, *, awake: bool) -> None:
        for keys in self.query("KeyBar, KeyHints"):
            cast("_Keys", keys).awake = awake

    def say(self, text: str, *, warning: bool = False) -> None:
        """Tell the user something in passing; it takes the place of what was said before."""
        self.app.clear_notifications()
        severity, seconds = ("warning", 8) if warning else ("information", 3)
        self.app.notify(text, severity=severity, markup=False, timeout=seconds)  # type: ignore[arg-type] # a Literal

    def go_over(self, screen: Screen[None]) -> None:
        """Put another screen over this one, until it is left."""

        async def coming() -> None:
            await self.app.push_screen(screen)
            await _drawn(screen)

        self.keys_wait_for(coming)

    def ask(self, screen: ModalScreen[Answer], answered: Callable[[Answer], None]) -> None:
        """Put a question over the screen; it may be left unanswered."""

        def done(answer: Answer | None) -> None:
            if answer is not None:
                self.guarded(lambda: answered(answer))

        async def coming() -> None:
            await self.app.push_screen(screen, done)
            await _drawn(screen)

        self.keys_wait_for(coming)

    def keys_wait_for(self, coming: Callable[[], Awaitable[object]]) -> None:
        """Hold what is typed from now on until a dialogue or a widget is there to take it.

        Args:
            coming: brings it up, and is over when it has the focus.
        """
        typeahead = cast("_Typing", self.app).typeahead
        typeahead.hold()

        async def there() -> None:
            try:
                await coming()
            finally:
                await typeahead.release()

        self.run_worker(there(), group="typing")

    def guarded(self, work: Callable[[], None]) -> None:
        """Do something with the stores, and say it when they fail."""
        try:
            work()
        except ERRORS as error:
            self._failed(error)

    def in_background(self, work: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        """Do slow work off the UI thread, then use its result on it."""
        app = self.app

        def told() -> None:
            try:
                result = work()
            except ERRORS as error:
                hand_over(app, self, partial(self._failed, error))
            except ValueError as error:
                if not in_words(error):
                    raise
                hand_over(app, self, partial(self.say, str(error), warning=True))
            else:
                hand_over(app, self, lambda: self.guarded(lambda: done(result)))

        self.run_worker(told, thread=True)

    async def in_turn(self, work: Callable[[], None]) -> None:
        """Let the screen do something when it deals with its messages, and wait for that.

        What several widgets show anew then comes in one frame. Who is cancelled meanwhile wants it no more.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def do() -> None:
            if not done.cancelled():
                work()
                done.set_result(None)

        self.call_later(do)
        await done

    def _failed(self, error: BaseException) -> None:
        self.say(self.library.why_read_only if self.library.read_only else str(error), warning=True)


def in_words(error: BaseException) -> bool:
    """Tell whether an error says in words for people what went wrong with something that came."""
    from reader.ingest.errors import IngestError  # the first frame needs no ingest

    return isinstance(error, IngestError)


async def _drawn(screen: Screen[Any]) -> None:
    shown = asyncio.Event()
    screen.call_after_refresh(shown.set)
    with suppress(TimeoutError):
        await asyncio.wait_for(shown.wait(), _PATIENCE)
