"""The apps of these tests settle quickly, and leave nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual._styles_cache import StylesCache

from tests.ui.settling import settle_quickly

if TYPE_CHECKING:
    from collections.abc import Iterator

settle_quickly()


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Let Textual forget what a test drew; it keeps the last thousand widgets, and garbage is looked for in all."""
    yield
    StylesCache.get_inner_outer.cache_clear()
