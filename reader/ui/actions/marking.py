"""Marking: read, and bookmarks."""

from __future__ import annotations

from array import array
from itertools import compress
from typing import TYPE_CHECKING, Final

from reader.model.article import BOOKMARKED, READ
from reader.ui.actions import action, bulk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.keys import Keys
    from reader.ui.actions.stage import Stage

_UNREAD: Final = bytes(not flags & READ for flags in range(256))


@action("article.toggle_read")
def toggle_read(stage: Stage) -> None:
    """Mark the article read or unread; of marked rows, all read if any is not."""
    keys, row = bulk.marked(stage), stage.row
    if keys is not None:
        _set_read(stage, keys, read=bool(stage.marked.without(READ)))
    elif row is not None:
        marked_itself = stage.decide_read()
        if row.has(READ) and marked_itself:
            stage.say(f"Read already. {stage.key('article.toggle_read')} again makes it unread.")
            return
        stage.renew(stage.library.notebook.set_read((row,), not row.has(READ)))


def _set_read(stage: Stage, keys: Keys | Sequence[int], *, read: bool) -> None:
    what = "read" if read else "unread"
    bulk.change(stage, keys, lambda many: many.set_read(read), lambda count: f"{bulk.counted(count)} marked {what}")


@action("article.toggle_bookmark")
def toggle_bookmark(stage: Stage) -> None:
    """Bookmark the article, or remove the bookmark; of marked rows, all bookmarked if any is not."""
    keys, row = bulk.marked(stage), stage.row
    if keys is not None:
        bookmarked = bool(stage.marked.without(BOOKMARKED))
        what = "bookmarked" if bookmarked else "no longer bookmarked"
        bulk.change(
            stage, keys, lambda many: many.set_bookmarked(bookmarked), lambda count: f"{bulk.counted(count)} {what}"
        )
    elif row is not None:
        stage.renew(stage.library.notebook.set_bookmarked((row,), not row.has(BOOKMARKED)))


@action("view.mark_all_read")
def mark_all_read(stage: Stage) -> None:
    """Mark all that is listed read, or all marked rows, after asking."""
    from reader.ui.dialogs.prompts import ConfirmScreen

    listing, keys = stage.listing, bulk.marked(stage)
    unread: Keys | array[int] = array("I", compress(listing.keys, listing.flags.translate(_UNREAD)))
    count = len(unread)
    if keys is not None:
        unread, count = keys, stage.marked.without(READ)
    if not count:
        stage.say("Nothing is unread here.")
        return

    def answered(yes: bool) -> None:
        if yes:
            _set_read(stage, unread, read=True)

    stage.ask(ConfirmScreen(f"Mark {bulk.counted(count)} read?", f"{stage.key('undo')} takes it back."), answered)
