"""The contents of an EPUB: which chapter is called how, and in which part of the book it stands."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from reader.ingest.books.box import local, words
from reader.ingest.errors import IngestError
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.books.box import Box, Node
    from reader.ingest.books.package import Package

MAX_LINES: Final = 20_000
_DEEPEST: Final = 12
_TITLE: Final = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents: its text, the file and the place in it, and the lines it is below."""

    title: str
    path: str
    fragment: str
    above: tuple[str, ...]


def read(box: Box, package: Package) -> tuple[Line, ...]:
    """Read the contents of a book; a book without any, or with broken ones, is read all the same."""
    for name, lines_of in ((package.nav, _from_nav), (package.ncx, _from_ncx)):
        if name is None:
            continue
        try:
            root = box.xml(name)
        except IngestError:
            continue
        folder = posixpath.dirname(name)
        lines: list[Line] = []
        for title, link, above in lines_of(root):
            path = _target(box, name, folder, link)
            if path and len(lines) < MAX_LINES:
                lines.append(Line(title, path, unquote(urlsplit(link).fragment), above))
        if lines:
            return tuple(lines)
    return ()


def _target(box: Box, name: str, folder: str, link: str) -> str | None:
    try:
        return name if link.startswith("#") else box.find(folder, link)
    except ValueError:
        return None


def _from_nav(root: Node) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Walk the contents of EPUB 3: lists within lists."""
    navs = [one for one in root.iter() if local(one) == "nav"]
    of_contents = [
        one for one in navs if any(key.endswith("type") and "toc" in value.split() for key, value in one.items())
    ]
    for nav in of_contents[:1] or navs[:1]:
        yield from _nav_items(nav, ())


def _nav_items(element: Node, above: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for child in element:
        if local(child) != "li":
            if local(child) not in {"a", "span"} and len(above) <= _DEEPEST:
                yield from _nav_items(child, above)
            continue
        label = next((one for one in child.iter() if local(one) in {"a", "span"}), None)
        title = words(label)[:_TITLE] if label is not None else ""
        link = label.get("href") or "" if label is not None else ""
        if link:
            yield title, link, above
        if len(above) < _DEEPEST:
            yield from _nav_items(child, (*above, title) if title else above)


def _from_ncx(root: Node) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Walk the contents of EPUB 2: points within points."""
    for one in root:
        if local(one) == "navMap":
            yield from _ncx_points(one, ())


def _ncx_points(element: Node, above: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for point in element:
        if local(point) != "navPoint":
            continue
        title = next((words(one)[:_TITLE] for one in point if local(one) == "navLabel"), "")
        link = next((one.get("src") or "" for one in point if local(one) == "content"), "")
        if link:
            yield title, link, above
        if len(above) < _DEEPEST:
            yield from _ncx_points(point, (*above, title) if title else above)
