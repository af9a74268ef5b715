"""A folder of Markdown files, one an article, kept in step: found by their ids, written only when they changed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.library.exporting.articles import MARKER
from reader.library.exporting.names import folded, named

if TYPE_CHECKING:
    from collections.abc import Iterator

Fate: TypeAlias = Literal["new", "changed", "unchanged", "left"]

ENDING: Final = ".md"

_HEAD: Final = 8192
_ID: Final = re.compile(rb"""^id: *["']?(\d{15})["']?[ \t\r]*$""", re.MULTILINE)
_FRONT: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_MARKER: Final = re.compile(rb"^" + re.escape(MARKER.encode()) + rb"[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


class Folder:
    """The folder; its files are looked through once.

    Files in folders of it count too, wherever the user put them and whatever the user called them. Nothing is
    ever deleted, and no file is touched that does not tell an article's id.

    Args:
        path: where it is; made if it is not there.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path.resolve()
        self._files: dict[int, Path] = {}
        self._taken: set[str] = set()
        for file in sorted(_files(self._path)):
            article = _article(file)
            if article is not None:
                self._files.setdefault(article, file)
        self._taken = {folded(one.name) for one in self._path.iterdir()}

    def put(self, article: int, title: str, text: str) -> tuple[Fate, Path]:
        """Write an article's file, if it is not as it should be.

        Args:
            article: its id.
            title: its headline, of which a new file gets its name.
            text: all of it, the marker at its end.

        Returns:
            What became of the file, and which it is: `left` tells that its marker is gone, so that nobody knows what
            of it is the user's.
        """
        path = self._files.get(article)
        old = _bytes(path) if path is not None else None
        if path is None or old is None:
            path = self._free(title, article)
            self._files[article] = path
            _write(path, text.encode("utf-8", "replace"))
            return "new", path
        found = _MARKER.search(old)
        if found is None:
            return "left", path
        new = text.encode("utf-8", "replace") + old[found.end() :]
        if new == old:
            return "unchanged", path
        _write(path, new)
        return "changed", path

    def _free(self, title: str, article: int) -> Path:
        stem, number = named(title, article), 1
        name = f"{stem}{ENDING}"
        while folded(name) in self._taken:
            again = f" {number}" if number > 1 else ""
            name, number = f"{stem} {article}{again}{ENDING}", number + 1
        self._taken.add(folded(name))
        return self._path / name


def _files(folder: Path) -> Iterator[Path]:
    """Give the Markdown files in a folder and its folders; links are not followed, nor hidden folders looked into."""
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(where, name) for name in names if name.lower().endswith(ENDING) and not name.startswith("."))


def _article(file: Path) -> int | None:
    """Give the id that a file's front matter tells, None where it tells none."""
    try:
        fd = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(fd, "rb") as opened, suppress(OSError):
        front = _FRONT.match(opened.read(_HEAD))
        told = _ID.search(front[1]) if front is not None else None
        return int(told[1]) if told is not None else None
    return None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    """Put a file in place whole; not synced, since it can be written again at any time."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    first = path.with_name(f".reader-{os.getpid()}.tmp")
    try:
        fd = os.open(first, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(fd, "wb") as file:
            file.write(data)
        first.replace(path)
    except BaseException:
        with suppress(OSError):
            first.unlink(missing_ok=True)
        raise
