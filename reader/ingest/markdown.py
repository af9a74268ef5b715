"""Markdown to a document of blocks, by markdown-it-py (CommonMark)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from reader.model.document import Block, Document, Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SPANS: Final[dict[str, SpanKind]] = {"strong": "strong", "em": "emphasis", "link": "link"}
_BULLET: Final = "•"


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20})


def document(text: str) -> Document:
    """Build a document from Markdown.

    Args:
        text: CommonMark; HTML in it is shown as it is written, never interpreted.
    """
    return _Builder(_parser().parse(text)).document()


class _Builder:
    """Walks the parser's tokens once and gathers blocks."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._blocks: list[Block] = []
        self._quotes = 0
        self._lists: list[int | None] = []
        self._marker = ""

    def document(self) -> Document:
        heading = 0
        for token in self._tokens:
            match token.type:
                case "heading_open":
                    heading = int(token.tag[1:])
                case "heading_close":
                    heading = 0
                case "inline":
                    self._inline(token, heading)
                case "fence" | "code_block":
                    self._blocks.append(Block("code", token.content.rstrip("\n")))
                case "hr":
                    self._blocks.append(Block("rule", ""))
                case _:
                    self._nest(token)
        return Document(tuple(self._blocks))

    def _nest(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                number = self._lists[-1]
                self._marker = _BULLET if number is None else f"{number}."
                if number is not None:
                    self._lists[-1] = number + 1

    def _inline(self, token: Token, heading: int) -> None:
        text, spans = _flattened(token.children or ())
        if heading:
            block = Block("heading", text, spans, heading)
        elif self._lists:
            block = Block("item", text, spans, len(self._lists), self._marker)
            self._marker = ""
        elif self._quotes:
            block = Block("quote", text, spans, self._quotes)
        else:
            block = Block("paragraph", text, spans)
        self._blocks.append(block)


def _flattened(children: Sequence[Token]) -> tuple[str, tuple[Span, ...]]:
    parts: list[str] = []
    spans: list[Span] = []
    begun: list[tuple[int, str]] = []
    length = 0
    for child in children:
        name, _, edge = child.type.rpartition("_")
        if edge == "open":
            begun.append((length, str(child.attrGet("href") or "")))
        elif edge == "close" and begun:
            start, target = begun.pop()
            spans.append(Span(start, length, _SPANS[name], target))
        else:
            piece = _piece(child)
            if child.type == "code_inline":
                spans.append(Span(length, length + len(piece), "code"))
            parts.append(piece)
            length += len(piece)
    return "".join(parts), tuple(spans)


def _piece(child: Token) -> str:
    if child.type == "softbreak":
        return " "
    if child.type == "hardbreak":
        return "\n"
    if child.type == "image":
        return f"[{child.content or 'image'}]"
    return child.content
