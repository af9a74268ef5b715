"""Marking, and taking it back."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from reader.library import Library
from reader.model.annotation import Quote
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ
from reader.model.document import LONGEST
from reader.settings import Places
from tests.invented import fill, harbours


@pytest.fixture
def library(places):
    fill(places, harbours())
    with Library(places) as opened:
        yield opened


@pytest.fixture
def rows(library):
    return library.shelf.rows(library.shelf.listing().keys)


def test_a_note_of_a_megabyte_is_plain_text_in_pieces_and_read_once(library, rows):
    library.notebook.set_note(rows[0], "*why* " * 200_000)
    (note,) = library.shelf.open(rows[0].key).notes
    assert note.blocks[0].text.startswith("*why* *why*")
    assert {block.kind for block in note.blocks} == {"note"}
    assert max(len(block.text) for block in note.blocks) <= LONGEST
    assert library.shelf.open(rows[0].key).notes[0] is note
    library.notebook.set_note(rows[0], "*why*")
    (short,) = library.shelf.open(rows[0].key).notes
    assert short.blocks[0].text == "why"


def test_many_are_marked_as_one_action(library, rows):
    library.notebook.set_read(rows[:1], read=True)
    assert {row.flags for row in library.notebook.set_read(rows, read=True)} == {READ}
    undone = library.notebook.undo()
    assert undone.label == "9 articles marked read"
    assert set(undone.articles) == {row.id for row in rows[1:]}
    assert library.shelf.listing().unread == 9
    assert library.notebook.undo().label == f"read: {rows[0].title}"
    assert library.notebook.undo() is None


def test_what_became_read_by_itself_is_not_what_is_taken_back(library, rows):
    library.notebook.set_bookmarked(rows[:1], bookmarked=True)
    library.notebook.set_read(rows[1:2], read=True)
    for row in rows[:3]:
        library.notebook.set_read([row], read=True, by_itself=True)
    assert library.notebook.undo().label == f"read: {rows[1].title}"
    assert library.notebook.undo().label == f"bookmark: {rows[0].title}"
    assert library.notebook.undo() is None
    now = library.shelf.rows([row.key for row in rows[:3]])
    assert [row.flags for row in now] == [READ, 0, READ]
    library.notebook.set_read(rows[:1], read=False)
    assert library.notebook.undo().label == f"unread: {rows[0].title}"
    assert library.shelf.rows([rows[0].key])[0].has(READ)


def test_what_is_so_already_is_no_action(library, rows):
    library.notebook.set_read(rows[:1], read=False)
    library.notebook.set_bookmarked(rows[:1], bookmarked=False)
    library.notebook.set_note(rows[0], "  ")
    assert library.notebook.undo() is None


def test_a_note_is_written_edited_deleted_and_brought_back(library, rows):
    def texts():
        return [note.text for note in library.notebook.marks(rows[0].id).notes]

    assert library.notebook.set_note(rows[0], "  one\n").flags == NOTED
    library.notebook.set_note(rows[0], "two")
    assert texts() == ["two"]
    assert library.notebook.set_note(rows[0], "").flags == 0
    assert texts() == []
    for wanted in (["two"], ["one"], []):
        library.notebook.undo()
        assert texts() == wanted


def test_undo_can_go_back_beyond_a_restart(places, library, rows):
    library.notebook.set_bookmarked(rows[:1], bookmarked=True)
    library.close()
    with Library(places) as again:
        assert again.notebook.undo().label == f"bookmark: {rows[0].title}"
        assert again.shelf.row(rows[0].id).flags == 0


class Notebooks(RuleBasedStateMachine):
    """Any marks, then all taken back one by one: each step is what it was before."""

    def __init__(self):
        super().__init__()
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        places = Places(root, root / "data")
        fill(places, harbours())
        self.library = Library(places)
        # What is hidden is not listed, and marked all the same.
        self.keys = self.library.shelf.listing().keys
        self.before: list[dict[int, int]] = []
        self.after: list[dict[int, int]] = []

    def state(self):
        rows = self.library.shelf.rows(self.keys)
        flags = {row.id: row.flags for row in rows}
        assert flags == {row.id: self.library.marks.flags(row.id) for row in rows}
        return flags

    def act(self, work):
        before = self.state()
        work()
        if self.state() != before:
            self.before.append(before)
            self.after.clear()

    def rows(self, chosen):
        return self.library.shelf.rows([self.keys[index] for index in sorted(chosen)])

    CHOSEN = st.sets(st.integers(0, 9), min_size=1, max_size=4)

    @rule(chosen=CHOSEN, read=st.booleans())
    def read(self, chosen, read):
        self.act(lambda: self.library.notebook.set_read(self.rows(chosen), read))

    @rule(chosen=CHOSEN, bookmarked=st.booleans())
    def bookmark(self, chosen, bookmarked):
        self.act(lambda: self.library.notebook.set_bookmarked(self.rows(chosen), bookmarked))

    @rule(index=st.integers(0, 9), write=st.booleans())
    def note(self, index, write):
        (row,) = self.rows({index})
        if bool(row.flags & NOTED) != write:
            self.act(lambda: self.library.notebook.set_note(row, "x" if write else ""))

    @rule(index=st.integers(0, 9), again=st.booleans())
    def highlight(self, index, again):
        (row,) = self.rows({index})
        notebook = self.library.notebook
        if not row.flags & HIGHLIGHTED:
            self.act(lambda: notebook.add_highlight(row, Quote("some words"), "blue"))
            return
        (made,) = notebook.marks(row.id).highlights
        self.act(lambda: notebook.delete_highlight(row, made.id))
        if again:
            self.undo()
            assert notebook.marks(row.id).highlights == (made,)

    @rule(chosen=CHOSEN, many=st.booleans(), add=st.sets(st.sampled_from(["ads", "sea"])), remove=st.just({"sea"}))
    def tag(self, chosen, many, add, remove):
        notebook, rows = self.library.notebook, self.rows(chosen)
        remove -= add
        tags = {row.id: notebook.marks(row.id).tags for row in rows}
        if all({*tags[row.id]} >= add and not {*tags[row.id]} & remove for row in rows):
            return
        before = self.state()
        given = notebook.many([row.key for row in rows]) if many else None
        assert given.set_tags(add, remove) if given else notebook.set_tags(rows, add, remove)
        self.state()
        self.before.append(before)
        self.after.clear()

    @rule(chosen=CHOSEN, hidden=st.booleans(), many=st.booleans())
    def hide(self, chosen, hidden, many):
        rows, notebook = self.rows(chosen), self.library.notebook
        if many:
            self.act(lambda: notebook.many([row.key for row in rows]).set_hidden(hidden))
        else:
            self.act(lambda: notebook.set_hidden(rows, hidden))

    @rule(chosen=CHOSEN, read=st.booleans())
    def read_many(self, chosen, read):
        keys = [row.key for row in self.rows(chosen)]
        self.act(lambda: self.library.notebook.many(keys).set_read(read))

    @precondition(lambda self: self.before)
    @rule()
    def undo(self):
        now = self.state()
        assert self.library.notebook.undo() is not None
        assert self.state() == self.before.pop()
        self.after.append(now)

    @precondition(lambda self: self.after)
    @rule()
    def redo(self):
        before = self.state()
        assert self.library.notebook.redo() is not None
        assert self.state() == self.after.pop()
        self.before.append(before)

    def teardown(self):
        while self.before:
            self.undo()
        assert self.library.notebook.undo() is None
        self.library.close()
        self.folder.cleanup()


Notebooks.TestCase.settings = settings(derandomize=True, deadline=None, max_examples=15, stateful_step_count=12)
test_any_marks_are_taken_back_one_by_one = Notebooks.TestCase


def test_flags_do_not_leak_from_one_article_to_another(library, rows):
    library.notebook.set_bookmarked(rows[3:4], bookmarked=True)
    flags = list(library.shelf.listing().flags)
    assert flags == [0, 0, 0, BOOKMARKED, *[0] * 6]
