"""Adding a page from a file or from pasted text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.listing import Filter
from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ingest.found import Found
    from reader.library.subscriptions import Report
    from reader.ui.actions.stage import Stage


@action("library.add")
def add(stage: Stage) -> None:
    """Ask for a file or a pasted text, and add what is in it."""
    add_text(stage, "")


def add_text(stage: Stage, text: str) -> None:
    """Ask whether to add a text that was pasted; an empty one asks what to add."""
    if stage.library.preview is not None:
        stage.keep()
        return
    if stage.library.read_only:
        stage.say(stage.library.why_read_only, warning=True)
        return
    from reader.ui.dialogs.add import AddScreen

    stage.ask(AddScreen(text), lambda answer: _take(stage, *answer))


def _take(stage: Stage, found: Found, location: str) -> None:
    def done(report: Report) -> None:
        stage.say(str(report))
        stage.articles.forget_rows()
        if stage.reading or stage.listing.filter.words:
            stage.lists.show(stage.listing.filter)
        else:
            stage.lists.show(Filter(), article=report.new[0] if report.new else None)

    stage.in_background(lambda: stage.library.subscriptions.add(found, location), done)
