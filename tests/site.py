"""A small magazine on the loopback: a feed, a section page without one, article pages, pictures and a book."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from tests.servers import Reply

LONG = (
    (
        "The river pilots keep a second almanac, written in pencil, in which the tides are given by the names of the "
        "people who were surprised by them."
    ),
    (
        "It is kept in a biscuit tin under the bench, and whoever has the late watch reads from it aloud, since the "
        "wireless only speaks of other rivers."
    ),
    (
        "Last winter the pages got wet and were hung over the stove one by one; the order they were put back in is the "
        "order in which they are believed today."
    ),
    "Nobody has been lost since. The harbour master, who does not hold with pencil, has asked for a copy.",
)

FEED_TITLES = (
    "The almanac in the biscuit tin",
    "A bell that rings on its own account",
    "Three ways to measure mud",
)
TOPIC_TITLES = (
    "The bridge that is folded on Sundays",
    "Who feeds the weather hens",
    "A map with the wet parts left out",
    "Slow post for the outer islands",
)
CHAPTERS = ("The first landing", "Ropes and their owners", "What the fog returned")


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def page(title: str, *, author: str = "Ines Calloway") -> str:
    """An article's page with everything around it that such pages have."""
    return f"""<!doctype html><html lang="en"><head><title>{title} – The Estuary Post</title>
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<meta name="author" content="{author}"><meta property="article:published_time" content="2026-03-04T08:00:00Z">
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/tides/">Tides</a></li>
<li><a href="/about">About us</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to improve your visit. <button>Accept all</button></p></div>
<main><article><header><h1>{title}</h1><p class="byline">By <a rel="author" href="/by/x">{author}</a></p></header>
<p>{LONG[0]}</p>
<figure><img src="/img/tin.png" alt="A biscuit tin">
<figcaption>The tin, photographed at low water.</figcaption></figure>
<h2>Under the bench</h2>
<p>{LONG[1]} It says <em>almanac</em> on the lid, and <code>do not shake</code> below.</p>
<blockquote><p>“A tide is only a rumour until your boots are wet.”</p></blockquote>
<p>{LONG[2]}</p>
<ol><li>Read the page for today.</li><li>Read the page for yesterday.</li></ol>
<pre><code class="language-ini">high  04:12
low   10:31</code></pre>
<p>{LONG[3]} <a href="/tides/">More of this kind</a> is in the section.</p>
</article></main>
<aside class="related"><h3>Related</h3><ul><li><a href="/a/1">Ten anchors we liked</a></li></ul></aside>
<footer><p>© The Estuary Post. All rights reserved.</p></footer></body></html>"""


def feed(base: str, titles: tuple[str, ...] = FEED_TITLES) -> str:
    """The first entry comes whole, the others are cut off; the last has an episode with it."""
    items = []
    for number, title in enumerate(titles):
        link = f"{base}/a/{slug(title)}"
        text = (
            f"<content:encoded><![CDATA[{''.join(f'<p>{one}</p>' for one in LONG * 2)}]]></content:encoded>"
            if number == 0
            else f"<description>{LONG[0][:90]} …</description>"
        )
        sound = f'<enclosure url="{base}/sound.mp3" type="audio/mpeg" length="2048"/>' if number == 2 else ""
        items.append(
            f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><dc:creator>Tomas Brandt</dc:creator>"
            f"<pubDate>Wed, 0{number + 1} Apr 2026 06:00:00 GMT</pubDate>{text}{sound}</item>"
        )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Estuary Post</title>'
        f"<link>{base}/</link><description>Notes from the water's edge</description>{''.join(items)}</channel></rss>"
    )


def home() -> str:
    """The front page, which announces the feed."""
    links = "".join(f'<li><a href="/a/{slug(title)}">{title}</a></li>' for title in FEED_TITLES)
    return (
        '<!doctype html><html lang="en"><head><title>The Estuary Post</title>'
        '<link rel="alternate" type="application/rss+xml" title="All articles" href="/feed.xml"></head>'
        f"<body><main><h1>The Estuary Post</h1><ul>{links}</ul></main></body></html>"
    )


def topic(titles: tuple[str, ...] = TOPIC_TITLES) -> str:
    """A section's page: headlines, bylines, dates and beginnings, and no feed anywhere."""
    cards = "".join(
        f'<article class="card"><p class="card-byline">Marguerite Oduya</p>'
        f'<h2><a href="/t/{slug(title)}">{title}</a></h2>'
        f'<time datetime="2026-02-0{number + 1}">{number + 1} February</time>'
        f'<p class="teaser">{LONG[number % 4][:110]} …</p></article>'
        for number, title in enumerate(titles)
    )
    return (
        '<!doctype html><html lang="en"><head><title>Tides – The Estuary Post</title></head><body>'
        '<nav><a href="/">Home</a> <a href="/tides/">Tides</a></nav>'
        f"<main><h1>Tides</h1>{cards}</main>"
        "<footer><a href='/imprint'>Imprint and other matters</a></footer></body></html>"
    )


def picture() -> bytes:
    """A PNG of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"\0\x80")
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def book(chapters: tuple[str, ...] = CHAPTERS) -> bytes:
    """An EPUB 3 with a table of contents."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        made.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="b/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        items = "".join(
            f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
        )
        spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
        made.writestr(
            "b/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">estuary-1</dc:identifier>'
            "<dc:title>A Pilot's Reader</dc:title><dc:creator>Joon-ho Lind</dc:creator><dc:language>en</dc:language>"
            '</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            f"{items}</manifest><spine>{spine}</spine></package>",
        )
        toc = "".join(f'<li><a href="c{n}.xhtml">{title}</a></li>' for n, title in enumerate(chapters))
        made.writestr(
            "b/nav.xhtml",
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
            f'<nav epub:type="toc"><ol>{toc}</ol></nav></body></html>',
        )
        for number, title in enumerate(chapters):
            text = "".join(f"<p>{one}</p>" for one in LONG)
            made.writestr(
                f"b/c{number}.xhtml",
                f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>{title}</h1>{text}</body></html>',
            )
    return held.getvalue()


def routes(base: str) -> dict[str, object]:
    """All of the magazine, for a server at an address."""
    made: dict[str, object] = {
        "/": home(),
        "/feed.xml": Reply(feed(base), type="application/rss+xml", etag='"1"'),
        "/tides/": Reply(topic(), etag='"t1"'),
        "/img/tin.png": Reply(picture(), type="image/png"),
        "/book.epub": Reply(book(), type="application/epub+zip"),
    }
    made |= {f"/a/{slug(title)}": page(title) for title in FEED_TITLES}
    made |= {f"/t/{slug(title)}": page(title, author="Marguerite Oduya") for title in TOPIC_TITLES}
    return made
