"""Passages found again by their words, and places by how their block begins, though the text has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.model.annotation import Quote
from reader.model.document import Passage, Point, seam
from reader.model.nearby import AROUND, around, folded_beginning, folded_end, in_word
from reader.model.woven import Woven

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.model.annotation import Place
    from reader.model.document import Block, Document

BEGINNING: Final = 60
"""Characters of a block by which a place in it is found again."""

_TELLING: Final = 24
"""Characters of a quote that need nothing around them to be known again."""

_LEAST: Final = 16
"""Characters around a quote of one letter that must be the same at another place."""

_ENOUGH: Final = 10
"""Characters around a quote, out of many, that tell it from the same words elsewhere."""

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
    return next(find_each(document, (quote,), fuzzy=fuzzy))


def find_each(document: Document, quotes: Iterable[Quote], *, fuzzy: bool = True) -> Iterator[Passage | None]:
    """Find the passages of several quotes one after the other, as `find` does, the text being woven only once."""
    woven: Woven | None = None
    for quote in quotes:
        passage = at_hint(document, quote)
        if passage is None and quote.exact.strip():
            woven = woven or Woven(document)
            passage = _elsewhere(woven, quote)
            if passage is None and fuzzy:
                from reader.model import resembling

                passage = resembling.find(woven, quote)
        yield passage


def at_hint(document: Document, quote: Quote) -> Passage | None:
    """Find a quote where it was, with the same text around it; this takes no longer than the quote is long."""
    start = Point(quote.block, quote.offset)
    end = _end(document, start, quote.exact)
    if end is None:
        return None
    before, after = _before(document, start, len(quote.prefix) or 1), _after(document, end, len(quote.suffix) or 1)
    begun = before == quote.prefix if quote.prefix else not in_word(before, quote.exact[0])
    ended = after == quote.suffix if quote.suffix else not in_word(quote.exact[-1], after)
    return Passage(start, end) if begun and ended else None


def _end(document: Document, start: Point, exact: str) -> Point | None:
    """Give where a quote ends that stands at a point, None when it does not stand there."""
    blocks, offset, done, before = document.blocks, start.offset, 0, start.block
    if not exact or not 0 <= start.block < len(blocks) or offset < 0:
        return None
    for number in range(start.block, len(blocks)):
        text = blocks[number].text
        left = len(exact) - done
        if number > start.block:
            if not text:
                continue
            gap = seam(document.blocks, before, number)
            if not exact.startswith(gap, done):
                return None
            done, left = done + len(gap), left - len(gap)
        if left <= len(text) - offset:
            return Point(number, offset + left) if left > 0 and text.startswith(exact[done:], offset) else None
        if offset >= len(text) or not exact.startswith(text[offset:], done):
            return None
        done, offset, before = done + len(text) - offset, 0, number
    return None


def _before(document: Document, point: Point, size: int = AROUND) -> str:
    """Give some of the text before a point."""
    parts: list[str] = []
    left, after = size, -1
    for number in range(point.block, -1, -1):
        text = document.blocks[number].text
        if left <= 0:
            break
        if text:
            parts.append(seam(document.blocks, number, after) if after >= 0 else "")
            left -= len(parts[-1])
            parts.append(text[: point.offset if number == point.block else None][-max(left, 1) :])
            left, after = left - len(parts[-1]), number
    return "".join(reversed(parts))[-size:] if size else ""


def _after(document: Document, point: Point, size: int = AROUND) -> str:
    """Give some of the text after a point."""
    parts: list[str] = []
    left, before = size, -1
    for number in range(point.block, len(document.blocks)):
        text = document.blocks[number].text
        if left <= 0:
            break
        if text:
            parts.append(seam(document.blocks, before, number) if before >= 0 else "")
            left -= len(parts[-1])
            parts.append(text[point.offset if number == point.block else 0 :][: max(left, 0)])
            left, before = left - len(parts[-1]), number
    return "".join(parts)[:size]


def _elsewhere(woven: Woven, quote: Quote) -> Passage | None:
    """Find a quote word by word, where most of what stood around it is the same."""
    at = woven.at(Point(quote.block, quote.offset))
    start = _unchanged(woven.text, quote, at)
    if start is None:
        start = _best(woven.text, quote.exact, quote, at)
    if start is not None:
        return woven.exactly(start, start + len(quote.exact))
    words = " ".join(quote.exact.split())
    if words == quote.exact and " " not in words:
        return None
    start = _best(woven.folded, words, quote, woven.folded_at(at))
    if start is None:
        return None
    return woven.passage(woven.unfolded(start), woven.unfolded(start + len(words) - 1) + 1)


def _unchanged(text: str, quote: Quote, hint: int) -> int | None:
    """Give the place next to the hint where a quote stands with all that stood around it."""
    whole, lead = f"{quote.prefix}{quote.exact}{quote.suffix}", len(quote.prefix)
    if lead + len(quote.suffix) < AROUND:
        return None
    wanted, best = max(0, hint - lead), -1
    at = text.find(whole, max(0, wanted - _NEAR))
    for _ in range(_PLACES):
        if at < 0 or (best >= 0 and abs(at - wanted) >= abs(best - wanted)):
            break
        best, at = at, text.find(whole, at + 1)
    best = best if best >= 0 else text.find(whole)
    if best < 0 or not _is_whole(text, best + lead, quote, len(quote.exact)):
        return None
    return best + lead


def _best(text: str, words: str, quote: Quote, hint: int) -> int | None:
    """Give the place of some words that has most of the text around it in common with a quote, and is nearest.

    Where that is too little to tell, it is the only place where the words are, if there is but one.
    """
    prefix, suffix = folded_end(quote.prefix), folded_beginning(quote.suffix)
    least = min(max(0, min(_LEAST, _TELLING - len(words))), max(len(prefix), len(suffix)) // 2)
    enough = max(1, least, min(_ENOUGH, (len(prefix) + len(suffix)) // 2))
    places: dict[int, int] = {}
    for start in _occurrences(text, words, hint):
        if start not in places and _is_whole(text, start, quote, len(words)):
            end = start + len(words)
            touched = _touched(text, start, end, prefix, suffix)
            places[start] = around(text, start, end, prefix, suffix) if touched else 0
    if len(places) == 1:
        enough = least
    good = (start for start, common in places.items() if common >= enough)
    return max(good, key=lambda start: (places[start], -abs(start - hint)), default=None)


def _occurrences(text: str, words: str, hint: int) -> Iterator[int]:
    for begin in (max(0, hint - _NEAR), 0):
        at = text.find(words, begin)
        for _ in range(_PLACES):
            if at < 0:
                break
            yield at
            at = text.find(words, at + 1)


def _touched(text: str, start: int, end: int, prefix: str, suffix: str) -> bool:
    """Tell whether what touches a stretch of a text may be what touched a quote: most other places are told so."""
    before, after = text[max(0, start - 4) : start].rstrip(), text[end : end + 4].lstrip()
    return not before or not after or before[-1] == prefix[-1:] or after[0] == suffix[:1]


def _is_whole(text: str, start: int, quote: Quote, size: int) -> bool:
    """Tell whether a quote that began and ended with whole words does so here as well."""
    exact, end = quote.exact, start + size
    return not (
        (start > 0 and in_word(text[start - 1], text[start]) and not in_word(quote.prefix[-1:], exact[0]))
        or (end < len(text) and in_word(text[end - 1], text[end]) and not in_word(exact[-1], quote.suffix[:1]))
    )


def beginning(block: Block) -> str:
    """Give the beginning of a block, by which a place in it is found again."""
    return block.text[:BEGINNING]


def find_place(document: Document, place: Place) -> Place:
    """Find a place again after the text changed.

    It is where `find_beginning` has it, else at the same number, or at the same share of a text that became shorter.
    """
    blocks, was = document.blocks, place.block
    if not blocks:
        return replace(place, block=0)
    found = find_beginning(document, place)
    if found is not None:
        return found
    if was < len(blocks):
        return replace(place, block=max(was, 0))
    block, fraction = document.at(place.progress)
    return replace(place, block=block, fraction=fraction)


def find_beginning(document: Document, place: Place) -> Place | None:
    """Find a place by how its block begins, None where that is nowhere.

    It is at the block where it was if that begins as it did, else at the nearest that does, or has these words
    in it, or begins nearly so.
    """
    blocks, was = document.blocks, place.block
    if not place.text or not blocks:
        return None
    if 0 <= was < len(blocks) and blocks[was].text.startswith(place.text):
        return place
    return _begun(blocks, place)


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
