"""Every verb's parser, had without running the verb: completion, the man page and the manual are made from them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reader.cli import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.cli.arguments import Parser


def of(verb: str) -> list[Parser]:
    """Give the parser of a verb, and those of the verbs that it has itself; only its own module is imported."""
    return [one for one in import_module(f"reader.cli.{VERBS[verb]}").parsers() if one.verb.split()[0] == verb]


def every() -> Iterator[Parser]:
    """Give all parsers, in the order in which the verbs are told."""
    for verb in VERBS:
        yield from of(verb)
