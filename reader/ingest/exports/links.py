"""Lists of links in HTML: browsers' bookmarks, and Pocket's older export.

Bookmarks are written by all browsers as Netscape did: `<DT><H3>` names a folder, the `<DL>` after it holds it,
`<DT><A HREF ADD_DATE TAGS>` is a bookmark, `<DD>` what is said of it (learn.microsoft.com, "Netscape Bookmark File
Format"; TAGS is Firefox's and Pinboard's). Pocket's `ril_export.html` has `<h1>Unread</h1>` and `<h1>Read
Archive</h1>` over lists of `<a href time_added tags>` (github.com/wallabag/wallabag, tests/fixtures/Import).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from reader.ingest.exports.later import POCKET
from reader.ingest.exports.making import Made
from reader.ingest.exports.moments import moment
from reader.ingest.exports.tables import text_of
from reader.ingest.opml import SEPARATOR
from reader.model.article import Entry
from reader.model.saved import Saved

if TYPE_CHECKING:
    from reader.ingest.found import Found

BOOKMARKS: Final = "Bookmarks"

_DEPTH: Final = 100
# Each tag, with the text up to the next one: it takes time in proportion to the length, whatever it holds.
_PIECE: Final = re.compile(r"<(/?)(a|h1|h3|dl|dd)\b([^<>]*)>([^<]*)", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([a-z_]{1,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def bookmarks(data: bytes) -> Found:
    """Read a browser's bookmarks; a folder becomes the section that a bookmark stands in.

    Raises:
        IngestError: there is no bookmark in it.
    """
    return _Walk(BOOKMARKS).read(text_of(data))


def pocket(data: bytes) -> Found:
    """Read Pocket's older export.

    Raises:
        IngestError: there is no article in it.
    """
    return _Walk(POCKET).read(text_of(data))


class _Walk:
    """Goes through the tags in their order, and knows in which folder it is."""

    def __init__(self, program: str) -> None:
        self._made, self._pocket = Made(program), program == POCKET
        self._folders: list[str] = []
        self._coming = ""
        self._archive = False
        self._waiting: tuple[str, Entry, Saved] | None = None

    def read(self, text: str) -> Found:
        """Read all of it."""
        line, counted = 1, 0
        for piece in _PIECE.finditer(text):
            line, counted = line + text.count("\n", counted, piece.start()), piece.start()
            self._piece(f"line {line:,}", bool(piece[1]), piece[2].lower(), piece[3], html.unescape(piece[4]).strip())
        self._take()
        return self._made.found()

    def _piece(self, place: str, ends: bool, tag: str, attributes: str, text: str) -> None:
        if tag == "dl":
            self._take()
            self._folder(ends)
        elif ends:
            return
        elif tag == "h3":
            self._take()
            self._coming = text
        elif tag == "h1":
            self._take()
            self._archive = self._pocket and "archive" in text.casefold()
        elif tag == "dd" and self._waiting is not None:
            where, entry, saved = self._waiting
            self._waiting = (
                where,
                Entry(entry.title, section=entry.section, excerpt=text, cut=True, url=entry.url),
                saved,
            )
        elif tag == "a":
            self._take()
            self._link(place, attributes, text)

    def _folder(self, ends: bool) -> None:
        if ends and self._folders:
            self._folders.pop()
        elif not ends and len(self._folders) < _DEPTH:
            self._folders.append(self._coming)
        self._coming = ""

    def _link(self, place: str, attributes: str, text: str) -> None:
        told = {
            found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(attributes)
        }
        section = SEPARATOR.join(name for name in self._folders if name) or None
        entry = Entry(text if text != told.get("href") else "", section=section, cut=True, url=told.get("href"))
        at = moment(told.get("time_added") or told.get("add_date"))
        self._waiting = place, entry, Saved(read=self._archive, tags=tuple(told.get("tags", "").split(",")), at=at)

    def _take(self) -> None:
        """Take in the link before, of which everything is told now."""
        if self._waiting is not None:
            self._made.article(*self._waiting)
            self._waiting = None
