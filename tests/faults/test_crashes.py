"""A power cut at any moment loses no mark that was acknowledged, and makes none that nobody made."""

from __future__ import annotations

import pytest

from tests.faults.crashes import CRASHES, crash


@pytest.mark.parametrize("name", CRASHES)
def test_a_power_cut_at_any_call_loses_nothing(name, tmp_path):
    assert crash(name, 1, tmp_path)
