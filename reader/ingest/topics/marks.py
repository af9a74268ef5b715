"""The marks of a page of headlines: links and headings that may each open a record, in groups of one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.ingest.plain import meta, names
from reader.ingest.topics import sheet
from reader.ingest.topics.sheet import HEADINGS

if TYPE_CHECKING:
    from reader.ingest.topics.sheet import Attributes, Sheet

Level: TypeAlias = Literal["heading", "titled", "bare"]

MOST: Final = 1_500
"""The marks that are looked at; no page for people has more."""

_LONGEST: Final = 400

_NOISE: Final = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|submenu|footer|sidebar|aside|breadcrumbs?|pagination|pager|share|sharing"
    r"|social|related|popular|trending|newsletter|promo|promoted|sponsored|cookies?|consent|comments?|most-read|mostread"
    r"|recommended|recommendations|advert|advertisement|ads|modal|popup|toc|widget|signup|subscribe|tagcloud"
    r"|tag-list|tags|skip-link)(?:[-_ ]|$)",
    re.IGNORECASE,
)
_PLAIN: Final = HEADINGS | {"html", "body", "main", "article", "p"}
"""Elements that hold a page's matter whatever they are called."""

_ROLES: Final = names.words("navigation contentinfo complementary banner search dialog menu menubar")
_GONE: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_WORDS: Final = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
_TITLES: Final = names.words("title titleline headline hed heading")
_TITLE_PARTS: Final = names.words("link text wrapper")
_OTHER_TITLES: Final = names.words(
    "sub page site section widget block list blog menu modal brand author nav sidebar group collection"
)
_PEOPLE: Final = re.compile(
    r"/(?:authors?|writers?|by|profiles?|people|contributors?|columnists?|staff|users?)/|/@[^/]+/?$"
)
_SHELVES: Final = re.compile(
    r"/(?:tags?|category|categories|topics?|login|signin|signup|register|subscribe|search|account|share)(?:/|\?|$)"
    r"|//(?:www\.)?(?:facebook|twitter|x|linkedin|pinterest)\.com/(?:share|intent|pin)",
    re.IGNORECASE,
)
_FILES: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|css|js|zip|mp3|mp4|xml|rss|atom)$", re.IGNORECASE)
_ONWARD: Final = re.compile(
    r"\W*(?:(?:read|continue|keep|learn|see|find out|show)\s"
    r"(?:more|on|reading|all|(?:the\s)?(?:full\s)?(?:story|article|post|issue))(?:\b.{0,80})?"
    r"|more|edit(?:\s(?:source|section))?|share|reply|permalink|link|discuss|full story"
    r"|comments?|(?:\d+|no|leave a|add a)\s?comments?"
    r"|(?:older|newer|next|previous)(?:\s(?:posts?|page|entries|stories|articles))?"
    r"|weiterlesen|mehr|lire la suite|lire plus|leer más|seguir leyendo|continua a leggere|leggi tutto|lees meer"
    r"|czytaj dalej|читать далее|ещё|続きを読む|阅读更多|阅读全文|查看更多"
    r"|اقرأ المزيد|المزيد|קרא עוד|המשך קריאה)\W*",
    re.IGNORECASE,
)
_WIDE: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(slots=True)
class Mark:
    """What may open a record: the element of its headline, and where it leads, empty when that is told elsewhere."""

    at: int
    link: int
    url: str
    title: str
    level: Level
    strong: bool
    path: int


def weight(text: str) -> int:
    """Give how much a text says: a character of Chinese, Japanese or Korean as much as two and a half letters."""
    return len(text) + len(_WIDE.findall(text)) * 3 // 2


def is_onward(text: str) -> bool:
    """Tell whether a link only leads on: "Read more", "12 comments"."""
    return len(text) < _LONGEST and bool(_ONWARD.fullmatch(text))


@lru_cache(4096)
def is_title_class(name: str) -> bool:
    """Tell whether a class calls its element the title of something that may be an article."""
    told = [word.lower() for word in _WORDS.findall(name[:100])]
    while told and told[-1] in _TITLE_PARTS:
        told.pop()
    return bool(told) and told[-1] in _TITLES and _OTHER_TITLES.isdisjoint(told)


@lru_cache(4096)
def _is_called_noise(name: str) -> bool:
    return bool(_NOISE.search(name))


def leads_to_person(url: str) -> bool:
    """Tell whether an address is the page of an author."""
    return bool(_PEOPLE.search(url))


def noise(flat: Sheet) -> list[bool]:
    """Tell of each element whether it stands in what is around a page's matter."""
    found: list[bool] = []
    for at, tag in enumerate(flat.tags):
        parent = flat.parents[at]
        found.append((parent >= 0 and found[parent]) or _is_noise(flat, at, tag, flat.attrs[at]))
    return found


def _is_noise(flat: Sheet, at: int, tag: str, attrs: Attributes) -> bool:
    if tag in {"nav", "footer", "aside"}:
        return tag != "footer" or not _within_record(flat, at)
    if tag == "header" and not _within_record(flat, at):
        return True
    if not attrs:
        return False
    if attrs.get("role", "").lower() in _ROLES or "hidden" in attrs or _GONE.search(attrs.get("style", "")):
        return True
    if tag in _PLAIN or tag not in sheet.BLOCKS:
        return False
    return any(_is_called_noise(attrs[name][:300]) for name in ("class", "id") if name in attrs)


def _within_record(flat: Sheet, at: int) -> bool:
    """Tell whether a header or footer is that of a record and not of the page."""
    for _ in range(6):
        at = flat.parents[at]
        if at < 0:
            return False
        if flat.tags[at] in {"article", "li", "section", "main"}:
            return True
    return False


def marks(flat: Sheet, unwanted: list[bool]) -> list[Mark]:
    """Find all that may open a record, in the order of the page."""
    return _Finder(flat, unwanted).found()


class _Finder:
    """Looks for marks, headings first, so that a heading's link is not found twice."""

    def __init__(self, flat: Sheet, unwanted: list[bool]) -> None:
        self._flat, self._unwanted = flat, unwanted
        self._own = sheet.parts(flat.address)
        self._anchors, self._paths = self._inherited()
        self._urls: set[str] = set()
        self._used: set[int] = set()
        self._marks: list[Mark] = []

    def found(self) -> list[Mark]:
        flat = self._flat
        titled: list[int] = []
        bare: list[int] = []
        for at, tag in enumerate(flat.tags):
            if self._unwanted[at]:
                continue
            if tag in HEADINGS:
                self._heading(at, "heading")
            elif tag == "a":
                bare.append(at)
            if tag not in HEADINGS and flat.attrs[at] and self._is_titled(at):
                titled.append(at)
            if len(self._marks) >= MOST:
                break
        for at in titled[:MOST]:
            self._heading(at, "titled")
        for at in bare[: 3 * MOST]:
            self._bare(at)
        self._marks.sort(key=lambda mark: mark.at)
        return self._marks[:MOST]

    def _inherited(self) -> tuple[list[int], list[int]]:
        """Give the link that each element stands in, and a number for the path of tags down to it."""
        flat = self._flat
        anchors: list[int] = []
        paths: list[int] = []
        numbers: dict[tuple[int, str], int] = {}
        for at, tag in enumerate(flat.tags):
            parent = flat.parents[at]
            anchors.append(at if tag == "a" else anchors[parent] if parent >= 0 else -1)
            paths.append(numbers.setdefault((paths[parent] if parent >= 0 else -1, tag), len(numbers)))
        return anchors, paths

    def _is_titled(self, at: int) -> bool:
        """Tell whether an element is called a title, though it is no heading."""
        attrs = self._flat.attrs[at]
        return attrs.get("itemprop", "").lower() == "headline" or (
            "class" in attrs and any(map(is_title_class, attrs["class"].split()[:10]))
        )

    def _heading(self, at: int, level: Level) -> None:
        flat = self._flat
        if not 0 < flat.size(at) <= _LONGEST:
            return
        link, url = self._link(at)
        if link > at:
            # A rubric or a date may share a heading with the headline; the link is the headline alone.
            at = link
        if level == "titled" and (not url or link in self._used or url in self._urls):
            return
        title = flat.said(at, _LONGEST)
        if weight(title) < 2 or meta.is_meta(title) or is_onward(title):
            return
        if link >= 0:
            self._used.add(link)
            self._urls.add(url)
        self._marks.append(Mark(at, link, url, title, level, weight(title) >= 8, self._paths[at]))

    def _link(self, at: int) -> tuple[int, str]:
        """Find the link that a headline is, stands in, or holds."""
        places = [self._anchors[at]] if self._anchors[at] >= 0 else []
        places += [one for one in range(at + 1, min(self._flat.ends[at], at + 12)) if self._flat.tags[one] == "a"]
        for place in places:
            if place > at and 2 * self._flat.size(place) < self._flat.size(at):
                continue
            url = self.usable(place)
            if url:
                return place, url
        return -1, ""

    def usable(self, at: int) -> str:
        """Give where a link leads if that may be an article, else nothing."""
        href = self._flat.attrs[at].get("href", "").strip()
        if not href or href.startswith("#"):
            return ""
        url = self._flat.absolute(href)
        if not url or _FILES.search(url):
            return ""
        host, path = sheet.parts(url)
        same_page = (host, path) == self._own and "?" not in url
        return "" if same_page or (not path and "?" not in url and host == self._own[0]) else url

    def _bare(self, at: int) -> None:
        """Take a link without a heading, if its text may be a headline."""
        flat = self._flat
        if at in self._used or not flat.size(at):
            return
        url = self.usable(at)
        if not url or url in self._urls or leads_to_person(url) or _SHELVES.search(url):
            return
        title = first_line(flat, at)
        if not 4 <= weight(title) <= _LONGEST or is_onward(title) or meta.is_meta(title):
            return
        strong = weight(title) >= 15 and (title.count(" ") >= 2 or weight(title) > len(title))
        self._marks.append(Mark(at, at, url, title, "bare", strong and self._opens_block(at), self._paths[at]))
        self._urls.add(url)

    def _opens_block(self, at: int) -> bool:
        """Tell whether a link stands for its block, and not somewhere in a sentence."""
        flat, place = self._flat, flat_block(self._flat, at)
        before = flat.opens[at] - max(flat.opens[place], flat.text.rfind("\n", 0, flat.opens[at]))
        end = flat.text.find("\n", flat.closes[at], flat.closes[place])
        after = (flat.closes[place] if end < 0 else end) - flat.closes[at]
        return before <= 40 and (flat.tags[place] != "p" or after <= max(60, flat.size(at)))


def flat_block(flat: Sheet, at: int) -> int:
    """Give the nearest block that an element stands in."""
    for _ in range(8):
        parent = flat.parents[at]
        if parent < 0:
            break
        at = parent
        if flat.tags[at] in sheet.BLOCKS:
            break
    return at


def first_line(flat: Sheet, at: int) -> str:
    """Give what a link says, or its first line that may be a headline when it holds several blocks."""
    lines = [
        " ".join(one.split())
        for one in flat.text[flat.opens[at] : min(flat.closes[at], flat.opens[at] + 4_000)].split("\n")
    ]
    lines = [one for one in lines if one]
    if len(lines) < 2:
        return "".join(lines)
    return next((one for one in lines if weight(one) >= 15 and not meta.is_meta(one)), lines[0])
