"""The parts of code that are drawn in a colour: keywords, strings, comments, numbers and names that are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.widgets.languages import language_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def parts(text: str, name: str) -> Iterator[tuple[int, int, str]]:
    """Give the coloured parts of some code in order: where each begins and ends, and its style.

    Args:
        text: the code.
        name: its language, by any of its names; nothing is coloured where it is not known.
    """
    known = language_of(name)
    if not known:
        return
    language, pattern = parts_of(known)
    for found in pattern.finditer(text):
        start, end = found.span()
        kind = found.lastgroup
        if kind == "word":
            kind = _word(text, start, end, language.keywords, language.folded, tags=known == "html")
        if kind:
            yield start, end, f"code-{kind}"


def _word(text: str, start: int, end: int, keywords: frozenset[str], folded: bool, *, tags: bool) -> str:
    word = text[start:end]
    if tags:
        return "keyword" if text[max(0, start - 2) : start].endswith(("<", "</")) else ""
    if (word.casefold() if folded else word) in keywords:
        return "keyword"
    return "name" if text[end : end + 1] == "(" else ""
