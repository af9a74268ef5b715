"""One thing that was named on the command line, read: a file, standard input, or a web address."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.cli.terminal import MANNER, Failure, hint
from reader.ingest import detect, exports
from reader.ingest.errors import IngestError
from reader.ingest.net.addresses import shown, without_login
from reader.ingest.own import export
from reader.ingest.typed import is_address as is_address
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ingest.found import Found, Kind

STDIN: Final = "-"

_OTHER_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How what was named is to be read.

    `kind` is what it is taken for, whatever it looks like. `feed` tells whether a feed is wanted in the
    place of a page; None leaves it open.
    """

    kind: Kind | None = None
    feed: bool | None = None


def is_folder(what: str) -> bool:
    """Tell whether something named is a folder."""
    return what != STDIN and "\0" not in what and not is_address(what) and os.path.isdir(what)  # noqa: PTH112 -- it does not raise


def is_export(what: str) -> bool:
    """Tell whether a folder is what another program exported, unpacked."""
    from reader.ingest.exports import boxes

    return boxes.is_export(what)


def named(what: str) -> str:
    """Give what was named as it may be shown again: an address without a password."""
    return shown(what) if is_address(what) else what


def location_of(what: str, found: Found | None = None) -> str:
    """Give where something came from, for the user to recognise."""
    if what == STDIN:
        return ""
    if is_address(what):
        return found.address if found is not None and found.address else without_login(what)[0]
    return str(Path(what).absolute())


def found_in(what: str, wanted: Wanted | None = None, tell: Callable[[str], None] = lambda _: None) -> Found:
    """Read one thing that was named on the command line.

    Args:
        what: a file, a web address, or `-`.
        wanted: how it is to be read.
        tell: told what is done now, where it may take long.

    Raises:
        Failure: it cannot be read.
        FileNotFoundError: there is no such file.
    """
    wanted = wanted or Wanted()
    try:
        if is_folder(what):
            return _folder(what)
        return _looked_up(what, wanted, tell) if is_address(what) else _read(what, wanted)
    except IngestError as error:
        raise Failure("standard input" if what == STDIN else named(what), str(error)) from error
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        # A name with a NUL in it is a ValueError.
        raise Failure(what, getattr(error, "strerror", None) or str(error)) from error


def _looked_up(what: str, wanted: Wanted, tell: Callable[[str], None]) -> Found:
    from reader.library import errands

    return errands.look(what, feed=wanted.feed, kind=wanted.kind, tell=tell)


def offered(url: str, page: Found, tell: Callable[[str], None] = lambda _: None) -> Found:
    """Read a feed that a page offers.

    Raises:
        Failure: it cannot be read.
    """
    from reader.library import errands

    try:
        return errands.look(url, feed=True, offered_by=page, tell=tell)
    except IngestError as error:
        raise Failure(shown(url), str(error)) from error


def _folder(what: str) -> Found:
    from reader.library import errands

    found = errands.read_folder(Path(what))
    if found is None:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return found


def _read(what: str, wanted: Wanted) -> Found:
    if _OTHER_SCHEME.match(what) and not Path(what).exists():
        raise IngestError("only http and https addresses can be read")
    if what != STDIN and wanted.kind is None and export.is_file(Path(what)):
        # Of a whole library it is larger than what is read at once.
        return export.read_file(Path(what))
    data = _bytes(what)
    if exports.is_database(data) and what != STDIN and wanted.kind is None:
        from reader.library import errands

        return errands.read_file(Path(what))
    name = STDIN if what == STDIN else Path(what).name
    if detect.heavy(data) or wanted.kind not in {None, "listing", "essay"}:
        from reader.library import errands

        found = errands.read_bytes(data, name, kind=wanted.kind)
    else:
        # Plain text harms nobody, and starting a process for it would take longer than reading it.
        found = detect.read(data, name, kind=wanted.kind)
    if not wanted.feed or found.kind == "feed":
        return found
    if not found.offers:
        raise IngestError("it offers no feed: leave --feed away to add what it holds")
    return offered(found.offers[0].url, found)


def _bytes(what: str) -> bytes:
    """Read as much as is taken, and one byte more, so that what is endless ends here."""
    if what == STDIN:
        if sys.stdin.isatty():
            if MANNER.no_input:
                raise Failure(STDIN, "standard input is a terminal, and --no-input asks for nothing", 2)
            hint("Paste the text, then press Enter and Ctrl+D.")
        return detect.taken(sys.stdin.buffer)
    with Path(what).open("rb") as file:
        return detect.taken(file)
