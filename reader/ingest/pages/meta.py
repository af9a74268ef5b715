"""What a page tells of its article beside the text: title, author, dates, language, picture, name of the site."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from reader.ingest import sanitize
from reader.ingest.pages.units import letters
from reader.ingest.topics import dates as web_dates
from reader.ingest.topics import sheet, structured
from reader.ingest.topics.told import Item
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from turbohtml import Document, Element

_TITLES: Final = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title")
_AUTHORS: Final = (
    "author", "article:author", "article:author_name", "og:article:author", "parsely-author", "sailthru.author", "byl",
    "dc.creator", "dcterms.creator", "citation_author", "twitter:creator_name", "mediator_author",
)  # fmt: skip
_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "citation_publication_date", "citation_date",
    "publish-date", "publish_date", "pubdate", "publication_date", "date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_UPDATED: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "revised",
)  # fmt: skip
_IMAGES: Final = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail")
_SITES: Final = ("og:site_name", "application-name", "dc.publisher", "al:iphone:app_name", "twitter:site_name")
_LANGUAGES: Final = ("content-language", "og:locale", "dc.language", "language", "inlanguage")
_PARTS: Final = re.compile(r"\s+[|–—·•»:-]\s+|\s*[|｜_]\s*")
_ADDRESS: Final = re.compile(r"https?://|www\.|@\w+\.|^@|/")
_BYLINE: Final = re.compile(
    r"(?:^|[\s_-])(?:byline|by-?author|author-?name|article-?author|post-?author|p-author|entry-author)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of an article beside its text."""

    title: str = ""
    author: str | None = None
    published: int | None = None
    updated: int | None = None
    language: str | None = None
    image: str | None = None
    site_name: str = ""
    free: bool | None = None
    kind: str = ""


def read(html: str, document: Document, address: str) -> Meta:
    """Read what a page tells of its article: to machines first, then in its head, then on itself."""
    flat = sheet.of(html, address)
    told = structured.article(flat, address) or Item()
    now = int(time.time())
    metas = flat.metas
    site = sanitize.line(_first(metas, _SITES), sanitize.META)
    published = told.published if told.published is not None else _moment(metas, _PUBLISHED, now)
    return Meta(
        title=sanitize.line(_title(told.title, flat.title, metas, document, site), sanitize.TITLE),
        author=sanitize.line(_author(told.author, metas, document), sanitize.AUTHOR) or None,
        published=published if published is not None else _on_page(document, address, now),
        updated=told.updated if told.updated is not None else _moment(metas, _UPDATED, now),
        language=sanitize.language(told.language or flat.language or _first(metas, _LANGUAGES)),
        image=sanitize.link(flat.absolute(told.image or _first(metas, _IMAGES))),
        site_name=site,
        free=told.free,
        kind=told.kind,
    )


def _first(metas: dict[str, str], names: Iterable[str]) -> str:
    return next((value for name in names if (value := metas.get(name, "").strip())), "")


def _moment(metas: dict[str, str], names: Iterable[str], now: int) -> int | None:
    found = (web_dates.moment(value, now) for name in names if (value := metas.get(name, "").strip()))
    return next((one for one in found if one is not None), None)


def _title(told: str, titled: str, metas: dict[str, str], document: Document, site: str) -> str:
    heading = _heading(document, titled)
    if told:
        return told
    title = _first(metas, _TITLES) or titled
    if heading and letters(heading) and letters(heading) in letters(title):
        return heading
    return _without_site(title, site) or heading


def _heading(document: Document, titled: str) -> str:
    """Give the first heading of a page that its title has too, or its only one."""
    headings = [" ".join(one.text.split()).rstrip(" ¶#§🔗") for one in document.iter_elements(("h1",))][:10]
    whole = letters(titled)
    named = (one for one in headings if len(letters(one)) > 3 and letters(one) in whole)
    return next(named, headings[0] if len(headings) == 1 else "")


def _without_site(title: str, site: str) -> str:
    """Take the name of the site off the end or the beginning of a title."""
    found = list(_PARTS.finditer(title))
    if not found:
        return title
    first, last = title[: found[0].start()], title[found[-1].end() :]
    if site and letters(last) == letters(site):
        return title[: found[-1].start()]
    if site and letters(first) == letters(site):
        return title[found[0].end() :]
    bare = title[: found[-1].start()]
    return bare if not site and len(last) < 30 and len(last.split()) <= 4 and len(bare) > len(last) else title


def _author(told: str, metas: dict[str, str], document: Document) -> str:
    if told:
        return told
    for name in _AUTHORS:
        value = metas.get(name, "").strip()
        if value and not _ADDRESS.search(value):
            return _name(value)
    return next((name for one in _bylines(document) if (name := _name(" ".join(one.text.split())))), "")


def _bylines(document: Document) -> list[Element]:
    found = document.select('[itemprop="author"], [rel~="author"], a[href*="/author/"], .byline, .author, .p-author')
    return [one for one in found if 2 < len(one.text.strip()) <= _LONGEST_NAME][:5] + [
        one
        for one in document.iter_elements(("p", "div", "span", "a", "address"))
        if _BYLINE.search((one.attr("class") or "")[:300]) and 2 < len(one.text.strip()) <= _LONGEST_NAME
    ][:5]


def _name(text: str) -> str:
    """Give the name of a person in a byline, without what is said around it."""
    bare = re.split(r"\s*[|·•]\s*|\s+[–—]\s+|,?\s+\d{1,2}[. ]|\s*\(", text)[0]
    bare = re.sub(
        r"^(?:written |posted |words |text |story )?(?:by|von|par|por|di|av|af|door|от|автор|作者|文|記者)\b[:：\s]*",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    return bare.strip(" ,:;") if any(map(str.isalpha, bare)) and len(bare) <= _LONGEST_NAME else ""


def _on_page(document: Document, address: str, now: int) -> int | None:
    """Find a date on the page itself, or in its address."""
    for one in list(document.iter_elements(("time",)))[:5]:
        if (found := web_dates.moment(one.attr("datetime") or one.text, now)) is not None:
            return found
    for one in document.select('[itemprop="datePublished"], .published, .post-date, .entry-date, .date, .dateline')[:5]:
        if (found := web_dates.moment(one.attr("content") or one.attr("datetime") or one.text, now)) is not None:
            return found
    return web_dates.in_path(address, now)
