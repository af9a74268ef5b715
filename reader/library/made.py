"""Articles that the user's own commands made: each command has a source of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ingest.sanitize import entry as clean
from reader.library.reports import Report
from reader.model.article import Entry
from reader.model.source import REMOVED, Source
from reader.storage import intake, mirror

if TYPE_CHECKING:
    from reader.library import Library
    from reader.model.article import Row
    from reader.settings import OwnCommand


def add(library: Library, own: OwnCommand, row: Row, said: str) -> Report:
    """Add what a command said of an article as an article; said again, it takes the place of what was said before.

    Args:
        library: the library, opened to be written.
        own: the command.
        row: what it was said of.
        said: Markdown.

    Raises:
        LibraryError: library.db cannot be written.
    """
    made = Entry(
        f"{own.called}: {row.title}",
        body=said,
        markdown=True,
        guid=f"{own.name}:{row.id}",
        meta=(f"{row.title}, {row.source}",),
        published=library.now(),
    )
    # Of this kind nothing is taken for the story of which it speaks, and listed with that as one.
    source = Source(f"command-{own.name}", "texts", own.called)
    here = library.cache.source(source.id)
    if here is not None and here.kind == REMOVED:
        mirror.put(library.cache, source)
    try:
        added = intake.add(library.cache, source, (clean(made),), library.now())
    finally:
        library.states.meet(library.marks.flags)
    if library.marks.source(source.id) != source:
        library.marks.put_source(source)
    ruled = library.came(added.changed, added.new)
    return Report(source, added.new, added.changed, added.known, keys=added.keys, ruled=ruled)
