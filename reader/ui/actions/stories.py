"""The same story from several sources: parted, where the headlines only look alike, and joined again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage


@action("story.part")
def part(stage: Stage) -> None:
    """List each article of a story by itself, or as one again."""
    row = stage.row
    if row is None:
        return
    if stage.library.read_only:
        stage.say(stage.library.why_read_only, warning=True)
        return
    stories = stage.library.stories

    def work() -> tuple[bool, int]:
        parted = stories.part(row.key)
        return bool(parted), len(parted or stories.join(row.key))

    def tell(done: tuple[bool, int]) -> None:
        parted, count = done
        if not count:
            stage.say("No other source tells this story.")
            return
        stage.lists.show(stage.listing.filter, article=row.key)
        stage.say(f"{count:,} articles are listed by themselves." if parted else f"{count:,} articles are one story.")

    stage.in_background(work, tell)
