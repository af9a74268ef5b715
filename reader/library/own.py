"""The user's own commands among the others: listed like them, and with keys that are not theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.commands import COMMANDS, Command, of, shown
from reader.commands.keynames import KeyNameError, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.commands import Keymap, Where
    from reader.settings import OwnCommand, Settings

GROUP: Final = "Your own"
PREFIX: Final = "command."
"""How their ids begin; their names follow."""
_GIVEN: Final = {
    "markdown": "the article as Markdown",
    "text": "the article as plain text",
    "json": "the article as JSON",
    "url": "its address",
    "none": "nothing",
}
_DONE: Final = {
    "toast": "says what it says",
    "pager": "shows what it says",
    "note": "adds what it says to the note",
    "article": "adds what it says as an article",
    "none": "says nothing",
}


def commands(settings: Settings) -> tuple[Command, ...]:
    """Give the user's own commands as they are listed, with the keys as they are written."""
    return tuple(
        Command(f"{PREFIX}{own.name}", (own.key,) if own.key else (), own.called, _help(own), own.where, group=GROUP)
        for own in settings.commands
    )


def listed(settings: Settings, builtin: Sequence[Command] = COMMANDS) -> tuple[tuple[Command, ...], list[str]]:
    """Give the user's own commands as they are listed, and what is wrong with their keys.

    Args:
        settings: what the user prefers.
        builtin: the other commands with the keys that they have now; these they keep.
    """
    made: list[Command] = []
    wrong: list[str] = []
    for own, command in zip(settings.commands, commands(settings), strict=True):
        key, problem = _key(own, (*builtin, *made))
        if problem:
            wrong.append(f"command {own.name}: {problem}. It has no key; {shown(':')} finds it")
        made.append(replace(command, keys=(key,) if key else ()))
    return tuple(made), wrong


def keymap(settings: Settings) -> tuple[Keymap, list[str], list[str]]:
    """Give the keys that hold by the settings, those of the user's own commands among them.

    Returns:
        The keys, what is wrong with `[keys]`, and what is wrong with the keys of the own commands, a line each.
    """
    bound = dict(settings.keys.bound)
    made, wrong = of(settings.keys.preset, bound)
    if not settings.commands:
        return made, wrong, []
    own, clashes = listed(settings, made.commands)
    return of(settings.keys.preset, bound, own)[0], wrong, clashes


def _help(own: OwnCommand) -> str:
    what = "gives it the terminal" if own.terminal else _DONE[own.output]
    return f"Gives {own.run[0]} {_GIVEN[own.input]}, and {what}."


def _key(own: OwnCommand, others: Sequence[Command]) -> tuple[str, str]:
    """Give the key of a command by Textual's names, and what is wrong with it; then there is none."""
    if not own.key:
        return "", ""
    try:
        key = parsed(own.key)
    except KeyNameError as error:
        return "", f"key {own.key}: {error}"
    for other in others:
        for taken in _keys(other, own.where):
            if key == taken:
                return "", f"key {own.key} is {other.name} ({other.id}) already"
            if f"{key} ".startswith(f"{taken} ") or f"{taken} ".startswith(f"{key} "):
                return "", f"key {own.key} does not go with {shown(taken)}, which is {other.name} ({other.id})"
    return key, ""


def _keys(command: Command, where: Where) -> Iterator[str]:
    """Give the keys of a command that work in a pane, or in either."""
    if command.where == "both" or command.where == where or (where == "both" and command.where != "views"):
        yield from (_named(key) for key in command.keys)
    if where != "list":
        yield from (_named(key) for key in command.article_keys)


def _named(key: str) -> str:
    return " ".join(parsed(part) if len(part) == 1 else part for part in key.split(" "))
