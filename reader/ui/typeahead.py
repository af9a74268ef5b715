"""Keys are dealt with one after the other, however fast they come.

Textual hands a key to the widget that has the focus when the key arrives. A key typed right behind one that moves
the focus or opens a dialogue would reach the wrong place: the first letters of a note would be commands.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.events import Key
    from textual.message_pump import MessagePump

_LOST: Final = 0.5
"""Seconds after which a key is taken to have gone down with a closing dialogue."""


class TypeAhead:
    """Lets a key wait until the one before it has done its work, and while a dialogue comes up.

    Args:
        app: the app that the keys are for.
        send: does with a key what Textual does with keys.
    """

    def __init__(self, app: App[None], send: Callable[[Key], Awaitable[None]]) -> None:
        self._app, self._send = app, send
        self._waiting: deque[Key] = deque()
        self._busy = self._held = False
        self._sent = 0.0

    async def press(self, key: Key) -> None:
        """Take a key that was pressed."""
        self._waiting.append(key)
        if not self._busy or monotonic() - self._sent > _LOST:
            await self._next()

    def hold(self) -> None:
        """Let keys wait from now on."""
        self._held = True

    async def release(self) -> None:
        """Let keys wait no more."""
        self._held = False
        if not self._busy:
            await self._next()

    async def _next(self) -> None:
        self._busy = bool(self._waiting) and not self._held
        if self._busy:
            key = self._waiting.popleft()
            self._sent = monotonic()
            target = self._app.focused or self._app.screen
            await self._send(key)
            await self._follow(target)

    async def _follow(self, node: MessagePump) -> None:
        """Go the way of the key, from the widget up to the app: behind it in every queue, so it is done there."""
        while not node.call_later(self._passed, node):
            if node is self._app:
                return
            node = node._parent or self._app  # noqa: SLF001 -- the way that Textual's messages bubble

    async def _passed(self, node: MessagePump) -> None:
        if node is self._app:
            await self._next()
        else:
            await self._follow(node._parent or self._app)  # noqa: SLF001 -- as above
