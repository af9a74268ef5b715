"""On which line of a TOML file each key stands: what a mistake is told with. Asked for only where there is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

At: TypeAlias = tuple[str | int, ...]
"""Where something stands: names of tables and keys, and numbers of tables that are repeated, from 0."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PART: Final = re.compile(r"""[ \t]*("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^\s."'\[\]=#]+)[ \t]*(\.?)""")
_VALUE: Final = re.compile(
    r'''"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*|[^"'#\[\]{}\n]+|.''', re.DOTALL
)


def lines(text: str) -> dict[At, int]:
    """Tell on which line, from 1, each key and table of a text begins that is valid TOML.

    What stands inside of arrays and inline tables is not told: it is on the line of its key, or not far below.
    """
    found: dict[At, int] = {}
    counts: dict[At, int] = {}
    table: At = ()
    at = line = counted = 0
    while (at := _after(_BLANK, text, at)) < len(text):
        line, counted = line + text.count("\n", counted, at), at
        brackets = 2 if text.startswith("[[", at) else text.startswith("[", at) * 1
        names, after = _key(text, at + brackets)
        if not names:
            break
        if brackets:
            table = _resolved(names, counts)
            if brackets > 1:
                table = _another(table, counts)
            at = after + brackets
        else:
            table_of, at = table, _skipped(text, after + 1)
            names = (*table_of, *names)
        found.setdefault(table if brackets else names, line + 1)
    return found


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _key(text: str, at: int) -> tuple[At, int]:
    """Read a key, dots in it, and give its parts and where it ends."""
    names: list[str] = []
    while match := _PART.match(text, at):
        at = match.end()
        names.append(_plain(match[1]))
        if not match[2]:
            break
    return tuple(names), at


def _plain(name: str) -> str:
    if name[0] == "'":
        return name[1:-1]
    if name[0] != '"':
        return name
    import tomllib

    return next(iter(tomllib.loads(f"{name} = 0")))


def _resolved(names: Sequence[str | int], counts: dict[At, int]) -> At:
    """Put the number of the last one behind the name of each table that is repeated, but for the last name."""
    path: At = ()
    for number, name in enumerate(names):
        path = (*path, name)
        if path in counts and number < len(names) - 1:
            path = (*path, counts[path] - 1)
    return path


def _another(table: At, counts: dict[At, int]) -> At:
    counts[table] = counts.get(table, 0) + 1
    return (*table, counts[table] - 1)


def _skipped(text: str, at: int) -> int:
    """Give where the line of a value ends, with all that is open in it closed."""
    depth = 0
    while match := _VALUE.match(text, at):
        part = match[0]
        if part == "\n" and not depth:
            break
        depth += (part in {"[", "{"}) - (part in {"]", "}"})
        at = match.end()
    return at


def line_of(text: str, name: str, problem: str = "") -> int:
    """Give the line of a setting, or of what is wrong inside its table.

    Args:
        text: the file, valid TOML.
        name: the setting.
        problem: what is wrong; where that does not tell its place, the first key that it names is it.

    Returns:
        The line, from 1; 0 where the setting is not in the file.
    """
    places = {at[1:]: line for at, line in lines(text).items() if at[0] == name}
    if not places:
        return 0
    within = getattr(problem, "at", ())
    while within:
        if within in places:
            return places[within]
        within = within[:-1]
    named = [(where, line) for at, line in places.items() if (where := _named(at, problem)) >= 0]
    return min(named)[1] if named else min(places.values())


def _named(at: At, problem: str) -> int:
    """Tell where a problem names what stands somewhere, -1 where it does not."""
    names = [part for part in at if isinstance(part, str)]
    for name in (".".join(names), *names[-1:]):
        if name and (match := re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", problem)):
            return match.start()
    return -1
