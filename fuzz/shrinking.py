"""A find made as small as it can be while it fails in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fuzz.watching import Watch


def shrunk(watch: Watch, data: bytes) -> bytes:
    """Give the shortest input that is found by leaving stretches out, large ones first.

    Args:
        watch: what runs it.
        data: an input that fails.

    Raises:
        ValueError: it does not fail.
    """
    wanted = watch.failure(data)
    if wanted is None:
        raise ValueError("this input does not fail")
    size = max(1, len(data) // 2)
    while size:
        start = 0
        while start < len(data):
            shorter = data[:start] + data[start + size :]
            if watch.failure(shorter) == wanted:
                data = shorter
            else:
                start += size
        size //= 2
    return data
