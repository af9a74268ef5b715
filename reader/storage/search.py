"""Words of a query as the full-text index takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reader.model.query.tree import Words

_UNSAID: Final = {0: " ", ord('"'): " "} | dict.fromkeys(range(0xD800, 0xE000), " ")
"""What cannot be said to SQLite, or ends what is said: none of it is in a word."""


def phrase(words: Words, column: str = "") -> str:
    """Make an FTS5 expression: the words stand in a row, and unless they are exact the last may go on.

    Args:
        words: those to be found; at least one letter is among them.
        column: the only one to look into, all for none.
    """
    found = f'"{words.text.translate(_UNSAID)}"{"" if words.exact else " *"}'
    return f"{{{column}}} : {found}" if column else found
