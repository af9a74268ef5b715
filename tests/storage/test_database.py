"""library.db closed while threads work with it."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from reader.storage.database import Database

ENDLESS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT sum(n) FROM numbers"


def test_what_a_thread_is_just_doing_ends_as_interrupted(places):
    database, begun = Database(places.library), threading.Event()

    def work():
        connection = database.connection
        connection.set_progress_handler(begun.set, 1000)
        return connection.execute(ENDLESS).fetchone()

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        assert begun.wait(60)
        database.close()
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            working.result(60)


def test_a_thread_that_is_late_is_told_that_it_is_closed(places):
    database = Database(places.library)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: database.kept("nothing")).result(60) is None
        database.close()
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            pool.submit(lambda: database.kept("nothing")).result(60)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.kept("nothing")


def test_nothing_of_it_stays_open_once_its_threads_have_ended(places):
    database = Database(places.library)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: database.kept("nothing")).result(60)
    database.close()
    # The last that closes folds what was written into the file and takes the rest away.
    assert [path.name for path in places.data.iterdir()] == ["library.db"]
