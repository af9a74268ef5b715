"""library.db looked over for `reader doctor`, and mended: what cannot be read is put aside, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.findings import Finding, counted
from reader.storage import rescue
from reader.storage.cache import DAMAGE, Cache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def library(path: Path, *, repair: bool) -> Iterator[Finding]:
    """Look over library.db.

    Args:
        path: the file.
        repair: mend what can be mended; else nothing is changed.
    """
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
            "ok", "library", f"{path}: {counted(state.articles, 'article')} with the guide's, all with text and index"
        )
    elif repair:
        yield from _mended(path, state)
    else:
        yield from _faults(path, state)


def _faults(path: Path, state: rescue.State) -> list[Finding]:
    found = [f"{path} is damaged: {text}" for text in state.damage]
    found += [one.text for one in state.broken]
    if state.textless:
        found.append(f"the text of {counted(state.textless, 'article')} is lost")
    if state.index:
        found.append(f"the full-text index is wrong: {state.index}")
    return [Finding("wrong", "library", text) for text in found]


def _mended(path: Path, state: rescue.State) -> Iterator[Finding]:
    try:
        done = rescue.mend(path, state)
        after = rescue.examine(path)
    except DAMAGE:
        done, after = [], state
    if not (after.damage or after.textless or after.index):
        yield from (Finding("mended", "library", text) for text in done)
        yield from _faults(path, after)
        return
    aside = rescue.put_aside(path)
    Cache(path).close()
    yield Finding(
        "mended", "library", f"{path} could not be read; it was put aside as {aside.name} and an empty one begun"
    )
