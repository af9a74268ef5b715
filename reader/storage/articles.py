"""The articles among the marks: a document each of what was done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from reader.model.tags import retagged, tidied
from reader.storage import flagging
from reader.storage.alike import looked_up, runs
from reader.storage.shapes import ARTICLES, as_place, as_tags, as_text
from reader.storage.tagged import Tagged

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from reader.model.annotation import JSON, Place
    from reader.model.article import Row
    from reader.storage.records import Doc, Docs
    from reader.storage.table import JournalDB

NAMED: Final = 1000
"""How many articles at once are entered with their titles; of more, their ids must do."""


class Articles:
    """The table of articles, to be changed within a transaction of the caller.

    Args:
        db: the marks.
    """

    def __init__(self, db: JournalDB) -> None:
        self._table, self._journal = db.at(ARTICLES), db.journal
        self.tags = Tagged(lambda: self.docs)

    @property
    def docs(self) -> Docs:
        """The documents, live: to be read only."""
        return self._journal.docs(ARTICLES)

    def doc(self, article: int) -> Doc:
        """Give the document of an article, an empty one when there is none."""
        return self.docs.get(str(article), {})

    def flags(self, articles: Iterable[int | str], more: dict[int, int]) -> bytes:
        """Give the flags of many articles; `more` are those that other tables know of."""
        return flagging.flags_at(self.docs, list(map(str, articles)), more)

    def named(self, article: int) -> tuple[str, str, str]:
        """Give an article's title, its source's and its address as they were at its first mark."""
        doc = self.doc(article)
        title, source, url = (as_text(doc.get(name)) or "" for name in ("title", "source", "url"))
        return title, source, url

    def enter(self, rows: Iterable[Row]) -> None:
        """Let the documents of articles tell what they are on; make those that are not there."""
        docs, new = self.docs, {}
        for row in rows:
            names: Doc = {"title": row.title, "url": row.url, "source": row.source}
            old = docs.get(str(row.id))
            if old is None:
                new[row.id] = names
            elif "title" not in old:
                # It was one of very many that became read at once.
                self._table.patch({name: value for name, value in names.items() if value is not None}, [row.id])
        self._table.put(new)

    def set(self, field: str, articles: Sequence[Row] | Sequence[str], value: JSON) -> int:
        """Set a field of those articles where it is not set, or remove it; gives how many were not so already.

        Args:
            field: its name.
            articles: rows, or only the ids of articles.
            value: what to set; None removes the field.
        """
        keys, on, changed = _keys(articles), value is not None, list[str]()
        known = looked_up(self.docs, keys)
        for some, numbers, docs in runs(self.docs, keys, known):
            so = {number for number, doc in docs.items() if bool(doc and doc.get(field)) == on}
            changed += [key for key, number in zip(some, numbers, strict=True) if number not in so] if so else some
        if changed:
            self._name(articles, changed)
            same = len(changed) == len(keys) and len(changed) > NAMED
            self._table.patch({field: value}, changed, make=on, looked_up=known if same else None)
        if field == "read" and not on:
            # No rule makes read, or hides, what the reader wants unread.
            ruled = [key for key in changed if self.docs.get(key, {}).get("ruled")]
            for action in ("mark read", "hide"):
                self.set_ruled(ruled, action)
        return len(changed)

    def set_tags(self, articles: Sequence[Row] | Sequence[str], add: Collection[str], remove: Collection[str]) -> int:
        """Add tags to articles and take others away; gives how many changed."""
        gone = tidied(remove)
        kept = {tag.casefold() for tag in gone}
        new = tuple(tag if tag.casefold() in kept else self.tags.spelled(tag) for tag in tidied(add))
        changes: dict[tuple[str, ...], list[str]] = {}
        for some, numbers, docs in runs(self.docs, _keys(articles)):
            known: dict[int, list[str]] = {}
            for number, doc in docs.items():
                old = as_tags(doc.get("tags")) if doc is not None else ()
                tags = retagged(old, new, gone)
                known[number] = changes.setdefault(tags, []) if tags != old else []
            for key, number in zip(some, numbers, strict=True):
                known[number].append(key)
        self._name(articles, [key for keys in changes.values() for key in keys])
        for tags, keys in changes.items():
            self._table.patch({"tags": list(tags) or None}, keys, make=bool(tags))
        return sum(map(len, changes.values()))

    def ruled(self, articles: Iterable[str]) -> list[tuple[str, ...] | None]:
        """Give of articles what rules did with them, in their order; None where there is no document."""
        docs = self.docs
        return [as_tags(docs[one].get("ruled")) if one in docs else None for one in articles]

    def set_ruled(self, articles: Sequence[str], *done: str) -> None:
        """Note what a rule did with articles, as far as that is not noted yet."""
        changes: dict[tuple[str, ...], list[str]] = {}
        for key, known in zip(articles, self.ruled(articles), strict=True):
            noted = tuple(dict.fromkeys((*(known or ()), *done)))
            if noted != known:
                changes.setdefault(noted, []).append(key)
        for actions, keys in changes.items():
            self._table.patch({"ruled": list(actions)}, keys, make=True)

    def set_place(self, row: Row, place: Place, now: str) -> None:
        """Keep how far an article was read, unless that is known."""
        if as_place(self.doc(row.id).get("place")) == place:
            return
        self.enter([row])
        kept: Doc = {"block": place.block, "fraction": place.fraction, "progress": place.progress}
        if place.text:
            kept["text"] = place.text
        self._table.patch({"place": {**kept, "at": now}}, [row.id])

    def _name(self, articles: Sequence[Row] | Sequence[str], changed: list[str]) -> None:
        if len(changed) > NAMED:
            return
        some = set(changed)
        self.enter({row.id: row for row in articles if not isinstance(row, str) and str(row.id) in some}.values())


def _keys(articles: Sequence[Row] | Sequence[str]) -> list[str]:
    if set(map(type, articles)) <= {str}:
        return list(cast("Sequence[str]", articles))
    return list(dict.fromkeys(str(row.id) for row in cast("Sequence[Row]", articles)))
