"""What a book's pages point at: notes of other files are brought in, other links and pictures inside become text."""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from reader.ingest.books.box import MAX_CHAPTER
from reader.ingest.errors import IngestError

if TYPE_CHECKING:
    from turbohtml import Element

    from reader.ingest.books.box import Box

LONGEST: Final = 6000
"""A note with more characters is a chapter, and stays where it is."""
MOST: Final = 500
"""So many notes are brought to one chapter."""

_ANCHOR: Final = re.compile(r"<a\b([^<>]{0,2000})>(.{0,200}?)</a\s*>", re.IGNORECASE | re.DOTALL)
_HREF: Final = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_WEB: Final = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_PICTURE: Final = re.compile(r"<(?:img|image)\b([^<>]{0,5000})/?>", re.IGNORECASE)
_ALT: Final = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SAYS_NOTHING: Final = re.compile(
    r"\W*(?:image|img|picture|cover|illustration|figure)?[\W\d_]*|[^\s]*\.(?:jpe?g|png|gif|svg)", re.IGNORECASE
)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_NUMBER: Final = re.compile(r"[\[(]?\s*(?:\d{1,4}|[*†‡§¶]{1,4}|[a-z])\s*[\])]?\.?", re.IGNORECASE)
_IS_NOTE: Final = re.compile(r"noteref|footnote-?ref", re.IGNORECASE)
_BLOCKS: Final = frozenset(("li", "p", "div", "dd", "aside", "section", "td", "blockquote"))


class Links:
    """Gets the pages of a book ready to stand alone.

    Args:
        box: the book.
    """

    def __init__(self, box: Box) -> None:
        self._box = box
        self._places: dict[str, dict[str, Element]] = {}

    def settled(self, path: str, page: str) -> str:
        """Give a page with its notes, and without links to other pages.

        Args:
            path: where in the book the page is.
            page: its HTML, or a part of it.
        """
        notes: dict[str, str] = {}

        def anchor(found: re.Match[str]) -> str:
            link = _HREF.search(found[1])
            target = html.unescape(link[1] or link[2] or "") if link else ""
            if not target or _WEB.match(target):
                return found[0]
            _, mark, fragment = target.partition("#")
            if mark and _stands_in(page, fragment):
                return found[0]
            if mark and len(notes) < MOST and _refers(found[1], found[2]) and fragment not in notes:
                notes[fragment] = self._note(path, target)
            return found[0] if notes.get(fragment) else found[2]

        page = _PICTURE.sub(_in_words, _ANCHOR.sub(anchor, page))
        brought = "".join(
            f'<aside epub:type="footnote" id="{html.escape(name)}">{text}</aside>'
            for name, text in notes.items()
            if text
        )
        end = page.lower().rfind("</body")
        return page[:end] + brought + page[end:] if brought and end >= 0 else page + brought

    def _note(self, path: str, target: str) -> str:
        """Give the HTML of a note, empty when it is none."""
        link, _, fragment = target.partition("#")
        where = self._box.find(posixpath.dirname(path), link) if link else path
        element = self._elements(where).get(unquote(fragment)) if where else None
        while element is not None and element.tag not in _BLOCKS:
            element = element.parent if hasattr(element.parent, "tag") else None  # type: ignore[assignment] # a document
        if element is None or len(element.text) > LONGEST:
            return ""
        return str(element.inner_html)

    def _elements(self, path: str) -> dict[str, Element]:
        """Give the elements of a file by their ids."""
        if path not in self._places:
            from turbohtml import parse

            try:
                text = self._box.read(path, MAX_CHAPTER).decode("utf-8", "replace")
            except IngestError:
                text = ""
            found: dict[str, Element] = {}
            for element in parse(text).iter_elements():
                attributes = element.attrs
                name = attributes.get("id") if attributes else None
                if isinstance(name, str):
                    found.setdefault(name, element)
            self._places[path] = found
        return self._places[path]


def _stands_in(page: str, fragment: str) -> bool:
    return any(f"{key}={quote}{fragment}{quote}" in page for key in ("id", "name") for quote in "\"'")


def _refers(attributes: str, inside: str) -> bool:
    """Tell whether a link refers to a note: it says so, or is a number."""
    return _IS_NOTE.search(attributes) is not None or _NUMBER.fullmatch(_TAG.sub("", inside).strip()) is not None


def _in_words(found: re.Match[str]) -> str:
    """Give what a picture shows, for whoever cannot see it."""
    alt = _ALT.search(found[1])
    text = (alt[1] or alt[2] or "").strip() if alt else ""
    return "" if _SAYS_NOTHING.fullmatch(html.unescape(text)) else f"<em>{text}</em>"
