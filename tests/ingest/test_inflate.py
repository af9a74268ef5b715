"""What came compressed: unpacked within bounds, or refused."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.net.fetched import FetchError
from reader.ingest.net.inflate import PIECE, TRUSTED, Inflate

TEXT = b"The harbour lies quiet. " * 4000


def packed(data):
    return gzip.compress(data, mtime=0)


def whole(coding, data, *, limit=1 << 20, size=0):
    inflate = Inflate(coding, limit)
    step = size or len(data) or 1
    for at in range(0, len(data), step):
        for _ in inflate.feed(data[at : at + step]):
            pass
    return inflate.end()


def bare(data):
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


CODINGS = [
    ("", TEXT),
    ("identity", TEXT),
    ("gzip", packed(TEXT)),
    ("x-gzip", packed(TEXT)),
    (" GZIP ,", packed(TEXT)),
    ("deflate", zlib.compress(TEXT)),
    ("deflate", bare(TEXT)),
    ("gzip", packed(TEXT[:1000]) + packed(TEXT[1000:])),
    ("gzip", packed(TEXT) + b"\0" * 512 + packed(TEXT)),
    ("gzip", packed(TEXT) + b"\x1f"),
]


@pytest.mark.parametrize(("coding", "data"), CODINGS, ids=range(len(CODINGS)))
@pytest.mark.parametrize("size", [0, 1, 7])
def test_each_coding_however_it_is_cut(coding, data, size):
    assert whole(coding, data, size=size) == TEXT


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_nothing_is_nothing(coding):
    assert whole(coding, b"") == b""


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "deflate, gzip", "x\x1b[0m"])
def test_other_codings_are_refused(coding):
    with pytest.raises(FetchError, match="only gzip and deflate") as refused:
        Inflate(coding, 10)
    assert refused.value.kind == "encoding"
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("coding", "data", "kind"),
    [
        ("gzip", packed(TEXT)[:-1], "truncated"),
        ("gzip", packed(TEXT)[:50], "truncated"),
        ("deflate", zlib.compress(TEXT)[:-2], "truncated"),
        ("deflate", bare(TEXT)[:-2], "truncated"),
        ("deflate", b"\x78", "truncated"),
        ("gzip", b"<rss/>", "encoding"),
        ("gzip", packed(TEXT)[:-8] + b"\0" * 8, "encoding"),
        ("deflate", b"<rss/>" * 9, "encoding"),
    ],
)
def test_what_is_cut_short_or_damaged_is_refused(coding, data, kind):
    with pytest.raises(FetchError) as refused:
        whole(coding, data)
    assert refused.value.kind == kind


@pytest.mark.parametrize(("coding", "data"), CODINGS, ids=range(len(CODINGS)))
def test_the_limit_is_a_limit(coding, data):
    assert whole(coding, data, limit=len(TEXT)) == TEXT
    with pytest.raises(FetchError) as refused:
        whole(coding, data, limit=len(TEXT) - 1)
    assert refused.value.kind == "too-big"


@pytest.mark.parametrize(("coding", "pack"), [("gzip", packed), ("deflate", zlib.compress), ("deflate", bare)])
def test_a_bomb_stops_early(coding, pack):
    inflate = Inflate(coding, 1 << 40)
    turns = inflate.feed(pack(bytes(64 << 20)))
    with pytest.raises(FetchError, match="a trap") as refused:
        for _ in turns:
            pass
    assert refused.value.kind == "too-big"
    assert sum(map(len, inflate._parts)) <= TRUSTED + PIECE


def test_others_get_their_turn():
    data = packed(bytes(range(256)) * 8192)
    inflate = Inflate("gzip", 1 << 30)
    assert len(list(inflate.feed(data))) >= (256 * 8192) // PIECE
    assert len(inflate.end()) == 256 * 8192


@given(st.sampled_from(["gzip", "deflate", ""]), st.binary(max_size=300), st.integers(1, 50))
def test_any_bytes_end_in_bytes_or_one_error(coding, data, size):
    with suppress(FetchError):
        assert len(whole(coding, data, limit=4096, size=size)) <= 4096
