"""The storage keeps what it was told through every fault that can be made here, and tells of each."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from tinydb import TinyDB, where
from tinydb.operations import add, delete
from tinydb.table import Document

from reader.storage import appender, backups, records, snapshot
from reader.storage.errors import MarksError, ReadOnlyError
from reader.storage.stamp import journal_of, stamp
from reader.storage.table import JournalDB

NOW = datetime(2026, 11, 22, 13, 5, 1, tzinfo=UTC)
PAST = NOW.replace(year=2025)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "marks.json"


@contextmanager
def opened(path, **options):
    db = JournalDB(path, clock=lambda: NOW, **options)
    try:
        yield db
    finally:
        db.journal.abandon()


def content(db: JournalDB) -> dict:
    return {name: docs for name, docs in db.journal.read().items() if docs and name != "meta"}


def json(db: JournalDB) -> bytes:
    return orjson.dumps(content(db), option=orjson.OPT_SORT_KEYS)


def written(path: Path, count: int = 5) -> list[dict]:
    """Make a journal of some records without a snapshot; give the content after each."""
    states = [{}]
    with opened(path) as db:
        for number in range(1, count + 1):
            db.at("t").insert({"n": number, "é": "ü" * number})
            states.append(orjson.loads(orjson.dumps(content(db))))
        db.journal.flush()
    return states


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# --- records -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "op",
    [
        {"t": "t", "s": {"1": {"a": 9}, "7": {"b": 1}}},
        {"t": "t", "d": ["1", "9"]},
        {"t": "t", "u": ["1", "2", "9"], "f": {"a": 5, "b": None}},
        {"t": "t", "r": {"4": {}}},
        {"t": "t", "r": None},
        {"t": "new", "s": {"1": {}}},
    ],
)
def test_an_op_can_be_repeated_and_taken_back(op):
    def fresh():
        return {"t": {"1": {"a": 1, "b": None}, "2": {"b": 2}, "3": {"a": True}}}

    tables = fresh()
    back = records.inverse(tables, op)
    records.apply(tables, op)
    once = orjson.dumps(tables, option=orjson.OPT_SORT_KEYS)
    records.apply(tables, op)
    assert orjson.dumps(tables, option=orjson.OPT_SORT_KEYS) == once
    for undo in back:
        records.apply(tables, undo)
    assert {name: docs for name, docs in tables.items() if docs} == fresh()


def test_a_patch_is_taken_back_field_by_field():
    tables = {"t": {str(n): {"read": f"day {n % 2}", "n": n} for n in range(10)}}
    back = records.inverse(tables, {"t": "t", "u": [str(n) for n in range(10)], "f": {"read": None}})
    assert len(back) == 2
    assert all(op.keys() == {"t", "u", "f"} for op in back)


@pytest.mark.parametrize(
    "value",
    [
        5,
        {},
        [5],
        [{}],
        [{"t": "t"}],
        [{"t": 5, "d": []}],
        [{"t": "t", "d": [5]}],
        [{"t": "t", "d": ["x"]}],
        [{"t": "t", "s": {"x": {}}}],
        [{"t": "t", "s": {"1": []}}],
        [{"t": "t", "s": {}, "d": []}],
        [{"t": "t", "u": ["1"]}],
        [{"t": "t", "m": ["1"]}],
        [{"t": "t", "m": [1], "f": {}}],
        [{"t": "t", "u": ["1"], "f": []}],
        [{"t": "t", "r": []}],
    ],
)
def test_what_is_no_record_is_refused(value):
    assert records.as_ops(value) is None
    assert records.decode(records.encode(orjson.dumps(value))[:-1]) is None


# --- opening damaged files -------------------------------------------------------------------------


def test_a_journal_torn_at_any_byte_loses_the_last_record_only(path, tmp_path):
    states = written(path)
    whole = journal_of(path).read_bytes()
    starts = [0, *(place + 1 for place, byte in enumerate(whole) if byte == 10)]
    for cut in range(len(whole) + 1):
        journal_of(path).write_bytes(whole[:cut])
        with opened(path) as db:
            good = max(number for number, start in enumerate(starts) if start <= cut)
            assert content(db) == states[good]
            assert journal_of(path).read_bytes() == whole[: starts[good]]
            assert bool(db.journal.notices) == (cut not in starts)
            if cut not in starts:
                db.at("t").insert({"n": "after"})
                db.journal.flush()
        if cut not in starts:
            with opened(path) as db:
                assert db.at("t").get(doc_id=good + 1) == {"n": "after"}
                assert not db.journal.notices
    assert sorted(file.name for file in tmp_path.iterdir()) == ["marks.json.journal"]


def test_a_flipped_bit_costs_its_own_record_only(path, tmp_path):
    states = written(path)
    whole = journal_of(path).read_bytes()
    second = whole.index(b"\n") + 1
    third = whole.index(b"\n", second) + 1
    for place in range(second, third - 1):
        for bit in (0, 5):
            damaged = bytearray(whole)
            damaged[place] ^= 1 << bit
            journal_of(path).write_bytes(damaged)
            with opened(path) as db:
                expected = dict(states[-1]["t"])
                del expected["2"]
                assert content(db) == {"t": expected}
                (notice,) = db.journal.notices
                assert "left out" in notice
                aside = tmp_path / "marks.json.journal.broken-20261122-130501"
                assert aside.name in notice
                assert aside.read_bytes() == bytes(damaged)
            with opened(path) as db:
                assert content(db) == {"t": expected}
                assert not db.journal.notices
            aside.unlink()


def test_a_last_line_with_a_bad_sum_is_torn_too(path):
    states = written(path)
    whole = bytearray(journal_of(path).read_bytes())
    whole[-3] ^= 1
    journal_of(path).write_bytes(whole)
    with opened(path) as db:
        assert content(db) == states[-2]
        assert "The last mark" in db.journal.notices[0]


def test_a_torn_end_that_cannot_be_cut_yet_does_not_swallow_what_follows(path, monkeypatch):
    states = written(path)
    with journal_of(path).open("ab") as stream:
        stream.write(b"half a rec")

    real = Path.open

    def refuse(self, mode="r", *args, **kwargs):
        if mode == "r+b":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self, mode, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        db = JournalDB(path)
    assert content(db) == states[-1]
    db.at("t").insert({"n": 6})
    db.journal.flush()
    db.journal.abandon()
    with opened(path) as db:
        assert db.at("t").get(doc_id=6) == {"n": 6}
        assert not db.journal.notices


@pytest.mark.parametrize(
    "broken", [b"{", b"[]", b"5", b'{"t": []}', b'{"t": {"x": {}}}', b'{"t": {"1": 5}}', b"\0" * 99]
)
def test_a_broken_snapshot_is_put_aside_and_the_newest_good_backup_opened(path, tmp_path, broken):
    backups.save(path, b'{"t": {"1": {"n": "old"}}}', PAST.replace(day=1))
    good = backups.save(path, b'{"t": {"1": {"n": "good"}, "2": {"n": "gone"}}}', PAST.replace(day=2))
    backups.save(path, b'{"t": nonsense', PAST.replace(day=3))
    path.write_bytes(broken)
    record = orjson.dumps([{"t": "t", "d": ["2"]}])
    journal_of(path).write_bytes(records.encode(record))
    with opened(path) as db:
        assert content(db) == {"t": {"1": {"n": "good"}}}
        (notice,) = db.journal.notices
        assert good.name in notice
        assert "marks.json.broken-20261122-130501" in notice
    assert (tmp_path / "marks.json.broken-20261122-130501").read_bytes() == broken
    with opened(path) as db:
        assert content(db) == {"t": {"1": {"n": "good"}}}
        assert not db.journal.notices


def test_a_broken_snapshot_without_a_backup_starts_empty_and_says_so(path, tmp_path):
    path.write_bytes(b"{broken")
    with opened(path) as db:
        assert content(db) == {}
        assert "no good backup" in db.journal.notices[0]
    path.write_bytes(b"{broken again")
    with opened(path) as db:
        assert "marks.json.broken-20261122-130501-2" in db.journal.notices[0]
    assert len(list(tmp_path.glob("marks.json.broken-*"))) == 2


@pytest.mark.parametrize("empty", [True, False])
def test_an_empty_or_missing_file_is_new_only_without_backups(path, empty):
    if empty:
        path.touch()
    with opened(path) as db:
        assert content(db) == {}
        assert not db.journal.notices
    backups.save(path, b'{"t": {"1": {}}}', PAST)
    with opened(path) as db:
        assert content(db) == {"t": {"1": {}}}
        assert ("empty" if empty else "missing") in db.journal.notices[0]


def test_a_later_format_is_refused_and_left_alone(path, tmp_path):
    path.write_bytes(b'{"meta": {"1": {"format": 2}}, "t": {"1": {}}}')
    before = files(tmp_path)
    with pytest.raises(MarksError, match=r"later version .* A newer reader opens them\.$"):
        JournalDB(path)
    assert files(tmp_path) == before


def test_the_way_out_of_a_later_format_is_told_and_leads_out(path):
    with JournalDB(path, clock=lambda: NOW) as db:
        db.at("t").insert({"n": 1})
    with opened(path) as db:
        db.at("t").insert({"n": 2})
        db.journal.flush()
        expected = content(db)
    good = path.read_bytes()
    path.write_bytes(good.replace(b'"format":1', b'"format":5'))
    with pytest.raises(MarksError) as told:
        JournalDB(path)
    name = backups.all_of(path)[0][1].name
    assert f"A newer reader opens them. If there never was one, {path.name} is damaged: move it away" in str(told.value)
    assert f"{name} is opened instead" in str(told.value)
    path.rename(path.with_name("away"))
    with opened(path) as db:
        assert content(db) == expected
        assert name in db.journal.notices[0]


def test_a_file_that_cannot_be_read_is_told_plainly(path):
    path.mkdir()
    with pytest.raises(MarksError, match=r"cannot be opened: .*marks\.json"):
        JournalDB(path)


# --- the file ------------------------------------------------------------------------------------------


def test_stock_tinydb_opens_it_after_closing(path):
    with JournalDB(path) as db:
        db.at("t").insert_multiple([{"n": n, "text": "“é”\u2028"} for n in range(20)])
        db.at("t").remove(where("n") < 5)
        db.at("u").insert(Document({"a": None}, doc_id=123456789012345))
        expected = {name: dict(docs) for name, docs in db.journal.read().items()}
    assert journal_of(path).stat().st_size == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal_of(path).stat().st_mode) == 0o600
    with TinyDB(path) as stock:
        assert {name: {str(doc.doc_id): dict(doc) for doc in stock.table(name)} for name in stock.tables()} == expected
        stock.table("t").insert({"by": "stock"})
    with JournalDB(path) as db:
        assert db.at("t").get(doc_id=21) == {"by": "stock"}


def test_opening_and_closing_writes_nothing(path, tmp_path):
    with JournalDB(path):
        pass
    assert files(tmp_path) == {}
    written(path)
    with JournalDB(path):
        pass
    before = stamp(path)
    with JournalDB(path) as db:
        db.at("t").update({"n": 1}, doc_ids=[99])
    assert stamp(path) == before


def test_the_stamp_tells_of_every_change_on_disk(path):
    seen = {stamp(path)}
    with JournalDB(path) as db:
        for number in range(5):
            db.at("t").insert({"n": number})
            db.journal.flush()
            seen.add(db.journal.stamp())
    seen.add(stamp(path))
    assert len(seen) == 7


def test_the_stamp_imports_no_tinydb():
    code = (
        "import sys, reader.storage.stamp, reader.storage.backups, reader.storage.lock; print('tinydb' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True).stdout == "False\n"


def test_a_link_stays_a_link(path, tmp_path):
    real = tmp_path / "elsewhere" / "mine.json"
    path.symlink_to(real)
    with JournalDB(path) as db:
        db.at("t").insert({})
    assert path.is_symlink()
    assert real.is_file()
    assert stamp(path) == stamp(real)


def test_read_only_touches_nothing(path, tmp_path):
    states = written(path)
    with journal_of(path).open("ab") as stream:
        stream.write(b"torn")
    path.write_bytes(b"broken")
    backups.save(path, b"{}", PAST)
    before, marks = files(tmp_path), stamp(path)
    with opened(path, read_only=True) as db:
        assert content(db) == states[-1]
        table = db.at("t")
        for change in (
            lambda: table.insert({}),
            lambda: table.update({"a": 1}, doc_ids=[1]),
            lambda: table.patch({"a": 1}, [1]),
            lambda: table.remove(doc_ids=[1]),
            lambda: table.truncate(),
            lambda: db.drop_tables(),
            lambda: db.journal.compact(),
        ):
            with pytest.raises(ReadOnlyError):
                change()
        assert content(db) == states[-1]
        db.close()
    assert files(tmp_path) == before
    assert stamp(path) == marks


def test_a_reader_sees_the_marks_while_a_writer_folds_them(path):
    with opened(path) as writer:
        for number in range(1, 60):
            writer.at("t").insert({"n": number})
            writer.journal.flush()
            folding = threading.Thread(target=writer.journal.compact)
            folding.start()
            with opened(path, read_only=True) as seen:
                assert len(seen.at("t")) == number
            folding.join(60)


def test_after_closing_nothing_can_be_changed(path):
    db = JournalDB(path)
    db.at("t").insert({})
    db.close()
    db.close()
    with pytest.raises(MarksError, match="closed"):
        db.at("t").insert({})


# --- transactions --------------------------------------------------------------------------------------


def test_a_transaction_is_one_record(path):
    with opened(path) as db:
        with db.journal.transaction() as action:
            db.at("a").insert({"n": 1})
            db.at("b").insert({"n": 2})
            db.at("a").update({"n": 3}, doc_ids=[1])
        db.journal.flush()
        assert journal_of(path).read_bytes().count(b"\n") == 1
        assert content(db) == {"a": {"1": {"n": 3}}, "b": {"1": {"n": 2}}}
        for op in action.inverse:
            db.journal.change(op)
        assert content(db) == {}


def test_an_exception_takes_everything_back_and_writes_nothing(path):
    with opened(path) as db:
        db.at("a").insert({"n": [1]})
        db.at("b").insert({"n": 1})
        db.journal.flush()
        before, size = json(db), journal_of(path).stat().st_size

        def interrupted():
            with db.journal.transaction():
                db.at("a").update(add("n", [2]), doc_ids=[1])
                db.at("a").insert({"n": 2})
                db.at("b").truncate()
                db.drop_table("a")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        db.journal.flush()
        assert json(db) == before
        assert journal_of(path).stat().st_size == size


def test_an_inner_transaction_can_fail_alone(path):
    with opened(path) as db:
        with db.journal.transaction():
            db.at("t").insert({"n": 1})
            with suppress(ZeroDivisionError), db.journal.transaction():
                db.at("t").insert({"n": 2 // 1})
                db.at("t").insert({"n": 2 // 0})
        expected = {"t": {"1": {"n": 1}}}
        assert content(db) == expected
        db.journal.flush()
    with opened(path) as db:
        assert content(db) == expected


@pytest.mark.parametrize("value", [object(), {1: 2}, "\ud800", 2**70, {1, 2}])
def test_a_value_that_json_cannot_hold_changes_nothing(path, value):
    with opened(path) as db:
        db.at("t").insert({"n": 1})
        db.journal.flush()
        before = files(path.parent)
        for change in (
            lambda: db.at("t").insert({"bad": value}),
            lambda: db.at("t").update({"bad": value}),
            lambda: db.at("t").update({"bad": value, "none": None}),
            lambda: db.at("t").patch({"bad": value}, [1]),
            lambda: db.at("t").insert_multiple([{"good": 1}, {"bad": value}]),
        ):
            with pytest.raises(TypeError):
                change()
        db.journal.flush()
        assert content(db) == {"t": {"1": {"n": 1}}}
        assert files(path.parent) == before


def test_memory_keeps_nothing_that_the_caller_can_change(path):
    with opened(path) as db:
        mine = {"tags": ["a"]}
        db.at("t").insert(mine)
        mine["tags"].append("b")
        assert db.at("t").get(doc_id=1) == {"tags": ["a"]}


def test_one_and_true_are_not_the_same(path):
    with opened(path) as db:
        db.at("t").insert({"a": True})
        db.at("t").update(lambda doc: doc.update(a=1), doc_ids=[1])
        assert db.at("t").get(doc_id=1)["a"] is not True


def test_queries_see_what_changed_past_the_table(path):
    with opened(path) as db:
        db.at("t").insert({"n": 1})
        assert db.at("t").count(where("n") == 1) == 1
        db.journal.change({"t": "t", "s": {"9": {"n": 1}}})
        assert db.at("t").count(where("n") == 1) == 2
        assert db.at("t").insert({}) == 10


def test_dropping_tables_is_journaled(path):
    with opened(path) as db:
        db.at("a").insert({})
        db.at("b").insert({})
        db.drop_table("a")
        db.journal.flush()
    with opened(path) as db:
        assert db.tables() == {"b", "meta"}
        db.drop_tables()
        db.journal.flush()
    with opened(path) as db:
        assert content(db) == {}


# --- what it costs -------------------------------------------------------------------------------------


class Unwalkable(dict):
    """A table that fails when anything walks it."""

    def fail(self, *args):
        raise AssertionError("the table was walked")

    __iter__ = keys = values = items = copy = __eq__ = __or__ = __ror__ = fail
    __hash__ = None


def test_work_by_id_never_walks_the_table(path):
    with opened(path) as db:
        table = db.at("t")
        table.insert_multiple([{"n": n} for n in range(100)])
        db.journal._tables["t"] = Unwalkable(db.journal._tables["t"])
        table.insert(Document({"n": 1}, doc_id=500))
        assert table.insert({"n": 2}) == 501
        assert table.insert_multiple([{"n": 3}, Document({}, doc_id=600)]) == [502, 600]
        assert table.update({"a": 1}, doc_ids=[1, 2]) == [1, 2]
        assert table.update({"a": None}, doc_ids=[1]) == [1]
        assert table.update(delete("a"), doc_ids=[2]) == [2]
        assert table.upsert(Document({"a": 5}, doc_id=3)) == [3]
        assert table.upsert(Document({"a": 5}, doc_id=700)) == [700]
        table.put({800: {}})
        table.patch({"a": None}, [3])
        assert table.get(doc_id=3) == {"n": 2}
        assert table.contains(doc_id=4)
        assert table.remove(doc_ids=[4, 5]) == [4, 5]
        with suppress(ZeroDivisionError), db.journal.transaction():
            table.patch({"a": 1}, [6])
            table.patch({"a": 1 // 0}, [6])
        assert table.get(doc_id=6) == {"n": 5}
        assert len(table) == 100 + 6 - 2


# --- disks that refuse ---------------------------------------------------------------------------------


class FullDisk:
    """`os.write` on a disk with some bytes left: a part is written, then it refuses."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.write = os.write

    def __call__(self, fd: int, data: bytes) -> int:
        if not self.left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = self.write(fd, bytes(data[: self.left]))
        self.left -= taken
        return taken


@pytest.mark.parametrize("left", [0, 1, 20, 100])
def test_a_full_disk_leaves_no_half_and_loses_nothing(path, monkeypatch, left):
    monkeypatch.setattr(appender, "RETRY", 0.005)
    messages: list[str] = []
    told = threading.Condition()

    def on_trouble(message: str) -> None:
        with told:
            messages.append(message)
            told.notify_all()

    with opened(path, on_trouble=on_trouble) as db:
        db.at("t").insert({"n": "before"})
        db.journal.flush()
        good = journal_of(path).read_bytes()
        full = FullDisk(left)
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            db.at("t").insert({"n": "x" * 200})
            with pytest.raises(MarksError, match="No space left on device"):
                db.journal.flush()
            assert journal_of(path).read_bytes() == good
            full.left = left
            with told:
                assert told.wait_for(lambda: messages, 10)
            db.at("t").insert({"n": "while full"})
            assert db.journal.pending
            with pytest.raises(MarksError, match="No space left on device"):
                db.close()
            assert journal_of(path).read_bytes() == good
        with told:
            assert told.wait_for(lambda: len(messages) == 2, 10)
        assert not db.journal.pending
        expected = content(db)
    failed, recovered = messages
    assert failed.startswith("Your marks cannot be saved: No space left on device. They are kept in memory; free some")
    assert recovered == "Your marks are saved again."
    with opened(path) as db:
        assert content(db) == expected
        assert len(db.at("t")) == 3
        assert not db.journal.notices


def test_what_was_not_synced_is_written_again(path, monkeypatch):
    with opened(path) as db:
        db.at("t").insert({"n": 1})
        with monkeypatch.context() as patch:
            patch.setattr(os, "fdatasync", lambda fd: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
            with pytest.raises(MarksError, match="Input/output error"):
                db.journal.flush()
            assert db.journal.pending
            assert journal_of(path).stat().st_size == 0
        db.journal.flush()
        assert journal_of(path).read_bytes().count(b"\n") == 1


def test_a_half_that_could_not_be_cut_off_is_cut_off_before_the_next(path, monkeypatch):
    def refuse(fd, size):
        raise OSError(errno.EIO, "Input/output error")

    with opened(path) as db:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", FullDisk(10))
            patch.setattr(os, "ftruncate", refuse)
            db.at("t").insert({"n": 1})
            with pytest.raises(MarksError):
                db.journal.flush()
            assert journal_of(path).stat().st_size == 10
        db.journal.flush()
        expected = content(db)
    with opened(path) as db:
        assert content(db) == expected
        assert not db.journal.notices


LIMITED = """
import resource, signal, sys
from reader.storage.errors import MarksError
from reader.storage.table import JournalDB
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
db = JournalDB(sys.argv[1])
db.at("t").insert({"n": 0})
db.journal.flush()
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
done = 0
for n in range(1, 100):
    db.at("t").insert({"n": n, "text": "x" * 50})
    try:
        db.journal.flush()
    except MarksError as error:
        print(error)
        break
    done = n
print(done, db.journal.pending)
db.at("t").insert({"text": "y" * 2000})
try:
    db.close()
except MarksError as error:
    print("close:", error)
if sys.argv[2] == "recover":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    db.close()
    print("closed")
else:
    db.journal.abandon()
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit on file sizes here")
@pytest.mark.parametrize("after", ["recover", "give up"])
def test_a_file_that_really_cannot_grow(path, after):
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), after], cwd=Path(__file__).parents[2], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    refused, counted, closing, *closed = run.stdout.splitlines()
    assert "File too large" in refused
    assert closing.startswith("close: Your marks cannot be saved")
    done, pending = counted.split()
    assert pending == "True"
    with opened(path) as db:
        assert len(db.at("t")) == int(done) + (3 if closed else 1)
        assert not db.journal.notices


@pytest.mark.parametrize("step", range(14))
def test_folding_may_fail_at_any_call_and_loses_nothing(path, monkeypatch, step):
    """Whichever call to the disk fails, what was there is there; first while open, then after a crash."""
    calls = 0

    def counting(real):
        def call(*args, **kwargs):
            nonlocal calls
            calls += 1
            if calls - 1 == step:
                raise OSError(errno.EIO, "Input/output error")
            return real(*args, **kwargs)

        return call

    with opened(path) as db:
        db.at("t").insert({"n": 1})
        db.journal.compact()
        db.at("t").insert({"n": 2})
        db.at("t").remove(doc_ids=[1])
        db.journal.flush()
        expected = content(db)
        with monkeypatch.context() as patch:
            for name in ("open", "write", "fsync", "replace", "ftruncate", "fdatasync"):
                patch.setattr(os, name, counting(getattr(os, name)))
            with pytest.raises(OSError, match="Input/output error"):
                db.journal.compact()
        assert content(db) == expected
        assert not list(path.parent.rglob("*.tmp"))
    with opened(path) as db:
        assert content(db) == expected
        assert not db.journal.notices
        db.close()
    with TinyDB(path) as stock:
        assert [doc["n"] for doc in stock.table("t")] == [2]


def unsynced(monkeypatch, name):
    """Let the folder not be synced after a file of this name came in place."""
    real, placed = os.fsync, []

    def fsync(fd):
        if placed and stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        real(fd)

    def replace(old, new, *, real=os.replace):
        real(old, new)
        if Path(new).name == name:
            placed.append(new)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)


def test_a_journal_that_was_renewed_is_the_one_that_is_written_to(path, monkeypatch):
    with opened(path) as db:
        for number in range(3):
            db.at("t").insert({"n": number})
        db.journal.flush()
        with monkeypatch.context() as patch:
            unsynced(patch, journal_of(path).name)
            with pytest.raises(OSError, match="Input/output error"):
                db.journal._appender.empty(1)
        db.at("t").insert({"n": 3})
        db.journal.flush()
        ops = [records.decode(line) for line in journal_of(path).read_bytes().splitlines()]
        assert [set(op["s"]) for (op,) in ops] == [{"2"}, {"3"}, {"4"}]


def test_a_damaged_journal_that_was_renewed_is_appended_to_at_its_end(path, monkeypatch):
    written(path)
    whole = journal_of(path).read_bytes()
    journal_of(path).write_bytes(b"0" + whole[1:] + b"torn")
    with monkeypatch.context() as patch:
        unsynced(patch, journal_of(path).name)
        db = JournalDB(path)
    db.at("t").insert({"n": "after"})
    db.journal.flush()
    expected = content(db)
    db.journal.abandon()
    with opened(path) as db:
        assert content(db) == expected
        assert not db.journal.notices


@pytest.mark.parametrize("whole", ["the journal", "the folder"])
def test_what_was_in_a_journal_that_vanishes_is_kept(path, whole):
    path = path.parent / "data" / path.name
    with opened(path) as db:
        db.at("t").insert({"n": 1})
        db.journal.flush()
        journal_of(path).unlink()
        if whole == "the folder":
            path.parent.rmdir()
        db.at("t").insert({"n": 2})
        db.journal.flush()
        expected = content(db)
    with opened(path) as db:
        assert content(db) == expected
        assert not db.journal.notices


def test_a_journal_that_vanishes_is_made_good_without_being_asked(path):
    with opened(path) as db:
        db.at("t").insert({"n": 1})
        db.journal.flush()
        journal_of(path).unlink()
        db.at("t").insert({"n": 2})
        deadline = time.monotonic() + 30
        while not path.exists():
            assert time.monotonic() < deadline
    with opened(path) as db:
        assert len(db.at("t")) == 2


def taken_away(journal: Path) -> None:
    journal.unlink()


def replaced(journal: Path) -> None:
    copy = journal.with_name("copy")
    copy.write_bytes(journal.read_bytes())
    copy.replace(journal)


def unreadable(patch):
    """As on a network-like file system, where a file that has no name any more is gone for those too who opened it."""

    def stale(fd, count):
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    patch.setattr(os, "read", stale)


@pytest.mark.parametrize("happens", [taken_away, replaced])
def test_what_was_in_a_journal_that_vanishes_is_there_again_before_it_is_folded(path, happens, monkeypatch):
    def power_cut(*_args):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with opened(path) as db:
        db.at("t").insert({"n": 1})
        db.journal.flush()
        happens(journal_of(path))
        db.at("t").insert({"n": 2})
        with monkeypatch.context() as patch:
            patch.setattr("reader.storage.journal.replace", power_cut)
            with pytest.raises(MarksError, match="Input/output"):
                db.journal.flush()
            db.journal.abandon()
        expected = content(db)
    with opened(path) as db:
        assert content(db) == expected
        assert not db.journal.notices


@pytest.mark.parametrize("readable", [True, False])
@pytest.mark.parametrize("happens", [taken_away, replaced])
@pytest.mark.parametrize("noticed", ["while it is folded", "after it was folded"])
def test_what_was_in_a_journal_that_vanishes_during_a_folding_is_kept(path, happens, noticed, readable, monkeypatch):
    if not readable:
        unreadable(monkeypatch)

    def meanwhile(tables):
        monkeypatch.setattr(snapshot, "packed", packed)
        data = packed(tables)
        db.at("t").insert({"n": 2})
        db.journal._appender.flush()
        happens(journal_of(path))
        if noticed == "while it is folded":
            db.at("t").insert({"n": 3})
            db.journal._appender.flush()
        return data

    packed = snapshot.packed
    with opened(path) as db:
        db.at("t").insert({"n": 1})
        db.journal.flush()
        monkeypatch.setattr(snapshot, "packed", meanwhile)
        db.journal.compact()
        assert not db.journal._appender.vanished
        with opened(path, read_only=True) as now:
            assert content(now) == content(db)
        db.at("t").insert({"n": 4})
        db.journal.flush()
        expected = content(db)
    with opened(path) as db:
        assert content(db) == expected
        assert not db.journal.notices


@pytest.mark.parametrize("readable", [True, False])
def test_a_journal_that_was_replaced_before_a_folding_takes_what_comes_during_it(path, readable, monkeypatch):
    if not readable:
        unreadable(monkeypatch)

    def meanwhile(tables):
        monkeypatch.setattr(snapshot, "packed", packed)
        data = packed(tables)
        db.at("t").insert({"n": 3})
        db.journal._appender.flush()
        return data

    packed = snapshot.packed
    with opened(path) as db:
        db.at("t").insert({"n": 1})
        db.journal.flush()
        replaced(journal_of(path))
        db.at("t").insert({"n": 2})
        monkeypatch.setattr(snapshot, "packed", meanwhile)
        db.journal.flush()
        db.at("t").insert({"n": 4})
        db.journal.flush()
        expected = content(db)
    with opened(path) as db:
        assert content(db) == expected
        assert not db.journal.notices


def test_what_was_in_a_journal_that_vanishes_before_the_first_mark_is_kept(path):
    written(path)
    with opened(path) as db:
        journal_of(path).unlink()
        db.at("t").insert({"n": "after"})
        db.journal.flush()
        expected = content(db)
    with opened(path) as db:
        assert content(db) == expected
        assert not db.journal.notices


def test_a_journal_that_vanished_is_made_good_at_the_close_where_it_could_not_be_before(path, monkeypatch):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    with opened(path) as db:
        db.at("t").insert({"n": 1})
        db.journal.flush()
        journal_of(path).unlink()
        db.at("t").insert({"n": 2})
        with monkeypatch.context() as patch:
            patch.setattr("reader.storage.journal.replace", full)
            with pytest.raises(MarksError, match="No space"):
                db.journal.flush()
        expected = content(db)
        db.close()
    with opened(path) as db:
        assert content(db) == expected


def test_a_failed_folding_at_the_close_is_told_and_keeps_the_journal(path, monkeypatch):
    def refuse(self, target):
        raise OSError(errno.EACCES, "Permission denied")

    db = JournalDB(path)
    db.at("t").insert({"n": 1})
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        db.close()
    assert "could not be renewed: Permission denied" in db.journal.notices[0]
    with opened(path) as db:
        assert len(db.at("t")) == 1


def test_the_snapshot_saves_what_the_journal_cannot_take(path):
    journal_of(path).parent.mkdir(exist_ok=True)
    db = JournalDB(path)
    journal_of(path).mkdir()
    db.at("t").insert({"n": 1})
    with pytest.raises(MarksError, match="directory"):
        db.journal.flush()
    db.journal.compact()
    assert not db.journal.pending
    db.close()
    with TinyDB(path) as stock:
        assert len(stock.table("t")) == 1


def test_a_long_journal_is_folded_in_the_background(path):
    with opened(path, compact_at=2000) as db:
        count = 0
        while not path.exists() or journal_of(path).stat().st_size > 2000:
            count += 1
            assert count < 50_000
            db.at("t").insert({"n": count})
            db.journal.flush()
        expected = content(db)
    with opened(path) as db:
        assert content(db) == expected
        assert len(db.at("t")) == count


# --- threads -------------------------------------------------------------------------------------------


def test_many_threads_at_once(path):
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(60):
                with db.journal.transaction():
                    made = db.at("t").insert({"by": number, "turn": turn})
                    db.at("t").update({"seen": True}, doc_ids=[made])
                assert db.at("t").count(where("by") == number) == turn + 1
                assert all(doc.get("seen") for doc in db.at("t"))
                if turn % 20 == 7:
                    db.journal.compact()
                if turn % 20 == 3:
                    db.journal.flush()
        except BaseException as error:
            failures.append(error)
            raise

    with opened(path) as db:
        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not failures
        assert sorted(doc.doc_id for doc in db.at("t")) == list(range(1, 361))
        db.journal.flush()
        expected = content(db)
    with opened(path) as db:
        assert content(db) == expected


def test_nothing_is_left_running(path):
    before = threading.active_count()
    spare = os.dup(0)
    os.close(spare)
    for _ in range(5):
        with JournalDB(path) as db:
            db.at("t").insert({})
    again = os.dup(0)
    os.close(again)
    assert threading.active_count() == before
    assert again == spare
