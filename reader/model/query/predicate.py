"""A query asked of one article in memory; storage asks the same of the whole library in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.article import NOTED
from reader.model.query.fields import STATES
from reader.model.query.tokens import holds, padded
from reader.model.query.tree import And, Field, Minutes, Name, Not, Or, Pattern, When, Words
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.query.context import Context
    from reader.model.query.tree import Node, Query


@dataclass(frozen=True, slots=True)
class Subject:
    """All that a query may ask of an article.

    `notes` are all that the reader wrote or marked: notes, highlights' quotes and notes on them; `note_texts` the
    notes alone. `others` are the ids and titles of further sources that told the same story. `moment` is when it
    was published, else when it was added, in seconds since 1970.
    """

    title: str = ""
    author: str = ""
    section: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()
    note_texts: tuple[str, ...] = ()
    source_id: str = ""
    source_title: str = ""
    others: tuple[tuple[str, str], ...] = ()
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    flags: int = 0
    offline: bool = False
    moment: int = 0
    words: int = 0
    language: str = ""
    image: bool = False
    link: bool = False

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """The ids and titles of all its sources."""
        return ((self.source_id, self.source_title), *self.others)


def matches(query: Query, subject: Subject, context: Context) -> bool:
    """Tell whether an article is what a query asks for; what a rule hid counts like any other."""
    return query.node is None or _Asked(subject, context).meets(query.node)


class _Asked:
    """One article that is asked about: its texts are read once at the most."""

    def __init__(self, subject: Subject, context: Context) -> None:
        self._subject = subject
        self._context = context
        self._read: dict[str, str] = {}

    def meets(self, node: Node) -> bool:
        if isinstance(node, And):
            return all(self.meets(part) for part in node.nodes)
        if isinstance(node, Or):
            return any(self.meets(part) for part in node.nodes)
        if isinstance(node, Not):
            return not self.meets(node.node)
        if isinstance(node, Words):
            return self._says(self._texts(None), node)
        return self._passes(node)

    def _passes(self, field: Field) -> bool:
        test, name, subject = field.test, field.name, self._subject
        if isinstance(test, Words):
            named = name == "source" and any(number == test.text for number, _ in subject.sources)
            return named or self._says(self._texts(name), test)
        if isinstance(test, Pattern):
            return self._fits(name, test)
        if isinstance(test, When):
            from reader.model.query.dates import bounds

            first, after = bounds(name, test.text, self._context)
            return (first is None or first <= subject.moment) and (after is None or subject.moment < after)
        if isinstance(test, Minutes):
            fewest, most = test.words(self._context.pace)
            return fewest <= subject.words and (most is None or subject.words <= most)
        return self._is(name, test)

    def _is(self, name: str, test: Name) -> bool:
        subject = self._subject
        if name == "is":
            mask, wanted = STATES[test.text]
            return subject.offline if test.text == "offline" else subject.flags & mask == wanted
        if name == "has":
            return {"image": subject.image, "link": subject.link, "note": bool(subject.flags & NOTED)}[test.text]
        if name == "lang":
            return f"{subject.language.lower().replace('_', '-')}-".startswith(f"{test.text}-")
        among = subject.tags if name == "tag" else subject.folders
        return test.text.casefold() in (one.casefold() for one in among)

    def _texts(self, name: str | None) -> Iterable[str]:
        """Give the texts that a field looks into, all that a bare word looks into for None."""
        subject = self._subject
        if name is None:
            return subject.title, subject.author, subject.section, subject.text, *subject.notes
        if name == "note":
            return subject.note_texts
        if name == "source":
            return tuple(title for _, title in subject.sources)
        if name == "tag":
            return subject.tags
        one = {"title": subject.title, "author": subject.author, "section": subject.section, "text": subject.text}
        return (one[name],)

    def _says(self, texts: Iterable[str], words: Words) -> bool:
        for text in texts:
            if text not in self._read:
                self._read[text] = padded(text)
            if holds(self._read[text], words):
                return True
        return False

    def _fits(self, name: str, test: Pattern) -> bool:
        from reader.model.query.patterns import found

        return any(found(test.text, text) for text in self._texts(name))
