"""Articles that a page marks for machines in its own elements: microdata, h-entry and its elder hentry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.ingest.plain import names
from reader.ingest.topics import dates as web_dates
from reader.ingest.topics.told import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.topics.sheet import Sheet

MOST: Final = 2_000
_LONGEST: Final = 100_000

_TYPE: Final = re.compile(r"schema\.org/\w*(?:article|posting|report|review|story)\b", re.IGNORECASE)
_LIST_ITEM: Final = re.compile(r"schema\.org/listitem\b", re.IGNORECASE)
# Names of properties on the left as microdata and both microformats call them.
_FIELDS: Final = {
    "title": ("headline", "name", "p-name", "entry-title"),
    "url": ("url", "mainentityofpage", "u-url"),
    "author": ("author", "creator", "p-author"),
    "published": ("datepublished", "datecreated", "dt-published", "published"),
    "updated": ("datemodified", "dt-updated", "updated"),
    "excerpt": ("description", "abstract", "p-summary", "entry-summary"),
    "image": ("image", "thumbnailurl", "u-photo", "u-featured"),
    "section": ("articlesection",),
    "body": ("articlebody", "e-content", "entry-content"),
}
_FIELD: Final = {name: field for field, told in _FIELDS.items() for name in told}
_MARK: Final = names.words(" ".join(_FIELD))


def items(flat: Sheet, now: int) -> Iterator[Item]:
    """Give the articles that a page marks, in its order."""
    roots, owners = _roots(flat)
    if not roots:
        return
    found: dict[int, dict[str, list[int]]] = {root: {} for root in roots}
    for at, attrs in enumerate(flat.attrs):
        owner = owners[flat.parents[at]] if at and ("class" in attrs or "itemprop" in attrs) else -1
        if owner < 0:
            continue
        for name in _names(attrs, microdata=roots[owner] == "microdata"):
            found[owner].setdefault(_FIELD[name], []).append(at)
    for root, fields in found.items():
        item = _item(flat, root, fields, now)
        if item.title or item.url:
            yield item


def _roots(flat: Sheet) -> tuple[dict[int, str], list[int]]:
    """Find the elements that are articles, and of each element which of them it belongs to."""
    roots: dict[int, str] = {}
    owners: list[int] = []
    for at, attrs in enumerate(flat.attrs):
        parent = flat.parents[at]
        owner = owners[parent] if parent >= 0 else -1
        kind = _root(attrs) if attrs and len(roots) < MOST else ""
        if kind:
            roots[at] = kind
            owner = at
        elif owner >= 0 and _is_other(attrs, microdata=roots[owner] == "microdata"):
            # A person or an organisation within: what it is called is not the article's name.
            owner = -1
        owners.append(owner)
    return roots, owners


def _root(attrs: dict[str, str]) -> str:
    kind = attrs.get("itemtype", "") if "itemscope" in attrs else ""
    if kind and (_TYPE.search(kind) or _LIST_ITEM.search(kind)):
        return "microdata"
    marks = attrs.get("class", "").split()
    return "microformat" if "h-entry" in marks or "hentry" in marks else ""


def _is_other(attrs: dict[str, str], *, microdata: bool) -> bool:
    if microdata:
        return "itemscope" in attrs
    return not {"h-card", "vcard"}.isdisjoint(attrs.get("class", "").split())


def _names(attrs: dict[str, str], *, microdata: bool) -> frozenset[str]:
    told = attrs.get("itemprop" if microdata else "class", "").lower().split()
    return _MARK.intersection(told)


def _item(flat: Sheet, root: int, fields: dict[str, list[int]], now: int) -> Item:
    """Put an item together."""

    def text(field: str) -> str:
        return next((said for at in fields.get(field, ()) if (said := _value(flat, at))), "")

    def address(field: str) -> str:
        return next((url for at in fields.get(field, ()) if (url := _link(flat, at))), "")

    title = next((one for one in fields.get("title", ()) if flat.said(one, 2_000)), None)
    url = address("url") or (_link(flat, title) if title is not None else "")
    people = (" ".join(names.author(_person(flat, at)).split()) for at in fields.get("author", ())[:20])
    listed = _LIST_ITEM.search(flat.attrs[root].get("itemtype", "")) is not None
    return Item(
        title=text("title") if title is None else flat.said(title, 2_000),
        url=url,
        author=", ".join(dict.fromkeys(one for one in people if one)),
        published=_date(flat, fields.get("published", []), now),
        updated=_date(flat, fields.get("updated", []), now),
        excerpt=text("excerpt"),
        image=address("image"),
        section=text("section"),
        kind="" if listed else "article",
        main=bool(url) and url == flat.absolute(flat.address),
    )


def _date(flat: Sheet, marks: list[int], now: int) -> int | None:
    told = (web_dates.moment(flat.attrs[at].get("title") or _value(flat, at), now) for at in marks[:5])
    return next((one for one in told if one is not None), None)


def _value(flat: Sheet, at: int) -> str:
    attrs = flat.attrs[at]
    return attrs.get("content") or attrs.get("datetime") or flat.said(at, _LONGEST)


def _person(flat: Sheet, at: int) -> str:
    """Give a person's name: marked as such within, or all that is said."""
    attrs = flat.attrs[at]
    if attrs.get("content"):
        return attrs["content"]
    for within in range(at + 1, min(flat.ends[at], at + 20)):
        inner = flat.attrs[within]
        marks = {inner.get("itemprop", "").lower(), *inner.get("class", "").split()}
        if marks & {"name", "p-name", "fn"}:
            return inner.get("content") or flat.said(within, 200)
    return flat.said(at, 200)


def _link(flat: Sheet, at: int) -> str:
    """Give the address that an element is, holds, or stands in."""
    places = [at, *range(at + 1, min(flat.ends[at], at + 10)), flat.parents[at]]
    for place in places:
        attrs = flat.attrs[place]
        href = attrs.get("href") or attrs.get("src") or (attrs.get("content", "") if place == at else "")
        if href and (url := flat.absolute(href)):
            return url
    return ""
