"""What a record of a page tells: its author, its date, its excerpt and its picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.ingest.plain import meta, names
from reader.ingest.topics import dates as web_dates
from reader.ingest.topics import marks as topic_marks
from reader.ingest.topics import sheet
from reader.ingest.topics import text as topic_text
from reader.ingest.topics.told import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.topics.records import Record
    from reader.ingest.topics.sheet import Attributes, Sheet

MOST_ELEMENTS: Final = 600
MOST_TEXT: Final = 20_000

_AUTHOR: Final = names.words("author authors byline by writer writers contributor contributors vcard credit credits")
_NOT_AUTHOR: Final = names.words("avatar image img bio photo pic picture role icon logo follow link-list")
_DATE: Final = names.words("date dateline time timestamp published posted datetime pubdate age")
_TEASER: Final = names.words(
    "excerpt summary dek deck description desc standfirst subtitle subhead subheading teaser abstract"
    " intro snippet lede"
)
_PARTS: Final = re.compile(r"\s*[·•|]\s*|\s+[–—/]\s+")
_INNER: Final = (
    re.compile(r",?\s+(?=by\s)", re.IGNORECASE),
    re.compile(r",?\s+(?:on\s+)?(?=\d)|,?\s+on\s+|,\s+(?=\w+ \d)", re.IGNORECASE),
)
"""Where a byline and a date part that nothing else parts."""

_BY: Final = re.compile(r"\b(?:by|von|par|por|door|от|av|af|di)\s*\Z", re.IGNORECASE)
_EDGES: Final = " \t\n·•|–—-/,:;()[]"
_SENTENCE: Final = re.compile(r"[.!?…。！？؟]['\"’”»)]*\Z")
_CUT: Final = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])['\"’”»)\]]*\Z")
_LONG: Final = 40
_WHOLE: Final = 1_000
_TRIES: Final = 6
_SMALL: Final = 64


def item(flat: Sheet, record: Record, unwanted: list[bool], now: int) -> Item:
    """Read what a record tells."""
    return _Fields(flat, record, unwanted, now).item()


class _Fields:
    """Reads one record: what is marked is taken out of its text, and the rest is looked at line by line."""

    def __init__(self, flat: Sheet, record: Record, unwanted: list[bool], now: int) -> None:
        self._flat, self._record, self._now = flat, record, now
        self._mark = record.mark
        self._url = record.mark.url
        self._title = record.mark.title
        self._spans: list[tuple[int, int]] = []
        self._links: list[tuple[int, int]] = []
        self._teasers: list[tuple[int, int]] = []
        self._authors: list[str] = []
        self._published: int | None = None
        self._image = ""
        self._comments = ""
        self._tags: list[str] = []
        self._onward = False
        self._tries = _TRIES
        self._text: list[str] = []
        self._read(unwanted)

    def item(self) -> Item:
        """Give what was read."""
        self._lines()
        excerpt = "\n\n".join(self._text)
        if self._published is None and self._url:
            self._published = web_dates.in_path(sheet.parts(self._url)[1] + "/", self._now)
        complete = (
            len(self._text) > 2 and len(excerpt) >= _WHOLE and not self._onward and not _CUT.search(excerpt.rstrip())
        )
        return Item(
            title=self._title,
            url=self._url,
            author=", ".join(dict.fromkeys(self._authors)),
            published=self._published,
            excerpt=excerpt,
            image=self._image,
            tags=tuple(dict.fromkeys(self._tags)),
            comments=self._comments,
            complete=complete,
        )

    def _read(self, unwanted: list[bool]) -> None:
        """Look at each element of the record."""
        flat, mark = self._flat, self._mark
        if mark.level != "bare" or "\n" not in flat.text[flat.opens[mark.at] : flat.closes[mark.at]]:
            self._hide(mark.at)
        skip = -1
        for at in self._elements():
            if at < skip:
                continue
            if unwanted[at] and not unwanted[mark.at]:
                self._hide(at)
                skip = flat.ends[at]
            elif self._take(at):
                skip = flat.ends[at]

    def _elements(self) -> Iterator[int]:
        for place in self._record.places:
            yield from range(place, min(self._flat.ends[place], place + MOST_ELEMENTS))

    def _take(self, at: int) -> bool:
        """Take what one element tells; tell whether that is all it tells."""
        flat, tag, attrs = self._flat, self._flat.tags[at], self._flat.attrs[at]
        if tag == "a":
            return self._link(at, attrs)
        if tag == "time":
            return self._date(at, attrs)
        if tag in {"img", "source"}:
            self._picture(attrs)
            return True
        if not attrs or at == self._mark.at:
            return False
        called = topic_text.called(attrs)
        if (called & _DATE or "itemprop" in attrs) and self._is_date(at, called, attrs) and self._date(at, attrs):
            return True
        if self._is_author(called, attrs) and not self._holds_author(at):
            return self._author(at)
        if called & _TEASER and flat.size(at):
            self._teasers.append((flat.opens[at], flat.closes[at]))
        return False

    def _is_date(self, at: int, called: frozenset[str], attrs: Attributes) -> bool:
        told = attrs.get("itemprop", "").lower().startswith("date")
        return told or (bool(called & _DATE) and self._flat.size(at) < 60)

    def _is_author(self, called: frozenset[str], attrs: Attributes) -> bool:
        rel = attrs.get("rel", "").lower().split()
        return "author" in rel or bool(called & _AUTHOR and not called & _NOT_AUTHOR)

    def _holds_author(self, at: int) -> bool:
        """Tell whether within an author's element another one names the author more exactly."""
        flat = self._flat
        for within in range(at + 1, min(flat.ends[at], at + 20)):
            attrs = flat.attrs[within]
            if not flat.size(within) or not attrs:
                continue
            if self._is_author(topic_text.called(attrs), attrs) or topic_marks.leads_to_person(attrs.get("href", "")):
                return True
        return False

    def _author(self, at: int) -> bool:
        """Take an author's name; what stands beside it as date or count is left to the lines."""
        said = self._flat.said(at, 200)
        for part in _PARTS.split(said):
            name = names.author(part).strip(_EDGES)
            if 1 < len(name) < 100 and not meta.is_meta(name) and name.casefold() != "by":
                self._authors.append(name)
                if len(part) == len(said):
                    self._hide(at)
                    return True
                break
        return False

    def _date(self, at: int, attrs: Attributes) -> bool:
        self._tries -= 1
        if self._tries < 0:
            return False
        said = self._flat.said(at, 100)
        told = (attrs.get(name, "") for name in ("datetime", "content", "title"))
        for text in (*told, said):
            moment = web_dates.moment(text, self._now)
            if moment is not None:
                self._published = moment if self._published is None else self._published
                self._hide(at)
                return True
        return False

    def _link(self, at: int, attrs: Attributes) -> bool:
        """Take what a link tells: an author, a tag, comments, or that the text goes on."""
        flat = self._flat
        said = flat.said(at, 200)
        url = flat.absolute(attrs.get("href", ""))
        if at == self._mark.link:
            return False
        if topic_marks.is_onward(said):
            self._hide(at)
            self._goes_on(said, url)
            return True
        rel = attrs.get("rel", "").lower().split()
        if "tag" in rel or "category" in rel:
            self._tags.append(said)
            self._hide(at)
            return True
        if url and not said and not self._url:
            # A link laid over the whole record; what it is called is the headline alone.
            label = " ".join(attrs.get("aria-label", "").split())
            self._title = label if label and label in self._title else self._title
            self._url = url
        elif url and url != self._url:
            self._links.append((flat.opens[at], flat.closes[at]))
            if said and len(said) < 80 and ("author" in rel or self._is_named(at, url)):
                return self._author(at)
        return False

    def _is_named(self, at: int, url: str) -> bool:
        """Tell whether a link is an author's: by where it leads, or by the word before it."""
        opens = self._flat.opens[at]
        return topic_marks.leads_to_person(url) or bool(_BY.search(self._flat.text[max(0, opens - 12) : opens]))

    def _goes_on(self, said: str, url: str) -> None:
        if "omment" in said or said.casefold() == "discuss":
            self._comments = self._comments or url
        elif not self._url or url == self._url:
            self._url = self._url or url
            self._onward = True

    def _picture(self, attrs: Attributes) -> None:
        if self._image or topic_text.called(attrs) & _NOT_AUTHOR - {"image", "img", "photo", "picture", "pic"}:
            return
        sizes = [int(attrs[name]) for name in ("width", "height") if attrs.get(name, "").isdecimal()]
        if any(size <= _SMALL for size in sizes):
            return
        told = (
            attrs.get("data-src"),
            attrs.get("data-lazy-src"),
            attrs.get("src"),
            attrs.get("srcset", "").split(" ")[0],
        )
        for src in told:
            if src and not src.startswith("data:") and (url := self._flat.absolute(src)):
                self._image = url
                return

    def _hide(self, at: int) -> None:
        self._spans.append((self._flat.opens[at], self._flat.closes[at]))

    def _lines(self) -> None:
        """Look at what is left of the record's text, line by line."""
        self._spans.sort()
        long: list[str] = []
        short: list[str] = []
        for start, end in self._stretches():
            raw = topic_text.without(self._flat.text, start, end, self._spans)
            rest = " ".join(raw.split())
            line = rest.strip(_EDGES) if topic_marks.weight(rest) < _LONG else rest
            if not line or line == self._title or self._tells(" ".join(raw.strip().replace("\t", " | ").split())):
                continue
            if topic_text.covered(self._links, start, end) * 2 > end - start:
                continue
            if topic_marks.weight(line) >= _LONG:
                long.append(line)
            elif topic_text.covered(self._teasers, start, end) or (_SENTENCE.search(line) and line.count(" ") > 2):
                short.append(line)
        self._text = long or short

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Give where each line of the record begins and ends."""
        flat = self._flat
        for place in self._record.places:
            start, end = flat.opens[place], min(flat.closes[place], flat.opens[place] + MOST_TEXT)
            if place == self._mark.at == self._mark.link:
                # A link among others on lines of one block: its line is its record.
                start = flat.text.rfind("\n", max(0, start - 200), start) + 1 or start
                found = flat.text.find("\n", end, end + 200)
                end = found if found >= 0 else end
            while start < end:
                stop = flat.text.find("\n", start, end)
                stop = end if stop < 0 else stop
                yield start, stop
                start = stop + 1

    def _tells(self, line: str) -> bool:
        """Tell whether a short line is a date, a byline or other news of the article, and take it."""
        if len(line) > 3 * _LONG:
            return False
        parts = [part.strip(_EDGES) for part in _PARTS.split(line)]
        known = [self._tells_part(part) or self._tells_all(part) for part in parts if part]
        return bool(known) and known.count(True) * 2 >= len(known)

    def _tells_all(self, text: str) -> bool:
        """Tell whether a text without marks between is a date and a byline."""
        for inner in _INNER:
            parts = [part.strip(_EDGES) for part in inner.split(text, maxsplit=1)]
            if len(parts) > 1 and all(meta.is_meta(part) or topic_text.is_byline(part) for part in parts):
                return all(map(self._tells_part, parts))
        return False

    def _tells_part(self, part: str) -> bool:
        if meta.is_meta(part):
            if self._published is None:
                self._published = web_dates.moment(part, self._now)
            return True
        if topic_text.is_byline(part):
            if not self._authors:
                self._authors.append(names.author(part))
            return True
        return part in self._authors
