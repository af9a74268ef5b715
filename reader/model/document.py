"""An article's body as blocks with inline spans: what the reading pane lays out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BlockKind: TypeAlias = Literal[
    "paragraph", "heading", "quote", "item", "code", "rule", "note", "table", "image", "caption", "term",
    "definition", "footnote", "aside",
]  # fmt: skip
SpanKind: TypeAlias = Literal["strong", "emphasis", "code", "link", "strike", "reference"]

GROUPED: Final[frozenset[BlockKind]] = frozenset({"item", "term", "definition", "footnote"})
"""Kinds whose blocks stand close together, without a blank line between them."""

_LINED: Final[frozenset[BlockKind]] = frozenset({"code", "table"})
"""Kinds whose text is made of lines."""

CELL_BREAK: Final = "\u2028"
"""What parts the lines inside a cell of a table."""

LONGEST: Final = 8_000
"""Characters of a block at the most: it is laid out at once."""

ROWS: Final = 400
"""Lines of a block at the most, for the same reason."""

CELLS: Final = 1_000
"""Cells of a table at the most."""

MOST: Final = 20_000
"""Paragraphs of a plain text at the most."""

_ROW_END: Final = re.compile(r"\n")
_CELL_END: Final = re.compile(r"[\t\n]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block's text, in characters, that is set apart.

    `target` is the address of a link or of a picture, or the label of a footnote that is referred to.
    """

    start: int
    end: int
    kind: SpanKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body, or an `aside` that the reader says around it.

    Offsets into `text` are the coordinates that places and marks share.

    `level` is a heading's rank, an item's, a definition's and a quote's depth, and how many rows of a table
    are its head. `marker` is an item's bullet or number, a footnote's number, the language of code, and a
    letter for each column of a table: `l`, `c` or `r`, the side that its cells keep to.
    The `text` of a table has a line for each row, its cells parted by tabs; that of a picture describes it.
    `within` tells what a block is nested in, from the outside in: 0 for the bar of a quote, else the cells of an
    indent, the last of which is where a marker stands. Without it, it is as usual for a block of its kind.
    `continues` tells that a block too long to be one goes on here: nothing parts it from the block before.
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    marker: str = ""
    within: tuple[int, ...] = ()
    continues: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place in a body: a block by its number, and an offset into its text in characters."""

    block: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A stretch of a body from one point up to another, which is not part of it."""

    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Document:
    """A body: its blocks in order."""

    blocks: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """The body as plain text, blocks parted by a blank line."""
        return self._joined((number, 0, len(block.text)) for number, block in enumerate(self.blocks) if block.text)

    def pieces(self, passage: Passage) -> Iterator[tuple[int, int, int]]:
        """Give the part of each block that a passage covers: its number, and from where to where in its text."""
        for number in range(max(0, passage.start.block), min(passage.end.block, len(self.blocks) - 1) + 1):
            size = len(self.blocks[number].text)
            start = passage.start.offset if number == passage.start.block else 0
            end = min(size, passage.end.offset) if number == passage.end.block else size
            if start < end:
                yield number, start, end

    def said(self, passage: Passage) -> str:
        """Give the words of a passage, blocks parted by a blank line, and one that continues another by its seam."""
        return self._joined(self.pieces(passage))

    def _joined(self, pieces: Iterable[tuple[int, int, int]]) -> str:
        parts: list[str] = []
        before = -1
        for number, start, end in pieces:
            if parts:
                parts.append(seam(self.blocks, before, number))
            parts.append(self.blocks[number].text[start:end])
            before = number
        return "".join(parts)

    def whole(self, number: int) -> range:
        """Give the numbers of the blocks that are one paragraph, list item, code or table with a block."""
        first, after = number, number + 1
        while first > 0 and self.blocks[first].continues:
            first -= 1
        while after < len(self.blocks) and self.blocks[after].continues:
            after += 1
        return range(first, after)

    def paragraph(self, number: int) -> Passage:
        """Give the passage of all that is one paragraph, list item, code or table with a block."""
        numbers = self.whole(number)
        return Passage(Point(numbers[0]), Point(numbers[-1], len(self.blocks[numbers[-1]].text)))

    def anchored(self, old: int) -> int:
        """Give the nearest block that exists for a block number kept from an earlier text."""
        return max(0, min(old, len(self.blocks) - 1))

    def share(self, block: int, fraction: float) -> float:
        """Give the share (0 to 1) of the body's text that lies above a place in a block."""
        sizes = [len(block.text) + 1 for block in self.blocks]
        if not 0 <= block < len(sizes):
            return 0.0
        return (sum(sizes[:block]) + fraction * sizes[block]) / sum(sizes)

    def at(self, share: float) -> tuple[int, float]:
        """Give the block, and the share of it, that some share (0 to 1) of the body's text lies above."""
        sizes = [len(block.text) + 1 for block in self.blocks]
        left = max(0.0, min(1.0, share)) * sum(sizes)
        for number, size in enumerate(sizes):
            if left < size:
                return number, left / size
            left -= size
        return max(0, len(sizes) - 1), 1.0


def seam(blocks: Sequence[Block], before: int, after: int) -> str:
    """Give what parts the text of a block from that of a later one, there being no text between them.

    That is a blank line; but where a block only continues the one before, it is the end of a line that was
    lost when they were parted, or nothing.
    """
    if not all(blocks[number].continues for number in range(before + 1, after + 1)):
        return "\n\n"
    text = blocks[before].text
    # A block ends in the middle of a line only if it is one line, and there in the middle of a word only if
    # it is as long as a block can be.
    inside = len(text) >= LONGEST or ("\n" not in text and text.endswith((" ", "\t")))
    return "" if inside else "\n"


def from_text(text: str, *, cut: bool = False) -> Document:
    """Build a document from plain text whose paragraphs are parted by blank lines.

    Args:
        text: plain text; nothing in it is read as markup.
        cut: whether it stops in mid-sentence, so that the last paragraph ends in an ellipsis.
    """
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    if cut and paragraphs and not paragraphs[-1].endswith(("…", "...")):
        paragraphs[-1] += " …"
    if len(paragraphs) > MOST:
        # Some paragraphs make one block then: they look the same in it.
        each = -(-len(paragraphs) // MOST)
        paragraphs = ["\n\n".join(paragraphs[at : at + each]) for at in range(0, len(paragraphs), each)]
    return Document(tuple(bounded(Block("paragraph", part) for part in paragraphs)))


def bounded(blocks: Iterable[Block]) -> Iterator[Block]:
    """Part blocks that are too long to be laid out while a key waits: a line may end early, all else looks the same."""
    for block in blocks:
        ends = list(_ends(block))
        if len(ends) == 1:
            yield block
        else:
            yield from _parted(block, ends)


def _parted(block: Block, ends: Sequence[int]) -> Iterator[Block]:
    spans: list[list[Span]] = [[] for _ in ends]
    for span in block.spans:
        for number in range(bisect_right(ends, span.start), len(ends)):
            begun = ends[number - 1] if number else 0
            if number and span.end <= begun:
                break
            inside = max(span.start, begun) - begun, min(span.end, ends[number]) - begun
            spans[number].append(replace(span, start=inside[0], end=inside[1]))
    for number, end in enumerate(ends):
        begun = ends[number - 1] if number else 0
        text = block.text[begun:end]
        joined = block.kind in _LINED or not block.text[:begun].endswith("\n\n")
        yield replace(
            block,
            text=text.removesuffix("\n") if block.kind in _LINED else text.rstrip("\n"),
            spans=tuple(spans[number]),
            level=0 if block.kind == "table" and number else block.level,
            marker=block.marker if block.kind in _LINED or not number else "",
            continues=joined if number else block.continues,
        )


def _ends(block: Block) -> Iterator[int]:
    """Give where the pieces of a long block end: at the end of a line, else of a cell or a word, if there is one."""
    text, begun = block.text, 0
    while (last := _last(block, begun)) < len(text):
        ends = (text.rfind(sign, begun, last) + 1 for sign in "\n\t ")
        begun = next((end for end in ends if end > begun), last)
        yield begun
    yield len(text)


def _last(block: Block, begun: int) -> int:
    """Give the last place where a piece may end."""
    text = block.text
    last = min(len(text), begun + LONGEST)
    sign, most = (_CELL_END, CELLS) if block.kind == "table" else (_ROW_END, ROWS)
    found = next(islice(sign.finditer(text, begun, last), most - 1, None), None)
    return found.end() if found is not None else last
