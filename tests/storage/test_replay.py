"""Whatever lies in the journal: every record that is whole is taken, and nothing else."""

from __future__ import annotations

import hypothesis.strategies as st
import orjson
from hypothesis import given, settings

from reader.storage.opening import replay
from reader.storage.records import encode
from tests.thorough import examples

KEYS = st.integers(-2, 9).map(str)
DOCS = st.dictionaries(KEYS, st.dictionaries(st.sampled_from("abc"), st.none() | st.integers(0, 9)), max_size=3)
TABLES = st.fixed_dictionaries({"t": st.sampled_from(["articles", "notes"])})
FIELDS = st.dictionaries(st.sampled_from("abc"), st.none() | st.integers(0, 9), max_size=2)
OPS = st.one_of(
    st.builds(dict, TABLES, s=DOCS),
    st.builds(dict, TABLES, d=st.lists(KEYS, max_size=3)),
    st.builds(dict, TABLES, u=st.lists(KEYS, max_size=3), f=FIELDS),
    st.builds(dict, TABLES, m=st.lists(KEYS, max_size=3), f=FIELDS),
    st.builds(dict, TABLES, r=st.none() | DOCS),
)
LINES = st.lists(st.lists(OPS, max_size=3).map(lambda ops: encode(orjson.dumps(ops))), min_size=1, max_size=5)
ANYTHING = st.recursive(
    st.none() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("tsdumfrx"), inner, max_size=3),
    max_leaves=6,
)


def tables(journal):
    found = {"articles": {"1": {"a": 1}}}
    return found, replay(found, journal)


@settings(max_examples=examples(25, 1_000))
@given(st.binary(max_size=80) | st.lists(ANYTHING.map(lambda one: encode(orjson.dumps(one)))).map(b"".join))
def test_any_journal_is_taken_as_far_as_it_is_one(journal):
    found, split = tables(journal)
    again, rest = tables(split.good)
    assert (again, rest.good, rest.damaged, rest.torn) == (found, split.good, 0, False)


@settings(max_examples=examples(25, 1_000))
@given(LINES, st.data())
def test_a_flipped_bit_costs_one_record(lines, data):
    whole = b"".join(lines)
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    flipped = bytearray(whole)
    flipped[at] ^= 1 << bit
    hit = next(number for number in range(len(lines)) if at < sum(map(len, lines[: number + 1])))
    # A flipped line feed joins two records, of which neither can be read.
    lost = {hit, hit + 1} if at == sum(map(len, lines[: hit + 1])) - 1 else {hit}
    _, split = tables(bytes(flipped))
    assert split.good == b"".join(line for number, line in enumerate(lines) if number not in lost)
    assert split.damaged + split.torn >= 1


@settings(max_examples=examples(25, 1_000))
@given(LINES, st.data())
def test_a_torn_journal_keeps_all_that_was_whole(lines, data):
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    kept = [line for number, line in enumerate(lines) if sum(map(len, lines[: number + 1])) <= cut]
    found, split = tables(whole[:cut])
    assert (split.good, split.damaged) == (b"".join(kept), 0)
    assert found == tables(b"".join(kept))[0]
