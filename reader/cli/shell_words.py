"""Words as bash has them on its line: put together again, taken out of their quotes, and quoted to be put there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_BREAKS: Final = ":=@"
"""Where bash begins another word to be completed, though the shell itself goes on with the same."""
_SAFE: Final = re.compile(r"[^\w%+=:,./@-]")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_QUOTES: Final = "'\""


def whole(line: str, pieces: Sequence[str]) -> list[str]:
    """Give the words of a line as the shell has them: bash parts them at `:` and `=` too.

    Args:
        line: the command up to the cursor.
        pieces: its words as bash parts them, in order; the last goes up to the cursor.
    """
    words = list[str]()
    at = 0
    for piece in pieces:
        found = line.find(piece, at)
        if found < 0:
            # The rest of the last word stands behind the cursor.
            found, piece = at + len(line[at:]) - len(line[at:].lstrip()), line[at:].lstrip()
        if words and found == at and piece:
            words[-1] += piece
        else:
            words.append(piece)
        at = found + len(piece)
    return words


def bare(word: str) -> str:
    """Give a word without the quotes of the shell; a quote may be open at its end."""
    if word[:1] in _QUOTES and word:
        quote, rest = word[0], word[1:]
        return rest.removesuffix(quote)
    return _ESCAPED.sub(r"\1", word)


def put(word: str, value: str) -> str | None:
    """Give what bash has to put for a word so that it means a value and nothing else; None where it cannot.

    Args:
        word: what stands there up to the cursor, quotes and all.
        value: what it is to mean.
    """
    if word[:1] == "'":
        return None if "'" in value else value
    if word[:1] == '"':
        return None if set(value) & set('"$`\\!') else value
    if any(quote in _ESCAPED.sub("", word) for quote in _QUOTES):
        return None
    quoted = _SAFE.sub(r"\\\g<0>", value)
    stays = max(word.rfind(one) for one in _BREAKS) + 1
    if not stays:
        return quoted
    return quoted[stays:] if quoted.startswith(word[:stays]) else None
