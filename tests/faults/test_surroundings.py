"""Whatever goes on around the program, no mark is lost and the truth is told."""

from __future__ import annotations

import pytest

from tests.faults.surroundings import SURROUNDINGS
from tests.thorough import examples


@pytest.mark.parametrize("what", SURROUNDINGS)
def test_what_goes_on_around_it_loses_nothing(what, tmp_path, counted):
    for seed in range(1, 1 + examples(1, 40)):
        counted(what, SURROUNDINGS[what], seed, tmp_path / str(seed))
