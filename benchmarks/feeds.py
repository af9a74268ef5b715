"""Invented feeds, and a loopback server for them: `python -m benchmarks.feeds FOLDER` serves, and prints its port.

It answers 304 to whoever has a feed already; any path `/again/NUMBER.xml` is a feed of one entry, so that
there are as many sources as are wanted.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from dataclasses import dataclass
from email.utils import formatdate
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import Words
from reader.model.article import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

NEWEST = 1_780_000_000
APART = 311
"""Seconds between two articles."""
LENGTHS = (74, 4, 90, 12, 12, 40, 90, 8, 60)
"""Words of the parts of an article."""
SMALL = """<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {0}</title><link>http://127.0.0.1/{0}</link>
<item><title>The only entry of {0}</title><guid>{0}</guid><description>{1}</description></item></channel></rss>"""


@dataclass(frozen=True)
class Story:
    """An invented article of some 3 KB, before it is written as RSS or as an entry."""

    feed: int
    number: int
    title: str
    author: str
    teaser: str
    link: str
    parts: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://example.com/{self.feed}/{self.number}"

    @property
    def published(self) -> int:
        return NEWEST - self.number * APART


def stories(articles: int, feeds: int) -> Iterator[tuple[int, list[Story]]]:
    """Invent feeds that share so many articles; the same ones each time."""
    words = Words(7)
    for feed in range(feeds):
        yield feed, [story(words, feed, number) for number in range(feed, articles, feeds)]


def story(words: Words, feed: int, number: int) -> Story:
    """Invent an article as blogs have it: paragraphs with links, a list, a quote, code."""
    title, author, teaser, link = (words.some(count) for count in (8, 2, 20, 2))
    return Story(feed, number, title, author, teaser, link, tuple(words.some(count) for count in LENGTHS))


def write(folder: Path, articles: int, feeds: int) -> None:
    """Write RSS feeds that share so many articles of some 3 KB of HTML each, unless they are there."""
    done = folder / f"made-{articles}-{feeds}"
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for feed, made in stories(articles, feeds):
        head = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Feed number {feed:02}</title><link>https://example.com/{feed}/</link><language>en</language>\n"
        )
        items = "".join(map(item, made))
        (folder / f"{feed}.xml").write_text(head + items + "</channel></rss>\n", "utf-8")
    done.touch()


def item(one: Story) -> str:
    """Write an article as an item of RSS 2.0."""
    lead, heading, more, first, second, quote, rest, code, last = one.parts
    body = (
        f'<p>{lead} <a href="{one.url}/more">{one.link}</a>.</p>\n<h2>{heading}</h2>\n<p>{more}.</p>'
        f"<ul><li>{first}</li><li>{second}</li></ul>\n<blockquote><p>{quote}</p></blockquote>"
        f"<p>{rest} &amp; so on.</p><pre><code>{code} &lt; 3</code></pre>\n<p>{last}.</p>"
    )
    return (
        f"<item><title>{escape(one.title)}</title><link>{one.url}</link>"
        f'<guid isPermaLink="false">{one.feed}-{one.number}</guid><dc:creator>{one.author}</dc:creator>'
        f"<pubDate>{formatdate(one.published)}</pubDate><category>news</category>"
        f"<description>{one.teaser}</description>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
    )


def entry(one: Story) -> Entry:
    """Give an article as the entry that its item would be read as."""
    lead, heading, more, first, second, quote, rest, code, last = one.parts
    body = (
        f"{lead} [{one.link}]({one.url}/more).\n\n## {heading}\n\n{more}.\n\n- {first}\n- {second}\n\n> {quote}\n\n"
        f"{rest} & so on.\n\n```\n{code} < 3\n```\n\n{last}."
    )
    return Entry(
        one.title, one.author, None, one.teaser, body=body, markdown=True, url=one.url,
        guid=f"{one.feed}-{one.number}", published=one.published, tags=("news",), language="en",
    )  # fmt: skip


class Answer(asyncio.Protocol):
    """One connection."""

    folder: Path
    known: dict[str, tuple[bytes, str]] = {}  # noqa: RUF012 -- shared on purpose

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.waiting = b""

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while b"\r\n\r\n" in self.waiting:
            head, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
            self.answer(head.decode("latin-1"))

    def answer(self, head: str) -> None:
        path = head.split(" ", 2)[1]
        body, tag = self.feed(path)
        if f"if-none-match: {tag}" in head.lower():
            answer = f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
        else:
            answer = (
                f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: {tag}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            ).encode() + body
        self.transport.write(answer)  # type: ignore[attr-defined] # asyncio gives a writing one

    def feed(self, path: str) -> tuple[bytes, str]:
        if path not in self.known:
            name = path.rpartition("/")[2]
            small = path.startswith("/again/")
            body = SMALL.format(name, "word " * 30).encode() if small else (self.folder / name).read_bytes()
            self.known[path] = body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        return self.known[path]


async def serve(folder: Path) -> None:
    """Serve until it is killed."""
    Answer.folder = folder
    server = await asyncio.get_running_loop().create_server(Answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
