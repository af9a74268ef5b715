"""An article's body as blocks with inline spans: what the reading pane lays out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

BlockKind: TypeAlias = Literal["paragraph", "heading", "quote", "item", "code", "rule", "note"]
SpanKind: TypeAlias = Literal["strong", "emphasis", "code", "link"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block's text, in characters, that is set apart; `target` is a link's address."""

    start: int
    end: int
    kind: SpanKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body. Offsets into `text` are the coordinates that places and marks share.

    `level` is a heading's rank or an item's and a quote's depth; `marker` is an item's bullet or number.
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
