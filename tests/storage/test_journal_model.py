"""Whatever is done to it, and however it is closed, our TinyDB holds what a stock TinyDB in memory holds."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tinydb import TinyDB, where
from tinydb.operations import delete, increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from reader.storage.table import JournalDB

values = st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | st.lists(st.integers(0, 3), max_size=2)
docs = st.dictionaries(st.sampled_from("abc"), values, max_size=3)
ids = st.integers(1, 8)
names = st.sampled_from(["t", "u"])


class UnhappyError(Exception):
    """Raised to roll a transaction back."""


class Machine(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.ours = JournalDB(self.folder / "marks.json")
        self.stock = TinyDB(storage=MemoryStorage)
        self.done = []

    def teardown(self):
        if hasattr(self, "ours"):
            self.ours.journal.abandon()
            shutil.rmtree(self.folder)

    def content(self, db):
        found = {}
        for name in ("t", "u"):
            rows = {doc.doc_id: dict(doc) for doc in db.table(name)}
            if rows:
                found[name] = rows
        return found

    def both(self, act):
        """Do one thing to each, as a transaction of ours that may be taken back later."""
        before = self.content(self.stock)
        with self.ours.journal.transaction() as action:
            mine = act(self.ours)
        theirs = act(self.stock)
        assert mine == theirs
        self.done.append((before, action.inverse))

    @rule(name=names, doc=docs, number=ids)
    def insert(self, name, doc, number):
        with self.ours.journal.lock:
            if self.ours.table(name).contains(doc_id=number):
                return
        self.both(lambda db: db.table(name).insert(Document(doc, number)))

    @rule(name=names, some=st.lists(docs, max_size=3))
    def insert_multiple(self, name, some):
        before = self.content(self.stock)
        with self.ours.journal.transaction() as action:
            given_ids = self.ours.table(name).insert_multiple(some)
        self.stock.table(name).insert_multiple([Document(doc, key) for doc, key in zip(some, given_ids, strict=True)])
        self.done.append((before, action.inverse))

    @rule(name=names, fields=docs, some=st.lists(ids, max_size=4))
    def update_by_id(self, name, fields, some):
        self.both(lambda db: db.table(name).update(fields, doc_ids=some))

    @rule(name=names, fields=docs)
    def update_all(self, name, fields):
        self.both(lambda db: sorted(db.table(name).update(fields)))

    @rule(name=names, fields=docs, value=values)
    def update_by_query(self, name, fields, value):
        self.both(lambda db: sorted(db.table(name).update(fields, where("a") == value)))

    @rule(name=names)
    def update_by_operation(self, name):
        numbers = where("a").test(lambda value: type(value) is int)
        self.both(lambda db: sorted(db.table(name).update(increment("a"), numbers)))
        self.both(lambda db: sorted(db.table(name).update(delete("b"), where("b").exists())))

    @rule(name=names, doc=docs, number=ids)
    def upsert(self, name, doc, number):
        self.both(lambda db: db.table(name).upsert(Document(doc, number)))

    @rule(name=names, some=st.lists(ids, max_size=4, unique=True))
    def remove_by_id(self, name, some):
        self.both(lambda db: db.table(name).remove(doc_ids=some))

    @rule(name=names, value=values)
    def remove_by_query(self, name, value):
        self.both(lambda db: sorted(db.table(name).remove(where("a") == value)))

    @rule(name=names)
    def truncate(self, name):
        self.both(lambda db: db.table(name).truncate())

    @rule(name=names)
    def drop_table(self, name):
        self.both(lambda db: db.drop_table(name))

    @rule(name=names, doc=docs, fields=docs, number=ids)
    def roll_back(self, name, doc, fields, number):
        try:
            with self.ours.journal.transaction():
                table = self.ours.table(name)
                table.upsert(Document(doc, number))
                table.insert(doc)
                table.update(fields)
                table.remove(where("a") == 1)
                raise UnhappyError
        except UnhappyError:
            pass

    @rule()
    def undo(self):
        if self.done:
            before, inverse = self.done.pop()
            with self.ours.journal.transaction():
                for op in inverse:
                    self.ours.journal.change(op)
            self.stock.drop_tables()
            for name, rows in before.items():
                self.stock.table(name).insert_multiple([Document(doc, key) for key, doc in rows.items()])

    @rule()
    def reopen_after_a_crash(self):
        self.ours.journal.flush()
        self.ours.journal.abandon()
        self.ours = JournalDB(self.folder / "marks.json")

    @rule()
    def reopen_after_closing(self):
        self.ours.close()
        with TinyDB(self.folder / "marks.json") as stock:
            assert self.content(stock) == self.content(self.stock)
        self.ours = JournalDB(self.folder / "marks.json")

    @rule()
    def fold(self):
        self.ours.journal.compact()

    @rule(value=values)
    def search(self, value):
        def found(db):
            return sorted((doc.doc_id, repr(sorted(doc.items()))) for doc in db.table("t").search(where("a") == value))

        assert found(self.ours) == found(self.stock)

    @invariant()
    def same(self):
        if hasattr(self, "ours"):
            assert repr_of(self.content(self.ours)) == repr_of(self.content(self.stock))
            assert self.ours.journal.notices == []


def repr_of(content):
    """Tell 1 from true, which == does not."""
    return {name: {key: sorted(map(repr, doc.items())) for key, doc in rows.items()} for name, rows in content.items()}


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=40, stateful_step_count=30, deadline=None, derandomize=True)
