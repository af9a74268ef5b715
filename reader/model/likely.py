"""Whether words that resemble a quote still say the same, or are only made like it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Indel, LCSseq

from reader.model.nearby import CLOSE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOKEN: Final = re.compile(rf"[{CLOSE}]|[^\W{CLOSE}]+")
"""A word, or a sign of a script that parts no words."""

_ALIKE: Final = 0.86
_WORDS: Final = 0.7
_WORDS_IN_PLACE: Final = 0.55
"""Share of the words that must be the same; less is enough where the text around is the same."""

_FEW: Final = 4
"""Fewer words than these are found only between what stood around them."""

_FOR_EACH_CHANGE: Final = 10
"""Words that a quote must have for each place where it may say something else."""

_SHORT: Final = 24
"""Words of a quote in which a changed number, or a "not" that came or went, makes it another."""

_COUNTED: Final = 400
_SMALL: Final = 4
"""Letters of words that may come and go."""

_SPELLED: Final = 0.8
_CONTRARY: Final = frozenset(
    (
        *("no", "not", "never", "nor", "neither", "nobody", "nothing", "none", "nowhere", "without", "cannot", "t"),
        *("nicht", "kein", "keine", "keinen", "nie", "pas", "non"),
    )
)
"""Words that turn what is said into its contrary; the t is that of "isn't"."""


def is_meant(exact: str, here: str, likeness: float, *, in_place: bool, between: bool) -> bool:
    """Tell whether some words may be those of a quote.

    Args:
        exact: the quote.
        here: the words.
        likeness: the share of the letters that they have in common.
        in_place: whether some of what stood beside the quote stands beside them.
        between: whether what stood on both its sides does.
    """
    words, others = (TOKEN.findall(one.casefold()) for one in (exact, here))
    if len(words) < _FEW:
        return between and likeness >= _ALIKE
    if Indel.normalized_similarity(words, others) < (_WORDS_IN_PLACE if in_place else _WORDS):
        return False
    short = len(words) < _SHORT
    if short and _denied(words) != _denied(others):
        return False
    if between or len(words) > _COUNTED:
        return True
    changes = [one for one in _changes(words, others) if not _spelled_alike(*one)]
    if short and any(_numbers(gone) != _numbers(come) for gone, come in changes):
        return False
    return len(changes) <= len(words) // _FOR_EACH_CHANGE


def _denied(words: Sequence[str]) -> int:
    return sum(word in _CONTRARY for word in words)


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(char.isdigit() for char in word)]


def _changes(words: Sequence[str], others: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Give the places where some words differ from others: what went and what came."""
    begun, at = 0, 0
    for block in LCSseq.editops(words, others).as_matching_blocks():
        if begun < block.a or at < block.b:
            yield words[begun : block.a], others[at : block.b]
        begun, at = block.a + block.size, block.b + block.size


def _spelled_alike(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Tell whether words only changed their spelling, or are small ones that came or went."""
    if _numbers(gone) != _numbers(come):
        return False
    if not gone or not come:
        return all(len(word) <= _SMALL for word in (*gone, *come))
    one, other = "".join(gone), "".join(come)
    if sorted(one) == sorted(other):
        return True
    # Most letters are the same in "legal" and "illegal" as well.
    grown = one.endswith(other) or other.endswith(one)
    short = min(len(one), len(other)) < _SMALL
    return not grown and not short and Indel.normalized_similarity(one, other) >= _SPELLED
