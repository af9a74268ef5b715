"""What a setting is, how it is read from a word and written as TOML; and what can be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

Kind: TypeAlias = Literal["flag", "whole", "number", "choice", "text", "command", "table"]

_SPOKEN: Final = {
    "flag": "true or false",
    "choice": "a word",
    "text": "a text",
    "command": "a command",
    "table": "tables",
}
_YES: Final = frozenset({"true", "yes", "on", "1"})
_NO: Final = frozenset({"false", "no", "off", "0"})
_LONG: Final = 80
"""Characters of a wrong value that are told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        where: the file, a variable of the environment, or the flag.
        line: the line of the file, from 1; 0 where there is none.
        name: the setting; empty where it is about all of them.
        words: what is wrong.
    """

    where: str
    line: int
    name: str
    words: str

    def __str__(self) -> str:
        """Say it to a person."""
        line = f", line {self.line}" if self.line else ""
        return f"{self.where}{line}: {self.words}"


@dataclass(frozen=True, slots=True)
class Setting:
    """All that is to be known about one setting.

    Attributes:
        name: what it is called in the file.
        default: what holds without it.
        kind: what it may be.
        group: the heading under which it is told.
        sentence: what it does.
        unit: what a number counts.
        least: the smallest number that it may be.
        most: the largest.
        choices: the words of which it is one.
        example: what it could be, as TOML; of a table, a whole one.
        read: of a table, gives its value and what is wrong with it, a line each.
        live: whether a change takes effect in an app that is open; else the next start brings it.
    """

    name: str
    default: object
    kind: Kind
    group: str
    sentence: str
    unit: str = ""
    least: float = 0
    most: float = 0
    choices: tuple[str, ...] = ()
    example: str = ""
    read: Callable[[object], tuple[object, list[str]]] | None = None
    live: bool = True

    @property
    def wanted(self) -> str:
        """What it must be, in words that follow "must be"."""
        match self.kind:
            case "whole":
                return f"a whole number{self._counted} from {self.least:g} to {self.most:g}"
            case "number":
                return f"a number{self._counted} from {self.least:g} to {self.most:g}"
            case "choice":
                return f"one of {', '.join(self.choices)}"
            case "text" | "command" if self.example:
                return f"{_SPOKEN[self.kind]}, such as {self.example}"
        return _SPOKEN[self.kind]

    @property
    def _counted(self) -> str:
        return f" of {self.unit}" if self.unit else ""

    def fits(self, value: object) -> bool:
        """Tell whether a value is right; of tables that is found out by reading them."""
        number = isinstance(value, int | float) and not isinstance(value, bool)
        match self.kind:
            case "flag":
                return isinstance(value, bool)
            case "whole":
                return number and isinstance(value, int) and self.least <= value <= self.most
            case "number":
                return number and self.least <= value <= self.most  # type: ignore[operator] # it is a number
            case "choice":
                return isinstance(value, str) and value in self.choices
            case "command":
                return isinstance(value, str) and _splits(value)
            case "text":
                return isinstance(value, str)
        return True

    def from_word(self, word: str) -> object:
        """Read a value as it stands in the environment or behind `--set`; what does not fit is given as it is."""
        match self.kind:
            case "flag":
                folded = word.strip().casefold()
                return True if folded in _YES else False if folded in _NO else word
            case "whole" | "number":
                return _number(word.strip(), int if self.kind == "whole" else float, word)
            case "table":
                return _table(word)
        return word


def as_toml(value: object) -> str:
    """Write a flag, a number or a text as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        import json

        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


def told(value: object) -> str:
    """Give a value in a message: on one line, not too long, nothing in it that drives a terminal."""
    try:
        written = repr(value)
    except (ValueError, RecursionError):  # a number of ten thousand digits, a thousand tables in one another
        return "something endless"
    return written if len(written) <= _LONG else f"{written[:_LONG]}…"


def _number(word: str, kind: type[int | float], otherwise: str) -> object:
    try:
        return kind(word)
    except (ValueError, OverflowError):
        return otherwise


def _table(word: str) -> object:
    import tomllib

    try:
        found = tomllib.loads(f"it = {word}")
    except (ValueError, RecursionError):
        return word
    return found["it"] if len(found) == 1 else word


def _splits(words: str) -> bool:
    import shlex

    try:
        shlex.split(words)
    except ValueError:
        return False
    return True
