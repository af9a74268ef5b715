"""Where articles come from, and how each of these places is looked after."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from reader.values import dataclass

FullText: TypeAlias = Literal["auto", "always", "never"]
FULL_TEXT: Final[tuple[FullText, ...]] = ("auto", "always", "never")

REMOVED: Final = "removed"
"""The kind of a source that the user took out while marked articles of it stay."""

GUIDE: Final = "guide"
"""The id of the source that holds the built-in guide."""

FETCHED: Final = frozenset({"feed", "topic"})
"""Kinds of sources that are asked over the network for what is new; `location` is their address."""

WATCHED: Final = frozenset({"folder"})
"""Kinds of sources that are looked at on this computer for what is new; `location` is their path."""


@dataclass(frozen=True, slots=True)
class Care:
    """How the user wants one source to be looked after.

    `named` tells that the user gave the title, so that the feed's own does not replace it. `folder` is
    the name of the group that the user put it in. `full_text` says when the whole article is fetched;
    `keep` and `drop` are CSS selectors of the parts of its pages that are the text, and of those that
    are not. `headers` go with each request, `login` is the user's name there; the password is in the
    system's keyring and never here. `private` lets it be on a private address: the user typed it.
    """

    named: bool = False
    folder: str = ""
    paused: bool = False
    full_text: FullText = "auto"
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    login: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from.

    `kind` is one of `listing` (a page's text that was given), `texts` (single articles), `guide`,
    `feed`, `topic` (a web page of headlines, asked again like a feed), `book`, `folder` and `removed`
    (the user took it out; its marked articles are still here). `location` is an address or a path;
    `site` the address for people.
    """

    id: str
    kind: str
    title: str
    location: str = ""
    site: str = ""
    care: Care = Care()
