"""newsboat's list of feeds (`urls`), and the articles of its `cache.db`.

A line of `urls` is an address, in quotes where it has spaces, and then tags: `"~Title"` is the feed's title, `"!"`
hides it. `exec:` and `filter:` run programs, `query:` searches: none of them is a feed with an address, and nothing is
ever run (newsboat's manual, "Tagging", "Scripts and filters", "Query feeds"). The tables of `cache.db` are told by
newsboat 2.21 itself; `reader.storage.foreign` reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.ingest import sanitize
from reader.ingest.errors import IngestError
from reader.ingest.exports import making
from reader.ingest.exports.making import Made
from reader.ingest.exports.tables import text_of
from reader.ingest.found import Found
from reader.ingest.net.addresses import without_login
from reader.ingest.opml import SOURCES
from reader.model.article import Enclosure, Entry
from reader.model.identity import feed_id
from reader.model.saved import Saved
from reader.model.source import Care, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NEWSBOAT: Final = "newsboat"

_WORD: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)')
_MANY: Final = 10_000


def urls(data: bytes) -> Found:
    """Read a list of feeds: the first tag becomes the folder that a feed is in, the others are told.

    Raises:
        IngestError: no feed in it has a web address.
    """
    left: list[str] = []
    found: dict[str, Source] = {}
    for number, line in enumerate(text_of(data).splitlines(), 1):
        words = [one.replace('\\"', '"') or other for one, other in _WORD.findall(line)]
        if not words or line.lstrip().startswith("#"):
            continue
        place = f"line {number:,}"
        kind = words[0].partition(":")[0]
        if kind in {"exec", "filter", "query"}:
            what = "a search: save it as a view" if kind == "query" else "it would run a program, which is never done"
            left.append(f"{place}: {kind}: is left out, {what}")
            continue
        _take(found, left, place, words)
        if len(found) > SOURCES:
            raise IngestError(f"it names more than {SOURCES:,} feeds, too many to take at once")
    if not found:
        raise IngestError(
            f"it is newsboat's list of feeds, but no feed in it has a web address ({left[0]})" if left else ""
        )
    return Found("subscriptions", NEWSBOAT, sources=tuple(found.values()), left_out=tuple(left))


def _take(found: dict[str, Source], left: list[str], place: str, words: Sequence[str]) -> None:
    address = without_login(sanitize.link(re.sub("^feed:(//)?(?=https?:)|^feed(?=://)", _scheme, words[0])) or "")[0]
    if not address:
        left.append(f"{place}: {sanitize.line(words[0], 80)}: it is no web address")
        return
    title = next((word[1:] for word in words[1:] if word.startswith("~")), "")
    tags = [word for word in words[1:] if not word.startswith(("~", "!"))]
    if any(word.startswith("!") for word in words[1:]):
        left.append(f"{place}: it is hidden in newsboat; here it is listed")
    if len(tags) > 1:
        left.append(f"{place}: a feed is in one folder: of its tags, {sanitize.line(tags[0], 80)} was taken")
    title = sanitize.line(title, sanitize.TITLE)
    care = Care(named=bool(title), folder=sanitize.line(tags[0], sanitize.SECTION) if tags else "")
    name = feed_id(address)
    if name in found:
        left.append(f"{place}: the same feed is named before")
    else:
        found[name] = Source(name, "feed", title or address, address, care=care)


def _scheme(found: re.Match[str]) -> str:
    return "http" if found[0] == "feed" else ""


def articles(rows: Iterable[Sequence[object]]) -> Found:
    """Make articles of rows of `cache.db`, in their order; one without a web address stays without.

    Args:
        rows: id, guid, title, author, url, feed's address, moment, HTML, unread, enclosure's address and type, flags,
            base address: of any type, as a file that somebody made may hold anything.
    """
    made = Made(NEWSBOAT)
    entries, saved = [], []
    for row in rows:
        _, guid, title, author, url, feed, at, html, unread, enclosed, kind, flags, base = (*row, *[None] * 13)[:13]
        link = _text(url)
        body, excerpt = making.body(_text(html), _text(base) or link)
        files = (Enclosure(_text(enclosed), _text(kind)),) if _text(enclosed) else ()
        entry = Entry(
            title=_text(title),
            author=_text(author) or None,
            url=link,
            guid=_text(guid) or None,
            published=at if isinstance(at, int) and at > 0 else None,
            body=body,
            markdown=True,
            excerpt=excerpt,
            cut=body is None,
            enclosures=files,
        )
        entries.append(sanitize.entry(entry))
        marks = _text(flags)
        saved.append(Saved(read=unread == 0, bookmarked=bool(marks), tags=_flags(marks), feed=_feed(_text(feed))))
    return Found("export", made.program, tuple(entries), saved=tuple(saved), total=len(entries))


def _flags(flags: str) -> tuple[str, ...]:
    """Give the letters that the user set as tags: what each means only the user knows."""
    return tuple(f"flag {letter}" for letter in dict.fromkeys(flags) if letter.isascii() and letter.isalpha())


def _feed(address: str) -> str:
    found = sanitize.link(address) or ""
    return without_login(found)[0] if found.lower().startswith(("http://", "https://")) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
