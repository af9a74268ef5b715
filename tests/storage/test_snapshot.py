"""A snapshot is JSON for everybody, and read back in lines as what it was."""

from __future__ import annotations

import json

import hypothesis.strategies as st
import orjson
import pytest
from hypothesis import given, settings

from reader.storage import snapshot
from tests.thorough import examples

values = (
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=2)
)
docs = st.dictionaries(st.text(max_size=4), values | st.dictionaries(st.text(max_size=2), values), max_size=4)
tables = st.dictionaries(
    st.text(max_size=5), st.dictionaries(st.integers(-99, 99).map(str), docs, max_size=9), max_size=4
)


@given(tables, st.integers(1, 4))
def test_what_was_written_is_read(found, length):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "_A_LINE", length)
        data = snapshot.packed(found)
    assert json.loads(data) == found
    assert snapshot.unpacked(data) == found
    assert snapshot.unpacked(orjson.dumps(found)) == found


@given(tables.filter(bool), st.data())
def test_half_a_snapshot_is_none(found, data):
    whole = snapshot.packed(found)
    with pytest.raises(ValueError, match=r".*"):
        snapshot.unpacked(whole[: data.draw(st.integers(1, len(whole) - 1))])


@settings(max_examples=examples(40, 1_000))
@given(
    st.binary(max_size=60)
    | st.lists(
        st.sampled_from([b"{", b"}", b"},", b"\n", b'"a"', b":", b'"1":{}', b"[]", b"\xff", b"0"]), max_size=12
    ).map(b"".join)
)
def test_any_bytes_are_a_snapshot_or_refused(data):
    try:
        found = snapshot.unpacked(data)
    except ValueError:
        return
    assert snapshot.unpacked(snapshot.packed(found)) == found


@pytest.mark.parametrize(
    "wrong", [b"[]", b"{\n}x", b'{\n"a":{\n"x":{}\n}\n}', b'{\n"a":{\n"1":5\n}\n}', b'{"a":[]}', b"{\n"]
)
def test_what_is_no_snapshot_is_refused(wrong):
    with pytest.raises(ValueError, match=r".*"):
        snapshot.unpacked(wrong)


def test_small_documents_that_are_alike_are_one():
    found = snapshot.unpacked(snapshot.packed({"articles": {str(n): {"read": "now"} for n in range(9)}}))
    assert len({id(doc) for doc in found["articles"].values()}) == 1
