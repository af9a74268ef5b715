"""Killed at any moment, the program has lost no mark and leaves two stores that are whole."""

from __future__ import annotations

import pytest

from tests.faults.killed_worker import worker
from tests.faults.kills import WHAT
from tests.faults.terminal import app
from tests.thorough import examples


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.xdist_group("kills")
def test_a_kill_at_any_call_loses_nothing(what, kills, counted):
    for seed in range(examples(2, 300)):
        counted(f"killed: {what}", kills.kill, what, seed)
    counted(f"killed from outside: {what}", kills.kill, what, 1, by="seconds")


def test_a_worker_that_marks_without_end_is_killed(tmp_path, counted):
    counted("killed: a worker", worker, 2026, tmp_path, examples(4, 60))


def test_the_app_is_killed_in_its_terminal(tmp_path, counted):
    for seed in range(examples(1, 20)):
        counted("killed: the app in its terminal", app, seed, tmp_path / str(seed))
