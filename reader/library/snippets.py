"""Where the words of a query stand in a text: a line or two around them, for the list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.ingest import sanitize
from reader.model.query.tokens import occurrences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.query import Words

ROOM: Final = 160
"""Characters of a snippet."""
_BEFORE: Final = 40
_READ: Final = 60_000
"""Characters of a text that are looked through at a time."""
_FIRST: Final = 1000
"""Characters of its beginning that are enough where one word is sought and is in them."""
_MOST: Final = 600_000

_MARKS: Final = re.compile(
    r"!?\[([^\]\n]{0,500})\]\([^)\s]{0,2000}(?:\s+\"[^\"\n]{0,500}\")?\)"
    r"|[*_`~|]{1,3}|\\(?=[!-/:-@\[-`{-~])|<[^>\n]{1,200}>"
)
_MARKED: Final = re.compile(r"[\[*_`~|\\<]")
_BEGUN: Final = re.compile(r"\s{0,3}(?:#{1,6}|>|[-*+]|\d{1,4}[.)])(?=\s)")
"""What Markdown has at the beginning of a line."""


def snippet(text: str, words: Sequence[Words], *, markdown: bool, room: int = ROOM) -> str:
    """Give the part of a text that has most of the words, empty when it has none; no word is cut.

    Args:
        text: the text.
        words: what was searched for.
        markdown: whether the text is Markdown, whose marks are left out.
        room: how many characters there is room for.
    """
    if len(words) == 1 and (blank := text.rfind(" ", 0, _FIRST)) > 0 and len(text) > _FIRST:
        plain = _plain(text[:blank], markdown=markdown)
        if found := occurrences(plain, words):
            # What is added tells that the text goes on.
            return sanitize.line(_window(f"{plain} …", found, room, begun=False, words=1), len(plain) + 2)
    for start in range(0, min(len(text), _MOST), _READ):
        # A little more is read than the step, lest a phrase be parted.
        part = text[start : start + _READ + ROOM]
        plain = _plain(part, markdown=markdown)
        found = occurrences(plain, words)
        if found:
            return sanitize.line(_window(plain, found, room, begun=start > 0, words=len(words)), len(plain))
    return ""


def _plain(text: str, *, markdown: bool) -> str:
    if markdown:
        text = "\n".join(map(_unmarked, text.split("\n")))
    return " ".join(text.split())


def _unmarked(line: str) -> str:
    """Leave out the marks of Markdown in a line."""
    mark = _BEGUN.match(line)
    if mark is not None:
        line = line[mark.end() :]
    return _MARKS.sub(lambda mark: mark[1] or "", line) if _MARKED.search(line) else line


def _window(text: str, found: Sequence[tuple[int, int]], room: int, *, begun: bool, words: int) -> str:
    """Give the first stretch in which most of the words are, a little before the first of them."""
    best, most = 0, 0
    last = 0
    for first, (start, _) in enumerate(found):
        last = max(last, first)
        while last + 1 < len(found) and found[last + 1][1] - start <= room - _BEFORE:
            last += 1
        different = len({text[one:other].casefold() for one, other in found[first : last + 1]})
        if different > most:
            best, most = first, different
        if most >= words:
            break
    start = found[best][0]
    begin = max(0, min(start - _BEFORE, len(text) - room))
    if begin:
        blank = text.find(" ", begin, start)
        begin = blank + 1 if blank >= 0 else start
    end = min(len(text), max(begin + room, found[best][1]))
    if end < len(text):
        blank = text.rfind(" ", found[best][1], end + 1)
        end = blank if blank >= 0 else end if text[end - 1 : end + 1].isspace() else _word_end(text, found[best][1])
    return f"{'… ' if begin or begun else ''}{text[begin:end].strip()}{' …' if end < len(text) else ''}"


def _word_end(text: str, at: int) -> int:
    blank = text.find(" ", at)
    return len(text) if blank < 0 else blank
