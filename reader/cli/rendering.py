"""An article whole, as plain text or as Markdown."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from reader.cli.terminal import line, lines
from reader.model.article import as_time
from reader.model.document import CELL_BREAK, GROUPED

if TYPE_CHECKING:
    from reader.library.shelf import Opened
    from reader.model.annotation import Highlight
    from reader.model.article import Article
    from reader.model.document import Block, Document

MEASURE: Final = 76
"""Columns of a line of text on a wide terminal."""

_INLINE: Final = re.compile(r"[\\`*_\[\]<]|&(?=#|\w+;)|~~")
_BLANKS: Final = re.compile(r"\n(?:[ \t]*\n){2,}")
_OPENING: Final = re.compile(r"^( *)(?:([#>+=|~-])|(\d{1,9})([.)]))", re.MULTILINE)


def as_text(found: Opened, width: int, pace: int) -> str:
    """Give an article as plain text.

    Args:
        found: the article, opened.
        width: columns of the terminal; 0 to break no lines.
        pace: words a minute, for its reading time.
    """
    row = found.row
    head = [wrapped(line(row.title), width), wrapped(line(_byline(found.article, pace)), width)]
    head += [wrapped(line(meta), width) for meta in found.article.meta]
    parts = ["\n".join(head + ([line(row.url)] if row.url else [])), _body(found.document, width)]
    if found.marks.tags:
        parts.append(wrapped("Tags: " + ", ".join(map(line, found.marks.tags)), width))
    parts += [f"Note\n{_body(note, width)}" for note in found.notes]
    for one in found.highlights:
        where = "" if one.passage is not None else ", no longer in the text"
        parts.append(f"Highlight, {one.highlight.color}{where}\n{quoted(one.highlight, width)}")
    return "\n\n".join(part for part in parts if part)


def as_markdown(found: Opened, pace: int) -> str:
    """Give an article as Markdown, with the notes under a heading of their own; `pace` is in words a minute."""
    row = found.row
    parts = [f"# {escaped(line(row.title))}", f"*{escaped(line(_byline(found.article, pace)))}*"]
    parts += [escaped(line(meta)) for meta in found.article.meta]
    if row.url:
        parts.append(f"<{line(row.url)}>")
    parts.append(lines(body_as_markdown(found.article)).strip("\n"))
    if found.marks.notes:
        parts.append("## Notes")
        parts += [lines(note.text) for note in found.marks.notes]
    if found.highlights:
        parts.append("## Highlights")
    parts += [quoted_as_markdown(one.highlight, found=one.passage is not None) for one in found.highlights]
    return "\n\n".join(part for part in parts if part)


def quoted(one: Highlight, width: int) -> str:
    """Give the words of a highlight as plain text, and the note on them."""
    parts = [wrapped(lines(one.quote.exact), width, "> ")]
    if one.note:
        parts.append(wrapped(lines(one.note), width))
    return "\n".join(parts)


def quoted_as_markdown(one: Highlight, *, found: bool = True) -> str:
    """Give a highlight as Markdown: its words, then colour, date and whether they are in the text, then the note."""
    quote = _spaced(escaped(lines(one.quote.exact)))
    about = ", ".join(part for part in (one.color, day(one.created), "" if found else "no longer in the text") if part)
    parts = ["\n".join(f"> {part}".rstrip() for part in quote.split("\n")), f"— {about}"]
    if note := _spaced(lines(one.note)):
        parts.append(f"Note:\n\n{note}" if _OPENING.match(note) else f"Note: {note}")
    return "\n\n".join(parts)


def _spaced(text: str) -> str:
    return _BLANKS.sub("\n\n", text.strip())


def day(moment: str) -> str:
    """Give the day of a moment in ISO 8601 as people write it, empty where it is none."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    return f"{then.day} {then:%b %Y}"


def body_as_markdown(article: Article) -> str:
    """Give an article's text as Markdown; in a plain text, what would be taken for markup is escaped."""
    return article.text if article.markdown else escaped(article.text) + ("" if not _goes_on(article) else " …")


def _goes_on(article: Article) -> bool:
    return article.row.cut and not article.text.endswith(("…", "..."))


def escaped(text: str) -> str:
    """Give a text as Markdown that says the same: what would be taken for markup is escaped."""
    inline = _INLINE.sub(lambda found: "\\" + found[0], text)
    return _OPENING.sub(lambda found: f"{found[1]}{found[3] or ''}\\{found[2] or found[4]}", inline)


def _byline(article: Article, pace: int) -> str:
    row = article.row
    where = [row.source, *([row.section] if row.section and row.section != row.source else [])]
    where += [f"also in {', '.join(row.others)}"] if row.others else []
    parts = [*([row.author] if row.author else []), *where, as_time(row.minutes_at(pace))]
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
