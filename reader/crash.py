"""A crash, told without what is private: a line for people, and a report beside the marks for who is to mend it.

What an error says may be a headline, an address or a passage, and so may the value of any variable. So a report has
neither: it has the kinds of the errors and the lines of code, which are the same for all who run this program.
"""

from __future__ import annotations

import errno
import linecache
import os
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import reader
from reader import logs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

FOLDER: Final = "reports"
"""Where reports are, in the folder of the data."""
KEPT: Final = 5
"""How many reports stay; older ones are removed."""
_FRAMES: Final = 30
"""Calls that are told at the beginning and at the end of a long way."""
_ERRORS: Final = 10
"""Errors that are told of those that led to each other."""
_LIBRARIES: Final = (
    "textual",
    "rich",
    "tinydb",
    "orjson",
    "httpcore",
    "feedparser",
    "lxml",
    "trafilatura",
    "turbohtml",
)
_VARIABLES: Final = ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR")
_PLAIN: Final = re.compile(r"[\w .,+()/:-]{0,80}")
_NAME: Final = "crash-%Y%m%d-%H%M%S"
_HEAD: Final = """\
reader crashed. This report is for its authors, and is sent nowhere.

Nothing of what you read or wrote is in it: of errors only their kinds are told, not what they say,
and no values of variables.
"""


def told(error: BaseException, folder: Path, facts: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """Write a report, and give what is to be said of it, a line each.

    Args:
        error: what nobody caught.
        folder: where reports are kept.
        facts: sizes and the like, which must not be private.
    """
    failed = f"it failed ({_kind(error)}{_where(error)}) and had to end"
    logs.warning("failed", error=_kind(error), at=_where(error))
    try:
        path = _write(folder, report(error, facts or {}))
    except Exception as refused:  # noqa: BLE001 -- whatever it is, that something failed is to be told
        why = refused.strerror if isinstance(refused, OSError) else None
        return failed, f"a report of it could not be written: {why or type(refused).__name__}"
    return failed, f"a report, without anything you read or wrote, is in {path}"


def report(error: BaseException, facts: Mapping[str, object]) -> str:
    """Give the text of a report."""
    rows = [f"{name:<10} {_plain(value)}" for name, value in (*_about(), *facts.items())]
    return "\n".join([_HEAD, *rows, "", *_errors(error), ""])


# -- what is told of the error


def _errors(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    waiting = [("", error)]
    while waiting and len(seen) < _ERRORS:
        how, one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield from ("", how) if how else ()
        yield _kind(one)
        yield from _calls(one)
        if one.__cause__ is not None:
            waiting.append(("caused by", one.__cause__))
        elif one.__context__ is not None and not one.__suppress_context__:
            waiting.append(("while this was dealt with", one.__context__))
        if isinstance(one, BaseExceptionGroup):
            waiting += [("of this group", part) for part in one.exceptions]


def _kind(error: BaseException) -> str:
    """Give the name of an error's class, and what the system or SQLite names it."""
    name = type(error).__name__
    code = getattr(error, "sqlite_errorname", None)
    if isinstance(error, OSError):
        code = errno.errorcode.get(error.errno or 0)
    return f"{_plain(name)} {_plain(code)}" if code else _plain(name)


def _calls(error: BaseException) -> Iterator[str]:
    places = list(_places(error))
    left_out = len(places) - 2 * _FRAMES
    for number, (place, line) in enumerate(places):
        if left_out > 0 and number == _FRAMES:
            yield f"  … {left_out} more …"
        if left_out <= 0 or not _FRAMES <= number < _FRAMES + left_out:
            yield f"  {place}"
            yield from [f"    {line}"] if line else []


def _places(error: BaseException) -> Iterator[tuple[str, str]]:
    step = error.__traceback__
    while step is not None:
        file, number = _file(step.tb_frame), step.tb_lineno
        code = step.tb_frame.f_code
        if file:
            yield (
                f"{file}, line {number}, in {_plain(code.co_name)}",
                linecache.getline(code.co_filename, number).strip(),
            )
        else:  # who knows what it holds
            yield "elsewhere", ""
        step = step.tb_next


def _file(frame: FrameType) -> str:
    """Give a file without the folders of whose computer it is, nothing for one that is of no library."""
    path = Path(frame.f_code.co_filename)
    for root in (Path(reader.__file__).parents[1], *map(Path, sys.path), Path(os.__file__).parent):
        inside = path.is_absolute() and path.is_relative_to(root)
        if inside and (root.name in {"site-packages", "dist-packages", Path(os.__file__).parent.name}):
            return path.relative_to(root).as_posix()
        if inside and path.is_relative_to(root / "reader"):
            return path.relative_to(root).as_posix()
    return ""


def _where(error: BaseException) -> str:
    ours = [place for place, _ in _places(error) if place.startswith("reader/")]
    return f" at {ours[-1].rpartition(', in ')[0]}" if ours else ""


# -- what is told besides


def _about() -> Iterator[tuple[str, object]]:
    import platform

    yield "when", datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    yield "reader", reader.__version__
    yield "python", f"{platform.python_version()} {platform.python_implementation()}"
    yield "platform", platform.platform()
    yield "encoding", f"{sys.getfilesystemencoding()} {getattr(sys.__stderr__, 'encoding', '')}"
    for name in _VARIABLES:
        yield name.lower(), os.environ.get(name, "-")
    yield "sqlite", getattr(sys.modules.get("sqlite3"), "sqlite_version", "-")
    for name in _LIBRARIES:
        yield name, _version(name)


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return "-"


def _plain(value: object) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) else "?"


# -- the files


def _write(folder: Path, text: str) -> Path:
    from reader.storage.files import replace

    name = datetime.now(UTC).strftime(_NAME)
    path, number = folder / f"{name}.txt", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.txt"
    replace(path, text.encode("utf-8", "replace"))
    for old in sorted(folder.glob("crash-*.txt"), key=lambda one: one.stat().st_mtime_ns)[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return path
