"""`reader doctor`: each thing that always holds is broken here, told in words, and mended without losing a mark."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import closing

import pytest

from reader.model.article import Entry
from reader.model.source import Source
from reader.settings import places
from reader.storage import backups, intake, pages
from reader.storage.cache import Cache
from reader.storage.marks import Marks
from reader.storage.stamp import journal_of

ONE, TWO, THREE = (Source(f"feed-{number}", "feed", f"Feed {number}", f"https://{number}.example") for number in "123")
NOW = 1_790_000_000


@pytest.fixture
def marked(library):
    """A library with marks, stories and pages, and the ids of some of its articles."""
    with closing(Cache(places().library)) as cache:
        for source in (ONE, TWO, THREE):
            entry = Entry("Ferry runs aground off the north pier", None, None, "A few words of it.", published=NOW)
            intake.add(cache, source, (entry,), NOW)
        pages.keep(cache, 1, "A page whole, with many more words than the beginning of it that came. " * 20, NOW)
    marks = Marks(places().marks)
    marks.put_sources((ONE, TWO, THREE))
    marks.close()
    ids = library("list").ids
    library("mark", "read", *ids[:3])
    library("note", ids[1], "a note")
    assert library("doctor").status == 0
    return ids


def sql(*statements):
    with closing(sqlite3.connect(places().library)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def kept(path):
    """Every mark that is kept, and what is put aside of them."""
    tables = json.loads(path.read_bytes())
    docs = {
        (name, key, json.dumps(doc, sort_keys=True)) for name, table in tables.items() for key, doc in table.items()
    }
    aside = {
        (doc["table"], doc["id"], json.dumps(doc["document"], sort_keys=True))
        for doc in tables.get("quarantine", {}).values()
    }
    return docs, aside


def files(home):
    found = {path: (path.read_bytes(), path.stat().st_mode) for path in home.rglob("*") if path.is_file()}
    return {path: seen for path, seen in found.items() if not path.name.endswith(("-wal", "-shm", "reader.lock"))}


def told_and_mended(library, home, said, *, part="library", dropped=()):
    """Look without changing anything, mend, and look again; no mark but those named may be gone from its table."""
    path = places().marks
    before, marks = files(home), kept(path)[0]
    result = library("doctor")
    assert result.status == 1
    assert f"WRONG   {part:<9} {said}" in result.out
    assert "mended" not in result.out
    assert files(home) == before

    result = library("doctor", "--repair")
    assert result.status == 0, result.out
    assert f"mended  {part:<9} {said}" in result.out
    assert library("doctor").status == 0
    now, aside = kept(path)
    # The times and titles of sources may be entered; what was there is there, or put aside whole.
    lost = marks - now
    assert lost <= aside, lost - aside
    assert {(table, key) for table, key, _ in lost} == set(dropped)


LIBRARY = {
    "an id that is none": (
        ("UPDATE articles SET id = 7 WHERE key = 20",),
        "1 article has an id that is not of 15 digits",
    ),
    "a source that is not there": (
        ("DELETE FROM sources WHERE id = 'feed-3'", "DELETE FROM shared"),
        "1 article is of a source that is not there",
    ),
    "tags of nothing": (
        ("INSERT INTO tags VALUES (999, 1, 'x')", "INSERT INTO enclosures VALUES (999, 1, 'u', 't', 1, 1, '')"),
        "something is kept of articles or sources that are not there (tags, enclosures)",
    ),
    "a text of nothing": (
        ("INSERT INTO bodies (key, text, markdown, meta) VALUES (999, 'x', 0, '')",),
        "something is kept of articles or sources that are not there (bodies)",
    ),
    "other names of nothing": (
        ("INSERT INTO aliases VALUES ('x', 1, 999)", "INSERT INTO pruned VALUES (999, 1, 1)"),
        "something is kept of articles or sources that are not there (aliases, pruned)",
    ),
    "pages, pictures and former texts of nothing": (
        (
            "INSERT INTO pages (key, text, fetched) VALUES (999, 'x', 1)",
            "INSERT INTO former VALUES (1, 999, 'x', 0, 1)",
            "INSERT INTO pictures VALUES (1, 'u', 999, 't', 1, 1, x'00')",
        ),
        "something is kept of articles or sources that are not there (pages, former, pictures)",
    ),
    "a source that brought it too and is not there": (
        ("INSERT INTO shared (key, source) VALUES (1, 999)",),
        "something is kept of articles or sources that are not there (shared)",
    ),
    "a story of nothing": (
        ("INSERT INTO stories VALUES (2, 999, 1)",),
        "something is kept of articles or sources that are not there (stories)",
    ),
    "a chain of stories": (
        ("INSERT INTO stories SELECT leader, 2, hash FROM stories WHERE key <> leader LIMIT 1",),
        "2 articles follow one that follows another itself",
    ),
    "sources of no story": (
        ("INSERT INTO shared (key, source, follows) VALUES (3, 2, 1)",),
        "1 article is listed under sources of a story that is none",
    ),
    "a page that is shown and not there": (
        ("UPDATE pages SET text = NULL WHERE shown",),
        "1 article shows a page of which there is no text",
    ),
    "a page that is said to be here": (
        ("UPDATE articles SET offline = 1 WHERE key = 4",),
        "1 article says wrongly whether the whole page is here",
    ),
}


@pytest.mark.parametrize("name", LIBRARY)
def test_the_tables_of_the_library_hold_together(library, marked, home, name):
    statements, said = LIBRARY[name]
    sql(*statements)
    told_and_mended(library, home, said)
    assert library("list", "is:read").ids == marked[:3]


def test_the_article_whose_page_was_lost_shows_what_came(library, marked):
    with closing(Cache(places().library, read_only=True)) as cache:
        words = cache.rows((1,))[0].words
    sql("UPDATE pages SET text = NULL WHERE shown")
    library("doctor", "--repair")
    with closing(Cache(places().library, read_only=True)) as cache:
        assert cache.rows((1,))[0].words < words
        assert cache.article(1).text


INDEX = {
    "of more articles": (
        ("INSERT INTO words (rowid, title, body) VALUES (999, 'x', 'y')",),
        "it has 1 that is no article here",
    ),
    "of other words": (
        ("UPDATE bodies SET text = text || ' and more words' WHERE key = 2",),
        "it has other words for 1 of 33 articles that were looked at",
    ),
}


@pytest.mark.parametrize("name", INDEX)
def test_the_index_has_the_words_of_the_rows(library, marked, home, name):
    statements, said = INDEX[name]
    sql(*statements)
    result = library("doctor")
    assert f"WRONG   library   the full-text index is wrong: {said}" in result.out
    assert "the full-text index was made again" in library("doctor", "--repair").out
    assert library("doctor").status == 0


def test_an_order_that_is_kept_has_the_articles_that_are_listed(library, marked, home):
    with closing(Cache(places().library)) as cache:
        from reader.storage.order import USUAL_ORDER, content, packed

        keys, groups = cache.ordered("page")
        edition = content(cache.connection)
        cache.keep(USUAL_ORDER, packed(keys, groups, edition))
        assert library("doctor").status == 0
        cache.keep(USUAL_ORDER, packed(keys[:-1] + keys[:1], groups, edition))
        cache.keep("order newest none", packed(keys[:1], (), "an earlier one"))
    told_and_mended(library, home, "the usual order of the list does not have the articles that are listed")


# --- the marks --------------------------------------------------------------------------------------------


def written(change):
    """Change the file of marks by hand."""
    path = places().marks
    tables = json.loads(path.read_bytes())
    change(tables)
    path.write_text(json.dumps(tables))
    path.chmod(0o600)


MARKS = {
    "an article's id": (
        lambda tables: tables["articles"].update({"-5": {"read": "x"}}),
        "article -5: its id is no article's",
        [("articles", "-5")],
    ),
    "a source twice": (
        lambda tables: tables["sources"].update({"77": tables["sources"]["1"]}),
        "source 77: another source has the same id",
        [("sources", "77")],
    ),
    "a source twice, first as one that was removed": (
        lambda tables: tables.update(
            sources={"77": tables["sources"]["1"] | {"kind": "removed"}, **tables["sources"]},
        ),
        "source 77: another source has the same id",
        [("sources", "77")],
    ),
    "a view twice": (
        lambda tables: tables.update(views={"1": {"name": "a", "query": "b"}, "2": {"name": "A", "query": "c"}}),
        "view 2: another view has the same name",
        [("views", "2")],
    ),
    "a step of undo": (
        lambda tables: tables["history"].update({"77": {"label": "x", "ops": [{"t": "meta", "r": None}]}}),
        "step of undo 77: what it would do cannot be made out",
        [("history", "77")],
    ),
    "a day": (
        lambda tables: tables.update(log={"20261399": {"1": 5}}),
        "day 20261399: its id is no day's",
        [("log", "20261399")],
    ),
    "a time": (
        lambda tables: tables.update(log={"20261122": {"1": 5, "2": -3}}),
        "day 20261122: 2 is of the wrong kind",
        [("log", "20261122")],
    ),
    "a note on nothing": (
        lambda tables: tables["notes"].update({"77": {"article": "1" * 15, "text": "x"}}),
        f"note 77: belongs to article {'1' * 15}, of which nothing is kept",
        [],
    ),
    "a highlight without words": (
        lambda tables: tables.update(highlights={"77": {"article": "1" * 15, "exact": 5}}),
        "highlight 77: exact is missing or of the wrong kind",
        [("highlights", "77")],
    ),
}


@pytest.mark.parametrize("name", MARKS)
def test_the_documents_are_what_they_must_be(library, marked, home, name):
    change, said, dropped = MARKS[name]
    written(change)
    said_then = said if name != "a note on nothing" else said.partition(" belongs")[0]
    path = places().marks
    before, marks = files(home), kept(path)[0]
    result = library("doctor")
    assert result.status == 1
    assert f"WRONG   marks     {said}\n" in result.out
    assert files(home) == before
    result = library("doctor", "--repair")
    assert result.status == 0, result.out
    assert f"mended  marks     {said_then}" in result.out
    assert library("doctor").status == 0
    now, aside = kept(path)
    assert marks - now <= aside
    assert {(table, key) for table, key, _ in marks - now} == set(dropped)


def test_what_an_id_hid_that_stands_twice_is_put_aside(library, marked, home):
    path = places().marks
    text = path.read_text().replace('"notes":{', '"notes":{"1":{"article":"5","text":"hidden"},')
    path.write_text(text)
    assert text.count('"hidden"') == 1
    said = "notes 1: its id stands twice in the file, so that nobody saw this one"
    told_and_mended(library, home, said, part="marks")
    (aside,) = json.loads(path.read_bytes())["quarantine"].values()
    assert aside["document"] == {"article": "5", "text": "hidden"}


def test_marks_of_articles_that_are_gone_are_kept_and_told(library, marked):
    marks = Marks(places().marks)
    marks.set_read(["5" * 15], read=True, label="read")
    marks.close()
    for arguments in ((), ("--repair",), ()):
        result = library("doctor", *arguments)
        assert result.status == 0
        assert "note    marks     1 marked article is not in the library any more; the marks are kept" in result.out


def journaled():
    """Leave something in the journal, as a reader does that is killed; give its file."""
    marks = Marks(places().marks)
    marks.set_read(["5" * 15], read=True, label="read")
    marks.flush()
    marks.abandon()
    return journal_of(places().marks)


def test_a_journal_that_ends_in_half_a_record_is_told_and_cut(library, marked, home):
    journal = journaled()
    assert library("doctor").status == 0
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole[: len(whole) // 2])
    before = files(home)
    result = library("doctor")
    assert result.status == 1
    assert "marks.json.journal ends in half a record" in result.out
    assert files(home) == before
    assert library("doctor", "--repair").status == 0
    assert library("doctor").status == 0
    assert "5" * 15 in json.loads(places().marks.read_bytes())["articles"]


def test_sources_whose_ids_differ_in_capitals_are_two(library, marked):
    written(lambda tables: tables["sources"].update({"77": tables["sources"]["1"] | {"id": "FEED-1"}}))
    assert "another source has the same id" not in library("doctor").out


@pytest.mark.parametrize("cut", [False, True])
def test_an_app_that_marks_beside_the_doctor_is_no_fault(library, marked, monkeypatch, cut):
    app, real = Marks(places().marks), Marks.prove

    def late(store):
        app.set_read(["6" * 15], read=True, label="read")
        app.flush()
        if cut:
            # The half of a record that it is just writing.
            with journal_of(places().marks).open("ab") as journal:
                journal.write(b"0000")
        return real(store)

    app.set_read(["5" * 15], read=True, label="read")
    app.flush()
    monkeypatch.setattr(Marks, "prove", late)
    out = library("doctor").out
    app.abandon()
    assert "do not give what was read" not in out
    assert "half a record" not in out


def test_a_journal_with_a_wrong_sum_is_told_and_put_aside(library, marked, home):
    journal = journaled()
    whole = journal.read_bytes()
    broken = whole[:20] + bytes([whole[20] ^ 1]) + whole[21:]
    journal.write_bytes(broken + whole)
    assert "WRONG   marks     1 record in marks.json.journal could not be read" in library("doctor").out
    result = library("doctor", "--repair")
    assert "mended  marks     1 record" in result.out
    (aside,) = places().data.glob("marks.json.journal.broken-*")
    assert aside.read_bytes() == broken + whole
    assert library("doctor").status == 0


def test_files_that_do_not_give_what_was_read_of_them_are_told(library, marked, monkeypatch):
    from reader.storage import snapshot

    whole = snapshot.unpacked

    def forgetful(data):
        tables = whole(data)
        tables.get("articles", {"": {}}).popitem()
        return tables

    monkeypatch.setattr(snapshot, "unpacked", forgetful)
    assert "WRONG   marks     marks.json and its journal do not give what was read of them" in library("doctor").out


# --- backups and files ------------------------------------------------------------------------------------


def test_a_backup_that_cannot_be_read_gets_another_name(library, marked, home):
    (_, first), *_ = backups.all_of(places().marks)
    first.write_bytes(b"x")
    told_and_mended(library, home, f"{first.name} cannot be read: it is no good", part="backups")
    assert first.with_name(f"{first.name}.broken").read_bytes() == b"x"


def test_a_backup_of_a_later_version_is_left_as_it_is(library, marked):
    later = places().data / "backups" / "marks-20200101-000000.json"
    later.write_bytes(b'{"meta": {"1": {"format": 99}}}')
    later.chmod(0o600)
    result = library("doctor", "--repair")
    assert result.status == 0
    assert "note    backups   marks-20200101-000000.json: The marks were written by a later version" in result.out
    assert later.exists()


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes")
@pytest.mark.parametrize("name", ["marks.json", "library.db", "reader.lock", "backups", "backups/*"])
def test_nobody_else_may_look_into_what_is_kept(library, marked, home, name):
    path = next(places().data.glob(name))
    path.chmod(0o755 if path.is_dir() else 0o644)
    told_and_mended(library, home, f"{path.name}: others than you may look into it", part="files")
    assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes")
def test_all_that_is_made_is_made_for_its_owner_only(library, marked):
    library("backup")
    for path in (places().data, *places().data.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
