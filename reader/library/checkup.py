"""A look at all that is kept: what is well, what is wrong, and what was mended."""

from __future__ import annotations

import shlex
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from reader import settings
from reader.library import checked_library, checked_marks
from reader.library.findings import Finding, counted
from reader.library.rulebook import misunderstood
from reader.library.states import KEPT, States
from reader.model.source import FETCHED, GUIDE, REMOVED
from reader.storage import modes
from reader.storage.cache import DAMAGE, Cache
from reader.storage.errors import MarksError
from reader.storage.lock import Lock
from reader.storage.marks import Marks
from reader.storage.stamp import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.library.findings import Verdict
    from reader.model.source import Source
    from reader.settings import Places


class BusyError(Exception):
    """Another process writes, so nothing can be mended; `holder` is its number."""

    def __init__(self, holder: int | None) -> None:
        super().__init__("another reader is open")
        self.holder = holder


def checkup(places: Places, *, repair: bool) -> Iterator[Finding]:
    """Look at settings, lock, marks and library, one after the other.

    Args:
        places: the folders.
        repair: mend what can be mended; else nothing is changed.

    Raises:
        BusyError: it is to be mended and another process writes.
    """
    with Lock(places.lock) as lock:
        if repair and not lock.acquire():
            raise BusyError(lock.holder())
        yield from _settings(places)
        yield _lock(lock, repair)
        yield from _files(places, repair=repair)
        yield from _stores(places, repair=repair)


def _settings(places: Places) -> Iterator[Finding]:
    wrong = [*settings.load(places.settings)[1], *misunderstood(places.settings)]
    yield from (Finding("wrong", "settings", text) for text in wrong)
    if not wrong:
        there = "" if places.settings.exists() else ": not there, the defaults hold"
        yield Finding("ok", "settings", f"{places.settings}{there}")


def _lock(lock: Lock, ours: bool) -> Finding:
    holder = None if ours else lock.holder()
    if holder is None:
        return Finding("ok", "lock", "no reader is open")
    return Finding("note", "lock", f"a reader is open (process {holder}); what it has not saved yet is not looked at")


def _files(places: Places, *, repair: bool) -> Iterator[Finding]:
    """Look whether others may read what is kept; a file that appears meanwhile is made as it should be."""
    found = list(modes.open_to_others(places.data))
    for path in found:
        name = path.name if path != places.data else str(path)
        verdict: Verdict = "wrong"
        if repair:
            with suppress(OSError):
                modes.close(path)
                verdict = "mended"
        yield Finding(verdict, "files", f"{name}: others than you may look into it")
    if not found and places.data.exists():
        yield Finding("ok", "files", f"{places.data}: for nobody but you")


def _orphans(places: Places, marks: Marks) -> Iterator[Finding]:
    """Tell of marks whose articles are not here: they are kept, and found again should the article come back."""
    try:
        with closing(_cache(places, read_only=True)) as cache:
            here = cache.keys()
    except DAMAGE:
        return
    gone = sum(1 for article, _ in marks.all_flags() if article not in here)
    if gone:
        said = f"{counted(gone, 'marked article')} {'is' if gone == 1 else 'are'}"
        yield Finding("note", "marks", f"{said} not in the library any more; the marks are kept")


def _stores(places: Places, *, repair: bool) -> Iterator[Finding]:
    before = stamp(places.marks)
    try:
        marks = Marks(places.marks, read_only=not repair)
    except MarksError as error:
        yield Finding("wrong", "marks", str(error))
        yield from checked_library.library(places.library, repair=repair)
        return
    trouble = None
    try:
        # First, while the marks are as the mirror saw them.
        mirror = list(_mirror(places, marks, before, repair=repair))
        yield from checked_marks.marks(places.marks, marks, repair=repair)
        yield from checked_marks.backed_up(places.marks, repair=repair)
        yield from checked_library.library(places.library, repair=repair)
        yield from mirror
        yield from _orphans(places, marks)
        yield from _sources(places, marks, repair=repair)
    finally:
        try:
            marks.close()
        except MarksError as error:
            marks.abandon()
            trouble = str(error)
    if trouble:
        yield Finding("wrong", "marks", trouble)


def _mirror(places: Places, marks: Marks, before: str, *, repair: bool) -> Iterator[Finding]:
    """Compare the flags that lists are drawn from with the marks that they mirror."""
    try:
        with closing(_cache(places, read_only=not repair)) as cache:
            states, keys = States(cache, before), cache.keys()
            missing = states.missing(places.marks)
            if missing and not marks.notices:
                marks.notices.append(missing)
                if repair:
                    cache.keep(KEPT, b"")
            if not states.current:
                return
            flags = dict(marks.all_flags())
            wrong = sum(1 for article, key in keys.items() if states.get(key) != flags.get(article, 0))
            if wrong and repair:
                cache.keep(KEPT, b"")
    except DAMAGE:
        return
    if wrong:
        text = f"the list would show {counted(wrong, 'article')} in a wrong state"
        yield Finding("mended" if repair else "wrong", "library", text)


def _cache(places: Places, *, read_only: bool) -> Cache:
    return Cache(places.library, read_only=read_only) if places.library.exists() else Cache(None)


def _sources(places: Places, marks: Marks, *, repair: bool) -> Iterator[Finding]:
    """Compare the two lists of sources."""
    try:
        with closing(_cache(places, read_only=True)) as cache:
            found = cache.sources()
    except DAMAGE:
        return
    # The name of a removed source stays in the library, so that nothing more is taken in for it.
    mirrored = {source.id: source for source, count in found if source.kind != REMOVED or count}
    mirrored.pop(GUIDE, None)
    kept = {source.id: source for source in marks.sources()}
    without = [source for source in kept.values() if source.id not in mirrored]
    yield from (_without_articles(source) for source in without if source.kind not in FETCHED)
    asked = sum(source.kind in FETCHED for source in without)
    if asked:
        yield Finding("note", "sources", f"{counted(asked, 'source')} with no articles yet: reader refresh")
    for source in mirrored.values():
        if source.id not in kept:
            if repair:
                marks.put_source(source)
            text = f"{source.title} is in the library and not in the list of sources"
            yield Finding("mended" if repair else "wrong", "sources", text)
    halves = [source for source, _ in found if source.id in kept and _is_half(source, kept[source.id])]
    for source in halves:
        text = f"{source.title} is removed only in part: `reader sources remove {source.id}` finishes it"
        yield Finding("wrong", "sources", text)
    if kept.keys() == mirrored.keys() and not halves:
        yield Finding("ok", "sources", f"{len(kept):,}")


def _is_half(mirrored: Source, kept: Source) -> bool:
    """Tell whether a source was removed from one of the two lists and not from the other."""
    return (mirrored.kind == REMOVED) != (kept.kind == REMOVED)


def _without_articles(source: Source) -> Finding:
    again = "it was pasted or piped; add it again if you have it"
    if source.location and source.location != "-":
        again = f"reader add {shlex.quote(source.location)}"
    return Finding("note", "sources", f"{source.title} has no articles here: {again}")
