"""Sources: looking after them, and asking them for what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.source import FETCHED, WATCHED
from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage


@action("sources")
def sources(stage: Stage) -> None:
    """Show where the articles come from."""
    if stage.library.preview is not None:
        stage.say(stage.library.why_read_only, warning=True)
    else:
        stage.open_sources()


@action("refresh.source")
def refresh_source(stage: Stage) -> None:
    """Ask the source of this article for what is new."""
    if stage.library.read_only:
        stage.say(stage.library.why_read_only, warning=True)
        return
    chosen = stage.opened.article.source_id if stage.opened is not None else stage.listing.filter.source
    source = stage.library.subscriptions.source(chosen) if chosen else None
    if source is None or source.kind not in FETCHED | WATCHED:
        name = f"“{source.title}”" if source is not None else "This"
        stage.say(f"{name} was given once and is asked for nothing. {stage.key('refresh.all')} asks all feeds.")
    else:
        stage.refreshing.start([source.id])


@action("refresh.all")
def refresh_all(stage: Stage) -> None:
    """Ask all sources for what is new, or stop asking."""
    if stage.refreshing.running:
        stage.refreshing.stop()
    else:
        stage.refreshing.start(None)


@action("article.full_text")
def full_text(stage: Stage) -> None:
    """Show the other text of the article: its page, or what came."""
    if stage.row is not None:
        stage.texts.toggle(stage.row)
