"""Any block of a document, for what is stated of all of them."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st
from rich.style import Style

from reader.model.document import CELL_BREAK, Block, BlockKind, Span, SpanKind
from reader.ui.widgets.lines import PARTS
from reader.ui.widgets.look import Look

STYLES = {part: Style(meta={"part": part}) for part in PARTS}

CHARACTERS = st.one_of(
    st.sampled_from("abc ABC     .,-—“”'é\u00a0"),
    st.sampled_from("漢字かなカナ한국어，。"),
    st.sampled_from("\u0301\u0308\u20dd\u093f\u200b\u200d\u2060\ufeff"),
    st.sampled_from("שלוםمرحبا\u202e\u202d\u2066\u2069\u200f"),
    st.sampled_from(["😀", "👍🏽", "🇫🇷", "👩‍👧", "❤\ufe0f", "🏽", "नि", "e\u0301"]),
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")),
)
WORDS = st.lists(CHARACTERS, max_size=60).map("".join)
ROWS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map("\t".join), min_size=1, max_size=5).map("\n".join)
BROKEN = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(CELL_BREAK.join), min_size=1, max_size=4).map("\t".join)
LINES = st.lists(WORDS, min_size=1, max_size=5).map("\n".join)
LANGUAGES = st.sampled_from(["", "python", "js", "html", "sql", "diff", "nothing"])
LOOKS = st.builds(
    Look, spacing=st.integers(0, 2), indent=st.booleans(), bold_lead=st.booleans(), hyperlinks=st.booleans()
)
WITHIN = st.lists(st.sampled_from([0, 2, 4, 5]), max_size=8).map(tuple)


@st.composite
def blocks(draw):
    kind = draw(st.sampled_from(get_args(BlockKind)))
    marker = ""
    match kind:
        case "table":
            text, marker = draw(ROWS | BROKEN), draw(st.text("lcr", max_size=6))
        case "code":
            text, marker = draw(LINES), draw(LANGUAGES)
        case _:
            text = draw(LINES) if kind != "rule" else ""
            marker = draw(st.sampled_from(["", "•", "12."]))
    places = st.integers(0, len(text))
    pairs = st.lists(st.tuples(places, places, st.sampled_from(get_args(SpanKind))), max_size=5)
    spans = tuple(Span(min(pair[:2]), max(pair[:2]), pair[2], "https://a.example/x") for pair in draw(pairs))
    return Block(kind, text, spans, draw(st.integers(0, 3)), marker, draw(WITHIN), draw(st.booleans()))
