"""Which keys each command is to have: by the table, by a preset, by the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.commands.keynames import KeyNameError, named, parsed, shown
from reader.commands.presets import PRESETS
from reader.commands.table import ALL, BY_ID
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reader.commands.command import Command
    from reader.commands.presets import Bound

FIXED: Final = {"f1": "help", "ctrl+p": "palette", "ctrl+q": "quit", "ctrl+c": ""}
"""Keys that are never for another command, so that there is always a way out; Ctrl+C tells of it."""
_STAYING: Final = {"help": "f1", "palette": "ctrl+p"}
_LIKENESS: Final = 0.6


@dataclass(frozen=True, slots=True)
class Wish:
    """The keys that a command is to have.

    `article_keys` are for the article alone; `liked` are those of the command that it is like, which never take a
    key from another one. `order` tells where it stands among what the user gave, None
    where it is not the user's.
    """

    command: Command
    keys: tuple[str, ...]
    article_keys: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    order: int | None = None


def wishes(
    preset: str, bound: Mapping[str, Sequence[str]], more: Sequence[Command] = ()
) -> tuple[list[Wish], list[str]]:
    """Give the wishes of all commands; `of` in `keymap` tells what is taken and given."""
    wrong: list[str] = []
    chosen = PRESETS.get(preset)
    if chosen is None:
        known = ", ".join(PRESETS)
        wrong.append(f"keys: there is no preset called {preset}; there are {known}{_meant(preset, PRESETS)}")
        chosen = {}
    given = _given(bound, wrong)
    made = [_wish(command, given, chosen) for command in ALL]
    for order, command in enumerate(more, len(bound)):
        made.append(Wish(command, _good(command.id, command.keys, wrong) or (), order=order))
    return made, wrong


def _given(bound: Mapping[str, Sequence[str]], wrong: list[str]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Give what of the user's is right, each with its place in the order."""
    given = {}
    for order, (name, written) in enumerate(bound.items()):
        if name not in BY_ID:
            wrong.append(f"keys: {name} is no command{_meant(name, BY_ID)}; `reader keys --json` lists all")
            continue
        keys = _good(name, written, wrong)
        if keys is not None:
            given[name] = order, keys
    return given


def _good(name: str, written: Sequence[str], wrong: list[str]) -> tuple[str, ...] | None:
    """Give the keys that are right; None where some were meant and none is."""
    known = BY_ID.get(name)
    role = known.like or name if known is not None else name
    keys: dict[str, None] = {}
    meant = [one for one in written if one.strip()]
    for one in meant:
        try:
            key = parsed(one)
        except KeyNameError as error:
            wrong.append(f"keys: {name}: {error}")
            continue
        first = key.split(" ")[0]
        if first in FIXED and not (key == first and FIXED[first] == role):
            does = f"always is for {FIXED[first]}" if FIXED[first] else "tells how to leave"
            wrong.append(f"keys: {name}: {shown(key)} cannot be given away: {shown(first)} {does}")
            continue
        keys[key] = None
    if meant and not keys:
        return None
    stays = _STAYING.get(role)
    return tuple(keys) if stays is None else tuple(dict.fromkeys([*keys, stays]))


def _wish(command: Command, given: Mapping[str, tuple[int, tuple[str, ...]]], chosen: Bound) -> Wish:
    name = command.id
    if name in given:
        order, keys = given[name]
        return Wish(command, keys, order=order)
    if name in chosen:
        return Wish(command, tuple(map(named, chosen[name])))
    like = BY_ID[command.like] if command.like else None
    liked = _wish(like, given, chosen).keys if like is not None else ()
    return Wish(command, tuple(map(named, command.keys)), tuple(map(named, command.article_keys)), liked)


def spare(command: Command) -> tuple[str, ...]:
    """Give the keys that a command falls back to where those of the one it is like are taken."""
    return tuple(map(named, BY_ID[command.like].keys)) if command.like else ()


def _meant(written: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(written, list(known), 1, _LIKENESS)
    return f"; did you mean {close[0]}?" if close else ""
