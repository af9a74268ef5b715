"""A disk that refuses, at whatever call, loses no mark; when it takes them again all are there."""

from __future__ import annotations

import pytest

from tests.faults.mutants import without
from tests.faults.refusals import REFUSALS, refuse
from tests.faults.verdicts import CorruptedError, LostError
from tests.thorough import examples


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_disk_that_refuses_loses_nothing(kind, tmp_path, counted):
    counted(kind, refuse, kind, 1, tmp_path, examples(5, 1))


MUTANTS = {
    "what was refused is not kept": (
        "reader.storage.appender",
        "Appender.flush",
        "            if lines:\n",
        "            with self._memory:\n                self._buffer.clear()\n            if lines:\n",
        "disk full",
    ),
    "half a record stays in the journal": (
        "reader.storage.appender",
        "Appender._append",
        "os.ftruncate(fd, self.size)",
        "pass",
        "disk full",
    ),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_guard_that_is_gone_is_noticed(mutant, tmp_path):
    *guard, kind = MUTANTS[mutant]
    with without(*guard), pytest.raises((LostError, CorruptedError)):
        refuse(kind, 1, tmp_path)
