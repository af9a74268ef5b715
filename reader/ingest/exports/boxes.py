"""Exports of several files, as a zip archive or unpacked in a folder: Omnivore's and Pocket's.

Omnivore's has `metadata_0_to_20.json` and on, `content/SLUG.html` and `highlights/SLUG.md` (github.com/omnivore-app/
omnivore, packages/api/src/jobs/export.ts). Pocket's has `part_000000.csv` and on, and `annotations/part_000000.json`: a
list of articles with `url`, `title` and `highlights` of `quote` and `created_at` (github.com/Pocket/pocket-monorepo,
lambdas/account-data-deleter, exports of annotations).
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.ingest.errors import IngestError
from reader.ingest.exports import later, omnivore, wallabag
from reader.ingest.exports.making import Made
from reader.ingest.exports.moments import moment
from reader.model.saved import Quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ingest.found import Found

MEMBERS: Final = 100_000
MAX_DIRECTORY: Final = 16 * 1024 * 1024
MAX_MEMBER: Final = 64 * 1024 * 1024
MAX_READ: Final = 256 * 1024 * 1024
MAX_RATIO: Final = 200

_SMALL: Final = 1024 * 1024
_BOMB: Final = "it is an archive that unpacks to far more than an export would: it is not opened"
_DAMAGED: Final = "it is a damaged archive: get it again"
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,
)
"""What Python's own reader of archives raises for those that are damaged."""
_END: Final = b"PK\x05\x06"
_POCKET: Final = re.compile(r"part_\d{1,9}\.csv")
_ANNOTATIONS: Final = re.compile(r"annotations/part_\d{1,9}\.json")


def zipped(data: bytes) -> Found | None:
    """Read an archive; None when it is no export.

    Raises:
        IngestError: it is one, and cannot be read.
    """
    if b"application/epub+zip" in data[:200] or not (b"metadata_" in data or b"part_" in data):
        return None
    box = _Zip(data)
    return _read(box.names, box.read)


def in_folder(path: str) -> Found | None:
    """Read a folder; None when it is no export.

    Raises:
        IngestError: it is one, and cannot be read.
    """
    folder = _Folder(Path(path))
    return _read(folder.names, folder.read)


def is_export(path: str) -> bool:
    """Tell whether a folder is an unpacked export, by the names of its files."""
    try:
        return any(omnivore.METADATA.fullmatch(name) or _POCKET.fullmatch(name) for name in os.listdir(path))  # noqa: PTH208 -- names alone
    except OSError:
        return False


def _read(names: list[str], read: Callable[[str], bytes]) -> Found | None:
    """Read an export by the names of its files, as they stand below the folder that may hold all of them."""
    top = next((name[: -len(name.rpartition("/")[2])] for name in sorted(names, key=len) if _is_first(name)), None)
    if top is None:
        return None
    inside = {name[len(top) :]: name for name in names if name.startswith(top)}
    if any(omnivore.METADATA.fullmatch(name) for name in inside):
        return omnivore.read(inside, read)
    made = Made(later.POCKET)
    for short in sorted(filter(_POCKET.fullmatch, inside)):
        later.pocket_rows(made, read(inside[short]), short)
    for short in sorted(filter(_ANNOTATIONS.fullmatch, inside)):
        _annotations(made, short, wallabag.listed(read(inside[short]), short))
    return made.found()


def _is_first(name: str) -> bool:
    bare = name.rpartition("/")[2]
    return omnivore.METADATA.fullmatch(bare) is not None or _POCKET.fullmatch(bare) is not None


def _annotations(made: Made, name: str, told: list[object]) -> None:
    for number, one in enumerate(told, 1):
        place = f"{name} article {number:,}"
        highlights = one.get("highlights") if isinstance(one, dict) else None
        if not isinstance(one, dict) or not isinstance(highlights, list):
            made.leave(place, "it has no highlights")
            continue
        for quoted in highlights:
            if isinstance(quoted, dict) and (text := wallabag.text(quoted, "quote")):
                passage = Quoted(text, wallabag.text(quoted, "note"), at=moment(quoted.get("created_at")))
                made.highlight(wallabag.text(one, "url"), place, wallabag.text(one, "title"), passage)


class _Zip:
    """A zip archive: every read bounded, nothing written to disk, no name believed."""

    def __init__(self, data: bytes) -> None:
        end = data.rfind(_END, max(0, len(data) - 66_000))
        size = int.from_bytes(data[end + 12 : end + 16], "little")
        if end < 0 or size > MAX_DIRECTORY:
            raise IngestError(_DAMAGED if end < 0 else _BOMB)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise IngestError(_DAMAGED) from error
        infos = self._archive.infolist()
        if len(infos) > MEMBERS:
            raise IngestError(_BOMB)
        self._infos = {info.filename: info for info in infos if not info.filename.endswith("/")}
        self._left = MAX_READ

    @property
    def names(self) -> list[str]:
        """The names of all files inside."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """Give the bytes of one file."""
        info = self._infos[name]
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise IngestError(_BOMB)
        most = min(MAX_MEMBER, self._left)
        try:
            with self._archive.open(info) as file:
                data = file.read(most + 1)
        except _BROKEN as error:
            raise IngestError(f"{name[:100]}: {_DAMAGED}") from error
        if len(data) > most:
            raise IngestError(_BOMB)
        self._left -= len(data)
        return data


class _Folder:
    """A folder with an unpacked export: its own files and those one level below, no link followed."""

    def __init__(self, path: Path) -> None:
        self._path, self._left = path, MAX_READ
        self.names: list[str] = []
        for place, folders, files in os.walk(path):
            here = Path(place).relative_to(path)
            if len(here.parts) >= 1:
                folders.clear()
            self.names += [str(here / name) for name in files if not (Path(place) / name).is_symlink()]
            if len(self.names) > MEMBERS:
                raise IngestError(f"it has more than {MEMBERS:,} files, too many for an export")

    def read(self, name: str) -> bytes:
        """Give the bytes of one file."""
        most = min(MAX_MEMBER, self._left)
        try:
            with (self._path / name).open("rb") as file:
                data = file.read(most + 1)
        except OSError as error:
            raise IngestError(f"{name}: {error.strerror}") from error
        if len(data) > most:
            raise IngestError(f"{name}: it is larger than an export is")
        self._left -= len(data)
        return data
