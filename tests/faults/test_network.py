"""A lying network: whatever a server does, it is told in words, costs nobody else anything, and leaves nothing running.

What each bound of one request is, `tests/ingest/test_fetch*.py` and `test_inflate.py` hold; here the whole library
meets each fault, with articles and marks that have something to lose.
"""

from __future__ import annotations

import asyncio
import gzip
import ssl
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import pytest

from reader.ingest.fetch import Fetcher
from reader.library import Library
from reader.library.schedule import DAY, HOUR, MINUTE
from reader.model.article import BOOKMARKED
from reader.model.listing import Filter
from tests import servers
from tests.conftest import NOW
from tests.library.refreshing import Desk, Ring, feed
from tests.servers import Reply, Server
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from reader.model.source import Source

MIB = 1 << 20
CERTIFICATE = Path(__file__).parent.parent / "fixtures" / "tls" / "localhost.pem"
LONG = "The tide table on the wall had been wrong since the spring, and nobody in the office thought it odd. " * 3
OWN = "127.0.0.2"
"""It plays the own network that nobody but its user may ask."""


@pytest.fixture
def desk(places) -> Iterator[Desk]:
    with Library(places, now=lambda: NOW) as library:
        yield Desk(library)


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Let a server have two seconds, and not thirty, to answer in."""
    monkeypatch.setattr("reader.library.refresh.Fetcher", partial(Fetcher, deadline=2.0))


def sent(*pieces: bytes, then: str = "close") -> Reply:
    """Send just this, head included."""

    async def wire() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return Reply(wire=wire, then=then)


def informing() -> Reply:
    """Say for ever that the answer is about to come."""

    async def wire() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.005)
            yield b"HTTP/1.1 100 Continue\r\n\r\n"

    return Reply(wire=wire)


@dataclass(frozen=True)
class Short:
    """The feed that is there, with a length that makes a share of it all that comes."""

    share: float

    def of(self, whole: Reply) -> Reply:
        return replace(whole, headers=(("Content-Length", str(int(len(whole.body) * self.share))),))


def squeezed(end: int) -> Reply:
    """A feed in gzip, without its end or with a wrong one."""
    packed = gzip.compress(feed("One", "Two").body.encode(), mtime=0)
    return Reply(packed[:end] + bytes(0 if end < -8 else -end), headers=(("Content-Encoding", "gzip"),))


FAULTS: dict[str, tuple[Reply | Short | str, str]] = {
    # Slowness
    "it never answers": (servers.silent(), "did not answer within 2 seconds"),
    "it stops in the middle": (servers.stalled(), "did not answer within 2 seconds"),
    "slow loris": (servers.trickle(), "did not answer within 2 seconds"),
    "slow loris in the head": (servers.trickled_head(), "did not answer within 2 seconds"),
    "it is about to answer for ever": (informing(), "did not answer within 2 seconds"),
    # Size
    "endless body": (servers.endless(), "more than 1 MiB"),
    "endless head": (servers.long_head(), "does not answer as a web server does"),
    "more than a gigabyte is promised": (Reply("x", headers=(("Content-Length", str(1 << 30)),)), "more than 1 MiB"),
    # Wrong lengths
    "too long a length": (servers.cut(), "broke off in the middle"),
    "too short a length, in the first article": (Short(0.35), "broke off before its first article"),
    "too short a length, in the second article": (Short(0.8), "the feed broke off in the middle"),
    "a length that is no number": (Reply("x", headers=(("Content-Length", "1e3"),)), "does not answer as a web server"),
    "a chunk that is none": (
        sent(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"5\r\n<rss>\r\nzz\r\n"),
        "broke off in the middle",
    ),
    # Resets
    "reset before the head": (sent(then="reset"), "does not answer as a web server does"),
    "reset in the head": (sent(b"HTTP/1.1 200 OK\r\nContent-", then="reset"), "does not answer as a web server does"),
    "reset in the body": (servers.cut(then="reset"), "broke off in the middle"),
    "no HTTP at all": (servers.garbage(), "does not answer as a web server does"),
    # Redirects
    "redirect to itself": (servers.redirect("/feed"), "redirects more than 5 times"),
    "redirect without an end": (servers.redirect("?x"), "redirects more than 5 times"),
    "redirect to nowhere": (servers.redirect(""), "redirects without saying where"),
    "redirect to a file": (servers.redirect("file:///etc/passwd"), "file: addresses are not fetched"),
    "redirect to gopher": (servers.redirect("gopher://127.0.0.2/"), "gopher: addresses are not fetched"),
    "redirect to a private address": (servers.redirect(f"http://{OWN}:PORT/"), "own network"),
    "redirect to it for good": (servers.redirect(f"http://{OWN}:PORT/", 308), "own network"),
    "redirect to it in figures": (servers.redirect("http://2130706434:PORT/"), "own network"),
    "redirect to it in hexadecimal": (servers.redirect("http://0x7f.2:PORT/"), "own network"),
    "redirect to it inside of IPv6": (servers.redirect("http://[::ffff:127.0.0.2]:PORT/"), "own network"),
    "redirect to the metadata": (servers.redirect("http://169.254.169.254/latest/meta-data/"), "own network"),
    "redirect to the metadata of IPv6": (servers.redirect("http://[fd00:ec2::254]/latest/"), "own network"),
    "redirect to localhost": (servers.redirect("http://localhost:PORT/"), "own network"),
    # Packing
    "a gzip bomb": (servers.bomb(4 * MIB), "longer than 1 MiB"),
    "a deflate bomb": (servers.bomb(4 * MIB, "deflate"), "longer than 1 MiB"),
    "a brotli bomb": (servers.bomb(MIB, "br"), "only gzip and deflate are unpacked"),
    "a zstd bomb": (servers.bomb(MIB, "zstd"), "only gzip and deflate are unpacked"),
    "a bomb in a bomb": (servers.bomb(MIB, "gzip, gzip"), "only gzip and deflate are unpacked"),
    "gzip cut short": (squeezed(-20), "cut short on the way"),
    "gzip that is damaged": (squeezed(-4), "damaged"),
    # Answers
    "304 without a body before": (Reply(status=304), "answers 304"),
    "204": (Reply(status=204), "answers 204"),
    "404": (servers.MISSING, "answers 404 (not found)"),
    "500": (Reply(status=500), "answers 500"),
    "a page in the place of the feed": ("<!doctype html><html><p>Log in first.", "it is a web page, not a feed"),
    "nothing": (Reply("", type="application/rss+xml"), "it is empty"),
    "bytes that are no text": (Reply(bytes(range(256)) * 9, type="application/rss+xml"), "it is no feed"),
}
"""Each fault with what is said of it."""


SLOW = tuple(FAULTS)[:5]
"""These have hosts of their own, so that they are waited for at once."""


@dataclass
class Field:
    """Servers that each have a good feed at first, and sources that are subscribed to them."""

    desk: Desk
    stack: ExitStack
    servers: dict[str, Server] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def add(self, name: str, reply: Reply | None = None, **options) -> Source:
        """Subscribe to a server of its own."""
        server = self.servers[name] = self.stack.enter_context(Server({"*": reply or edition(name)}, **options))
        self.sources[name] = self.desk.subscribe(server.url("/feed"), f"feed-{len(self.sources)}")
        return self.sources[name]

    def lies(self, name: str, reply: Reply | Short | str, port: int) -> None:
        """Let a server lie from now on."""
        if isinstance(reply, Short):
            reply = reply.of(edition(name))
        elif isinstance(reply, Reply):
            reply = replace(
                reply, headers=tuple((key, value.replace("PORT", str(port))) for key, value in reply.headers)
            )
        self.servers[name].routes["*"] = reply

    def kept(self) -> dict[str, tuple[object, ...]]:
        """Give all articles with all marks, by headline."""
        shelf, cache, notebook = self.desk.library.shelf, self.desk.library.cache, self.desk.library.notebook
        rows = shelf.rows(shelf.listing(Filter()).keys)
        return {row.title: (row, cache.article(row.key).text, notebook.marks(row.id)) for row in rows}

    def mark(self) -> None:
        """Mark every article in some ways."""
        notebook = self.desk.library.notebook
        rows = [row for row, _, _ in self.kept().values()]
        notebook.set_bookmarked(rows, bookmarked=True)
        notebook.set_read(rows[::2], read=True)
        for row in rows:
            notebook.set_note(row, f"Of {row.title}")

    def quiet(self, before: list[str]) -> None:
        """Wait until no server has a connection any more, and see that no process and no thread of ours is left."""
        until = time.monotonic() + 20
        while left := {name for name, server in self.servers.items() if server._open}:
            assert time.monotonic() < until, f"connections are left open: {left}"
            time.sleep(0.01)
        assert children() == before
        assert not [one.name for one in threading.enumerate() if one.name.startswith(("resolver", "store"))]


def edition(name: str, *more: str) -> Reply:
    """The feed of a server."""
    return feed(*(f"{name}: {which}" for which in ("one", "two", *more)), title=name)


def children() -> list[str]:
    """Give the processes that this one has started and that have not ended."""
    found = [path.read_text().split() for path in Path("/proc/self/task").glob("*/children")]
    return sorted(pid for pids in found for pid in pids)


@pytest.fixture
def meadow(desk) -> Iterator[Field]:
    with ExitStack() as stack:
        # Who waits for ever is told so by servers that are gone, and fails.
        last = threading.Timer(60, stack.close)
        last.daemon = True
        last.start()
        yield Field(desk, stack)
        last.cancel()


def test_each_fault_is_told_and_harms_nothing(meadow, impatient):
    desk, processes = meadow.desk, children()
    for name in (*FAULTS, "calm"):
        meadow.add(name, host=f"127.0.1.{SLOW.index(name) + 1}" if name in SLOW else "127.0.0.1")
    first = desk.refresh()
    assert (first.summary.failed, first.summary.new) == (0, 2 * len(meadow.sources))
    meadow.mark()
    before = meadow.kept()
    with Server({"*": "secret"}, host=OWN) as forbidden:
        for name, (reply, _) in FAULTS.items():
            meadow.lies(name, reply, forbidden.port)
        meadow.servers["calm"].routes["*"] = edition("calm", "three")
        run = desk.refresh(force=True, largest=MIB)
        assert (forbidden.connections, forbidden.asked) == (0, [])
    meadow.quiet(processes)

    # Each is told, in one line of words.
    said = {name: run.of(source).error for name, source in meadow.sources.items()}
    assert {name: words for name, words in said.items() if FAULTS.get(name, ("", ""))[1] not in words} == {}
    assert {name: words for name, words in said.items() if not words} == {"calm": ""}
    assert all(words.isprintable() and len(words) < 250 for words in said.values())
    for name, source in meadow.sources.items():
        state = desk.state(source)
        assert (state.error, bool(state.failures)) == (said[name], name != "calm")
        assert not run.of(source).moved
        assert state.due > NOW

    # Nothing of what was here is another now, and the honest one has come.
    after = meadow.kept()
    assert set(after) - set(before) == {"calm: three"}
    assert {name for name, kept in before.items() if after[name] != kept} == set()

    # All are well again as soon as their servers are.
    for name in FAULTS:
        meadow.servers[name].routes["*"] = edition(name, "three")
    run = desk.refresh(force=True)
    assert {name: run.of(source).error for name, source in meadow.sources.items() if run.of(source).error} == {}
    assert (run.summary.new, run.summary.failed) == (len(FAULTS), 0)
    assert not any(desk.state(source).failures for source in meadow.sources.values())


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_left_alone_as_long_as_makes_sense(meadow, status):
    wishes = {
        "7200": 2 * HOUR,
        "0": MINUTE,
        "1": MINUTE,
        "9" * 400: DAY,
        "Sun, 29 May 2089 12:10:00 GMT": DAY,
        "Fri, 29 May 2020 12:10:00 GMT": MINUTE,
        # No time that could be kept: an hour, as after any failure.
        "-5": HOUR,
        "NaN": HOUR,
        "1e9": HOUR,
        "Fri, 31 Feb 2089 99:99:99 GMT": HOUR,
        "": HOUR,
    }
    for wish in wishes:
        meadow.add(wish, servers.busy(wish, status))
    meadow.add("calm")
    run = meadow.desk.refresh()
    assert (run.summary.new, run.summary.failed) == (2, len(wishes))
    for wish, pause in wishes.items():
        state = meadow.desk.state(meadow.sources[wish])
        assert f"answers {status}" in state.error
        assert (wish, state.due - NOW) == (wish, pause)
    meadow.desk.now += 59
    assert meadow.desk.refresh().landed == []


def test_a_server_that_cannot_prove_itself_is_told_nothing(meadow, ring):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    unknown = meadow.add("unknown", tls=context)
    plain = meadow.add("plain", lines=True)
    meadow.desk.library.marks.put_source(replace(plain, location=plain.location.replace("http:", "https:")))
    for source in (unknown, plain):
        meadow.desk.change(meadow.desk.library.subscriptions.source(source.id), login="bob")
        ring.held["reader", f"bob@{source.id}"] = "open sesame"
    calm = meadow.add("calm")
    run = meadow.desk.refresh()
    assert "cannot prove that it is itself" in run.of(unknown).error
    assert "does not speak https as it should" in run.of(plain).error
    assert not meadow.servers["unknown"].asked
    assert not meadow.servers["plain"].asked
    assert len(run.of(calm).new) == 2


WORDS = {"ru": "Чайка над маяком и ещё немного слов о море", "de": "Möwen über dem Leuchtturm, größer als gedacht"}
LIES = {
    # Of each: in which language, how it is written, what the feed declares, and what the server says.
    "the feed lies": ("ru", "utf-8", "windows-1251", "utf-8"),
    "the server lies": ("ru", "cp1251", "windows-1251", "utf-8"),
    "both lie": ("ru", "utf-8", "windows-1251", "iso-8859-1"),
    "both lie alike": ("de", "utf-8", "us-ascii", "us-ascii"),
    "a mark against both": ("de", "utf-8-sig", "utf-16", "iso-8859-1"),
    "none that there is": ("de", "utf-8", "x-unheard-of", "nonsense"),
    "none of text": ("de", "utf-8", "zlib", "unicode_escape"),
    "no letters at all": ("de", "utf-8", "utf-7", "idna"),
    "two bytes each": ("ru", "utf-16", "utf-8", "utf-8"),
}


def test_lies_about_the_charset_are_seen_through(meadow):
    for name, (language, written, declared, said) in LIES.items():
        words = f"{WORDS[language]}: {name}"
        body = feed(words, title=words).body.replace('version="1.0"', f'version="1.0" encoding="{declared}"', 1)
        meadow.add(name, Reply(body.encode(written), type=f"application/rss+xml; charset={said}"))
    run = meadow.desk.refresh()
    assert {one.error for one in run.landed} == {""}
    assert {run.of(source).title for source in meadow.sources.values()} == {
        f"{WORDS[language]}: {name}" for name, (language, *_) in LIES.items()
    }
    assert set(meadow.kept()) == {run.of(source).title for source in meadow.sources.values()}


def test_an_answer_to_a_source_that_was_removed_meanwhile_changes_nothing(meadow):
    desk, source = meadow.desk, meadow.add("pier")
    desk.refresh()
    kept = next(row for row, _, _ in meadow.kept().values() if row.title == "pier: one")
    desk.library.notebook.set_bookmarked([kept], bookmarked=True)
    desk.library.notebook.set_note(kept, "Mine.")
    held, removed = threading.Event(), threading.Event()

    def late(_) -> Reply:
        held.set()
        removed.wait(20)
        return Reply(
            edition("pier", "three").body.replace("All of it is here", "It is another"), type="application/rss+xml"
        )

    meadow.servers["pier"].routes["*"] = late
    meadow.add("calm")
    remover = threading.Thread(
        target=lambda: (held.wait(20), desk.library.subscriptions.remove(source.id), removed.set())
    )
    remover.start()
    run = desk.refresh(force=True)
    remover.join()
    assert not run.of(source).new
    assert set(meadow.kept()) == {"pier: one", "calm: one", "calm: two"}
    row, text, marks = meadow.kept()["pier: one"]
    assert "All of it is here" in text
    assert (bool(row.flags & BOOKMARKED), marks.notes[0].text) == (True, "Mine.")
    assert [one.kind for one in desk.library.marks.sources() if one.id == source.id] in ([], ["removed"])


def test_what_an_article_points_to_is_not_asked_of_the_own_network(meadow):
    """Its page, where that leads, and its pictures; the feed itself is the user's own choice."""
    world = meadow.add("world")
    with Server({"*": "secret"}, host=OWN) as forbidden:
        picture = f"<img src='{forbidden.url('/lamp.png')}' alt='lamp'>"
        page = f"<title>Here</title><article><h1>Here</h1>{f'<p>{LONG}</p>' * 6}{picture}</article>"
        items = "".join(
            f"<item><title>{title}</title><guid>{title}</guid><link>{link}</link><description>A …</description></item>"
            for title, link in (
                ("there", forbidden.url("/page")),
                ("led there", meadow.servers["world"].url("/led")),
                ("here", meadow.servers["world"].url("/page")),
            )
        )
        meadow.servers["world"].routes |= {
            "/feed": Reply(f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss>", type="text/xml"),
            "/led": servers.redirect(forbidden.url("/page")),
            "/page": page,
        }
        meadow.desk.change(world, full_text="always")
        run = meadow.desk.refresh()
        assert len(run.of(world).new) == 3
        assert (forbidden.connections, forbidden.asked) == (0, [])
    problems = {title: meadow.desk.library.cache.article(row.key).problem for title, (row, *_) in meadow.kept().items()}
    assert problems["here"] == ""
    assert "own network" in problems["there"]
    assert "own network" in problems["led there"]


def test_a_thousand_sources_at_once(meadow, impatient):
    """Most are well, and others are wrong in turn: each lands once, in words, and never more than twelve are asked."""
    many = examples(200, 1000)
    wrong = [
        servers.MISSING,
        servers.cut(),
        servers.garbage(),
        servers.bomb(MIB, "br"),
        Reply(status=304),
        servers.redirect("/"),
    ]
    with Server() as server:
        sources = []
        for number in range(many):
            good = number % 4
            server.routes[f"/{number}"] = (
                feed(f"Story {number}", title=f"Paper {number}") if good else wrong[number // 4 % 6]
            )
            sources.append(meadow.desk.subscribe(server.url(f"/{number}"), f"feed-{number}"))
        run = meadow.desk.refresh()
        assert server.most <= 12
    assert sorted(one.done for one in run.landed) == list(range(1, many + 1))
    assert {one.source for one in run.landed} == {source.id for source in sources}
    for number, source in enumerate(sources):
        assert bool(run.of(source).error) == (number % 4 == 0)
    assert (run.summary.new, run.summary.failed) == (many - many // 4, many // 4)
