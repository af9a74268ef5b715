"""What may stand at the cursor of a query: fields first, then what they may hold."""

from __future__ import annotations

import re
from dataclasses import field as attribute
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reader.model.query.fields import FIELDS, HAS, SORTS, STATES, TEXTS
from reader.model.query.holding import Holding
from reader.model.query.lexing import BARE
from reader.model.query.parsing import LONGEST
from reader.model.query.printing import as_value
from reader.model.query.tokens import has_words, tokens
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST: Final = 20
"""Completions that are given."""

_LOOKED: Final = 50_000
"""Names that are looked through for one that holds what is typed …"""
_GUESSED: Final = 2_000
"""… and for one that is meant though it was mistyped."""
_LIKE: Final = 65.0

_STATES: Final[dict[str, str]] = {
    "unread": "not read yet", "read": "read", "bookmarked": "bookmarked", "noted": "with a note of yours",
    "highlighted": "with a highlight of yours", "started": "begun and not finished", "finished": "read to the end",
    "offline": "fetched whole", "tagged": "with a tag of yours", "hidden": "hidden by a rule",
}  # fmt: skip
_SORTS: Final[dict[str, str]] = {
    "newest": "newest first", "oldest": "oldest first", "shortest": "shortest first", "longest": "longest first",
    "title": "by title", "author": "by author", "source": "by source", "relevance": "best found first",
    "page": "as on the page",
}  # fmt: skip
_PAST: Final[dict[str, str]] = {
    "today": "", "yesterday": "", "3d": "three days ago", "1w": "a week ago", "1m": "a month ago", "1y": "a year ago",
}  # fmt: skip
_FIXED: Final[dict[str, Mapping[str, str]]] = {
    "is": {state: _STATES[state] for state in STATES},
    "sort": {sort: _SORTS[sort] for sort in sorted(SORTS, key=list(_SORTS).index)},
    "has": {thing: f"with {'an' if thing[0] in 'aeiou' else 'a'} {thing}" for thing in HAS},
    "before": _PAST, "after": _PAST, "on": _PAST,
    "minutes": {"<5": "less than 5 minutes", "<10": "less than 10", "5-15": "from 5 to 15", ">20": "more than 20"},
}  # fmt: skip

NAMED: Final = ("tag", "source", "author", "section", "folder")
"""The fields that hold names of the library."""

_IN_QUOTES: Final = re.compile(r'(?:^|[\s()|-])([A-Za-z]+):"([^"]*)$')
_IN_WORD: Final = re.compile(r'(?:[A-Za-z]+:)?[^\s()|"“”„]*$')
_RULED_OUT: Final = re.compile(r"(?:^|[\s()|-])NOT[\s-]*$")
_SO_FAR: Final = re.compile(r"(-*)(?:([A-Za-z]+):)?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Completion:
    """A text to put in place of what stands from `start` to `end`; `hint` says what it is."""

    start: int
    end: int
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that there are in a library, those wanted most first."""

    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    _holding: dict[str, Holding] = attribute(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, field: str) -> tuple[str, ...]:
        """Give the names that a field may hold."""
        return {
            "author": self.authors, "tag": self.tags, "source": self.sources, "section": self.sections,
            "folder": self.folders,
        }.get(field, ())  # fmt: skip

    def begun(self, field: str, begun: str) -> list[str]:
        """Give the names that a field may hold and that hold what was typed, those first that begin so."""
        holding = self._holding.get(field)
        if holding is None:
            holding = self._holding[field] = Holding(self.of(field)[:_LOOKED])
        return holding.holding(begun, MOST)

    def prepared(self) -> Known:
        """Do beforehand what would hold up the first key: this takes a moment, so call it off the UI thread."""
        for one in NAMED:
            self.begun(one, "")
            tuple(_guessed("", self.of(one)[:_GUESSED]))
        return self


def complete(text: str, cursor: int, known: Known) -> list[Completion]:
    """Give what may be put at the cursor, the likeliest first: fields, then values."""
    cursor = max(0, min(cursor, len(text)))
    before, after = text[:cursor], text[cursor:]
    if quoted := _IN_QUOTES.search(before):
        start, field, written, dashed = quoted.start(1), quoted[1].lower(), quoted[2], quoted[0].startswith("-")
        closed = after.find('"')
        end = cursor if closed < 0 else cursor + closed + 1
    elif before.count('"') % 2 or before.endswith('"'):
        return []  # words between quotes, or the end of a value in quotes
    else:
        word = _IN_WORD.search(before)
        so_far = _SO_FAR.match(word[0] if word else "")
        if word is None or so_far is None:
            return []
        start, dashed = word.start() + len(so_far[1]), bool(so_far[1])
        field, written = (so_far[2] or "").lower(), so_far[3]
        rest = BARE.match(after)
        end = cursor + (rest.end() if rest else 0)
    if field and field not in FIELDS:
        return []
    dashed = dashed or _RULED_OUT.search(text[:start]) is not None
    found: dict[str, str] = {}
    for name, hint in _values(field, written, known) if field else _starts(written, known):
        if not (dashed and name.startswith("sort:")) and name != text[start:end]:
            found.setdefault(name, hint)
    room = LONGEST - len(text) + end - start
    return [Completion(start, end, name, hint) for name, hint in found.items() if len(name) <= room][:MOST]


def _starts(written: str, known: Known) -> Iterator[tuple[str, str]]:
    """Give the fields that begin so, then the whole tests whose value does."""
    begun = written.lower()
    for field, hint in FIELDS.items():
        if field.startswith(begun):
            yield f"{field}:", hint
    if len(begun) < 2:
        return
    for field in ("is", "sort"):
        yield from ((f"{field}:{value}", hint) for value, hint in _FIXED[field].items() if value.startswith(begun))
    for field in NAMED:
        for name in known.begun(field, begun)[:3]:
            yield from _test(field, name, field)
    from reader.model.query.nearest import near_field

    if near := near_field(begun, FIELDS):
        yield f"{near}:", FIELDS[near]


def _values(field: str, written: str, known: Known) -> Iterator[tuple[str, str]]:
    """Give the tests of a field whose value begins so, or is like it."""
    begun = written.casefold().strip()
    fixed = _FIXED.get(field, {})
    if begun not in fixed:
        for value in _meant(begun, Holding(tuple(fixed)).holding(begun, MOST), tuple(fixed)):
            yield f"{field}:{value}", fixed[value]
    for name in _meant(begun, known.begun(field, begun), known.of(field)):
        yield from _test(field, name, field)


def _test(field: str, name: str, hint: str) -> Iterator[tuple[str, str]]:
    # What cannot be shown in a line is not offered, nor what no query finds.
    name = name.strip()
    if name and name.isprintable() and (field not in TEXTS or field == "source" or has_words(name)):
        yield f"{field}:{as_value(name)}", hint


def _meant(begun: str, found: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Give what was found, then names that are like what was written."""
    yield from found
    if len(begun) >= 3 and len(found) < MOST:
        yield from _guessed(begun, names[:_GUESSED])


def _guessed(begun: str, names: Sequence[str]) -> Iterator[str]:
    """Give the names that are like what was written."""
    from rapidfuzz import fuzz, process

    matched = process.extract(begun, names, scorer=fuzz.WRatio, processor=_folded, score_cutoff=_LIKE, limit=5)
    for name, _, _ in matched:
        yield name


@lru_cache(maxsize=4 * _GUESSED)
def _folded(name: str) -> str:
    return " ".join(tokens(name))
