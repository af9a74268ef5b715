"""The overlays of a stretch of text against a naive search through all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import Passage, Point
from reader.ui.widgets.painting import OVERLAYS, Overlay, Overlays

POINTS = st.builds(Point, st.integers(0, 3), st.integers(0, 20))
GIVEN = st.lists(st.tuples(POINTS, POINTS, st.sampled_from(OVERLAYS)), max_size=12)
FAR = 10_000


def naive(overlays: list[Overlay], block: int, start: int, end: int) -> list[tuple[int, int, str]]:
    """Tell for each character of a stretch what lies over it, in the order of painting."""
    return [
        (at, OVERLAYS.index(overlay.part))
        for at in range(start, end)
        for overlay in overlays
        if overlay.passage.start <= Point(block, at) < overlay.passage.end
    ]


@given(st.lists(GIVEN, min_size=1, max_size=3), st.integers(0, 3), st.integers(0, 20), st.integers(0, 20))
def test_they_are_those_that_a_naive_search_finds_in_the_order_of_painting(names, block, start, size):
    index, all_of_them = Overlays(), []
    for number, given_ in enumerate(names):
        made = [Overlay(Passage(min(a, b), max(a, b)), part) for a, b, part in given_]
        index.put(str(number), made, 0, 0)
        all_of_them += made
    found = index.within(block, start, start + size)
    ranks = [OVERLAYS.index(part) for _, _, part in found]
    assert ranks == sorted(ranks)
    told = [
        (at, OVERLAYS.index(part))
        for at in range(start, start + size)
        for begin, stop, part in found
        if begin <= at < stop
    ]
    assert sorted(told) == sorted(naive(all_of_them, block, start, start + size))


@given(GIVEN, st.integers(0, 3), st.integers(0, 3))
def test_a_change_is_told_where_it_can_be_seen(overlays, first, more):
    made = [Overlay(Passage(min(a, b), max(a, b)), part) for a, b, part in overlays]
    last = min(3, first + more)
    seen = any(naive(made, block, 0, 21) for block in range(first, last + 1))
    index = Overlays()
    told = index.put("one", made, first, last)
    assert told or not seen
    assert index.put("one", (), first, last) == told
    assert not index.within(first, 0, FAR)
