"""An article whole, as plain text or as Markdown."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from reader.cli.terminal import line, lines
from reader.model.document import CELL_BREAK, GROUPED

if TYPE_CHECKING:
    from reader.library.shelf import Anchored, Opened
    from reader.model.article import Article
    from reader.model.document import Block, Document

MEASURE: Final = 76
"""Columns of a line of text on a wide terminal."""

_INLINE: Final = re.compile(r"[\\`*_\[\]<]|&(?=#|\w+;)|~~")
_OPENING: Final = re.compile(r"^( *)(?:([#>+=|~-])|(\d{1,9})([.)]))", re.MULTILINE)


def as_text(found: Opened, width: int, pace: int) -> str:
    """Give an article as plain text.

    Args:
        found: the article, opened.
        width: columns of the terminal; 0 to break no lines.
        pace: words a minute, for its reading time.
    """
    row = found.row
    head = [_wrapped(line(row.title), width), _wrapped(line(_byline(found.article, pace)), width)]
    head += [_wrapped(line(meta), width) for meta in found.article.meta]
    parts = ["\n".join(head + ([line(row.url)] if row.url else [])), _body(found.document, width)]
    if found.marks.tags:
        parts.append(_wrapped("Tags: " + ", ".join(map(line, found.marks.tags)), width))
    parts += [f"Note\n{_body(note, width)}" for note in found.notes]
    parts += [_highlight(one, width) for one in found.highlights]
    return "\n\n".join(part for part in parts if part)


def as_markdown(found: Opened, pace: int) -> str:
    """Give an article as Markdown, with the notes under a heading of their own; `pace` is in words a minute."""
    row = found.row
    parts = [f"# {_escaped(line(row.title))}", f"*{_escaped(line(_byline(found.article, pace)))}*"]
    parts += [_escaped(line(meta)) for meta in found.article.meta]
    if row.url:
        parts.append(f"<{line(row.url)}>")
    parts.append(lines(body_as_markdown(found.article)).strip("\n"))
    if found.marks.notes:
        parts.append("## Notes")
        parts += [lines(note.text) for note in found.marks.notes]
    if found.highlights:
        parts.append("## Highlights")
    for one in found.highlights:
        quote = _escaped(lines(one.highlight.quote.exact))
        parts += ["\n".join(f"> {part}".rstrip() for part in quote.split("\n")), lines(one.highlight.note)]
    return "\n\n".join(part for part in parts if part)


def _highlight(one: Anchored, width: int) -> str:
    """Give a highlight as plain text: its colour, the words, and the note on them."""
    where = "" if one.passage is not None else ", no longer in the text"
    parts = [f"Highlight, {one.highlight.color}{where}", _wrapped(lines(one.highlight.quote.exact), width, "> ")]
    if one.highlight.note:
        parts.append(_wrapped(lines(one.highlight.note), width))
    return "\n".join(parts)


def body_as_markdown(article: Article) -> str:
    """Give an article's text as Markdown; in a plain text, what would be taken for markup is escaped."""
    return article.text if article.markdown else _escaped(article.text) + ("" if not _goes_on(article) else " …")


def _goes_on(article: Article) -> bool:
    return article.row.cut and not article.text.endswith(("…", "..."))


def _escaped(text: str) -> str:
    inline = _INLINE.sub(lambda found: "\\" + found[0], text)
    return _OPENING.sub(lambda found: f"{found[1]}{found[3] or ''}\\{found[2] or found[4]}", inline)


def _byline(article: Article, pace: int) -> str:
    row = article.row
    where = [row.source, *([row.section] if row.section and row.section != row.source else [])]
    parts = [*([row.author] if row.author else []), *where, f"{row.minutes_at(pace)} min"]
    if row.published is not None:
        parts.append(datetime.fromtimestamp(row.published, UTC).strftime("%Y-%m-%d"))
    return " · ".join(parts)


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
            return _wrapped(text, width, "> " * max(block.level, 1))
        case "item":
            marker = f"{block.marker} " if block.marker else ""
            indent = "  " * max(block.level - 1, 0)
            return _wrapped(text, width, indent + marker, indent + " " * len(marker))
        case "table":
            rows = block.text.replace(CELL_BREAK, " ").split("\n")
            return "\n".join(line(row.replace("\t", " | ")) for row in rows)
        case "image":
            return _wrapped(f"▣ {text}", width)
        case "definition":
            return _wrapped(text, width, "    ")
        case "footnote":
            marker = f"{block.marker}." if block.marker else ""
            return _wrapped(text, width, marker.ljust(4), "    ")
    return _wrapped(text, width)


def _wrapped(text: str, width: int, first: str = "", others: str | None = None) -> str:
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
