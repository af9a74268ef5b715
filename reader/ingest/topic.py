"""A web page of headlines, as a source of articles: by what it tells machines, and by its repeated structure."""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from reader.ingest import sanitize
from reader.ingest.found import Found
from reader.ingest.topics import dates as web_dates
from reader.ingest.topics import fields as topic_fields
from reader.ingest.topics import marks as topic_marks
from reader.ingest.topics import records as topic_records
from reader.ingest.topics import sheet, structured
from reader.ingest.topics.kind import is_article
from reader.model.article import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.topics.records import Record
    from reader.ingest.topics.sheet import Sheet
    from reader.ingest.topics.structured import Told
    from reader.ingest.topics.told import Item

MOST: Final = 1_000
"""The entries that are kept of one page."""

_LONGEST_DATE: Final = 60
_PARTING: Final = re.compile(r"\s+[|·•–—-]\s+|\s*[|«»]\s*|:: ")


def read(page: str | Sheet, address: str = "", now: int | None = None, *, sure: bool = False) -> Found | None:
    """Read a page of headlines.

    Args:
        page: the page's source, or laid flat.
        address: where it came from.
        now: the present, for dates told from it.
        sure: read it so though it looks like one article.

    Returns:
        What was found, of kind `topic`; None when the page is one article, or has too few headlines.
    """
    flat = sheet.of(page, address)
    present = int(time.time()) if now is None else now
    told = structured.read(flat, address, present)
    unwanted = topic_marks.noise(flat)
    records = topic_records.records(flat, unwanted)
    if not sure and is_article(flat, told, records):
        return None
    days = _days(flat, present)
    seen = [_dated(topic_fields.item(flat, record, unwanted, present), record, days) for record in records]
    items = _joined([one for one in seen if one.url], told)
    if len(items) < topic_records.FEWEST:
        return None
    heading = called(flat, [record.mark.at for record in records])
    entries = tuple(_entry(one, heading, flat.language) for one in items[:MOST])
    return Found(
        "topic",
        heading,
        entries,
        address=address,
        site=address,
        language=sanitize.language(flat.language),
        total=len(items),
    )


def _days(flat: Sheet, now: int) -> list[tuple[int, int]]:
    """Find the headings that are dates, under which a page puts the records of a day."""
    headings = (at for at, tag in enumerate(flat.tags) if tag in sheet.HEADINGS and 0 < flat.size(at) < _LONGEST_DATE)
    told = ((at, web_dates.moment(flat.said(at), now)) for at in islice(headings, MOST))
    return [(at, moment) for at, moment in told if moment is not None]


def _dated(item: Item, record: Record, days: Sequence[tuple[int, int]]) -> Item:
    """Date an item by the heading that it stands under."""
    number = bisect_left(days, (record.places[0], 0))
    return replace(item, published=days[number - 1][1]) if item.published is None and number else item


def _joined(seen: Sequence[Item], told: Told) -> list[Item]:
    """Join what was seen with what was told: the page's order where it shows all, else the data's."""
    good = {_key(one.url): one for one in told.items if one.title and one.url and not one.main}
    shown = {_key(one.url): one for one in seen}
    if len(good) < topic_records.FEWEST or 2 * len(good) < len(shown):
        return [_filled(one, good.get(key)) for key, one in shown.items()]
    common = sum(key in shown for key in good)
    if 5 * common >= 4 * len(good):
        return [_filled(one, good.get(key)) for key, one in shown.items()]
    return [_filled(one, shown.get(key), first=True) for key, one in good.items()]


def _filled(item: Item, other: Item | None, *, first: bool = False) -> Item:
    """Fill an item's gaps; what was told is better than what was seen, except for text that is longer there."""
    if other is None:
        return item
    seen, told = (other, item) if first else (item, other)
    both = told.filled(seen)
    return replace(both, title=seen.title or told.title, excerpt=max(told.excerpt, seen.excerpt, key=len), body="")


def _key(url: str) -> str:
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def _entry(item: Item, section: str, language: str) -> Entry:
    return sanitize.entry(
        Entry(
            title=item.title,
            author=item.author or None,
            section=section or None,
            excerpt=item.excerpt,
            cut=not item.complete,
            url=item.url,
            published=item.published,
            updated=item.updated,
            tags=item.tags,
            language=item.language or language or None,
            image=item.image or None,
            comments=item.comments or None,
        )
    )


def called(flat: Sheet, headlines: Sequence[int] = ()) -> str:
    """Give what a page is called: its one heading, or its title without the site's name."""
    own = sorted(headlines)
    found: list[int] = []
    for at, tag in enumerate(flat.tags):
        holds_headline = bisect_left(own, at) < bisect_left(own, flat.ends[at])
        if tag == "h1" and not holds_headline and 0 < flat.size(at) <= sanitize.SECTION:
            found.append(at)
    titled = _bare_title(flat)
    headings = [flat.said(at) for at in found if not _is_logo(flat, at)]
    if headings and (len(headings) == 1 or not titled):
        return sanitize.line(headings[0], sanitize.SECTION)
    return sanitize.line(titled or (flat.said(found[0]) if found else "") or site_name(flat), sanitize.SECTION)


def site_name(flat: Sheet) -> str:
    """Give the name of the site."""
    return flat.metas.get("og:site_name") or sheet.parts(flat.address)[0]


def _is_logo(flat: Sheet, at: int) -> bool:
    """Tell whether a heading is the site's name, which leads home from its other pages."""
    if sheet.parts(flat.address)[1] == "":
        return False
    for place in (flat.parents[at], *range(at, min(flat.ends[at], at + 4))):
        if place >= 0 and flat.tags[place] == "a":
            url = flat.absolute(flat.attrs[place].get("href", ""))
            return bool(url) and sheet.parts(url)[1] == ""
    return False


def _bare_title(flat: Sheet) -> str:
    """Give the page's title without the name of the site."""
    title = " ".join((flat.metas.get("og:title") or flat.title).split())[:500]
    site = flat.metas.get("og:site_name", "").casefold()
    parts = [part for part in _PARTING.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    host = sheet.parts(flat.address)[0].split(".")[0]
    rest = [part for part in parts if part.casefold() != site and part.casefold().replace(" ", "") != host]
    if len(rest) == len(parts):
        rest = parts[:-1]
    return max(rest[:2], key=len) if rest and len(rest[0]) < 4 else (rest or parts)[0]
