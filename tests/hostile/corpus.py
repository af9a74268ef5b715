"""The corpus: every family of hostile text in every field of every format, and files made to do harm.

It is the same each time, and written where it is asked for: `python -m tests.hostile.corpus FOLDER`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path
from typing import Final

from tests.hostile import harm
from tests.hostile.fields import FEED, SEA, Fields
from tests.hostile.payloads import WAYS, Tokens, groups, in_xml
from tests.ingest import books
from tests.ingest.test_pdf import made
from tests.thorough import examples

AT_ONCE: Final = 6
"""So many families fit into an author's name; a title holds more."""


def _each(tokens: Tokens, name: str) -> list[Fields]:
    """Give the articles of a feed: each way of writing for all families when there is time, else some of them."""
    made = [
        Fields(tokens, f"{name} {number:02}{'abc'[way]}", families, WAYS[way])
        for number, families in enumerate(groups(AT_ONCE))
        for way in range(len(WAYS))
    ]
    return [one for number, one in enumerate(made) if number % examples(len(WAYS) + 1, 1) == 0]


def rss(tokens: Tokens) -> str:
    """Give a feed in RSS."""
    feed = Fields(tokens, "Rss", groups(AT_ONCE)[0])
    items = "".join(
        f"<item><title>{it.title}</title><author>{it('author')}</author><dc:creator>{it('creator')}</dc:creator>"
        f"<category domain='{it('domain')}'>{it('category')}</category><link>{FEED}/{it('link')}</link>"
        f"<guid isPermaLink='false'>{it('guid')}</guid><pubDate>{it('date')}</pubDate>"
        f"<dc:language>{it('language')}</dc:language><comments>{FEED}/{it('comments')}</comments>"
        f"<description>{it('description')}</description><media:title>{it('media')}</media:title>"
        f"<enclosure url='{FEED}/{it('enclosure')}' type='audio/{it('type')}' length='{it('length')}'/>"
        f"<content:encoded>{in_xml(it.html())}</content:encoded></item>"
        for it in _each(tokens, "Rss")
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>Feed of RSS {feed('title of the source')}</title><link>{FEED}/{feed('link')}</link>"
        f"<language>{feed('language')}</language><ttl>{feed('ttl')}</ttl>"
        f"<description>{feed('description')}</description>{items}</channel></rss>"
    )


def atom(tokens: Tokens) -> str:
    """Give a feed in Atom."""
    feed = Fields(tokens, "Atom", groups(AT_ONCE)[1])
    entries = "".join(
        f"<entry xml:lang='{it('language')}'><title type='text'>{it.title}</title>"
        f"<author><name>{it('author')}</name><email>{it('mail')}</email></author><id>{it('guid')}</id>"
        f"<link href='{FEED}/{it('link')}'/><link rel='enclosure' href='{FEED}/a' title='{it('enclosure')}'/>"
        f"<updated>{it('date')}</updated><category term='{it('term')}' label='{it('label')}'/>"
        f"<summary type='text'>{it('summary')}</summary><content type='html'>{in_xml(it.html())}</content></entry>"
        for it in _each(tokens, "Atom")
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Feed of Atom {feed('title of the source')}</title><id>{feed('guid')}</id>"
        f"<subtitle>{feed('subtitle')}</subtitle><author><name>{feed('author')}</name></author>{entries}</feed>"
    )


def json_feed(tokens: Tokens) -> str:
    """Give a JSON feed; what is hidden there is written as JSON has it, and as references in its HTML."""
    items = [
        {
            "id": it.bare("guid"), "title": f"{it.name} {it.bare('title')}", "url": f"{FEED}/{it.bare('link')}",
            "content_html": it.html(), "summary": it.bare("summary"), "date_published": it.bare("date"),
            "authors": [{"name": it.bare("author")}], "tags": [it.bare("tag")], "language": it.bare("language"),
            "image": f"{FEED}/{it.bare('image')}",
            "attachments": [{"url": f"{FEED}/a", "mime_type": it.bare("type"), "title": it.bare("attachment")}],
        }
        for it in _each(tokens, "Json")
    ]  # fmt: skip
    feed = Fields(tokens, "Json", groups(AT_ONCE)[2])
    told = {"version": "https://jsonfeed.org/version/1.1", "title": f"Feed of JSON {feed.bare('title of the source')}"}
    return json.dumps({**told, "home_page_url": f"{FEED}/{feed.bare('site')}", "items": items})


def page(it: Fields) -> str:
    """Give a web page that is one article."""
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "author": {"name": it.bare("author, told")}}
    return (
        f"<!doctype html><html lang='{it('language')}'><head><title>{it.title}</title>"
        f"<meta property='og:title' content='{it.title}'><meta name='author' content='{it('author')}'>"
        f"<meta property='og:site_name' content='{it('site')}'><link rel='canonical' href='{FEED}/{it('canonical')}'>"
        f"<link rel='alternate' type='application/rss+xml' title='{it('offer')}' href='{FEED}/{it('feed')}'>"
        f"<meta property='article:published_time' content='{it('date')}'>"
        f"<script type='application/ld+json'>{json.dumps(told)}</script></head><body><article><h1>{it.title}</h1>"
        f"{it.html()}<p>{SEA * 60}</p></article></body></html>"
    )


def topic(tokens: Tokens) -> str:
    """Give a web page of headlines."""
    cards = "".join(
        f"<article class='card'><h3><a href='{FEED}/topic/{number}'>{it.title}</a></h3>"
        f"<p class='byline'>{it('author')}</p><time datetime='{it('date')}'>{it('date, said')}</time>"
        f"<p>{SEA}{it('excerpt')}</p></article>"
        for number, it in enumerate(_each(tokens, "Topic"))
    )
    it = Fields(tokens, "Topic", groups(AT_ONCE)[3])
    return (
        f"<!doctype html><html><head><title>Page of headlines {it('title of the source')}</title>"
        f"<meta property='og:site_name' content='{it('site')}'></head><body><main><h1>{it('section')}</h1>"
        f"{cards}</main></body></html>"
    )


def document(it: Fields) -> str:
    """Give a file of Markdown with front matter."""
    front = {"author": it("author"), "tags": [it("tag")], "date": it("date"), "lang": it("language")}
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in front.items())
    return (
        f"---\ntitle: {json.dumps(it.title, ensure_ascii=False)}\n{lines}description: {it('excerpt')}\n"
        f"url: {FEED}/{it('link')}\n---\n\n{it.markdown()}\n{SEA * 60}\n"
    )


def essay(it: Fields) -> str:
    """Give a plain text."""
    return f"{it.title}\n\nBy Ada {it('author')}\n\n{it('meta')}\n\n{SEA * 40}{it.all('body')}\n\n{SEA * 40}\n"


def listing(tokens: Tokens) -> str:
    """Give a page of headlines, copied as text."""
    articles = _each(tokens, "Plain")[:12]  # where there are more, it looks like no listing any more
    for it in articles:
        it._writing = str
    blocks = [f"By Ada Quay {it('author')}\n\n{it.title}\n\n{SEA * 2}{it('excerpt')} …" for it in articles]
    return "\n\n".join(["Harbours", *blocks, ""])


def opml(tokens: Tokens) -> str:
    """Give a list of subscriptions."""
    outlines = "".join(
        f"<outline text='{it('folder')}'><outline type='rss' text='{it('text')}' title='{it.title}' "
        f"xmlUrl='{FEED}/feed/{number}' htmlUrl='{FEED}/{it('site')}' category='{it('category')}'/>"
        f"<outline type='rss' text='{it('text')}' xmlUrl='{FEED}/{it('address')}'/></outline>"
        for number, it in enumerate(_each(tokens, "Opml"))
    )
    return f"<opml version='2.0'><head><title>{in_xml('List')}</title></head><body>{outlines}</body></opml>"


def wallabag(tokens: Tokens) -> str:
    """Give an export of wallabag's, its marks hostile too."""
    entries = [
        {
            "is_archived": 1, "tags": [it.bare("tag of the reader's")], "title": f"{it.name} {it.bare('title')}",
            "url": f"{FEED}/wallabag/{number}", "content": it.html(), "published_by": [it.bare("author")],
            "language": it.bare("language"), "preview_picture": it.bare("picture, told"), "created_at": it.bare("date"),
            "annotations": [{"quote": it.bare("quote of the reader's"), "text": it.bare("note of the reader's")}],
        }
        for number, it in enumerate(_each(tokens, "Wallabag"))
    ]  # fmt: skip
    return json.dumps([*entries, {"url": f"javascript:{tokens.token('Wallabag, left out')}\x1b[31m"}])


def pocket(tokens: Tokens) -> str:
    """Give a table of Pocket's."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("title", "url", "time_added", "tags", "status"))
    for number, it in enumerate(_each(tokens, "Pocket")):
        title = f"{it.name} {it.bare('title')}"
        table.writerow((title, f"{FEED}/pocket/{number}", "1600000000", it.bare("tag of the reader's"), "archive"))
    return out.getvalue()


def bookmarks(tokens: Tokens) -> str:
    """Give a browser's bookmarks."""
    lines = "".join(
        f"<DT><H3>{it('folder')}</H3><DL><p><DT><A HREF='{FEED}/marked/{number}' ADD_DATE='1600000000'"
        f" TAGS='{it('tag')}'>{it.title}</A><DD>{it('description')}</DL><p>\n"
        for number, it in enumerate(_each(tokens, "Marked"))
    )
    return f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>{lines}</DL><p>\n"


def book(tokens: Tokens) -> bytes:
    """Give a book of some chapters, their files hostile by name too."""
    chapters = _each(tokens, "Epub")[:: examples(4, 1)]
    pages, lines = {}, []
    for number, it in enumerate(chapters):
        name = f"ch{number} $(touch {number}).xhtml"
        pages[name] = books.page(f"<h1>{it.title}</h1>{it.html()}{books.prose()}", it.title)
        lines.append((it.title, name.replace(" ", "%20")))
    it = chapters[0]
    metadata = (
        f"<dc:identifier id='pub'>{it('identifier')}</dc:identifier>"
        f"<dc:title>Book {it('title of the source')}</dc:title>"
        f"<dc:creator>{it('author')}</dc:creator><dc:language>{it('language')}</dc:language>"
        f"<dc:date>{it('date')}</dc:date><dc:subject>{it('subject')}</dc:subject>"
    )
    more = {f"OEBPS/\x1b]0;{it._tokens.token('name in an archive')}\x07.xhtml": "x"}
    return books.book(pages, lines, metadata=metadata, more=more)


def portable(tokens: Tokens) -> bytes:
    """Give a PDF; its encoding has no character beyond those of Windows."""
    it = Fields(tokens, "Pdf", groups(AT_ONCE)[0], lambda text: text.encode("cp1252", "replace").decode("cp1252"))
    lines = [it.title, *(it(f"line {number}") for number in range(9)), *([SEA] * 9)]
    told = (("Title", it.title), ("Author", it("author")), ("CreationDate", it("date")))
    info = "".join(f"/{name} <{text.encode('cp1252').hex()}>" for name, text in told)
    return made([lines], info=info, outline=[(it("bookmark"), 0)])


def names(tokens: Tokens) -> dict[bytes, bytes]:
    """Give files that are hostile by their names."""
    told = [
        "-oProxyCommand=touch {}.md", "$(touch {}).md", "`touch {}`.md", "; touch {} #.md", "\x1b]0;{}\x07.md",
        "line\n\x1b[2J{}.md", "[@click=app.quit]{}[bold.md", "\u202e{}txt.md", "\x9b31m{}.md", "| {} &.md", "~{}.md",
    ]  # fmt: skip
    listed = "- wake\n- rope\n- salt\n"
    files = {
        os.fsencode(one.format(tokens.token(f"name of a file: {one!r}"))): f"{SEA * 3}\n\n{listed}".encode()
        for one in told
    }
    return files | {b"\xff\xfe\x9b31m.md": f"{SEA}\n\n{listed}".encode()}


def fields(tokens: Tokens) -> dict[str, bytes]:
    """Give the files in which every field is hostile, by their names."""
    long = groups(AT_ONCE)
    some = range(0, len(long), examples(5, 1))
    texts = {
        "fields.rss": rss(tokens),
        "fields.atom": atom(tokens),
        "fields.json": json_feed(tokens),
        "fields.opml": opml(tokens),
        "fields-topic.html": topic(tokens),
        "fields-listing.txt": listing(tokens),
        "fields-wallabag.json": wallabag(tokens),
        "fields-pocket.csv": pocket(tokens),
        "fields-bookmarks.html": bookmarks(tokens),
    }
    for number in some:
        for way in range(0, len(WAYS), examples(2, 1)):
            name = f"{number:02}{'abc'[way]}"
            texts[f"fields-{name}.md"] = document(Fields(tokens, f"Markdown {name}", long[number], (str, *WAYS)[way]))
    for number in range(0, len(long), examples(len(long) - 1, 1)):
        name = f"{number:02}"
        way = WAYS[number % len(WAYS)]
        texts[f"fields-{name}.html"] = page(Fields(tokens, f"Page {name}", long[number], way))
        texts[f"fields-{name}.txt"] = essay(Fields(tokens, f"Essay {name}", long[number], str))
    files = {name: _told_as_text(name, text).encode("utf-8", "replace") for name, text in texts.items()}
    return files | {"fields.epub": book(tokens), "fields.pdf": portable(tokens)}


def _told_as_text(name: str, text: str) -> str:
    """Take the NULs out of a file that would be taken for a binary one else; feeds may hold them."""
    return text if name.endswith((".rss", ".atom", ".json", ".opml")) else text.replace("\0", "")


def write(folder: Path, trap: str = "http://127.0.0.1:9") -> Tokens:
    """Write the corpus, and give the tokens in it.

    Args:
        folder: where it goes: `fields`, `names` and `harm` are made in it.
        trap: what entities and the like point to, that must never be asked for.
    """
    tokens = Tokens()
    canary = folder / "canary.txt"
    canary.parent.mkdir(parents=True, exist_ok=True)
    canary.write_text(harm.CANARY)
    parts = {"fields": fields(tokens), "harm": harm.files(canary.as_uri(), trap)}
    for part, files in parts.items():
        for name, data in files.items():
            path = folder / part / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    (folder / "names").mkdir()
    for raw, data in names(tokens).items():
        (folder / "names" / os.fsdecode(raw)).write_bytes(data)
    return tokens


if __name__ == "__main__":
    write(Path(sys.argv[1]))
