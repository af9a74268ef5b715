"""What is kept compared with what a backup holds: what would come, go and change, and the ops that do it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import orjson

from reader.model.source import REMOVED
from reader.storage.shapes import (
    ARTICLES,
    HIGHLIGHTS,
    LOG,
    NOTES,
    QUARANTINE,
    SOURCES,
    VIEWS,
    as_article,
    as_text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reader.model.annotation import JSON
    from reader.storage.records import Doc, Docs, Op, Tables

Kind: TypeAlias = Literal[
    "read", "bookmarks", "tags", "hidden", "places", "notes", "highlights", "views", "sources", "days", "other"
]

SOME: Final = 3
"""How many of what changes are named."""

_FIELDS: Final[dict[str, Kind]] = {
    "read": "read",
    "bookmarked": "bookmarks",
    "tags": "tags",
    "hidden": "hidden",
    "place": "places",
}
_NAMES: Final = frozenset({"title", "url", "source"})
"""What tells which article it is: kept as it is, since it is no mark."""


@dataclass
class Tally:
    """How marks of one kind would change, and the first few of what they are on: articles by their ids, or names."""

    come: int = 0
    go: int = 0
    change: int = 0
    some: list[int | str] = field(default_factory=list)

    def count(self, old: object, new: object, on: Collection[int | str], times: int = 1) -> None:
        """Count one thing that is kept now, None for none, and is to be another."""
        if old is None:
            self.come += times
        elif new is None:
            self.go += times
        else:
            self.change += times
        self.some += [one for one in on if one not in self.some][: SOME - len(self.some)]

    @property
    def total(self) -> int:
        """How many come, go and change."""
        return self.come + self.go + self.change


@dataclass
class Comparison:
    """What would change, kind by kind, and the ops that change it.

    `stay` are the titles of sources that the backup does not know: they were added since, and stay, since their
    articles are here. Those that were removed by now are no news to anybody.
    """

    tallies: dict[Kind, Tally] = field(default_factory=dict)
    ops: list[Op] = field(default_factory=list)
    stay: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether anything would change that people can see."""
        return bool(self.tallies)

    def tally(self, kind: Kind) -> Tally:
        """Give the tally of a kind."""
        return self.tallies.setdefault(kind, Tally())


def compare(now: Tables, then: Tables) -> Comparison:
    """Compare what is kept with what a backup holds.

    What can be undone stays as it is, and so do tables that are not ours.

    Args:
        now: the tables as they are.
        then: those of the backup.
    """
    found = Comparison()
    _articles(found, now.get(ARTICLES, {}), then.get(ARTICLES, {}))
    for table, kind in ((NOTES, "notes"), (HIGHLIGHTS, "highlights"), (VIEWS, "views")):
        _whole(found, table, kind, now.get(table, {}), then.get(table, {}))  # type: ignore[arg-type]  # a Kind each
    _sources(found, now.get(SOURCES, {}), then.get(SOURCES, {}))
    _log(found, now.get(LOG, {}), then.get(LOG, {}))
    _quarantine(found, now.get(QUARANTINE, {}), then.get(QUARANTINE, {}))
    return found


def _articles(found: Comparison, now: Docs, then: Docs) -> None:
    # Very many articles share few documents: each pair of them is compared once.
    known: dict[tuple[int, int], list[str] | None] = {}
    groups: dict[bytes, tuple[Doc, Doc, list[str]]] = {}
    nothing: Doc = {}
    for keys, of_both in ((then, True), (now, False)):
        for key in keys:
            old, new = now.get(key, nothing), then.get(key, nothing)
            if old is new or (not of_both and key in then):
                continue
            pair = id(old), id(new)
            if pair not in known:
                known[pair] = _grouped(groups, old, new)
            group = known[pair]
            if group is not None:
                group.append(key)
    for fields, old, group in groups.values():
        found.ops.append({"t": ARTICLES, "m": group, "f": fields})
        for kind, names in _kinds(fields).items():
            before = {name: old[name] for name in names if old.get(name) is not None}
            after = {name: fields[name] for name in names if fields[name] is not None}
            found.tally(kind).count(before or None, after or None, [int(key) for key in group[:SOME]], len(group))


def _grouped(groups: dict[bytes, tuple[Doc, Doc, list[str]]], old: Doc, new: Doc) -> list[str] | None:
    """Give the articles that change in the same way, None when this one does not change."""
    fields = {name: new.get(name) for name in {**old, **new} if _differs(name, old.get(name), new.get(name))}
    if not fields:
        return None
    before = {name: old.get(name) is None for name in fields}
    return groups.setdefault(orjson.dumps([fields, before], option=orjson.OPT_SORT_KEYS), (fields, old, []))[2]


def _differs(name: str, old: JSON, new: JSON) -> bool:
    return old is None and new is not None if name in _NAMES else old != new


def _kinds(fields: Doc) -> dict[Kind, list[str]]:
    kinds: dict[Kind, list[str]] = {}
    for name in fields:
        if name not in _NAMES:
            kinds.setdefault(_FIELDS.get(name, "other"), []).append(name)
    return kinds


def _whole(found: Comparison, table: str, kind: Kind, now: Docs, then: Docs) -> None:
    """Compare documents that come and go whole."""
    gone = [key for key in now if key not in then]
    coming = {key: doc for key, doc in then.items() if now.get(key) != doc}
    for key in [*coming, *gone]:
        old, new = now.get(key), then.get(key)
        found.tally(kind).count(old, new, _on(new if new is not None else old))
    if gone:
        found.ops.append({"t": table, "d": gone})
    if coming:
        found.ops.append({"t": table, "s": coming})


def _on(doc: Doc | None) -> list[int | str]:
    article = as_article((doc or {}).get("article"))
    name = as_text((doc or {}).get("name"))
    return [article] if article is not None else [name] if name is not None else []


def _sources(found: Comparison, now: Docs, then: Docs) -> None:
    """Compare the sources by their own ids; none goes, since its articles would be left alone."""
    keys = {name: key for key, doc in now.items() if (name := as_text(doc.get("id"))) is not None}
    names = {name: doc for doc in then.values() if (name := as_text(doc.get("id"))) is not None}
    coming: Docs = {}
    for name, doc in names.items():
        old = now.get(keys.get(name, ""))
        if old == doc or (old is not None and doc.get("kind") == REMOVED):
            continue
        found.tally("sources").count(old, doc, [as_text(doc.get("title")) or name])
        coming[keys.get(name) or str(_next(now, coming))] = doc
    if coming:
        found.ops.append({"t": SOURCES, "s": coming})
    stay = [(name, now[key]) for name, key in keys.items() if name not in names]
    found.stay = [as_text(doc.get("title")) or name for name, doc in stay if doc.get("kind") != REMOVED]


def _log(found: Comparison, now: Docs, then: Docs) -> None:
    """Let the times come back that were lost; none goes, for they were spent."""
    for day, doc in then.items():
        old = now.get(day, {})
        more = {name: value for name, value in doc.items() if _more(value, old.get(name))}
        if more:
            found.tally("days").count(old or None, doc, [day])
            found.ops.append({"t": LOG, "m": [day], "f": more})


def _more(value: JSON, than: JSON) -> bool:
    return isinstance(value, int) and value > (than if isinstance(than, int) else 0)


def _quarantine(found: Comparison, now: Docs, then: Docs) -> None:
    """Let come back what was put aside; nothing of it ever goes."""
    known = set(map(_json, now.values()))
    coming: Docs = {}
    for doc in then.values():
        if _json(doc) not in known:
            coming[str(_next(now, coming))] = doc
            found.tally("other").count(None, doc, [])
    if coming:
        found.ops.append({"t": QUARANTINE, "s": coming})


def _json(doc: Doc) -> bytes:
    return orjson.dumps(doc, option=orjson.OPT_SORT_KEYS)


def _next(*tables: Iterable[str]) -> int:
    return max((int(key) for table in tables for key in table), default=0) + 1
