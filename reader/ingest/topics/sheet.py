"""A web page laid flat: its elements in order, with what each holds, so that no question about it needs a walk.

The parser tells of the page as a stream, so that neither depth nor width costs more than its length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias, cast
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from reader.ingest import sanitize
from reader.ingest.plain.names import words

if TYPE_CHECKING:
    from turbohtml.saxparse import SaxHandler

Attributes: TypeAlias = dict[str, str]

MAX_ELEMENTS: Final = 40_000
MAX_TEXT: Final = 4_000_000
MAX_ATTRIBUTES: Final = 64
MAX_VALUE: Final = 8_192
MAX_DATA: Final = 2_000_000
"""The characters of JSON-LD that are read of one page."""

_WANTED: Final = words(
    "href src srcset data-src data-lazy-src class id rel type title name property content itemprop itemscope itemtype"
    " datetime role lang hreflang alt hidden style aria-label width height http-equiv"
)
_SILENT: Final = words(
    "script style noscript template svg math iframe object textarea select option datalist canvas audio video"
    " head title"
)
"""Elements whose text nobody sees on the page, or that is no part of it."""

BLOCKS: Final = words(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot"
    " th thead tr ul"
)
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BESIDE: Final = words("span a time small cite")
_TOLD: Final = frozenset({"html", "base", "meta", "title", "script"})
_UNSEEN: Final = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|u-?hidden-visually)(?:\s|$)")
_NONE: Final[Attributes] = {}


class Sheet:
    """A page laid flat: element `i` is described by the `i`th item of each list.

    `ends` is the first element after it and all within; `opens` and `closes` are its place in `text`, where
    a newline parts blocks, and a tab what only stands beside another; `linked` counts the characters of
    links before it, and `linked_to` at its end.
    """

    def __init__(self, address: str = "") -> None:
        self.address = address
        self.base = address
        self.tags: list[str] = []
        self.attrs: list[Attributes] = []
        self.parents: list[int] = []
        self.ends: list[int] = []
        self.opens: list[int] = []
        self.closes: list[int] = []
        self.linked: list[int] = []
        self.linked_to: list[int] = []
        self.text = ""
        self.title = ""
        self.language = ""
        self.metas: dict[str, str] = {}
        self.data: list[str] = []
        self._known: dict[str, str] = {}

    def __len__(self) -> int:
        """Count the elements."""
        return len(self.tags)

    def said(self, at: int, limit: int = 100_000) -> str:
        """Give what an element says as one line."""
        return " ".join(self.text[self.opens[at] : min(self.closes[at], self.opens[at] + limit)].split())

    def size(self, at: int) -> int:
        """Give how long the text of an element is."""
        return self.closes[at] - self.opens[at]

    def links_of(self, at: int) -> int:
        """Give how many of an element's characters are links."""
        return self.linked_to[at] - self.linked[at]

    def absolute(self, href: str) -> str:
        """Give an address of this page in full, clean and without its fragment; empty when it cannot be opened."""
        known = self._known.get(href)
        if known is None:
            known = self._known[href] = joined(self.base, href)
        return known


def joined(base: str, href: str) -> str:
    """Give the web address that a link means, without its fragment; empty when it is none."""
    try:
        url = urldefrag(urljoin(base, "".join(href.split("\n")).strip()))[0].replace(" ", "%20")
    except ValueError:
        return ""
    return (sanitize.link(url) or "") if url[:4].lower() == "http" else ""


def parts(url: str) -> tuple[str, str]:
    """Give the host and the path of an address, both without what differs between two that are the same."""
    split = taken_apart(url)
    return (split.hostname or "").removeprefix("www."), split.path.rstrip("/")


def taken_apart(url: str) -> SplitResult:
    """Take an address apart; what is none has no parts."""
    try:
        split = urlsplit(url)
        _ = split.hostname
    except ValueError:
        return SplitResult("", "", "", "", "")
    return split


def of(html: str | Sheet, address: str = "") -> Sheet:
    """Lay a page flat.

    Args:
        html: the page's source; a sheet is given back as it is.
        address: where it came from, for its links.
    """
    if isinstance(html, Sheet):
        return html
    from turbohtml.saxparse import sax_parse

    builder = _Builder(address)
    sax_parse(html, cast("SaxHandler", builder))
    return builder.done()


class _Builder:
    """Writes down what the parser tells."""

    def __init__(self, address: str) -> None:
        self.sheet = Sheet(address)
        self._pieces: list[str] = []
        self._size = 0
        self._gap = True
        self._beside = False
        self._open: list[tuple[int, bool]] = []
        self._parent = -1
        self._over = 0
        self._full = False
        self._silent = 0
        self._within_link = 0
        self._linked = 0
        self._based = False
        self._data_left = MAX_DATA
        self._into = ""

    def done(self) -> Sheet:
        """Give the page, all told."""
        self.sheet.text = "".join(self._pieces)
        return self.sheet

    def start_element(self, tag: str, attrs: tuple[tuple[str, str | None], ...]) -> None:
        """Write down an element."""
        sheet = self.sheet
        if self._over or len(sheet.tags) >= MAX_ELEMENTS:
            self._over += 1
            self._full = True
            return
        known = (
            {name: (value or "")[:MAX_VALUE] for name, value in attrs[:MAX_ATTRIBUTES] if name in _WANTED}
            if attrs
            else _NONE
        )
        if tag in BLOCKS or tag == "br":
            self._break()
        elif self._beside and not self._gap:
            # Two in a row with nothing between are parted by the page's looks.
            self._pieces.append("\t")
            self._size += 1
            self._gap = True
        self._beside = False
        at = len(sheet.tags)
        sheet.tags.append(tag)
        sheet.attrs.append(known)
        sheet.parents.append(self._parent)
        sheet.ends.append(at + 1)
        sheet.opens.append(self._size)
        sheet.closes.append(self._size)
        sheet.linked.append(self._linked)
        sheet.linked_to.append(self._linked)
        hides = tag in _SILENT or ("class" in known and bool(_UNSEEN.search(known["class"])))
        self._open.append((at, hides))
        self._parent = at
        self._silent += hides
        if tag == "a":
            self._within_link += 1
        if tag in _TOLD:
            self._note(tag, known)

    def end_element(self, tag: str) -> None:
        """Close the element that is open."""
        if self._over:
            self._over -= 1
            return
        sheet = self.sheet
        at, hid = self._open.pop()
        self._parent = sheet.parents[at]
        sheet.ends[at] = len(sheet.tags)
        sheet.closes[at] = self._size
        sheet.linked_to[at] = self._linked
        if tag == "a":
            self._within_link -= 1
        self._silent -= hid
        self._into = ""
        self._beside = tag in _BESIDE
        if tag in BLOCKS:
            self._break()

    def characters(self, data: str) -> None:
        """Write down text, its spaces made one."""
        if self._silent:
            if self._into:
                self._keep(data)
            return
        pieces = data.split()
        if not pieces or self._full or self._size > MAX_TEXT:
            self._space()
            return
        if data[0].isspace():
            self._space()
        piece = " ".join(pieces)
        self._pieces.append(piece)
        self._size += len(piece)
        self._linked += len(piece) if self._within_link else 0
        self._gap = self._beside = False
        if data[-1].isspace():
            self._space()

    def comment(self, data: str) -> None:
        """Leave comments out."""

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        """Leave the type of the document out."""

    def processing_instruction(self, target: str, data: str) -> None:
        """Leave instructions out."""

    def _space(self) -> None:
        if not self._gap:
            self._pieces.append(" ")
            self._size += 1
            self._gap = True

    def _break(self) -> None:
        """Part two blocks: a newline takes the place of a space."""
        if not self._gap:
            self._pieces.append("\n")
            self._size += 1
            self._gap = True
        elif self._pieces and self._pieces[-1] == " ":
            self._pieces[-1] = "\n"

    def _note(self, tag: str, attrs: Attributes) -> None:
        """Remember what the page's head tells."""
        sheet = self.sheet
        if tag == "html":
            sheet.language = attrs.get("lang", "")
        elif tag == "base" and not self._based and attrs.get("href"):
            self._based = True
            sheet.base = joined(sheet.address, attrs["href"]) or sheet.base
        elif tag == "meta":
            for name in {attrs.get("name", ""), attrs.get("property", ""), attrs.get("http-equiv", "")} - {""}:
                sheet.metas.setdefault(name.lower().strip(), attrs.get("content", "").strip())
        elif tag == "title" and not sheet.title and "svg" not in sheet.tags[sheet.parents[-1] : -1][:1]:
            self._into = "title"
        elif tag == "script" and "ld+json" in attrs.get("type", "").lower():
            self._into = "data"
            sheet.data.append("")

    def _keep(self, data: str) -> None:
        """Keep what is not seen but told: the page's title, and its data."""
        sheet = self.sheet
        if self._into == "title":
            sheet.title = " ".join((sheet.title + data)[:MAX_VALUE].split())
            return
        self._data_left -= len(data)
        if self._data_left >= 0:
            sheet.data[-1] += data
