"""What every test gets: a home of its own, none of the developer's environment, the same dice each time."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from reader import settings

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_780_000_000
"""The frozen clock: 28 May 2026, in seconds since 1970."""

_KEPT = {"PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "TMPDIR"}
_OURS = ("PYTEST_", "TEXTUAL_SNAPSHOT_", "COV_", "COVERAGE_", "HYPOTHESIS_")

hypothesis_settings.register_profile("reader", derandomize=True, deadline=None, max_examples=100, database=None)
hypothesis_settings.load_profile("reader")


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away HOME, EDITOR, NO_COLOR and all the rest; give a READER_HOME that nobody else has."""
    for name in set(os.environ) - _KEPT:
        if not name.startswith(_OURS):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("READER_HOME", str(tmp_path / "reader"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def places() -> settings.Places:
    """The folders of this test."""
    return settings.places()


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> int:
    """Stop the clock that the widgets look at, and give the time it shows."""
    clock = SimpleNamespace(time=lambda: NOW)
    for name in ("row_painter", "page"):
        monkeypatch.setattr(f"reader.ui.widgets.{name}.time", clock)
    return NOW
