"""Tags: of the article, or of all marked rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.actions import action, bulk

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.keys import Keys
    from reader.ui.actions.stage import Stage
    from reader.ui.dialogs.tags import Retagged, TagsNow


@action("article.tags")
def tags(stage: Stage) -> None:
    """Change the tags of the article, or of all marked rows."""
    from reader.ui.dialogs.tags import TagsScreen

    keys, row = bulk.marked(stage), stage.row
    if stage.library.read_only:
        stage.say(stage.library.why_read_only, warning=True)
    elif keys is not None or row is not None:
        some: Keys | tuple[int, ...] = keys if keys is not None else (row.key,) if row is not None else ()
        about = bulk.counted(len(some)) if len(some) != 1 or row is None else row.title
        screen = TagsScreen(f"Tags: {about}")
        stage.in_background(_read(stage, some), screen.take)
        stage.ask(screen, lambda answer: _keep(stage, some, answer))


def _read(stage: Stage, keys: Keys | tuple[int, ...]) -> Callable[[], TagsNow]:
    def work() -> TagsNow:
        from reader.ui.dialogs.tags import TagsNow

        notebook = stage.library.notebook
        had = notebook.many(keys if isinstance(keys, tuple) else keys.listed()).tags()
        return TagsNow(len(keys), had, notebook.tags())

    return work


def _keep(stage: Stage, keys: Keys | tuple[int, ...], answer: Retagged) -> None:
    add, remove = answer

    def done(count: int) -> str:
        from reader.library.labels import tagged

        return tagged(None, add, remove)(count)

    if add or remove:
        bulk.change(stage, keys, lambda many: many.set_tags(add, remove), done)
