"""The guards that `python -m tests.faults.mutations` takes away are where it looks for them."""

from __future__ import annotations

import pytest

from tests.faults.mutations import MUTATIONS, ROOT


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_each_guard_stands_once_where_it_is_told_to(mutation):
    assert (ROOT / mutation.file).read_text("utf-8").count(mutation.guard) == 1
    for test in mutation.tests:
        path, _, name = test.partition("::")
        assert (ROOT / path).exists()
        assert not name or f"def {name}(" in (ROOT / path).read_text("utf-8")
