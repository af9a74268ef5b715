"""A disk without a memory of what was not synced: what a power cut at any moment leaves of a folder.

What a program does to files is taken down as it does it. Afterwards the disk is asked for what may be on it
if the power had failed before any of the calls: bytes and lengths that were not synced may be lost, wholly
or from some byte on; names that were not synced, by syncing their folder, may be lost from some change on.
Files are independent of each other, and of names: no file system promises less.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from tests.faults.calls import Calls

if TYPE_CHECKING:
    from collections.abc import Iterator

Fate: TypeAlias = Literal["kept", "lost", "torn", "blank"]
"""What becomes of that which was not synced: all is kept (as after a kill), all is lost, it is torn somewhere, or its
length is kept and its bytes are nought."""

Contents: TypeAlias = dict[str, bytes | None]
"""Files and folders by their names under the root; None for a folder."""

FOLDER = 0


@dataclass
class _File:
    """A file: what is safe, and the changes that wait to be."""

    safe: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def now(self) -> bytes:
        return _changed(self.safe, self.waiting)

    def after(self, fate: Fate, dice: random.Random) -> bytes:
        if fate == "lost" or not self.waiting:
            return self.safe
        if fate == "kept":
            return self.now()
        number = dice.randrange(len(self.waiting))
        done, (offset, data) = self.waiting[:number], self.waiting[number]
        if data is None:
            return _changed(self.safe, self.waiting[: number + dice.randrange(2)])
        share = dice.randint(0, len(data))
        if fate == "torn":
            return _changed(self.safe, [*done, (offset, data[:share])])
        # The length came before the bytes.
        return _changed(self.safe, [*done, (offset, data[:share] + bytes(len(data) - share))])


def _changed(before: bytes, changes: list[tuple[int, bytes | None]]) -> bytes:
    data = bytearray(before)
    for offset, new in changes:
        if len(data) < offset:
            data.extend(bytes(offset - len(data)))
        if new is None:
            del data[offset:]
        else:
            data[offset : offset + len(new)] = new
    return bytes(data)


@dataclass
class _Folder:
    """A folder: the names that are safe, and the changes that wait to be."""

    safe: dict[str, int] = field(default_factory=dict)
    waiting: list[tuple[str, str, int]] = field(default_factory=list)

    def after(self, fate: Fate, dice: random.Random) -> dict[str, int]:
        number = {"lost": 0, "kept": len(self.waiting)}.get(fate)
        number = dice.randint(0, len(self.waiting)) if number is None else number
        names = dict(self.safe)
        for old, new, file in self.waiting[:number]:
            names.pop(old, None)
            if new:
                names[new] = file
        return names


class Platter:
    """What is on the disk and what waits to be, after some of the calls."""

    def __init__(self, found: Contents) -> None:
        self.files: dict[int, _File] = {}
        self.folders: dict[str, _Folder] = {"": _Folder()}
        for name, data in sorted(found.items()):
            folder, _, last = name.rpartition("/")
            number = FOLDER
            if data is None:
                self.folders[name] = _Folder()
            else:
                number = len(self.files) + 1
                self.files[number] = _File(data)
            self.folders[folder].safe[last] = number

    def after(self, fate: Fate, dice: random.Random) -> Contents:
        """Give what a power cut leaves."""
        found: Contents = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            for name, number in self.folders[folder].after(fate, dice).items():
                path = f"{folder}/{name}" if folder else name
                if number == FOLDER:
                    folders.append(path)
                    found[path] = None
                else:
                    found[path] = self.files[number].after(fate, dice)
        return found


class Disk(Calls):
    """Takes down what is done to the files under a folder.

    Args:
        root: the folder; what is in it already is taken to be safe.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._before = contents(root)
        self._steps: list[tuple[Any, ...]] = []
        names = sorted(name for name, data in self._before.items() if data is not None)
        self._numbers = {name: number for number, name in enumerate(names, 1)}
        self._files = len(names)
        self._by_fd: dict[int, int] = {}

    def note(self, what: object) -> None:
        """Take down something that is known from here on."""
        self._steps.append(("note", what))

    @property
    def now(self) -> Contents:
        """What is in the folder after all calls, as it was taken down."""
        *_, (platter, _) = self.moments()
        return platter.after("kept", random.Random())

    def moments(self) -> Iterator[tuple[Platter, list[Any]]]:
        """Go through the moments at which the power may fail: before the first call, and after each.

        Yields:
            The disk then, the same object each time, and what was noted until then.
        """
        platter, noted = Platter(self._before), list[Any]()
        yield platter, noted
        for kind, *what in self._steps:
            if kind == "note":
                noted.append(what[0])
            else:
                _DO[kind](platter, *what)
            yield platter, noted

    def _name(self, path: str) -> str:
        return "" if path == self.root else os.path.relpath(path, self.root)

    def _add(self, kind: str, *what: Any) -> None:
        self._steps.append((kind, *what))

    def opened(self, fd: int, path: str, flags: int, *, new: bool) -> None:
        name = self._name(path)
        if Path(path).is_dir():
            return
        if new:
            self._files += 1
            self._numbers[name] = self._files
            self._add("name", *_parted(name), self._files)
        elif flags & os.O_TRUNC:
            self._add("change", self._numbers[name], 0, None)
        self._by_fd[fd] = self._numbers[name]

    def closed(self, fd: int) -> None:
        self._by_fd.pop(fd, None)

    def wrote(self, fd: int, offset: int, data: bytes) -> None:
        self._add("change", self._by_fd[fd], offset, data)

    def cut(self, path: str, size: int) -> None:
        self._add("change", self._numbers[self._name(path)], size, None)

    def synced(self, path: str) -> None:
        name = self._name(path)
        if Path(path).is_dir():
            self._add("sync names", name)
        else:
            self._add("sync", self._numbers[name])

    def renamed(self, old: str, new: str) -> None:
        (folder, first), (other, second) = _parted(self._name(old)), _parted(self._name(new))
        assert folder == other, "a file moves to another folder"
        number = self._numbers.pop(self._name(old))
        self._numbers[self._name(new)] = number
        self._add("rename", folder, first, second, number)

    def removed(self, path: str) -> None:
        name = self._name(path)
        self._numbers.pop(name, None)
        self._add("rename", *_parted(name), "", FOLDER)

    def folder_made(self, path: str) -> None:
        self._add("folder", *_parted(self._name(path)))


def _parted(name: str) -> tuple[str, str]:
    folder, _, last = name.rpartition("/")
    return folder, last


def _named(platter: Platter, folder: str, name: str, number: int) -> None:
    platter.files[number] = _File()
    platter.folders[folder].waiting.append(("", name, number))


def _folder(platter: Platter, folder: str, name: str) -> None:
    platter.folders[f"{folder}/{name}" if folder else name] = _Folder()
    platter.folders[folder].waiting.append(("", name, FOLDER))


def _renamed(platter: Platter, folder: str, old: str, new: str, number: int) -> None:
    platter.folders[folder].waiting.append((old, new, number))


def _changing(platter: Platter, number: int, offset: int, data: bytes | None) -> None:
    platter.files[number].waiting.append((offset, data))


def _synced(platter: Platter, number: int) -> None:
    file = platter.files[number]
    file.safe, file.waiting = file.now(), []


def _names_synced(platter: Platter, name: str) -> None:
    folder = platter.folders[name]
    folder.safe, folder.waiting = folder.after("kept", random.Random()), []


_DO = {
    "name": _named,
    "folder": _folder,
    "rename": _renamed,
    "change": _changing,
    "sync": _synced,
    "sync names": _names_synced,
}


def contents(root: Path) -> Contents:
    """Give what is in a folder."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in sorted(root.rglob("*"))
    }


def put(root: Path, found: Contents) -> None:
    """Make a folder that holds this."""
    root.mkdir(parents=True)
    for name, data in sorted(found.items()):
        path = root / name
        if data is None:
            path.mkdir()
        else:
            path.write_bytes(data)
