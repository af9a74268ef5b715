"""Nothing is dropped, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.listing import entries, is_listing, parse, rejoin
from reader.ingest.plain.blocks import split
from tests.ingest.pages import LONG, WHOLE

SHORT = st.sampled_from(
    ["Wake", "Rope", "Is it?", "Anna Marsh", "bell hooks", "By Tom Reed", "安娜", "3 May 2024", "1 May", "5 min read",
     "Premium", "Load more", "Read more", "Harbours", "‘So.’", "2"]
)  # fmt: skip
BLOCKS = st.lists(SHORT | st.sampled_from([LONG, WHOLE]), max_size=40)
GAPS = st.lists(
    st.sampled_from(["\n\n", "\n \n", "\r\n\r\n", "\n\u00a0\n\n", "\u2028\u2028"]), min_size=41, max_size=41
)


def assert_whole(text: str) -> None:
    parsed = parse(text)
    fields = [
        *([parsed.section] if parsed.section else []),
        *parsed.lead,
        *(block for item in parsed.items for block in item.blocks),
        *parsed.trailer,
    ]
    assert sorted(block.number for block in fields) == list(range(len(split(text).blocks)))
    assert parsed.blocks == split(text).blocks
    assert rejoin(parsed) == text
    assert len(entries(parsed)) == len(parsed.items)
    is_listing(parsed)


@settings(max_examples=400)
@given(BLOCKS, GAPS)
def test_every_block_of_a_page_is_in_exactly_one_field(blocks, gaps):
    assert_whole("".join(block + gap for block, gap in zip(blocks, gaps, strict=False)))


@settings(max_examples=400)
@given(st.text(max_size=400) | st.text(alphabet="aA. \n\t\r\u2028\u00a0‘’?12", max_size=400))
def test_no_text_is_too_strange(text):
    assert_whole(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        " ",
        ". ",
        "1",
        "1 ",
        "a\n",
        "\n",
        "Anna Marsh\n\n",
        "3 May 2024\n\n",
        "a, ",
        "A. ",
        "“",
        "港",
        "\u0301",
        "‘a’ ",
        "By ",
    ],
)
def test_a_large_strange_text_is_no_trouble(unit):
    text = (unit * (200_000 // len(unit))) + "\n\n" + unit * 1000
    assert rejoin(parse(text)) == text
