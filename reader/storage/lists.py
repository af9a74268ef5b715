"""library.db, read: which articles there are, in which order, and what they are called by."""

from __future__ import annotations

import json
import sqlite3
from array import array
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, Literal

from reader.model.source import GUIDE
from reader.storage.database import Database, LibraryError
from reader.storage.following import Following, counts
from reader.storage.order import WORTH_KEEPING, Places, content, name_of, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from reader.model.listing import Group, Grouping, Order
    from reader.storage.conditions import Part
    from reader.storage.sorting import Days

_AT_HAND: Final = 4
"""Orders of all articles that are kept in memory."""
_STEPS: Final = 5000
"""Steps of SQLite after which it asks whether to stop."""


class Stopped(Exception):  # noqa: N818 -- nothing went wrong
    """Nobody waits for this any more."""


class Lists(Database):
    """The articles as they are listed; see `Cache`, which is to be opened."""

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self._orders: dict[str, tuple[str, array[int], tuple[Group, ...]]] = {}
        self._places: Places | None = None
        """Where articles stand by their date, as of when `prepare` was called last."""
        self.following = Following()
        """Which articles are not listed, since another tells their story."""
        self.same_story: Callable[[], bool] = lambda: True
        """Tells whether articles that tell one story are listed as one."""
        self.identified: tuple[str, list[tuple[array[int], str]]] | None = None
        """The keys and the ids, in texts, of all articles; see `identities`."""
        super().__init__(path, read_only=read_only)

    # -- listings

    def ordered(
        self, order: Order, grouping: Grouping = "section", days: Days = ()
    ) -> tuple[array[int], tuple[Group, ...]]:
        """Give the keys of all articles, the guide's left out, and the headings over them.

        Args:
            order: in which order under each heading.
            grouping: under which headings.
            days: the headings of the grouping by date.
        """
        name, edition = name_of(order, grouping), content(self.connection)
        if grouping == "date":
            edition = f"{edition} {days[0][0]}"
        at_hand = self._orders.get(name)
        if at_hand is not None and at_hand[0] == edition:
            return at_hand[1:]
        kept = unpacked(self.kept(name) or b"", edition)
        if kept is None:
            from reader.storage import sorting

            kept = sorting.everything(self.connection, order, grouping, self.key_of(GUIDE), days)
            if not self._read_only and self._path is not None and len(kept[0]) >= WORTH_KEEPING:
                with suppress(LibraryError):
                    self.keep(name, packed(*kept, edition))
        while len(self._orders) >= _AT_HAND:
            with suppress(KeyError, StopIteration):
                del self._orders[next(iter(self._orders))]
        self._orders[name] = (edition, *kept)
        return kept

    def prepare(self) -> None:
        """Let the matches of a search be put in their order at once; call it in a thread.

        Of a million articles this takes a fifth of a second.
        """
        edition = content(self.connection)
        if self._places is None or self._places.edition != edition:
            keys, _ = self.ordered("relevance", "none")
            # Who changes articles meanwhile must not make these pass for their order.
            if content(self.connection) == edition:
                self._places = Places(keys, edition)

    def placed(self, keys: Iterable[int]) -> array[int] | None:
        """Put some articles in the order of their dates, None where that is not prepared for what there is now."""
        places = self._places
        return places.sorted(keys) if places is not None and places.edition == content(self.connection) else None

    def asked(self, part: Part, flags: bytes, *, guide: bool = False) -> array[int]:
        """Give the keys of the articles that a compiled query asks for, in no order; see `listed`.

        Args:
            part: the query.
            flags: a byte of flags for each key.
            guide: whether the guide's are among them; they may be where words are asked for.
        """
        from reader.storage import conditions, sorting

        statement, values = conditions.statement(part, flags, 0 if guide else self.key_of(GUIDE))
        if conditions.FOUND in statement:
            from reader.model.query.patterns import found

            self.connection.create_function(
                conditions.FOUND, 2, lambda pattern, text: found(pattern, text or ""), deterministic=True
            )
        return sorting.numbers(self.connection.execute(statement, values).fetchone()[0] or "")

    def listed(self, keys: array[int], *, guide: bool = False, led: bool = False) -> array[int]:
        """Leave out of what was asked for what no list has.

        Args:
            keys: what was asked for.
            guide: whether the guide's are left in.
            led: whether an article that follows another is found as the leading one.
        """
        if not guide:
            asked = "SELECT key FROM articles WHERE source = ?"
            of_guide = {key for (key,) in self.connection.execute(asked, (self.key_of(GUIDE),))}
            if not of_guide.isdisjoint(keys):
                keys = array("I", [key for key in keys if key not in of_guide])
        return self.following.listed(self.connection, keys, led=led)

    def key_of(self, source: str) -> int:
        """Give the key of a source by its id, 0 when there is none."""
        found = self.connection.execute("SELECT key FROM sources WHERE id = ?", (source,)).fetchone()
        return 0 if found is None else int(found[0])

    @contextmanager
    def stoppable(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Let what this thread asks be given up as soon as nobody waits for it.

        Raises:
            Stopped: it was.
        """
        connection = self.connection
        connection.set_progress_handler(stopped, _STEPS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_INTERRUPT":
                raise Stopped from error
            raise
        finally:
            connection.set_progress_handler(None, 0)

    def names(self, column: Literal["author", "section"], limit: int) -> list[str]:
        """Give the authors or the sections that most articles have."""
        statement = f"""
            SELECT {column} FROM articles WHERE {column} <> '' AND source <> ?
            GROUP BY {column} ORDER BY count(*) DESC LIMIT ?
        """
        return [name for (name,) in self.connection.execute(statement, (self.key_of(GUIDE), limit))]

    def keys_of(self, articles: Iterable[int]) -> list[int]:
        """Give the keys of some articles by their ids; those that are not here are left out."""
        statement = "SELECT a.key FROM json_each(?) j JOIN articles a ON a.id = j.value"
        return [key for (key,) in self.connection.execute(statement, (json.dumps(list(articles)),))]

    def runs(self) -> tuple[list[tuple[int, int]], dict[int, array[int]]]:
        """Give the keys of the sources and how many articles each has, and what each brought after another one.

        The sources come as in the order of the page; the guide is left out of the first.
        """
        counted = "SELECT source, count(*) FROM articles WHERE source <> ? GROUP BY source ORDER BY source"
        shared: dict[int, array[int]] = {}
        for key, source in self.connection.execute("SELECT key, source FROM shared"):
            shared.setdefault(source, array("I")).append(key)
        left_out = counts(self.connection)
        runs = self.connection.execute(counted, (self.key_of(GUIDE),))
        return [(source, count - left_out.get(source, 0)) for source, count in runs], shared

    def named_sources(self) -> list[tuple[int, str, str]]:
        """Give the key, the id and the title of every source."""
        return list(self.connection.execute("SELECT key, id, title FROM sources"))

    def languages(self) -> list[str]:
        """Give the languages of the articles, as they came."""
        found = self.connection.execute("SELECT DISTINCT language FROM bodies WHERE language IS NOT NULL")
        return [language for (language,) in found]
