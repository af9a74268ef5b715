"""A quote found in a text that says nearly the same; takes a bounded time whatever the text holds."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Indel, LCSseq

from reader.model import likely
from reader.model.document import Point
from reader.model.nearby import beside, folded_beginning, folded_end, in_word
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.annotation import Quote
    from reader.model.document import Passage
    from reader.model.woven import Woven

_NEAR: Final = 20_000
"""Characters on each side of the hint that are looked through first."""

_SEEDS: Final = 24
"""Pieces of a quote that are looked for word by word, to know where it may be."""

_SEED: Final = 12
_OFTEN: Final = 20
"""Places of one piece that are looked at."""

_TRIED: Final = 3
"""Stretches of the text that are compared letter by letter."""

_LONGEST: Final = 2_400
"""Characters of a quote that is compared whole; of a longer one the two ends are, each half as long as this."""

_ALIKE: Final = 0.86
_ALIKE_IN_PLACE: Final = 0.76
"""Share of the letters that must be the same; less is enough where the text around is the same."""

_IN_PLACE: Final = 10
"""Characters around that make it the same place, perhaps: the lines of a list often end alike."""

_BETWEEN: Final = 20
"""Characters on each side that do."""

_LOOSE: Final = 12
"""Characters by which the ends of a passage may move."""

_WIDEST: Final = 40
"""Characters by which a passage is widened to whole words."""

_SIGNS: Final = re.compile(r"^\W+|\W+$")
_KNOWN_AGAIN: Final = 8
"""Characters that tell what stood beside a quote."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A stretch of the folded text, and how much it is like the quote."""

    start: int
    end: int
    likeness: float


def find(woven: Woven, quote: Quote) -> Passage | None:
    """Find what is most like a quote, None where nothing is so much like it that it must be meant."""
    exact = " ".join(quote.exact.split())
    if not exact or not woven.folded:
        return None
    prefix, suffix = folded_end(quote.prefix), folded_beginning(quote.suffix)
    hint = woven.folded_at(woven.at(Point(quote.block, quote.offset)))
    found = _best(woven.folded, exact, prefix, suffix, hint)
    if found is None:
        return None
    start, end = _whole_words(woven.folded, found.start, found.end)
    return woven.passage(woven.unfolded(start), woven.unfolded(end - 1) + 1)


def _best(text: str, exact: str, prefix: str, suffix: str, hint: int) -> _Found | None:
    low, high = max(0, hint - _NEAR), min(len(text), hint + len(exact) + _NEAR)
    for begin, end in ((low, high), (0, len(text))):
        tried = _tried(text, exact, (prefix, suffix), begin, end)
        good = [one for one in tried if _is_meant(text, exact, prefix, suffix, one)]
        if good:
            return max(good, key=lambda one: (round(one.likeness, 2), -abs(one.start - hint)))
        if end - begin == len(text):
            break
    return None


def _tried(text: str, exact: str, sides: tuple[str, str], begin: int, end: int) -> Iterator[_Found]:
    """Give the stretches of a part of the text that may be meant, compared letter by letter."""
    if len(exact) <= _LONGEST:
        for start in _starts(text, exact, sides, begin, end):
            found = _aligned(text, exact, sides, start)
            if found is not None:
                yield found
        return
    half, said = _LONGEST // 2, set(likely.TOKEN.findall(exact))
    for head in _tried(text, exact[:half], (sides[0], ""), begin, end):
        due, spare = head.start + len(exact) - half, len(exact) // 6
        for tail in _tried(text, exact[-half:], ("", sides[1]), max(head.end, due - spare), due + spare + half):
            kept = len(said & set(likely.TOKEN.findall(text[head.start : tail.end]))) / max(1, len(said))
            yield _Found(head.start, tail.end, min(head.likeness, tail.likeness, kept))


def _starts(text: str, exact: str, sides: tuple[str, str], begin: int, end: int) -> Iterator[int]:
    """Give where the quote may begin, most likely first: where most of its pieces lie as they do in it."""
    prefix, suffix = sides
    whole = " ".join(part for part in (prefix, exact, suffix) if part)
    lead = len(prefix) + 1 if prefix else 0
    size = max(4, min(_SEED, len(whole) // 4))
    step = max(size // 2, (len(whole) - size) // (_SEEDS - 1), 1)
    grain = _grain(exact)
    votes: Counter[int] = Counter()
    for at in range(0, max(1, len(whole) - size + 1), step):
        place, voted = begin - 1, set()
        for _ in range(_OFTEN):
            place = text.find(whole[at : at + size], place + 1, end)
            if place < 0:
                break
            voted.add((place - at + lead) // grain)
        votes.update(voted)
    # A piece on the edge of a cell votes for its neighbour as well.
    summed = {cell: votes[cell - 1] + 2 * votes[cell] + votes[cell + 1] for cell in votes}
    chosen: list[int] = []
    for cell, _ in sorted(summed.items(), key=lambda one: -one[1]):
        if all(abs(cell - other) > 1 for other in chosen):
            chosen.append(cell)
        if len(chosen) == _TRIED:
            break
    for cell in chosen:
        yield max(0, cell * grain + grain // 2)


def _grain(exact: str) -> int:
    return max(16, len(exact) // 8)


def _aligned(text: str, exact: str, sides: tuple[str, str], start: int) -> _Found | None:
    """Give the stretch around a place that has most of a quote's letters in their order."""
    slack = 2 * _grain(exact)
    first = _matched(exact, text, max(0, start - slack), start + len(exact) + slack)
    if first is None:
        return None
    # Again without the text beside it, in which some letters were met by chance.
    begin, end, before, after = first
    found = _matched(exact, text, max(0, begin - before - _LOOSE), end + after + _LOOSE)
    if found is None:
        return None
    begin, end, before, after = found
    begin = _beside(text, sides[0][-_LOOSE:], begin - before - 2 * _LOOSE, begin + _LOOSE, begin)
    end = _beside(text, sides[1][:_LOOSE], end - _LOOSE, end + after + 2 * _LOOSE, end, after=True)
    if begin >= end:
        return None
    return _Found(begin, end, Indel.normalized_similarity(exact, text[begin:end]))


def _matched(exact: str, text: str, low: int, high: int) -> tuple[int, int, int, int] | None:
    """Give the stretch of a part of the text that is most like a quote, and how much of both its ends is missing."""
    best, total, begun, last = 0, 0, (0, 0), 0
    stretch: tuple[int, int, int, int] | None = None
    for block in LCSseq.editops(exact, text[low:high]).as_matching_blocks():
        # What stands between counts against it, so that a letter met by chance does not stretch it.
        total -= block.b - last
        last = block.b + block.size
        if total <= 0:
            total, begun = 0, (block.a, block.b)
        total += block.size
        if total > best:
            best = total
            stretch = (low + begun[1], low + last, begun[0], len(exact) - block.a - block.size)
    return stretch


def _beside(text: str, beside: str, low: int, high: int, usual: int, *, after: bool = False) -> int:
    """Give where a passage begins, or ends, since what stood beside it stands there still."""
    if len(beside) < _LOOSE:
        return usual
    low = max(0, low)
    at = text.find(beside, low, high) if after else text.rfind(beside, low, high)
    if at < 0:
        return usual
    return at if after else at + len(beside)


def _is_meant(text: str, exact: str, prefix: str, suffix: str, found: _Found) -> bool:
    """Tell whether a stretch is so much like a quote that it is no other sentence."""
    before, after = beside(text, found.start, found.end, prefix, suffix)
    in_place = bool(prefix or suffix) and before + after >= min(_IN_PLACE, len(prefix) + len(suffix))
    if found.likeness < (_ALIKE_IN_PLACE if in_place else _ALIKE):
        return False
    here = text[found.start : found.end]
    # What is word for word the same was found already, if it is meant.
    if exact in here or _was_beside(text, exact, prefix, suffix, found):
        return False
    begun = before >= min(_BETWEEN, len(prefix)) if prefix else found.start == 0
    ended = after >= min(_BETWEEN, len(suffix)) if suffix else found.end == len(text)
    between = in_place and begun and ended
    return likely.is_meant(exact, here, found.likeness, in_place=in_place, between=between)


def _was_beside(text: str, exact: str, prefix: str, suffix: str, found: _Found) -> bool:
    """Tell whether a stretch is what stood before a quote or after it, and so is something else."""
    start, end = found.start, found.end
    for words, first in ((_trimmed(prefix), start), (_trimmed(suffix), start - len(suffix))):
        at = text.find(words, max(0, first), end + len(words)) if words and words not in exact else -1
        if at >= 0 and min(at + len(words), end) - max(at, start) > len(words) // 2:
            return True
    ahead, behind = _trimmed(suffix), _trimmed(prefix)
    begins, ends = text[start : start + len(ahead)], text[max(0, end - len(behind)) : end]
    return _more_alike(begins, ahead, f"{exact} {suffix}"[: len(ahead)]) or _more_alike(
        ends, behind, f"{prefix} {exact}"[-len(behind) :]
    )


def _trimmed(words: str) -> str:
    """Give some words without the signs at their ends; nothing where they are too few to be known again."""
    trimmed = _SIGNS.sub("", words)
    return trimmed if len(trimmed) >= _KNOWN_AGAIN else ""


def _more_alike(here: str, one: str, other: str) -> bool:
    likeness = Indel.normalized_similarity(here, one) if one else 0.0
    return likeness >= _ALIKE and likeness > Indel.normalized_similarity(here, other)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch to the ends of the words that it begins and ends in."""
    for _ in range(_WIDEST):
        if not (start > 0 and in_word(text[start - 1], text[start])):
            break
        start -= 1
    for _ in range(_WIDEST):
        if not (end < len(text) and in_word(text[end - 1], text[end])):
            break
        end += 1
    return start, end
