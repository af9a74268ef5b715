"""The journal's records: what changed, as state that can be applied, applied again, and taken back.

A record is one transaction: a list of ops. An op names a table and does one thing to it:

- `{"t": table, "s": {id: document}}` sets whole documents
- `{"t": table, "d": [id]}` deletes documents
- `{"t": table, "u": [id], "f": {field: value}}` patches fields of documents that exist; null removes one
- `{"t": table, "r": {id: document} or null}` replaces the whole table, or drops it

Documents in memory are replaced and never changed in place, so one that was read stays as it was read.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NotRequired, TypeAlias, TypedDict, cast

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.annotation import JSON

Doc: TypeAlias = "dict[str, JSON]"
Docs: TypeAlias = dict[str, Doc]
Tables: TypeAlias = dict[str, Docs]


class Op(TypedDict):
    """One change to one table; see the top of the file."""

    t: str
    s: NotRequired[Docs]
    d: NotRequired[list[str]]
    u: NotRequired[list[str]]
    f: NotRequired[Doc]
    r: NotRequired[Docs | None]


def apply(tables: Tables, op: Op) -> None:
    """Make one change; making it twice is the same as once."""
    name = op["t"]
    if "r" in op:
        replaced = op["r"]
        if replaced is None:
            tables.pop(name, None)
        else:
            tables[name] = replaced
        return
    table = tables.setdefault(name, {})
    if "s" in op:
        table.update(op["s"])
    elif "d" in op:
        for key in op["d"]:
            table.pop(key, None)
    else:
        _patch(table, op["u"], op["f"])


def _patch(table: Docs, keys: Iterable[str], fields: Doc) -> None:
    values = {name: value for name, value in fields.items() if value is not None}
    gone = fields.keys() - values.keys()
    for key in keys:
        old = table.get(key)
        if old is None:
            continue
        new = {**old, **values}
        for name in gone:
            new.pop(name, None)
        table[key] = new


def inverse(tables: Tables, op: Op) -> list[Op]:
    """Give the ops that take one change back; to be asked before the change is made."""
    name = op["t"]
    table = tables.get(name, {})
    if "r" in op:
        return [{"t": name, "r": tables.get(name)}]
    if "u" in op:
        return _unpatch(name, table, op["u"], op["f"])
    touched = op["s"] if "s" in op else op["d"]
    olds = {key: table[key] for key in touched if key in table}
    news = [key for key in op.get("s", ()) if key not in table]
    back: list[Op] = []
    if news:
        back.append({"t": name, "d": news})
    if olds:
        back.append({"t": name, "s": olds})
    return back


def _unpatch(name: str, table: Docs, keys: Iterable[str], fields: Doc) -> list[Op]:
    groups: dict[bytes, tuple[Doc, list[str]]] = {}
    whole: Docs = {}
    without: list[str] = []
    for key in keys:
        doc = table.get(key)
        if doc is None:
            continue
        if fields.keys().isdisjoint(doc):
            without.append(key)
            continue
        old = {field: doc.get(field) for field in fields}
        if None in old.values() and any(doc.get(field, "") is None for field in fields):
            # A field that is there and null cannot be told by a patch, where null means "not there".
            whole[key] = doc
            continue
        groups.setdefault(orjson.dumps(old), (old, []))[1].append(key)
    back: list[Op] = [{"t": name, "u": same, "f": old} for old, same in groups.values()]
    if without:
        back.append({"t": name, "u": without, "f": dict.fromkeys(fields)})
    if whole:
        back.append({"t": name, "s": whole})
    return back


def encode(payload: bytes) -> bytes:
    """Give a record's line: its checksum, a space, the JSON, a line feed."""
    return b"%08x %b\n" % (zlib.crc32(payload), payload)


def decode(line: bytes) -> list[Op] | None:
    """Give the ops of a line without its line feed, None when it is not what was written."""
    payload = line[9:]
    if line[:9] != b"%08x " % zlib.crc32(payload):
        return None
    try:
        return as_ops(orjson.loads(payload))
    except orjson.JSONDecodeError:
        return None


def as_ops(value: object) -> list[Op] | None:
    """Give a value read from a file as ops, None when it is anything else."""
    if isinstance(value, list) and all(_is_op(op) for op in value):
        return cast("list[Op]", value)
    return None


def _is_op(op: object) -> bool:
    match op:
        case {"t": str(), "s": docs, **rest}:
            return not rest and is_table(docs)
        case {"t": str(), "r": docs, **rest}:
            return not rest and (docs is None or is_table(docs))
        case {"t": str(), "u": keys, "f": dict(), **rest}:
            return not rest and _are_keys(keys)
        case {"t": str(), "d": keys, **rest}:
            return not rest and _are_keys(keys)
    return False


def is_table(value: object) -> bool:
    """Tell whether a value has the shape of a TinyDB table: documents by whole numbers, written as texts."""
    return isinstance(value, dict) and _are_keys(list(value)) and all(type(doc) is dict for doc in value.values())


def _are_keys(value: object) -> bool:
    try:
        # One conversion of all is several times cheaper than a test of each.
        return isinstance(value, list) and all(type(key) is str for key in value) and len(list(map(int, value))) >= 0
    except ValueError:
        return False
