"""Finding the articles again that the entries of one edition are.

The signs are tried from the surest to the weakest, each for all entries before the next: the guid with the
address, the address with the headline, the guid with something else that agrees, the address alone, the
headline. Two entries never become one article because they share a weak sign, and what is doubtful is a
new article: a twin can be borne, a lost one cannot.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from reader.model.identity import fingerprint
from reader.storage.database import AT_ONCE
from reader.storage.likeness import (
    OWN_WORDS,
    SAME_DAY,
    TELLING,
    Known,
    apart,
    at_one_moment,
    is_front_page,
    nameless,
    nearly,
    one_page,
    similar,
    versions,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reader.storage.coming import Coming

URLS: Final = 0
"""The source under which former addresses are kept, which hold in all of them."""

_COLUMNS: Final = (
    "a.key, a.source, a.guid, a.url_key, a.title_key, a.published, a.edition, a.position, a.came, a.author, a.section"
)
_LOOKED_AT: Final = 5
"""Articles of one guid, the latest, that are looked at closely; a guid that never changes has hundreds."""


class Matcher:
    """Finds the article of each entry of one edition.

    Args:
        connection: to library.db.
        source: the key of the source that brings them.
        coming: the entries; one is None where it only repeats another.
        taken: the keys of the articles that the first entries have become already.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        source: int,
        coming: Sequence[Coming | None],
        taken: Sequence[int] = (),
    ) -> None:
        self._connection, self._source = connection, source
        self._coming, self._start = coming, len(taken)
        self._found: dict[int, Known] = {}
        self._claimed = set(taken)

    def run(self) -> list[Known | None]:
        """Give the article of each entry, None for one that is new, repeats another, or was taken in before."""
        reused = self._by_guid()
        if self._left():
            self._by_address(reused)
        if self._left():
            self._by_headline()
        return [self._found.get(index) for index in range(len(self._coming))]

    def _left(self) -> list[tuple[int, Coming]]:
        coming = enumerate(self._coming[self._start :], self._start)
        return [(index, one) for index, one in coming if one is not None and index not in self._found]

    def _claim(self, index: int, candidates: Iterable[Known]) -> None:
        if index in self._found:
            return
        for known in candidates:
            if known.key not in self._claimed:
                self._claimed.add(known.key)
                self._found[index] = known
                return

    # -- the guid

    def _by_guid(self) -> dict[int, list[Known]]:
        """Find what guid and address agree on; give the other articles of a guid, which may be used anew."""
        guids = {one.guid: (index, one) for index, one in self._left() if one.guid is not None}
        candidates: dict[str, list[Known]] = {}
        for known in self._select("a.source = ? AND a.guid", (self._source,), list(guids)):
            candidates.setdefault(known.guid or "", []).append(known)
        for name, known in self._former(self._source, [guid for guid in guids if guid not in candidates]):
            candidates.setdefault(name, []).append(known)
        doubtful: dict[int, list[Known]] = {}
        for guid, some in candidates.items():
            index, one = guids[guid]
            self._claim(index, (known for known in some if known.came == one.digest))
            self._claim(index, (known for known in some if one_page(one, known)))
            if index not in self._found:
                doubtful[index] = some[: -_LOOKED_AT - 1 : -1]
        return doubtful

    def _by_doubtful_guid(self, doubtful: dict[int, list[Known]]) -> None:
        """Find the articles of which the guid agrees, but not the address: some publishers use guids again."""
        dates = Counter(one.entry.published for one in self._coming if one is not None)
        for index, some in doubtful.items():
            one = self._coming[index]
            if one is not None:
                alone = dates[one.entry.published] == 1
                self._claim(index, (known for known in some if self._is_still(one, known, alone=alone)))

    def _is_still(self, one: Coming, known: Known, *, alone: bool) -> bool:
        """Tell whether an entry is the article of its guid, where the addresses do not tell.

        `alone` says that no other entry has its date.
        """
        if alone and at_one_moment(one, known):
            return True
        moved = None not in (one.url_key, known.url_key) and (apart(one, known) or 0) > SAME_DAY
        named = one.title_key == known.title_key
        if named and not moved:
            return True
        text = fingerprint(self._text(known.key))
        if not named and len(text.split()) <= TELLING:
            return False
        # Where all else has changed, a form that is filled in every day is not enough.
        return fingerprint(one.text) == text if moved and not named else similar(one, text)

    # -- the address

    def _by_address(self, doubtful: dict[int, list[Known]]) -> None:
        """Find by the address, and in between by a guid that is weaker than address and headline together."""
        left = [(index, one) for index, one in self._left() if one.url_key is not None]
        shared = Counter(one.url_key for one in self._coming if one is not None) if left else {}
        names = list({one.url_key or "": None for _, one in left})
        candidates: dict[str, list[Known]] = {}
        for known in self._select("a.url_key", (), names):
            candidates.setdefault(known.url_key or "", []).append(known)
        for name, known in self._former(URLS, [name for name in names if name not in candidates]):
            candidates.setdefault(name, []).append(known)
        proper = {name for name in names if shared[name] == 1 and not is_front_page(name)}
        self._each(left, candidates, lambda one, known: known.came == one.digest)
        self._each(left, candidates, lambda one, known: self._is_same(one, known, proper))
        self._by_doubtful_guid(doubtful)
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
                mine.sort(key=lambda known: known.source != self._source)
                self._claim(index, mine)

    def _is_same(self, one: Coming, known: Known, proper: set[str]) -> bool:
        """Tell whether an entry of the same address has the same headline too, and is the article for all its guid."""
        if one.title_key != known.title_key:
            return False
        if (one.url_key or "") in proper or self._alike(one, known):
            return True
        mine = known.source == self._source and not self._contradicts(one, known)
        return mine and (apart(one, known) or 0) <= SAME_DAY

    def _moved_on(self, one: Coming, known: Known, proper: set[str]) -> bool:
        """Tell whether an entry of the same address, but another headline, is the article."""
        name = one.url_key or ""
        if name not in proper:
            return False
        if known.source != self._source:
            # A story that another source links to is not yet what that source says of it.
            anchor = one.guid is not None and "#" in (one.entry.url or "")
            return not anchor and (self._is_shared(known) or self._says_the_same(one, known))
        # Some publishers number the versions of an article in its guid.
        return not self._contradicts(one, known) or versions(one.guid, known.guid) or self._alike(one, known)

    def _contradicts(self, one: Coming, known: Known) -> bool:
        return known.source == self._source and None not in (one.guid, known.guid) and one.guid != known.guid

    def _is_shared(self, known: Known) -> bool:
        """Tell whether the source brought the article of another one before."""
        asked = "SELECT 1 FROM shared WHERE key = ? AND source = ? AND NOT follows"
        return self._connection.execute(asked, (known.key, self._source)).fetchone() is not None

    def _says_the_same(self, one: Coming, known: Known) -> bool:
        """Tell whether two sources that give one address mean one article.

        They do, but for one that has words of its own under a headline of its own: it only links there.
        """
        if nearly(one.title_key, known.title_key):
            return True
        text = fingerprint(self._text(known.key))
        own = min(len(text.split()), len(fingerprint(one.text).split())) >= OWN_WORDS
        return not own or similar(one, text)

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
            some = [known for known in candidates[one.title_key] if nameless(one, known)]
            if len(some) > 1:
                self._claim(index, (known for known in some if self._text(known.key) == one.text))
        for index, one in left:
            self._claim(index, (known for known in candidates[one.title_key] if self._may(one, known)))
        for index, one in left:
            self._claim(index, (known for known in candidates[one.title_key] if self._alike(one, known)))

    def _may(self, one: Coming, known: Known) -> bool:
        """Tell whether an entry is the article where only the headline can tell: unless it is dated another day."""
        if not nameless(one, known):
            return False
        return (apart(one, known) or 0) <= SAME_DAY or similar(one, fingerprint(self._text(known.key)))

    def _alike(self, one: Coming, known: Known) -> bool:
        """Tell whether an entry is the article though neither guid nor address is the same, only the headline."""
        if (apart(one, known) or 0) > SAME_DAY:
            return False
        return at_one_moment(one, known) or similar(one, fingerprint(self._text(known.key)))

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
