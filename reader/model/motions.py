"""Steps through a body by characters, words and blocks: what a selection by keys is made of.

Each looks at the block where it begins, and on from there only as far as it has to.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.model.document import Passage, Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.document import Document

_CJK: Final = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003fffd"
)
"""Signs of scripts that part no words: each is a word."""
_MARKS: Final = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_PIECE: Final = re.compile(f"[{_CJK}][{_MARKS}]*|[^\\s\u2014\u2026{_CJK}]+")
_AROUND: Final = frozenset({"Pd", "Ps", "Pe", "Pi", "Pf", "Po"})
_CLOSING: Final = frozenset({"Pe", "Pf", "Po"})
_OWN: Final = frozenset("%‰#@&§/\\")
"""Punctuation that belongs to its word."""
_STOP: Final = re.compile(
    "[.!?\u2026]+[\"'\u201d\u2019\xbb)\\]]*(?=\\s|$)|[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\u2019\uff09]*"
)
"""What ends a sentence, and the quotes and brackets that close with it."""
_SPACE: Final = re.compile(r"\s*")
_JOINER: Final = "\u200d"


# -- characters, as the eye takes them


def after(document: Document, point: Point) -> Point:
    """Give the point behind the character at a point; at the end of the body, that end."""
    for block in _blocks(document, point.block, 1):
        text = document.blocks[block].text
        offset = point.offset if block == point.block else 0
        if offset < len(text):
            return Point(block, _next(text, offset))
    return point


def before(document: Document, point: Point) -> Point:
    """Give where the character before a point begins; at the beginning of the body, that beginning."""
    for block in _blocks(document, point.block, -1):
        text = document.blocks[block].text
        offset = min(point.offset, len(text)) if block == point.block else len(text)
        if offset > 0:
            return Point(block, _previous(text, offset))
    return point


def _next(text: str, at: int) -> int:
    end = at + 1
    paired = _flag(text[at])
    while end < len(text) and not text[end].isspace():
        if paired and _flag(text[end]):
            paired = False
        elif not _joins(text[end]) and text[end - 1] != _JOINER:
            break
        end += 1
    return end


def _previous(text: str, at: int) -> int:
    begin = at - 1
    while begin > 0 and (_joins(text[begin]) or text[begin - 1] == _JOINER or _flag(text[begin])):
        begin -= 1
    while (end := _next(text, begin)) < at:
        begin = end
    return begin


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _joins(char: str) -> bool:
    """Tell whether a sign is one character with the sign before it."""
    if char < "\u0300":
        return False
    if char in "\u200c\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    if "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb":
        return True  # the vowels and the ends of Korean syllables
    return unicodedata.category(char)[0] == "M"


# -- words


class _Words(NamedTuple):
    """Where the words of a text begin, and where they end."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]


def word_from(document: Document, point: Point) -> Passage | None:
    """Give the first word that begins at a point or after it."""
    for block in _blocks(document, point.block, 1):
        words = _words(document.blocks[block].text)
        number = bisect_left(words.starts, point.offset) if block == point.block else 0
        if number < len(words.starts):
            return Passage(Point(block, words.starts[number]), Point(block, words.ends[number]))
    return None


def word_before(document: Document, point: Point) -> Passage | None:
    """Give the last word that begins before a point."""
    for block in _blocks(document, point.block, -1):
        words = _words(document.blocks[block].text)
        number = bisect_left(words.starts, point.offset) if block == point.block else len(words.starts)
        if number:
            return Passage(Point(block, words.starts[number - 1]), Point(block, words.ends[number - 1]))
    return None


def word_end(document: Document, point: Point, *, closed: bool = False) -> Point | None:
    """Give the end of the first word that ends after a point; `closed` is with the comma or stop behind it."""
    for block in _blocks(document, point.block, 1):
        words = _words(document.blocks[block].text)
        number = bisect_right(words.ends, point.offset) if block == point.block else 0
        if number < len(words.ends):
            end = words.ends[number]
            return Point(block, _closed(document.blocks[block].text, end) if closed else end)
    return None


def word_around(document: Document, point: Point) -> Passage:
    """Give the word at a point; where there is none, the character."""
    end = after(document, point)
    word = word_before(document, end)
    if word is not None and word.start <= point < word.end:
        return word
    return Passage(point, end)


@lru_cache(maxsize=8)
def _words(text: str) -> _Words:
    found = (_bare(text, *piece.span()) for piece in _PIECE.finditer(text))
    spans = [span for span in found if span is not None]
    return _Words(tuple(start for start, _ in spans), tuple(end for _, end in spans))


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Take the punctuation off a word, None when nothing else is there."""
    if text[start].isalnum() and text[end - 1].isalnum():
        return start, end
    while end > start and _punctuates(text[end - 1], _AROUND):
        end -= 1
    while start < end and _punctuates(text[start], _AROUND):
        start += 1
    return (start, end) if start < end else None


def _closed(text: str, end: int) -> int:
    while end < len(text) and _punctuates(text[end], _CLOSING):
        end += 1
    return end


def _punctuates(char: str, kinds: frozenset[str]) -> bool:
    return not char.isalnum() and char not in _OWN and unicodedata.category(char) in kinds


# -- sentences


def sentence_begin(document: Document, point: Point) -> Point:
    """Give the beginning of the sentence, of the one before when the point is there already."""
    for block in _blocks(document, point.block, -1):
        text = document.blocks[block].text
        offset = min(point.offset, len(text)) if block == point.block else len(text)
        ends = (stop.end() for stop in _STOP.finditer(text, 0, offset))
        starts = [0, *(_SPACE.match(text, end).end() for end in ends)]  # type: ignore[union-attr]  # it always matches
        found = [start for start in starts if start < offset]
        if found:
            return Point(block, found[-1])
    return point


def sentence_end(document: Document, point: Point) -> Point:
    """Give the end of the sentence, of the next one when the point is there already."""
    for block in _blocks(document, point.block, 1):
        text = document.blocks[block].text
        offset = point.offset if block == point.block else 0
        if offset < len(text):
            ends = (stop.end() for stop in _STOP.finditer(text, offset))
            return Point(block, next((end for end in ends if end > offset), len(text)))
    return point


# -- blocks


def body_begin(document: Document) -> Point:
    """Give where the first block with a text begins."""
    return Point(next(_blocks(document, 0, 1), 0))


def body_end(document: Document) -> Point:
    """Give where the last block with a text ends."""
    block = next(_blocks(document, len(document.blocks), -1), None)
    return Point() if block is None else Point(block, len(document.blocks[block].text))


def block_begin(document: Document, point: Point) -> Point:
    """Give the beginning of the block, of the one before when the point is there already."""
    for block in _blocks(document, point.block, -1):
        if block < point.block or point.offset > 0:
            return Point(block, 0)
    return point


def block_end(document: Document, point: Point) -> Point:
    """Give the end of the block, of the next one when the point is there already."""
    for block in _blocks(document, point.block, 1):
        size = len(document.blocks[block].text)
        if block > point.block or point.offset < size:
            return Point(block, size)
    return point


def trimmed(document: Document, passage: Passage) -> Passage | None:
    """Take the spaces, and the blocks without a word, off both ends of a passage, None when nothing is left."""
    pieces = list(document.pieces(passage))
    while pieces and not _text(document, pieces[-1]).strip():
        del pieces[-1]
    first = next((number for number, piece in enumerate(pieces) if _text(document, piece).strip()), None)
    if first is None:
        return None
    head, tail = _text(document, pieces[first]), _text(document, pieces[-1])
    start = pieces[first][1] + len(head) - len(head.lstrip())
    return Passage(Point(pieces[first][0], start), Point(pieces[-1][0], pieces[-1][1] + len(tail.rstrip())))


def _text(document: Document, piece: tuple[int, int, int]) -> str:
    block, start, end = piece
    return document.blocks[block].text[start:end]


def _blocks(document: Document, block: int, step: int) -> Iterator[int]:
    """Give the numbers of the blocks that have a text, from one on."""
    last = len(document.blocks)
    for number in range(max(0, block), last) if step > 0 else range(min(block, last - 1), -1, -1):
        if document.blocks[number].text:
            yield number
