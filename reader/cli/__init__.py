"""The headless verbs. Nothing on this path imports Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def main(arguments: Sequence[str], open_app: Callable[..., int]) -> int:
    """Stub until the verbs land."""
    del arguments
    return open_app()
