"""What is asked while something is added: which feed to take."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from reader.cli.terminal import Failure, line, may_ask
from reader.ingest import detect

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ingest.found import Found, Offer

MOST: Final = 9
"""So many feeds are offered by number."""

_THE_PAGE: Final = "p"


def choose(what: str, found: Found, tell: Callable[[str], None]) -> Offer | None:
    """Ask a person whether to take a feed or the page.

    Args:
        what: what was named on the command line.
        found: the page, with the feeds that it offers.
        tell: told of each feed where nobody can be asked.

    Returns:
        The feed, or None for the page itself.

    Raises:
        Failure: nobody can be asked, or neither is wanted.
    """
    offers = found.offers[:MOST]
    if not may_ask():
        for offer in offers:
            tell(f"{what}: offers {_called(offer)}")
        raise Failure(what, "it offers feeds: say --feed to take the first, or --page to take the page itself")
    sys.stderr.write(f"{line(what)}: {line(detect.say(_bare(found)))}. It offers:\n")
    for number, offer in enumerate(offers, 1):
        sys.stderr.write(f"  {number}  {line(_called(offer))}\n")
    sys.stderr.write(f"  {_THE_PAGE}  the page itself\nWhich? [1] ")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    picked = answer.strip().lower()
    if picked == _THE_PAGE:
        return None
    if answer and not picked:
        return offers[0]
    if picked.isascii() and picked.isdecimal() and 1 <= int(picked) <= len(offers):
        return offers[int(picked) - 1]
    raise Failure(what, "nothing was chosen, and nothing added")


def _called(offer: Offer) -> str:
    return f"{offer.title}  {offer.url}" if offer.title else offer.url


def _bare(found: Found) -> Found:
    from dataclasses import replace

    return replace(found, offers=())
