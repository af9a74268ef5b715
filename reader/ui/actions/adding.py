"""Adding whatever can be read: from the web, from this computer, from what was pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.listing import Filter
from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ingest.found import Found
    from reader.library.subscriptions import Report
    from reader.model.source import Source
    from reader.ui.actions.stage import Stage
    from reader.ui.dialogs.add import Folder


@action("library.add")
def add(stage: Stage) -> None:
    """Ask what to add, and add it."""
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

    def known(address: str) -> bool:
        return stage.library.subscriptions.known(address) is not None

    stage.ask(AddScreen(text, known), lambda answer: _take(stage, *answer))


def _take(stage: Stage, found: Found | Folder, location: str) -> None:
    from reader.ui.dialogs.add import Folder

    subscriptions = stage.library.subscriptions
    if isinstance(found, Folder):
        path = found.path
        stage.in_background(lambda: subscriptions.watch(path), lambda source: _watched(stage, source))
    else:
        what = found
        stage.in_background(lambda: subscriptions.add(what, location), lambda report: _added(stage, report))


def _watched(stage: Stage, source: Source) -> None:
    stage.refreshing.changed()
    stage.refreshing.start([source.id])
    stage.say(f"{source.title}: its files are read now, and looked at again at each refresh.")


def _added(stage: Stage, report: Report) -> None:
    stage.refreshing.changed()
    stage.say(str(report))
    stage.articles.forget_rows()
    if stage.reading or stage.listing.filter.words:
        stage.lists.show(stage.listing.filter)
    else:
        stage.lists.show(Filter(), article=_first(report))
    if report.sources:
        stage.refreshing.start([source.id for source in report.sources])


def _first(report: Report) -> int | None:
    """Give the first new article, or the one that was added though it was here already."""
    if report.new:
        return report.new[0]
    return report.keys[0] or None if len(report.keys) == 1 else None
