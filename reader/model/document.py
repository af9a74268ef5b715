"""An article's body as blocks with inline spans: what the reading pane lays out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

BlockKind: TypeAlias = Literal[
    "paragraph", "heading", "quote", "item", "code", "rule", "note", "table", "image", "caption", "term",
    "definition", "footnote", "aside",
]  # fmt: skip
SpanKind: TypeAlias = Literal["strong", "emphasis", "code", "link", "strike", "reference"]

GROUPED: Final[frozenset[BlockKind]] = frozenset({"item", "term", "definition", "footnote"})
"""Kinds whose blocks stand close together, without a blank line between them."""

CELL_BREAK: Final = "\u2028"
"""What parts the lines inside a cell of a table."""


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
    return Document(tuple(Block("paragraph", part) for part in paragraphs))
