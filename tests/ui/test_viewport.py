"""The viewport against a naive one that has all lines in a row."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.ui.widgets.viewport import Viewport
from tests.thorough import examples

HEIGHTS = st.lists(st.integers(1, 7), max_size=12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("scroll"), st.integers(-40, 40), st.just(0)),
        st.tuples(st.just("to"), st.integers(0, 11), st.integers(0, 9)),
        st.tuples(st.just("show"), st.integers(0, 11), st.integers(0, 1)),
        st.tuples(st.just("bring"), st.integers(0, 11), st.integers(0, 9)),
        st.tuples(st.just("height"), st.integers(1, 25), st.just(0)),
    ),
    max_size=12,
)


class Naive:
    """All lines in a row, and the number of the one on top."""

    def __init__(self, heights: list[int], height: int) -> None:
        self.heights, self.height, self.top = heights, height, 0
        self.all = [(item, line) for item, tall in enumerate(heights) for line in range(tall)]

    @property
    def last(self) -> int:
        return max(0, len(self.all) - self.height)

    def put(self, top: int) -> int:
        before, self.top = self.top, max(0, min(top, self.last))
        return self.top - before

    def to(self, item: int, line: int) -> None:
        self.put(self.all.index((item, min(line, self.heights[item] - 1))))

    def show(self, item: int, context: int) -> None:
        first, tall = self.all.index((item, 0)), self.heights[item]
        if tall + context >= self.height:
            self.put(first - min(context, max(0, self.height - tall)))
        elif self.top > first - context:
            self.put(first - context)
        elif self.top + self.height < first + tall + context:
            self.put(first + tall + context - self.height)

    def bring(self, item: int, line: int) -> None:
        at = self.all.index((item, line))
        context = min(2, (self.height - 1) // 2)
        if at < self.top:
            self.put(at - context)
        elif at >= self.top + self.height:
            self.put(at + 1 + context - self.height)

    def lines(self) -> list[tuple[int, int]]:
        return self.all[self.top : self.top + self.height]


def pair(heights: list[int], height: int) -> tuple[Viewport, Naive]:
    view = Viewport(heights.__getitem__)
    view.count, view.height = len(heights), height
    return view, Naive(heights, height)


@settings(max_examples=examples(120, 400))
@given(HEIGHTS, st.integers(1, 25), STEPS)
@example([2], 1, [("scroll", 2, 0)])
@example([1, 2, 9, 9], 5, [("to", 1, 0), ("show", 1, 1)])
def test_it_shows_what_a_naive_viewport_shows(heights, height, steps):
    view, naive = pair(heights, height)
    for name, number, more in steps:
        if name == "scroll":
            assert view.scroll(number) == naive.put(naive.top + number)
        elif name == "height":
            view.height = naive.height = number
            view.settle()
            naive.put(naive.top)
        elif name == "bring" and number < len(heights):
            line, before = min(more, heights[number] - 1), naive.top
            naive.bring(number, line)
            assert view.bring(number, line, context=2) == (naive.top != before)
        elif name != "bring" and number < len(heights):
            getattr(view, name)(number, **{"line" if name == "to" else "context": more})
            getattr(naive, name)(number, more)
        assert view.lines() == naive.lines()
        assert view.at_top == (naive.top == 0)
        assert view.at_end == (naive.top == naive.last)


@given(HEIGHTS.filter(bool), st.integers(1, 25), st.integers(0, 11), st.integers(0, 6), HEIGHTS)
def test_settling_after_other_items_came_leaves_no_empty_line_below(heights, height, item, line, others):
    view, _ = pair(heights, height)
    view.to(min(item, len(heights) - 1), line)
    heights[:] = others
    view.count = len(others)
    view.settle()
    naive = Naive(others, height)
    shown = view.lines()
    assert len(shown) == min(height, len(naive.all))
    assert naive.all[naive.all.index(shown[0]) :][: len(shown)] == shown if shown else not others


@given(HEIGHTS, st.integers(1, 25), st.integers(-30, 30))
def test_between_counts_the_lines_from_one_anchor_to_the_other(heights, height, lines):
    view, _ = pair(heights, height)
    before = (view.top, view.line)
    moved = view.scroll(abs(lines))
    assert view.between(before, (view.top, view.line)) == moved


def test_only_items_near_the_view_are_measured():
    asked: list[int] = []

    def height(item: int) -> int:
        asked.append(item)
        return 3

    view = Viewport(height)
    view.count, view.height = 100_000, 30
    view.to(50_000)
    view.show(50_020)
    view.scroll(10)
    view.lines()
    assert {item for item in asked if item < 99_000} <= set(range(49_980, 50_060))
    assert len(asked) < 200
