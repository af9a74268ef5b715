"""The files of the marks held against what was read of them: nothing may be lost between the two."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.storage import doubles
from reader.storage.files import read
from reader.storage.opening import replay
from reader.storage.stamp import journal_of, stamp

if TYPE_CHECKING:
    from pathlib import Path

    from reader.storage.records import Doc, Tables


@dataclass(frozen=True, slots=True)
class Proof:
    """What the files hold: how many changes the journal, and whether both together are what is in memory.

    `torn` tells that the journal ends in half a record. `lost` are the documents that stand in the snapshot
    and are not seen, since another has their id: of each its table, its id and itself.
    """

    records: int = 0
    torn: bool = False
    same: bool = True
    lost: tuple[tuple[str, str, Doc], ...] = ()


def prove(path: Path, tables: Tables, before: str) -> Proof:
    """Read the files as TinyDB itself would, and hold them against what is in memory.

    Args:
        path: the snapshot, which is no link.
        tables: what is in memory, all of it on the disk.
        before: the files' stamp when that was so; nothing is told of files that another process wrote to since.
    """
    data, journal = read(path) or b"", read(journal_of(path)) or b""
    try:
        held: Tables = json.loads(data) if data else {}
        lost = tuple(doubles.found(data)) if data else ()
    except ValueError:
        return Proof()  # told already, by whoever opened it
    split = replay(held, journal)
    # The number of the layout is entered when a file is opened that has none.
    held.setdefault("meta", tables.get("meta", {}))
    filled = {name: docs for name, docs in tables.items() if docs}
    changed = stamp(path) != before
    same = {name: docs for name, docs in held.items() if docs} == filled or split.damaged > 0
    return Proof(split.good.count(b"\n"), split.torn and not changed, same or changed, lost)
