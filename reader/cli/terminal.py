"""What the command line prints: clean, in UTF-8, errors on one line each."""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import suppress
from typing import Final

from reader.model.printable import json as json
from reader.model.printable import line as line
from reader.model.printable import lines as lines


class Failure(Exception):  # noqa: N818 -- it ends a verb; it need not be a mistake of the program
    """What was asked for cannot be done.

    Args:
        what: what it is about: a verb, a file, an id.
        why: the reason, in words for people.
        status: the exit status that follows.
        shown: lines that show a person where the mistake is.
    """

    def __init__(self, what: str, why: str, status: int = 1, shown: tuple[str, ...] = ()) -> None:
        super().__init__(f"{what}: {why}" if what else why)
        self.status, self.shown = status, shown


class Told(Exception):  # noqa: N818 -- as above
    """Something failed, and was told to the user already."""


class OutputError(Exception):
    """Standard output takes nothing more; the message says why."""


def use_utf8() -> None:
    """Print in UTF-8 whatever the locale is, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class Manner:
    """How the present verb speaks: what `--quiet` and `--no-input` say."""

    quiet = False
    no_input = False

    def reset(self) -> None:
        """Begin another command."""
        self.quiet = self.no_input = False


MANNER: Final = Manner()
"""That of this process; its parser sets it."""


def may_ask() -> bool:
    """Tell whether there is a person who can be asked something."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not MANNER.no_input


def say(text: str = "") -> None:
    """Print a line that was asked for."""
    write(f"{text}\n")


def report(text: str) -> None:
    """Print a line that tells what was done; `--quiet` leaves it out."""
    if not MANNER.quiet:
        say(text)


def write(text: str) -> None:
    """Print a text as it is.

    Raises:
        BrokenPipeError: nobody reads any more.
        OutputError: the disk is full, for one.
    """
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(reason(error)) from error


def flush() -> None:
    """Print what waits to be printed; raises as `write` does."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(reason(error)) from error


def hint(text: str) -> None:
    """Tell something to a person that no program wants to read."""
    if sys.stderr.isatty() and sys.stdout.isatty() and not MANNER.quiet:
        sys.stderr.write(f"{line(text)}\n")


def fail(what: str, why: str) -> int:
    """Tell what failed and why, and give the exit status for it."""
    told(Failure(what, why))
    return 1


def told(error: Exception) -> None:
    """Print an error as the one line that people get of it."""
    sys.stderr.write(f"reader: {line(reason(error))}\n")
    if isinstance(error, Failure) and error.shown and sys.stderr.isatty():
        sys.stderr.writelines(f"{one}\n" for one in error.shown)


def reason(error: Exception) -> str:
    """Give the reason for an error, in words for people."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error) or type(error).__name__


def end_output() -> None:
    """Send nothing more to a standard output that takes nothing more, so that leaving does not complain."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, sys.stdout.fileno())
        finally:
            os.close(nowhere)


class Progress:
    """One line on standard error, when a person looks at it, that tells what is done now."""

    def __init__(self) -> None:
        self._drawn = sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not MANNER.quiet
        self._shown = False

    def tell(self, text: str) -> None:
        """Show what is done now, in the place of what was shown before."""
        if self._drawn:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\x1b[K{line(text)[:width]}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
