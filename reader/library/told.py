"""What of all that is done with articles the hooks are told."""

from __future__ import annotations

import threading
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.library.hooks import Hooks
    from reader.library.states import States
    from reader.settings import Event


class Told:
    """Tells the hooks of what the reader does, once it is done.

    Args:
        hooks: gives the hooks; None for nobody.
        states: the flags of the articles.
    """

    def __init__(self, hooks: Callable[[], Hooks] | None, states: States) -> None:
        self._hooks, self._states = hooks, states
        self._inside: int | None = None

    @contextmanager
    def nothing(self) -> Iterator[None]:
        """Tell nothing of what this thread does inside: a rule does it, or it is part of something larger."""
        before, self._inside = self._inside, threading.get_ident()
        try:
            yield
        finally:
            self._inside = before

    @contextmanager
    def of(self, event: Event, keys: Sequence[int], flag: int) -> Iterator[None]:
        """Tell, after the inside, of the articles that had a flag not before; with no flag of none."""
        hooks = self._wanting(event) if flag else None
        if hooks is None:
            yield
            return
        flags = self._states.of(array("I", keys))
        news = [key for key, now in zip(keys, flags, strict=True) if not now & flag]
        yield
        hooks.happened(event, news)

    def noted(self, key: int) -> None:
        """Tell that something was written about an article."""
        if (hooks := self._wanting("note")) is not None:
            hooks.happened("note", (key,))

    def _wanting(self, event: Event) -> Hooks | None:
        if self._hooks is None or self._inside == threading.get_ident():
            return None
        hooks = self._hooks()
        return hooks if hooks.wants(event) else None
