"""How like an entry is to an article in the library: in address, date, headline and text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from reader.model.identity import canonical_url, fingerprint

if TYPE_CHECKING:
    from reader.storage.coming import Coming

SAME_DAY: Final = 14 * 3600
"""Seconds by which the dates of one article may differ; a column that appears daily has more between two."""
_DAY: Final = 86_400
TELLING: Final = 5
"""Words of a headline that no two articles are likely to share."""
OWN_WORDS: Final = 6
"""Words that say something of their own; fewer are a teaser."""
_OPENING: Final = 160
_ALIKE: Final = 0.8
_HEADLINE: Final = 12
"""Characters of a headline that another may begin with without being nearly the same by chance."""
_NEARLY: Final = 0.6


class Known(NamedTuple):
    """What is known of an article in the library."""

    key: int
    source: int
    guid: str | None
    url_key: str | None
    title_key: str
    published: int | None
    edition: int
    position: int
    came: bytes | None
    author: str | None
    section: str | None


def nameless(one: Coming, known: Known) -> bool:
    """Tell whether one of the two has nothing but its headline to be known by."""
    return (one.guid is None and one.url_key is None) or (known.guid is None and known.url_key is None)


def versions(one: str | None, other: str | None) -> bool:
    """Tell whether two guids are the same address but for the fragment."""
    return one is not None and other is not None and "://" in one and canonical_url(one) == canonical_url(other)


def is_front_page(url_key: str) -> bool:
    """Tell whether an address is a whole site's, as feeds give that have no page for each entry."""
    return url_key.count("/") == 3 and url_key.endswith("/")


def apart(one: Coming, known: Known) -> int | None:
    """Give the seconds between the dates of the two, None when one has none."""
    if one.entry.published is None or known.published is None:
        return None
    return abs(one.entry.published - known.published)


def at_one_moment(one: Coming, known: Known) -> bool:
    """Tell whether the two have one date, and that with a time of day."""
    return apart(one, known) == 0 and bool((known.published or 0) % _DAY)


def one_page(one: Coming, known: Known) -> bool:
    """Tell whether the two have one address, that of a page and not of a site."""
    return one.url_key is not None and one.url_key == known.url_key and not is_front_page(one.url_key)


def nearly(one: str, other: str) -> bool:
    """Tell whether two headlines are nearly the same, or one is the other with the site's name after it."""
    short, long = sorted((one, other), key=len)
    if long == short or (len(short) >= _HEADLINE and long.startswith(f"{short} ")):
        return True
    ours, theirs = set(short.split()), set(long.split())
    return len(ours & theirs) >= _NEARLY * len(ours | theirs)


def similar(one: Coming, text: str) -> bool:
    """Tell whether two texts under one headline are nearly the same, or one is the other's beginning."""
    mine = fingerprint(one.text)
    if not mine or not text:
        return mine == text and len(one.title_key.split()) >= TELLING
    if mine == text:
        return True
    if min(len(mine), len(text)) >= _OPENING and mine[:_OPENING] == text[:_OPENING]:
        return True
    ours, theirs = set(mine.split()), set(text.split())
    return len(ours & theirs) >= _ALIKE * len(ours | theirs)
