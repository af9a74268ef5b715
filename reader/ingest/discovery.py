"""Which feeds a page has: those it announces, those it links to, those its platform has, and guesses."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from reader.ingest import sanitize
from reader.ingest.found import Offer
from reader.ingest.plain import names
from reader.ingest.topics import platforms, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.ingest.topics.sheet import Sheet

MOST: Final = 20
MOST_GUESSES: Final = 6
_MOST_LINKS: Final = 5_000

_TYPES: Final = names.words(
    "application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/x-rss+xml"
    " application/x-atom+xml text/rss+xml text/atom+xml"
)
_LOOSE: Final = names.words("application/json text/xml application/xml")
"""Types that feeds are announced with, and other things too: here the address must call it a feed."""

_CALLED: Final = re.compile(r"feed|rss|atom|\.rdf", re.IGNORECASE)
_OTHER: Final = re.compile(r"/(?:oembed|wp-json|api/)|opensearch|manifest|sitemap", re.IGNORECASE)
_COMMENTS: Final = re.compile(r"comment|kommentar|commentaire|comentario|коммент|评论|コメント", re.IGNORECASE)
_FEED_PATH: Final = re.compile(
    r"(?:/(?:feeds?|rss|atom|feed/(?:rss|atom))/?|/(?:index|feed|feeds|rss2?|atom|news|blog|all|main|posts)\.(?:xml|rss|atom|rdf|json)"
    r"|/[^/]+\.(?:rss|atom|rdf))\Z",
    re.IGNORECASE,
)
_FEED_TEXT: Final = re.compile(
    r"\W*(?:rss|atom|(?:rss|atom|json|web)[\s-]*feed|subscribe (?:via|by|with) rss)\W*", re.IGNORECASE
)
_PATHS: Final = ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml")


def offers(page: str | Sheet, address: str = "") -> tuple[Offer, ...]:
    """Give the feeds that a page is known to have, the best first.

    Args:
        page: the page's source, or laid flat.
        address: where it came from, after redirects.
    """
    flat = sheet.of(page, address)
    announced = sorted(_announced(flat), key=lambda one: -one[0])
    found = [offer for _, offer in announced if not _COMMENTS.search(offer.title + sheet.parts(offer.url)[1])]
    found += platforms.offers(flat)
    found += _linked(flat)
    found += [offer for _, offer in announced]
    return _unlike(found, address)[:MOST]


def guesses(address: str) -> tuple[Offer, ...]:
    """Give the addresses where a site's feed may be when its page tells of none, this topic's own first."""
    if not sanitize.link(address) or not address.lower().startswith("http"):
        return ()
    split = sheet.taken_apart(address)
    if not split.netloc:
        return ()
    site = f"{split.scheme}://{split.netloc}"
    known = [offer.url for offer in platforms.by_address(address)]
    path = re.sub(r"/[^/]*\.(?:html?|php|aspx?|jsp)\Z", "", split.path).rstrip("/")
    own = [f"{site}{path}/{one}" for one in _PATHS[:2]] if path else []
    general = [f"{site}/{one}" for one in _PATHS]
    return _unlike((Offer(url, guessed=True) for url in (*known, *own, *general)), address)[:MOST_GUESSES]


def _announced(flat: Sheet) -> Iterator[tuple[int, Offer]]:
    """Give the feeds that a page announces, each with how well it suits."""
    path = sheet.parts(flat.address)[1]
    links = (at for at, tag in enumerate(flat.tags) if tag == "link")
    for at in islice(links, _MOST_LINKS):
        attrs = flat.attrs[at]
        url = flat.absolute(attrs.get("href", "")) if attrs.get("href") else ""
        if not url or not _is_feed(attrs.get("rel", ""), attrs.get("type", ""), url):
            continue
        rank = 0
        own = sheet.parts(url)[1]
        if path and (own + "/").startswith(path + "/"):
            rank += 10
        elif path and path.rsplit("/", 1)[-1] in own.split("/"):
            rank += 5
        rank -= "hreflang" in attrs and attrs["hreflang"].split("-")[0] != flat.language.split("-")[0]
        yield rank, Offer(url, attrs.get("title", ""))


def _is_feed(rel: str, kind: str, url: str) -> bool:
    rels = rel.lower().split()
    kind = kind.split(";")[0].strip().lower()
    if "stylesheet" in rels or _OTHER.search(url):
        return False
    if kind in _TYPES:
        return "alternate" in rels or "feed" in rels or not rels
    if kind in _LOOSE:
        return "alternate" in rels and bool(_CALLED.search(url))
    return "feed" in rels and kind in {"", "text/html"} and kind == ""


def _linked(flat: Sheet) -> Iterator[Offer]:
    """Give the feeds that a page links to where people see it."""
    own = sheet.parts(flat.address)[0]
    links = (at for at, tag in enumerate(flat.tags) if tag == "a")
    for at in islice(links, _MOST_LINKS):
        href = flat.attrs[at].get("href", "")
        if not href or not _CALLED.search(href + flat.text[flat.opens[at] : flat.opens[at] + 40]):
            continue
        url = flat.absolute(href)
        if not url:
            continue
        said = flat.said(at, 100)
        host, path = sheet.parts(url)
        plain = bool(_FEED_PATH.search(path)) and (_related(host, own) or bool(_CALLED.search(said)))
        if plain or (_FEED_TEXT.fullmatch(said) and _CALLED.search(url)):
            yield Offer(url, "" if _FEED_TEXT.fullmatch(said) else said)


def _related(host: str, other: str) -> bool:
    """Tell whether two hosts belong to one site."""
    return host == other or host.endswith("." + other) or other.endswith("." + host)


def _unlike(found: Iterable[Offer], address: str) -> tuple[Offer, ...]:
    """Give each feed once, clean, and never the page itself."""
    kept: dict[str, Offer] = {}
    for one in found:
        url = sanitize.link(one.url)
        if not url or not url.lower().startswith("http") or url == address:
            continue
        key = url.split("://", 1)[1].removeprefix("www.").rstrip("/")
        kept.setdefault(key, Offer(url, sanitize.line(one.title, sanitize.TITLE), one.guessed))
    return tuple(kept.values())
