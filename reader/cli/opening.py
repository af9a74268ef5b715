"""The library opened for one verb, and articles taken from it by their ids."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader import settings
from reader.cli.terminal import Failure, Told, fail, flush, line
from reader.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.model.article import Row

_SHOWN = 5
_MOST = 10


@contextmanager
def opened(verb: str, *, write: bool = False) -> Iterator[Library]:
    """Open the library for a verb, and close it afterwards.

    Args:
        verb: what was asked for, to be named in errors.
        write: whether the verb changes something.

    Raises:
        Failure: it is to be written and another process writes.
        Told: something could not be saved.
    """
    library = Library(settings.places(), write=write)
    try:
        if write and library.read_only:
            raise Failure(verb, library.denied or busy(library.holder))
        if write or not library.places.library.exists():
            library.subscriptions.add_guide()
        if write:
            library.hooks.hold()
            library.hooks.tell = _complain
        yield library
    except Exception:
        _close(library, verb)
        raise
    except BaseException:  # whoever broke it off waits for no hooks
        library.hooks.held()
        _close(library, verb)
        raise
    if not _close(library, verb):
        raise Told


def busy(holder: int | None) -> str:
    """Say that another process writes, and what to do about it."""
    return f"another reader is open (process {holder or 'unknown'}); close it and try again"


def _close(library: Library, verb: str) -> bool:
    tellings = [] if library.read_only else library.hooks.held()
    trouble = library.close()
    for notice in library.marks.notices if library.ready else ():
        fail(verb, notice)
    if trouble:
        fail(verb, trouble)
    elif tellings:
        flush()  # what was done is told before anybody waits for a hook
        library.hooks.run(tellings)
    return not trouble


def _complain(text: str) -> None:
    """Tell of a hook that failed; what was asked for is done all the same."""
    fail("", text)


def find(library: Library, beginnings: Iterable[str]) -> tuple[list[Row], int]:
    """Find articles by their ids or the beginnings of them, each once.

    Returns:
        Their rows, and the exit status: 1 when one was not found, which was told then.
    """
    found: dict[int, Row] = {}
    status = 0
    for beginning in beginnings:
        try:
            row = find_one(library, beginning)
        except Failure as failure:
            status = fail("", str(failure))
        else:
            found[row.id] = row
    return list(found.values()), status


def find_one(library: Library, beginning: str) -> Row:
    """Find an article by its id or the beginning of it.

    Raises:
        Failure: there is none, or more than one.
    """
    if not (beginning.isascii() and beginning.isdecimal()):
        raise Failure(beginning, "is no id: ids are the digits that `reader list` begins its lines with")
    ids = sorted(library.shelf.find(beginning))
    if not ids:
        raise Failure(beginning, "no article has this id")
    rows = [row for row in map(library.shelf.row, ids) if row is not None]
    if len(rows) == 1:
        return rows[0]
    count = f"{_MOST} articles or more" if len(rows) >= _MOST else f"{len(rows)} articles"
    candidates = ", ".join(f"{row.id} ({_short(line(row.title))})" for row in rows[:_SHOWN])
    more = ", …" if len(rows) > _SHOWN else ""
    raise Failure("", f"{beginning} fits {count}: give more digits: {candidates}{more}")


def _short(title: str) -> str:
    return title if len(title) <= 32 else title[:31].rstrip() + "…"
