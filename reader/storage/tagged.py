"""Which articles have which tags, known without walking the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.tags import folded
from reader.storage.records import keys_of
from reader.storage.shapes import ARTICLES, as_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.storage.records import Doc, Docs, Op


class Tagged:
    """An index over the tags of the articles, made when it is first asked.

    Args:
        docs: gives the documents of the articles.
    """

    def __init__(self, docs: Callable[[], Docs]) -> None:
        self._docs = docs
        self._articles: dict[str, dict[int, str]] | None = None
        self._tags: dict[str, tuple[str, ...]] = {}

    def all(self) -> dict[str, list[int]]:
        """Give the articles of each tag, as it was written first."""
        return {next(iter(kept.values())): list(kept) for kept in self._index().values()}

    def counts(self) -> dict[str, int]:
        """Give how many articles have each tag."""
        return {next(iter(kept.values())): len(kept) for kept in self._index().values()}

    def spelled(self, tag: str) -> str:
        """Give a tag as it is written on other articles, or as it is."""
        kept = self._index().get(folded(tag))
        return tag if kept is None else next(iter(kept.values()))

    def follow(self, op: Op) -> None:
        """Take note of a change that was committed."""
        if op["t"] != ARTICLES or self._articles is None:
            return
        if "r" in op:
            self._articles = None
        elif "f" not in op or "tags" in op["f"]:
            self._refresh(self._articles, keys_of(op))

    def _index(self) -> dict[str, dict[int, str]]:
        if self._articles is None:
            self._articles, self._tags = {}, {}
            self._refresh(self._articles, (key for key, doc in self._docs().items() if "tags" in doc))
        return self._articles

    def _refresh(self, index: dict[str, dict[int, str]], keys: Iterable[str]) -> None:
        docs = self._docs()
        nothing: Doc = {}
        changes: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
        for key in dict.fromkeys(keys):
            new = as_tags(docs.get(key, nothing).get("tags"))
            old = self._tags.get(key, ())
            if new != old:
                changes.setdefault((old, new), []).append(key)
        for (old, new), some in changes.items():
            articles = list(map(int, some))
            for tag in map(folded, old):
                kept = index[tag]
                for article in articles:
                    del kept[article]
                if not kept:
                    del index[tag]
            for tag in new:
                index.setdefault(folded(tag), {}).update(dict.fromkeys(articles, tag))
            if new:
                self._tags.update(dict.fromkeys(some, new))
            else:
                for key in some:
                    del self._tags[key]
