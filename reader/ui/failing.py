"""What is done when something in the app fails; nothing is printed while the app has the terminal."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from reader import crash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import App


def told(
    app: App[None], error: BaseException, data: Path, prepare: Callable[[], object], count: Callable[[], int]
) -> tuple[str, ...]:
    """Prepare the end, write a report, and give what is to be said once the terminal is given back, a line each.

    Args:
        app: what it happened in.
        error: what nobody caught.
        data: the folder of the data.
        prepare: saves what is not saved yet.
        count: counts the articles.
    """
    cause = getattr(error, "error", None)  # of what fails in a worker
    error = cause if isinstance(cause, BaseException) else error
    with suppress(Exception):
        prepare()
    facts: dict[str, object] = {"terminal": "", "articles": ""}
    with suppress(Exception):
        facts["terminal"] = f"{app.size.width} x {app.size.height}"
        facts["screens"] = ", ".join(type(screen).__name__ for screen in app.screen_stack)
        facts["focus"] = type(app.focused).__name__
    with suppress(Exception):
        facts["articles"] = count()
    return crash.told(error, data / crash.FOLDER, facts)
