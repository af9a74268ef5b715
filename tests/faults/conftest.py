"""Faults that are counted."""

from __future__ import annotations

import pytest

from tests.faults.kills import Kills
from tests.faults.table import PROPERTY, judged


@pytest.fixture
def counted(record_property):
    """Try a fault and enter it in the table."""

    def count(name, fault, *given, **named):
        rounds, lost, corrupted, error = judged(lambda: fault(*given, **named))
        record_property(PROPERTY, (name, rounds, lost, corrupted))
        if error is not None:
            raise error
        assert rounds

    return count


@pytest.fixture(scope="session")
def kills(tmp_path_factory):
    with Kills(tmp_path_factory.mktemp("kills")) as made:
        yield made
