"""Finding in the article: words, links, headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage


@action("find")
def find(stage: Stage) -> None:
    """Find words in the article."""
    stage.finding.open()


@action("article.links")
def links(stage: Stage) -> None:
    """Number the links and list them."""
    stage.finding.links()


@action("article.contents")
def contents(stage: Stage) -> None:
    """Show the headings of the article."""
    stage.finding.contents()
