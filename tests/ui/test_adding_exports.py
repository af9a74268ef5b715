"""Exports of other programs, taken in by the dialogue."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.exported import EXPORTS, cache_db, omnivore_files
from tests.ui.driving import reading


async def test_exports_are_added_by_their_paths_and_undone(places, tmp_path):
    (tmp_path / "my.csv").write_bytes(EXPORTS["part_000000.csv"])
    for name, data in omnivore_files().items():
        path = tmp_path / "omnivore" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data)
    with closing(sqlite3.connect(cache_db(tmp_path / "cache.db"))) as made, made:
        made.execute("DELETE FROM rss_feed")  # no feed is to be asked
    async with reading(places) as it:
        for path, said in (
            (tmp_path / "my.csv", "Pocket: 3 new; 1 marked read, 1 tagged; 1 left out"),
            (tmp_path / "cache.db", "newsboat: 1 new, 2 already here"),
            (tmp_path / "omnivore", "Omnivore: nothing new, 2 already here"),
        ):
            await it.press("+")
            await it.paste(str(path))
            await it.press("enter")
            await it.until(lambda wanted=said: any(wanted in one for one in it.said), said)
        assert it.library.notebook.undo().label == "import from Omnivore"
