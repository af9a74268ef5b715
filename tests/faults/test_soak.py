"""READER_SOAK=minutes: all faults with new seeds for so long."""

from __future__ import annotations

import os
import random

import pytest

from tests.faults.soak import soak

MINUTES = float(os.environ.get("READER_SOAK") or 0)


@pytest.mark.skipif(not MINUTES, reason="READER_SOAK=minutes asks for it")
def test_the_soak_loses_and_corrupts_nothing(tmp_path, record_property):
    failures: list[str] = []
    table = soak(MINUTES, random.SystemRandom().randrange(10**6), tmp_path, failures.append)
    for name, row in table.rows.items():
        record_property("fault", (name, *row))
    assert not failures, "\n".join(failures)
