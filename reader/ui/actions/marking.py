"""Marking: read, bookmarks, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.article import BOOKMARKED, READ
from reader.ui.actions import action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.annotation import Undone
    from reader.model.article import Row
    from reader.ui.actions.stage import Stage

_FEW = 100
"""Above this many articles, work goes to the background."""


@action("article.toggle_read")
def toggle_read(stage: Stage) -> None:
    """Mark the article read or unread."""
    row = stage.row
    if row is None:
        return
    marked_itself = stage.decide_read()
    if row.has(READ) and marked_itself:
        stage.say("Read already. m again makes it unread.")
        return
    stage.renew(stage.library.notebook.set_read((row,), not row.has(READ)))


@action("article.toggle_bookmark")
def toggle_bookmark(stage: Stage) -> None:
    """Bookmark the article, or remove the bookmark."""
    row = stage.row
    if row is not None:
        stage.renew(stage.library.notebook.set_bookmarked((row,), not row.has(BOOKMARKED)))


@action("view.mark_all_read")
def mark_all_read(stage: Stage) -> None:
    """Mark all of this view read, after asking."""
    from reader.ui.dialogs.prompts import ConfirmScreen

    listing = stage.listing
    unread = [key for key, flags in zip(listing.keys, listing.flags, strict=True) if not flags & READ]
    if not unread:
        stage.say("Nothing is unread here.")
        return

    def mark() -> list[Row]:
        return stage.library.notebook.set_read(stage.library.shelf.rows(unread), read=True)

    def done(rows: list[Row]) -> None:
        stage.restate()
        stage.say(f"{len(rows):,} marked read. U takes it back.")

    def answered(yes: bool) -> None:
        if not yes:
            return
        if len(unread) > _FEW:
            stage.in_background(mark, done)
        else:
            done(mark())

    many = "1 article" if len(unread) == 1 else f"{len(unread):,} articles"
    stage.ask(ConfirmScreen(f"Mark {many} read?", "U takes it back."), answered)


@action("undo")
def undo(stage: Stage) -> None:
    """Take back the last change of marks."""
    stage.in_background(stage.library.notebook.undo, lambda undone: _undone(stage, undone))


def _undone(stage: Stage, undone: Undone | None) -> None:
    if undone is None:
        stage.say("There is nothing to take back.")
        return
    stage.restate()
    if stage.listing.filter.view != "all" and not _all_listed(stage, undone.articles):
        stage.lists.show(stage.listing.filter)
    stage.say(f"Taken back: {undone.label}")


def _all_listed(stage: Stage, articles: Sequence[int]) -> bool:
    """Tell whether the list has all of some articles; of many, the first tell."""
    listed = set(stage.listing.keys)
    return all(stage.library.cache.key(article) in listed for article in articles[:_FEW])
