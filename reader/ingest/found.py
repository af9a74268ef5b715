"""What was found in bytes that came: of which kind, under which title, and its articles."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.values import dataclass

if TYPE_CHECKING:
    from reader.ingest.own.export import Export
    from reader.model.article import Entry
    from reader.model.saved import Saved
    from reader.model.source import Source

Kind: TypeAlias = Literal["listing", "essay", "feed", "subscriptions", "topic", "page", "book", "export"]
KINDS: Final[tuple[Kind, ...]] = ("listing", "essay", "feed", "subscriptions", "topic", "page", "book")
"""What something can be said to be; what is another program's export always tells so itself."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a page announces, or that its site may be expected to have (`guessed`)."""

    url: str
    title: str = ""
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    `listing` and `essay` came as plain text, `feed` as a feed of any format, `subscriptions` as OPML,
    `topic` as a web page of headlines, `page` as a web page that is one article, `book` as chapters, `export` from
    another program, or as `export` tells, from reader itself.

    `address` is where it came from, after redirects, or empty; `site` the address for people.
    `offers` are feeds to have instead, the best first; `sources` what a list of subscriptions names.
    `problem` tells in words what could not be had, as a text behind a paywall. `every` is how long the
    publisher asks not to come back, in seconds. `total` counts the entries before any were left out.
    `local` tells that it came from the user's own network, from an address that the user typed.
    `login` is the name and password that the user typed into that address, which is kept without them.
    Of an export, `saved` is what was kept on each entry there; `file` is where its articles still are, where these are
    too many to be held, and `kept` tells in words what was kept on those. `left_out` tells, each with its place, what
    was not taken of an export or a list, and why.
    """

    kind: Kind
    title: str
    entries: tuple[Entry, ...] = ()
    address: str = ""
    site: str = ""
    language: str | None = None
    offers: tuple[Offer, ...] = ()
    sources: tuple[Source, ...] = ()
    problem: str = ""
    every: int | None = None
    total: int = 0
    local: bool = False
    login: tuple[str, str] | None = field(default=None, repr=False)
    export: Export | None = None
    saved: tuple[Saved, ...] = ()
    left_out: tuple[str, ...] = ()
    file: str = ""
    kept: str = ""
