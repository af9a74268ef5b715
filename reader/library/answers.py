"""What is known of the answers of a source, when the user adds it, resumes it or lets it have its name again."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.library import schedule, verdicts
from reader.model.source import FETCHED, WATCHED
from reader.storage import fetches

if TYPE_CHECKING:
    from reader.ingest.found import Found
    from reader.model.source import Source
    from reader.storage.cache import Cache


def came(cache: Cache, source: Source, found: Found, now: int) -> None:
    """Take note that a source was just fetched: it is well, and not asked again before its time.

    Args:
        cache: the library.
        source: what was added.
        found: what came of it, from the web; what came from elsewhere tells nothing.
        now: the present time.

    Raises:
        LibraryError: library.db cannot be written.
    """
    if source.kind not in FETCHED or not found.address:
        return
    every = schedule.every((entry.published for entry in found.entries), now)
    known = replace(fetches.read(cache, source.id), title=found.title)
    fetches.write(cache, verdicts.well(known, now, every, schedule.asked_for(found.every), random.random()))  # noqa: S311 -- it hides nothing


def again(cache: Cache, name: str, now: int) -> None:
    """Let a source be asked now, though it failed or ended before.

    Raises:
        LibraryError: library.db cannot be written.
    """
    known = fetches.read(cache, name)
    if known.checked is not None:
        fetches.write(cache, replace(known, failures=0, error="", gone=False, due=min(known.due, now)))


def own_title(cache: Cache, source: Source) -> str:
    """Give what a source calls itself; empty when that is not known before it is asked again, which is then due.

    Raises:
        LibraryError: library.db cannot be written.
    """
    if source.kind in WATCHED:
        return folder_title(source.location)
    known = fetches.read(cache, source.id)
    if source.kind in FETCHED and not known.title and known.checked is not None:
        fetches.write(cache, replace(known, etag="", modified="", digest="", due=0))
    return known.title


def folder_title(path: str) -> str:
    """Give what a folder is called when the user does not say."""
    from reader.ingest import sanitize

    name = path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path
    return sanitize.line(name, sanitize.TITLE)
