"""The ordinary feed, read by expat alone in a tenth of feedparser's time.

Most feeds hold nothing but what is named here. At the first thing that is not, or that stands where it
should not, the whole feed is left to feedparser, so that both never differ; a test holds them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from reader.ingest.feeds.elements import ATOM, ROOTS, XML, UnusualError, mended, skip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.ingest.feeds.elements import Raw, Table

_TELLING: Final = frozenset({XML + "base", XML + "lang", "base", "lang"})
_BUFFER: Final = 1 << 20


def read(text: str) -> tuple[Raw, list[Raw], str] | None:
    """Read a feed, if it is an ordinary one.

    Args:
        text: RSS or Atom, its XML declaration gone.

    Returns:
        The feed, its entries and its version, as feedparser gives them; None if it has to be asked.
    """
    reader = _Reader()
    try:
        reader.parse(text.encode())
    except (expat.ExpatError, UnusualError, UnicodeEncodeError):
        return None
    return reader.feed, reader.entries, reader.version


class _Reader:
    """What is open: `table` tells what may come now, `leaf` the element whose text is collected."""

    def __init__(self) -> None:
        self.feed: Raw = {}
        self.entries: list[Raw] = []
        self.version = ""
        self.raw = self.feed
        self.person: Raw = {}
        self._table: Table = ROOTS
        self._outer: list[tuple[Table, str]] = []
        self._leaf: str | None = None
        self._attributes: Mapping[str, str] = {}
        self._pieces: list[str] = []
        self._skipped = 0

    def parse(self, data: bytes) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.buffer_size = _BUFFER
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._pieces.append
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no keyword

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._leaf is not None:
            raise UnusualError
        if self._skipped:
            self._skipped += 1
            return
        if attributes and not _TELLING.isdisjoint(attributes) and self._outer:
            raise UnusualError
        inner = self._table.get(name, _refuse)
        if isinstance(inner, dict):
            self._outer.append((self._table, name))
            self._table = inner
            _open(self, name, attributes)
        elif inner is skip:
            self._skipped = 1
        elif inner is _refuse:
            raise UnusualError
        else:
            self._leaf = name
            self._attributes = attributes
            self._pieces.clear()

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif self._leaf is not None:
            action = self._table[name]
            self._leaf = None
            if action is not None and not isinstance(action, dict):
                action(self, self.raw, self._attributes, mended("".join(self._pieces).strip()))
            self._pieces.clear()
        else:
            self._table, closed = self._outer.pop()
            _close(self, closed)


def _open(reader: _Reader, name: str, attributes: Mapping[str, str]) -> None:
    if name in {"item", ATOM + "entry"}:
        reader.raw = {}
        reader.entries.append(reader.raw)
    elif name == ATOM + "author":
        reader.person = {}
    elif name in {"rss", ATOM + "feed"}:
        if not attributes.keys() <= {"version", XML + "lang"}:
            raise UnusualError
        reader.version = "rss20" if name == "rss" else "atom10"
        if attributes.get(XML + "lang"):
            reader.feed["language"] = attributes[XML + "lang"].replace("_", "-")


def _close(reader: _Reader, name: str) -> None:
    if name in {"item", ATOM + "entry"}:
        reader.raw = reader.feed
    elif name == ATOM + "author":
        reader.raw.setdefault("authors", []).append(reader.person)


def _refuse(*_: object) -> None:
    raise UnusualError
