"""Lines of Markdown from the pieces of a paragraph, what looks like Markdown escaped.

While a paragraph is put together, signs that the world's text cannot hold stand for what only the whole
line can decide: control characters, which `bare` removes from every text that comes in.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text

from reader.ingest import sanitize
from reader.ingest.markup.emphasis import emphasised

if TYPE_CHECKING:
    from turbohtml import Node

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
    r"&#(?:0*(?:[0-8]|1[1-9]|2[0-9]|3[01]|127)|[xX]0*(?:[0-8b-fB-F]|1[0-9a-fA-F]|7[fF]))(?:;|(?![0-9a-fA-F]))"
)
_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|nbsp|#0?3[489]|#x2[267]);)[#A-Za-z]")
_SPECIAL: Final = re.compile(r"[\\`*_~^<&]")
_PUNCTUATION: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_RAISED: Final = re.compile(r"\^[^\s^]{1,40}\^|~(?:~|[^\s~]{1,40}~)")
_TAG: Final = re.compile(r"<[A-Za-z/!?]|&(?:#|[A-Za-z][A-Za-z0-9]{1,31};)")
_BLANKS: Final = re.compile(" {2,}")
_BRACKET: Final = re.compile(r"[\[\]]")
_LOOSE_BRACKET: Final = re.compile(r"\\.|\[(?=\^)|\](?=[\x01-\x06]*[(\[:\x07])")
_BANG: Final = re.compile(r"!(?=[\x01-\x06]*[\x07\x10\[])")
_LINE_START: Final = re.compile(
    r"(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|-[- ]*$|=+\s*$|[|:\- ]*\|[|:\- ]*$|:-+:?$|[:~](?:\s|$)|\[[ xX]\] )"
)
_NUMBER_START: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_TOUCHING: Final = f"{ATOM_END}{ATOM}"
_ATOMS: Final = re.compile("(?:\x10\\d+\x11){2,}")
_TICKS: Final = re.compile("`+")
_ATOM: Final = re.compile("\x10(\\d+)\x11")


def bare(html: str) -> str:
    """Remove from HTML what no text may hold, so that our own signs are the only ones."""
    if "&#" in html:
        html = _ENTITY_CONTROL.sub("", html)
    if "\r" in html or "\f" in html:
        html = html.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
    # Looking for each of them is ten times as fast as one look for all.
    return _CONTROL.sub("", html) if any(sign in html for sign in _CONTROLS) else html


def clean(root: Node, html: str) -> None:
    """Remove what hides from all that was parsed, its entities decoded: it could part Markdown until it is gone.

    Args:
        root: what was parsed.
        html: its source.
    """
    if sanitize.is_clean(html) and not _ENTITY.search(html):
        return
    for node in root.descendants:
        if type(node) is Text:
            if not sanitize.is_clean(node.data):
                node.data = sanitize.clean(node.data)
        elif type(node) is Element:
            for name, value in list(node.attrs.items()):
                if isinstance(value, str) and not sanitize.is_clean(value):
                    node.attrs[name] = sanitize.clean(value)


def collapsed(text: str) -> str:
    """Make every stretch of white space one space, as browsers do; none between wide characters' lines."""
    if "\n" in text or "  " in text or "\xa0" in text or "\t" in text:
        if not text.isascii():
            text = _spaced(_WIDE_BREAK.sub("", text))
        return _SPACES.sub(" ", text)
    return text


def _spaced(text: str) -> str:
    """Write spaces that do not break as others where an editor strewed them: lines could not be wrapped."""
    text = text.replace(" \xa0", " ").replace("\xa0 ", " ")
    strewn = text.count("\xa0") > max(2, text.count(" ") / 2) and text.strip("\xa0")
    return text.replace("\xa0", " ") if strewn else text


def escaped(text: str) -> str:
    """Escape what Markdown would take for its own, wherever it stands in a line."""
    # One look for each of them is quicker than a pattern's look for all.
    special = (
        "&" in text or "*" in text or "_" in text or "`" in text or "<" in text or "~" in text or "^" in text
        or "\\" in text
    )  # fmt: skip
    return _SPECIAL.sub(_escape, text) if special else text


def _escape(found: re.Match[str]) -> str:
    sign, text, at = found[0], found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    match sign:
        case "_":
            needed = not (before.isalnum() and after.isalnum())
        case "*":
            needed = not (before.isspace() and after.isspace() and 1 < at < len(text) - 2)
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
    if "  " in pieces:
        pieces = _BLANKS.sub(" ", pieces)
    if "\n" not in pieces:
        line = emphasised(pieces).strip()
        return [[_line(line)]] if line else []
    paragraphs: list[list[str]] = [[]]
    for line in emphasised(pieces.replace("\n ", "\n").replace(" \n", "\n")).split("\n"):
        if trimmed := line.strip():
            # What indents a later line of a poem with spaces that do not break is meant.
            paragraphs[-1].append(_line(line.strip(" \t\r") if paragraphs[-1] else trimmed))
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


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


def only_atom(text: str) -> int:
    """Give the number of the atom that is all of a text, counted from one; 0 if there is more or none."""
    found = _ATOM.fullmatch(text)
    return int(found[1]) + 1 if found else 0
