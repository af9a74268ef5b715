"""Highlights found while a key waits: no more of them than there is time for, and nothing twice."""

from __future__ import annotations

import pytest

from reader.library import anchors
from reader.library.anchors import Anchors
from reader.model import anchoring
from reader.model.annotation import Highlight, Quote
from reader.model.document import Block, Document, Passage, Point
from tests.invented import text

OLD = Document(tuple(Block("paragraph", f"{number} {text(number, 3)}") for number in range(400)))
NEW = Document((Block("paragraph", "A paragraph that was put in front."), *OLD.blocks))
GONE = Quote("the", "what has never been in it, ", "nor this", 3, 4)


def highlights(count: int) -> list[Highlight]:
    passages = [Passage(Point(number, 0), Point(number, len(str(number)) + 4)) for number in range(count)]
    return [Highlight(number, 1, anchoring.quote_of(OLD, passage)) for number, passage in enumerate(passages)]


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """Let each look at the clock take a thousandth of a second."""
    now = [0.0]

    def monotonic() -> float:
        now[0] += 0.001
        return now[0]

    monkeypatch.setattr(anchors, "monotonic", monotonic)
    return now


def test_only_so_many_are_found_at_once_as_there_is_time_for(clock):
    ours, all_of_them = Anchors(), highlights(100)
    found, left = ours.at_once("new", NEW, all_of_them, whole=True)
    assert 0 < len(found) < 10
    assert len(found) + len(left) == 100
    ours.seek("new", NEW, left)
    found, left = ours.at_once("new", NEW, all_of_them, whole=True)
    assert (len(found), left) == (100, ())
    for one in found:
        assert one.passage is not None
        assert NEW.said(one.passage) == one.highlight.quote.exact
        assert one.passage.start.block == one.highlight.quote.block + 1


def test_nothing_is_looked_for_twice(clock, monkeypatch):
    ours, gone = Anchors(), [Highlight(1, 1, GONE)]
    sought: list[Quote] = []
    elsewhere = anchoring._elsewhere
    monkeypatch.setattr(anchoring, "_elsewhere", lambda woven, quote: sought.append(quote) or elsewhere(woven, quote))
    for _ in range(3):
        assert ours.at_once("new", NEW, gone, whole=True) == ((), tuple(gone))
    assert sought == [GONE]
    ours.seek("new", NEW, gone)
    assert len(sought) == 2
    for _ in range(3):
        ((one,), left) = ours.at_once("new", NEW, [*gone], whole=True)
        assert (one.passage, left) == (None, ())
    # One more highlight is no reason to look for those that are known to be gone.
    more = Highlight(2, 1, highlights(6)[5].quote)
    ((first, last), left) = ours.at_once("new", NEW, [*gone, more], whole=True)
    assert (first.highlight, last.highlight, left) == (more, gone[0], ())
    assert sought[2:] == [more.quote]


def test_what_is_known_of_one_text_is_not_said_of_another(clock):
    ours, gone = Anchors(), [Highlight(1, 1, GONE)]
    ours.seek("new", NEW, gone)
    assert ours.at_once("old", OLD, gone, whole=True) == ((), tuple(gone))
    assert ours.at_once("new", NEW, gone, whole=False) == ((), tuple(gone))
