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


def test_the_newest_dozen_stays():
    minutes = [NOW - timedelta(seconds=10 * n) for n in range(20)]
    assert backups.kept(minutes) == set(minutes[:12])


def test_the_newest_of_each_hour_of_the_last_day_stays():
    quarters = [NOW - timedelta(minutes=15 * n) for n in range(4 * 30)]
    kept = backups.kept(quarters)
    hours = {moment.replace(minute=50, second=1) for moment in quarters if moment.hour != NOW.hour}
    today = {moment for moment in hours if NOW - moment < timedelta(hours=24)}
    assert len(today) == 23
    assert today <= kept
    # Of the hours before there is only the last of that day.
    assert {moment for moment in kept if NOW - moment >= timedelta(hours=24)} == set()


def test_a_day_long_ago_has_no_hours():
    long_ago = [NOW - timedelta(days=30, hours=n) for n in range(10)]
    assert len(backups.kept([NOW - timedelta(minutes=n) for n in range(12)] + long_ago)) == 12 + 1 + 0


def test_the_newest_of_each_of_seven_days_stays():
    twice_a_day = [NOW - timedelta(days=n, hours=h) for n in range(12) for h in (0, 6)]
    kept = backups.kept(twice_a_day)
    assert {NOW - timedelta(days=n) for n in range(7)} <= kept


def test_the_newest_of_each_of_four_weeks_stays():
    daily = [NOW - timedelta(days=n) for n in range(60)]
    kept = backups.kept(daily)
    # 22 November 2026 is a Sunday: the weeks end at 22, 15, 8 and 1 November.
    assert {NOW - timedelta(weeks=n) for n in range(4)} <= kept
    assert len(kept) == 12 + 2


@given(moments)
def test_never_more_than_forty_seven_and_never_fewer_than_asked(found):
    kept = backups.kept(found)
    assert kept <= set(found)
    assert len(kept) <= 12 + 24 + 7 + 4
    assert set(sorted(set(found), reverse=True)[:12]) <= kept
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


@pytest.mark.parametrize("ahead", [timedelta(days=1200), timedelta(days=-18_000)])
def test_a_clock_that_was_once_wrong_does_not_end_the_choosing_by_days_and_weeks(tmp_path, ahead):
    marks = tmp_path / "marks.json"
    for day in range(120):
        backups.save(marks, f"day {day}".encode(), NOW + timedelta(days=day))
        if day == 60:
            backups.save(marks, b"wrong", NOW + timedelta(days=day) + ahead)
    held = [file.read_bytes().decode() for _, file in backups.all_of(marks)]
    assert held[:12] == [f"day {day}" for day in range(119, 107, -1)]
    # NOW is a Sunday, and so is each seventh day after it: the weeks end there.
    assert held[12:] == ["day 105", "day 98"]


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
    for n in range(20):
        backups.save(marks, b"x", NOW + timedelta(seconds=n))
    assert {file.name for file in folder.iterdir()} >= set(foreign)
    assert len(list(folder.iterdir())) == len(foreign) + 12


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


def saved(marks, *hours, size=1):
    for hour in sorted(hours, reverse=True):
        backups.save(marks, b"x" * size, NOW - timedelta(hours=hour))


def test_where_there_is_little_room_the_hours_go_first_and_the_newest_stay(tmp_path):
    marks = tmp_path / "marks.json"
    ages = [0, 1, 2, 3, 4, 5, 30, 50, 9 * 24, 16 * 24]
    saved(marks, *ages, size=1000)

    def left(room):
        backups.thin_out(marks, room)
        return [round((NOW - moment) / timedelta(hours=1)) for moment, _ in backups.all_of(marks)]

    assert left(10_000) == ages
    assert left(8_000) == [0, 1, 2, 3, 30, 50, 9 * 24, 16 * 24]
    assert left(7_500) == [0, 1, 2, 30, 50, 9 * 24, 16 * 24]
    # Yesterday, then the week before this one.
    assert left(4_999) == [0, 1, 2, 30]
    assert left(1) == [0, 1, 2]


def test_what_a_stopped_process_left_behind_is_swept_when_it_is_old(tmp_path):
    marks = tmp_path / "marks.json"
    backups.save(marks, b"one", NOW)
    young, old = (tmp_path / "backups" / f"marks.{number}.tmp" for number in (1, 2))
    for file in (young, old):
        file.write_bytes(b"half")
    os.utime(old, (1, 1))
    backups.save(marks, b"two", NOW, alone=False)
    assert young.exists()
    assert not old.exists()


def test_the_newest_is_known_by_its_bytes(tmp_path):
    marks = tmp_path / "marks.json"
    assert backups.same(marks, b"one") is None
    first = backups.save(marks, b"one", NOW)
    assert backups.same(marks, b"one") == first
    assert backups.same(marks, b"two") is None
    backups.save(marks, b"two", NOW)
    assert backups.same(marks, b"one") is None
