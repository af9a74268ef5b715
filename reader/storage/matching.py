"""Finding the articles again that the entries of one edition are.

The signs are tried from the surest to the weakest, each for all entries before the next: the guid, the
address with the headline, the address alone, the headline. Two entries never become one article because
they share a weak sign, and what is doubtful is a new article: a twin can be borne, a lost one cannot.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.model.identity import canonical_url, fingerprint
from reader.storage.database import AT_ONCE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reader.storage.coming import Coming

URLS: Final = 0
"""The source under which former addresses are kept, which hold in all of them."""

_COLUMNS: Final = (
    "a.key, a.source, a.guid, a.url_key, a.title_key, a.published, a.edition, a.position, a.came, a.author, a.section"
)
_SAME_DAY: Final = 14 * 3600
"""Seconds by which the dates of one article may differ; a column that appears daily has more between two."""
_DAY: Final = 86_400
_TELLING: Final = 5
"""Words of a headline that no two articles are likely to share."""
_OPENING: Final = 160
_ALIKE: Final = 0.8


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


class Matcher:
    """Finds the article of each entry of one edition.

    Args:
        connection: to library.db.
        source: the key of the source that brings them.
        coming: the entries; one is None where it only repeats another.
    """

    def __init__(self, connection: sqlite3.Connection, source: int, coming: Sequence[Coming | None]) -> None:
        self._connection, self._source = connection, source
        self._coming = coming
        self._found: dict[int, Known] = {}
        self._claimed: set[int] = set()

    def run(self) -> list[Known | None]:
        """Give the article of each entry, None for one that is new (or repeats another)."""
        self._by_guid()
        if self._left():
            self._by_address()
        if self._left():
            self._by_headline()
        return [self._found.get(index) for index in range(len(self._coming))]

    def _left(self) -> list[tuple[int, Coming]]:
        return [(index, one) for index, one in enumerate(self._coming) if one is not None and index not in self._found]

    def _claim(self, index: int, candidates: Iterable[Known]) -> None:
        if index in self._found:
            return
        for known in candidates:
            if known.key not in self._claimed:
                self._claimed.add(known.key)
                self._found[index] = known
                return

    # -- the guid

    def _by_guid(self) -> None:
        guids = {one.guid: index for index, one in self._left() if one.guid is not None}
        for known in self._select("a.source = ? AND a.guid", (self._source,), list(guids)):
            self._claim(guids[known.guid or ""], (known,))
        former = [guid for guid, index in guids.items() if index not in self._found]
        for name, known in self._former(self._source, former):
            self._claim(guids[name], (known,))

    # -- the address

    def _by_address(self) -> None:
        left = [(index, one) for index, one in self._left() if one.url_key is not None]
        if not left:
            return
        shared = Counter(one.url_key for one in self._coming if one is not None)
        names = list({one.url_key or "": None for _, one in left})
        candidates: dict[str, list[Known]] = {}
        for known in self._select("a.url_key", (), names):
            candidates.setdefault(known.url_key or "", []).append(known)
        for name, known in self._former(URLS, [name for name in names if name not in candidates]):
            candidates.setdefault(name, []).append(known)
        proper = {name for name in names if shared[name] == 1 and not _is_front_page(name)}
        self._each(left, candidates, lambda one, known: self._is_same(one, known, proper))
        self._each(left, candidates, lambda one, known: self._moved_on(one, known, proper))

    def _each(
        self,
        left: Iterable[tuple[int, Coming]],
        candidates: dict[str, list[Known]],
        fits: Callable[[Coming, Known], bool],
    ) -> None:
        for index, one in left:
            if index not in self._found:
                mine = [known for known in candidates.get(one.url_key or "", ()) if fits(one, known)]
                mine.sort(key=lambda known: (known.source != self._source, known.came != one.digest))
                self._claim(index, mine)

    def _is_same(self, one: Coming, known: Known, proper: set[str]) -> bool:
        """Tell whether an entry of the same address has the same headline too, and is the article for all its guid."""
        if one.title_key != known.title_key:
            return False
        return (one.url_key or "") in proper or not self._contradicts(one, known) or self._alike(one, known)

    def _moved_on(self, one: Coming, known: Known, proper: set[str]) -> bool:
        """Tell whether an entry of the same address, but another headline, is the article."""
        name = one.url_key or ""
        if name not in proper:
            return False
        if known.source != self._source:
            return one.guid is None or "#" not in (one.entry.url or "")
        # Some publishers number the versions of an article in its guid.
        return not self._contradicts(one, known) or _versions(one.guid, known.guid) or self._alike(one, known)

    def _contradicts(self, one: Coming, known: Known) -> bool:
        return known.source == self._source and None not in (one.guid, known.guid) and one.guid != known.guid

    # -- the headline

    def _by_headline(self) -> None:
        left = self._left()
        titles = list({one.title_key: None for _, one in left})
        candidates: dict[str, list[Known]] = {}
        for known in self._select("a.source = ? AND a.title_key", (self._source,), titles):
            candidates.setdefault(known.title_key, []).append(known)
        left = [(index, one) for index, one in left if one.title_key in candidates]
        # Only where there is a choice is the text looked at, so that twins do not change places.
        for index, one in left:
            some = [known for known in candidates[one.title_key] if _nameless(one, known)]
            if len(some) > 1:
                self._claim(index, (known for known in some if self._text(known.key) == one.text))
        for index, one in left:
            self._claim(index, (known for known in candidates[one.title_key] if self._may(one, known)))
        for index, one in left:
            self._claim(index, (known for known in candidates[one.title_key] if self._alike(one, known)))

    def _may(self, one: Coming, known: Known) -> bool:
        """Tell whether an entry is the article where only the headline can tell: unless it is dated another day."""
        if not _nameless(one, known):
            return False
        return (_apart(one, known) or 0) <= _SAME_DAY or _similar(one, fingerprint(self._text(known.key)))

    def _alike(self, one: Coming, known: Known) -> bool:
        """Tell whether an entry is the article though neither guid nor address is the same, only the headline."""
        apart = _apart(one, known)
        if apart is not None and apart > _SAME_DAY:
            return False
        if apart == 0 and (known.published or 0) % _DAY:
            return True
        return _similar(one, fingerprint(self._text(known.key)))

    # -- asking

    def _text(self, key: int) -> str:
        found = self._connection.execute("SELECT text FROM bodies WHERE key = ?", (key,)).fetchone()
        return "" if found is None else str(found[0])

    def _select(self, where: str, first: tuple[int, ...], names: Sequence[str]) -> Iterator[Known]:
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            statement = (
                f"SELECT {_COLUMNS} FROM articles a WHERE {where} IN ({','.join('?' * len(some))}) ORDER BY a.key"
            )
            yield from map(Known._make, self._connection.execute(statement, (*first, *some)).fetchall())

    def _former(self, source: int, names: Sequence[str]) -> Iterator[tuple[str, Known]]:
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            statement = (
                f"SELECT l.name, {_COLUMNS} FROM aliases l JOIN articles a USING (key)"
                f" WHERE l.source = ? AND l.name IN ({','.join('?' * len(some))}) ORDER BY a.key"
            )
            for name, *values in self._connection.execute(statement, (source, *some)).fetchall():
                yield name, Known._make(values)


def _nameless(one: Coming, known: Known) -> bool:
    """Tell whether one of the two has nothing but its headline to be known by."""
    return (one.guid is None and one.url_key is None) or (known.guid is None and known.url_key is None)


def _versions(one: str | None, other: str | None) -> bool:
    """Tell whether two guids are the same address but for the fragment."""
    return one is not None and other is not None and "://" in one and canonical_url(one) == canonical_url(other)


def _is_front_page(url_key: str) -> bool:
    """Tell whether an address is a whole site's, as feeds give that have no page for each entry."""
    return url_key.count("/") == 3 and url_key.endswith("/")


def _apart(one: Coming, known: Known) -> int | None:
    """Give the seconds between the dates of the two, None when one has none."""
    if one.entry.published is None or known.published is None:
        return None
    return abs(one.entry.published - known.published)


def _similar(one: Coming, text: str) -> bool:
    """Tell whether two texts under one headline are nearly the same, or one is the other's beginning."""
    mine = fingerprint(one.text)
    if not mine or not text:
        return mine == text and len(one.title_key.split()) >= _TELLING
    if mine == text:
        return True
    if min(len(mine), len(text)) >= _OPENING and mine[:_OPENING] == text[:_OPENING]:
        return True
    ours, theirs = set(mine.split()), set(text.split())
    return len(ours & theirs) >= _ALIKE * len(ours | theirs)
