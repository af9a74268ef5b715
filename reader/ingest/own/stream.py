"""JSON read bit by bit: one object whose lists may be longer than fits into memory."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any, Final, NoReturn

from reader.ingest.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MOST: Final = 64 << 20
"""Characters of one thing in a list: an article of which two texts of the longest are kept has fewer."""

_CHUNK: Final = 1 << 16
_SPACES: Final = " \t\n\r"
_REST: Final = 8
"""Characters that may follow a number that is cut off, as `.` or `e+`, and are not taken for a part of it."""


def _refuse(name: str) -> NoReturn:
    raise IngestError(f"{name} is no number of JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)


class Stream:
    """A file of JSON.

    Args:
        file: its bytes, from the beginning.

    Every method raises IngestError for what is no JSON, and for what is too large.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text, self._at, self._over = "", 0, False

    def members(self) -> Iterator[tuple[str, bool]]:
        """Give the name of each member of the object, and whether it is a list.

        Whoever walks takes what is there before going on, by `value` or `items`.
        """
        self._take("{")
        first = True
        while self._peek() != "}":
            if not first:
                self._take(",")
            first = False
            name = self.value()
            if not isinstance(name, str):
                raise IngestError("it is no JSON: a member has no name")
            self._take(":")
            yield name, self._peek() == "["
        self._take("}")
        if self._peek():
            raise IngestError("it is no JSON: something follows its end")

    def items(self) -> Iterator[Any]:
        """Give what is in a list, one after the other."""
        self._take("[")
        first = True
        while self._peek() != "]":
            if not first:
                self._take(",")
            first = False
            yield self.value()
        self._take("]")

    def value(self) -> Any:  # noqa: ANN401 -- whatever JSON holds
        """Give a whole value."""
        self._peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
            except IngestError:
                raise
            except RecursionError:
                raise IngestError("it is nested too deeply to be read") from None
            except json.JSONDecodeError as error:
                self._go_on(f"it is no JSON: {error.msg[:1].lower()}{error.msg[1:]}")
                continue
            except ValueError:
                raise IngestError("it has a number that is too long") from None
            # A number may go on in what is not read yet.
            if len(self._text) - end < _REST and not self._over and not isinstance(found, str | list | dict):
                self._more()
                continue
            self._at = end
            return found

    def _go_on(self, wrong: str) -> None:
        """Read on, since what is there may only be cut off; where nothing is left, it is wrong."""
        if len(self._text) - self._at > MOST:
            raise IngestError(f"one thing in it has more than {MOST >> 20} million characters, or {wrong}")
        if not self._more():
            raise IngestError(wrong)

    def _peek(self) -> str:
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACES:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _take(self, sign: str) -> None:
        found = self._peek()
        if found != sign:
            raise IngestError(f"it is no JSON, or cut off: {sign} is missing")
        self._at += 1

    def _more(self) -> bool:
        """Read on, twice as much each time as is waiting; tells whether there was anything."""
        if self._over:
            return False
        data = self._file.read(max(_CHUNK, len(self._text) - self._at))
        self._over = not data
        try:
            new = self._decoder.decode(data, final=self._over)
        except UnicodeDecodeError:
            raise IngestError("it is not in UTF-8") from None
        self._text, self._at = self._text[self._at :] + new, 0
        return not self._over
