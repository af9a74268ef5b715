"""Whatever is marked, taken back and done again, closed, killed or torn: the marks are what a simple model says."""

from __future__ import annotations

import copy
import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.model.annotation import Place
from reader.model.article import BOOKMARKED, FINISHED, HIDDEN, NOTED, READ, STARTED, TAGGED
from reader.storage.marks import Marks
from reader.storage.stamp import journal_of
from tests.storage.test_marks import ID, Clock, row

SOME = st.sets(st.integers(1, 6), min_size=1, max_size=4)
TAGS = st.lists(st.sampled_from(["a", "A", "b", "Long tag"]), max_size=2)
NAMES = st.sampled_from(["Sea", "SEA", "Short"])


class Model:
    """What is marked, as plain as can be; `read` and the rest hold numbers of articles."""

    def __init__(self):
        self.kept = {"read": set(), "bookmarked": set(), "hidden": set(), "tags": {}, "notes": {}, "views": {}}
        self.places = {}
        self.done, self.undone = [], []

    def act(self, change):
        before = copy.deepcopy(self.kept)
        change(self.kept)
        if self.kept != before:
            self.done.append((before, copy.deepcopy(self.kept)))
            self.undone.clear()

    def flags(self, number):
        kept, progress = self.kept, self.places.get(number, 0)
        started = STARTED if 0 < progress < 0.98 and number not in kept["read"] else 0
        sets = ((READ, "read"), (BOOKMARKED, "bookmarked"), (HIDDEN, "hidden"), (TAGGED, "tags"), (NOTED, "notes"))
        return (
            started | (FINISHED if progress >= 0.98 else 0) | sum(flag for flag, name in sets if number in kept[name])
        )


class Machine(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.clock, self.model = Clock(), Model()
        self.open()

    def open(self):
        self.marks = Marks(self.folder / "marks.json", clock=self.clock)

    def teardown(self):
        if hasattr(self, "marks"):
            self.marks.abandon()
            shutil.rmtree(self.folder)

    # -- marking

    @rule(field=st.sampled_from(["read", "bookmarked", "hidden"]), some=SOME, on=st.booleans(), bare=st.booleans())
    def mark(self, field, some, on, bare):
        given = [str(ID + n) for n in sorted(some)] if bare else [row(n) for n in sorted(some)]
        getattr(self.marks, f"set_{field}")(given, on, field)
        self.model.act(lambda kept: kept[field].update(some) if on else kept[field].difference_update(some))

    @rule(some=SOME, add=TAGS, remove=TAGS, bare=st.booleans())
    def tag(self, some, add, remove, bare):
        given = [str(ID + n) for n in sorted(some)] if bare else [row(n) for n in sorted(some)]
        # Which capitals a tag has is tested elsewhere.
        remove = [tag for tag in remove if tag.casefold() not in map(str.casefold, add)]
        self.marks.set_tags(given, add, remove, "tags")

        def change(kept):
            for number in some:
                tags = kept["tags"].get(number, set()) - {tag.casefold() for tag in remove}
                tags |= {tag.casefold() for tag in add}
                kept["tags"].pop(number, None)
                if tags:
                    kept["tags"][number] = tags

        before = [self.marks.of(ID + number).tags for number in some]
        self.model.act(change)
        assert before == [self.marks.of(ID + number).tags for number in some]

    @rule(number=st.integers(1, 6), text=st.sampled_from(["one", "two", ""]))
    def note(self, number, text):
        self.marks.set_note(row(number), text, "note")
        self.model.act(lambda kept: kept["notes"].update({number: text}) if text else kept["notes"].pop(number, None))

    @rule(name=NAMES, query=st.sampled_from(["a", "b"]))
    def save_view(self, name, query):
        self.marks.put_view(name, query, "view")
        self.model.act(lambda kept: kept["views"].update({name.casefold(): (name, query)}))

    @rule(old=NAMES, new=NAMES)
    def rename_view(self, old, new):
        self.marks.rename_view(old, new, "view")

        def change(kept):
            if old.casefold() in kept["views"]:
                kept["views"][new.casefold()] = (new, kept["views"].pop(old.casefold())[1])

        self.model.act(change)

    @rule(name=NAMES)
    def remove_view(self, name):
        self.marks.remove_view(name, "view")
        self.model.act(lambda kept: kept["views"].pop(name.casefold(), None))

    @rule(number=st.integers(1, 6), progress=st.sampled_from([0.0, 0.5, 0.98, 1.0]))
    def place(self, number, progress):
        self.marks.set_place(row(number), Place(1, 0.5, progress))
        self.model.places[number] = progress

    @rule(some=SOME, fails=st.booleans())
    def several_as_one(self, some, fails):
        try:
            with self.marks.action("several"):
                self.marks.set_read([row(n) for n in sorted(some)], read=True, label="read")
                self.marks.set_hidden([row(n) for n in sorted(some)], hidden=True, label="hidden")
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return
        self.model.act(lambda kept: (kept["read"].update(some), kept["hidden"].update(some)))

    # -- taking back

    @rule()
    def undo(self):
        undone = self.marks.undo()
        assert (undone is None) == (not self.model.done)
        if self.model.done:
            before, after = self.model.done.pop()
            self.model.kept = copy.deepcopy(before)
            self.model.undone.append((before, after))

    @rule()
    def redo(self):
        redone = self.marks.redo()
        assert (redone is None) == (not self.model.undone)
        if self.model.undone:
            before, after = self.model.undone.pop()
            self.model.kept = copy.deepcopy(after)
            self.model.done.append((before, after))

    @rule()
    def undo_and_redo_is_nothing(self):
        before = self.marks._journal.read()
        kept = {name: copy.deepcopy(before.get(name, {})) for name in ("articles", "notes", "views")}
        if self.marks.undo() is not None:
            assert self.marks.redo() is not None
        after = self.marks._journal.read()
        assert kept == {name: after.get(name, {}) for name in kept}

    # -- ending

    @rule()
    def close(self):
        self.marks.close()
        self.open()

    @rule()
    def fold(self):
        self.marks._journal.compact()

    @rule()
    def kill(self):
        self.marks.flush()
        self.marks.abandon()
        self.open()

    @rule(some=SOME, cut=st.integers(0, 2000))
    def kill_while_writing(self, some, cut):
        self.marks.flush()
        journal = journal_of(self.folder / "marks.json")
        good = journal.stat().st_size if journal.exists() else 0
        changed = any(number not in self.model.kept["bookmarked"] for number in some)
        self.marks.set_bookmarked([row(n) for n in sorted(some)], bookmarked=True, label="bookmarked")
        self.marks.flush()
        self.marks.abandon()
        if changed:
            with journal.open("r+b") as file:
                # What is behind the last line that was acknowledged may be there in part, and counts for nothing.
                file.truncate(good + cut % (journal.stat().st_size - good))
        self.open()

    @invariant()
    def same(self):
        if not hasattr(self, "marks"):
            return
        kept = self.model.kept
        assert {n: self.marks.flags(ID + n) for n in range(1, 7)} == {n: self.model.flags(n) for n in range(1, 7)}
        assert list(self.marks.flags_of([ID + n for n in range(1, 7)])) == [self.model.flags(n) for n in range(1, 7)]
        tags = {
            number: {tag.casefold() for tag in found}
            for number in range(1, 7)
            if (found := self.marks.of(ID + number).tags)
        }
        assert tags == kept["tags"]
        found = {(tag.casefold(), article - ID) for tag, articles in self.marks.tags().items() for article in articles}
        assert found == {(tag, number) for number, tags in kept["tags"].items() for tag in tags}
        assert {article - ID: text for article, text, _ in self.marks.said()} == kept["notes"]
        assert sorted(self.marks.views()) == sorted(kept["views"].values())
        assert self.marks.check() == []


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=60, stateful_step_count=40, deadline=None, derandomize=True)
