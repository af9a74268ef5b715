"""Entries of one edition on their way in: which only repeat another, and by what each is told from the rest."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import astuple
from functools import cached_property
from typing import TYPE_CHECKING

from reader.model.identity import canonical_url, fingerprint
from reader.storage.likeness import is_front_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.article import Entry


class Coming:
    """An entry, and what is made of it when it is asked for; most are known and asked for little.

    Args:
        entry: the entry.
    """

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.guid = entry.guid
        self.text = entry.excerpt if entry.body is None else entry.body

    @cached_property
    def url_key(self) -> str | None:
        """Its address as it is compared, None when it has none."""
        return canonical_url(self.entry.url) if self.entry.url else None

    @cached_property
    def title_key(self) -> str:
        """Its headline as it is compared."""
        return fingerprint(self.entry.title)

    @cached_property
    def digest(self) -> bytes:
        """A digest of all that came."""
        entry = self.entry
        parts = (
            entry.title, entry.author, entry.section, entry.excerpt, entry.cut, "\n".join(entry.meta), entry.body,
            entry.markdown, entry.url, entry.guid, entry.published, entry.updated, "\n".join(entry.tags),
            entry.language, entry.image, entry.comments, *map(astuple, entry.enclosures),
        )  # fmt: skip
        data = "\0".join(map(str, parts)).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=16).digest()

    @property
    def identity(self) -> tuple[str | None, ...]:
        """Everything by which it is known; one of the same identity says the same again."""
        url, name = self.entry.url, self.url_key
        vague = self.guid is None and (url is None or name is None or "#" in url or is_front_page(name))
        return (self.guid, name, self.title_key, self.text if vague else None)


def prepared(entries: Sequence[Entry]) -> list[Coming | None]:
    """Prepare an edition: what repeats another is None, and a guid that several share is not believed.

    Of entries that are the same, the one that was updated last stays.
    """
    coming: list[Coming | None] = [Coming(entry) for entry in entries]
    guids = Counter(entry.guid for entry in entries)
    doubtful = [one for one in coming if one is not None and (one.guid is None or guids[one.guid] > 1)]
    chosen: dict[tuple[str | None, ...], Coming] = {}
    for one in doubtful:
        first = chosen.setdefault(one.identity, one)
        if _date(one.entry) > _date(first.entry):
            chosen[one.identity] = one
    staying = set(map(id, chosen.values()))
    repeating = {id(one) for one in doubtful if id(one) not in staying}
    left = Counter(one.guid for one in chosen.values())
    for one in chosen.values():
        if left[one.guid] > 1:
            one.guid = None
    return [None if id(one) in repeating else one for one in coming]


def _date(entry: Entry) -> int:
    moment = entry.updated if entry.updated is not None else entry.published
    return -(10**12) if moment is None else moment
