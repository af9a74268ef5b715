"""An article's body as blocks with inline spans: what the reading pane lays out."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BlockKind: TypeAlias = Literal[
    "paragraph", "heading", "quote", "item", "code", "rule", "note", "table", "image", "caption", "term",
    "definition", "footnote", "aside",
]  # fmt: skip
SpanKind: TypeAlias = Literal["strong", "emphasis", "code", "link", "strike", "reference"]

GROUPED: Final[frozenset[BlockKind]] = frozenset({"item", "term", "definition", "footnote"})
"""Kinds whose blocks stand close together, without a blank line between them."""

CELL_BREAK: Final = "\u2028"
"""What parts the lines inside a cell of a table."""

LONGEST: Final = 16_000
"""Characters of a block at the most: it is laid out at once."""

MOST: Final = 20_000
"""Paragraphs of a plain text at the most."""


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
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A body: its blocks in order."""

    blocks: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """The body as plain text, blocks parted by a blank line."""
        return "\n\n".join(block.text for block in self.blocks if block.text)

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
    """Part blocks that are too long to be laid out while a key waits; what looks on is the same but for a gap."""
    for block in blocks:
        if len(block.text) <= LONGEST:
            yield block
        else:
            yield from _parted(block)


def _parted(block: Block) -> Iterator[Block]:
    ends = list(_ends(block.text))
    spans: list[list[Span]] = [[] for _ in ends]
    for span in block.spans:
        number = min(bisect_right(ends, span.start), len(ends) - 1)
        begun = ends[number - 1] if number else 0
        spans[number].append(replace(span, start=span.start - begun, end=min(span.end, ends[number]) - begun))
    table = block.kind == "table"
    for number, end in enumerate(ends):
        begun = ends[number - 1] if number else 0
        level = 0 if table and number else block.level
        marker = block.marker if table or not number else ""
        yield Block(block.kind, block.text[begun:end].rstrip("\n"), tuple(spans[number]), level, marker)


def _ends(text: str) -> Iterator[int]:
    """Give where the pieces of a long text end: at the end of a line, else of a cell or a word, if there is one."""
    begun = 0
    while len(text) - begun > LONGEST:
        ends = (text.rfind(sign, begun, begun + LONGEST) + 1 for sign in "\n\t ")
        begun = next((end for end in ends if end > begun), begun + LONGEST)
        yield begun
    yield len(text)
