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

import pytest

from reader.ingest.fetch import Fetcher
from reader.library import Library, verdicts
from reader.library.schedule import DAY, HOUR, MINUTE
from reader.model.listing import Filter
from tests import servers
from tests.conftest import NOW
from tests.library.refreshing import Desk, feed
from tests.servers import Reply, Server
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from reader.model.source import Source

MIB = 1 << 20
CERTIFICATE = Path(__file__).parent.parent / "fixtures" / "tls" / "localhost.pem"
OWN = "127.0.0.2"
"""It plays the own network that nobody but its user may ask."""


@pytest.fixture
def desk(places) -> Iterator[Desk]:
    with Library(places, now=lambda: NOW) as library:
        yield Desk(library)


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
        notebook.set_bookmarked(rows, True)
        notebook.set_read(rows[::2], True)
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
        yield Field(desk, stack)


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
