"""`--set NAME=VALUE`, which is taken with the app and with every verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.cli.terminal import Failure, told
from reader.settings import FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_OPTION: Final = "--set"


def main(arguments: Sequence[str], run: Callable[[list[str]], int]) -> int:
    """Run what the command line asks for, under the settings that it gives.

    Args:
        arguments: the command line without the program's name.
        run: runs the rest, and gives the exit status.

    Returns:
        The exit status: 2 where a setting is wrong, and nothing was run.
    """
    rest, assignments = _parted(arguments)
    wrong = FLAGS.give(assignments)
    for problem in wrong:
        told(Failure("", str(problem)))
    return 2 if wrong else run(rest)


def _parted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the settings from the rest, wherever they stand before `--`."""
    rest, assignments = list[str](), list[str]()
    waiting = list(arguments)
    while waiting:
        one = waiting.pop(0)
        option, equals, value = one.partition("=")
        if one == "--":
            rest += [one, *waiting]
            break
        if option != _OPTION:
            rest.append(one)
        else:
            assignments.append(value if equals else waiting.pop(0) if waiting else "")
    return rest, assignments
