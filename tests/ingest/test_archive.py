"""gzip within bounds."""

from __future__ import annotations

import contextlib
import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import archive
from reader.ingest.errors import IngestError

MIB = 1024 * 1024


def packed(data, level=9):
    return gzip.compress(data, level, mtime=0)


def limit(_):
    return 8 * MIB


def test_what_was_packed_comes_out():
    data = packed(b"The ferry is late. " * 100)
    assert archive.is_gzip(data)
    assert archive.inflated(data, limit) == b"The ferry is late. " * 100
    assert archive.peek(data) == b"The ferry is late. " * 100


def test_an_archive_of_several_members_is_one_text():
    assert archive.inflated(packed(b"Salt ") + packed(b"and rope"), limit) == b"Salt and rope"


def test_the_limit_is_of_what_is_inside():
    asked = []

    def told(head):
        asked.append(head)
        return 8 * MIB

    archive.inflated(packed(b"%PDF-1.7"), told)
    assert asked == [b"%PDF-1.7"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x1f\x8b\x08\x00", "ends too soon"),
        (packed(b"The quay " * 99)[:-12], "ends too soon"),
        (b"\x1f\x8b\x08\x00" + b"\xff" * 40, "damaged"),
        (packed(packed(b"The quay")), "within an archive"),
        (packed(bytes(7 * MIB)), "far more than"),
        (packed(bytes(range(256)) * (9 * MIB // 256 // 8), 0) * 8, "more than 8 MiB"),
        (packed(b"") * 1200, "far more than"),
    ],
    ids=["cut", "torn", "garbage", "nested", "bomb", "large", "crumbs"],
)
def test_what_cannot_be_unpacked_is_told(data, words):
    with pytest.raises(IngestError, match=words):
        archive.inflated(data, limit)


def test_a_bomb_takes_no_memory():
    bomb = packed(bytes(200 * MIB), 9)
    tracemalloc.start()
    with pytest.raises(IngestError):
        archive.inflated(bomb, limit)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24 * MIB


def test_many_empty_members_end():
    assert archive.inflated(packed(b"") * 900 + packed(b"The end"), limit) == b"The end"


@given(st.binary(max_size=300))
def test_any_bytes_are_unpacked_or_refused(data):
    for tried in (b"\x1f\x8b\x08" + data, packed(data)[: max(4, len(data))], zlib.compress(data)):
        with contextlib.suppress(IngestError):
            archive.inflated(tried, limit)
