"""Backups are made whole, thinned out with age, and found when they are needed."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.storage import backups

NOW = datetime(2026, 11, 22, 13, 5, 1, tzinfo=UTC)
moments = st.lists(st.integers(0, 365 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=80)


def parse(data: bytes) -> bytes:
    if data == b"bad":
        raise ValueError
    return data


def test_the_three_newest_stay():
    hour = [NOW - timedelta(minutes=n) for n in range(10)]
    assert backups.kept(hour) == set(hour[:3])


def test_the_newest_of_each_of_seven_days_stays():
    twice_a_day = [NOW - timedelta(days=n, hours=h) for n in range(12) for h in (0, 6)]
    kept = backups.kept(twice_a_day)
    assert {NOW - timedelta(days=n) for n in range(7)} <= kept


def test_the_newest_of_each_of_four_weeks_stays():
    daily = [NOW - timedelta(days=n) for n in range(60)]
    kept = backups.kept(daily)
    # 22 November 2026 is a Sunday: the weeks end at 22, 15, 8 and 1 November.
    assert {NOW - timedelta(weeks=n) for n in range(4)} <= kept
    assert len(kept) == 7 + 3


@given(moments)
def test_never_more_than_fourteen_and_never_fewer_than_asked(found):
    kept = backups.kept(found)
    assert kept <= set(found)
    assert len(kept) <= 14
    assert set(sorted(set(found), reverse=True)[:3]) <= kept
    assert backups.kept(kept) == kept


def test_a_backup_is_a_private_copy_of_its_own(tmp_path):
    marks = tmp_path / "marks.json"
    made = backups.save(marks, b"one", NOW)
    assert made == tmp_path / "backups" / "marks-20261122-130501.json"
    assert made.read_bytes() == b"one"
    assert made.stat().st_nlink == 1
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert [file.name for file in made.parent.iterdir()] == [made.name]


def test_two_in_one_second_are_two(tmp_path):
    marks = tmp_path / "marks.json"
    backups.save(marks, b"one", NOW)
    second = backups.save(marks, b"two", NOW)
    assert backups.newest_good(marks, parse) == (second, b"two")
    assert len(backups.all_of(marks)) == 2


def test_a_clock_that_was_ahead_does_not_hide_the_newest(tmp_path):
    marks = tmp_path / "marks.json"
    backups.save(marks, b"from the future", NOW + timedelta(days=4000))
    made = backups.save(marks, b"newest", NOW)
    assert backups.newest_good(marks, parse) == (made, b"newest")


def test_files_of_others_are_never_touched(tmp_path):
    marks = tmp_path / "marks.json"
    folder = tmp_path / "backups"
    folder.mkdir()
    foreign = [
        "marks-2026.json",
        "marks-20261122-130501.json.txt",
        "other-20261122-130501.json",
        "marks-99999999-999999.json",
    ]
    for name in foreign:
        (folder / name).write_text("mine")
    for n in range(10):
        backups.save(marks, b"x", NOW + timedelta(minutes=n))
    assert {file.name for file in folder.iterdir()} >= set(foreign)
    assert len(list(folder.iterdir())) == len(foreign) + 3


def test_a_bad_backup_is_passed_over(tmp_path):
    marks = tmp_path / "marks.json"
    good = backups.save(marks, b"good", NOW)
    backups.save(marks, b"bad", NOW + timedelta(days=1))
    assert backups.newest_good(marks, parse) == (good, b"good")


def test_without_a_folder_there_is_none(tmp_path):
    assert backups.newest_good(tmp_path / "marks.json", parse) is None
    (tmp_path / "backups").write_text("a file")
    assert backups.newest_good(tmp_path / "marks.json", parse) is None


def test_a_failed_backup_leaves_the_others_and_no_half(tmp_path, monkeypatch):
    marks = tmp_path / "marks.json"
    good = backups.save(marks, b"good", NOW)

    def full(fd, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        backups.save(marks, b"new", NOW + timedelta(days=1))
    assert list((tmp_path / "backups").iterdir()) == [good]
