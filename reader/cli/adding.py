"""`reader add`: pages and texts taken into the library."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.opening import opened
from reader.cli.terminal import Failure, fail, hint, line, reason, say
from reader.ingest import detect
from reader.ingest.decode import MAX_BYTES
from reader.ingest.errors import IngestError
from reader.library import ERRORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.found import Found

STDIN: Final = "-"

_ADDRESS: Final = re.compile(r"(https?|feed|ftp)://", re.IGNORECASE)


def add(arguments: Sequence[str]) -> int:
    """Add what files and standard input hold; one that fails does not keep the others out."""
    parser = Parser("add", "Add topic pages and texts to the library. Adding a page again adds only what is new.")
    parser.add_argument("what", nargs="+", metavar="WHAT", help="a text file, or - for standard input")
    found: list[tuple[str, Found]] = []
    status = 0
    # Everything is read before the library is opened: whoever types must not keep the app out meanwhile.
    for what in dict.fromkeys(parser.parse_args(arguments).what):
        try:
            found.append((what, found_in(what)))
        except Failure as failure:
            status = fail("", str(failure))
        except OSError as error:
            status = fail(what, error.strerror or str(error))
    return max(status, _take_in(found)) if found else status


def _take_in(found: Sequence[tuple[str, Found]]) -> int:
    status = 0
    with opened("add", write=True) as library:
        for what, page in found:
            try:
                report = library.subscriptions.add(page, "" if what == STDIN else location_of(what))
            except ERRORS as error:
                status = fail(what, reason(error))
            else:
                say(f"{line(what)}: {line(detect.say(page))}")
                say(line(str(report)))
    return status


def location_of(what: str) -> str:
    """Give where a file is, for the user to recognise."""
    return str(Path(what).absolute())


def found_in(what: str) -> Found:
    """Read one thing that was named on the command line.

    Args:
        what: a file, or `-`.

    Raises:
        Failure: it is no text that can be read.
        FileNotFoundError: there is no such file.
    """
    if _ADDRESS.match(what):
        raise Failure(
            what, "web addresses cannot be read yet: open the page, copy its text, and give it to `reader add -`"
        )
    try:
        return detect.read(_bytes(what), STDIN if what == STDIN else Path(what).name)
    except IngestError as error:
        raise Failure("standard input" if what == STDIN else what, str(error)) from error
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        # A name with a NUL in it is a ValueError.
        raise Failure(what, getattr(error, "strerror", None) or str(error)) from error


def _bytes(what: str) -> bytes:
    """Read as much as is taken, and one byte more, so that what is endless ends here."""
    if what == STDIN:
        if sys.stdin.isatty():
            hint("Paste the text, then press Enter and Ctrl+D.")
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(what).open("rb") as file:
        return file.read(MAX_BYTES + 1)
