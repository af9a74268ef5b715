"""`--log FILE`, which is taken with the app and with every verb."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader import __version__, logs
from reader.cli import VERBS
from reader.cli.terminal import Failure, reason, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_OPTIONS: Final = ("--log", "--log-level")
_VARIABLE: Final = "READER_LOG"


def main(arguments: Sequence[str], run: Callable[[list[str]], int]) -> int:
    """Run what the command line asks for, and log it.

    Args:
        arguments: the command line without the program's name.
        run: runs the rest, and gives the exit status.

    Returns:
        The exit status: 2 where the log cannot be begun, and nothing was run.
    """
    try:
        rest, chosen = _parted(arguments)
        _begin(chosen)
    except Failure as failure:
        told(failure)
        return failure.status
    began, status = time.monotonic(), -1
    # Of what is asked for, only the verb is nobody's business but ours.
    logs.info("begun", reader=__version__, python=sys.version.split()[0], system=sys.platform, verb=_verb(rest))
    try:
        status = run(rest)
    finally:
        logs.info("ended", status=status if status >= 0 else "none", seconds=time.monotonic() - began)
        logs.end()
    return status


def _begin(chosen: dict[str, str]) -> None:
    path = chosen.get("--log") or os.environ.get(_VARIABLE, "")
    level = chosen.get("--log-level", "info")
    if level not in logs.LEVELS:
        raise Failure("--log-level", f"must be one of {', '.join(logs.LEVELS)}, not {level}", 2)
    if not path and chosen:
        raise Failure("--log", "needs the name of a file, as in --log reader.log", 2)
    if path and _is_kept(Path(path)):
        raise Failure("--log", f"{path}: your marks and articles are kept there; name another file", 2)
    try:
        if path:
            logs.begin(path, level)
    except OSError as error:
        raise Failure("--log", reason(error), 2) from error


def _is_kept(path: Path) -> bool:
    """Tell whether a file is one of those that hold what is the user's, or will be."""
    from reader import settings

    try:
        data, path = settings.places().data.resolve(), path.resolve()
    except (OSError, RuntimeError):
        return False  # without a home there is none
    if data not in path.parents:
        return False
    name = path.relative_to(data).parts[0].casefold()
    return name == "backups" or name.startswith(("marks.json", "library.db", "reader.lock"))


def _parted(arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Part the options of the log from the rest, wherever they stand before `--`."""
    rest, chosen = [], {}
    waiting = list(arguments)
    while waiting:
        one = waiting.pop(0)
        name, equals, value = one.partition("=")
        if one == "--":
            rest += [one, *waiting]
            break
        if name not in _OPTIONS:
            rest.append(one)
        elif equals:
            chosen[name] = value
        else:
            chosen[name] = waiting.pop(0) if waiting else ""
    return rest, chosen


def _verb(rest: Sequence[str]) -> str:
    if not rest:
        return "app"
    return rest[0] if rest[0] in VERBS or rest[0] == "--linear" else "preview"
