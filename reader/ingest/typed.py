"""What somebody typed, told apart: the address of something on the web, or the path of a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_SCHEME: Final = re.compile(r"(?:https?|feed):", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:(?:[\w-]+\.)+[^\W\d_]{2,}|localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?:[/?#]\S*)?")
_FILES: Final = re.compile(
    r"\.(?:txt|text|md|markdown|html?|xhtml|epub|pdf|gz|xml|opml|rss|atom|json|docx?|odt|rtf|csv|tex|png|jpe?g)",
    re.IGNORECASE,
)


def is_address(text: str) -> bool:
    """Tell whether something typed is a web address, with `https://` or without, and not a path."""
    text = text.strip()
    if _SCHEME.match(text):
        return True
    if text.startswith(("/", ".", "~")) or not _HOST.fullmatch(text):
        return False
    if "/" not in text and _FILES.fullmatch(text[text.rfind(".") :]):
        return False
    try:
        return not Path(text).exists()
    except (OSError, ValueError):
        return True
