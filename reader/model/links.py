"""The links of a text: where each begins, what it says, and where it leads."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from reader.model.document import Point
from reader.model.identity import canonical_url
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.document import Block

_OPENED: Final = ("http", "https", "mailto")
_PLAIN: Final = re.compile(r"https?://[!-\[\]-~]+")
"""What nearly every address is like: whole, and with nothing in it that could be taken for something else."""
_SAID: Final = 300
"""Characters of a link's text, and of a footnote's, at the most."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link, or a reference to a footnote.

    `leads` is the point of the same text that it leads to, `address` what it leads to outside of it.
    """

    point: Point
    text: str
    address: str = ""
    leads: Point | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """An address as a person must see it before it is opened.

    `host` is who is asked for it, empty where nobody can be: only web and mail addresses are opened. `user` is
    what stands before an @ and may look like a host. `whole` is the address, without what cannot be seen.
    """

    whole: str
    host: str = ""
    user: str = ""

    @property
    def is_web(self) -> bool:
        """Whether it is a page's."""
        return self.whole.startswith(("http://", "https://"))


def links(blocks: Sequence[Block], url: str = "") -> list[Link]:
    """Give the links of a text in order.

    Args:
        blocks: the text.
        url: its address, to which others in it may be relative.
    """
    found: list[Link] = []
    notes, headings = _notes(blocks), None
    for number, block in enumerate(blocks):
        spans = [span for span in block.spans if span.kind in ("link", "reference") and span.start < len(block.text)]
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            point, text = Point(number, span.start), " ".join(block.text[span.start : span.end].split())[:_SAID]
            if span.kind == "reference":
                at = notes.get(unicodedata.normalize("NFKC", text))
                if at is not None:
                    found.append(Link(point, " ".join(blocks[at].text.split())[:_SAID], leads=Point(at)))
            elif span.target:
                address = resolved(span.target, url)
                leads = None
                if (fragment := _inside(span.target, address, url)) is not None:
                    headings = _headings(blocks) if headings is None else headings
                    leads = headings.get(fragment)
                found.append(Link(point, text or address, address, leads))
    return found


def _notes(blocks: Sequence[Block]) -> dict[str, int]:
    """Give the block in which each footnote begins, by its number."""
    notes: dict[str, int] = {}
    for number, block in enumerate(blocks):
        if block.kind == "footnote" and block.marker:
            notes.setdefault(block.marker, number)
    return notes


def _headings(blocks: Sequence[Block]) -> dict[str, Point]:
    """Give where headings stand, by what their anchors are made of nearly everywhere."""
    named: dict[str, Point] = {}
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            named.setdefault(_letters(block.text), Point(number))
    return named


def _inside(target: str, address: str, url: str) -> str | None:
    """Give the name of a place of the same text that a link leads to, None if it leads elsewhere."""
    whole, _, fragment = address.partition("#")
    if fragment and (target.startswith("#") or (url and canonical_url(whole) == canonical_url(url))):
        return _letters(unquote(fragment))
    return None


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def resolved(target: str, url: str = "") -> str:
    """Give an address as browsers take it: what is relative joined to the text's own, backslashes as slashes."""
    if _PLAIN.fullmatch(target):
        return target
    target = "".join(char for char in target.strip() if char not in "\t\r\n")
    if target.partition(":")[0].lower() in ("http", "https"):
        before, mark, after = target.partition("?")
        target = before.replace("\\", "/") + mark + after
    try:
        joined = urljoin(url, target) if url else target
    except ValueError:
        joined = target
    return "".join(quote(char, errors="replace") if _unseen(char) else char for char in joined)


def _unseen(char: str) -> bool:
    return not char.isprintable() or char.isspace() or unicodedata.category(char)[0] in "CZ"


def address(whole: str) -> Address:
    """Read an address; one that cannot be opened has no host."""
    try:
        parts = urlsplit(whole)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        return Address(whole)
    if scheme not in _OPENED or not whole.isprintable() or not whole.lower().startswith(f"{scheme}:"):
        return Address(whole)
    if scheme == "mailto":
        user, at, domain = unquote(parts.path).partition("?")[0].strip(" ").rpartition("@")
        # Names, and several addresses, have spaces in them.
        seen = at and not any(map(_unseen, user.replace(" ", "") + domain))
        return Address(whole, domain.lower()) if seen else Address(whole)
    user, _, domain = parts.netloc.rpartition("@")
    if any(map(_unseen, user + domain)):
        return Address(whole)
    whole = f"{scheme}{whole[len(scheme) :]}"
    return Address(whole, f"{host}:{port}" if port is not None and host else host, user)
