"""The arguments of a verb, taken apart; a wrong one is told on one line."""

from __future__ import annotations

import argparse
from argparse import Namespace
from typing import TYPE_CHECKING, Final, NoReturn

from reader.cli.terminal import MANNER, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Namespace", "Parser"]

_SHIELD: Final = "\0"
"""Before a word that begins like an option and is none."""


class _Speaking(argparse.Action):
    """An option that every verb takes: it says how the verb is to speak."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002 -- argparse calls it so
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, *_: object) -> None:
        setattr(MANNER, self.dest, True)


class Parser(argparse.ArgumentParser):
    """Takes the arguments of one verb apart.

    Args:
        verb: the verb.
        description: what it does.
        epilog: what else to know.
    """

    def __init__(self, verb: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=f"reader {verb}",
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.verb = verb
        common = self.add_argument_group("with every verb")
        common.add_argument("--quiet", action=_Speaking, help="print nothing but errors and what is asked for")
        common.add_argument("--no-input", action=_Speaking, help="never ask anything, nor open an editor")
        self.common: Final = frozenset({"--quiet", "--no-input", "-h", "--help"})

    @property
    def sentence(self) -> str:
        """What the verb does, in the first sentence of its description."""
        return " ".join((self.description or "").split()).partition(". ")[0].removesuffix(".") + "."

    def options(self) -> list[argparse.Action]:
        """Give the options, those that every verb takes at the end."""
        found = [one for one in self._actions if one.option_strings]
        return sorted(found, key=lambda one: not self.common.isdisjoint(one.option_strings))

    def places(self) -> list[argparse.Action]:
        """Give what is told by its place, in that order."""
        return [one for one in self._actions if not one.option_strings]

    def either(self) -> list[frozenset[str]]:
        """Give the options of which only one can be given, by their names."""
        return [
            frozenset(one.dest for one in group._group_actions)  # noqa: SLF001 -- argparse tells of them in no other way
            for group in self._mutually_exclusive_groups
        ]

    def parse_query(self, arguments: Sequence[str]) -> Namespace:
        """Take arguments apart among which is a query: `-word` leaves a word out, and is no option."""
        found = self.parse_intermixed_args(list(self._shielded(arguments)))
        for name, value in vars(found).items():
            if isinstance(value, list):
                setattr(found, name, [one.removeprefix(_SHIELD) if isinstance(one, str) else one for one in value])
        return found

    def _shielded(self, arguments: Sequence[str]) -> Iterator[str]:
        over = False
        for one in arguments:
            if one == "--" and not over:
                over = True
                continue
            word = one.startswith("-") and not one.startswith("--") and one not in self._option_string_actions
            yield _SHIELD + one if over or word else one

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the arguments."""
        raise Failure(self.verb, f"{message}; see {self.prog} --help", 2)
