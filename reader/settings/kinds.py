"""The kinds of settings there are, each made by a function that stands where the table has its default.

What can be done with one is in `setting`, which a start without a mistake and without a file does not need.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Word = TypeVar("Word", bound=str)
Value = TypeVar("Value")


class Wrong(str):
    """What is wrong in a table, in words, with the place: names and numbers (from 0) below the setting's own name."""

    at: tuple[str | int, ...] = ()

    @classmethod
    def within(cls, at: tuple[str | int, ...], words: str) -> Wrong:
        """Say what is wrong somewhere."""
        made = cls(words)
        made.at = at
        return made


def flag(default: bool, group: str, sentence: str) -> bool:
    """Make a setting that is true or false."""
    return _made(default, kind="flag", group=group, sentence=sentence)


def whole(default: int, within: range, group: str, sentence: str, *, unit: str = "") -> int:
    """Make a setting that is a whole number within bounds."""
    bounds = {"least": within.start, "most": within.stop - 1}
    return _made(default, kind="whole", group=group, sentence=sentence, unit=unit, **bounds)


def number(default: float, least: float, most: float, group: str, sentence: str, *, unit: str = "") -> float:
    """Make a setting that is a number within bounds, these included."""
    return _made(default, kind="number", group=group, sentence=sentence, unit=unit, least=least, most=most)


def one_of(default: Word, choices: tuple[Word, ...], group: str, sentence: str) -> Word:
    """Make a setting that is one of some words."""
    return _made(default, kind="choice", group=group, sentence=sentence, choices=choices)


def text(default: str, group: str, sentence: str, *, example: str = "") -> str:
    """Make a setting that is any text."""
    return _made(default, kind="text", group=group, sentence=sentence, example=example)


def command(group: str, sentence: str, *, example: str) -> str:
    """Make a setting that names a program, with its arguments as a shell would part them; empty for none."""
    return _made("", kind="command", group=group, sentence=sentence, example=example)


def table(
    default: Value,
    read: Callable[[object], tuple[Value, list[str]]],
    group: str,
    sentence: str,
    *,
    example: str,
    live: bool = True,
) -> Value:
    """Make a setting that is a table, or several.

    Args:
        default: what holds without it.
        read: gives its value, and what is wrong, a line each; see `reader.settings.ruling`.
        group: the heading under which it is told.
        sentence: what it does.
        example: TOML that is right, comments in it.
        live: whether a change takes effect in an app that is open.
    """
    return _made(default, kind="table", group=group, sentence=sentence, read=read, example=example, live=live)


def _made(default: Value, **told: object) -> Value:
    made: Any = field(default=default, metadata=told)
    return made  # type: ignore[no-any-return] # the dataclass puts the default in its place
