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


def limit(_):
    return 8 * MIB


def test_what_was_packed_comes_out():
    data = gzip.compress(b"The ferry is late. " * 100)
    assert archive.is_gzip(data)
    assert archive.inflated(data, limit) == b"The ferry is late. " * 100
    assert archive.peek(data) == b"The ferry is late. " * 100


def test_an_archive_of_several_members_is_one_text():
    assert archive.inflated(gzip.compress(b"Salt ") + gzip.compress(b"and rope"), limit) == b"Salt and rope"


def test_the_limit_is_of_what_is_inside():
    asked = []

    def told(head):
        asked.append(head)
        return 8 * MIB

    archive.inflated(gzip.compress(b"%PDF-1.7"), told)
    assert asked == [b"%PDF-1.7"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x1f\x8b\x08\x00", "ends too soon"),
        (gzip.compress(b"The quay " * 99)[:-12], "ends too soon"),
        (b"\x1f\x8b\x08\x00" + b"\xff" * 40, "damaged"),
        (gzip.compress(gzip.compress(b"The quay")), "within an archive"),
        (gzip.compress(bytes(7 * MIB)), "far more than"),
        (gzip.compress(bytes(range(256)) * (9 * MIB // 256 // 8), 0) * 8, "more than 8 MiB"),
        (gzip.compress(b"") * 1200, "far more than"),
    ],
    ids=["cut", "torn", "garbage", "nested", "bomb", "large", "crumbs"],
)
def test_what_cannot_be_unpacked_is_told(data, words):
    with pytest.raises(IngestError, match=words):
        archive.inflated(data, limit)


def test_a_bomb_takes_no_memory():
    bomb = gzip.compress(bytes(200 * MIB), 9)
    tracemalloc.start()
    with pytest.raises(IngestError):
        archive.inflated(bomb, limit)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24 * MIB


def test_many_empty_members_end():
    assert archive.inflated(gzip.compress(b"") * 900 + gzip.compress(b"The end"), limit) == b"The end"


@given(st.binary(max_size=300))
def test_any_bytes_are_unpacked_or_refused(data):
    for tried in (b"\x1f\x8b\x08" + data, gzip.compress(data)[: max(4, len(data))], zlib.compress(data)):
        with contextlib.suppress(IngestError):
            archive.inflated(tried, limit)
