"""What standard input brings in the place of `-`: the first word of each line, as `reader list` begins its lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from reader.cli.terminal import MANNER, Failure, hint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STDIN: Final = "-"


def expanded(verb: str, words: Sequence[str]) -> list[str]:
    """Give what was named on the command line, with what standard input names in the place of `-`.

    Args:
        verb: what was asked for, to be named in errors.
        words: ids, or what else lines may begin with.

    Raises:
        Failure: standard input is a terminal, and nothing may be asked.
    """
    if STDIN not in words:
        return list(words)
    at = words.index(STDIN)
    return [*words[:at], *_first_words(verb), *(word for word in words[at:] if word != STDIN)]


def _first_words(verb: str) -> Iterator[str]:
    if sys.stdin.isatty():
        if MANNER.no_input:
            raise Failure(verb, "- is standard input, which is a terminal, and --no-input asks for nothing", 2)
        hint("Type ids, one a line, then Ctrl+D.")
    for text in sys.stdin.buffer:
        words = text.decode("utf-8", "replace").split(None, 1)
        if words:
            yield words[0]
