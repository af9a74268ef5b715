"""Where code stands between fences in Markdown, and where else a text may be parted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

_EDGE: Final = re.compile(r"\n(?:\n(?=[^\s\d\-+*>|:~`])|(?=(?P<pad> {0,3})(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)))")


@dataclass(frozen=True, slots=True)
class Fence:
    """Code between fences.

    It is `text[start:end]`, with its fences; `info` is what the first of them says. Without a `pad`, the spaces
    before it, it is in nothing else.
    """

    start: int
    end: int
    pad: int
    info: str
    closed: bool

    def code(self, text: str) -> str:
        """Give the lines between the fences."""
        begun = text.find("\n", self.start, self.end) + 1 or self.end
        end = text.rfind("\n", begun - 1, self.end) if self.closed else self.end
        code = text[begun : max(begun, end)]
        return re.sub(rf"^ {{1,{self.pad}}}", "", code, flags=re.MULTILINE) if self.pad else code


def edges(text: str) -> Iterator[int | Fence]:
    """Give in order the places where a block begins that continues none, all fenced code, and the end."""
    opened: re.Match[str] | None = None
    for found in _EDGE.finditer("\n" + text):
        mark = found["fence"]
        if opened is None and mark is None:
            yield found.end() - 1
        elif opened is None:
            if mark[0] == "~" or "`" not in found["info"]:
                opened = found
                if not found["pad"]:
                    yield found.start()
        elif mark is not None and mark.startswith(opened["fence"]) and not found["info"].strip():
            yield _fence(opened, found.end("info") - 1, closed=True)
            opened = None
    if opened is not None:
        yield _fence(opened, len(text), closed=False)
    yield len(text)


def _fence(opened: re.Match[str], end: int, *, closed: bool) -> Fence:
    return Fence(opened.start(), end, len(opened["pad"]), opened["info"], closed)
