"""Invented feeds, and a loopback server for them: `python -m benchmarks.feeds FOLDER` serves, and prints its port.

It answers 304 to whoever has a feed already; any path `/again/NUMBER.xml` is a feed of one entry, so that
there are as many sources as are wanted.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from email.utils import formatdate
from html import escape
from pathlib import Path

from benchmarks.corpus import Words

NEWEST = 1_780_000_000
APART = 311
"""Seconds between two articles."""
SMALL = """<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {0}</title><link>http://127.0.0.1/{0}</link>
<item><title>The only entry of {0}</title><guid>{0}</guid><description>{1}</description></item></channel></rss>"""


def write(folder: Path, articles: int, feeds: int) -> None:
    """Write RSS feeds that share so many articles of some 3 KB of HTML each, unless they are there."""
    done = folder / f"made-{articles}-{feeds}"
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    words = Words(7)
    for feed in range(feeds):
        items = [item(words, feed, number) for number in range(feed, articles, feeds)]
        head = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Feed number {feed:02}</title><link>https://example.com/{feed}/</link><language>en</language>\n"
        )
        (folder / f"{feed}.xml").write_text(head + "".join(items) + "</channel></rss>\n", "utf-8")
    done.touch()


def item(words: Words, feed: int, number: int) -> str:
    """Write one entry."""
    return (
        f"<item><title>{escape(words.some(8))}</title><link>https://example.com/{feed}/{number}</link>"
        f'<guid isPermaLink="false">{feed}-{number}</guid><dc:creator>{words.some(2)}</dc:creator>'
        f"<pubDate>{formatdate(NEWEST - number * APART)}</pubDate><category>news</category>"
        f"<description>{words.some(20)}</description>"
        f"<content:encoded><![CDATA[{body(words)}]]></content:encoded></item>\n"
    )


def body(words: Words) -> str:
    """Write an article as blogs do: paragraphs with links, a list, a quote, code."""
    link = f'<a href="https://example.com/{words.some(1)}">{words.some(2)}</a>'
    return (
        f"<p>{words.some(70)} {link} <em>{words.some(4)}</em>.</p>\n<h2>{words.some(4)}</h2>\n<p>{words.some(90)}.</p>"
        f"<ul><li>{words.some(12)}</li><li>{words.some(12)}</li></ul>\n<blockquote><p>{words.some(40)}</p></blockquote>"
        f"<p>{words.some(90)} &amp; so on.</p><pre><code>{words.some(8)} &lt; 3</code></pre>\n<p>{words.some(60)}.</p>"
    )


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
