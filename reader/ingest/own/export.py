"""A file of our own JSON: looked through once to know that it is good, then given thing by thing."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import field, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.ingest import archive
from reader.ingest.errors import IngestError
from reader.ingest.own import parts
from reader.ingest.own.checked import Thing
from reader.ingest.own.stream import Stream
from reader.model.exported import FORMAT, Content, Day, Did, Known, Origin, View
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.found import Found

MOST: Final = 5_000_000
"""Things in one list, at the most."""

_HEAD: Final = 4_096
_OURS: Final = re.compile(r"""\s*\{\s*(?:"format"\s*:\s*[0-9]+\s*,\s*)?"reader"\s*:\s*"export"\s*[,}]""")


def looks_like(head: bytes) -> bool:
    """Tell by the first bytes of something whether it is our own JSON."""
    return _OURS.match(head[:_HEAD].decode("utf-8-sig", "replace")) is not None


@dataclass(frozen=True, slots=True)
class Export:
    """Our own JSON, in memory or, where it is large, in a file; `whole` tells that it is of a whole library.

    What is small of it is here; `articles` goes through it again. `ids` are those of its articles.
    """

    data: bytes = field(default=b"", repr=False)
    path: str = ""
    whole: bool = False
    sources: tuple[Origin, ...] = ()
    remembered: tuple[Known, ...] = ()
    views: tuple[View, ...] = ()
    days: tuple[Day, ...] = ()
    ids: frozenset[int] = field(default=frozenset(), repr=False)

    def articles(self) -> Iterator[tuple[Content, Did]]:
        """Give the articles, one after the other.

        Raises:
            IngestError: it is not what it was when it was looked through.
            OSError: it cannot be read any more.
        """
        with self._opened() as stream:
            for name, many in stream.members():
                if name == "articles" and many:
                    for one in _listed(stream, name):
                        yield parts.content(one), parts.did(one)
                else:
                    _pass_over(stream, many=many)

    @contextmanager
    def _opened(self) -> Iterator[Stream]:
        if not self.path:
            yield Stream(BytesIO(self.data))
            return
        with Path(self.path).open("rb") as file:
            yield Stream(file)

    def looked_through(self) -> Export:
        """Give it with what is small of it, after all of it was checked.

        Raises:
            IngestError: something in it is wrong; the message says what, and where.
        """
        told: dict[str, list[Origin | Known | View | Day]] = {name: [] for name in parts.PARTS}
        head: dict[str, object] = {}
        ids: set[int] = set()
        with self._opened() as stream:
            for name, many in stream.members():
                if name == "articles" and many:
                    ids.update(_checked(one, ids) for one in _listed(stream, name))
                elif name in told and many:
                    told[name] += [parts.PARTS[name](one) for one in _listed(stream, name)]
                elif many:
                    _pass_over(stream, many=True)
                else:
                    head[name] = stream.value()
                _refuse_later(head)
        if head.get("reader") != "export" or "format" not in head:
            raise IngestError("it is no export of reader")
        lists = {name: tuple(things) for name, things in told.items()}
        return replace(self, whole=head.get("complete") is True, ids=frozenset(ids), **lists)  # type: ignore[arg-type]


def _checked(one: Thing, known: set[int]) -> int:
    content = parts.content(one)
    parts.did(one)
    if content.id in known:
        raise one.wrong("id", "another than that of an article before")
    return content.id


def _refuse_later(head: dict[str, object]) -> None:
    version = head.get("format", FORMAT)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise IngestError("format must be a whole number from 1 on")
    if version > FORMAT:
        raise IngestError(f"a later version of reader wrote it (format {version}): this one knows format {FORMAT}")


def _listed(stream: Stream, name: str) -> Iterator[Thing]:
    for number, value in enumerate(stream.items()):
        if number >= MOST:
            raise IngestError(f"{name} has more than {MOST:,} things in it")
        yield Thing(value, f"{name}[{number}]")


def _pass_over(stream: Stream, *, many: bool) -> None:
    if not many:
        stream.value()
        return
    for _ in stream.items():
        pass


def read(data: bytes, name: str = "") -> Found:
    """Read our own JSON.

    Args:
        data: the bytes of it.
        name: what the file is called.

    Raises:
        IngestError: something in it is wrong.
    """
    return _found(Export(data).looked_through(), name)


def read_file(path: Path) -> Found:
    """Read a file of our own JSON, however large it is.

    Raises:
        IngestError: something in it is wrong.
        OSError: it cannot be read.
    """
    return _found(Export(path=str(path.absolute())).looked_through(), path.name)


def is_file(path: Path) -> bool:
    """Tell whether something is a plain file of our own JSON; what cannot be looked into is none."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return False
    return not archive.is_gzip(head) and looks_like(head)


def _found(export: Export, name: str) -> Found:
    from reader.ingest.found import Found

    return Found("export", name or "export", export=export, total=len(export.ids))
