"""Exports of other programs: told by what is in them, read whole, what is left out told with its place."""

from __future__ import annotations

import contextlib
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.detect import limit, read, say
from reader.ingest.errors import IngestError
from reader.ingest.exports import boxes, telling
from reader.ingest.exports.moments import moment
from reader.model.saved import Quoted, Saved
from tests import exported
from tests.exported import EXPORTS
from tests.thorough import examples


def articles(found):
    return {entry.url or entry.title: (entry, saved) for entry, saved in zip(found.entries, found.saved, strict=True)}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("part_000000.csv", "an export of Pocket: 3 articles, 1 read, 1 tagged, 1 left out"),
        ("ril_export.html", "an export of Pocket: 2 articles, 1 read, 1 tagged, 1 left out"),
        ("pocket.zip", "an export of Pocket: 4 articles, 1 read, 1 tagged, 2 highlights, 2 left out"),
        (
            "instapaper-export.csv",
            "an export of Instapaper: 4 articles, 1 read, 1 to be bookmarked, 2 tagged, 1 left out",
        ),
        ("reader-export.csv", "an export of Readwise: 4 articles, 2 read, 1 to be bookmarked, 1 tagged"),
        ("readwise-data.csv", "an export of Readwise: 2 articles, 1 tagged, 3 highlights, 1 left out"),
        (
            "All articles.json",
            "an export of wallabag: 2 articles, 1 read, 1 to be bookmarked, 1 tagged, 2 highlights, 2 left out",
        ),
        ("All articles.csv", "an export of wallabag: 1 article, 1 tagged"),
        ("omnivore.zip", "an export of Omnivore: 2 articles, 1 read, 1 tagged, 1 with notes, 2 highlights"),
        ("bookmarks.html", "an export of Bookmarks: 3 articles, 1 tagged, 1 left out"),
        ("urls", "a list of 3 subscriptions"),
    ],
)
def test_each_is_told_by_what_is_in_it(name, said):
    for called in (name, "x" if name != "urls" else "list.txt"):
        assert say(read(EXPORTS[name], called)) == said
    assert say(read(gzip.compress(EXPORTS[name], mtime=0), "x.gz")) == said


@pytest.mark.parametrize(
    "text",
    [
        "title,url\nA,https://a.example",
        "https://a.example\nhttps://b.example",
        "A list, of: things\nand more",
        '[{"a": 1}]',
    ],
)
def test_what_only_looks_like_one_is_none(text):
    assert telling.program(text.encode(), "x.txt") is None


def test_pocket():
    found = read(EXPORTS["part_000000.csv"], "part_000000.csv")
    entry, saved = articles(found)["https://quay.example/seven"]
    assert (entry.title, entry.published, entry.cut) == ("The quay at seven", 1600322788, True)
    assert saved == Saved(tags=("sea", "long reads"), at=1600322788)
    assert articles(found)["https://quay.example/ropes?utm_source=pocket"][1].read
    assert articles(found)["https://quay.example/bare"][0].title == "https://quay.example/bare"
    assert found.left_out == ("line 5: javascript:alert(1): it is no web address",)


def test_pocket_in_parts_with_highlights():
    found = read(EXPORTS["pocket.zip"])
    _, saved = articles(found)["https://quay.example/seven"]
    assert saved.highlights == (Quoted("the gulls are up before it", at=1600400000),)
    assert articles(found)["https://quay.example/gone"][1].highlights == (Quoted("Nobody waves"),)
    assert found.left_out == (
        "part_000001.csv line 3: javascript:alert(1): it is no web address",
        "annotations/part_000000.json article 3: it has no highlights",
    )


def test_pocket_of_old():
    found = read(EXPORTS["ril_export.html"])
    entry, saved = articles(found)["https://quay.example/seven?a=1&b=2"]
    assert (entry.title, saved) == ("Seven & up", Saved(tags=("sea", "long reads"), at=1600322788))
    assert articles(found)["https://quay.example/ropes"][1].read
    assert found.left_out == ("line 6: javascript:alert(1): it is no web address",)


def test_instapaper():
    found = articles(read(EXPORTS["instapaper-export.csv"]))
    assert found["https://quay.example/seven"][0].excerpt == "Nobody waves."
    assert found["https://quay.example/seven"][1] == Saved(tags=("sea",), at=1700000000)
    assert found["https://quay.example/ropes"][1].read
    assert found["https://quay.example/star"][1].bookmarked
    assert found["https://quay.example/bread"][1].tags == ("food", "slow", "Recipes")


def test_readwise_reader():
    found = articles(read(EXPORTS["reader-export.csv"]))
    assert found["https://quay.example/seven"][1].tags == ("sea", "gull's")
    assert [saved.read for _, saved in found.values()] == [False, True, True, False]
    assert found["https://quay.example/short"][1].bookmarked


def test_readwise():
    found = read(EXPORTS["readwise-data.csv"])
    entry, saved = articles(found)["The quay at seven"]
    assert (entry.author, entry.url, saved.tags) == ("Anna Marsh", None, ("ports",))
    assert saved.highlights == (
        Quoted("the gulls are up\nbefore it", "so true\n\n#sea #dawn\n\nPage 12", "red", 1714557600),
        Quoted("Nobody waves.", "", "yellow", 1714644000),
    )
    assert articles(found)["Harbour Book"][1].highlights == (Quoted("Salt", "Location 345", "blue"),)
    assert found.left_out == ("line 6: it has no highlight",)


def test_wallabag():
    found = read(EXPORTS["All articles.json"])
    entry, saved = articles(found)["https://quay.example/seven"]
    assert entry.body.startswith("## At sea\n\nThe ferry leaves")
    assert (entry.author, entry.language, entry.cut) == ("Anna Marsh", "en", False)
    assert (entry.published, entry.meta) == (1703401200, ("Saved 2024-01-01",))
    assert (saved.read, saved.bookmarked, saved.tags) == (True, True, ("sea", "long reads"))
    assert saved.highlights[0] == Quoted("the gulls are up before it", "mine")
    assert len(saved.highlights) == 2
    assert saved.read_at == 1706781600
    assert found.left_out == ("entry 3: it has no web address", "entry 4: it is no article")


def test_wallabag_as_a_table():
    entry, saved = articles(read(EXPORTS["All articles.csv"]))["https://quay.example/seven"]
    assert "*wet*" in entry.body
    assert (saved.tags, saved.at) == (("sea", "slow"), 1703404800)


def test_a_quote_behind_a_backslash_does_not_end_a_table():
    odd = exported.WALLABAG_CSV.replace("Nobody waves.", r'A \"hat\" and ""more"".')
    found = read((odd + "Next;https://quay.example/next;;;;;\n").encode())
    assert [entry.title for entry in found.entries][:1] == ["The quay at seven"]
    assert found.entries[-1].title == "Next"


def test_omnivore():
    entry, saved = articles(read(EXPORTS["omnivore.zip"]))["https://quay.example/seven"]
    assert (entry.author, entry.excerpt, entry.published) == ("Anna Marsh", "A ferry.", 1703404800)
    assert entry.body.startswith("## At sea")
    assert (saved.read, saved.tags, saved.note) == (True, ("sea", "ports"), "A note on all of it.")
    assert saved.highlights == (Quoted("the gulls are up before it", "so true"), Quoted("nowhere in it at all"))


def test_bookmarks():
    found = read(EXPORTS["bookmarks.html"])
    entry, saved = articles(found)["https://quay.example/seven"]
    assert (entry.title, entry.section, entry.excerpt) == ("Seven & up", "Sea / Ports", "A ferry leaves.")
    assert (saved.tags, saved.at) == (("sea", "dawn"), 1600322788)
    assert articles(found)["https://quay.example/ropes"][0].section == "Sea"
    assert articles(found)["https://quay.example/bare"][0].section is None
    assert found.left_out == ("line 15: place:sort=8: it is no web address",)


def test_newsboats_list_of_feeds():
    found = read(EXPORTS["urls"], "urls")
    told = [(one.location, one.title, one.care.named, one.care.folder) for one in found.sources]
    assert told == [
        ("https://quay.example/feed.xml", "The Quay", True, "ports"),
        ("https://tide.example/feed", "https://tide.example/feed", False, ""),
        ("https://ebb.example/a-feed", "https://ebb.example/a-feed", False, "north sea"),
    ]
    assert "secret" not in repr(found)
    assert found.left_out == (
        "line 2: a feed is in one folder: of its tags, ports was taken",
        "line 4: it is hidden in newsboat; here it is listed",
        "line 5: query: is left out, a search: save it as a view",
        "line 6: exec: is left out, it would run a program, which is never done",
        "line 7: filter: is left out, it would run a program, which is never done",
        "line 8: file:///home/me/feed.xml: it is no web address",
        "line 9: the same feed is named before",
    )


def test_the_same_article_twice_is_one_with_what_both_tell():
    rows = "A,https://a.example/x,1600000000,one,unread\nA,https://a.example/x?utm_source=b,1600000009,two,archive\n"
    found = read(f"title,url,time_added,tags,status\n{rows}".encode())
    assert found.saved == (Saved(read=True, tags=("one", "two"), at=1600000000),)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (exported.POCKET.encode() + b'"never closed,https://a.example,1,,unread\nmore\n', "line 6: a quote is opened"),
        (exported.POCKET.encode() + b"a\0b,https://a.example,1,,unread\n", "line 6: there is a NUL"),
        (b"title,url,time_added,tags,status\n", "no article in it"),
        (b"title,url,time_added,tags,status\nA,nowhere,1,,unread\n", "line 2: nowhere: it is no web address"),
        (EXPORTS["All articles.json"][:-1] + b",\n}", "line 2, column 1: it is damaged JSON"),
        (EXPORTS["omnivore.zip"][:-30], "damaged"),
        (exported.zipped({"metadata_0_to_1.json": "[{]"}), "metadata_0_to_1.json, line 1, column 3"),
        (exported.zipped({"metadata_0_to_1.json": "{}"}), "metadata_0_to_1.json, it is no list"),
        (exported.zipped({"metadata_0_to_1.json": "[]"}), "no article in it"),
        (exported.zipped({"part_000000.csv": b"title,url\n" + b"0" * (70 << 20)}), "far more"),
        (b"SQLite format 3\x00" + bytes(5000), "name the file itself"),
        (b"exec:~/bin/x.sh ports\n", "line 1: exec: is left out"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_damaged_is_refused_with_its_place(data, place):
    with pytest.raises(IngestError, match=place):
        read(data, "x")


def test_exports_may_be_larger_than_texts():
    assert limit(EXPORTS["part_000000.csv"]) > limit(b"A text.")


def test_a_folder_is_told_by_the_names_in_it(tmp_path):
    for name, data in exported.omnivore_files().items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(data)
    (tmp_path / "content" / "ropes.html").symlink_to("/etc/hostname")
    assert boxes.is_export(str(tmp_path))
    found = boxes.in_folder(str(tmp_path))
    assert [entry.body is None for entry in found.entries] == [False, True]
    assert not boxes.is_export(str(tmp_path / "content"))


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("1600322788", 1600322788),
        (1600322788000, 1600322788),
        ("2024-01-01T10:00:00+0000", 1704103200),
        ("2022-11-06 04:33:50+00:00", 1667709230),
        ("24/12/2023 08:00:00", 1703404800),
        ("99999999999999999999", None),
        ("yesterday", None),
        (True, None),
        (float("nan"), None),
        pytest.param(10**400, None, id="far"),
        ("1599806\x1e", 1599806),
        ("0", None),
    ],
)
def test_moments(told, seconds):
    assert moment(told) == seconds


@given(name=st.sampled_from(sorted(EXPORTS)), data=st.data())
def test_anything_done_to_an_export_is_read_or_refused(name, data):
    whole = bytearray(EXPORTS[name])
    for _ in range(data.draw(st.integers(1, examples(3, 20)))):
        at = data.draw(st.integers(0, len(whole) - 1))
        cut = data.draw(st.integers(0, 40))
        whole[at : at + cut] = data.draw(st.binary(max_size=20))
        whole = whole or bytearray(b"x")
    found = None
    with contextlib.suppress(IngestError):
        found = read(bytes(whole), name)
    assert found is None or found.kind != "export" or len(found.saved) == len(found.entries) > 0


def test_numbers_and_lists_where_texts_belong_are_passed_over():
    odd = [{"is_archived": [], "title": 7, "url": {"a": 1}, "content": [], "tags": "x", "annotations": 3}, None, 4]
    good = {
        "is_archived": "1",
        "url": "https://a.example/x",
        "tags": [None, 3, {"label": 4}, "good"],
        "annotations": [1],
    }
    found = read(json.dumps([good, *odd]).encode())
    assert found.saved == (Saved(read=True, tags=("good",)),)
    assert len(found.left_out) == 3
