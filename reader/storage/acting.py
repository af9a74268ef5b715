"""The actions among the marks: each is one record, is taken back as one, and can be done again."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias

from reader.model.annotation import SOME, Undone
from reader.storage import backups, merging
from reader.storage.comparing import compare
from reader.storage.held import Held
from reader.storage.history import History
from reader.storage.log import Log
from reader.storage.records import keys_of
from reader.storage.saved import Saved
from reader.storage.shapes import ARTICLES, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from reader.storage.comparing import Comparison
    from reader.storage.merging import Coming, Merged
    from reader.storage.records import Op, Tables
    from reader.storage.transaction import Transaction

    Label: TypeAlias = "str | Callable[[int], str]"
    """What was done, in words; perhaps told by how many articles it was done to."""


class Acting(Held):
    """A file of marks with what can be undone and redone in it, the saved views, and the log."""

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        on_trouble: Callable[[str], None] = lambda _message: None,
        clock: Callable[[], datetime] = backups.utc_now,
    ) -> None:
        super().__init__(path, read_only=read_only, on_trouble=on_trouble, clock=clock)
        self._history, self._views, self._log = History(self._db), Saved(self._db), Log(self._db)
        self._as_one = False
        self._journal.on_commit = self._follow

    @contextmanager
    def action(self, label: str) -> Iterator[None]:
        """Make one action of all that is done inside; on an exception nothing of it is done."""
        with self._journal.transaction() as made:
            inside, self._as_one = self._as_one, True
            try:
                yield
            finally:
                self._as_one = inside
            self._remember(label, made)

    def compare(self, tables: Tables) -> Comparison:
        """Compare what is kept with the tables of a backup."""
        with self._journal.lock:
            return compare(self._journal.read(), tables)

    def merge(self, coming: Coming, label: Label) -> Merged:
        """Add what comes from an export to what is kept, as one action; nothing of what is kept goes."""
        with self._journal.transaction() as action:
            merged = merging.merged(self._journal.read(), coming, self._journal.next_id)
            for op in merged.ops:
                self._journal.change(op)
            if merged.ops:
                self._remember(label, action, merged.articles)
        return merged

    def restore(self, comparison: Comparison, label: str) -> None:
        """Make what a comparison found, as one action."""
        with self._journal.transaction() as action:
            for op in comparison.ops:
                self._journal.change(op)
            self._remember(label, action)

    @contextmanager
    def tables(self) -> Iterator[Tables]:
        """Give the tables as they are, to be looked through while nobody changes them."""
        with self._journal.lock:
            yield self._journal.read()

    def undo(self) -> Undone | None:
        """Take back the newest action, of this session or an earlier one; None when there is none."""
        with self._journal.transaction():
            taken = self._history.to_undo()
            if taken is None:
                return None
            undone, again = self._made(*taken)
            self._history.undone(undone.label, self._now(), again)
        return undone

    def redo(self) -> Undone | None:
        """Do again what was taken back last; None when there is nothing, or something else was done since."""
        with self._journal.transaction():
            taken = self._history.to_redo()
            if taken is None:
                return None
            redone, back = self._made(*taken)
            self._history.redone(redone.label, self._now(), back)
        return redone

    def _made(self, label: str, ops: list[Op]) -> tuple[Undone, list[Op]]:
        """Make the ops, and give what they changed and the ops that take it back."""
        count, owners = self._concerned(ops)
        with self._journal.transaction() as made:
            for op in ops:
                self._journal.change(op)
        sources = any(op["t"] == SOURCES for op in ops)
        return Undone(label, owners, count, sources=sources), made.inverse

    def _concerned(self, ops: list[Op]) -> tuple[int, tuple[int, ...]]:
        """Give how many articles some changes concern, and which, `SOME` at most; to be asked before they are made."""
        touched = [keys_of(op) for op in ops if op["t"] == ARTICLES]
        if len(touched) == len(ops) and sum(map(len, touched)) > SOME:
            count = len(touched[0]) if len(touched) == 1 else len(set(chain.from_iterable(touched)))
            return count, tuple(map(int, islice(chain.from_iterable(touched), SOME)))
        owners = tuple(dict.fromkeys(article for op in ops for article in self._owners(op)))
        return len(owners), owners[:SOME]

    def _owners(self, op: Op) -> Iterator[int]:
        """Give the articles that a change concerns; to be asked before it is made."""
        if op["t"] == ARTICLES:
            yield from map(int, keys_of(op))

    def _remember(self, label: Label, action: Transaction, count: int = 1) -> None:
        """Keep how to take an action back; one without a label, or inside another, is none of its own."""
        if label and not self._as_one:
            self._history.add(label if isinstance(label, str) else label(count), self._now(), action.inverse)

    def _follow(self, ops: list[Op]) -> None:
        """Take note of what was committed."""
        for op in ops:
            self._history.follow(op)

    # -- views and the log

    def views(self) -> list[tuple[str, str]]:
        """Give the name and the query of each saved view, in the order they were saved."""
        with self._journal.lock:
            return self._views.all()

    def put_view(self, name: str, query: str, label: str) -> None:
        """Save a view, or give the one of that name another query."""
        with self._journal.transaction() as action:
            if self._views.put(name, query, self._now()):
                self._remember(label, action)

    def rename_view(self, old: str, new: str, label: str) -> None:
        """Give a saved view another name, in place of the one that had it; what is gone is passed over."""
        with self._journal.transaction() as action:
            if self._views.rename(old, new):
                self._remember(label, action)

    def remove_view(self, name: str, label: str) -> None:
        """Remove a saved view; what is gone is passed over."""
        with self._journal.transaction() as action:
            if self._views.remove(name):
                self._remember(label, action)

    def log(self, article: int, seconds: int, day: date) -> None:
        """Add to the seconds that were read of an article on a day; this is no action, so it cannot be undone."""
        with self._journal.transaction():
            self._log.add(article, seconds, day)

    def logged(self) -> dict[date, dict[int, int]]:
        """Give the seconds that were read of each article, by day."""
        with self._journal.lock:
            return self._log.days()
