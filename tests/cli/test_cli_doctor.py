"""`reader doctor`: what it finds, and what it mends."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from reader.settings import places


@pytest.fixture
def marked(library):
    """A library with marks, and the ids of its articles."""
    ids = library("list").ids
    library("mark", "read", *ids[:3])
    library("note", ids[1], "a note")
    return ids


def verdicts(result):
    return [line.split()[0] for line in result.lines]


def sql(*statements):
    with closing(sqlite3.connect(places().library)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_healthy_library_is_said_to_be_well(library, marked):
    for arguments in ((), ("--repair",)):
        result = library("doctor", *arguments)
        assert result.status == 0
        assert set(verdicts(result)) == {"ok"}
        assert [line.split()[1] for line in result.lines] == [
            "settings", "lock", "files", "marks", "backups", "library", "sources",
        ]  # fmt: skip
        assert "3 marked articles" in result.out


def test_looking_changes_nothing(library, marked, home):
    (home / "data" / "marks.json").write_bytes(b"{broken")
    sql("DELETE FROM bodies")
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert library("doctor").status == 1
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("how", ["head", "middle", "cut", "text", "other"])
def test_a_broken_library_is_put_aside_and_the_marks_survive(library, marked, home, page, how):
    path = places().library
    data = path.read_bytes()
    if how == "other":
        path.unlink()
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("PRAGMA user_version = 1")
            connection.execute("PRAGMA journal_mode = WAL")
    else:
        path.write_bytes(
            {
                "head": b"\0" * 100 + data[100:],
                "middle": data[:4096] + b"\xa5" * (len(data) - 4096),
                "cut": data[: len(data) // 2],
                "text": b"no database at all",
            }[how]
        )
    broken = path.read_bytes()
    for verb in (("list",), ("show", marked[0]), ("sources",)):
        seen = library(*verb)
        assert seen.err.count("\n") <= 1
        assert seen.status in {0, 1}
    assert library("doctor").status == 1
    assert path.read_bytes() == broken

    result = library("doctor", "--repair")
    assert result.status == 0
    assert "mended" in verdicts(result)
    (aside,) = [one for one in path.parent.glob("library.db.broken-*") if not one.name.endswith(("-wal", "-shm"))]
    assert aside.read_bytes() == broken
    assert f"Harbours has no articles here: reader add {page}" in result.out

    assert library("doctor").status == 0
    assert library("add", page).lines[-1] == "Harbours: 23 new"
    assert library("list").ids == marked
    assert library("list", "is:read").ids == marked[:3]
    assert library("show", marked[1], "--json").json[0]["notes"][0]["text"] == "a note"


def test_a_full_text_index_that_lost_articles_is_made_again(library, marked):
    sql("INSERT INTO words (words) VALUES ('delete-all')")
    # A note on it has the word too.
    word = f"title:{library('list').rows[0][2].split()[0]}"
    assert library("list", word).ids == []
    result = library("doctor")
    assert result.status == 1
    assert "WRONG   library   the full-text index is wrong: it lacks 30 of 30 articles" in result.lines
    assert library("doctor", "--repair").status == 0
    assert marked[0] in library("list", word).ids
    assert library("doctor").status == 0
    assert library("list", "is:read").ids == marked[:3]


def test_a_damaged_full_text_index_is_made_again(library, marked):
    sql("UPDATE words_data SET block = x'00ff00ff00ff' WHERE id > 10")
    assert library("doctor").status == 1
    result = library("doctor", "--repair")
    assert result.status == 0
    assert "the full-text index was made again" in result.out
    assert library("doctor").status == 0
    assert marked[0] in library("list", library("list").rows[0][2].split()[0]).ids


def test_lost_texts_are_replaced_by_what_the_list_shows(library, marked, page):
    sql("DELETE FROM bodies WHERE key IN (SELECT key FROM articles WHERE id = " + marked[0] + ")")
    assert library("show", marked[0]).status == 1
    assert "the text of 1 article is lost" in library("doctor").out
    assert library("doctor", "--repair").status == 0
    assert library("show", marked[0]).status == 0
    library("add", page)
    assert library("list").ids == marked


def test_a_library_of_a_newer_version_is_left_alone(library, marked):
    sql("PRAGMA user_version = 99")
    before = places().library.read_bytes()
    for arguments in ((), ("--repair",)):
        result = library("doctor", *arguments)
        assert result.status == 1
        assert "newer reader" in result.out
    assert places().library.read_bytes() == before
    assert library("list").err.count("newer reader") == 1


def test_broken_marks_are_put_aside_and_the_backup_is_opened(library, marked):
    path = places().marks
    path.write_bytes(b'{"articles": ')
    result = library("doctor")
    assert result.status == 1
    assert "WRONG   marks     marks.json is damaged" in result.out
    result = library("doctor", "--repair")
    assert result.status == 0
    assert "put aside as marks.json.broken-" in result.out
    assert library("doctor").status == 0
    assert library("list", "is:read").ids == marked[:3]


def test_malformed_marks_go_to_quarantine(library, marked):
    path = places().marks
    tables = json.loads(path.read_bytes())
    tables["articles"][marked[0]]["read"] = 7
    tables["notes"]["9"] = {"text": 5}
    path.write_text(json.dumps(tables))
    assert verdicts(library("doctor")).count("WRONG") == 2
    result = library("doctor", "--repair")
    assert result.status == 0
    assert verdicts(result).count("mended") == 2
    assert library("doctor").status == 0
    assert len(json.loads(path.read_bytes())["quarantine"]) == 2
    assert library("list", "is:read").ids == marked[1:3]


def test_a_list_that_shows_wrong_states_is_mended(library, marked):
    with closing(sqlite3.connect(places().library)) as connection, connection:
        (kept,) = connection.execute("SELECT value FROM kept WHERE name = 'flags'").fetchone()
        head, _, flags = kept.partition(b"\n")
        value = head + b"\n" + bytes(len(flags))
        connection.execute("UPDATE kept SET value = ? WHERE name = 'flags'", (value,))
    assert library("list", "is:read").ids == []
    assert "3 articles in a wrong state" in library("doctor").out
    assert library("doctor", "--repair").status == 0
    assert library("list", "is:read").ids == marked[:3]
    assert library("doctor").status == 0


def test_a_source_that_the_marks_forgot_is_entered_again(library, marked):
    path = places().marks
    tables = json.loads(path.read_bytes())
    tables["sources"] = {}
    path.write_text(json.dumps(tables))
    assert "not in the list of sources" in library("doctor").out
    assert library("doctor", "--repair").status == 0
    assert [one["title"] for one in json.loads(path.read_bytes())["sources"].values()] == ["Harbours"]
    assert library("doctor").status == 0


def test_a_lost_library_is_noted_with_what_to_add_again(library, marked, page):
    for path in places().data.glob("library.db*"):
        path.unlink()
    result = library("doctor")
    assert result.status == 0
    assert f"reader add {page}" in result.out
    assert library("sources", "--json").json[0]["articles"] == 0


def test_backups_that_cannot_be_read_are_told(library, marked, home):
    backups = sorted((home / "data" / "backups").iterdir())
    backups[-1].write_bytes(b"x")
    result = library("doctor")
    assert f"WRONG   backups   {backups[-1].name} cannot be read: it is no good" in result.out
    assert "note    backups   the newest good one is of" in result.out
    for backup in backups:
        backup.write_bytes(b"x")
    result = library("doctor")
    assert result.status == 1
    assert "WRONG   backups   none of" in result.out
    shutil.rmtree(home / "data" / "backups")
    assert "none yet" in library("doctor").out


def test_wrong_settings_are_told_and_left(library, home):
    path = home / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text("measure = 9\nodd = 1\n")
    for arguments in ((), ("--repair",)):
        result = library("doctor", *arguments)
        assert result.status == 1
        assert verdicts(result)[:2] == ["WRONG", "WRONG"]
        assert "measure must be" in result.out
    path.write_text("measure = 70\n")
    assert library("doctor").status == 0


def test_an_open_reader_is_named(library, home):
    from reader.storage.lock import Lock

    with Lock(home / "data" / "reader.lock") as lock:
        assert lock.acquire()
        result = library("doctor")
    assert "note    lock      a reader is open (process " in result.out


def test_a_source_that_is_removed_only_in_part_is_told(library, home):
    (source,) = library("sources", "--json").json
    sql("UPDATE sources SET kind = 'removed' WHERE id <> 'guide'")
    result = library("doctor")
    assert result.status == 1
    assert f"is removed only in part: `reader sources remove {source['id']}` finishes it" in result.out
    assert library("sources", "remove", source["id"], "--yes").status == 0
    assert library("doctor").status == 0
