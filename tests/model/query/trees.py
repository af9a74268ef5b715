"""Queries, articles and moments as hypothesis makes them."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

from hypothesis import strategies as st

from reader.model.query import Context, Field, Minutes, Name, Pattern, Query, Subject, When, Words
from reader.model.query.fields import HAS, PATTERNED, SORTS, STATES, TEXTS
from reader.model.query.tokens import has_words
from reader.model.query.tree import both, either, negated

WORDS = (
    "tide",
    "ebb",
    "the",
    "The Tide",
    "don't",
    "é",
    "OR",
    "AND",
    "NOT",
    "author:",
    "is:x",
    "autor:x",
    "a\\",
    '"b"',
    "-c",
)
texts = (st.sampled_from(WORDS) | st.text(max_size=8)).filter(has_words)
names = (st.sampled_from(("News", "news", "long reads", 'a "b"', "/x/", "a*", "–")) | st.text(max_size=6)).map(
    str.strip
)
names = names.filter(bool)
words = st.builds(Words, texts, st.booleans())
patterns = st.sampled_from(("tide", r"^the\b", "a/b", r"\d+ (x|y)", "[a-c]+", "(?:ab)*$", '"', r"\\", "é|ß"))
dates = st.sampled_from(("today", "yesterday", "tomorrow", "3d", "0d", "2w", "5m", "1y", "99999y", "2026-11-22",
                         "2026-1-9", "2026-11", "2026", "0001", "9999", "9999-12-31"))  # fmt: skip
minutes = st.builds(Minutes, st.sampled_from(("", "<", "<=", ">", ">=")), st.integers(0, 30)) | st.builds(
    lambda one, other: Minutes("-", min(one, other), max(one, other)), st.integers(0, 30), st.integers(0, 30)
)
fields = st.one_of(
    st.builds(Field, st.just("is"), st.builds(Name, st.sampled_from(tuple(STATES)))),
    st.builds(Field, st.just("has"), st.builds(Name, st.sampled_from(HAS))),
    st.builds(Field, st.just("lang"), st.builds(Name, st.sampled_from(("en", "en-gb", "de")))),
    st.builds(Field, st.sampled_from(TEXTS), words),
    st.builds(Field, st.sampled_from(PATTERNED), st.builds(Pattern, patterns)),
    st.builds(Field, st.sampled_from(("tag", "folder")), st.builds(Name, names)),
    st.builds(Field, st.sampled_from(("before", "after", "on")), st.builds(When, dates)),
    st.builds(Field, st.just("minutes"), minutes),
)
nodes = st.recursive(
    words | fields,
    lambda inner: st.one_of(
        inner.map(negated),
        st.lists(inner, min_size=2, max_size=4).map(both),
        st.lists(inner, min_size=2, max_size=4).map(either),
    ),
    max_leaves=8,
)
queries = st.builds(Query, st.none() | nodes, st.none() | st.sampled_from(SORTS))

contexts = st.builds(
    Context,
    st.integers(0, 4_000_000_000),
    st.sampled_from((UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=13, minutes=45)))),
    st.integers(1, 1_000),
)
_said = st.sampled_from(("", "The tide and the ebb", "don’t b", "1 x", "é")) | st.text(max_size=10)
subjects = st.builds(
    Subject,
    title=_said, author=_said, section=_said, text=_said, source_id=_said, source_title=_said,
    notes=st.lists(_said, max_size=2).map(tuple), note_texts=st.lists(_said, max_size=2).map(tuple),
    others=st.lists(st.tuples(_said, _said), max_size=2).map(tuple), folders=st.lists(names, max_size=2).map(tuple),
    tags=st.lists(names, max_size=2).map(tuple), flags=st.integers(0, 255), offline=st.booleans(),
    moment=st.integers(-(10**10), 10**11), words=st.integers(0, 9_000),
    language=st.sampled_from(("", "en", "en-GB", "de", "de_AT")), image=st.booleans(), link=st.booleans(),
)  # fmt: skip

_PIECES = (" ", "(", ")", '"', "“", "”", "-", "|", "OR", "AND", "NOT ", "*", "/", "\\", ":", "tide", "!", "is:",
           "unread", "minutes:", "<5", "title:", "/a+/", "author:", "before:", "3d", "2026-02-30", "sort:", "newest",
           "autor:", "é", "\u0301")  # fmt: skip
typed = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join) | st.text(max_size=40)
"""What somebody, or a cat, may type."""
