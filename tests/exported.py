"""Exports of other programs in the shapes that these write, with invented articles."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "The ferry leaves the quay at seven, and the gulls are up before it. Nobody waves."
HTML = f"<h2>At sea</h2><p>{WORDS}</p><p>The ropes were <em>wet</em> all night.</p>"

POCKET = """title,url,time_added,tags,status
The quay at seven,https://quay.example/seven,1600322788,sea|long reads,unread
"Ropes, wet",https://quay.example/ropes?utm_source=pocket,1600172739,,archive
https://quay.example/bare,https://quay.example/bare,1599806347,,unread
Not to be had,javascript:alert(1),1599806347,,unread
"""

ANNOTATIONS = [
    {
        "url": "https://quay.example/seven",
        "title": "The quay at seven",
        "highlights": [{"quote": "the gulls are up before it", "created_at": 1600400000}],
    },
    {"url": "https://quay.example/gone", "title": "Gone", "highlights": [{"quote": "Nobody waves"}]},
    {"url": "https://quay.example/none"},
]

POCKET_HTML = """<!DOCTYPE html>
<html><head><title>Pocket Export</title></head><body>
<h1>Unread</h1>
<ul><li><a href="https://quay.example/seven?a=1&amp;b=2" time_added="1600322788" tags="sea,long reads"
>Seven &amp; up</a></li>
<li><a href="javascript:alert(1)" time_added="1" tags="">Not to be had</a></li></ul>
<h1>Read Archive</h1>
<ul><li><a href="https://quay.example/ropes" time_added="1600172739" tags="">Ropes, wet</a></li></ul>
</body></html>
"""

INSTAPAPER = """URL,Title,Selection,Folder,Timestamp,Tags
https://quay.example/seven,The quay at seven,Nobody waves.,Unread,1700000000,"[""sea""]"
https://quay.example/ropes,Ropes,,Archive,1700000001,[]
https://quay.example/star,Stars over it,,Starred,1700000002,
https://quay.example/bread,Bread,,Recipes,1700000003,"[""food"",""slow""]"
ftp://quay.example/x,X,,Unread,1700000004,
"""

READER = """Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen
The quay at seven,https://quay.example/seven,01a,"['sea', ""gull's""]",2023-11-06 04:33:50+00:00,0.2,new,True
Ropes,https://quay.example/ropes,01b,[],2023-11-07 04:33:50+00:00,1,later,True
Bread,https://quay.example/bread,01c,[],2023-11-08 04:33:50+00:00,0,archive,False
Short,https://quay.example/short,01d,[],2023-11-09 04:33:50+00:00,0,shortlist,False
"""

READWISE = """\
Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags
"the gulls are up
before it",The quay at seven,Anna Marsh,,so true,pink,"sea, dawn",page,12,2024-05-01 10:00:00+00:00,ports
Nobody waves.,The quay at seven,Anna Marsh,,,yellow,,order,0,2024-05-02 10:00:00+00:00,ports
Salt,Harbour Book,Ben Holm,B00X,,blue,,location,345,,
,Harbour Book,Ben Holm,B00X,,,,,,,
"""

WALLABAG = [
    {
        "is_archived": 1,
        "is_starred": True,
        "tags": ["sea", {"label": "long reads"}],
        "id": 34,
        "title": "The quay at seven",
        "url": "https://quay.example/seven",
        "content": HTML,
        "created_at": "2024-01-01T10:00:00+0000",
        "updated_at": "2024-02-01T10:00:00+0000",
        "published_at": "2023-12-24T08:00:00+0100",
        "published_by": ["Anna Marsh"],
        "annotations": [
            {"text": "mine", "quote": "the gulls are up before it", "ranges": [{"start": "/p[1]", "startOffset": "0"}]},
            {"text": "", "quote": "words that are nowhere in it"},
            {"quote": ""},
        ],
        "language": "en",
    },
    {"is_archived": 0, "is_starred": 0, "title": "Ropes", "url": "https://quay.example/ropes", "content": ""},
    {"is_archived": 0, "title": "No address", "url": ""},
    "no article",
]

WALLABAG_CSV = (
    'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"\n'
    f'"The quay at seven";https://quay.example/seven;"{HTML}";"sea, slow";text/html;en;"24/12/2023 08:00:00"\n'
)

OMNIVORE = [
    {
        "id": "1",
        "slug": "seven",
        "title": "The quay at seven",
        "description": "A ferry.",
        "author": "Anna Marsh",
        "url": "https://quay.example/seven",
        "state": "Archived",
        "readingProgress": 40,
        "labels": ["sea", {"name": "ports"}],
        "savedAt": "2024-01-01T10:00:00.000Z",
        "updatedAt": "2024-02-01T10:00:00.000Z",
        "publishedAt": "2023-12-24T08:00:00.000Z",
    },
    {
        "id": "2",
        "slug": "ropes",
        "title": "Ropes",
        "url": "https://quay.example/ropes",
        "state": "Active",
        "labels": [],
    },
]
OMNIVORE_HIGHLIGHTS = "A note on all of it.\n\n> the gulls are up before it\n\nso true\n\n> nowhere in it at all\n"

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
<DL><p>
    <DT><H3 ADD_DATE="1600000000">Sea</H3>
    <DL><p>
        <DT><H3>Ports</H3>
        <DL><p>
            <DT><A HREF="https://quay.example/seven" ADD_DATE="1600322788" TAGS="sea,dawn">Seven &amp; up</A>
            <DD>A ferry leaves.
        </DL><p>
        <DT><A HREF="https://quay.example/ropes" ADD_DATE="1600172739" ICON="data:image/png;base64,AA==">Ropes</A>
    </DL><p>
    <DT><A HREF="place:sort=8" ADD_DATE="1600000000">Most visited</A>
    <DT><A HREF="https://quay.example/bare" ADD_DATE="1600000000">Bare</A>
</DL>
"""

URLS = """# my feeds
https://quay.example/feed.xml ports "~The Quay" slow
https://tide.example/feed
"https://user:secret@ebb.example/a-feed" "north sea" "!"
"query:Unread Articles:unread = \\"yes\\""
exec:~/bin/feed.sh ports
filter:~/bin/filter.sh:https://quay.example/other
file:///home/me/feed.xml
https://quay.example/feed.xml again
"""

SCHEMA = """
CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL,
    title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0,
    is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT "");
CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL,
    title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL,
    feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL,
    unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
    enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0,
    base VARCHAR(128) NOT NULL DEFAULT "");
CREATE INDEX idx_guid ON rss_item(guid);
CREATE TABLE metadata (db_schema_version_major INTEGER NOT NULL, db_schema_version_minor INTEGER NOT NULL);
"""
FEED, SCRIPT = "https://quay.example/feed.xml", "exec:~/bin/feed.sh"
COLUMNS = "guid, title, author, url, feedurl, pubDate, content, unread, enclosure_url, enclosure_type, flags, deleted"


def cache_db(path: Path, rows: list[tuple[object, ...]] | None = None) -> Path:
    """Make a cache.db as newsboat 2.21 does: four articles, of which one is deleted and one of no web feed."""
    if rows is None:
        rows = [
            ("g1", "Seven", "Anna", "https://quay.example/seven", FEED, 1600322788, HTML, 0, None, None, "sx", 0),
            ("g2", "Ropes", "", "https://quay.example/ropes", FEED, 1600172739, "plain & simple", 1,
             "https://quay.example/a.mp3", "audio/mpeg", None, 0),
            ("g3", "Gone", "", "https://quay.example/gone", FEED, 1600172739, "x", 0, None, None, None, 1),
            ("g4", "Made by a script", "", "", SCRIPT, 0, "", 0, None, None, None, 0),
        ]  # fmt: skip
    with closing(sqlite3.connect(path)) as made, made:
        made.executescript(SCHEMA)
        made.execute(
            "INSERT INTO rss_feed (rssurl, url, title) VALUES (?, 'https://quay.example/', 'The Quay')", (FEED,)
        )
        made.execute("INSERT INTO rss_feed (rssurl, url, title) VALUES (?, '', 'Script')", (SCRIPT,))
        made.executemany(f"INSERT INTO rss_item ({COLUMNS}) VALUES ({', '.join('?' * 12)})", rows)
    return path


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Pack files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def omnivore_files() -> dict[str, str | bytes]:
    """Give the files of an export of Omnivore."""
    return {
        "metadata_0_to_2.json": json.dumps(OMNIVORE),
        "content/seven.html": HTML,
        "highlights/seven.md": OMNIVORE_HIGHLIGHTS,
    }


def pocket_files() -> dict[str, str | bytes]:
    """Give the files of an export of Pocket, in two parts."""
    head, *rows = POCKET.splitlines(keepends=True)
    return {
        "pocket/part_000000.csv": "".join((head, *rows[:2])),
        "pocket/part_000001.csv": "".join((head, *rows[2:])),
        "pocket/annotations/part_000000.json": json.dumps(ANNOTATIONS),
    }


EXPORTS: dict[str, bytes] = {
    "part_000000.csv": POCKET.encode(),
    "ril_export.html": POCKET_HTML.encode(),
    "instapaper-export.csv": INSTAPAPER.encode(),
    "reader-export.csv": READER.encode(),
    "readwise-data.csv": READWISE.encode(),
    "All articles.json": json.dumps(WALLABAG).encode(),
    "All articles.csv": WALLABAG_CSV.encode(),
    "bookmarks.html": BOOKMARKS.encode(),
    "omnivore.zip": zipped(omnivore_files()),
    "pocket.zip": zipped(pocket_files()),
    "urls": URLS.encode(),
}
"""One of each, by the name that its program gives it."""
