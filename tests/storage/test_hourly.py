"""While the app stays open, a change makes a backup when the last one is an hour old."""

from __future__ import annotations

import errno
import os
import threading
from datetime import UTC, datetime

import pytest

from reader.storage import backups
from reader.storage.stamp import journal_of
from reader.storage.table import JournalDB

START = 1_800_000_000.0


class Time:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = START

    def seconds(self):
        return self.now

    def moment(self):
        return datetime.fromtimestamp(self.now, UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.json"


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def open_it(path, time):
    opened = []

    def open_it(**options):
        db = JournalDB(path, clock=time.moment, seconds=time.seconds, **options)
        opened.append(db)
        return db

    yield open_it
    for db in opened:
        db.journal.abandon()


def change(db):
    """Change something, and wait until what it led to is done; tell how many backups there are."""
    db.at("t").insert({"n": 1})
    appender = db.journal._appender
    appender.flush()
    # What the thread does after it wrote, done here and now.
    db.journal._compact_if_due(appender.size)
    if db.journal._compactor is not None:
        db.journal._compactor.join()
    return len(backups.all_of(db.journal.path))


def test_a_change_after_an_hour_makes_a_backup_and_the_next_only_an_hour_later(open_it, path, time):
    db = open_it()
    assert change(db) == 0
    time.now += 3599
    assert change(db) == 0
    time.now += 1
    assert change(db) == 1
    assert change(db) == 1
    assert backups.all_of(path)[0][1].read_bytes().count(b'"n":1') == 3
    time.now += 3599
    assert change(db) == 1
    time.now += 1
    assert change(db) == 2


def test_without_a_change_there_is_none_however_long_it_is_open(open_it, path, time):
    db = open_it()
    change(db)
    db.close()
    (only,) = backups.all_of(path)
    before = only[1].stat().st_mtime_ns
    again = open_it()
    time.now += 90_000
    again.close()
    assert backups.all_of(path) == [only]
    assert only[1].stat().st_mtime_ns == before


def test_days_of_use_keep_an_hour_a_day_and_no_more_than_is_bounded(open_it, path, time):
    db = open_it()
    for _ in range(3 * 24):
        time.now += 3600
        change(db)
    kept = [moment for moment, _ in backups.all_of(path)]
    assert len({moment for moment in kept if (kept[0] - moment).total_seconds() < 86_400}) == 24
    assert len(kept) <= 24 + 3


def test_what_a_killed_app_left_in_the_journal_is_backed_up_within_an_hour_of_use(open_it, path, time):
    db = open_it()
    change(db)
    db.journal.abandon()
    assert journal_of(path).stat().st_size
    again = open_it()
    assert change(again) == 0
    time.now += 3600
    assert change(again) == 1
    assert backups.all_of(path)[0][1].read_bytes().count(b'"n":1') == 3


def test_a_clock_that_was_set_back_delays_no_backup(open_it, time):
    db = open_it()
    time.now -= 86_400
    assert change(db) == 1
    assert change(db) == 1


def test_a_disk_that_takes_no_backup_is_not_tried_again_at_each_change(open_it, path, time, monkeypatch):
    told = []
    db = open_it(on_trouble=told.append)
    change(db)
    time.now += 3600

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr("reader.storage.journal.replace", full)
        assert change(db) == 0
        assert change(db) == 0
    assert len([message for message in told if "could not be renewed" in message]) == 1
    time.now += 3600
    assert change(db) == 1


def test_the_thread_that_writes_makes_it_and_not_the_one_that_marks(open_it, time, monkeypatch):
    made, save = [], backups.save

    def watched(*given):
        save(*given)
        made.append(threading.current_thread().name)
        done.set()

    done = threading.Event()
    monkeypatch.setattr(backups, "save", watched)
    db = open_it()
    time.now += 3600
    db.at("t").insert({"n": 1})
    assert done.wait(60)
    assert made == ["marks-snapshot"]
