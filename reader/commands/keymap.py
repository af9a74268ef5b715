"""Which key is for which command where: a preset, and what the user has bound otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from reader.commands.keynames import shown
from reader.commands.placing import Place, held_by, holding, placed
from reader.commands.presets import PRESETS
from reader.commands.wishing import wishes
from reader.values import dataclass

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from reader.commands.command import Command

_ARTICLES: Final = ("both", "list", "article", "views")


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys that hold.

    `preset` is what was begun with; `by_id` are all commands, by their ids, with the keys that they have now;
    `places` tells the command of each key, and of each sequence, in a place.
    """

    preset: str
    by_id: Mapping[str, Command]
    places: Mapping[Place, Mapping[str, str]]

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands of the list, the article and the pane of views."""
        return tuple(command for command in self.by_id.values() if command.where in _ARTICLES)

    def of_screen(self, place: Place) -> tuple[Command, ...]:
        """Give the commands of a screen that lies over the articles."""
        return tuple(command for command in self.by_id.values() if command.where == place)

    def at(self, place: Place, key: str) -> Command | None:
        """Give the command of a key or a sequence in a place, None for none."""
        found = self.places[place].get(key)
        return self.by_id[found] if found is not None else None

    def sequences(self, place: Place, begun: str) -> dict[str, Command]:
        """Give what can follow in a place on keys that were pressed: whole sequences, each with its command."""
        here = {keys: name for keys, name in self.places[place].items() if keys.startswith(f"{begun} ")}
        order = {name: number for number, name in enumerate(self.by_id)} if here else {}
        return {keys: self.by_id[name] for keys, name in sorted(here.items(), key=lambda one: order[one[1]])}

    def keys_of(self, command: str, place: Place | None = None) -> tuple[str, ...]:
        """Give the keys of a command, in a place or anywhere."""
        known = self.by_id[command]
        keys = (*known.keys, *known.article_keys)
        return keys if place is None else tuple(key for key in keys if self.places[place].get(key) == command)

    def key(self, command: str, place: Place | None = None) -> str:
        """Give the first key of a command as people know it, where there is none the way by the palette."""
        keys = self.keys_of(command, place) or self.keys_of(command)
        return shown(keys[0]) if keys else f"{self.key('palette')} {self.by_id[command].name}"

    def told(self, text: str) -> str:
        """Put keys into a text of ours, where the id of a command stands in braces."""
        from re import sub

        def key(found: re.Match[str]) -> str:
            return self.key(found[1]) if found[1] in self.by_id else found[0]

        return sub(r"\{([a-z_]+(?:\.[a-z_]+)*)\}", key, text)


@cache
def default() -> Keymap:
    """Give the keys that hold where nothing is said."""
    return of("default", {})[0]


def of(preset: str, bound: Mapping[str, Sequence[str]], more: Sequence[Command] = ()) -> tuple[Keymap, list[str]]:
    """Make the keys out of what the settings say.

    Args:
        preset: the name of the preset to begin with; for one that there is not, the default.
        bound: the keys of some commands, by id, as people write them; none, or an empty one, for no key at all.
        more: commands besides those of the table, with the keys that the user gave them.

    Returns:
        The keys, and what is wrong, a line each: a mistake is left out, and of two that want one key it is told which
        has it.
    """
    wanted, wrong = wishes(preset, bound, more)
    places, clashes = placed(wanted)
    held, by_id = held_by(places), {}
    for wish in wanted:
        keys, article = holding(wish, held.get(wish.command.id, {}))
        by_id[wish.command.id] = replace(wish.command, keys=keys, article_keys=article)
    keymap = Keymap(preset if preset in PRESETS else "default", by_id, places)
    return keymap, [_line(told) for told in (*wrong, *clashes, *_kept(keymap))]


def _line(told: str) -> str:
    """Give what is told on one line: what is written in the settings can be anything."""
    return "".join(one if one.isprintable() else "?" for one in told)


def _kept(keymap: Keymap) -> list[str]:
    if keymap.by_id["quit"].keys:
        return []
    return [f"keys: quit has no key left; {shown('ctrl+q')} always leaves the app"]
