"""Lines of Markdown from the pieces of a paragraph: what looks like Markdown escaped, emphasis made to hold.

While a paragraph is put together, signs that the world's text cannot hold stand for what only the whole
line can decide: control characters, which `bare` removes from every text that comes in.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Final

STRONG, STRONG_END = "\x01", "\x02"
EMPHASIS, EMPHASIS_END = "\x03", "\x04"
STRIKE, STRIKE_END = "\x05", "\x06"
LINK: Final = "\x07"
"""The bracket that opens a link; the rest of it, address and all, is an atom."""
BREAK: Final = "\n"
ATOM, ATOM_END = "\x10", "\x11"
"""Around the number of a piece that is not to be touched any more."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CONTROLS: Final = tuple(map(chr, (*range(9), 11, *range(14, 32), 127)))
_SPACES: Final = re.compile("[ \t\n\r\f]+")
_WIDE: Final = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_WIDE_BREAK: Final = re.compile(f"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_ENTITY_CONTROL: Final = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|127)|[xX]0*(?:[0-8bBeEfF]|1[0-9a-fA-F]|7[fF]))(?:;|(?![0-9a-fA-F]))"
)
_SIGNS: Final = tuple("\\`*_~^<&")
_SPECIAL: Final = re.compile(r"[\\`*_~^<&]")
_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_RAISED: Final = re.compile(r"\^[^\s^]{1,40}\^|~(?:~|[^\s~]{1,40}~)")
_TAG: Final = re.compile(r"<[A-Za-z/!?]|&(?:#|[A-Za-z][A-Za-z0-9]{1,31};)")
_BLANKS: Final = re.compile(" {2,}")
_BRACKET: Final = re.compile(r"[\[\]]")
_LOOSE_BRACKET: Final = re.compile(r"\\.|\[(?=\^)|\](?=[\x01-\x06]*[(\[:\x07])")
_BANG: Final = re.compile(r"!(?=[\x01-\x06]*[\x07\x10\[])")
_LINE_START: Final = re.compile(
    r"(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|-{2,}\s*$|=+\s*$|[|:\- ]*\|[|:\- ]*$|:-+:?$|[:~](?:\s|$)|\[[ xX]\] )"
)
_NUMBER_START: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_TOUCHING: Final = f"{ATOM_END}{ATOM}"
_ATOMS: Final = re.compile("(?:\x10\\d+\x11){2,}")
_TICKS: Final = re.compile("`+")
_ATOM: Final = re.compile("\x10(\\d+)\x11")
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
# What begins or ends with a letter or digit holds as it is; a class at its head makes the search quick.
_UNTIDY: Final = re.compile(
    "[\x01-\x06](?:"
    "(?<=[\x01\x03\x05])(?![^\\W_])"
    "|(?<=[\x02\x04\x06])(?<![^\\W_].)(?<![\x02\x04\x06].)"
    "|(?<=\x02)\\s*\x01|(?<=\x04)\\s*\x03|(?<=\x06)\\s*\x05)"
)
_ROUNDS: Final = 4


def bare(html: str) -> str:
    """Remove from HTML what no text may hold, so that our own signs are the only ones."""
    if "&#" in html:
        html = _ENTITY_CONTROL.sub("", html)
    # Looking for each of them is ten times as fast as one look for all.
    return _CONTROL.sub("", html) if any(sign in html for sign in _CONTROLS) else html


def collapsed(text: str) -> str:
    """Make every stretch of white space one space, as browsers do; none between wide characters' lines."""
    if ("\n" in text or "\r" in text) and not text.isascii():
        text = _WIDE_BREAK.sub("", text)
    if "\xa0" in text:
        # Some editors write every second space as one that does not break: lines could not be wrapped.
        text = text.replace(" \xa0", " ").replace("\xa0 ", " ")
        if text.count("\xa0") > 2 and text.count("\xa0") * 2 > text.count(" "):
            text = text.replace("\xa0", " ") if text.strip("\xa0") else text
    untidy = "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text
    return _SPACES.sub(" ", text) if untidy else text


def escaped(text: str) -> str:
    """Escape what Markdown would take for its own, wherever it stands in a line."""
    # To look for each sign is several times as fast as one look for all.
    return _SPECIAL.sub(_escape, text) if any(sign in text for sign in _SIGNS) else text


def _escape(found: re.Match[str]) -> str:
    sign, text, at = found[0], found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    match sign:
        case "_":
            needed = not (before.isalnum() and after.isalnum())
        case "*":
            needed = not (before.isspace() and after.isspace())
        case "\\":
            needed = not after or after.isspace() or after in _PUNCTUATION
        case "~" if not before or not after:
            needed = True  # beside a stretch that is struck through
        case "~" | "^":
            needed = _RAISED.match(text, at) is not None
        case "<" | "&":
            needed = _TAG.match(text, at) is not None
        case _:
            needed = True
    return f"\\{sign}" if needed else sign


def escaped_brackets(text: str) -> str:
    """Escape brackets, as the text of a link needs it."""
    return _BRACKET.sub(r"\\\g<0>", text)


def lines(pieces: str) -> list[list[str]]:
    """Give the paragraphs of a run of text, each as its lines, without anything that would begin a block.

    Args:
        pieces: text with our own signs; a newline is a break of the line, two end the paragraph.
    """
    pieces = pieces.replace("\n ", "\n").replace(" \n", "\n") if "\n" in pieces else pieces
    paragraphs: list[list[str]] = [[]]
    for line in emphasised(_BLANKS.sub(" ", pieces) if "  " in pieces else pieces).split("\n"):
        if trimmed := line.strip():
            # What indents a later line of a poem with spaces that do not break is meant.
            paragraphs[-1].append(_line(line.strip(" \t\r") if paragraphs[-1] else trimmed))
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if "".join(paragraph).strip()]


def _line(line: str) -> str:
    if "[" in line or "]" in line:
        line = _LOOSE_BRACKET.sub(lambda found: found[0] if found[0][0] == "\\" else f"\\{found[0]}", line)
    if "!" in line:
        line = _BANG.sub(r"\\!", line)
    first = line[0]
    if first in "#>-+*=|:~[":
        line = _LINE_START.sub(r"\\", line, count=1) if _LINE_START.match(line) else line
    elif first.isdigit():
        found = _NUMBER_START.match(line)
        line = f"{found[1]}\\{line[found.end(1) :]}" if found else line
    return line.replace(LINK, "[")


def filled(line: str, atoms: list[str]) -> str:
    """Put the atoms in their places."""
    if ATOM not in line:
        return line
    if _TOUCHING in line:
        line = _ATOMS.sub(lambda found: _together([atoms[int(number)] for number in _ATOM.findall(found[0])]), line)
    return _ATOM.sub(lambda found: atoms[int(found[1])], line)


def code(text: str) -> str:
    """Write a line of code within a line, between more backticks than it has in a row."""
    ticks = "`" * (1 + max(map(len, _TICKS.findall(text)), default=0)) if "`" in text else "`"
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _together(atoms: list[str]) -> str:
    """Put atoms side by side; code that touches becomes one, as its backticks would run together."""
    parts: list[str] = []
    for is_code, group in groupby(atoms, key=lambda atom: atom[0] == "`"):
        pieces = list(group)
        parts.append(code("".join(map(_uncoded, pieces))) if is_code and len(pieces) > 1 else "".join(pieces))
    return "".join(parts)


def _uncoded(atom: str) -> str:
    ticks = len(atom) - len(atom.lstrip("`"))
    inside = atom[ticks:-ticks]
    return inside[1:-1] if inside[:1] == " " == inside[-1:] else inside


def atom_at_start(line: str) -> re.Match[str] | None:
    """Find the atom that a line begins with."""
    return _ATOM.match(line)


def emphasised(text: str) -> str:
    """Write the signs of emphasis as Markdown that holds.

    Markdown takes `**` for emphasis by what stands on both sides. So spaces go outside, two stretches that
    touch become one, and where a letter stands outside and a sign inside (`**Note:**text`) the sign goes
    outside too. What cannot hold even then is left without emphasis; no text is lost.
    """
    if STRONG not in text and EMPHASIS not in text and STRIKE not in text:
        return text
    if "\n" not in text and not _UNTIDY.search(text):
        for sign, written in _WRITTEN.items():
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
    if not _outside(_before(pieces, start)):
        while pieces[start + 1] and _moves(pieces[start + 1][0]):
            pieces[start - 1] += pieces[start + 1][0]
            pieces[start + 1] = pieces[start + 1][1:]
        if not _outside(_before(pieces, start)) and not _inside(_after(pieces, start)):
            return False
    if not _outside(_after(pieces, end)):
        while pieces[end - 1] and _moves(pieces[end - 1][-1]) and pieces[end - 1][-2:-1] != "\\":
            pieces[end + 1] = pieces[end - 1][-1] + pieces[end + 1]
            pieces[end - 1] = pieces[end - 1][:-1]
        if not _outside(_after(pieces, end)) and not _inside(_before(pieces, end)):
            return False
    return any(map(str.isalnum, "".join(pieces[start + 1 : end])))


def _confuses(pieces: list[str], start: int, end: int) -> bool:
    """Tell whether a stretch begins with another and holds more: the signs at its head would be taken for others'."""
    inner = [at for at in range(start + 2, end, 2) if pieces[at]]
    return len(inner) > 2 and pieces[start] != STRIKE and not "".join(pieces[start + 1 : inner[0]])


def _before(pieces: list[str], at: int) -> str:
    """Give the character before the signs that stand at a place; between two signs is always a text."""
    return next((pieces[place][-1] for place in range(at - 1, -1, -2) if pieces[place]), " ")


def _after(pieces: list[str], at: int) -> str:
    return next((pieces[place][0] for place in range(at + 1, len(pieces), 2) if pieces[place]), " ")


def _outside(character: str) -> bool:
    """Tell whether emphasis may begin or end beside a character whatever is within."""
    return character.isspace() or character in _SYNTAX or unicodedata.category(character)[0] == "P"


def _inside(character: str) -> bool:
    """Tell whether emphasis may begin or end with a character whatever is outside."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _moves(character: str) -> bool:
    return not _inside(character) and character not in _SYNTAX


def only_atom(text: str) -> int:
    """Give the number of the atom that is all of a text, counted from one; 0 if there is more or none."""
    found = _ATOM.fullmatch(text)
    return int(found[1]) + 1 if found else 0
