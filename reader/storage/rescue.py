"""library.db looked over and mended: what an index lost is made again, what cannot be read is put aside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader import logs
from reader.storage import indexing, invariants
from reader.storage.cache import Cache, LibraryError
from reader.storage.database import OutdatedError
from reader.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

_FAULTS = 3
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_FORMAT")
_TEXTLESS = "FROM articles WHERE key NOT IN (SELECT key FROM bodies)"
_UNINDEXED = "FROM articles a JOIN bodies b USING (key) WHERE key NOT IN (SELECT id FROM words_docsize)"


@dataclass(frozen=True, slots=True)
class State:
    """What is wrong with library.db.

    `damage` is what SQLite says of the file, `index` tells that the full-text index is wrong, `textless`
    counts articles without a text, `broken` is what does not hold between the tables. `closed` says why
    nothing could be looked at, though nothing is broken; `outdated` tells that it is of an earlier version,
    and well as far as can be seen.
    """

    articles: int = 0
    damage: tuple[str, ...] = ()
    index: str = ""
    textless: int = 0
    broken: tuple[invariants.Broken, ...] = ()
    closed: str = ""
    outdated: bool = False


def examine(path: Path) -> State:
    """Look over library.db without changing anything.

    Args:
        path: the file, which is there.
    """
    try:
        with closing(Cache(path, read_only=True)) as cache:
            return _examined(cache.connection)
    except OutdatedError as error:
        return _outdated(path, str(error))
    except LibraryError as error:
        if isinstance(error.__cause__, sqlite3.Error) and is_damage(error.__cause__):
            return State(damage=(str(error.__cause__),))
        return State(closed=str(error))
    except sqlite3.Error as error:
        return State(damage=(str(error),)) if is_damage(error) else State(closed=f"{path}: {error}")


def _outdated(path: Path, why: str) -> State:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            damage = _damage(connection)
            # A version without its tables is nothing that we wrote.
            if not damage and not _count(connection, "FROM sqlite_master WHERE name IN ('articles', 'bodies')"):
                damage = ("it has no tables",) if connection.execute("PRAGMA user_version").fetchone()[0] else ()
                return State(damage=damage, closed="" if damage else why)
    except sqlite3.Error as error:
        damage = (str(error),)
    return State(damage=damage, outdated=not damage)


def update(path: Path) -> State:
    """Bring an outdated library.db up to date, and look it over."""
    try:
        Cache(path).close()
    except LibraryError as error:
        return State(damage=(str(error),))
    return examine(path)


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether an error comes from what is in the file, not from a lock or a disk."""
    return getattr(error, "sqlite_errorname", "").startswith(_DAMAGED) or type(error) is sqlite3.DatabaseError


def _examined(connection: sqlite3.Connection) -> State:
    damage = _damage(connection)
    # A newer SQLite checks the full-text index too, which is no reason to give the file up.
    index = any("fts5" in message.casefold() for message in damage)
    damage = tuple(message for message in damage if "fts5" not in message.casefold())
    if damage:
        return State(damage=damage)
    articles = _count(connection, "FROM articles")
    return State(
        articles,
        textless=_count(connection, _TEXTLESS),
        index="it is damaged" if index else _index(connection),
        broken=tuple(invariants.broken(connection)),
    )


def _damage(connection: sqlite3.Connection) -> tuple[str, ...]:
    found = connection.execute(f"PRAGMA integrity_check({_FAULTS})").fetchall()
    return tuple(message for (message,) in found if message != "ok")


def _index(connection: sqlite3.Connection) -> str:
    try:
        missing = _count(connection, _UNINDEXED)
        if missing:
            return f"it lacks {missing:,} of {_count(connection, 'FROM articles'):,} articles"
        connection.execute("SELECT count(*) FROM words WHERE words MATCH 'a*'").fetchone()
        _checked(connection)
        if more := invariants.surplus(connection):
            return f"it has {more:,} that {'is' if more == 1 else 'are'} no article here"
        wrong, looked_at = invariants.miscounted(connection)
        if wrong:
            return f"it has other words for {wrong:,} of {looked_at:,} articles that were looked at"
    except sqlite3.Error as error:
        if not is_damage(error):
            return ""
        return "it is damaged"
    return ""


def _checked(connection: sqlite3.Connection) -> None:
    """Let FTS5 check its index; the command is an INSERT, but it writes nothing (FTS5, section 6.5)."""
    connection.execute("PRAGMA query_only = 0").close()
    try:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    finally:
        connection.execute("PRAGMA query_only = 1").close()


def _count(connection: sqlite3.Connection, what: str) -> int:
    count: int = connection.execute(f"SELECT count(*) {what}").fetchone()[0]
    return count


def mend(path: Path, state: State) -> list[str]:
    """Mend what can be mended in the file itself, and tell what was done.

    Raises:
        LibraryError: the file cannot be written.
    """
    done = []
    try:
        with closing(Cache(path)) as cache:
            if state.damage:
                # Damage in an index alone goes away when all are made again from the tables.
                cache.connection.execute("REINDEX")
                done.append("the indexes were made again")
            if state.broken:
                with cache.writing(f"{path}") as connection:
                    invariants.mend(connection, list(state.broken))
                done += [one.text for one in state.broken]
            if state.textless:
                cache.connection.execute(
                    f"INSERT INTO bodies (key, text, markdown, meta) SELECT key, excerpt, 0, '' {_TEXTLESS}"
                )
                done.append(f"{state.textless:,} without a text got what the list shows of them")
            if state.index or state.textless or any(one.words for one in state.broken):
                with cache.writing(f"{path}") as connection:
                    indexing.make_again(connection)
                done.append("the full-text index was made again")
    except sqlite3.Error as error:
        raise LibraryError(f"{path}: {error}") from error
    return done


def put_aside(path: Path, now: datetime | None = None) -> Path:
    """Give a broken library.db another name, so that a new one can begin.

    Args:
        path: the file.
        now: the moment for its name; the present one without.

    Returns:
        Where it is.
    """
    moment = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    aside, number = path.with_name(f"{path.name}.broken-{moment}"), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.broken-{moment}-{number}")
    path.rename(aside)
    logs.warning("library put aside", file=aside.name)
    # SQLite finds the rest of a database by its name.
    for ending in ("-wal", "-shm"):
        rest = path.with_name(path.name + ending)
        if rest.exists():
            rest.rename(aside.with_name(aside.name + ending))
    return aside
