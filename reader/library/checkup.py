"""A look at all that is kept: what is well, what is wrong, and what was mended."""

from __future__ import annotations

import shlex
from contextlib import closing
from typing import TYPE_CHECKING, Literal, TypeAlias

from reader import settings
from reader.library.rulebook import misunderstood
from reader.library.states import KEPT, States
from reader.model.source import FETCHED, GUIDE, REMOVED
from reader.storage import backups, rescue
from reader.storage.cache import DAMAGE, Cache
from reader.storage.errors import MarksError
from reader.storage.lock import Lock
from reader.storage.marks import Marks
from reader.storage.opening import parse
from reader.storage.stamp import stamp
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from reader.model.source import Source
    from reader.settings import Places

Verdict: TypeAlias = Literal["ok", "note", "wrong", "mended"]


class BusyError(Exception):
    """Another process writes, so nothing can be mended; `holder` is its number."""

    def __init__(self, holder: int | None) -> None:
        super().__init__("another reader is open")
        self.holder = holder


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what came of it, which part it is, and the particulars."""

    verdict: Verdict
    part: str
    text: str


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


def _stores(places: Places, *, repair: bool) -> Iterator[Finding]:
    before = stamp(places.marks)
    try:
        marks = Marks(places.marks, read_only=not repair)
    except MarksError as error:
        yield Finding("wrong", "marks", str(error))
        yield from _library(places, repair=repair)
        return
    trouble = None
    try:
        # First, while the marks are as the mirror saw them.
        mirror = list(_mirror(places, marks, before, repair=repair))
        yield from _marks(places.marks, marks, repair=repair)
        yield from _library(places, repair=repair)
        yield from mirror
        yield from _sources(places, marks, repair=repair)
    finally:
        try:
            marks.close()
        except MarksError as error:
            marks.abandon()
            trouble = str(error)
    if trouble:
        yield Finding("wrong", "marks", trouble)


def _marks(path: Path, marks: Marks, *, repair: bool) -> Iterator[Finding]:
    wrong = marks.check()
    verdict: Verdict = "mended" if repair else "wrong"
    yield from (Finding(verdict, "marks", text) for text in (*marks.notices, *(marks.repair() if repair else wrong)))
    if repair:
        yield from (Finding("wrong", "marks", text) for text in marks.check())
    if not wrong and not marks.notices:
        marked = sum(1 for _ in marks.all_flags())
        there = _counted(marked, "marked article")
        if not (path.exists() or marked):
            there = "not there yet; the first mark makes it"
        yield Finding("ok", "marks", f"{path}: {there}")
    yield _backups(path)


def _backups(path: Path) -> Finding:
    made = backups.all_of(path)
    if not made:
        return Finding("ok" if not path.exists() else "note", "backups", "none yet; closing after a mark makes one")
    good = backups.newest_good(path, _readable)
    if good is None:
        return Finding("wrong", "backups", f"none of {len(made)} can be read; the next mark makes a new one")
    newest = _said(next(moment for moment, file in made if file == good[0]))
    if good[0] != made[0][1]:
        return Finding("note", "backups", f"{made[0][1].name} cannot be read; the newest good one is of {newest}")
    return Finding("ok", "backups", f"{len(made)}, the newest of {newest}")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _said(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")


def _readable(data: bytes) -> bool:
    try:
        parse(data)
    except MarksError as error:
        raise ValueError(str(error)) from error
    return True


def _library(places: Places, *, repair: bool) -> Iterator[Finding]:
    path = places.library
    if not path.exists():
        yield Finding("ok", "library", f"{path}: not there yet; the first text makes it")
        return
    state = rescue.examine(path)
    if state.outdated and repair:
        state = rescue.update(path)
    if state.closed:
        yield Finding("wrong", "library", state.closed)
    elif state.outdated:
        yield Finding("note", "library", f"{path}: of an earlier reader; it is brought up to date when it is opened")
    elif not _faults(path, state):
        yield Finding(
            "ok", "library", f"{path}: {_counted(state.articles, 'article')} with the guide's, all with text and index"
        )
    elif repair:
        yield from _mended(path, state)
    else:
        yield from _faults(path, state)


def _faults(path: Path, state: rescue.State) -> list[Finding]:
    found = [f"{path} is damaged: {text}" for text in state.damage]
    if state.textless:
        found.append(f"the text of {_counted(state.textless, 'article')} is lost")
    if state.index:
        found.append(f"the full-text index is wrong: {state.index}")
    return [Finding("wrong", "library", text) for text in found]


def _mended(path: Path, state: rescue.State) -> Iterator[Finding]:
    try:
        done = rescue.mend(path, state)
        after = rescue.examine(path)
    except DAMAGE:
        done, after = [], state
    if not _faults(path, after):
        yield from (Finding("mended", "library", text) for text in done)
        return
    aside = rescue.put_aside(path)
    Cache(path).close()
    yield Finding(
        "mended", "library", f"{path} could not be read; it was put aside as {aside.name} and an empty one begun"
    )


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
        text = f"the list would show {_counted(wrong, 'article')} in a wrong state"
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
        yield Finding("note", "sources", f"{_counted(asked, 'source')} with no articles yet: reader refresh")
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
