"""The snapshot as a file: one JSON document that stock TinyDB reads, in lines that are written and read one by one.

So many marks never stop the other threads for long, nor are they in memory twice. A file whose lines are not
ours is read as a whole.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import orjson

from reader.storage.records import is_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.storage.records import Doc, Docs, Tables

_A_LINE: Final = 5000
_ALIKE: Final = 10_000
_SMALL: Final = 2


def packed(tables: Tables) -> bytes:
    """Write the tables as a snapshot."""
    if not tables:
        return b"{}"
    parts = [b"{"]
    for name, docs in tables.items():
        parts.append(b"\n%b:{\n" % orjson.dumps(name))
        items = iter(docs.items())
        while some := dict(islice(items, _A_LINE)):
            parts += (orjson.dumps(some)[1:-1], b",\n")
        if docs:
            parts[-1] = b"\n"
        parts.append(b"},")
    parts[-1] = b"}\n}"
    return b"".join(parts)


def unpacked(data: bytes) -> Tables:
    """Read a snapshot.

    Raises:
        ValueError: it is not JSON, or not in the layout of TinyDB.
    """
    try:
        return _by_lines(data)
    except ValueError:
        pass
    tables = orjson.loads(data)
    if not isinstance(tables, dict) or not all(is_table(table) for table in tables.values()):
        raise ValueError("it is not in the layout of TinyDB")
    return tables


def _by_lines(data: bytes) -> Tables:
    lines = _lines(data)
    if next(lines, b"") != b"{":
        raise ValueError("it does not begin as ours do")
    tables: Tables = {}
    same: dict[bytes, Doc] = {}
    for line in lines:
        if line == b"}":
            if next(lines, None) is None:
                return tables
            raise ValueError("it goes on after its end")
        if not line.endswith(b":{"):
            raise ValueError("it has a line where none of ours is")
        tables[orjson.loads(line[:-2])] = _docs(lines, same)
    raise ValueError("it has no end")


def _docs(lines: Iterator[bytes], same: dict[bytes, Doc]) -> Docs:
    docs: Docs = {}
    for line in lines:
        if line in {b"}", b"},"}:
            return docs
        some: Docs = orjson.loads(b"{%b}" % line.removesuffix(b","))
        if not set(map(type, some.values())) <= {dict}:
            raise ValueError("it is not in the layout of TinyDB")
        list(map(int, some))
        for key, doc in some.items():
            if len(doc) <= _SMALL and len(same) < _ALIKE:
                # A million articles were perhaps read at one time: one document does for all of them.
                docs[key] = same.setdefault(orjson.dumps(doc), doc)
            else:
                docs[key] = doc
    raise ValueError("it has no end")


def _lines(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        yield data[start:end]
        start = end + 1
