"""Marks of another program carried over to articles that are here: as one action, and nothing of the reader's changed.

What is carried over is noted on the article as what rules do is: it is done once, so that what the reader took back,
or wrote anew, stays so when the same export is taken in again.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from reader.library.documents import document_of
from reader.library.labels import counted
from reader.library.stories import settle
from reader.model.annotation import Quote
from reader.model.article import BOOKMARKED, READ
from reader.model.tags import folded
from reader.storage import identities
from reader.storage.articles import NAMED
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reader.library.states import States
    from reader.model.article import Row
    from reader.model.saved import Quoted, Saved
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks as Store

_EXACTLY: Final = 2_000
"""Of so many articles at the most, moments are kept exactly, of more the days: each moment is a change of its own."""
_LONG: Final = 300_000
_QUICK: Final = 200
"""In texts of more characters, and of more highlights than these, only the very words are looked for."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How much was carried over, and how many highlights have no place in a text yet.

    `tags` counts articles that were tagged; `mine` the articles whose own note of the reader's stayed instead.
    """

    read: int = 0
    bookmarked: int = 0
    tags: int = 0
    notes: int = 0
    highlights: int = 0
    unplaced: int = 0
    mine: int = 0


def carry(
    store: Store,
    cache: Cache,
    states: States,
    kept: Iterable[tuple[int, Saved]],
    label: str,
    tell: Callable[[str], object],
) -> Carried:
    """Carry marks over.

    Args:
        store: the marks.
        cache: the articles.
        states: their flags, which are kept in step.
        kept: the keys of articles, each with what was kept on it; the same one may come twice.
        label: what is done, in words, for whoever takes it back.
        tell: told what is done now.
    """
    joined: dict[int, Saved] = {}
    for key, saved in kept:
        if key:
            joined[key] = joined[key].joined(saved) if key in joined else saved
    keys, articles = identities.of(cache, list(joined))
    if not keys:
        return Carried()
    carrying = _Carrying(store, cache, dict(zip(keys, articles, strict=True)), joined)
    if not carrying.plan():
        return Carried()
    tell(f"Keeping the marks of {counted(len(keys))}…")
    carrying.begin()
    with store.action(label):
        done = carrying.do()
    with store.lock:
        states.put(keys, store.flags_of(articles))
    settle(cache, states)
    return done


class _Carrying:
    """What is to be done with each article, and the doing of it within an action of the caller."""

    def __init__(self, store: Store, cache: Cache, articles: dict[int, str], kept: dict[int, Saved]) -> None:
        self._store, self._cache, self._articles, self._kept = store, cache, articles, kept
        self._read: list[int] = []
        self._bookmarked: list[int] = []
        self._tagged: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._notes: list[int] = []
        self._quotes: dict[int, list[Quoted]] = {}
        self._noted: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._left: list[str] = []
        self._touched: list[str] = []

    def plan(self) -> bool:
        """Find out what is to be done; tells whether there is anything."""
        ids = list(self._articles.values())
        with self._store.lock:
            flags = self._store.flags_of(ids)
            before = self._store.ruled(ids)
        for (key, article), now, ruled in zip(self._articles.items(), flags, before, strict=True):
            self._plan(key, article, now, ruled)
        return bool(self._read or self._bookmarked or self._tagged or self._notes or self._quotes)

    def _plan(self, key: int, article: str, now: int, ruled: tuple[str, ...] | None) -> None:
        saved, done = self._kept[key], set(map(folded, ruled or ()))
        left = ruled == () and not now & READ  # the reader did something with it, and left it unread
        new: list[str] = []
        if saved.read and not (now & READ or left or "mark read" in done):
            self._read.append(key)
            new.append("mark read")
        if saved.bookmarked and not (now & BOOKMARKED or "bookmark" in done):
            self._bookmarked.append(key)
            new.append("bookmark")
        tags = tuple(tag for tag in saved.tags if folded(f"tag {tag}") not in done)
        if tags:
            self._tagged[tags].append(key)
            new += (f"tag {tag}" for tag in tags)
        if saved.note and (sign := _sign(saved.note)) not in done:
            self._notes.append(key)
            new.append(sign)
        quotes = {sign: one for one in saved.highlights if (sign := _sign(one.text)) not in done}
        if quotes:
            self._quotes[key] = list(quotes.values())
            new += quotes
        if new:
            (self._left if left else self._touched).append(article)
            self._noted[tuple(new)].append(article)

    def begin(self) -> None:
        """Note that something was carried over, also when that is taken back: it was not the reader's doing."""
        self._store.set_ruled(self._touched, "import")

    def do(self) -> Carried:
        """Do it."""
        for keys, field in ((self._read, self._store.set_read), (self._bookmarked, self._store.set_bookmarked)):
            for at, some in self._moments(keys, by_reading=keys is self._read):
                field(self._named(some, named=len(keys) <= NAMED), True, "", at)  # noqa: FBT003 -- two methods alike
        few = sum(map(len, self._tagged.values())) <= NAMED
        for tags, keys in self._tagged.items():
            self._store.set_tags(self._named(keys, named=few), tags, (), "")
        mine = sum(not self._note(key) for key in self._notes)
        highlights = unplaced = 0
        for key in self._quotes:
            made, lost = self._highlight(key)
            highlights, unplaced = highlights + made, unplaced + lost
        for actions, articles in self._noted.items():
            self._store.set_ruled(articles, *actions)
        self._store.set_ruled(self._left, "mark read", "hide")
        tagged, notes = sum(map(len, self._tagged.values())), len(self._notes) - mine
        return Carried(len(self._read), len(self._bookmarked), tagged, notes, highlights, unplaced, mine)

    def _moments(self, keys: Sequence[int], *, by_reading: bool) -> Iterator[tuple[str, list[int]]]:
        """Give articles by the moment that a mark is said to be of."""
        groups: dict[str, list[int]] = defaultdict(list)
        for key in keys:
            saved = self._kept[key]
            at = saved.read_at if by_reading and saved.read_at is not None else saved.at
            groups[_written(at, exactly=len(keys) <= _EXACTLY)].append(key)
        yield from groups.items()

    def _named(self, keys: Sequence[int], *, named: bool) -> Sequence[Row] | Sequence[str]:
        """Give articles as the marks take them: with their titles where they are not very many."""
        if named:
            return self._cache.rows(keys)
        return [self._articles[key] for key in keys]

    def _note(self, key: int) -> bool:
        """Write a note, unless the reader wrote one; tells whether it is there."""
        (row,) = self._cache.rows((key,))
        text = self._kept[key].note
        mine = next(iter(self._store.of(row.id).notes), None)
        if mine is not None:
            return text in mine.text
        self._store.set_note(row, text, "")
        return True

    def _highlight(self, key: int) -> tuple[int, int]:
        """Highlight passages of an article; gives how many, and how many are in no text yet."""
        (row,) = self._cache.rows((key,))
        known = {" ".join(one.quote.exact.split()) for one in self._store.of(row.id).highlights}
        made = lost = 0
        for one, quote in zip(self._quotes[key], self._placed(key), strict=True):
            if " ".join(one.text.split()) in known:
                continue
            at = one.at if one.at is not None else self._kept[key].at
            self._store.add_highlight(
                row, quote or Quote(one.text), one.color, one.note, "", _written(at, exactly=True)
            )
            made, lost = made + 1, lost + (quote is None)
        return made, lost

    def _placed(self, key: int) -> list[Quote | None]:
        """Give each highlight as it stands in the article's text, None where it does not."""
        from reader.model import anchoring

        quotes, article = self._quotes[key], self._cache.article(key)
        if article is None or not article.text:
            return [None] * len(quotes)
        document = document_of(article)
        near = len(article.text) <= _LONG and len(quotes) <= _QUICK
        found = anchoring.find_each(document, (Quote(one.text) for one in quotes), fuzzy=near)
        return [None if passage is None else anchoring.quote_of(document, passage) for passage in found]


def _sign(text: str) -> str:
    """Give a short sign of a text that was carried over."""
    return f"import {blake2b(' '.join(text.split()).encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}"


def _written(moment: int | None, *, exactly: bool) -> str:
    """Write a moment as marks have it, empty for now."""
    if moment is None or moment < 0:
        return ""
    told = datetime.fromtimestamp(moment, UTC)
    return told.strftime("%Y-%m-%dT%H:%M:%SZ" if exactly else "%Y-%m-%dT00:00:00Z")
