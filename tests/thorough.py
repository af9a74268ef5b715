"""How often a test that takes long is to be tried with something else: READER_THOROUGH=1 tries as often as it can."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("READER_THOROUGH", "") not in {"", "0"}


def examples(some: int, many: int) -> int:
    """Give how many examples are enough: some each time, many when one has the time."""
    return many if THOROUGH else some
