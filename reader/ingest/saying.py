"""What something was taken for, in people's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reader.ingest.found import Found

KINDS: Final = {
    "listing": "listing", "feed": "feed", "topic": "headlines page", "page": "web page", "book": "book",
    "texts": "texts", "folder": "folder", "export": "export", "removed": "removed", "guide": "guide",
}  # fmt: skip
"""What people call the kinds of what is found and of sources."""


def say(found: Found) -> str:
    """Tell what something was taken for, what is the matter with it, and which feeds there are instead."""
    parts = [_taken_for(found)]
    if found.problem:
        parts.append(found.problem)
    if found.offers:
        parts.append(_offered(found))
    return "; ".join(parts)


def _taken_for(found: Found) -> str:
    match found.kind:
        case "listing" | "feed" | "topic":
            return f"a {KINDS[found.kind]}: {found.title}, {_articles(found)}"
        case "book":
            return f"a book: {found.title}, {_counted(len(found.entries), 'chapter')}"
        case "subscriptions":
            return f"a list of {_counted(len(found.sources), 'subscription')}"
        case "export":
            if found.export is not None:
                return f"an export of reader: {_counted(found.total, 'article')}"
            return _export(found)
        case "page":
            return f"a web page: {found.title}, {_words(found)}"
        case _:
            return f"one article: {found.title}, {_words(found)}"


def _export(found: Found) -> str:
    """Tell what an export holds, so that one knows before it is taken in what will come."""
    counts = (
        (sum(one.read for one in found.saved), "read"),
        (sum(one.bookmarked for one in found.saved), "to be bookmarked"),
        (sum(bool(one.tags) for one in found.saved), "tagged"),
        (sum(bool(one.note) for one in found.saved), "with notes"),
    )
    parts = [f"an export of {found.title}: {_counted(found.total, 'article')}"]
    parts += [f"{count:,} {what}" for count, what in counts if count]
    if quotes := sum(len(one.highlights) for one in found.saved):
        parts.append(_counted(quotes, "highlight"))
    parts += [found.kept] * bool(found.kept)
    parts += [_counted(len(found.sources), "feed")] * bool(found.sources)
    parts += [f"{len(found.left_out):,} left out"] * bool(found.left_out)
    return ", ".join(parts)


def _articles(found: Found) -> str:
    count = len(found.entries)
    return _counted(count, "article") if found.total <= count else f"{count:,} of its {found.total:,} articles"


def _words(found: Found) -> str:
    text = next((one.body or one.excerpt for one in found.entries), "")
    return _counted(len(text.split()), "word")


def _offered(found: Found) -> str:
    best = found.offers[0]
    called = f"{best.title} ({best.url})" if best.title else best.url
    if best.guessed:
        return f"there may be a feed: {called}"
    if len(found.offers) == 1:
        return f"this page has a feed: {called}"
    return f"this page has {len(found.offers)} feeds, the first is {called}"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what if count == 1 else f'{what}s'}"
