"""Who has a key in a place: what the user gave comes first, and no key is also the beginning of a sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.commands.keynames import shown
from reader.commands.wishing import Wish, spare
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reader.commands.command import Command

Place: TypeAlias = Literal["list", "article", "views", "sources", "notebook", "history"]
PLACES: Final[tuple[Place, ...]] = ("list", "article", "views", "sources", "notebook", "history")

_CALLED: Final[dict[Place, str]] = {
    "list": "the list", "article": "the article", "views": "the pane of views", "sources": "the sources",
    "notebook": "the notebook", "history": "the history",
}  # fmt: skip

_GROUPS: Final = ("Views", "More")
"""The groups of commands that work whatever has the focus, but for those about an article."""
_NOT: Final = frozenset(
    {"search", "view.filter", "view.sort", "view.zen", "library.add", "refresh.source", "copy", "view.renew"}
)
_ALSO: Final = frozenset({"undo", "redo", "pane.next", "pane.previous"})
_NAMED: Final = 3
"""Commands that lose a key and are named; of more the number is told."""


def in_views(command: Command) -> bool:
    """Tell whether a command can be run from the pane of views."""
    if command.where not in ("both", "list"):
        return command.where == "views"
    if command.id in _NOT or command.id.startswith(("article.", "section.")):
        return False
    return command.id in _ALSO or command.group in _GROUPS


@dataclass(frozen=True, slots=True)
class Claim:
    """A command's claim to a key in a place: the lowest rank has it, of equals the first.

    `loud` tells that it is said when it comes to nothing.
    """

    key: str
    command: str
    rank: tuple[int, int]
    given: bool
    loud: bool = True


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims that cannot both stand."""

    won: Claim
    lost: Claim


class Taken:
    """The keys of a place that somebody has."""

    def __init__(self) -> None:
        self.by_key: dict[str, Claim] = {}
        self._beginnings: dict[str, Claim] = {}

    def take(self, claim: Claim) -> Claim | None:
        """Let a claim stand; gives the one that stands against it, None for none."""
        key = claim.key
        against = self.by_key.get(key)
        if against is not None and against.command == claim.command:
            return None
        against = against or self._beginnings.get(key) or self._begun_by(key)
        if against is None:
            self.by_key[key] = claim
            for beginning in _beginnings(key):
                self._beginnings.setdefault(beginning, claim)
        return against

    def _begun_by(self, key: str) -> Claim | None:
        return next((self.by_key[beginning] for beginning in _beginnings(key) if beginning in self.by_key), None)


def _beginnings(key: str) -> list[str]:
    if " " not in key:
        return []
    parts = key.split(" ")
    return [" ".join(parts[:count]) for count in range(1, len(parts))]


def placed(made: Sequence[Wish]) -> tuple[dict[Place, dict[str, str]], list[str]]:
    """Give the command of each key and each sequence in each place, and what came to nothing, a line each."""
    places: dict[Place, dict[str, str]] = {}
    clashes: list[Clash] = []
    for place in PLACES:
        taken = Taken()
        for claim in sorted(_claims(made, place), key=lambda one: one.rank):
            won = taken.take(claim)
            if won is not None and won.given and claim.loud:
                clashes.append(Clash(won, claim))
        for wish in made:
            _rescue(wish, place, taken)
        places[place] = {key: claim.command for key, claim in taken.by_key.items()}
    return places, list(_told(clashes, places))


def _claims(made: Sequence[Wish], place: Place) -> Iterator[Claim]:
    for wish in made:
        where, given = wish.command.where, wish.order is not None
        own = where == place
        order = wish.order or 0
        keys: tuple[str, ...] = ()
        if own or (where == "both" and place in ("list", "article")):
            keys = wish.keys
        if place == "article":
            keys += wish.article_keys
            if given and wish.command.article_keys:  # what the table has for both places, the user gives for both
                keys = wish.keys
        for key in keys:
            rank = 0 if given else 1 if own or key in wish.article_keys else 2
            yield Claim(key, wish.command.id, (rank, order if given else 0), given)
        if own:
            yield from (Claim(key, wish.command.id, (3, 0), given=False, loud=False) for key in wish.liked)
        elif place == "views" and in_views(wish.command):
            for key in (*wish.keys, *wish.article_keys):
                yield Claim(key, wish.command.id, (4 if given else 5, order), given=False, loud=False)


def _rescue(wish: Wish, place: Place, taken: Taken) -> None:
    """Give a command that is like another its usual keys, where it has come out with none."""
    if wish.command.where != place or not wish.liked or wish.order is not None:
        return
    name = wish.command.id
    if not any(claim.command == name for claim in taken.by_key.values()):
        for key in spare(wish.command):
            taken.take(Claim(key, name, (6, 0), given=False, loud=False))


def _told(clashes: Sequence[Clash], places: dict[Place, dict[str, str]]) -> Iterator[str]:
    """Say who has a key, and who lost which by it, a line for each key."""
    lost: dict[tuple[str, str], dict[tuple[str, str], Clash]] = {}
    for clash in clashes:
        won = lost.setdefault((clash.won.key, clash.won.command), {})
        won[clash.lost.command, clash.lost.key] = clash
    for (key, command), some in lost.items():
        first = ", which is written first" if any(clash.lost.given for clash in some.values()) else ""
        losers = [_loses(name, theirs, places) for name, theirs in list(some)[:_NAMED]]
        more = f"; {len(some) - _NAMED} more that begin with it are lost" if len(some) > _NAMED else ""
        yield f"keys: {shown(key)} is for {command}{first}: {'; '.join(losers)}{more}"


def _loses(name: str, key: str, places: dict[Place, dict[str, str]]) -> str:
    held = [one for keys in places.values() for one, command in keys.items() if command == name]
    if key in held:
        there = [_CALLED[place] for place, keys in places.items() if keys.get(key) == name]
        return f"{name} has {shown(key)} only in {' and '.join(there)}"
    if not held:
        return f"{name} loses {shown(key)} and has no key left"
    return f"{name} loses {shown(key)} and keeps {' '.join(dict.fromkeys(map(shown, held)))}"


def held_by(places: dict[Place, dict[str, str]]) -> dict[str, dict[str, None]]:
    """Give the keys that each command has anywhere."""
    held: dict[str, dict[str, None]] = {}
    for keys in places.values():
        for key, command in keys.items():
            held.setdefault(command, {})[key] = None
    return held


def holding(wish: Wish, held: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give those keys of a command that it has, and those that it has in the article alone, the wished ones first."""
    wanted = dict.fromkeys((*wish.liked, *wish.keys))
    article = tuple(key for key in wish.article_keys if key in held and key not in wanted)
    rest = [key for key in held if key not in wanted and key not in article]
    return (*(key for key in wanted if key in held), *rest), article
