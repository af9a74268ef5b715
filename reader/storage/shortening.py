"""As much of a text as a list can show."""

from __future__ import annotations

from typing import Final

EXCERPT: Final = 600
"""Characters of an excerpt that a row keeps; two lines of a list never show more."""


def shortened(text: str) -> str:
    """Give the beginning of a text as one line of at most `EXCERPT` characters."""
    # What may be megabytes is not taken apart whole for its beginning.
    return " ".join(text[: 8 * EXCERPT].split())[:EXCERPT]
