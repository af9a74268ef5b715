"""Our own JSON as it is read: recognised by what is in it, bounded, and what is wrong is told with its place."""

from __future__ import annotations

import gzip
import io
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import detect
from reader.ingest.errors import IngestError
from reader.ingest.own import export, parts
from reader.ingest.own.stream import Stream
from tests.thorough import examples

ID = "123456789012345"


def told(**more):
    article = {"id": ID, "source": "texts", "title": "T", "text": "x"}
    base = {"reader": "export", "format": 1, "complete": False, "sources": [], "articles": [article]}
    return base | more


def read(value):
    return export.read(json.dumps(value).encode())


def article(**more):
    return told(articles=[told()["articles"][0] | more])


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(told()),
        "\ufeff" + json.dumps(told()),
        "\n\n " + json.dumps(told(), indent=4),
        json.dumps({"format": 1, "reader": "export", "complete": True}),
    ],
)
def test_it_is_recognised_by_what_is_in_it(data):
    assert detect.read(data.encode(), "anything.txt").kind == "export"
    assert detect.heavy(data.encode()) or data.startswith("\n")


@pytest.mark.parametrize("value", [{}, {"reader": "other", "format": 1}, {"format": 1, "articles": []}, []])
def test_other_json_is_not_taken_for_it(value):
    data = json.dumps(value).encode()
    assert not export.looks_like(data)
    with pytest.raises(IngestError, match="data for machines"):
        detect.read(data, "export.json")


def test_it_may_be_packed():
    found = detect.read(gzip.compress(json.dumps(told()).encode()), "all.json.gz")
    assert (found.kind, found.total) == ("export", 1)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (told(format=2), "later version"),
        (told(format="1"), "format must be"),
        (told(format=True), "format must be"),
        ({"reader": "export"}, "no export"),
        (told(articles=[[]]), r"articles\[0\] must be an object"),
        (article(id="12"), r"articles\[0\]\.id must be an id"),
        (article(id=123456789012345), r"articles\[0\]\.id must be a text"),
        (article(title=[]), r"articles\[0\]\.title must be a text"),
        (article(source=""), r"articles\[0\]\.source must be"),
        (article(published="yesterday"), r"articles\[0\]\.published must be a time"),
        (article(published="2026-13-01T00:00:00Z"), r"articles\[0\]\.published must be a time"),
        (article(words=-1), r"articles\[0\]\.words must be a whole number"),
        (article(words=10**30), r"articles\[0\]\.words must be a whole number"),
        (article(words=True), r"articles\[0\]\.words must be a whole number"),
        (article(markdown=1), r"articles\[0\]\.markdown must be true or false"),
        (article(tags="x"), r"articles\[0\]\.tags must be a list"),
        (article(tags=[1]), r"articles\[0\]\.tags must be a list of texts"),
        (article(notes=[{"text": 1}]), r"articles\[0\]\.notes\[0\]\.text must be a text"),
        (article(highlights=[{"exact": "a"}, {"exact": " "}]), r"articles\[0\]\.highlights\[1\]\.exact must be"),
        (article(highlights=[{"exact": "a", "color": "pink"}]), r"\.color must be one of yellow"),
        (article(progress={"progress": 2}), r"articles\[0\]\.progress\.progress must be a number from 0 to 1"),
        (article(page=7), r"articles\[0\]\.page must be an object"),
        (article(enclosures=[None]), r"articles\[0\]\.enclosures\[0\] must be an object"),
        (told(articles=told()["articles"] * 2), r"articles\[1\]\.id must be another"),
        (told(sources=[{"id": "x", "kind": "virus", "title": ""}]), r"sources\[0\]\.kind must be one of"),
        (told(sources=[{"id": "x", "kind": "feed", "location": "file:///etc"}]), r"sources\[0\]\.location must be"),
        (told(sources=[{"id": "", "kind": "texts"}]), r"sources\[0\]\.id must be"),
        (told(sources=[{"id": "x", "kind": "texts", "care": {"full_text": "now"}}]), r"care\.full_text must be one of"),
        (told(days=[{"day": 20260101}]), r"days\[0\]\.seconds must be"),
        (told(days=[{"day": 20260101, "seconds": {"a": 1}}]), r"days\[0\]\.seconds\.a must be named"),
        (told(days=[{"day": 20260101, "seconds": {"1": 10**9}}]), r"days\[0\]\.seconds\.1 must be a whole number"),
        (told(views=[{"name": ""}]), r"views\[0\]\.name must be"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(value, why):
    with pytest.raises(IngestError, match=why):
        read(value)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"reader":"export","format":1,"articles":[{"id"', "no JSON"),
        (b'{"reader":"export","format":1,"articles":[]', "no JSON"),
        (b'{"reader":"export","format":1} {}', "follows its end"),
        (b'{"reader":"export","format":NaN}', "NaN is no number"),
        (b'{"reader":"export","format":' + b"9" * 10_000 + b"}", "too long|whole number|format"),
        (b'{"reader":"export","format":1,"x":' + b"[" * 200_000, "nested too deeply"),
        (b'{"reader":"export","format":1,"x":"\xff"}', "UTF-8"),
        (b'{"reader":"export","format":1,"x":"\x01"}', "no JSON"),
        (b'{"reader":"export","format":1,1:2}', "no JSON"),
    ],
)
def test_what_is_broken_is_refused(data, why):
    with pytest.raises(IngestError, match=why):
        export.read(data)


def test_one_thing_without_an_end_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr("reader.ingest.own.stream.MOST", 1_000_000)

    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size=-1):
            self.taken += size
            return b'{"title":"' if self.taken == size else b"a" * size

    endless = Endless()
    with pytest.raises(IngestError, match="million characters"):
        export._pass_over(Stream(endless), many=False)
    assert endless.taken < 10_000_000


def test_every_text_passes_the_gate():
    bad = "a\x1b[31m\u202eb\x9b"
    value = article(
        title=bad, author=bad, section=bad, text=bad, excerpt=bad, meta=[bad], categories=[bad], tags=[bad],
        url="javascript:alert(1)", image="file:///x", comments="https://a.example/\x1b",
        notes=[{"text": bad}], highlights=[{"exact": bad, "prefix": bad, "suffix": bad, "note": bad}],
        page={"text": bad, "shown": True, "problem": bad}, progress={"text": bad},
        enclosures=[{"url": "ftp://x"}, {"url": "https://a.example/e", "type": bad, "title": bad}],
    )  # fmt: skip
    value["sources"] = [{"id": "texts", "kind": "texts", "title": bad, "care": {"folder": bad, "keep": [bad]}}]
    value["views"] = [{"name": bad, "query": bad}]
    value["remembered"] = [{"id": ID, "title": bad, "source": bad, "url": "javascript:1", "notes": [{"text": bad}]}]
    found = read(value).export
    things = [*found.articles(), *found.sources, *found.views, *found.remembered]
    text = repr(things)
    assert not any(sign in text for sign in ("\\x1b", "\\u202e", "\\x9b", "javascript", "file:", "ftp:"))
    assert "ab" in text


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=20,
)
_WHERE = (*parts.PARTS, "articles", "page", "progress", "notes", "highlights", "enclosures", "also_in", "text", "tags")


@settings(max_examples=examples(60, 5000))
@given(_ANY, st.sampled_from(_WHERE))
def test_no_value_makes_it_fall_over(value, where):
    made = told(**{where: value}) if where in {*told(), *parts.PARTS} else article(**{where: value})
    with suppress(IngestError):
        assert read(made).total <= 1


_LETTERS = st.characters(exclude_categories=("Cs",))
_QUOTES = st.text(_LETTERS, max_size=30) | st.text("👩‍👧\u200c\u200dक्षa \u2028\n\t", max_size=20)


@settings(max_examples=examples(150, 5000))
@given(_QUOTES)
def test_cleaning_is_done_once(text):
    for clean in (lambda one: parts.quoted(one, 1000), parts.excerpt):
        assert clean(clean(text)) == clean(text)
    assert "\x1b" not in parts.quoted(text, 1000)


def test_words_keep_what_joins_them_at_their_edges():
    assert parts.quoted("\u200d👧 and a\u2028b\n", 100) == "\u200d👧 and a\u2028b\n"


_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)


@settings(max_examples=examples(60, 2000))
@given(st.dictionaries(st.text(_LETTERS), st.lists(_NUMBERS | st.text(_LETTERS)) | _NUMBERS), st.integers(1, 9))
def test_it_is_read_the_same_however_little_at_a_time(value, size):
    class Slow(io.BytesIO):
        def read(self, _size=-1):
            return super().read(size)

    stream = Stream(Slow(json.dumps(value, ensure_ascii=False).encode()))
    assert {name: list(stream.items()) if many else stream.value() for name, many in stream.members()} == value
