"""Ids that stand twice in the file of marks: whoever reads it gets the last of them only, and loses the others."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, cast

from reader.storage import snapshot

if TYPE_CHECKING:
    from reader.storage.records import Doc


class _Pairs(list[tuple[str, object]]):
    """An object of JSON as it is written, with every name that stands in it."""


def found(data: bytes) -> list[tuple[str, str, Doc]]:
    """Give the documents that nobody gets to see, since another of the same id follows in the same table.

    Args:
        data: the file's bytes, which are JSON in the layout of TinyDB.

    Returns:
        Of each its table, its id and the document.
    """
    if snapshot.packed(snapshot.unpacked(data)) == data:
        return []  # as we write it, which is by far the most files
    lost: list[tuple[str, str, Doc]] = []
    tables = cast("_Pairs", json.loads(data, object_pairs_hook=_Pairs))
    # Whole tables may stand twice too, in which case every document of the first is lost.
    seen: dict[str, _Pairs] = {}
    for name, table in tables:
        docs = cast("_Pairs", table)
        lost += [(name, key, _plain(doc)) for key, doc in seen.get(name, ())]
        seen[name] = docs
    for name, docs in seen.items():
        twice = Counter(key for key, _ in docs)
        for key, doc in docs:
            if twice[key] > 1:
                twice[key] -= 1
                lost.append((name, key, _plain(doc)))
    return lost


def _plain(value: object) -> Doc:
    return cast("Doc", _bare(value))


def _bare(value: object) -> object:
    if isinstance(value, _Pairs):
        return {name: _bare(one) for name, one in value}
    return [_bare(one) for one in value] if isinstance(value, list) else value
