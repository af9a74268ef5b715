"""Markdown to a document of blocks, by markdown-it-py: CommonMark, tables, footnotes, definitions and tasks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from reader.ingest import markdown_parts, sanitize
from reader.ingest.markdown_nesting import HOLDERS, Nesting, foresee_numbers
from reader.ingest.markdown_written import Written, code_block
from reader.model.document import CELL_BREAK, Block, Document, Span, bounded, from_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from reader.ingest.markdown_spans import Flow

_TASKS: Final = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}
_DEEPEST: Final = 40
"""Levels of nesting at the most, of which an item of a list is two; the parser leaves out what is deeper."""
_BREAKS: Final = ("softbreak", "hardbreak")
_SEPARATORS: Final = str.maketrans("\u2028\u2029", "  ")
"""What would part lines or cells, and takes no room in a terminal."""
_FLAT: Final = str.maketrans("\t\n", " " + CELL_BREAK)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    from reader.ingest.markdown_spans import add_rules

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin)
    add_rules(parser)
    return parser


def document(text: str, stopped: Callable[[], bool] = lambda: False) -> Document:
    """Build a document from Markdown, in bounded time and memory.

    What is too much to be interpreted, a paragraph full of signs or what comes after very many, is shown as it
    is written.

    Args:
        text: Markdown; HTML in it is shown as it is written, never interpreted, but for `sup`, `sub`, `kbd`
            and `br`, which Markdown has no signs for.
        stopped: is asked now and then; where it says so the rest of the text is left out.
    """
    builder = _Builder()
    text = text.translate(_SEPARATORS) if "\u2028" in text or "\u2029" in text else text
    if markdown_parts.light(text):
        builder.take(markdown_parts.Part(text))
        return builder.document()
    builder.foresee(markdown_parts.definitions(text))
    left = markdown_parts.MOST
    for part in markdown_parts.parts(text):
        if stopped():
            break
        left -= part.price
        if left < 0:
            builder.leave(part)
        else:
            builder.take(part)
    return builder.document()


def beginning(text: str) -> Document | None:
    """Build a document from the beginning of Markdown while a key waits, None where that is no quicker than all."""
    if markdown_parts.light(text):
        return None
    first = markdown_parts.first(text[: markdown_parts.SHORT].translate(_SEPARATORS))
    builder = _Builder()
    if first.price <= markdown_parts.LIGHT:
        builder.take(first)
    else:
        builder.leave(markdown_parts.Part(first.text[: markdown_parts.FIRST]))
    return builder.document()


def _numbered(labels: Sequence[str]) -> dict[str, str]:
    """Give each footnote the number that the text calls it by, or its own where it has only a name."""
    if all(label.isascii() and label.isdigit() for label in labels):
        return {label: label for label in labels}
    return {label: str(number) for number, label in enumerate(labels, 1)}


class _Builder:
    """Takes Markdown in parts, walks the parser's tokens once and gathers blocks, those of each footnote apart."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}
        self._labels: dict[str, str] = {}
        self._body: list[Block] = []
        self._notes: dict[str, list[Block]] = {}
        self._written = Written()
        self._begin()

    def _begin(self) -> None:
        """Begin outside of everything."""
        self._blocks = self._body
        self._nesting = Nesting()
        self._heading = 0
        self._table: _Table | None = None

    def foresee(self, definitions: str) -> None:
        """Take note of what later parts define, by the beginnings of it."""
        if definitions:
            parser = _parser()
            parser.block.parse(definitions, parser, self._known, [])

    def take(self, part: markdown_parts.Part) -> None:
        """Add what a part of the text holds."""
        if part.fence is not None and part.is_code:
            self._body.append(code_block(part.fence.code(part.text), part.fence.info))
            return
        tokens = _parser().parse(part.text, self._known)
        notes = self._known.get("footnotes", {})
        called = (str(note["label"]) for note in notes.get("list", {}).values())
        # One that a later part defines counts as not called any more.
        others = (label[1:] for label, number in notes.get("refs", {}).items() if number < 0)
        self._labels = _numbered(list(dict.fromkeys((*called, *others))))
        self._begin()
        if any(token.level >= _DEEPEST - 1 and token.type in HOLDERS for token in tokens):
            self._body += from_text(markdown_parts.plain(part.text)).blocks
        else:
            self._walk(tokens)

    def leave(self, part: markdown_parts.Part) -> None:
        """Add a part as it is written, after all that was taken."""
        self._written.add(part)

    def document(self) -> Document:
        """Give all that was taken, then what was left as it is, then the footnotes."""
        return Document(tuple(bounded((*self._body, *self._written.blocks(), *self._footnotes()))))

    def _walk(self, tokens: Sequence[Token]) -> None:
        foresee_numbers(tokens)
        for token in tokens:
            match token.type:
                case "inline":
                    self._inline(token)
                case "fence" | "code_block":
                    self._add(code_block(token.content, token.info))
                case "hr":
                    self._add(Block("rule", ""))
                case "footnote_reference_open":
                    label = token.meta["label"]
                    self._blocks = self._notes.setdefault(label, [])
                    self._nesting.begin_footnote(self._labels.get(label, ""))
                case "footnote_reference_close":
                    self._nesting.end_footnote()
                    self._blocks = self._body
                case _:
                    self._nest(token)

    def _footnotes(self) -> list[Block]:
        blocks = [
            replace(block, marker=number) if block.kind == "footnote" and block.marker else block
            for label, number in self._labels.items()
            for block in self._notes.get(label, ())
        ]
        return [Block("rule", ""), *blocks] if blocks else []

    def _nest(self, token: Token) -> None:
        name, _, edge = token.type.rpartition("_")
        if name == "heading":
            self._heading = int(token.tag[1:]) if edge == "open" else 0
        elif not self._nesting.follow(name, edge, token):
            self._tabulate(name, edge, token)

    def _add(self, *blocks: Block) -> None:
        """Add blocks that take no marker, where they are nested."""
        self._blocks += self._nesting.unmarked()
        self._blocks += (replace(block, within=self._nesting.within) for block in blocks)

    def _tabulate(self, name: str, edge: str, token: Token) -> None:
        if name == "table" and edge == "open":
            self._table = _Table()
        elif self._table is None or edge == "":
            return
        elif name == "table":
            self._add(self._table.block())
            self._table = None
        elif name == "tr" and edge == "open":
            self._table.rows.append([])
        elif name == "th" and edge == "open":
            self._table.sides += str(token.attrGet("style") or "text-align:left").rpartition(":")[2][:1]

    def _inline(self, token: Token) -> None:
        children = token.children or []
        if self._table is not None:
            self._table.rows[-1].append(self._flow().take(children))
            return
        pictures, children = _pictures(children)
        if pictures:
            self._add(*pictures)
        if pictures and not children:
            return
        text, spans = self._flow().take(children)
        block = self._block(text, spans, caption=bool(pictures))
        self._blocks += self._nesting.unmarked()
        self._blocks.append(replace(block, within=self._nesting.within))

    def _flow(self) -> Flow:
        from reader.ingest.markdown_spans import Flow

        return Flow(self._labels)

    def _block(self, text: str, spans: tuple[Span, ...], *, caption: bool) -> Block:
        kind, level = self._nesting.kind, self._nesting.level
        if self._heading:
            return Block("heading", text, spans, self._heading, self._nesting.marker() if kind == "item" else "")
        if kind == "item":
            return self._item(text, spans, level)
        if caption or (self._follows_picture() and _all_emphasis(text, spans)):
            return Block("caption", text, tuple(span for span in spans if span.kind != "emphasis"))
        if kind == "footnote":
            return Block(kind, text, spans, 0, self._nesting.marker())
        return Block(kind, text, spans, level if kind in ("definition", "term", "quote") else 0)

    def _follows_picture(self) -> bool:
        return bool(self._blocks) and self._blocks[-1].kind == "image"

    def _item(self, text: str, spans: tuple[Span, ...], level: int) -> Block:
        marker = self._nesting.marker()
        if marker and (task := _TASKS.get(text[:4])):
            marker, text = task, text[4:]
            spans = tuple(replace(span, start=max(0, span.start - 4), end=span.end - 4) for span in spans)
        return Block("item", text, spans, level, marker)


class _Table:
    """The rows of a table, gathered."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[str, tuple[Span, ...]]]] = []
        self.sides = ""

    def block(self) -> Block:
        """Give them as a block; a head without words is none."""
        head = any(text.strip() for text, _ in self.rows[0])
        lines: list[str] = []
        spans: list[Span] = []
        at = 0
        for row in self.rows if head else self.rows[1:]:
            for number, (text, inside) in enumerate(row):
                spans += [replace(span, start=span.start + at, end=span.end + at) for span in inside]
                at += len(text) + 1
                row[number] = (text.translate(_FLAT), ())
            lines.append("\t".join(text for text, _ in row))
        return Block("table", "\n".join(lines), tuple(spans), int(head), self.sides)


def _pictures(children: list[Token]) -> tuple[list[Block], list[Token]]:
    """Part the pictures that stand at the beginning on lines of their own from the text after them."""
    blocks: list[Block] = []
    while children:
        ends = (at for at, child in enumerate(children) if child.type in _BREAKS)
        end = next(ends, len(children))
        found = _picture(children[:end])
        if found is None:
            break
        blocks += found
        children = children[end + 1 :]
    return blocks, children


def _picture(line: Sequence[Token]) -> list[Block] | None:
    """Give the pictures on a line that holds nothing else but a link around them."""
    from reader.ingest.markdown_spans import words

    inside = [child for child in line if child.type not in ("link_open", "link_close") and child.content.strip()]
    pictures = [child for child in line if child.type == "image"]
    if not pictures or any(child.type != "image" for child in inside):
        return None
    blocks = []
    for child in pictures:
        title = sanitize.clean(str(child.attrGet("title") or ""))
        text = words(child) or title or "Picture"
        blocks.append(Block("image", text, (Span(0, len(text), "link", str(child.attrGet("src") or "")),)))
        if title and title != text:
            blocks.append(Block("caption", title))
    return blocks


def _all_emphasis(text: str, spans: Sequence[Span]) -> bool:
    return any(span.kind == "emphasis" and span.start == 0 and span.end == len(text) for span in spans)
