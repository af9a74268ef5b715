"""Markdown as files hold it: what tells it from plain text, its front matter, and one article of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.ingest import days
from reader.ingest.front import Front, divide
from reader.ingest.teaser import plain, teaser
from reader.model.article import Entry
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

ENOUGH: Final = 3
"""What signs must come to together; none but front matter is enough alone."""

_SUFFIXES: Final = (".md", ".markdown", ".mdown", ".mkd", ".mdwn", ".mdx", ".rmd", ".qmd")
_LOOKED_AT: Final = 200_000


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of Markdown: what it looks like, how often it has to be there, and how much it tells."""

    looks: re.Pattern[str]
    least: int
    tells: int


_SIGNS: Final = tuple(
    _Sign(re.compile(looks, re.MULTILINE), least, tells)
    for looks, least, tells in (
        (r"\A\s{0,20}# \S", 1, 1),
        (r"^ {0,3}#{1,6} \S", 1, 2),
        (r"^ {0,3}#{1,6} \S", 3, 1),
        (r"^ {0,3}(?:```|~~~)", 2, 3),
        (r"(?<!!)\[[^\]\[\n]{1,200}\]\((?:https?:|mailto:|\.|/|#|[\w-]{1,80}\.)[^)\s]{0,500}\)", 1, 2),
        (r"!\[[^\]\n]{0,200}\]\([^)\s]{1,500}\)", 1, 3),
        (r"^ {0,3}\[[^\]\n]{1,80}\]: +\S+", 1, 2),
        (r"^ {0,3}\[\^[\w-]{1,40}\]:", 1, 3),
        (r"^ {0,3}\|? *:?-{3,}:? *\|[ :|-]*$", 1, 3),
        (r"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])", 2, 2),
        (r"(?<![\w`])`[^`\n]{1,100}`(?![\w`])", 2, 1),
        (r"^ {0,3}[-*+] \S", 3, 1),
        (r"^ {0,3}> \S", 2, 1),
        (r"^[^\n]{1,100}\n(?:={3,}|-{3,})[ \t]*$", 1, 1),
    )
)
_TITLE: Final = re.compile(
    r"\A {0,3}(?:# +(?P<atx>[^\n]{1,1000}?)(?: +#+)?[ \t]*(?:\n|\Z)"
    r"|(?P<setext>[^\s#>|][^\n]{0,1000})\n=+[ \t]*(?:\n|\Z))"
)
_HEADING: Final = re.compile(r"^ {0,3}#{1,6} +([^\n]{1,1000}?)(?: +#+)?[ \t]*$", re.MULTILINE)
_OPENING: Final = 80


def looks_like(text: str, name: str = "", content_type: str = "") -> bool:
    """Tell whether a text is Markdown.

    Args:
        text: the text.
        name: what its file is called: its ending tells something, never enough.
        content_type: what came with it over the network, taken in the same way.
    """
    text = text[:_LOOKED_AT]
    front, _ = divide(text)
    if front is not None:
        return True
    told = 2 if name.lower().endswith(_SUFFIXES) or "markdown" in content_type.lower() else 0
    for sign in _SIGNS:
        told += sign.tells if _found(sign, text) else 0
        if told >= ENOUGH:
            return True
    return False


def _found(sign: _Sign, text: str) -> bool:
    """Tell whether a sign is there as often as it has to be."""
    return any(number >= sign.least for number, _ in enumerate(sign.looks.finditer(text), 1))


def entry(text: str, called: str = "") -> Entry:
    """Make one article of a Markdown text.

    Args:
        text: the text, with line ends as they came.
        called: what to call it when it has no title of its own.
    """
    front, body = divide(text.replace("\r\n", "\n").replace("\r", "\n"))
    front = front or Front({})
    title = front.first("title")
    body = body.strip("\n")
    head = _TITLE.match(body)
    if head is not None:
        own = plain(head["atx"] or head["setext"]).strip()
        if not title or _same(own, title):
            title, body = own, body[head.end() :]
    if not title:
        title = _headline(body) or called or _first_words(body)
    tags = (tag for key in ("tags", "tag", "keywords", "categories", "category") for tag in front.all(key))
    return Entry(
        title=title,
        author=", ".join(front.all("author") or front.all("authors") or front.all("by")) or None,
        excerpt=plain(front.first("description", "excerpt", "summary", "abstract")) or teaser(body),
        body=body.strip("\n"),
        markdown=True,
        url=front.first("canonical_url", "canonicalUrl", "canonical", "url", "source", "link") or None,
        published=_first_date(front.first(key) for key in ("date", "published", "publishDate", "pubDate", "created")),
        updated=_first_date(front.first(key) for key in ("updated", "lastmod", "last_modified_at", "modified")),
        tags=tuple(dict.fromkeys(tags)),
        language=front.first("lang", "language", "locale") or None,
    )


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _headline(body: str) -> str:
    """Give the first heading of a text, of whatever level."""
    found = _HEADING.search(body[:_LOOKED_AT])
    return plain(found[1]).strip() if found else ""


def _first_words(body: str) -> str:
    text = teaser(body)
    return text if len(text) <= _OPENING else text[:_OPENING].rsplit(None, 1)[0].rstrip(" ,;:–—-") + "…"


def _first_date(texts: Iterable[str]) -> int | None:
    return next((when for when in map(days.seconds, texts) if when is not None), None)
