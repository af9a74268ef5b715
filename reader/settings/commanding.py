"""The user's own commands and hooks as they are written in the settings: programs, each a list of arguments."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

Input: TypeAlias = Literal["markdown", "text", "json", "url", "none"]
Output: TypeAlias = Literal["toast", "pager", "note", "article", "none"]
OwnWhere: TypeAlias = Literal["both", "list", "article"]
Event: TypeAlias = Literal["read", "bookmark", "note", "added", "refreshed"]

INPUTS: Final[tuple[Input, ...]] = get_args(Input)
OUTPUTS: Final[tuple[Output, ...]] = get_args(Output)
EVENTS: Final[tuple[Event, ...]] = get_args(Event)
"""What a hook can be for: an article became read, was bookmarked, was noted on; some came in; sources were asked."""

_ONE_OF: Final[dict[str, tuple[str, ...]]] = {"input": INPUTS, "output": OUTPUTS, "where": get_args(OwnWhere)}
_NAME: Final = 40
"""Characters of a name."""
_KEYS: Final = 4
"""Keys of a sequence."""
_LONGEST: Final = 60
"""Characters of a title."""
_MOST: Final = 100
"""Commands; more are a mistake."""
_RUN: Final = 'a list of arguments, such as ["wl-copy"], or a text that can be parted into such'


@dataclass(frozen=True, slots=True)
class OwnCommand:
    """A program of the user's that is run by a key or by name.

    `run` are its arguments, the program first. `key` is a key, or a sequence's keys parted by a space; it may be
    empty. `input` is what it gets of the article on its standard input, `output` what becomes of what it says.
    `terminal` gives it the terminal until it ends.
    """

    name: str
    run: tuple[str, ...]
    title: str = ""
    key: str = ""
    input: Input = "markdown"
    output: Output = "toast"
    where: OwnWhere = "both"
    terminal: bool = False

    @property
    def called(self) -> str:
        """How it is called: by its title, else by its name."""
        return self.title or self.name


@dataclass(frozen=True, slots=True)
class Hook:
    """A program of the user's that is run when something happens; `run` are its arguments, the program first."""

    event: Event
    run: tuple[str, ...]


def commands_of(tables: object) -> tuple[tuple[OwnCommand, ...], list[str]]:
    """Read the commands: those that are good, and what is wrong with the others."""
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        return (), ["commands are written as [commands.NAME], with run under it"]
    made: list[OwnCommand] = []
    wrong: list[str] = []
    for name, table in tables.items():
        problem = _command_problem(name, table) or (f"there may be {_MOST}" if len(made) == _MOST else None)
        if problem:
            wrong.append(f"command {name}: {problem}; it is left out")
        else:
            made.append(_command(name, table))
    return tuple(made), wrong


def _command(name: str, table: dict[str, Any]) -> OwnCommand:
    given: dict[str, Any] = {**table, "run": words_of(table["run"]), "title": " ".join(table.get("title", "").split())}
    given["key"] = " ".join(table.get("key", "").split())
    if table.get("terminal"):
        given.setdefault("output", "none")
    return OwnCommand(name, **given)


def _command_problem(name: str, table: dict[str, object]) -> str | None:
    """Say what is wrong with a command, None when nothing is."""
    if not (name.isascii() and name.replace("-", "x").replace("_", "x").isalnum() and len(name) <= _NAME):
        return f"its name may have letters, digits, - and _ only, {_NAME} at the most"
    known = [field.name for field in fields(OwnCommand) if field.name != "name"]
    unknown = next((one for one in table if one not in known), None)
    if unknown is not None:
        return f"{unknown} is nothing that a command has; it has {', '.join(known)}{meant(unknown, known)}"
    if not words_of(table.get("run")):
        return f"run must be {_RUN}"
    for one, words in _ONE_OF.items():
        value = table.get(one, words[0])
        if value not in words:
            return f"{one} must be one of {', '.join(words)}, not {value!r}{meant(str(value), words)}"
    return _text_problem(table) or _terminal_problem(table)


def _text_problem(table: dict[str, object]) -> str | None:
    title, key = table.get("title", ""), table.get("key", "")
    if not isinstance(title, str) or len(title) > _LONGEST or not title.isprintable():
        return f"title must be a text of one line, {_LONGEST} characters at the most"
    if not isinstance(key, str) or not key.isascii() or not key.isprintable() or len(key.split()) > _KEYS:
        return 'key must be a key, such as "f5" or "ctrl+e", or the keys of a sequence parted by spaces, as in "g p"'
    return None


def _terminal_problem(table: dict[str, object]) -> str | None:
    terminal = table.get("terminal", False)
    if not isinstance(terminal, bool):
        return "terminal must be true or false"
    if terminal and table.get("output", "none") != "none":
        return 'a program that has the terminal says everything there: output must be "none" or be left out'
    return None


def hooks_of(table: object) -> tuple[tuple[Hook, ...], list[str]]:
    """Read the hooks: those that are good, and what is wrong with the others."""
    if not isinstance(table, dict):
        return (), ["hooks are written under [hooks], as EVENT = [PROGRAM, ARGUMENT, ...]"]
    made: list[Hook] = []
    wrong: list[str] = []
    for name, value in table.items():
        words = words_of(value)
        if name not in EVENTS:
            wrong.append(f"hook {name}: there is no such event; there are {', '.join(EVENTS)}{meant(name, EVENTS)}")
        elif not words:
            wrong.append(f"hook {name}: it must be {_RUN}; it is left out")
        else:
            made.append(Hook(name, words))
    return tuple(made), wrong


def words_of(written: object) -> tuple[str, ...]:
    """Give the arguments of a program as they are written, a list or a text; empty when they are neither.

    A text is parted as a shell would, and no shell ever sees it: nothing in it is expanded.
    """
    words: list[object] = written if isinstance(written, list) else []
    if isinstance(written, str):
        import shlex  # a start mostly needs none

        try:
            words = [*shlex.split(written)]
        except ValueError:
            return ()
    if not words or not all(isinstance(word, str) and "\0" not in word for word in words) or not words[0]:
        return ()
    return tuple(map(str, words))


def meant(written: str, known: Sequence[str]) -> str:
    """Ask whether the nearest of the known words was meant; empty when none is near."""
    from difflib import get_close_matches

    close = get_close_matches(written.casefold(), known, 1, 0.5)
    return f"; did you mean {close[0]}?" if close else ""
