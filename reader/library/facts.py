"""What a query is asked of besides the articles: flags, tags, notes, folders, and the moment."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from reader.model.query.tokens import holds, padded, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.library.states import States
    from reader.model.query.completion import Known
    from reader.model.query.context import Context
    from reader.model.query.tree import Name, Pattern, Words
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks

_NAMES: Final = 2000
"""Authors and sections that a query is completed with."""


class Said:
    """What the reader wrote and marked, searched as the full-text index searches the articles.

    It is made when words are first sought, and again after the notes have changed.

    Args:
        marks: marks.json, opened.
    """

    def __init__(self, marks: Callable[[], Marks]) -> None:
        self._marks = marks
        self._version = -1
        self._texts: list[tuple[int, str, bool]] = []
        self._padded: dict[str, str] = {}
        self._beginnings: list[tuple[str, int]] = []

    def articles(self, words: Words, *, notes: bool) -> set[int]:
        """Give the ids of the articles on which something with these words was said.

        Args:
            words: the words.
            notes: whether notes alone count, and no highlighted quotes.
        """
        self._renew()
        sought = wanted(words)
        first = sought.split(" ")[1] if sought else ""
        at = bisect_left(self._beginnings, (first, -1))
        found = set()
        while first and at < len(self._beginnings) and self._beginnings[at][0].startswith(first):
            article, text, is_note = self._texts[self._beginnings[at][1]]
            if (is_note or not notes) and holds(text, words):
                found.add(article)
            at += 1
        return found

    def _renew(self) -> None:
        marks = self._marks()
        version = marks.version
        if version == self._version:
            return
        known, self._padded = self._padded, {}
        self._texts = []
        for article, text, is_note in marks.said():
            plain = self._padded[text] = known[text] if text in known else padded(text)
            self._texts.append((article, plain, is_note))
        beginnings = ((word, number) for number, (_, text, _) in enumerate(self._texts) for word in set(text.split()))
        self._beginnings = sorted(beginnings)
        self._version = version


class Facts:
    """What one query is asked of.

    Args:
        cache: the articles.
        states: their flags.
        marks: marks.json, opened when it is needed.
        said: what the reader wrote and marked.
        context: when and for whom it is asked.
    """

    def __init__(self, cache: Cache, states: States, marks: Callable[[], Marks], said: Said, context: Context) -> None:
        self._cache, self._states, self._marks, self._said = cache, states, marks, said
        self.context = context
        self._flags: bytes | None = None

    def flags(self) -> bytes:
        """Give a byte of flags for each key from 0 on; what follows another article has those of the leading one."""
        if self._flags is None:
            self._flags = self._cache.following.lent(self._cache.connection, self._states.all())
        return self._flags

    def said(self, words: Words, *, notes: bool) -> bytes:
        """Give a byte for each key, 1 where a note (or a highlight, unless `notes` alone count) has the words."""
        return self._among(self._said.articles(words, notes=notes))

    def tagged(self, test: Name | Pattern) -> bytes:
        """Give a byte for each key, 1 where the user's tags are so."""
        from reader.model.query.tree import Name

        if isinstance(test, Name):
            folded = test.text.casefold()
            some = [articles for tag, articles in self._marks().tags().items() if tag.casefold() == folded]
        else:
            from reader.model.query.patterns import found

            some = [articles for tag, articles in self._marks().tags().items() if found(test.text, tag)]
        return self._among(article for articles in some for article in articles)

    def sources(self, test: Words | Pattern) -> list[int]:
        """Give the keys of the sources that a test of `source:` means."""
        from reader.model.query.tree import Pattern

        named = self._cache.named_sources()
        if isinstance(test, Pattern):
            from reader.model.query.patterns import found

            return [key for key, _, title in named if found(test.text, title)]
        return [key for key, name, title in named if name == test.text or holds(padded(title), test)]

    def folder(self, name: str) -> list[int]:
        """Give the keys of the sources in a folder."""
        folded = name.casefold()
        inside = {one.id for one in self._marks().sources() if one.care.folder.casefold() == folded}
        return [key for key, source, _ in self._cache.named_sources() if source in inside]

    def languages(self, name: str) -> list[str]:
        """Give the languages, as they are written in the library, that a name means."""
        return [one for one in self._cache.languages() if f"{one.lower().replace('_', '-')}-".startswith(f"{name}-")]

    def _among(self, articles: Iterable[int]) -> bytes:
        keys = self._cache.keys_of(articles)
        among = bytearray(max(keys, default=-1) + 1)
        for key in keys:
            among[key] = 1
        return bytes(among)


def known(cache: Cache, marks: Callable[[], Marks]) -> Known:
    """Give the names that there are in a library, those wanted most first."""
    from reader.model.query.completion import Known
    from reader.model.source import REMOVED

    tags = sorted(marks().tags().items(), key=lambda pair: -len(pair[1]))
    here = [one for one in marks().sources() if one.kind != REMOVED]
    return Known(
        authors=tuple(cache.names("author", _NAMES)),
        tags=tuple(tag for tag, _ in tags),
        sources=tuple(dict.fromkeys(one.title for one in here)),
        sections=tuple(cache.names("section", _NAMES)),
        folders=tuple(dict.fromkeys(one.care.folder for one in here if one.care.folder)),
    )
