"""Taking back what was changed, and doing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.views import SAVED
from reader.model.listing import Filter
from reader.ui.actions import action
from reader.ui.actions.bulk import FEW
from reader.ui.actions.collecting import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.annotation import Undone
    from reader.ui.actions.stage import Stage


@action("undo")
def undo(stage: Stage) -> None:
    """Take back the last change of marks."""
    stage.in_background(
        lambda: _made(stage.library.notebook.undo),
        lambda undone: _followed(stage, undone, "Undone", "There is nothing to take back."),
    )


@action("redo")
def redo(stage: Stage) -> None:
    """Do again what was taken back last."""
    stage.in_background(
        lambda: _made(stage.library.notebook.redo),
        lambda redone: _followed(stage, redone, "Done again", "There is nothing to do again."),
    )


def _made(change: Callable[[], Undone | None]) -> Undone | None:
    with uncollected():
        return change()


def _followed(stage: Stage, undone: Undone | None, what: str, nothing: str) -> None:
    if undone is None:
        stage.say(nothing)
        return
    stage.restate()
    chosen = stage.listing.filter
    if chosen.view.startswith(SAVED) and chosen.view not in {view.id for view in stage.library.views.saved()}:
        stage.lists.show(Filter())  # there is no such view any more
    else:
        _go(stage, undone)
    stage.say(f"{what}: {undone.label}")


def _go(stage: Stage, undone: Undone) -> None:
    """Bring back into the list what left the view, and where it is one article out of view, go to it."""
    cache, listing = stage.library.cache, stage.listing
    keys = [key for article in undone.articles[:FEW] if (key := cache.key(article)) is not None]
    one = keys[0] if len(keys) == undone.count == 1 and not stage.reading else None
    if set(keys).difference(listing.keys):
        if listing.filter.view != "all" or listing.filter.words:
            stage.lists.show(listing.filter, article=one)
    elif one is not None:
        at = listing.index_of(one)
        in_view = {row.key for row, _, _ in stage.articles.rows_in_view()}
        if at is not None and one not in in_view:
            group = listing.group_at(at)
            if listing.groups[group].folded:
                stage.lists.fold(group, folded=False)
            stage.articles.go_to(at)
