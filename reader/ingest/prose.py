"""HTML to Markdown of high fidelity, and to plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text, parse_fragment

from reader.ingest import sanitize
from reader.ingest.markup import notes as prose_notes
from reader.ingest.markup import text as prose_text
from reader.ingest.markup.blocks import BLOCKS, Blocks
from reader.ingest.markup.inline import Inline
from reader.ingest.markup.pieces import Piece, indented, joined
from reader.ingest.markup.skip import unread

if TYPE_CHECKING:
    from turbohtml import Node

LIMIT: Final = 4_000_000
"""What is longer is cut: it would be more than a body may hold, even as text."""

_CDATA: Final = re.compile(r"<!\[CDATA\[|\]\]>")
_PARAGRAPHS: Final = re.compile(r"\n[ \t\r]*\n\s*")
_LINE, _BLOCK = "\x01", "\x02"
_PIECES: Final = re.compile(_LINE)
_BLANKS: Final = re.compile(" {2,}")
_PARTED: Final = dict.fromkeys(BLOCKS, _BLOCK) | dict.fromkeys(("br", "li", "tr", "dt", "dd"), _LINE)
_WORDPRESS: Final = re.compile(r"The post \[.*\]\(.*\) (?:appeared )?first (?:appeared )?on \[.*\]\(.*\)\.?")


def markdown(html: str, base: str = "") -> str:
    """Write an HTML fragment as Markdown.

    CommonMark with tables, footnotes and definition lists as the reader's own Markdown knows them. Raised
    and lowered text is written in Unicode where every character of it is there, else in `<sup>` and `<sub>`.
    Addresses are made absolute; scripts, styles, forms and what is hidden are left out. The text is not
    cleaned: that is for the caller.

    Args:
        html: the fragment; what is longer than `LIMIT` is cut.
        base: the address that its links are relative to.
    """
    html = prose_text.bare(html[:LIMIT])
    if "<" not in html and "&" not in html:
        return _from_text(sanitize.clean(html))
    if "<![CDATA[" in html:
        html = _CDATA.sub("", html)
    root = parse_fragment(html, positions=False)
    prose_text.clean(root, html)
    return written(root, base, prose_notes.find(root) if "#" in html else prose_notes.Notes())


def written(root: Element, base: str, notes: prose_notes.Notes) -> str:
    """Write what a parsed element holds as Markdown, and the footnotes that it refers to.

    Args:
        root: the element.
        base: the address that its links are relative to.
        notes: the footnotes, whose texts may stand elsewhere; they lose their links back.
    """
    prose_notes.clear(notes)
    inline = Inline(base, notes.labels)
    blocks = Blocks(inline, set(notes.texts))
    blocks.prepare(root)
    out: list[Piece] = []
    blocks.flow(root, 0, 0, out)
    while out and (out[-1].kind == "hr" or (notes.texts and out[-1].kind == "h") or _WORDPRESS.fullmatch(out[-1].text)):
        out.pop()
    called = set(inline.atoms)
    for element, label in notes.texts.items():
        inside: list[Piece] = []
        if f"[^{label}]" in called:
            blocks.flow(element, 0, 0, inside)
        if inside:
            out.append(Piece("note", f"[^{label}]: {indented(joined(inside), '    ')}"))
    return joined(out)


def _from_text(text: str) -> str:
    paragraphs = _PARAGRAPHS.split(text) if "\n" in text else [text]
    pieces = [prose_text.escaped(prose_text.collapsed(one)) for one in paragraphs]
    return "\n\n".join("\\\n".join(lines) for piece in pieces for lines in prose_text.lines(piece))


def plain(html: str) -> str:
    """Give the text of an HTML fragment, its entities decoded once, its blocks parted by a blank line.

    Args:
        html: the fragment; what is longer than `LIMIT` is cut.
    """
    html = prose_text.bare(html[:LIMIT])
    if "<" not in html and "&" not in html:
        paragraphs = _PARAGRAPHS.split(html) if "\n" in html else [html]
        return "\n\n".join(text for one in paragraphs if (text := " ".join(one.split())))
    parts: list[str] = []
    waiting: list[Node | str] = [parse_fragment(_CDATA.sub("", html), positions=False)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            parts.append(one)
        elif type(one) is Text:
            parts.append(prose_text.collapsed(one.data))
        elif type(one) is Element and not unread(one):
            sign = _PARTED.get(one.tag, "")
            parts.append(sign)
            if sign:
                waiting.append(sign)
            if one.tag == "pre":
                parts.append(one.text.strip("\n").replace("\n", _LINE))
            else:
                waiting.extend(reversed(one.children))
    return _laid_out("".join(parts))


def _laid_out(text: str) -> str:
    blocks = (_PIECES.split(block) for block in text.split(_BLOCK))
    lines = ("\n".join(line for part in block if (line := _blanks(part))) for block in blocks)
    return "\n\n".join(block for block in lines if block)


def _blanks(line: str) -> str:
    line = line.strip()
    return _BLANKS.sub(" ", line) if "  " in line else line
