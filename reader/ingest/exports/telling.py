"""Which program's export bytes are, told by how they begin: cheap, since every file is asked."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

Program: TypeAlias = Literal[
    "pocket", "pocket-html", "instapaper", "readwise", "reader", "wallabag", "wallabag-csv", "bookmarks",
    "urls",
]  # fmt: skip

HEAD: Final = 4096
"""Bytes that tell what a file is."""

DATABASE: Final = b"SQLite format 3\x00"

_COLUMNS: Final[tuple[tuple[Program, frozenset[str]], ...]] = (
    ("pocket", frozenset({"title", "url", "time_added"})),
    ("instapaper", frozenset({"url", "title", "selection", "folder"})),
    ("reader", frozenset({"title", "url", "document tags", "saved date"})),
    ("readwise", frozenset({"highlight", "book title"})),
    ("wallabag-csv", frozenset({"title", "url", "content", "tags", "mime type"})),
)
_ENTRY: Final = re.compile(r'\[\s*\{(?=.*"is_archived"\s*:)', re.DOTALL)
_NETSCAPE: Final = re.compile(r"<!DOCTYPE\s+NETSCAPE-Bookmark-file-1", re.IGNORECASE)
_POCKET: Final = re.compile(r"<title>\s*Pocket Export\s*</title>|<a href=\"[^\"<>]*\" time_added=\"\d", re.IGNORECASE)
_URL: Final = r"(?:https?|feed|file|ftp)://"
_RUN: Final = r"(?:exec|filter|query):"
_ADDRESS: Final = re.compile(
    rf'\s*(?:"(?:{_URL}|{_RUN})(?:[^"\\]|\\.)*+"|(?:{_URL}|{_RUN})[^\s"]+)(?P<tags>\s+\S.*)?+\s*'
)


def program(data: bytes, name: str = "") -> Program | None:
    """Tell which program's export bytes are; None for all else.

    Args:
        data: the bytes, or at least the first of them.
        name: what the file is called: newsboat's list of feeds without any tag is told from a text by it only.
    """
    head = data[:HEAD].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        return "bookmarks" if _NETSCAPE.match(head) else "pocket-html" if _POCKET.search(head) else None
    if head.startswith("["):
        return "wallabag" if _ENTRY.match(head) else None
    return _table(head) or ("urls" if _is_urls(data, name) else None)


def is_database(data: bytes) -> bool:
    """Tell whether bytes are of a SQLite file, which is read from where it lies and never whole."""
    return data.startswith(DATABASE)


def delimiter(line: str) -> str:
    """Give what parts the columns of a table, by its first line."""
    return max(",;\t", key=line.count)


def columns(line: str) -> list[str]:
    """Give the names of the columns that a first line has, folded."""
    if not 0 < len(line) < HEAD or not any(mark in line for mark in ",;\t"):
        return []
    import csv

    try:
        names = next(csv.reader([line], delimiter=delimiter(line)), [])
    except csv.Error:
        return []
    return [name.strip().casefold() for name in names]


def _table(head: str) -> Program | None:
    names = frozenset(columns(head.partition("\n")[0].rstrip("\r")))
    return next((program for program, wanted in _COLUMNS if wanted <= names), None)


def _is_urls(data: bytes, name: str) -> bool:
    """Tell whether it is newsboat's list: every line is an address, and what only newsboat writes is there."""
    if len(data) > 1 << 20:
        return False
    lines = [line for line in data.decode("utf-8", "replace").splitlines() if line.strip()]
    said = [line for line in lines if not line.lstrip().startswith("#")]
    found = [_ADDRESS.fullmatch(line) for line in said[:20_000]]
    if not found or not all(found):
        return False
    tagged = any(
        one and (one["tags"] or one[0].lstrip(' "').startswith(("exec:", "filter:", "query:"))) for one in found
    )
    return tagged or name == "urls"
