"""The built-in guide: a few short articles that teach by being read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import Entry


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    folder = Path(__file__).parent
    return tuple((path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md")))


def edition() -> str:
    """Give a name for the guide's present wording."""
    import hashlib

    return hashlib.sha256("\0".join(text for _, text in _texts()).encode()).hexdigest()[:16]


def articles() -> tuple[Entry, ...]:
    """Give the articles of the guide: the first line of a file is its headline, the second its excerpt."""
    from reader.model.article import Entry

    entries = []
    for name, text in _texts():
        title, excerpt, body = (part.strip() for part in text.split("\n\n", 2))
        entries.append(
            Entry(
                title.lstrip("# "),
                "The reader",
                "Guide",
                excerpt.replace("`", "").replace("*", ""),
                body=f"{excerpt}\n\n{body}",
                markdown=True,
                guid=name,
            )
        )
    return tuple(entries)
