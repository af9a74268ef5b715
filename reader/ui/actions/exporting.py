"""Taking articles elsewhere, with the notes and highlights: the article, the marked rows, the view, or all."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from reader.model.listing import VIEWS
from reader.storage.database import LibraryError
from reader.ui.actions import action, bulk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.library import Library
    from reader.library.exporting import Report
    from reader.model.listing import Filter
    from reader.ui.actions.stage import Stage
    from reader.ui.dialogs.export import Wish

_KEPT: Final = "export"
_FOLDER: Final = "reader"


@action("article.export")
def export(stage: Stage) -> None:
    """Ask what to export, how and where to, and do it."""
    from reader.ui.dialogs.export import ExportScreen

    keys = _offered(stage)
    if not keys:
        stage.say("There is nothing to export yet.")
        return
    formats, places = _last(stage.library)
    names = {name: said for name, (said, _, _) in keys.items()}

    def write(wish: Wish, tell: Callable[[int, int], None], stop: Callable[[], bool]) -> Report:
        from reader.library.exporting import Asked
        from reader.library.exporting import export as do
        from reader.ui.dialogs.export import absolute

        _, title, chosen = keys[wish.what]
        asked = Asked(wish.format, absolute(wish.place), chosen, title, replace=wish.replace)
        report = do(stage.library, asked, tell, stop)
        _remember(stage.library, wish, places)
        return report

    def done(report: Report) -> None:
        left = f"; {len(report.left):,} left alone, their marker line is gone" if report.left else ""
        stage.say(f"{report}{left}", warning=bool(left))

    stage.ask(ExportScreen(tuple(names.items()), formats, places, write), done)


def _offered(stage: Stage) -> dict[str, tuple[str, str, Sequence[int] | None]]:
    """Give what may be exported: what people call it, its title and its keys; the likeliest first."""
    offered: dict[str, tuple[str, str, Sequence[int] | None]] = {}
    marked, row, listing = bulk.marked(stage), stage.row, stage.listing
    if marked is not None:
        offered["marked"] = (f"{bulk.counted(len(marked))} marked", "Articles", marked.listed())
    article = {"article": ("this article", row.title, (row.key,))} if row is not None else {}
    view = (
        {"view": (f"this view: {bulk.counted(len(listing.keys))}", _called(listing.filter), listing.keys)}
        if listing.keys
        else {}
    )
    offered |= {**article, **view} if stage.reading else {**view, **article}
    return offered | ({"all": ("everything that is kept", "Articles", None)} if offered else {})


def _called(chosen: Filter) -> str:
    """Give the title of an export of a listing."""
    view = VIEWS.get(chosen.view)
    return chosen.words or (chosen.view.partition(":")[2] if view is None else view.name) or "Articles"


def _last(library: Library) -> tuple[str, dict[str, str]]:
    """Give the format that was chosen last, and where each format went."""
    from reader.library.exporting import FORMATS

    usual = {one.name: f"~/{_FOLDER}{f'-export{one.ending}' if one.ending else ''}" for one in FORMATS.values()}
    kept = library.cache.kept(_KEPT)
    with suppress(ValueError):
        told = json.loads(kept) if kept else None
        if isinstance(told, dict):
            usual |= {name: place for name, place in told.items() if name in usual and isinstance(place, str)}
            last = told.get("last")
            return (last if last in usual else "markdown"), usual
    return "markdown", usual


def _remember(library: Library, wish: Wish, places: dict[str, str]) -> None:
    places[wish.format] = wish.place
    with suppress(LibraryError):
        library.cache.keep(_KEPT, json.dumps({**places, "last": wish.format}).encode())
