"""Emphasis written so that it holds, whatever stands beside it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

STRONG, STRONG_END = "\x01", "\x02"
EMPHASIS, EMPHASIS_END = "\x03", "\x04"
STRIKE, STRIKE_END = "\x05", "\x06"
"""The signs that stand for emphasis until a whole line is there."""

_WRITTEN: Final = {STRONG: "**", STRONG_END: "**", EMPHASIS: "*", EMPHASIS_END: "*", STRIKE: "~~", STRIKE_END: "~~"}
_OPENING: Final = frozenset((STRONG, EMPHASIS, STRIKE))
_CLOSED: Final = {STRONG: STRONG_END, EMPHASIS: EMPHASIS_END, STRIKE: STRIKE_END}
_CLOSING: Final = frozenset(_CLOSED.values())
_PARTED: Final = re.compile("\n\\s*\n")
_MERGED: Final = re.compile("\x02(\\s*)\x01|\x04(\\s*)\x03|\x06(\\s*)\x05")
_EMPTY: Final = re.compile("\x01(\\s*)\x02|\x03(\\s*)\x04|\x05(\\s*)\x06")
_OUT_LEFT: Final = re.compile("([\x01\x03\x05]+)(\\s+)")
_OUT_RIGHT: Final = re.compile("(\\s+)([\x02\x04\x06]+)")
_SYNTAX: Final = frozenset("\\`*_~^<>[]()!&#\x07\x10\x11")
_ROUNDS: Final = 4


def emphasised(text: str) -> str:
    """Write the signs of emphasis as Markdown that holds.

    Markdown takes `**` for emphasis by what stands on both sides. So spaces go outside, two stretches that
    touch become one, and where a letter stands outside and a sign inside (`**Note:**text`) the sign goes
    outside too. What cannot hold even then is left without emphasis; no text is lost.
    """
    if STRONG not in text and EMPHASIS not in text and STRIKE not in text:
        return text
    if "\n" not in text and all(_is_sound(text, opening, closing) for opening, closing in _CLOSED.items()):
        for sign, written in _WRITTEN.items():
            if sign in text:
                text = text.replace(sign, written)
        return text
    for _ in range(_ROUNDS):
        before = text
        text = _MERGED.sub(lambda found: found[1] or found[2] or found[3] or "", text)
        text = _EMPTY.sub(lambda found: found[1] or found[2] or found[3] or "", text)
        text = _OUT_RIGHT.sub(r"\2\1", _OUT_LEFT.sub(r"\2\1", text))
        if text == before:
            break
    return _written(_parted(text) if _PARTED.search(text) else text)


def _is_sound(text: str, opening: str, closing: str) -> bool:
    """Tell whether emphasis of one kind begins and ends with a letter or digit within: then it holds as it is."""
    at = text.find(opening)
    while at >= 0:
        if not text[at + 1].isalnum():
            return False
        end = text.find(closing, at)
        if not text[end - 1].isalnum() or text[end + 1 : end + 2] == opening:
            return False
        at = text.find(opening, end)
    return True


def _parted(text: str) -> str:
    """End emphasis at the end of each paragraph and begin it anew in the next."""
    parts: list[str] = []
    begun: list[str] = []
    for piece in re.split("([\x01-\x06]|\n\\s*\n)", text):
        if piece in _OPENING:
            begun.append(piece)
        elif piece in _CLOSING and begun:
            begun.pop()
        if begun and piece[:1] == "\n" and piece not in _OPENING:
            piece = "".join(_CLOSED[sign] for sign in reversed(begun)) + piece + "".join(begun)
        parts.append(piece)
    return "".join(parts)


def _written(text: str) -> str:
    pieces = re.split("([\x01-\x06])", text)
    stack: list[int] = []
    for at in range(1, len(pieces), 2):
        if pieces[at] in _OPENING:
            stack.append(at)
        elif stack:
            start = stack.pop()
            if not _holds(pieces, start, at):
                pieces[start] = pieces[at] = ""
            elif _confuses(pieces, start, at):
                apart = _outside(_before(pieces, start)) and _outside(_after(pieces, at))
                pieces[start] = pieces[at] = "_" * len(_WRITTEN[pieces[start]]) if apart else ""
        else:
            pieces[at] = ""
    for at in stack:
        pieces[at] = ""
    return "".join(_WRITTEN.get(piece, piece) for piece in pieces)


def _holds(pieces: list[str], start: int, end: int) -> bool:
    """Tell whether a stretch of emphasis holds, its outermost signs moved out where they must be."""
    if ended := _ended(pieces, start):
        # Right after another stretch the signs of both are one row: only letters on both sides part it well.
        plain = ended == 1 and not any(pieces[start + 2 : end : 2])
        return plain and _inside(_after(pieces, start)) and _inside(_before(pieces, end))
    if not _outside(_before(pieces, start)):
        first = pieces[start + 1]
        out = next((at for at, sign in enumerate(first) if not _moves(sign)), len(first))
        pieces[start - 1] += first[:out]
        pieces[start + 1] = first[out:]
        if not _outside(_before(pieces, start)) and not _inside(_first(pieces, start)):
            return False
    if not _outside(_after(pieces, end)):
        last = pieces[end - 1]
        out = next(
            (at for at in range(len(last), 0, -1) if not _moves(last[at - 1]) or last[at - 2 : at - 1] == "\\"), 0
        )
        pieces[end + 1] = last[out:] + pieces[end + 1]
        pieces[end - 1] = last[:out]
        if not _outside(_after(pieces, end)) and not _inside(_last(pieces, end)):
            return False
    return any(map(str.isalnum, "".join(pieces[start + 1 : end])))


def _ended(pieces: list[str], start: int) -> int:
    """Count the stretches that end where another begins."""
    count = 0
    for at in range(start - 2, 0, -2):
        if pieces[at + 1]:
            break
        count += pieces[at] in _CLOSING
    return count


def _confuses(pieces: list[str], start: int, end: int) -> bool:
    """Tell whether a stretch begins with another and holds more: the signs at its head would be taken for others'."""
    inner = [at for at in range(start + 2, end, 2) if pieces[at]]
    return len(inner) > 2 and pieces[start] != STRIKE and not "".join(pieces[start + 1 : inner[0]])


def _before(pieces: list[str], at: int) -> str:
    """Give the character before the signs that stand at a place; between two signs is always a text."""
    return next((pieces[place][-1] for place in range(at - 1, -1, -2) if pieces[place]), " ")


def _after(pieces: list[str], at: int) -> str:
    return next((pieces[place][0] for place in range(at + 1, len(pieces), 2) if pieces[place]), " ")


def _first(pieces: list[str], start: int) -> str:
    """Give the character that a stretch begins with: asterisks after tildes are one, after asterisks none."""
    inner = pieces[start + 2] if not pieces[start + 1] else ""
    return inner if inner and (inner == STRIKE) != (pieces[start] == STRIKE) else _after(pieces, start)


def _last(pieces: list[str], end: int) -> str:
    inner = pieces[end - 2] if not pieces[end - 1] else ""
    return inner if inner and (inner == STRIKE_END) != (pieces[end] == STRIKE_END) else _before(pieces, end)


def _outside(character: str) -> bool:
    """Tell whether emphasis may begin or end beside a character whatever is within."""
    return character.isspace() or character in _SYNTAX or unicodedata.category(character)[0] == "P"


def _inside(character: str) -> bool:
    """Tell whether emphasis may begin or end with a character whatever is outside."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _moves(character: str) -> bool:
    return not _inside(character) and character not in _SYNTAX
