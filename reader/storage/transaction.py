"""What one action changes, gathered while it is made: the ops, their JSON, and how they are taken back."""

from __future__ import annotations

from typing import Literal, cast

import orjson

from reader.storage.records import Known, Op, Tables, apply, inverse, known


class Transaction:
    """What one action of a person changes, all of it or nothing; made by `JournalStorage.transaction`."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self._payloads: list[bytes] = []
        self._back: list[list[Op]] = []

    @property
    def inverse(self) -> list[Op]:
        """The ops that take everything back, in the order they have to be made in."""
        return [op for back in reversed(self._back) for op in back]

    @property
    def parts(self) -> list[bytes]:
        """The ops as JSON, to be joined."""
        commas = [part for payload in self._payloads for part in (b",", payload)][1:]
        return [b"[", *commas, b"]"]

    def change(self, tables: Tables, op: Op, looked_up: Known = None) -> None:
        """Make one change, of which the documents may be known.

        A value that JSON cannot hold raises TypeError and changes nothing.
        """
        payload = orjson.dumps(op)
        # Memory gets what the file will hold, and nothing that the caller may still change.
        op = _held(op, payload)
        found = looked_up if looked_up is not None else known(tables, op)
        self._back.append(inverse(tables, op, found))
        apply(tables, op, found)
        self._payloads.append(payload)
        self.ops.append(op)

    def join(self, inner: Transaction) -> None:
        """Take over what a transaction inside this one has changed."""
        self.ops += inner.ops
        self._payloads += inner._payloads
        self._back += inner._back


def _held(op: Op, payload: bytes) -> Op:
    if "f" not in op:
        return cast("Op", orjson.loads(payload))
    # The ids of a million articles take long to be read, and need not be: they are texts.
    kind: Literal["u", "m"] = "u" if "u" in op else "m"
    held: Op = {"t": op["t"], "f": orjson.loads(orjson.dumps(op["f"]))}
    held[kind] = list(map(str, op[kind]))
    return held
