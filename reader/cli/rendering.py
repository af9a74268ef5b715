"""An article whole, as plain text or as Markdown."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from reader.cli.terminal import line, lines
from reader.library.exporting.markup import byline
from reader.library.exporting.markup import day as day
from reader.library.exporting.markup import escaped as escaped
from reader.library.exporting.markup import quoted_as_markdown as quoted_as_markdown
from reader.library.handing import as_markdown as as_markdown
from reader.model.document import CELL_BREAK, GROUPED

if TYPE_CHECKING:
    from reader.library.shelf import Opened
    from reader.model.annotation import Highlight
    from reader.model.document import Block, Document

MEASURE: Final = 76
"""Columns of a line of text on a wide terminal."""


def as_text(found: Opened, width: int, pace: int) -> str:
    """Give an article as plain text.

    Args:
        found: the article, opened.
        width: columns of the terminal; 0 to break no lines.
        pace: words a minute, for its reading time.
    """
    row = found.row
    head = [wrapped(line(row.title), width), wrapped(line(byline(found.article, pace)), width)]
    head += [wrapped(line(meta), width) for meta in found.article.meta]
    parts = ["\n".join(head + ([line(row.url)] if row.url else [])), _body(found.document, width)]
    if found.marks.tags:
        parts.append(wrapped("Tags: " + ", ".join(map(line, found.marks.tags)), width))
    parts += [f"Note\n{_body(note, width)}" for note in found.notes]
    for one in found.highlights:
        where = "" if one.passage is not None else ", no longer in the text"
        parts.append(f"Highlight, {one.highlight.color}{where}\n{quoted(one.highlight, width)}")
    return "\n\n".join(part for part in parts if part)


def quoted(one: Highlight, width: int) -> str:
    """Give the words of a highlight as plain text, and the note on them."""
    parts = [wrapped(lines(one.quote.exact), width, "> ")]
    if one.note:
        parts.append(wrapped(lines(one.note), width))
    return "\n".join(parts)


def _body(document: Document, width: int) -> str:
    text = ""
    before = None
    for block in document.blocks:
        tight = before is not None and before.kind == block.kind and block.kind in GROUPED
        text += ("" if before is None else "\n" if tight else "\n\n") + _block(block, width)
        before = block
    return text


def _block(block: Block, width: int) -> str:
    text = lines(block.text)
    match block.kind:
        case "rule":
            return "* * *"
        case "code":
            return textwrap.indent(text, "    ")
        case "quote":
            return wrapped(text, width, "> " * max(block.level, 1))
        case "item":
            marker = f"{block.marker} " if block.marker else ""
            indent = "  " * max(block.level - 1, 0)
            return wrapped(text, width, indent + marker, indent + " " * len(marker))
        case "table":
            rows = block.text.replace(CELL_BREAK, " ").split("\n")
            return "\n".join(line(row.replace("\t", " | ")) for row in rows)
        case "image":
            return wrapped(f"▣ {text}", width)
        case "definition":
            return wrapped(text, width, "    ")
        case "footnote":
            marker = f"{block.marker}." if block.marker else ""
            return wrapped(text, width, marker.ljust(4), "    ")
    return wrapped(text, width)


def wrapped(text: str, width: int, first: str = "", others: str | None = None) -> str:
    """Break lines for a terminal; the text's own lines stay as they are."""
    rest = first if others is None else others
    made = []
    for number, part in enumerate(text.split("\n")):
        begin = rest if number else first
        if width:
            made += textwrap.wrap(
                part, max(min(width, MEASURE), 20), initial_indent=begin, subsequent_indent=rest, break_on_hyphens=False
            ) or [begin.rstrip()]
        else:
            made.append(begin + part)
    return "\n".join(made)
