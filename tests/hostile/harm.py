"""Files made to do harm: to fill the memory, to take for ever, to fetch, to write, to run something."""

from __future__ import annotations

import json
from typing import Final

from tests.hostile import archives
from tests.thorough import examples

MIB: Final = 1 << 20
SEA: Final = "The tide came in before the keeper had finished his tea, and nobody on the lower quay was surprised. "
CANARY: Final = "canary-that-nobody-reads"
"""What stands in a file beside the corpus, and must never be in the library."""

LINKS: Final = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
    "javascript://c.example/%0aalert(1)", "vbscript:x", "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd", "file://c.example/share", "ftp://c.example/x", "ssh://-oProxyCommand=touch%20x/",
    "ssh://c.example", "smb://c.example/x", "tel:+1", "x-terminal:run", "view-source:https://c.example",
    "-oProxyCommand=touch x", "--help", "https://-oProxyCommand=x/", "https://c.example/ -oProxyCommand=x",
    "https://c.example/\nhttps://d.example", "https://c.example/\x1b]0;x\x07", "https://c.example/\u202egnp.exe",
    "https://c.example\\@d.example/", "https://user:pass@c.example/", "https://bank.example@c.example/",
    "https://b\u0430nk.example/", "https://xn--bnk-5cd.example/", "https://c.example/$(touch x)", "https://[::1",
    "https://c.example/'\"><script>", "mailto:a@c.example?body=x&attach=/etc/passwd", "mailto:-oX@c.example",
    "http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "//c.example/x", "\\\\c.example\\share",
    "https://c.example:99999/", "https:///x", "https:c.example", "blob:https://c.example/x", "about:blank",
)  # fmt: skip
"""Links that lead elsewhere than they say, or nowhere that may be gone to."""

ACTIVE: Final = (
    "<script>fetch('{trap}/script')</script><script src='{trap}/script.js'></script>"
    "<iframe src='{trap}/frame'></iframe>"
    "<object data='{trap}/object'><embed src='{trap}/embed'></object><img src=x onerror='fetch(\"{trap}/error\")'>"
    "<meta http-equiv='refresh' content='0;url={trap}/refresh'><base href='{trap}/'>"
    "<link rel=stylesheet href='{trap}/s'>"
    "<style>@import '{trap}/import'; p{{background:url({trap}/background)}}</style>"
    "<svg onload='x'><use href='{trap}/use'/>"
    "<script>1</script><foreignObject><iframe src='{trap}/foreign'></iframe></foreignObject></svg>"
    "<math><mtext><style><img src=x onerror=x></style></mtext></math>"
    "<form action='{trap}/form'><input autofocus onfocus=x>"
    "<button formaction='javascript:x'>Go</button></form>"
    "<video poster='{trap}/poster'><source src='{trap}/video'></video>"
    "<a href='javascript:x' ping='{trap}/ping'>click</a><template><img src='{trap}/template'></template>"
    "<noscript><img src='{trap}/noscript'></noscript><img srcset='{trap}/set 2x'><audio src='{trap}/audio' autoplay>"
    "</audio><portal src='{trap}/portal'></portal><xmp><img src='{trap}/xmp'></xmp><plaintext>"
)
"""HTML that does something where it is let."""

DATES: Final = (
    "0000-00-00", "99999-12-31T00:00:00Z", "-4000-01-01", "2026-02-31", "9" * 400, "-1", "1e400", "NaN", "Infinity",
    "Thu, 32 Foo 20260 99:99:99 +9999", "2026-01-01T00:00:00+99:99", "0001-01-01T00:00:00+23:59",
    "\u0662\u0660\u0662\u0666", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00",
    "yesterday", "2026-W99-9", "", " ", "2038-01-19T03:14:08Z",
)  # fmt: skip
NUMBERS: Final = (
    "-1",
    "1e400",
    "9" * 5000,
    "NaN",
    "0x7fffffff",
    "\u0663",
    "1:99:99:99",
    str(1 << 64),
    str(-(1 << 70)),
    "",
)


GUIDS: Final = ("", "same", "same", "x" * 100_000, "\x00")


def files(canary: str, trap: str) -> dict[str, bytes]:
    """Give the files by their names.

    Args:
        canary: the address of a file that must not be read.
        trap: an address that must not be asked.
    """
    made = {**_entities(canary, trap), **_active(trap), **_deep(), **_odd(), **archives.files()}
    return {name: data if isinstance(data, bytes) else data.encode("utf-8", "replace") for name, data in made.items()}


# -- XML


def _entities(canary: str, trap: str) -> dict[str, str]:
    """Give XML with entities: some that grow, some from elsewhere."""
    lol = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    square = f'<!ENTITY a12 "{"a" * 200_000}">'
    outside = f'<!ENTITY a12 SYSTEM "{canary}"><!ENTITY b SYSTEM "{trap}/entity">'
    parameter = f'<!ENTITY % p SYSTEM "{trap}/parameter"> %p; <!ENTITY a12 "x">'
    made = {}
    for kind, defined in (("lol", lol), ("square", square), ("outside", outside), ("parameter", parameter)):
        used = "&a12;" * (500 if kind == "square" else 1) + "&b;"
        head = f'<?xml version="1.0"?><!DOCTYPE rss [{defined}]>'
        made[f"{kind}.rss"] = head + _rss(f"<title>Entity {kind}</title><description>{SEA}{used}</description>")
        made[f"{kind}.opml"] = (
            f"{head.replace('rss', 'opml')}<opml><body><outline text='{used}' xmlUrl='https://c.example/{kind}'/></body></opml>"
        )
    made["dtd.atom"] = (
        f'<?xml version="1.0"?><?xml-stylesheet href="{trap}/style" type="text/xsl"?><!DOCTYPE feed PUBLIC "x" '
        f'"{trap}/dtd"><feed xmlns="http://www.w3.org/2005/Atom" xmlns:xi="http://www.w3.org/2001/XInclude" '
        f'xml:base="{trap}/base/"><title>Outside</title><entry><title>Included</title><xi:include href="{canary}" '
        f'parse="text"/><content src="{canary}"/><link href="{canary}"/></entry></feed>'
    )
    return made


def _rss(item: str) -> str:
    return f"<rss version='2.0'><channel><title>Harm</title><item>{item}</item></channel></rss>"


# -- HTML that does something


def _active(trap: str) -> dict[str, str]:
    html = ACTIVE.format(trap=trap)
    links = "".join(f"<p>{SEA}<a href='{_quoted(one)}'>Link {number}</a></p>" for number, one in enumerate(LINKS))
    markdown = "\n\n".join(f"{SEA}[Link {number}](<{one}>) <{one}>" for number, one in enumerate(LINKS))
    items = "".join(
        f"<item><title>Where it leads {number}</title><link>{_quoted(one)}</link><comments>{_quoted(one)}</comments>"
        f"<guid>{_quoted(one)}</guid><enclosure url='{_quoted(one)}' type='audio/mpeg' length='1'/></item>"
        for number, one in enumerate(LINKS)
        if number % examples(3, 1) == 0
    )
    outlines = "".join(f"<outline text='x{n}' xmlUrl='{_quoted(one)}'/>" for n, one in enumerate(LINKS))
    return {
        "active.html": f"<html><body><article><h1>Active</h1><p>{SEA * 9}</p>{html}<p>{SEA * 9}</p></article></body>",
        "active.rss": _rss(f"<title>Active in a feed</title><description>{_quoted(SEA * 5 + html)}</description>"),
        "active.md": f"# Active in Markdown\n\n{SEA}\n\n{html}\n\n{SEA}",
        "links.html": f"<html><body><article><h1>Links of a page</h1>{links}</article></body></html>",
        "links.md": f"# Links of Markdown\n\n{markdown}\n",
        "links.rss": f"<rss version='2.0'><channel><title>Links of a feed</title>{items}</channel></rss>",
        "links.opml": f"<opml><body>{outlines}</body></opml>",
    }


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")


# -- nested deeply


def _deep() -> dict[str, str]:
    """Give what is nested so deeply that who follows it falls."""
    deep = examples(20_000, 100_000)
    return {
        "deep.html": f"<html><body><article><h1>Deep</h1><p>{SEA * 9}</p>{'<div><b><ul><li>' * deep}{SEA}",
        "deep.rss": _rss(f"<title>Deep</title><description>{_quoted('<div><b>' * deep)}</description>{'<x>' * deep}"),
        "deep.opml": f"<opml><body>{'<outline text=x>' * deep}</body></opml>".replace("=x", "='x'"),
        "deep.json": '{"version":"https://jsonfeed.org/version/1.1","title":"x","items":'
        + "[" * deep
        + "]" * deep
        + "}",
        "deep-quotes.md": f"# Deep quotes\n\n{SEA}\n\n{'>' * deep} x\n",
        "deep-lists.md": "# Deep lists\n\n" + "".join(f"{'  ' * n}- {SEA[:9]}\n" for n in range(700)),
        "deep-brackets.md": f"# Deep brackets\n\n{SEA}\n\n{'[' * deep}{SEA}{']' * deep}({'(' * deep}\n\n{'*_' * deep}x",
        "deep-ticks.md": f"# Deep ticks\n\n{SEA}\n\n" + " ".join("`" * n for n in range(600)),
        "deep.txt": "Deep text\n\n" + "".join(f"{' ' * (n % 4000)}{SEA}\n\n" for n in range(900)),
        "wide.html": f"<p {' '.join(f'a{n}=1' for n in range(3 * deep))}>{SEA * 9}<table>{'<tr><td>x' * deep}</table>",
        "long.txt": "x" * (8 * MIB),
        "flood.txt": f"Flood\n\n{SEA * 9}\n\n{'e' + chr(0x301) * 500_000}\n\n{'👩' + chr(0x200D) * 200_000}\n",
    }


# -- numbers, dates, names that are no good


def _odd() -> dict[str, str]:
    told = [*zip(DATES, [*NUMBERS, *NUMBERS], strict=True)]
    items = "".join(
        f"<item><title>Number {n}</title><pubDate>{date}</pubDate><guid isPermaLink='maybe'>{guid}</guid>"
        f"<enclosure url='https://c.example/{n}' type='audio/mpeg' length='{number}'/><itunes:duration>{number}"
        f"</itunes:duration><description>{SEA}</description></item>"
        for n, ((date, number), guid) in enumerate(
            zip(told, ["", "same", "same", "x" * 100_000, "\x00"] * 4, strict=True)
        )
    )
    entries = [
        {"id": value, "title": value, "url": value, "content_text": SEA, "date_published": value, "tags": value,
         "authors": value, "attachments": value, "language": value, "image": value}
        for value in (None, 1, -1.5, 1e308, True, "", "same", "same", [], {}, [[]], [{}], {"name": {}})
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": 1, "language": [], "items": [*entries, 1, None, []]}
    return {
        "odd.rss": f"<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>Odd</title>"
        f"<ttl>{'9' * 999}</ttl><image><url>x</url></image>{items}</channel></rss>",
        "odd.json": json.dumps(feed),
        "odd-number.json": '{"version":"https://jsonfeed.org/version/1","title":"x","items":[{"id":1e999,"url":-0}]}',
        "odd.atom": "<feed xmlns='http://www.w3.org/2005/Atom'>"
        + "".join(
            f"<entry><id>same</id><title>Odd {date}</title><updated>{date}</updated></entry>"
            for date in DATES[:: examples(6, 1)]
        )
        + "</feed>",
        "odd.md": f"---\ntitle: [1, {{}}]\ndate: {'9' * 900}\ntags: {{a: {{b: c}}}}\nauthor: &x [*x]\n---\n\n{SEA}\n",
        "many.rss": "<rss version='2.0'><channel><title>Many</title>"
        + "<item><title>x</title></item>" * examples(5_000, 100_000)
        + "</channel></rss>",
    }
