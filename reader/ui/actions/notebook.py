"""The notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage


@action("notebook.bookmarks")
def bookmarks(stage: Stage) -> None:
    """Show all bookmarks."""
    _open(stage, bookmarks=True)


@action("notebook.notes")
def notes(stage: Stage) -> None:
    """Show all notes and highlights."""
    _open(stage, bookmarks=False)


@action("history")
def history(stage: Stage) -> None:
    """Show what was read, and figures of it."""
    if stage.library.preview is not None:
        stage.say(stage.library.why_read_only, warning=True)
    else:
        stage.open_history()


def _open(stage: Stage, *, bookmarks: bool) -> None:
    if stage.library.preview is not None:
        stage.say(stage.library.why_read_only, warning=True)
    else:
        stage.open_notebook(bookmarks=bookmarks)
