"""The lines of pages put together as paragraphs: running heads dropped, words mended that a line end parted."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EDGE: Final = 2
"""So many lines at the top and at the bottom of a page may be its running head or its number."""

LEAST_PAGES: Final = 3
RUNNING_SHARE: Final = 0.3
"""Left and right pages often have heads of their own, so that each stands on fewer than half of them."""

SHORT_SHARE: Final = 0.7
"""A line shorter than this share of the usual one is the last of its paragraph, or a heading."""

_DIGITS: Final = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"[\s\-–—|]*(?:page|seite|p\.)?\s*(?:\d{1,5}|[ivxlc]{1,7})(?:\s*(?:/|of|von)\s*\d{1,5})?[\s\-–—|]*", re.IGNORECASE
)
_HYPHEN: Final = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]\Z")
_ENDED: Final = re.compile(r"[.!?…:。！？؟][\"'”’»)\]]*\Z")
_ITEM: Final = re.compile(r"(?:[•▪◦‣·∙*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
_SPACES: Final = re.compile(r"\s+")


def paragraphs(pages: Iterable[str]) -> list[list[str]]:
    """Give the paragraphs of each page; one that goes on over a page's end stands on the page where it begins."""
    lines = [[_SPACES.sub(" ", line).strip() for line in page.splitlines()] for page in pages]
    inside = _without_running(lines)
    width = _usual_width(inside)
    texts: list[list[str]] = []
    last: list[str] = []
    for page in inside:
        own: list[str] = []
        for text in _joined(page, width):
            if not own and last and _goes_on(last[-1], text):
                last[-1] = _together(last[-1], text)
            else:
                own.append(text)
        texts.append(own)
        last = own or last
    return texts


def _without_running(pages: Sequence[list[str]]) -> list[list[str]]:
    """Drop what stands at the edge of many pages, and the numbers of pages."""
    bare = [_trimmed(page) for page in pages]
    seen = Counter(key for page in bare for key in {_key(line) for line in (*page[:EDGE], *page[-EDGE:])})
    often = max(LEAST_PAGES, len(bare) * RUNNING_SHARE)
    running = {key for key, count in seen.items() if count >= often}
    return [_without_edges(page, running) for page in bare]


def _without_edges(page: list[str], running: set[str]) -> list[str]:
    start, end = 0, len(page)
    for _ in range(EDGE):
        if start < end and _runs(page[start], running):
            start += 1
        if start < end and _runs(page[end - 1], running):
            end -= 1
    return _trimmed(page[start:end])


def _runs(line: str, running: set[str]) -> bool:
    return not line or _NUMBER.fullmatch(line) is not None or _key(line) in running


def _trimmed(page: list[str]) -> list[str]:
    """Drop the empty lines at both ends."""
    filled = [number for number, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _key(line: str) -> str:
    return _DIGITS.sub("#", line.casefold())


def _usual_width(pages: Sequence[Sequence[str]]) -> int:
    """Give the length that full lines have."""
    lengths = sorted(len(line) for page in pages for line in page if line)
    return lengths[len(lengths) * 3 // 4] if lengths else 0


def _joined(lines: Sequence[str], width: int) -> list[str]:
    """Join the lines of one page to paragraphs."""
    texts: list[str] = []
    parts: list[str] = []
    for line in lines:
        if parts and (not line or _ITEM.match(line) or _closes(parts[-1], line, width)):
            texts.append(_flowing(parts))
            parts = []
        if line:
            parts.append(line)
    return [*texts, _flowing(parts)] if parts else texts


def _closes(line: str, after: str, width: int) -> bool:
    """Tell whether a line is the last of its paragraph."""
    if _HYPHEN.search(line):
        return False
    short = len(line) < width * SHORT_SHARE
    return short and (_ENDED.search(line) is not None or not after[:1].islower())


def _flowing(parts: Sequence[str]) -> str:
    """Join lines; a word that a line end parted is one word again."""
    out: list[str] = []
    for line in parts:
        if out and _HYPHEN.search(out[-1]) and line[:1].islower():
            out[-1] = out[-1][:-1]
        elif out and not out[-1].endswith(("-", "\u2010")):
            out.append(" ")
        out.append(line)
    return "".join(out)


def _goes_on(before: str, text: str) -> bool:
    """Tell whether a paragraph at the top of a page goes on from the page before."""
    if _HYPHEN.search(before):
        return text[:1].islower()
    return _ENDED.search(before) is None and text[:1].islower()


def _together(before: str, text: str) -> str:
    return _flowing((before, text))
