"""When an article counts as read."""

from __future__ import annotations

import pytest

from reader.settings import Settings
from reader.ui.screens.attention import Attention


class Timers:
    """Timers that go off when the test says so."""

    def __init__(self):
        self.waiting = []

    def __call__(self, seconds, work):
        timer = Timer(self, seconds, work)
        self.waiting.append(timer)
        return timer

    def go_off(self):
        for timer in list(self.waiting):
            self.waiting.remove(timer)
            timer.work()


class Timer:
    def __init__(self, timers, seconds, work):
        self.timers, self.seconds, self.work = timers, seconds, work

    def stop(self):
        if self in self.timers.waiting:
            self.timers.waiting.remove(self)


class Bench:
    """Attention, with what it marked."""

    def __init__(self, when, seconds=5.0):
        self.timers, self.marked = Timers(), []
        self.attention = Attention(Settings(mark_read=when, mark_read_seconds=seconds), self.timers, self.marked.append)


def test_on_open_marks_at_once_and_once_a_visit():
    bench = Bench("on_open")
    bench.attention.enter(7)
    bench.attention.enter(7)
    bench.attention.end_seen()
    assert bench.marked == [7]
    assert not bench.timers.waiting


def test_another_visit_marks_again():
    bench = Bench("on_open")
    bench.attention.enter(7)
    bench.attention.leave()
    bench.attention.enter(7)
    assert bench.marked == [7, 7]


def test_after_seconds_waits_for_them():
    bench = Bench("after_seconds", 2.5)
    bench.attention.enter(7)
    assert [timer.seconds for timer in bench.timers.waiting] == [2.5]
    assert bench.marked == []
    bench.timers.go_off()
    assert bench.marked == [7]


def test_who_leaves_before_has_not_read():
    bench = Bench("after_seconds")
    bench.attention.enter(7)
    bench.attention.leave()
    bench.timers.go_off()
    assert bench.marked == []


def test_who_goes_on_to_another_article_has_read_only_that():
    bench = Bench("after_seconds")
    bench.attention.enter(7)
    bench.attention.enter(8)
    bench.timers.go_off()
    assert bench.marked == [8]


def test_at_end_marks_when_the_end_is_seen():
    bench = Bench("at_end")
    bench.attention.enter(7)
    assert bench.marked == []
    bench.attention.end_seen()
    bench.attention.end_seen()
    assert bench.marked == [7]


def test_an_end_seen_without_the_focus_is_nothing():
    bench = Bench("at_end")
    bench.attention.end_seen()
    bench.attention.enter(7)
    bench.attention.leave()
    bench.attention.end_seen()
    assert bench.marked == []


def test_never_marks_nothing():
    bench = Bench("never")
    bench.attention.enter(7)
    bench.attention.end_seen()
    bench.timers.go_off()
    assert bench.marked == []


@pytest.mark.parametrize("when", ["after_seconds", "at_end"])
def test_the_readers_own_mark_stands_for_the_visit(when):
    bench = Bench(when)
    bench.attention.enter(7)
    bench.attention.decided()
    bench.attention.end_seen()
    bench.timers.go_off()
    assert bench.marked == []


def test_it_is_known_who_marked():
    bench = Bench("on_open")
    assert not bench.attention.just_marked
    bench.attention.enter(7)
    assert bench.attention.just_marked
    bench.attention.decided()
    assert not bench.attention.just_marked
    bench.attention.enter(8)
    assert bench.attention.just_marked
    bench.attention.leave()
    assert not bench.attention.just_marked
