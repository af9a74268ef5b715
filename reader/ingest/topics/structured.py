"""What a page tells machines of its articles: JSON-LD here, microdata and microformats in `marked`."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from reader.ingest.plain import names
from reader.ingest.topics import dates as web_dates
from reader.ingest.topics import marked, sheet
from reader.ingest.topics.told import Item
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.topics.sheet import Sheet

Json: TypeAlias = Any
"""Whatever a page put there: each use looks at what it got."""

DEEPEST: Final = 12
MOST_VALUES: Final = 50_000
MOST_ITEMS: Final = 2_000
_LONGEST: Final = 4_000_000
_PEOPLE: Final = 20

_ARTICLE: Final = re.compile(r"\w*(?:article|posting|report|review)|story|creativework|webpage", re.IGNORECASE)
_PAGE: Final = names.words("webpage creativework itempage")
_COLLECTION: Final = names.words("collectionpage itemlist blog searchresultspage profilepage datafeed")
_ASIDE: Final = names.words(
    "author publisher image breadcrumb ispartof logo creator contributor copyrightholder potentialaction video audio"
    " comment aggregaterating reviewrating offers sourceorganization about mentions citation"
)
"""Properties that tell of something else than the articles of a page."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that a page tells: its articles and items in order, and whether it calls itself a collection."""

    items: tuple[Item, ...] = ()
    collection: bool = False
    listed: bool = False


def read(page: str | Sheet, address: str = "", now: int | None = None) -> Told:
    """Read all that a page tells machines of its articles.

    Args:
        page: the page's source, or laid flat.
        address: where it came from.
        now: the present; what is dated after it loses its date.
    """
    flat = sheet.of(page, address)
    reader = _Reader(flat, int(time.time()) if now is None else now)
    for text in flat.data:
        reader.take(_parsed(text))
    items = reader.items
    for item in marked.items(flat, reader.now):
        items.setdefault(item.url or f"#{len(items)}", item)
    return Told(tuple(items.values())[:MOST_ITEMS], reader.collection, reader.listed)


def articles(page: str | Sheet, address: str = "", now: int | None = None) -> tuple[Item, ...]:
    """Give the articles that a page tells of, in its order, each with a title and an address."""
    return tuple(item for item in read(page, address, now).items if item.title and item.url and not item.main)


def article(page: str | Sheet, address: str = "", now: int | None = None) -> Item | None:
    """Give the one article that a page says it is, None when it does not say so."""
    return main(read(page, address, now))


def main(told: Told) -> Item | None:
    """Give the one article among what a page tells that it says it is."""
    own = [item for item in told.items if item.kind and item.main]
    if own:
        return own[0]
    written = [item for item in told.items if item.kind and item.kind not in _PAGE]
    return written[0] if len(written) == 1 and not told.collection and not told.listed else None


def _parsed(text: str) -> Json:
    """Read JSON as it is found on pages; None when it cannot be read."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


class _Reader:
    """Walks through JSON-LD, never deeper and never longer than the bounds."""

    def __init__(self, flat: Sheet, now: int) -> None:
        self.items: dict[str, Item] = {}
        self.collection = False
        self.listed = False
        self.now = now
        self._flat = flat
        self._left = MOST_VALUES

    def take(self, value: Json) -> None:
        """Look into a value and all within, in its order."""
        waiting: list[tuple[Json, int, bool]] = [(value, 0, True)]
        while waiting and self._left > 0 and len(self.items) < MOST_ITEMS:
            value, depth, top = waiting.pop()
            self._left -= 1
            if isinstance(value, list):
                within = [(one, depth + 1, top) for one in value[: self._left]]
            elif isinstance(value, dict):
                within = [(one, depth + 1, now_top) for one, now_top in self._object(value, top=top)]
            else:
                continue
            if depth < DEEPEST:
                waiting.extend(reversed(within))

    def _object(self, value: dict[str, Json], *, top: bool) -> Iterator[tuple[Json, bool]]:
        """Take what one object tells; give what to look into, and whether it stands on top like it."""
        kinds = _kinds(value)
        if "breadcrumblist" in kinds:
            return
        self.collection |= top and not kinds.isdisjoint(_COLLECTION)
        self.listed |= "itemlist" in kinds
        if "listitem" in kinds and not _kinds(value.get("item")):
            named = _text(value.get("name")) or _text(value.get("item") if isinstance(value.get("item"), dict) else "")
            self._add(Item(title=named, url=self._url(value.get("item") or value.get("url"))))
        kind = next((one for one in kinds if _ARTICLE.fullmatch(one)), "")
        if kind and kind not in _PAGE:
            self._add(self._item(value, kind, top=top))
        for name, one in list(value.items())[: self._left]:
            if isinstance(one, (dict, list)) and name.lower() not in _ASIDE:
                yield one, top and name in {"@graph", "mainEntity", "mainEntityOfPage"}

    def _add(self, item: Item) -> None:
        key = item.url or f"#{len(self.items)}"
        known = self.items.get(key)
        if known is None:
            if item.url or item.title:
                self.items[key] = item
        else:
            self.items[key] = replace(known.filled(item), main=known.main or item.main, kind=known.kind or item.kind)

    def _item(self, value: dict[str, Json], kind: str, *, top: bool) -> Item:
        """Make an item of an object of an article's type."""
        url = self._url(value.get("url") or value.get("mainEntityOfPage") or value.get("@id"))
        free = value.get("isAccessibleForFree")
        return Item(
            title=_text(value.get("headline")) or _text(value.get("name")),
            url=url,
            author=people(value.get("author") or value.get("creator")),
            published=self._date(value.get("datePublished") or value.get("dateCreated")),
            updated=self._date(value.get("dateModified")),
            excerpt=_text(value.get("description") or value.get("abstract")),
            body=_text(value.get("articleBody")),
            image=self._url(value.get("image") or value.get("thumbnailUrl"), picture=True),
            section=_text(value.get("articleSection")),
            language=_text(value.get("inLanguage")),
            tags=_tags(value.get("keywords")),
            kind=kind,
            free=False if free is False or (isinstance(free, str) and free.strip().lower() == "false") else None,
            main=top and (not url or _same(url, self._flat.address)),
        )

    def _date(self, value: Json) -> int | None:
        return web_dates.moment(_text(value), self.now)

    def _url(self, value: Json, *, picture: bool = False) -> str:
        """Give the address that a value is or holds."""
        for _ in range(3):
            if isinstance(value, list):
                value = value[0] if value else ""
            if isinstance(value, dict):
                value = next((value[key] for key in ("url", "@id", "contentUrl") if value.get(key)), "")
        if not isinstance(value, str) or not value.strip() or len(value) > sheet.MAX_VALUE:
            return ""
        if value.startswith(("#", "_:")) and not picture:
            return ""
        return self._flat.absolute(value)


def _kinds(value: Json) -> set[str]:
    """Give the types of an object, bare and in lower case."""
    kinds = value.get("@type") if isinstance(value, dict) else None
    told = kinds if isinstance(kinds, list) else [kinds]
    return {re.split("[/#:]", one)[-1].lower() for one in told[:20] if isinstance(one, str) and len(one) < 200}


def _text(value: Json) -> str:
    """Give the text that a value is or holds; in lists, the first."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else ""
        if isinstance(value, dict):
            value = next((value[key] for key in ("name", "@value", "headline") if value.get(key)), "")
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def people(value: Json) -> str:
    """Give the names of authors, however they are told: a text, an object, or a list of these."""
    told = value if isinstance(value, list) else [value]
    found = (" ".join(names.author(_text(one)).split()) for one in told[:_PEOPLE])
    return ", ".join(dict.fromkeys(one for one in found if one and not one.startswith(("http:", "https:"))))


def _tags(value: Json) -> tuple[str, ...]:
    told = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(one for one in (_text(part) for part in told[:50]) if one)


def _same(url: str, address: str) -> bool:
    return sheet.parts(url) == sheet.parts(address)
