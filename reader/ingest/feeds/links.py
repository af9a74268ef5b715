"""The addresses in a feed: made absolute by the rules, http and https only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WEB: Final = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_BROKEN: Final = re.compile("[\t\r\n]+")


def absolute(address: object, base: str = "") -> str | None:
    """Make an address absolute.

    Args:
        address: as a feed has it.
        base: what it is relative to.

    Returns:
        The address, None unless it is one of a web page or file.
    """
    if not isinstance(address, str):
        return None
    address = _BROKEN.sub("", address.strip())
    if not address:
        return None
    if not _WEB.match(address) or "[" in address:
        try:
            address = urljoin(base or "https:", address)
        except ValueError:
            return None
        if not _WEB.match(address):
            return None
    return address.replace(" ", "%20").replace("\\", "/")


def rel(raw: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """Give the links of an entry or a feed that stand in a certain relation to it."""
    links = raw.get("links")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and dict.get(link, "rel") == name and dict.get(link, "href"):
            yield link
