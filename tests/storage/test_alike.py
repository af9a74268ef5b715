"""What is done to very many at once, a run at a time."""

from __future__ import annotations

import pytest

from reader.storage import alike


@pytest.mark.parametrize("count", [0, 1, alike.RUN, 2 * alike.RUN + 1])
def test_bytes_are_put_at_their_places(count):
    into, values = bytearray(2 * count), bytes(number % 255 + 1 for number in range(count))
    alike.put_bytes(into, range(0, 2 * count, 2), values)
    assert into[::2] == values
    assert not any(into[1::2])


def test_nothing_is_put_when_there_are_not_as_many_bytes_as_places():
    into = bytearray(3)
    with pytest.raises(ValueError, match="2 values for 3 places"):
        alike.put_bytes(into, [0, 1, 2], b"\1\2")
    assert into == bytes(3)
