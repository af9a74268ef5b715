"""library.db opened: a connection for each thread, the tables brought up to date, and small values kept in it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from reader.storage.files import make_empty, make_folder
from reader.storage.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT_ONCE: Final = 500
"""Values asked for in one statement; SQLite takes some thousands of them at the most."""

PATIENCE: Final = 30_000
"""Milliseconds to wait for another writer; the transactions of all writers are far shorter."""


_DENIED: Final = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)


class LibraryError(Exception):
    """library.db cannot be used; the message says why and what to do."""


class OutdatedError(LibraryError):
    """library.db is to be read only, and has not got the tables of this version yet."""


DAMAGE: Final = (LibraryError, sqlite3.Error)
"""What working with library.db may raise."""


class Database:
    """An open library.db; other processes may read and write it too.

    Args:
        path: the file, made when it is missing; None for one in memory that is gone when it is closed.
        read_only: open without changing anything.

    Raises:
        LibraryError: the file is of a newer format, or is no database.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self._path, self._read_only = path, read_only
        self._local, self._closed = threading.local(), False
        self._open: list[tuple[sqlite3.Connection, threading.Thread]] = []
        try:
            if path is not None and not read_only:
                make_folder(path.parent)
                # SQLite would let everybody read it; what it puts beside it gets the rights of this one.
                with suppress(OSError):  # why it cannot be made, it says in its own words
                    make_empty(path)
            self._migrate(self.connection)
        except sqlite3.DatabaseError as error:
            self.close()
            raise LibraryError(f"{path}: {error}; {_advice(error)}") from error
        except OSError as error:
            self.close()
            raise LibraryError(f"{path}: {error}") from error

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of the calling thread."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            if self._closed:
                raise sqlite3.ProgrammingError("library.db is closed")
            found = self._local.connection = self._connect()
        return found

    def _connect(self) -> sqlite3.Connection:
        if self._path is None:
            return self._connected(f"file:memory-{id(self)}?mode=memory&cache=shared", uri=True)
        try:
            return self._connected(str(self._path), uri=False)
        except sqlite3.OperationalError as error:
            if not self._read_only or _primary(error) not in _DENIED or _has_rest(self._path):
                raise
        # Nothing can be put beside the file, which readers do otherwise so that somebody else may write.
        return self._connected(f"{self._path.absolute().as_uri()}?immutable=1", uri=True)

    def _connected(self, name: str, *, uri: bool) -> sqlite3.Connection:
        found = sqlite3.connect(name, check_same_thread=False, uri=uri, isolation_level=None)
        self._open.append((found, threading.current_thread()))
        found.execute(f"PRAGMA busy_timeout = {PATIENCE}").close()
        found.execute("PRAGMA journal_mode = WAL").close()
        found.execute("PRAGMA synchronous = NORMAL").close()
        if self._read_only:
            found.execute("PRAGMA query_only = 1").close()
        return found

    def _migrate(self, connection: sqlite3.Connection) -> None:
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise LibraryError(f"{self._path} was written by a newer reader; update this one to open it")
        if version == len(MIGRATIONS):
            return
        if self._read_only:
            raise OutdatedError(f"{self._path} is not set up yet; close the other reader and try again")
        try:
            connection.execute("BEGIN IMMEDIATE").close()
            # Another process may have been faster.
            for number, script in enumerate(MIGRATIONS[_version(connection) :], _version(connection) + 1):
                for statement in _statements(script):
                    connection.execute(statement).close()
                connection.execute(f"PRAGMA user_version = {number}").close()
            connection.execute("COMMIT").close()
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK").close()
            raise

    @contextmanager
    def writing(self, what: str) -> Iterator[sqlite3.Connection]:
        """Change something, wholly or not at all, while no other thread or process does.

        Args:
            what: what fails when it fails, to say to people, as "the page could not be kept".

        Raises:
            LibraryError: the file cannot be written.
        """
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE").close()
            try:
                yield connection
                connection.execute("COMMIT").close()
            except BaseException:
                # A full disk ends the transaction by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK").close()
                raise
        except sqlite3.Error as error:
            raise LibraryError(f"{what}: {error}") from error

    def close(self) -> None:
        """Close every connection; what another thread is just doing with its own ends as interrupted."""
        self._closed, self._local = True, threading.local()
        for connection, thread in self._open:
            if thread is threading.current_thread() or not thread.is_alive():
                connection.close()
            else:  # to close it under a thread that works with it would crash: it closes when it is collected
                connection.interrupt()
        self._open.clear()

    # -- small values

    def keep(self, name: str, value: bytes, *, patience: int = 0) -> None:
        """Keep a small value for the next start.

        Args:
            name: what it is.
            value: the value.
            patience: milliseconds to wait while another thread or process writes; 0 fails at once.
        """
        try:
            self.connection.execute(f"PRAGMA busy_timeout = {patience}").close()
            self.connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, value))
        except sqlite3.Error as error:
            raise LibraryError(f"{self._path}: {error}") from error
        finally:
            with suppress(sqlite3.Error):
                self.connection.execute(f"PRAGMA busy_timeout = {PATIENCE}").close()

    def kept(self, name: str) -> bytes | None:
        """Give a value kept before, None when there is none."""
        found = self.connection.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return None if found is None else found[0]


def _primary(error: sqlite3.Error) -> int:
    """Give the kind of an error, without what it is in particular."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _has_rest(path: Path) -> bool:
    """Tell whether something was written that is not in the file itself yet."""
    rest = path.with_name(f"{path.name}-wal")
    try:
        return rest.stat().st_size > 0
    except OSError:
        return False


def _advice(error: sqlite3.Error) -> str:
    if _primary(error) in _DENIED:
        return "check that you may read and write this file and its folder"
    return "your marks are safe, `reader doctor --repair` mends this"


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _statements(script: str) -> Iterator[str]:
    """Part a script into statements; `executescript` would end the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
