"""Work in threads, one piece at a time: what was asked for last comes next, what was asked before it never."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class Turns:
    """Lets whoever asks wait until the work before is done, which ends soon when nobody waits for it any more.

    Who is cancelled while waiting asks for nothing, so that what is typed quickly never makes work pile up.
    """

    def __init__(self) -> None:
        self._busy: asyncio.Future[Any] | None = None

    async def take(self, work: Callable[[Callable[[], bool]], Result]) -> Result:
        """Do a piece of work when it is its turn.

        Args:
            work: is given what tells whether nobody waits for it any more.
        """
        while self._busy is not None and not self._busy.done():
            await asyncio.wait([self._busy])
        left = threading.Event()
        mine: asyncio.Future[Result] = asyncio.ensure_future(asyncio.to_thread(work, left.is_set))
        mine.add_done_callback(_heard)
        self._busy = mine
        try:
            await asyncio.wait([mine])
        except asyncio.CancelledError:
            left.set()
            raise
        return mine.result()


def _heard(done: asyncio.Future[Any]) -> None:
    """Look at how the work ended, so that nobody complains of a failure that nobody waited for."""
    if not done.cancelled():
        done.exception()
