"""Markdown that is shown as it is written: its paragraphs, and its code, which is never reflowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.ingest.markdown_fences import Fence, edges
from reader.ingest.markdown_parts import plain
from reader.model.document import Block, from_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.markdown_parts import Part

_TAB: Final = 4
"""Columns from one stop of the tabs in code to the next."""
_LANGUAGE: Final = 24
"""Characters of the name of a language."""
_MOST: Final = 10_000
"""Blocks at the most after which code is looked for."""
_INDENTED: Final = re.compile(r"(?:(?<=\n\n)|\A)(?: {4}|\t)[^\n]*(?:\n+(?: {4}|\t)[^\n]*)*")
_INDENT: Final = re.compile(r"^(?: {4}|\t)", re.MULTILINE)


def code_block(code: str, info: str = "") -> Block:
    """Give code as a block.

    Args:
        code: its lines.
        info: what its fence says: the first word is the language.
    """
    words = info.split(maxsplit=1)
    language = words[0].strip("{}.")[:_LANGUAGE] if words else ""
    code = code.rstrip("\n")
    return Block("code", code.expandtabs(_TAB) if "\t" in code else code, marker=language)


class Written:
    """Gathers parts of a text as they are written."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._texts: list[str] = []

    def add(self, part: Part) -> None:
        """Add a part."""
        if len(self._blocks) > _MOST:
            self._texts.append(plain(part.text))
            return
        for text, code in _parted(part.text):
            self._texts.append(plain(text))
            if code is not None:
                self._end()
                self._blocks.append(code)

    def blocks(self) -> list[Block]:
        """Give all that was gathered."""
        self._end()
        return self._blocks

    def _end(self) -> None:
        self._blocks += from_text("".join(self._texts)).blocks
        self._texts = []


def _parted(text: str) -> Iterator[tuple[str, Block | None]]:
    """Give the text before each code, the code, and at last the text after all."""
    begun = 0
    for fence in edges(text):
        if isinstance(fence, Fence):
            yield from _indented(text[begun : fence.start])
            yield "", code_block(fence.code(text), fence.info)
            begun = fence.end
    yield from _indented(text[begun:])


def _indented(text: str) -> Iterator[tuple[str, Block | None]]:
    begun = 0
    for found in _INDENTED.finditer(text):
        yield text[begun : found.start()], code_block(_INDENT.sub("", found[0]))
        begun = found.end()
    yield text[begun:], None
