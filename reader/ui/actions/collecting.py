"""Much is made at once, none of it garbage: to look for garbage in it again and again would halt the keys."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Not to be frozen: a screen that is open now is held in a circle, and would never go.
            gc.enable()
