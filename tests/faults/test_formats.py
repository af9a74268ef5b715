"""marks.json as each earlier version wrote it opens with all that is in it; these files are kept for ever."""

from __future__ import annotations

import json
import shutil

import pytest
from tinydb import TinyDB

from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, TAGGED
from reader.storage.marks import Marks
from tests.faults.crashes import OLD
from tests.faults.session import ID, Clock, row

NAMES = ("first", "source-care", "tags-and-views")


@pytest.fixture(params=NAMES)
def path(request, tmp_path):
    for ending in (".json", ".json.journal"):
        shutil.copyfile(OLD / f"{request.param}{ending}", tmp_path / f"marks{ending}")
    return tmp_path / "marks.json"


def test_an_earlier_format_opens_with_all_that_is_in_it(path, request):
    name = request.node.callspec.params["path"]
    marks = Marks(path, clock=Clock())
    assert marks.notices == marks.check() == []
    assert marks.flags(ID + 1) == 0
    assert marks.flags(ID + 2) == READ | BOOKMARKED
    # It was bookmarked and that was taken back, both in the journal.
    assert marks.flags(ID + 9) == READ
    assert marks.of(ID + 3).notes[0].text == "The eel “é” was the last straw."
    assert marks.of(ID + 10).notes[0].text == "in the journal"
    assert marks.of(ID + 4).place.block == 3
    assert marks.sources()[0].location == "/pages/almanac.txt"
    assert sum(1 for _, flags in marks.all_flags() if flags & READ) == 129
    if name != "first":
        assert marks.sources()[1].care.folder == "Sea"
        assert marks.sources()[1].care.paused
    if name == "tags-and-views":
        assert marks.flags(ID + 5) & HIGHLIGHTED
        assert marks.of(ID + 5).highlights[0].quote.exact == "a quote"
        assert marks.flags(ID + 6) & TAGGED
        assert marks.tag_counts() == {"Ads": 2, "boats": 2}
        assert marks.views() == [("Unread boats", "is:unread boats")]
        assert sum(marks.logged().popitem()[1].values()) == 90


def test_an_earlier_format_is_taken_back_and_written_on(path):
    marks = Marks(path, clock=Clock())
    assert marks.undo().label == "note"
    assert marks.flags(ID + 10) & NOTED == 0
    assert marks.undo().label == "unread: Harbour 1"
    assert marks.flags(ID + 1) == READ
    while undone := marks.undo():
        last = undone.label
    assert last == "read: 130 articles"
    assert [article for article, flags in marks.all_flags() if flags & READ] == []
    marks.set_read([row(1)], read=True, label="read")
    marks.close()
    assert json.loads(path.read_bytes())["articles"][str(ID + 1)]["read"]
    with TinyDB(path) as stock:
        assert len(stock.table("articles")) == 131
    marks = Marks(path)
    assert marks.notices == []
    marks.close()


def test_every_file_of_an_earlier_format_is_opened_here_or_with_the_tags():
    assert {path.stem for path in OLD.glob("*.json")} == {*NAMES, "before-tags"}
