"""Values of JSON held against what they must be; what is wrong is told with the place where it stands."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from reader.ingest.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY: Final = 100_000
"""Notes, highlights, tags and the like of one article, at the most."""

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_ID: Final = re.compile(r"[1-9][0-9]{14}")


class Thing:
    """An object of JSON.

    Args:
        value: what should be one.
        where: its place in the file, as in `articles[3].highlights[0]`.

    Every method takes the name of a member; one that is missing or null is as if it were empty. They raise
    IngestError, with the place, for a member that is something else.
    """

    def __init__(self, value: Any, where: str) -> None:  # noqa: ANN401 -- whatever JSON holds
        self.where = where
        if not isinstance(value, dict):
            raise IngestError(f"{where} must be an object")
        self._value: dict[str, Any] = value

    def wrong(self, name: str, must: str) -> IngestError:
        """Make the error that tells what a member must be."""
        return IngestError(f"{self.where}.{name} must be {must}")

    def text(self, name: str) -> str:
        """Give a text."""
        found = self._value.get(name)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise self.wrong(name, "a text")
        # Half of a character that JSON writes in two halves.
        return found if found.isascii() else found.encode("utf-8", "replace").decode()

    def has(self, name: str) -> bool:
        """Tell whether a member is there and not null."""
        return self._value.get(name) is not None

    def number(self, name: str, most: int) -> int | None:
        """Give a whole number from 0 on, None where it is missing."""
        found = self._value.get(name)
        if found is None:
            return None
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= most:
            raise self.wrong(name, f"a whole number from 0 to {most:,}")
        return found

    def share(self, name: str) -> float:
        """Give a number between 0 and 1."""
        found = self._value.get(name, 0)
        if not isinstance(found, int | float) or isinstance(found, bool) or not 0 <= found <= 1:
            raise self.wrong(name, "a number from 0 to 1")
        return float(found)

    def flag(self, name: str) -> bool | None:
        """Give true or false, None where it is missing."""
        found = self._value.get(name)
        if found is not None and not isinstance(found, bool):
            raise self.wrong(name, "true or false")
        return found

    def moment(self, name: str) -> str:
        """Give a time, as in `2026-11-22T08:30:00Z`, empty where it is missing."""
        found = self.text(name)
        if found:
            self._moment(name, found)
        return found

    def seconds(self, name: str) -> int | None:
        """Give a time in seconds since 1970, None where it is missing."""
        found = self.text(name)
        return int(self._moment(name, found).timestamp()) if found else None

    def _moment(self, name: str, text: str) -> datetime:
        if _MOMENT.fullmatch(text):
            with suppress(ValueError):
                return datetime.fromisoformat(text)
        raise self.wrong(name, "a time such as 2026-11-22T08:30:00Z")

    def article(self, name: str) -> int:
        """Give an article's id: a text of 15 digits."""
        found = self.text(name)
        if not _ID.fullmatch(found):
            raise self.wrong(name, "an id: a text of 15 digits")
        return int(found)

    def texts(self, name: str) -> list[str]:
        """Give a list of texts."""
        found = self._list(name)
        if not all(isinstance(one, str) for one in found):
            raise self.wrong(name, "a list of texts")
        return [one.encode("utf-8", "replace").decode() for one in found]

    def things(self, name: str) -> Iterator[Thing]:
        """Give a list of objects."""
        for number, one in enumerate(self._list(name)):
            yield Thing(one, f"{self.where}.{name}[{number}]")

    def thing(self, name: str) -> Thing | None:
        """Give an object, None where it is missing."""
        found = self._value.get(name)
        return None if found is None else Thing(found, f"{self.where}.{name}")

    def names(self) -> Iterator[str]:
        """Give the names of its members."""
        if len(self._value) > MANY:
            raise IngestError(f"{self.where} has more than {MANY:,} members")
        yield from self._value

    def _list(self, name: str) -> list[Any]:
        found = self._value.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise self.wrong(name, "a list")
        if len(found) > MANY:
            raise self.wrong(name, f"of {MANY:,} at the most")
        return found
