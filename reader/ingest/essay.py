"""Plain text that is no listing: one article, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.ingest.plain.meta import is_meta
from reader.ingest.plain.names import author, looks_like_names
from reader.model.article import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.plain.blocks import Block, Blocks

TITLE_CHARACTERS: Final = 80
EXCERPT_WORDS: Final = 60
MOST_META: Final = 5


def entry(parts: Blocks) -> Entry:
    """Make one article of a text: title, byline, dates, and the rest as its body."""
    blocks = list(parts.blocks)
    if not blocks:
        return Entry(title="")
    title, name = "", None
    meta: list[str] = []
    if len(blocks) > 1 and not blocks[0].long:
        title = blocks.pop(0).text
        if len(blocks) > 1 and looks_like_names(blocks[0].text):
            name = author(blocks.pop(0).text)
        while len(blocks) > 1 and len(meta) < MOST_META and is_meta(blocks[0].text):
            meta.append(blocks.pop(0).text)
    body = "\n\n".join(block.text for block in blocks)
    return Entry(
        title=title or _opening(blocks[0].text),
        author=name,
        excerpt=_excerpt(blocks),
        meta=tuple(meta),
        body=body,
    )


def _opening(text: str) -> str:
    """Give the first words of a text, as a title."""
    if len(text) <= TITLE_CHARACTERS:
        return text
    words = text[:TITLE_CHARACTERS].rsplit(None, 1)[0]
    return words.rstrip(" ,;:–—-") + "…"


def _excerpt(blocks: Sequence[Block]) -> str:
    """Give the first words of the paragraphs."""
    words: list[str] = []
    for block in blocks:
        words += block.text.split(maxsplit=EXCERPT_WORDS)[:EXCERPT_WORDS]
        if len(words) > EXCERPT_WORDS:
            break
    return " ".join(words) if len(words) <= EXCERPT_WORDS else " ".join(words[:EXCERPT_WORDS]) + " …"
