"""The program without one of its guards, to show that the laboratory would notice."""

from __future__ import annotations

import importlib
import inspect
from contextlib import contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without(module: str, function: str, guard: str, instead: str) -> Iterator[None]:
    """Let a function be without a guard for a while, for all who have imported it too.

    Args:
        module: where it is.
        function: its name there, with that of its class before a dot.
        guard: what stands in its source.
        instead: what stands there meanwhile.
    """
    found = importlib.import_module(module)
    source = inspect.getsource(found)
    whole = inspect.getsource(attrgetter(function)(found))
    assert guard in whole, f"{function} has no such guard any more"
    made = {"__name__": module}
    exec(compile(source.replace(whole, whole.replace(guard, instead)), str(found.__file__), "exec"), made)
    mutant = made[function.split(".")[0]]
    for name in function.split(".")[1:]:
        mutant = getattr(mutant, name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attrgetter(function)(found), "__code__", mutant.__code__)
        yield
