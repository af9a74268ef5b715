"""The journal's records: what changed, as state that can be applied, applied again, and taken back.

A record is one transaction: a list of ops. An op names a table and does one thing to it:

- `{"t": table, "s": {id: document}}` sets whole documents
- `{"t": table, "d": [id]}` deletes documents
- `{"t": table, "u": [id], "f": {field: value}}` patches fields of documents that exist; null removes one
- `{"t": table, "m": [id], "f": {field: value}}` does the same, and makes the documents that do not exist
- `{"t": table, "r": {id: document} or null}` replaces the whole table, or drops it

Documents in memory are replaced and never changed in place, so one that was read stays as it was read, and
those that are alike may be one.
"""

from __future__ import annotations

import zlib
from itertools import chain, compress
from typing import TYPE_CHECKING, NotRequired, TypeAlias, TypedDict, cast

import orjson

from reader.storage.alike import looked_up, runs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reader.model.annotation import JSON

Doc: TypeAlias = "dict[str, JSON]"
Docs: TypeAlias = dict[str, Doc]
Tables: TypeAlias = dict[str, Docs]
Known: TypeAlias = "list[list[Doc | None]] | None"


class Op(TypedDict):
    """One change to one table; see the top of the file."""

    t: str
    s: NotRequired[Docs]
    d: NotRequired[list[str]]
    u: NotRequired[list[str]]
    m: NotRequired[list[str]]
    f: NotRequired[Doc]
    r: NotRequired[Docs | None]


def keys_of(op: Op) -> Collection[str]:
    """Give the ids of the documents that a change touches, those too of a table that it puts in place of another."""
    return op.get("s") or op.get("d") or op.get("u") or op.get("m") or op.get("r") or ()


def known(tables: Tables, op: Op) -> Known:
    """Look up what a change of fields is about: `inverse` and `apply` both need it; None for another change."""
    keys = op.get("u") or op.get("m")
    return looked_up(tables.get(op["t"], {}), keys) if keys else None


def apply(tables: Tables, op: Op, known: Known = None) -> None:
    """Make one change, of which the documents may be known; making it twice is the same as once."""
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
    elif "m" in op:
        _patch(table, op["m"], op["f"], known, make=True)
    else:
        _patch(table, op["u"], op["f"], known, make=False)


def _patch(table: Docs, keys: list[str], fields: Doc, known: Known, *, make: bool) -> None:
    values = {name: value for name, value in fields.items() if value is not None}
    gone = fields.keys() - values.keys()
    for some, numbers, docs in runs(table, keys, known):
        new = {number: _patched(doc or {}, values, gone) for number, doc in docs.items() if make or doc is not None}
        if len(new) < len(docs):
            table.update((key, new[number]) for key, number in zip(some, numbers, strict=True) if number in new)
        else:
            table.update(zip(some, map(new.__getitem__, numbers), strict=True))


def _patched(doc: Doc, values: Mapping[str, JSON], gone: Collection[str]) -> Doc:
    new = {**doc, **values}
    for name in gone:
        new.pop(name, None)
    return new


def inverse(tables: Tables, op: Op, known: Known = None) -> list[Op]:
    """Give the ops that take one change back, of which the documents may be known; to be asked before it is made."""
    name = op["t"]
    table = tables.get(name, {})
    if "r" in op:
        return [{"t": name, "r": tables.get(name)}]
    if "u" in op:
        return _unpatch(name, table, op["u"], op["f"], known)
    if "m" in op:
        back = _unpatch(name, table, op["m"], op["f"], known)
        made = list(chain.from_iterable(_missing(*run) for run in runs(table, op["m"], known)))
        if made:
            # Whoever lets the documents stay still has them without the fields.
            back += [{"t": name, "u": made, "f": dict.fromkeys(op["f"])}, {"t": name, "d": made}]
        return back
    touched = op["s"] if "s" in op else op["d"]
    olds = {key: table[key] for key in touched if key in table}
    news = [key for key in op.get("s", ()) if key not in table]
    back = []
    if news:
        back.append({"t": name, "d": news})
    if olds:
        back.append({"t": name, "s": olds})
    return back


def _missing(keys: Sequence[str], numbers: list[int], docs: dict[int, Doc | None]) -> Iterable[str]:
    """Give those keys of a run that have no document."""
    if None not in docs.values():
        return ()
    return keys if len(docs) == 1 else compress(keys, [docs[number] is None for number in numbers])


def _unpatch(name: str, table: Docs, keys: list[str], fields: Doc, known: Known) -> list[Op]:
    groups: dict[bytes, tuple[Doc, list[str]]] = {}
    whole: Docs = {}
    for some, numbers, docs in runs(table, keys, known):
        into: dict[int, list[str]] = {}
        for number, doc in docs.items():
            old = {field: doc.get(field) for field in fields} if doc is not None else None
            if old is not None and not _has_null(doc, old):
                into[number] = groups.setdefault(orjson.dumps(old), (old, []))[1]
        if len(docs) == 1:
            for same in into.values():
                same += some
        else:
            for key, number in zip(some, numbers, strict=True):
                if number in into:
                    into[number].append(key)
        if any(doc is not None and number not in into for number, doc in docs.items()):
            # A field that is there and null cannot be told by a patch, where null means "not there".
            pairs = ((key, docs[number]) for key, number in zip(some, numbers, strict=True) if number not in into)
            whole.update((key, doc) for key, doc in pairs if doc is not None)
    back: list[Op] = [{"t": name, "u": same, "f": old} for old, same in groups.values()]
    if whole:
        back.append({"t": name, "s": whole})
    return back


def _has_null(doc: Doc | None, old: Doc) -> bool:
    return doc is not None and None in old.values() and any(doc.get(field, "") is None for field in old)


def encode(*parts: bytes) -> bytes:
    """Give a record's line: its checksum, a space, the JSON, a line feed.

    Args:
        parts: the JSON, perhaps in parts, since it may be very long.
    """
    crc = 0
    for part in parts:
        crc = zlib.crc32(part, crc)
    return b"".join((b"%08x " % crc, *parts, b"\n"))


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
        case {"t": str(), "u": keys, "f": dict(), **rest} | {"t": str(), "m": keys, "f": dict(), **rest}:
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
        return isinstance(value, list) and set(map(type, value)) <= {str} and len(list(map(int, value))) >= 0
    except ValueError:
        return False
