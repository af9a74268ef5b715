"""The arguments of a verb, taken apart; a wrong one is told on one line."""

from __future__ import annotations

import argparse
from argparse import Namespace
from typing import NoReturn

from reader.cli.terminal import Failure

__all__ = ["Namespace", "Parser"]


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
        self._verb = verb

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the arguments."""
        raise Failure(self._verb, f"{message}; see {self.prog} --help", 2)
