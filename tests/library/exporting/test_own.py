"""Our own JSON: complete, as its schema says, and the same again after it was taken in."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reader.ingest.found import Found
from reader.ingest.own import export as own_export
from reader.library import Library
from reader.model.annotation import Place, Quote
from reader.model.article import Entry
from reader.storage import outgoing, pages
from reader.storage.invariants import broken
from tests.conftest import NOW
from tests.library.exporting.conftest import FEED, own, places_at, take
from tests.thorough import examples

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "export.schema.json").read_text("utf-8"))
VALID = Draft202012Validator(SCHEMA)


def test_it_is_what_the_schema_says(library):
    told = json.loads(own(library))
    VALID.validate(told)
    # The schema tells of every member that is written.
    kinds = SCHEMA["$defs"]
    done = set(kinds["done"]["properties"])
    assert set(told) == set(SCHEMA["properties"])
    assert set(told["articles"][0]) == set(kinds["article"]["properties"]) | done
    assert {name for one in told["sources"] for name in one["care"]} <= set(
        kinds["source"]["properties"]["care"]["properties"]
    )
    salt = next(one for one in told["articles"] if one["title"].startswith("Salt"))
    assert set(salt["page"]) == set(kinds["article"]["properties"]["page"]["properties"])
    assert set(salt["progress"]) == set(kinds["done"]["properties"]["progress"]["properties"])
    assert set(salt["highlights"][0]) == set(kinds["highlight"]["properties"])


def test_it_comes_back_byte_for_byte(library, other):
    first = own(library)
    take(other, first)
    assert own(other) == first
    assert broken(other.cache.connection) == []


def test_the_library_shows_the_same(library, other, salt):
    take(other, own(library))

    def shown(one):
        rows = one.shelf.rows(one.shelf.listing().keys)
        return sorted(
            (row.id, row.title, row.source, row.excerpt, row.words, row.flags, row.others, row.offline) for row in rows
        )

    assert shown(other) == shown(library)
    assert [view.name for view in other.views.saved()] == ["Short ones"]
    assert other.marks.logged() == library.marks.logged()
    there = other.shelf.open(other.cache.key(salt.id))
    here = library.shelf.open(salt.key)
    assert there.document == here.document
    assert [one.passage for one in there.highlights] == [one.passage for one in here.highlights]
    assert len(other.shelf.listing(own_filter("weather")).keys) == len(
        library.shelf.listing(own_filter("weather")).keys
    )


def own_filter(words):
    from reader.model.listing import Filter

    return Filter("asked", query=words) if words else Filter()


def test_taking_it_in_again_does_nothing(library, other):
    first = own(library)
    take(other, first)
    version = other.marks.version
    report = take(other, first)
    assert (report.new, report.ruled) == ((), ())
    assert own(other) == first
    assert other.marks.version - version <= 1  # a transaction without a change
    assert other.notebook.undo().label.startswith("import of export.json")


def test_it_is_taken_back_as_one_and_done_again(library, other):
    first = own(library)
    take(other, first)
    undone = other.notebook.undo()
    assert undone.count > 5
    told = json.loads(own(other))
    assert not any(one["read"] or one["notes"] or one["highlights"] or one["tags"] for one in told["articles"])
    assert told["views"] == []
    other.notebook.redo()
    assert own(other) == first


def test_what_was_done_here_stays(library, other, salt):
    take(other, own(library))
    row = other.shelf.row(salt.id)
    other.notebook.set_note(row, "Mine")
    other.notebook.set_tags([row], ["mine"])
    other.notebook.set_place(row, Place(1, 0.1, 0.1, "x"))
    (highlight, _) = other.marks.of(salt.id).highlights
    other.notebook.edit_highlight(row, highlight.id, color="blue", note="my own words")
    other.notebook.set_read([row], read=True)
    read_at = other.marks.of(salt.id).read_at
    library.notebook.set_tags([salt], ["theirs"])
    library.notebook.set_read([salt], read=True)
    take(other, own(library))
    marks = other.marks.of(salt.id)
    assert [note.text for note in marks.notes] == ["Mine", "My *note*\n\n- one\n- two"]
    assert {"mine", "theirs"} <= set(marks.tags)
    assert marks.place.block == 1
    assert marks.read_at == read_at
    assert [(one.color, one.note) for one in marks.highlights if one.quote.exact == "weather"] == [
        ("blue", "my own words"),
        ("green", "why?"),
    ]


def test_a_note_on_words_that_are_highlighted_here_goes_to_them(library, other, salt):
    take(other, own(library))
    library.notebook.edit_highlight(salt, library.marks.of(salt.id).highlights[1].id, note="at last")
    take(other, own(library))
    assert [one.note for one in other.marks.of(salt.id).highlights] == ["why?", "at last"]


def test_the_same_feed_that_was_subscribed_to_here_is_one_source(library, other):
    other.subscriptions.add(
        Found("feed", "My News", (Entry("Salt, here", guid="salt-1", body="Salt."),), address=FEED), FEED
    )
    other.subscriptions.rename(other.marks.sources()[0].id, "Mine")
    take(other, own(library))
    titles = [source.title for source in other.marks.sources() if source.location == FEED]
    assert titles == ["Mine"]
    rows = other.shelf.rows(other.shelf.listing().keys)
    (salt,) = [row for row in rows if row.title.startswith("Salt")]
    assert salt.title == "Salt, here"
    assert [note.text for note in other.marks.of(salt.id).notes] == ["My *note*\n\n- one\n- two"]


def test_what_was_done_with_articles_that_went_comes_along(library, other):
    row = next(row for row in library.shelf.rows(library.shelf.listing().keys) if row.title == "Alone")
    library.notebook.set_note(row, "Remember")
    guide = library.shelf.rows(library.shelf.listing(own_filter("source:guide")).keys)[0]
    library.notebook.set_bookmarked([guide], bookmarked=True)
    with library.cache.writing("gone") as connection:
        for table in ("bodies", "tags", "enclosures", "pages", "former", "shared"):
            connection.execute(f"DELETE FROM {table} WHERE key = ?", (row.key,))
        connection.execute("DELETE FROM articles WHERE key = ?", (row.key,))
    first = own(library)
    told = {one["id"]: one for one in json.loads(first)["remembered"]}
    assert told[str(row.id)]["notes"][0]["text"] == "Remember"
    assert told[str(row.id)]["title"] == "Alone"
    take(other, first)
    other.subscriptions.add_guide()
    assert own(other) == first
    assert other.notebook.marks(guide.id).bookmarked_at


def test_secrets_and_leave_stay_at_home(library):
    source = library.marks.sources()[1]
    from dataclasses import replace

    care = replace(source.care, private=True, login="ines", headers=(("Cookie", "sesame"),))
    library.subscriptions.set_care(source.id, care)
    told = own(library)
    assert "sesame" not in told
    assert '"ines"' not in told
    assert "private" not in told


def test_an_export_cannot_give_itself_leave(library, other):
    told = json.loads(own(library))
    for source in told["sources"]:
        source["care"] = {"private": True, "headers": {"Cookie": "x"}, "login": "root"}
    take(other, json.dumps(told))
    for source in other.marks.sources():
        assert (source.care.private, source.care.headers, source.care.login) == (False, (), "")


def test_a_removed_source_comes_back(library, other):
    first = own(library)
    take(other, first)
    for source in list(other.marks.sources()):
        if source.id != "texts":
            other.subscriptions.remove(source.id)
    take(other, first)
    assert {one.id: one.kind for one in other.marks.sources()} == {one.id: one.kind for one in library.marks.sources()}
    assert own_articles(own(other)) == own_articles(first)


def own_articles(text):
    return {one["id"]: (one["notes"], one["highlights"], one["text"]) for one in json.loads(text)["articles"]}


def test_a_choice_has_only_its_sources(library, salt):
    told = json.loads(own(library, [salt.key]))
    VALID.validate(told)
    assert told["complete"] is False
    assert [one["title"] for one in told["articles"]] == [salt.title]
    assert {one["title"] for one in told["sources"]} == {"The News", "Mirror"}
    assert "remembered" not in told


def test_it_holds_nothing_that_drives_a_terminal(library, salt):
    with library.cache.writing("an older version") as connection:
        connection.execute("UPDATE articles SET title = ? WHERE key = ?", ("\x1b[31m\u202ered\x9b", salt.key))
    told = own(library)
    assert not any(sign in told for sign in "\x1b\u202e\x9b")
    assert "\x1b[31m\u202ered\x9b" in [one["title"] for one in json.loads(told)["articles"]]


# -- any library

_WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60) | st.sampled_from(
    [
        "plain words",
        "a\u200cb",
        "👩‍👩‍👧 quay",
        "e\u0301",
        "a\u2028b",
        "x" * 700,
        "| a |\n|---|\n| b |",
        "``` js\nx\n```",
        "- - -",
    ]
)


_URLS = st.none() | st.sampled_from(["https://a.example/1", "https://a.example/2#x", "https://b.example/"])
_ENTRIES = st.lists(
    st.builds(
        Entry,
        _WORDS,
        author=st.none() | _WORDS,
        section=st.none() | _WORDS,
        excerpt=_WORDS,
        cut=st.booleans(),
        meta=st.lists(_WORDS, max_size=2).map(tuple),
        body=st.none() | _WORDS,
        markdown=st.booleans(),
        url=_URLS,
        guid=st.none() | st.sampled_from(["g1", "g2"]) | _WORDS,
        published=st.none() | st.integers(-10_000_000_000, NOW),
        tags=st.lists(_WORDS, max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=4,
)


@st.composite
def _doings(draw):
    kinds = ("read", "unread", "bookmark", "note", "highlight", "tag", "place", "hide", "page", "log", "undo")
    return [
        (draw(st.sampled_from(kinds)), draw(st.integers(0, 50)), draw(_WORDS)) for _ in range(draw(st.integers(0, 12)))
    ]


def _do(library, kind, at, words):  # noqa: C901 -- a branch for each
    keys = outgoing.keys(library.cache)
    row = library.shelf.rows([keys[at % len(keys)]])[0]
    notebook = library.notebook
    match kind:
        case "read" | "unread":
            notebook.set_read([row], kind == "read")
        case "bookmark":
            notebook.set_bookmarked([row], bookmarked=True)
        case "note":
            notebook.set_note(row, words)
        case "highlight" if words.strip():
            from reader.ingest.own.parts import quoted

            if (exact := quoted(words, 100)).strip():
                notebook.add_highlight(row, Quote(exact, exact[:3], exact[-3:], at, 1), "blue", words)
        case "tag":
            notebook.set_tags([row], [words])
        case "place":
            from reader.ingest.own.parts import quoted

            notebook.set_place(row, Place(at, at / 50, at / 50, quoted(words, 30)))
        case "hide":
            notebook.set_hidden([row], hidden=True)
        case "page":
            from reader.ingest import sanitize

            pages.keep(
                library.cache, row.key, sanitize.text(words, sanitize.BODY, markdown=True), NOW, asked=at % 2 == 0
            )
        case "log":
            library.log.add(row.id, at + 10, NOW)
        case "undo":
            notebook.undo()


@settings(max_examples=examples(8, 600))
@given(st.lists(_ENTRIES, min_size=1, max_size=3), _doings())
def test_any_library_comes_back_byte_for_byte(feeds, doings):
    from reader.ingest import sanitize

    with TemporaryDirectory() as folder:
        first, second = places_at(Path(folder, "a")), places_at(Path(folder, "b"))
        with Library(first, now=lambda: NOW) as library:
            for number, entries in enumerate(feeds):
                address = f"https://f{number}.example/feed"
                clean = tuple(map(sanitize.entry, entries))
                library.subscriptions.add(Found("feed", f"Feed {number}", clean, address=address), address)
            for doing in doings:
                _do(library, *doing)
            told = own(library)
        VALID.validate(json.loads(told))
        with Library(second, now=lambda: NOW) as other:
            take(other, told)
            assert own(other) == told
            assert broken(other.cache.connection) == []
            take(other, told)
            assert own(other) == told


@pytest.mark.parametrize("size", [examples(300, 20_000)])
def test_a_large_one_is_read_from_the_file_bit_by_bit(places, other, tmp_path, size, monkeypatch):
    entries = tuple(
        Entry(f"Article {number}", body=" ".join([f"Text {number}."] * 20), guid=str(number)) for number in range(size)
    )
    path = tmp_path / "all.json"
    with Library(places, now=lambda: NOW) as library:
        library.subscriptions.add(Found("feed", "Many", entries, address=FEED), FEED)
        library.notebook.many(library.shelf.listing().keys).set_read(True)
        path.write_text(own(library), "utf-8")
    monkeypatch.setattr("reader.ingest.own.stream.MOST", 20_000)
    found = own_export.read_file(path)
    assert found.export.data == b""
    report = other.subscriptions.add(found, str(path))
    assert len(report.new) == size
    assert own(other) == path.read_text("utf-8")
