"""Blocks of HTML as blocks of Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text

from reader.ingest.markup import code as prose_code
from reader.ingest.markup import emphasis as prose_emphasis
from reader.ingest.markup import lists as prose_lists
from reader.ingest.markup import tables as prose_tables
from reader.ingest.markup import text as prose_text
from reader.ingest.markup.inline import CELL, DEEPEST, EMPHASIS, HEADING, STRONG, Inline
from reader.ingest.markup.pieces import Piece, joined
from reader.ingest.markup.skip import skipped, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from turbohtml import Node

NESTED: Final = 7
"""How many quotes and lists may stand within each other; Markdown's reader takes no more than twenty levels."""
FORM: Final = 250
"""A form with so many characters to read is the page itself, as some systems wrap it."""

LINE: Final = CELL | HEADING
"""Where no blocks can stand."""

_PLAIN: Final = frozenset((
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center", "body", "html",
    "fieldset", "legend", "hgroup", "search", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup",
))  # fmt: skip
"""What only holds other blocks."""
BLOCKS: Final = (
    *_PLAIN, "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "menu", "dir", "pre", "xmp", "listing", "plaintext",
    "blockquote", "hr", "table", "dl", "figure", "figcaption", "details", "summary", "form", "li", "dd", "dt",
)  # fmt: skip
_CLOSING: Final = re.compile(r"(?<!\S)#+$")
"""What would close a heading and not be seen."""
_ESCAPED: Final = r"\\\g<0>"
_SPLIT_PICTURE: Final = ("![", "[![")
_CAPTION: Final = re.compile(r"(?:^|\s)\S{0,40}(?:caption|wp-caption-text|img-credit)\S{0,40}(?:\s|$)", re.IGNORECASE)


class Blocks:
    """Writes the blocks of a fragment.

    Args:
        inline: writes what stands within lines.
        notes: the elements that are footnotes, left out of the text.
    """

    def __init__(self, inline: Inline, notes: set[Element]) -> None:
        self.inline = inline
        self.mixed: set[Element] = set()
        self.notes = notes
        self._around: list[tuple[str, str]] = []
        self._nested = 0
        self._blocks: dict[str, Callable[[Element, int, int, list[Piece]], None]] = {
            **dict.fromkeys(_PLAIN, self._plain),
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self._heading),
            **dict.fromkeys(("ul", "ol", "menu", "dir"), self._list),
            **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), self._code),
            "blockquote": self._quote, "hr": self._rule, "table": self._table, "dl": self._definitions,
            "figure": self._figure, "figcaption": self.caption, "summary": self.strong, "form": self._form,
            "li": self._plain, "dd": self._plain, "dt": self._plain, "details": self._plain,
        }  # fmt: skip

    def prepare(self, root: Element) -> None:
        """Find what should stand within a line but holds blocks, in one pass."""
        for element in root.iter_elements(BLOCKS):
            above = element.parent
            while isinstance(above, Element) and above.tag not in self._blocks and above not in self.mixed:
                self.mixed.add(above)
                above = above.parent

    def alone(self, element: Element, on: int, depth: int) -> list[Piece]:
        """Write what stands in a list and is no item of it."""
        inside: list[Piece] = []
        self._nested += 1
        self._blocks.get(element.tag, self._mixture)(element, on, depth, inside)
        self._nested -= 1
        return inside

    def flow(self, node: Node, on: int, depth: int, out: list[Piece]) -> None:
        """Write all that an element holds, as blocks."""
        if depth > DEEPEST:
            self.flush([self.inline.text(text_of(node), on)], on, out)
            return
        run: list[str] = []
        inline, blocks = self.inline, self._blocks
        for child in node.children:
            if type(child) is Text:
                data = child.data
                if run or not data.isspace():
                    run.append(inline.text(data, on))
            elif type(child) is Element and not skipped(child):
                handler = blocks.get(child.tag)
                if handler is None and child not in self.mixed:
                    run.append(inline.element(child, on, depth + 1))
                    continue
                if run:
                    self.flush(run, on, out)
                    run = []
                if child not in self.notes:
                    (handler or self._mixture)(child, on, depth + 1, out)
        if run:
            self.flush(run, on, out)

    def flush(self, run: list[str], on: int, out: list[Piece]) -> None:
        """Write a run of what stands within lines as paragraphs."""
        text = "".join(run)
        if not text or text.isspace():
            return
        for before, after in reversed(self._around):
            text = f"{before}{text}{after}"
        for lines in prose_text.lines(text):
            if on & LINE:
                sign = " " if on & HEADING else "<br>"
                out.append(Piece("p", prose_text.filled(sign.join(lines), self.inline.atoms)))
            else:
                self._paragraph(lines, out)

    def _paragraph(self, lines: list[str], out: list[Piece]) -> None:
        """Write a paragraph; pictures at its beginning stand for themselves."""
        while lines and lines[0][0] == prose_text.ATOM:
            found = prose_text.atom_at_start(lines[0])
            atom = self.inline.atoms[int(found[1])] if found else ""
            if found is None or not atom.startswith(_SPLIT_PICTURE):
                break
            out.append(Piece("img", atom))
            rest = lines[0][found.end() :].strip()
            lines = [rest, *lines[1:]] if rest else lines[1:]
        if text := prose_text.filled("\\\n".join(lines), self.inline.atoms):
            out.append(Piece("p", text))

    def _plain(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        if "class" in element.attrs and out and out[-1].kind == "img" and _CAPTION.search(element.attr("class") or ""):
            self.caption(element, on, depth, out)
            return
        only: Node = element
        while len(only.children) == 1 and isinstance(inner := only.children[0], Element) and inner.tag in _PLAIN:
            if skipped(inner) or inner in self.notes:
                return
            only = inner
        self.flow(only, on, depth, out)

    def _mixture(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        """Write blocks within what should stand in a line: each of their paragraphs gets its signs."""
        before, after, on = self.inline.signs(element, on)
        if not before:
            self.flow(element, on, depth, out)
            return
        self._around.append((before, after))
        self.flow(element, on, depth, out)
        self._around.pop()

    def _heading(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        if on & (LINE | EMPHASIS) or self._nested >= NESTED:
            self.strong(element, on, depth, out)
            return
        inside: list[Piece] = []
        self.flow(element, on | HEADING, depth, inside)
        pictures = [piece for piece in inside if piece.text.startswith(_SPLIT_PICTURE) and piece.text.endswith(")")]
        text = " ".join(piece.text for piece in inside if piece not in pictures)
        if text:
            out.append(Piece("h", f"{'#' * int(element.tag[1])} {_CLOSING.sub(_ESCAPED, text)}"))
        out.extend(Piece("img", piece.text) for piece in pictures)

    def strong(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        """Write all that an element holds in bold type."""
        if on & STRONG:
            self.flow(element, on, depth, out)
            return
        self._around.append((prose_emphasis.STRONG, prose_emphasis.STRONG_END))
        self.flow(element, on | STRONG, depth, out)
        self._around.pop()

    def _rule(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        if out and out[-1].kind != "hr" and not on & LINE:
            out.append(Piece("hr", "---"))

    def _code(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        text, language = prose_code.block(element)
        if not text.strip():
            return
        if on & LINE:
            lines = (self.inline.code(line) for line in text.split("\n"))
            out.extend(Piece("p", prose_text.filled(line, self.inline.atoms)) for line in lines if line)
            return
        fence = prose_code.fence(text)
        out.append(Piece("code", f"{fence}{language}\n{text}\n{fence}"))

    def _quote(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        if on & LINE or self._nested >= NESTED:
            self.flow(element, on, depth, out)
            return
        if text := joined(self.inside(element, on, depth)):
            out.append(Piece("quote", "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))))

    def inside(self, element: Element, on: int, depth: int) -> list[Piece]:
        """Write what stands in a quote or an item of a list."""
        inside: list[Piece] = []
        self._nested += 1
        self.flow(element, on, depth, inside)
        self._nested -= 1
        return inside

    def _figure(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        inside: list[Piece] = []
        self.flow(element, on, depth, inside)
        captions = [piece for piece in inside if piece.kind == "caption"]
        rest = [piece for piece in inside if piece.kind != "caption"]
        out.extend(rest)
        out.extend(captions)

    def caption(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        """Write what stands below a picture or above a table."""
        self._around.append((prose_emphasis.EMPHASIS, prose_emphasis.EMPHASIS_END))
        inside: list[Piece] = []
        self.flow(element, on | EMPHASIS, depth, inside)
        self._around.pop()
        out.extend(Piece("caption", piece.text) if piece.kind == "p" else piece for piece in inside)

    def _form(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        inside: list[Piece] = []
        self.flow(element, on, depth, inside)
        if sum(len(piece.text) for piece in inside) >= FORM or any(piece.kind in ("code", "table") for piece in inside):
            out.extend(inside)

    def _list(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        flat = on & LINE or self._nested >= NESTED
        (prose_lists.flat if flat else prose_lists.write)(self, element, on, depth, out)

    def _definitions(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        if on & LINE or self._nested >= NESTED:
            self.flow(element, on, depth, out)
        else:
            prose_lists.define(self, element, on, depth, out)

    def _table(self, element: Element, on: int, depth: int, out: list[Piece]) -> None:
        prose_tables.write(self, element, on, depth, out)
