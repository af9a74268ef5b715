"""What stands around an article's text: who, when and what came with it above, what else there is below."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from reader.model.article import as_time
from reader.model.document import Block, Span

if TYPE_CHECKING:
    from reader.model.article import Article, Enclosure

_TAGS: Final = 8
_SAME: Final = 3600
"""Seconds within which an article counts as updated when it was published."""
_SIGNS: Final = {"audio": ("♪", "Episode"), "video": ("▶", "Film"), "image": ("▣", "Picture")}


def about(article: Article, pace: int) -> str:
    """Give the line under an article's headline; its reading time is told by a pace in words a minute."""
    row = article.row
    parts = [row.author or "", _date(row.published), _changed(article), as_time(row.minutes_at(pace))]
    also = f"also in {', '.join(row.others)}" if row.others else ""
    return " · ".join(part for part in (*parts, row.section or row.source, also, *article.meta) if part)


def _date(when: int | None) -> str:
    if when is None:
        return ""
    then = datetime.fromtimestamp(when, UTC)
    return f"{then.day} {then:%b %Y}"


def _changed(article: Article) -> str:
    published, updated = article.row.published, article.row.revised or article.updated
    if updated is None or (published is not None and updated - published < _SAME):
        return ""
    return f"updated {_date(updated)}"


def tags(article: Article) -> str:
    """Give the publisher's tags on a line, empty for none."""
    more = len(article.tags) - _TAGS
    return ", ".join(article.tags[:_TAGS]) + (f" and {more} more" if more > 0 else "")


def playable(article: Article) -> Enclosure | None:
    """Give the enclosure that is played: the first to hear or to see, else the first."""
    heard = (part for part in article.enclosures if part.type.startswith(("audio/", "video/")))
    return next(heard, next(iter(article.enclosures), None))


def enclosures(article: Article) -> list[str]:
    """Give a line for each file that came with an article."""
    played = playable(article)
    return [_file(part) + (" — P plays it" if part is played else "") for part in article.enclosures]


def _file(part: Enclosure) -> str:
    sign, name = _SIGNS.get(part.type.partition("/")[0], ("▤", "File"))
    long = as_time(max(1, round(part.seconds / 60))) if part.seconds else ""
    size = f"{max(1, round(part.size / 1e6)):,} MB" if part.size else ""
    return f"{sign} " + ", ".join(text for text in (part.title or name, long, size) if text)


def below(article: Article) -> tuple[Block, ...]:
    """Give what follows an article's text: how to have the rest of it, and where it is talked about."""
    blocks = []
    if article.problem:
        blocks.append(_quiet(f"The whole article could not be had: {article.problem}"))
    elif article.row.cut and not article.as_page and (article.row.url or "").startswith(("http:", "https:")):
        fetches = "This is only the beginning: x fetches the whole article."
        blocks.append(_quiet("x shows the whole article." if article.row.offline else fetches))
    if article.comments:
        text = f"Comments: {article.comments}"
        blocks.append(Block("aside", text, (Span(10, len(text), "link", article.comments),)))
    return tuple(blocks)


def _quiet(text: str) -> Block:
    return Block("aside", text)
