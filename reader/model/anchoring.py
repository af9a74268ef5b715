"""Passages found again by their words, and places by how their block begins, though the text has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.model.annotation import Quote
from reader.model.document import Passage, Point
from reader.model.woven import Woven

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.model.annotation import Place
    from reader.model.document import Block, Document

AROUND: Final = 32
"""Characters kept of what stands before a passage, and as many of what stands after it."""

BEGINNING: Final = 60
"""Characters of a block by which a place in it is found again."""

_TELLING: Final = 24
"""Characters of a quote that need nothing around them to be known again."""

_LEAST: Final = 16
"""Characters around a quote of one letter that must be the same at another place."""

_PLACES: Final = 500
"""Places where a quote stands that are compared, near the hint and from the beginning each."""

_NEAR: Final = 20_000
_BLOCKS_NEAR: Final = 200
_ALIKE: Final = 75
_TELLING_BEGINNING: Final = 12


def quote_of(document: Document, passage: Passage) -> Quote:
    """Give what a passage is found again by; its words are empty when there is nothing in it."""
    pieces = list(document.pieces(passage))
    if not pieces:
        return Quote("", block=passage.start.block, offset=passage.start.offset)
    (first, start, _), (last, _, end) = pieces[0], pieces[-1]
    prefix, suffix = _before(document, Point(first, start)), _after(document, Point(last, end))
    return Quote(document.said(passage), prefix, suffix, first, start)


def find(document: Document, quote: Quote, *, fuzzy: bool = True) -> Passage | None:
    """Find the passage of a quote, None where the text does not have it.

    Args:
        document: the text to look in.
        quote: its words, some of what stood around them, and where it was.
        fuzzy: take what is nearly the same too, if nothing else can be meant.
    """
    return find_all(document, (quote,), fuzzy=fuzzy)[0]


def find_all(document: Document, quotes: Iterable[Quote], *, fuzzy: bool = True) -> list[Passage | None]:
    """Find the passages of several quotes, as `find` does, the text being gone through only once."""
    found: list[Passage | None] = []
    woven: Woven | None = None
    for quote in quotes:
        passage = at_hint(document, quote)
        if passage is None and quote.exact.strip():
            woven = woven or Woven(document)
            passage = _elsewhere(woven, quote)
            if passage is None and fuzzy:
                from reader.model import resembling

                passage = resembling.find(woven, quote)
        found.append(passage)
    return found


def at_hint(document: Document, quote: Quote) -> Passage | None:
    """Find a quote where it was, with the same text around it; this takes no longer than the quote is long."""
    start = Point(quote.block, quote.offset)
    end = _end(document, start, quote.exact)
    if end is None:
        return None
    same = _before(document, start, len(quote.prefix)) == quote.prefix
    same = same and _after(document, end, len(quote.suffix)) == quote.suffix
    return Passage(start, end) if same else None


def _end(document: Document, start: Point, exact: str) -> Point | None:
    """Give where a quote ends that stands at a point, None when it does not stand there."""
    blocks, offset, done = document.blocks, start.offset, 0
    if not exact or not 0 <= start.block < len(blocks) or offset < 0:
        return None
    for number in range(start.block, len(blocks)):
        text = blocks[number].text
        left = len(exact) - done
        if not text and number > start.block:
            continue
        if number > start.block:
            done, left = done + 2, left - 2
        if left <= len(text) - offset:
            return Point(number, offset + left) if left > 0 and text.startswith(exact[done:], offset) else None
        if offset >= len(text) or not exact.startswith(text[offset:] + "\n\n", done):
            return None
        done, offset = done + len(text) - offset, 0
    return None


def _before(document: Document, point: Point, size: int = AROUND) -> str:
    """Give some of the text before a point."""
    parts: list[str] = []
    number, offset, left = point.block, point.offset, size
    while left > 0 and number >= 0:
        text = document.blocks[number].text
        if text:
            if number < point.block:
                parts.append("\n\n")
                left -= 2
            parts.append(text[max(0, offset - max(left, 0)) : offset])
            left -= len(parts[-1])
        number -= 1
        offset = len(document.blocks[number].text) if number >= 0 else 0
    return "".join(reversed(parts))[-size:] if size else ""


def _after(document: Document, point: Point, size: int = AROUND) -> str:
    """Give some of the text after a point."""
    parts: list[str] = []
    number, offset, left = point.block, point.offset, size
    while left > 0 and number < len(document.blocks):
        text = document.blocks[number].text
        if text:
            if number > point.block:
                parts.append("\n\n")
                left -= 2
            parts.append(text[offset : offset + max(left, 0)])
            left -= len(parts[-1])
        number, offset = number + 1, 0
    return "".join(parts)[:size]


def _elsewhere(woven: Woven, quote: Quote) -> Passage | None:
    """Find a quote word by word, where most of what stood around it is the same."""
    at = woven.at(Point(quote.block, quote.offset))
    start = _best(woven.text, quote.exact, quote, at)
    if start is not None:
        return woven.exactly(start, start + len(quote.exact))
    words = " ".join(quote.exact.split())
    start = _best(woven.folded, words, quote, woven.folded_at(at))
    if start is None:
        return None
    return woven.passage(woven.unfolded(start), woven.unfolded(start + len(words) - 1) + 1)


def _best(text: str, words: str, quote: Quote, hint: int) -> int | None:
    """Give the place of some words that has most of the text around it in common with a quote, and is nearest."""
    prefix, suffix = folded_end(quote.prefix), folded_beginning(quote.suffix)
    least = min(max(0, min(_LEAST, _TELLING - len(words))), max(len(prefix), len(suffix)) // 2)
    best: tuple[int, int] | None = None
    chosen = None
    for start in _occurrences(text, words, hint):
        common = around(text, start, start + len(words), prefix, suffix)
        score = (common, -abs(start - hint))
        if common >= least and (best is None or score > best):
            best, chosen = score, start
    return chosen


def _occurrences(text: str, words: str, hint: int) -> Iterator[int]:
    for begin in (max(0, hint - _NEAR), 0):
        at = text.find(words, begin)
        for _ in range(_PLACES):
            if at < 0:
                break
            yield at
            at = text.find(words, at + 1)


def around(text: str, start: int, end: int, prefix: str, suffix: str) -> int:
    """Count the characters next to a stretch of a text that are those of a quote's prefix and suffix, both folded."""
    before = folded_end(text[max(0, start - 2 * AROUND) : start])
    after = folded_beginning(text[end : end + 2 * AROUND])
    return _common(before[::-1], prefix[::-1]) + _common(after, suffix)


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


def beginning(block: Block) -> str:
    """Give the beginning of a block, by which a place in it is found again."""
    return block.text[:BEGINNING]


def find_place(document: Document, place: Place) -> Place:
    """Find a place again after the text changed.

    At the block where it was if that begins as it did, else at the nearest that does, or has these words
    in it, or begins nearly so; else at the same number, or at the same share of a text that became shorter.
    """
    blocks, was = document.blocks, place.block
    if not blocks:
        return replace(place, block=0)
    if place.text:
        if was < len(blocks) and blocks[was].text.startswith(place.text):
            return place
        found = _begun(blocks, place)
        if found is not None:
            return found
    if was < len(blocks):
        return replace(place, block=max(was, 0))
    block, fraction = document.at(place.progress)
    return replace(place, block=block, fraction=fraction)


def _begun(blocks: Sequence[Block], place: Place) -> Place | None:
    """Give the place at the block that begins as it did, or has these words in it, or begins nearly so."""
    text, was = place.text, place.block
    near = list(_outwards(was, len(blocks)))
    same = next((number for number in near if beginning(blocks[number]) == text), None)
    if same is None:
        begun = (number for number, block in enumerate(blocks) if block.text.startswith(text))
        same = min(begun, key=lambda number: abs(number - was), default=None)
    if same is None and len(text) >= _TELLING_BEGINNING:
        held = (number for number, block in enumerate(blocks) if text in block.text)
        inside = min(held, key=lambda number: abs(number - was), default=None)
        if inside is not None:
            whole = blocks[inside].text
            return replace(place, block=inside, fraction=whole.index(text) / len(whole))
        same = _nearly(blocks, near, text)
    return None if same is None else replace(place, block=same)


def _nearly(blocks: Sequence[Block], numbers: Sequence[int], text: str) -> int | None:
    from rapidfuzz import fuzz

    scored = ((fuzz.ratio(text, beginning(blocks[number]), score_cutoff=_ALIKE), number) for number in numbers)
    best: tuple[float, int] = max(scored, key=lambda one: one[0], default=(0.0, 0))
    return best[1] if best[0] else None


def _outwards(middle: int, count: int) -> Iterator[int]:
    """Give some numbers below a count, the nearest to one of them first."""
    middle = max(0, min(middle, count - 1))
    yield middle
    for step in range(1, _BLOCKS_NEAR):
        if middle + step < count:
            yield middle + step
        if middle >= step:
            yield middle - step
