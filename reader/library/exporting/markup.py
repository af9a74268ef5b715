"""Texts as Markdown that says the same elsewhere: what would be taken for markup is escaped."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from reader.model.article import as_time
from reader.model.printable import line, lines

if TYPE_CHECKING:
    from reader.model.annotation import Highlight
    from reader.model.article import Article

_INLINE: Final = re.compile(r"[\\`*_\[\]<]|&(?=#|\w+;)|~~")
_BLANKS: Final = re.compile(r"\n(?:[ \t]*\n){2,}")
_OPENING: Final = re.compile(r"^( *)(?:([#>+=|~-])|(\d{1,9})([.)]))", re.MULTILINE)


def escaped(text: str) -> str:
    """Give a text as Markdown that says the same: what would be taken for markup is escaped."""
    inline = _INLINE.sub(lambda found: "\\" + found[0], text)
    return _OPENING.sub(lambda found: f"{found[1]}{found[3] or ''}\\{found[2] or found[4]}", inline)


def body_as_markdown(article: Article) -> str:
    """Give an article's text as Markdown; in a plain text, what would be taken for markup is escaped."""
    return article.text if article.markdown else escaped(article.text) + ("" if not _goes_on(article) else " …")


def _goes_on(article: Article) -> bool:
    return article.row.cut and not article.text.endswith(("…", "..."))


def byline(article: Article, pace: int) -> str:
    """Give who wrote an article, where it is from, how long it takes and when it was published."""
    row = article.row
    where = [row.source, *([row.section] if row.section and row.section != row.source else [])]
    where += [f"also in {', '.join(row.others)}"] if row.others else []
    parts = [*([row.author] if row.author else []), *where, as_time(row.minutes_at(pace))]
    if row.published is not None:
        parts.append(datetime.fromtimestamp(row.published, UTC).strftime("%Y-%m-%d"))
    return " · ".join(parts)


def quoted_as_markdown(one: Highlight, *, found: bool = True) -> str:
    """Give a highlight as Markdown: its words, then colour, date and whether they are in the text, then the note."""
    quote = spaced(escaped(lines(one.quote.exact)))
    about = ", ".join(part for part in (one.color, day(one.created), "" if found else "no longer in the text") if part)
    parts = ["\n".join(f"> {part}".rstrip() for part in quote.split("\n")), f"— {about}"]
    if note := spaced(lines(one.note)):
        parts.append(f"Note:\n\n{note}" if _OPENING.match(note) else f"Note: {note}")
    return "\n\n".join(parts)


def headed(article: Article, pace: int, level: int = 1) -> list[str]:
    """Give what stands over an article: its headline, who and when, a page's further lines, its address."""
    row = article.row
    parts = [f"{'#' * level} {escaped(line(row.title))}", f"*{escaped(line(byline(article, pace)))}*"]
    parts += [escaped(line(meta)) for meta in article.meta]
    return parts + ([f"<{line(row.url)}>"] if row.url else [])


def spaced(text: str) -> str:
    """Give a text with no more than one blank line in a row."""
    return _BLANKS.sub("\n\n", text.strip())


def day(moment: str) -> str:
    """Give the day of a moment in ISO 8601 as people write it, empty where it is none."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    return f"{then.day} {then:%b %Y}"
