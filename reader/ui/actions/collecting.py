"""Much is made at once, none of it garbage: to look for garbage in it again and again would halt the keys.

What a thread lets go of, another thread does not get; where very much is made, one after the other, it is given back.
"""

from __future__ import annotations

import gc
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile."""
    was_on = gc.isenabled()
    _give_back()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Not to be frozen: a screen that is open now is held in a circle, and would never go.
            gc.enable()
        _give_back()


def _give_back() -> None:
    """Give memory that is free to the system, off the UI thread only."""
    if threading.current_thread() is threading.main_thread():
        return
    with suppress(OSError, AttributeError):  # only glibc keeps it so, and can be asked
        import ctypes

        ctypes.CDLL(None).malloc_trim(0)
