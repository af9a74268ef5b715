"""What stands next to some words: by it the same words in different places are told apart."""

from __future__ import annotations

import re
from typing import Final

CLOSE: Final = "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
"""Letters of scripts that put no space between words."""

_JOINED: Final = re.compile(rf"[^\W{CLOSE}]")

AROUND: Final = 32
"""Characters kept of what stands before a passage, and as many of what stands after it."""


def in_word(before: str, after: str) -> bool:
    """Tell whether two characters, one after the other, are in one word."""
    return not before.isspace() and not after.isspace() and bool(_JOINED.match(before) and _JOINED.match(after))


def around(text: str, start: int, end: int, prefix: str, suffix: str) -> int:
    """Count the characters next to a stretch of a text that are those of a quote's prefix and suffix, both folded."""
    return sum(beside(text, start, end, prefix, suffix))


def beside(text: str, start: int, end: int, prefix: str, suffix: str) -> tuple[int, int]:
    """Count those before a stretch, and those after it."""
    before = folded_end(text[max(0, start - 2 * AROUND) : start])
    after = folded_beginning(text[end : end + 2 * AROUND])
    return _common(before[::-1], prefix[::-1]), _common(after, suffix)


def folded_end(text: str) -> str:
    """Fold the space in a text, and drop that at its end."""
    return " ".join(text[-4 * AROUND :].split())[-AROUND:]


def folded_beginning(text: str) -> str:
    """Fold the space in a text, and drop that at its beginning."""
    return " ".join(text[: 4 * AROUND].split())[:AROUND]


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
