"""One article with links beside it, or a page of headlines? What tells them apart."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from reader.ingest.topics import marks as topic_marks
from reader.ingest.topics import structured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.ingest.topics.records import Record
    from reader.ingest.topics.sheet import Sheet
    from reader.ingest.topics.structured import Told

PARAGRAPH: Final = 80
"""How much a paragraph of prose says at least."""

_TEASER: Final = 500
_PART: Final = 100
_LONGEST: Final = 5_000
_LEAVES: Final = frozenset({"p", "pre", "blockquote", "li", "dd", "td", "div", "section", "article"})


def is_article(flat: Sheet, told: Told, records: Sequence[Record]) -> bool:
    """Tell whether a page is one article, whatever else it links to.

    Prose that stands outside all records is the article's; a teaser stands within a record. What the
    page says of itself tips the balance: many sites call each of their pages an article.
    """
    prose = sum(size for _, size in _prose(flat, records))
    teased = sum(topic_marks.weight(record.mark.title) for record in records) + _teased(flat, records)
    headings = sum(record.mark.level != "bare" for record in records)
    balance = prose - 1.2 * teased - 50 * min(headings, 5)
    if _opens_with_prose(flat, records):
        balance += 1_000
    if flat.metas.get("og:type", "").lower() == "article":
        balance += 400
    if "article:published_time" in flat.metas and not told.listed:
        balance += 300
    if structured.main(told) is not None:
        balance += 1_500
    if told.collection:
        balance -= 1_500
    if told.listed:
        balance -= 300
    return balance > 0


def _prose(flat: Sheet, records: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """Give where each paragraph stands that is outside all records, and how much it says."""
    held = _held(flat, records)
    starts = [start for start, _ in held]
    for opens, closes, links in _paragraphs(flat):
        number = bisect_right(starts, opens) - 1
        if number >= 0 and opens < held[number][1]:
            continue
        size = topic_marks.weight(flat.text[opens : min(closes, opens + 100_000)])
        if size >= PARAGRAPH and 2 * links < closes - opens:
            yield opens, size


def _opens_with_prose(flat: Sheet, records: Sequence[Record]) -> bool:
    """Tell whether a page says much before its first record: more than one that only leads to others."""
    first = min((flat.opens[record.places[0]] for record in records), default=0)
    ahead = [size for opens, size in _prose(flat, records) if opens < first]
    return len(ahead) > 2 and sum(ahead) >= 500


def _held(flat: Sheet, records: Sequence[Record]) -> list[tuple[int, int]]:
    """Give where the text of records begins and ends, in order."""
    return sorted((flat.opens[place], flat.closes[place]) for record in records for place in record.places)


def _teased(flat: Sheet, records: Sequence[Record]) -> int:
    """Give how much the records say beside their headlines; what is longer than a teaser may be an article's part."""
    sizes = [sum(flat.size(place) for place in record.places) - flat.size(record.mark.at) for record in records]
    longest = _PART if sum(sizes) > _TEASER * len(sizes) else _TEASER
    return sum(min(max(0, size), longest) for size in sizes)


def _paragraphs(flat: Sheet) -> Iterator[tuple[int, int, int]]:
    """Give where each stretch of text without a block in it begins and ends, and how much of it is links."""
    done = -1
    for at, tag in enumerate(flat.tags):
        opens, closes = flat.opens[at], flat.closes[at]
        if tag not in _LEAVES or opens < done or closes - opens < PARAGRAPH // 3:
            continue
        parted = flat.text.find("\n", opens, min(closes, opens + _LONGEST))
        if tag == "p" or parted < 0 or parted >= closes - 1:
            done = closes
            yield opens, closes, flat.links_of(at)
