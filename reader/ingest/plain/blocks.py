"""Plain text as blocks: what stands between blank lines, and nothing lost of what stands there."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from typing import Final

from reader.values import dataclass

LONG_CHARACTERS: Final = 200
LONG_WORDS: Final = 30
LONG_WITH_A_BREAK: Final = 120

INVISIBLE: Final = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters of no width: a line of nothing else is a blank line."""

_LINE_END: Final = re.compile("(\r\n|[\n\r\x85\u2028\u2029])")
_SPACES: Final = " \t\v\f\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_BLANK: Final = _SPACES + INVISIBLE
_BREAK: Final = re.compile("""[.!?…؟۔।]["'’”»)\\]]*\\s+(?=\\S)|[。！？](?=.)""")
_TITLES: Final = frozenset({"mr", "mrs", "ms", "dr", "st", "prof", "sr", "jr", "vs", "no", "rev", "gen", "sen"})
_SUSPENDED: Final = frozenset({"and", "or", "to", "und", "oder", "bis", "en", "et", "ou", "y", "e", "o"})


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text: `gap` and `raw` are its characters as they came, `text` is what is read.

    `gap` is what stands between the block before and this one. `number` is its place in the text.
    """

    number: int
    gap: str
    raw: str
    text: str = field(compare=False)
    long: bool = field(compare=False)


@dataclass(frozen=True, slots=True)
class Blocks:
    """A text taken apart: its blocks in order, and what follows the last."""

    blocks: tuple[Block, ...]
    end: str
    spaced: bool

    def __str__(self) -> str:
        return "".join(block.gap + block.raw for block in self.blocks) + self.end


def split(text: str) -> Blocks:
    """Take a text apart at its blank lines, or at every line when none is blank.

    A blank line may hold spaces, tabs, no-break spaces and characters of no width. Joining `gap` and
    `raw` of all blocks, and then `end`, gives the text back to the last character.
    """
    parts = _LINE_END.split(text)
    lines, ends = parts[0::2], [*parts[1::2], ""]
    filled = [bool(line.strip(_BLANK)) for line in lines]
    first, last = _bounds(filled)
    spaced = not all(filled[first : last + 1])
    blocks: list[Block] = []
    gap: list[str] = []
    raw: list[str] = []
    for line, end, full in zip(lines, ends, filled, strict=True):
        if full and (spaced or not raw):
            raw += (line, end)
            continue
        if raw:
            gap = [_close(blocks, gap, raw)]
        if full:
            raw += (line, end)
        else:
            gap += (line, end)
    if raw:
        gap = [_close(blocks, gap, raw)]
    return Blocks(tuple(blocks), "".join(gap), spaced)


def _bounds(filled: list[bool]) -> tuple[int, int]:
    """Give the first and the last line that is not blank."""
    try:
        return filled.index(True), len(filled) - 1 - filled[::-1].index(True)
    except ValueError:
        return 0, -1


def _close(blocks: list[Block], gap: list[str], raw: list[str]) -> str:
    """Add a block of the lines gathered, and give the line end that follows it."""
    end = raw.pop()
    read = join(raw[0::2])
    blocks.append(Block(len(blocks), "".join(gap), "".join(raw), read, is_long(read)))
    raw.clear()
    return end


def join(lines: list[str]) -> str:
    """Join the lines of a hard-wrapped block by spaces."""
    out: list[str] = []
    soft = False
    for line in lines:
        bare = line.strip(_BLANK)
        if out and not soft and not _glued(out[-1], bare):
            out.append(" ")
        out.append(bare)
        # A soft hyphen at the end of a line is part of the wrapping, not of the word.
        soft = line.rstrip(_SPACES).endswith("\u00ad")
    return "".join(out)


def _glued(before: str, after: str) -> bool:
    """Tell whether a line goes on without a space: after a hyphen inside a word, or in a script without spaces."""
    if before[-1] == "-" and before[-2:-1].isalnum() and after[:1].isalnum():
        # In "two- or three-year" the space belongs to the text.
        return after.split(maxsplit=1)[0] not in _SUSPENDED
    return _is_ideographic(before[-1]) and _is_ideographic(after[0])


def _is_ideographic(character: str) -> bool:
    """Tell whether a character is of Chinese or Japanese script, or its punctuation."""
    return "\u2e80" <= character <= "\ua4cf" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uff60"


def is_long(text: str) -> bool:
    """Tell whether a block is an excerpt's by its length: LONG, where a headline or a byline is SHORT."""
    if len(text) >= LONG_CHARACTERS:
        return True
    if len(text.split()) >= LONG_WORDS:
        return True
    # A wide character says as much as two narrow ones, and its scripts have no spaces to count words by.
    size = len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
    return size >= LONG_CHARACTERS or (size >= LONG_WITH_A_BREAK and has_break(text))


def has_break(text: str) -> bool:
    """Tell whether a sentence ends inside a text and another begins."""
    for found in _BREAK.finditer(text):
        before = text[: found.start()].rsplit(None, 1)
        word = before[-1].lstrip("(\"'‘“") if before else ""
        if not (text[found.start()] == "." and _is_short_form(word)):
            return True
    return False


def _is_short_form(word: str) -> bool:
    """Tell whether a full stop after a word is likely an abbreviation's: an initial, or a title."""
    return word.casefold() in _TITLES or (word[-1:].isupper() and len(word.replace(".", "")) <= 2)
