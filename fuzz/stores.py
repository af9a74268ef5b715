"""What lies on the disk, whoever wrote it: the marks, their journal, the library, the first picture."""

from __future__ import annotations

import shutil
from collections import deque
from contextlib import closing, suppress
from functools import cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

import orjson

from fuzz.harness import harness, scratch
from reader.library import Library
from reader.library.checkup import checkup
from reader.library.last_document import kept
from reader.model.annotation import Place, Quote
from reader.model.article import Article, Entry, Row
from reader.model.listing import Filter
from reader.model.source import Source
from reader.settings import Places
from reader.storage import intake, mirror, snapshot
from reader.storage.cache import DAMAGE
from reader.storage.errors import MarksError
from reader.storage.marks import Marks
from reader.storage.records import decode, encode
from reader.storage.stamp import journal_of
from reader.ui.prelude import sheet
from reader.ui.screens import session

if TYPE_CHECKING:
    from pathlib import Path

    from reader.storage.cache import Cache

NOW: Final = 1_780_000_000
ID: Final = 100_000_000_000_001
"""The article that the seeds speak of."""

_ROW: Final = Row(ID, 1, "Wake", None, None, "The Tide", "It rained.", cut=False, words=2, published=NOW, url=None)
_PLACE: Final = 3
_MOST_PATCHES: Final = 40


def _emptied() -> Path:
    folder = scratch() / "marks"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@harness("snapshot", "marks/*.json", longest=4_096)
def fuzz_snapshot(data: bytes) -> None:
    """marks.json as it lies there: opened and worked with, mended, and opened again as the same."""
    path = _emptied() / "marks.json"
    path.write_bytes(data)
    with suppress(ValueError):
        tables = snapshot.unpacked(data)
        assert snapshot.unpacked(snapshot.packed(tables)) == tables, "a snapshot does not come back"
    _worked_with(path)


@harness("journal", longest=4_096)
def fuzz_journal(data: bytes) -> None:
    """The journal: each line gets its checksum, but for those that begin with one (with 8 figures and a space)."""
    path = _emptied() / "marks.json"
    path.write_bytes(snapshot.packed({"articles": {str(ID): {"title": "Wake", "read": "2026-01-01"}}}))
    lines = [line if _has_sum(line) else encode(line)[:-1] for line in data.split(b"\n")]
    journal_of(path).write_bytes(b"\n".join(lines))
    for line in lines:
        ops = decode(line)
        assert ops is None or decode(encode(orjson.dumps(ops))[:-1]) == ops, "a record does not come back"
    _worked_with(path)


def _has_sum(line: bytes) -> bool:
    return line[8:9] == b" " and set(line[:8]) <= set(b"0123456789abcdef")


def _worked_with(path: Path) -> None:
    """Open marks and do with them what the app does; what was there stays there."""
    try:
        marks = Marks(path)
    except MarksError:
        return
    try:
        _read(marks)
        _changed(marks)
        marks.repair()
        assert marks.check() == [], "it is not mended"
        _read(marks)
        marks.flush()
        held = orjson.dumps(marks._journal.read(), option=orjson.OPT_SORT_KEYS)  # noqa: SLF001 -- all that is kept
    finally:
        marks.abandon()
    with closing(Marks(path)) as again:
        assert orjson.dumps(again._journal.read(), option=orjson.OPT_SORT_KEYS) == held, "what was kept is not there"  # noqa: SLF001 -- as above


def _read(marks: Marks) -> None:
    for article in (ID, 7, -3):
        assert marks.of(article).flags == marks.flags(article)
    for told in (marks.all_flags(), marks.said()):
        deque(told, 0)
    marks.marked()
    marks.tags()
    marks.tag_counts()
    marks.read_times()
    marks.kept({"bookmark", "note", "highlight"})
    marks.sources()
    marks.views()
    marks.logged()
    marks.ruled([str(ID), "7"])
    marks.named(ID)


def _changed(marks: Marks) -> None:
    marks.set_read([_ROW], read=True, label="read")
    marks.set_tags([_ROW], ["one", "Two"], ["three"], "tags")
    marks.set_note(_ROW, "mine", "note")
    name = marks.add_highlight(_ROW, Quote("It rained"), "blue", "", "highlight")
    marks.edit_highlight(_ROW, name, color="red", note="so", label="edit")
    marks.set_place(_ROW, Place(1, 0.5, 0.5))
    marks.put_source(Source("tide", "feed", "The Tide"))
    marks.put_view("Sea", "tide", "view")
    for _ in range(8):
        marks.undo()
    marks.redo()
    marks.remove_source("tide")


@cache
def _pristine() -> Path:
    """Make a library once, to be copied and damaged."""
    folder = scratch() / "pristine"
    places = Places(folder / "config", folder / "data")
    with Library(places, now=lambda: NOW) as library:
        source = Source("tide", "feed", "The Tide", "https://quay.example/feed")
        library.marks.put_sources([source])
        mirror.put(library.cache, source)
        entries = [Entry(title=f"Wake {n}", excerpt="The tide came in. " * 9, guid=str(n)) for n in range(30)]
        keys = intake.add(library.cache, source, entries, NOW).keys
        library.notebook.set_read(library.shelf.rows(keys)[:4], read=True)
    return folder


@harness("library", longest=400, seconds=10.0)
def fuzz_library(data: bytes) -> None:
    """library.db with damage: every 5 bytes say where, and what stands there now. It is opened, told of and mended."""
    folder = scratch() / "library"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_pristine(), folder)
    places = Places(folder / "config", folder / "data")
    held = bytearray(places.library.read_bytes())
    for start in range(0, min(len(data), 5 * _MOST_PATCHES) - 4, 5):
        at = int.from_bytes(data[start : start + _PLACE], "big") % len(held)
        held[at : at + 2] = data[start + _PLACE : start + 5]
    places.library.write_bytes(held)
    with suppress(*DAMAGE, MarksError), Library(places, now=lambda: NOW) as library:
        _looked_at(library)
    deque(checkup(places, repair=False), 0)
    deque(checkup(places, repair=True), 0)
    with suppress(*DAMAGE, MarksError), Library(places, now=lambda: NOW) as library:
        assert len(library.marks.read_times()) == 4, "a mark is lost"


def _looked_at(library: Library) -> None:
    found = list(library.shelf.matches(Filter("asked", query="tide -is:hidden")))
    library.shelf.listing(Filter("all"))
    for row in library.shelf.rows(found[:9]):
        library.shelf.open(row.key)


class _Kept:
    """A cache that keeps one value."""

    def __init__(self, value: bytes) -> None:
        self.value = value

    def kept(self, _name: str) -> bytes:
        """Give the value, whatever is asked for."""
        return self.value


@harness("kept", longest=8_192)
def fuzz_kept(data: bytes) -> None:
    """What the library keeps of the last session: how the screen was, and the blocks of the document."""
    cache: Cache = _Kept(data)  # type: ignore[assignment] # all that is asked of it
    session.load(cache)
    text = "# Wake\n\nIt *rained*."
    cache = _Kept(b"[[%d,%d,%d],%b]" % (ID, crc32(text.encode()), len(text), data))  # type: ignore[assignment] # as above
    document = kept(cache, Article(_ROW, text, markdown=True, meta=(), source_id="tide", added=NOW))
    for block in document.blocks if document is not None else ():
        assert isinstance(block.text, str)


@harness("picture")
def fuzz_picture(data: bytes) -> None:
    """The first picture: it is read as text and colours, or left; what is read can be painted."""
    found = sheet.read(data)
    if found is None:
        return
    painted = b"".join(found.painted(moment) for moment in (*found.times, 0))
    shown = painted.decode("utf-8")
    assert not any((ord(sign) < 0x20 and sign != "\x1b") or 0x7F <= ord(sign) < 0xA0 for sign in shown), "it drives"
    assert sheet.read(found.written()) is not None, "what is read cannot be written"
