"""A library that is subscribed to a loopback server, and refreshes of it with a clock that stands still."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from keyring.backend import KeyringBackend

from reader.library.events import Job, Landed, Summary
from reader.library.refresh import Refresh
from reader.model.source import Care, Source
from reader.storage import fetches
from tests.conftest import NOW
from tests.servers import Reply

if TYPE_CHECKING:
    from reader.library import Library

RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><link>{site}</link>{more}{items}'
    "</channel></rss>"
)
ITEM = (
    "<item><title>{0}</title><guid>{0}</guid><pubDate>Wed, 27 May 2026 0{1}:00:00 GMT</pubDate>"
    "<description>{2}</description></item>"
)
WORDS = "All of it is here, so that nobody has to go and fetch the rest. " * 12


def feed(*titles: str, title: str = "The Ferry", more: str = "", site: str = "http://127.0.0.1/", **reply) -> Reply:
    """An answer with a feed of some entries, each whole."""
    items = "".join(ITEM.format(one, number % 10, WORDS) for number, one in enumerate(titles))
    return Reply(RSS.format(title=title, site=site, more=more, items=items), type="application/rss+xml", **reply)


@dataclass
class Run:
    """What came of one refresh."""

    landed: list[Landed] = field(default_factory=list)
    summary: Summary = field(default_factory=Summary)

    def of(self, source: Source) -> Landed:
        """What landed of a source; the first if there was more."""
        return next(one for one in self.landed if one.source == source.id)

    @property
    def names(self) -> set[str]:
        return {one.source for one in self.landed}


class Desk:
    """The library, its clock, and how it is refreshed."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.now = NOW

    def subscribe(self, address: str, name: str = "", kind: str = "feed", **care) -> Source:
        """Put a source without asking it."""
        care = {"private": True, "full_text": "never", **care}
        name = name or f"{kind}-{len(self.library.marks.sources())}"
        source = Source(name, kind, f"Source {name}", address, care=Care(**care))
        self.library.marks.put_source(source)
        return source

    def refresh(self, *named: Source, force: bool = False, tell=None, **job) -> Run:
        """Refresh in this process, without the parts around it."""
        run = Run()

        def told(landed: Landed) -> None:
            run.landed.append(landed)
            if tell:
                tell(landed)

        wanted = frozenset(source.id for source in named) if named else None
        asked = Job(tuple(self.library.marks.sources()), wanted, force, **job)
        work = Refresh(self.library.cache, asked, told, now=lambda: self.now, chance=lambda: 0.5)
        run.summary = asyncio.run(work.run())
        return run

    def state(self, source: Source) -> fetches.Fetch:
        """What is known of a source."""
        return fetches.read(self.library.cache, source.id)

    def titles(self, source: Source) -> set[str]:
        """The articles of a source."""
        from reader.model.listing import Filter

        keys = self.library.shelf.listing(Filter(source=source.id)).keys
        return {row.title for row in self.library.shelf.rows(keys)}

    def change(self, source: Source, **care) -> None:
        """Look after a source in another way."""
        self.library.marks.put_source(replace(source, care=replace(source.care, **care)))


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]
