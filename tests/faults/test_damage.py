"""A damaged file costs what was damaged and no more, and is told of."""

from __future__ import annotations

import pytest

from tests.faults.damage import DAMAGES, FILES, damage
from tests.faults.mutants import without
from tests.faults.verdicts import CorruptedError, LostError
from tests.thorough import examples


@pytest.mark.parametrize("which", FILES)
@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_file_costs_no_more_than_what_is_damaged(how, which, tmp_path, counted):
    counted(f"{which} {how}", damage, how, which, 1, tmp_path, examples(12, 400))


def test_a_sum_that_is_not_looked_at_is_noticed(tmp_path):
    guard = ("reader.storage.records", "decode", 'if line[:9] != b"%08x " % zlib.crc32(payload):', "if False:")
    with without(*guard), pytest.raises((LostError, CorruptedError)):
        damage("flipped", "journal", 1, tmp_path, 200)


def test_a_flipped_number_of_the_layout_is_refused_and_nothing_is_touched(tmp_path, monkeypatch):
    def flipped(data, dice):
        assert data.count(b'"format":1') == 1
        return data.replace(b'"format":1', b'"format":5')

    monkeypatch.setitem(DAMAGES, "flipped", flipped)
    assert damage("flipped", "snapshot", 1, tmp_path, 1) == 1
    guard = ("reader.storage.opening", "parse", "isinstance(found, int) and found > FORMAT", "False")
    with without(*guard), pytest.raises(CorruptedError, match="later version"):
        damage("flipped", "snapshot", 1, tmp_path / "again", 1)
