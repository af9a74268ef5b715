"""The way from a thread back to the UI loop, for as long as anybody waits there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.dom import DOMNode


def hand_over(app: App[Any], node: DOMNode, work: Callable[[], object]) -> None:
    """Do something on the UI loop, from a thread, and wait for its end; nothing once who asked for it is gone.

    Args:
        app: asked for before the thread began: a screen that is being left no longer knows it.
        node: what asked for it.
        work: what is to be done.
    """

    def do() -> None:
        if app.is_running and node.is_attached:
            work()

    try:
        app.call_from_thread(do)
    except RuntimeError:  # the loop has ended
        if app.is_running:
            raise
