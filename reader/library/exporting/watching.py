"""An export kept up to date while others change what is kept; nothing is ever written to the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library import Library
from reader.storage.stamp import stamp, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.settings import Places


def standing(places: Places) -> str:
    """Give a short text that differs after every change of what is kept, without opening it."""
    ahead = places.library.with_name(f"{places.library.name}-wal")
    try:
        # Whoever only reads makes an empty one, too.
        changes = state_of(ahead) if ahead.stat().st_size else "-"
    except OSError:
        changes = "-"
    return f"{stamp(places.marks)} {state_of(places.library)} {changes} {state_of(places.settings)}"


def watch(places: Places, do: Callable[[Library], None], wait: Callable[[], bool]) -> None:
    """Do something with the library now and after each change, until nobody waits any more.

    Args:
        places: the folders.
        do: what is done, with the library opened to be read.
        wait: waits a moment, and tells whether to go on.
    """
    done = ""
    while True:
        now = standing(places)
        if now != done:
            with Library(places, write=False) as library:
                do(library)
            # What changed meanwhile is seen the next time, since this was taken before.
            done = now
        if not wait():
            return
