"""What is done to all marked rows at once, as one action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from reader.model.keys import Keys
from reader.ui.actions import action
from reader.ui.actions.collecting import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.library.many import Many
    from reader.ui.actions.stage import Stage

FEW: Final = 100
"""Above this many articles, work goes to the background."""


class Marked(Protocol):
    """The rows that are marked, as the actions know them."""

    @property
    def keys(self) -> Keys:
        """The articles that are marked."""

    def without(self, flag: int) -> int:
        """Count those that do not have a flag."""

    def toggle(self) -> None:
        """Mark the row under the cursor, or no longer, and go on; a heading stands for all that is under it."""

    def ask(self) -> None:
        """Ask which rows of the view are to be marked."""

    def let_go(self) -> bool:
        """Mark nothing any more, and tell whether anything was."""


@action("rows.mark")
def mark(stage: Stage) -> None:
    """Mark the row, or no longer."""
    stage.marked.toggle()


@action("rows.mark_query")
def mark_query(stage: Stage) -> None:
    """Mark what matches."""
    stage.marked.ask()


def marked(stage: Stage) -> Keys | None:
    """Give the marked rows if the next command is about them, None where it is about one article."""
    return stage.marked.keys if stage.marked.keys and not stage.reading else None


def counted(count: int) -> str:
    """Count articles in words."""
    return "1 article" if count == 1 else f"{count:,} articles"


def change(stage: Stage, keys: Keys | Sequence[int], do: Callable[[Many], int], done: Callable[[int], str]) -> None:
    """Change many articles as one action, in the background where they are more than a few.

    Args:
        stage: where they are shown.
        keys: the articles.
        do: changes them, and gives how many it changed.
        done: says what was done to so many, as in "12 articles bookmarked".
    """

    def work() -> int:
        with uncollected():
            return do(stage.library.notebook.many(keys.listed() if isinstance(keys, Keys) else keys))

    def told(count: int) -> None:
        stage.restate()
        stage.say(f"{done(count)}. {stage.key('undo')} takes it back." if count else "Nothing is to be changed.")

    if len(keys) > FEW:
        stage.in_background(work, told)
    else:
        told(work())
