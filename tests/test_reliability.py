"""What docs/reliability.md promises is held by tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "reliability.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[^`]+)`", TEXT)))


@pytest.mark.parametrize("named", NAMED)
def test_the_test_of_a_promise_is_there(named):
    path, _, name = named.partition("::")
    name = name.partition("[")[0]
    whole = (ROOT / path).read_text("utf-8") if path.endswith(".py") else ""
    assert (ROOT / path).exists()
    assert not name or re.search(rf"^(?:async def|def|class) {name}\b|^{name} = ", whole, re.MULTILINE)


def test_every_promise_has_its_test():
    rows = [line for line in TEXT.splitlines() if line.count(" | ") == 1 and line.startswith("| ")]
    promises = [row for row in rows if not row.endswith(("| test |", "| caught by |"))]
    assert len(promises) > 30
    assert all("`tests/" in row for row in promises)
