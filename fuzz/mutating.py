"""A fuzzer of our own for every Python: the seeds, changed by dice that fall the same each time.

An input that reaches a line of the program that none before has reached is kept, and changed further.
"""

from __future__ import annotations

import sys
import time
from random import Random
from typing import TYPE_CHECKING, Any, Final

from fuzz.harness import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from fuzz.watching import Watch

_OURS: Final = str(ROOT / "reader")
_TRACED: Final = 8
"""One input of so many is traced: that takes several times as long."""
_MOST: Final = 5
_NUMBERS: Final = (0, 1, 0x7F, 0x80, 0xFF, 0x0A, 0x0D, 0x09, 0x1B, 0x20, 0x22, 0x26, 0x3C, 0x3E)
_WORDS: Final = tuple(
    word.encode("utf-8", "surrogatepass")
    for word in (
        "\n\n", "<", "</", ">", "&", "&#x1b;", "&#0;", "]]>", "<!--", "<![CDATA[", "\x1b[2J", "\x00", "\ufeff",
        "\u202e", "\u200d", "\ud800", "漢", "é", "99999999999999999999", "-1", "1e999", "NaN", "null", "true", "[]",
        "{}", '""', "'", "`", "|", "* ", "# ", "> ", "- ", "](", "javascript:", "http://[", "//", "..", "%00", "%",
        "T25:61", "\r", "\u2028", "\u0301" * 9,
    )
)  # fmt: skip


def fuzz(watch: Watch, seconds: float, seed: int) -> None:
    """Run changed seeds for a while.

    Args:
        watch: what runs them.
        seconds: how long, by the clock.
        seed: what the dice begin with.
    """
    dice, corpus, seen = Random(seed), list(watch.harness.seeds()) or [b""], set[tuple[str, int]]()
    for data in corpus:
        reached(lambda data=data: watch.run(data), seen)  # type: ignore[misc] # called at once
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        data = mutated(dice, corpus)[: watch.harness.longest]
        if dice.randrange(_TRACED):
            watch.run(data)
        elif reached(lambda data=data: watch.run(data), seen):  # type: ignore[misc] # as above
            corpus.append(data)


def reached(run: Callable[[], None], seen: set[tuple[str, int]]) -> bool:
    """Run something and tell whether it reached lines of the program that are not in `seen`, which they are then."""
    before = len(seen)

    def line(frame: FrameType, _event: str, _value: object) -> Any:  # noqa: ANN401 -- what settrace wants
        seen.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    def call(frame: FrameType, _event: str, _value: object) -> Any:  # noqa: ANN401 -- what settrace wants
        return line if frame.f_code.co_filename.startswith(_OURS) else None

    former = sys.gettrace()
    sys.settrace(call)
    try:
        run()
    finally:
        sys.settrace(former)
    return len(seen) > before


def mutated(dice: Random, corpus: list[bytes]) -> bytes:
    """Give one of some inputs, changed in a few places."""
    data = bytearray(dice.choice(corpus))
    for _ in range(dice.randint(1, _MOST)):
        dice.choice(_CHANGES)(dice, data, corpus)
    return bytes(data)


def _place(dice: Random, data: bytearray) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, min(len(data), start + dice.choice((0, 1, 1, 2, 4, 16, 64, 512)))


def _bit(dice: Random, data: bytearray, _corpus: list[bytes]) -> None:
    if data:
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _byte(dice: Random, data: bytearray, _corpus: list[bytes]) -> None:
    if data:
        data[dice.randrange(len(data))] = dice.choice((*_NUMBERS, dice.randrange(256)))


def _word(dice: Random, data: bytearray, _corpus: list[bytes]) -> None:
    start, end = _place(dice, data)
    data[start:end] = dice.choice(_WORDS)


def _cut(dice: Random, data: bytearray, _corpus: list[bytes]) -> None:
    start, end = _place(dice, data)
    del data[start:end]


def _again(dice: Random, data: bytearray, _corpus: list[bytes]) -> None:
    start, end = _place(dice, data)
    data[start:start] = data[start:end] * dice.choice((1, 1, 2, 9, 300 if end - start < _MOST else 2))


def _moved(dice: Random, data: bytearray, _corpus: list[bytes]) -> None:
    start, end = _place(dice, data)
    piece = data[start:end]
    del data[start:end]
    at = dice.randint(0, len(data))
    data[at:at] = piece


def _from_another(dice: Random, data: bytearray, corpus: list[bytes]) -> None:
    other = bytearray(dice.choice(corpus))
    start, end = _place(dice, other)
    at, to = _place(dice, data)
    data[at:to] = other[start:end]


_CHANGES: Final = (_bit, _byte, _word, _cut, _again, _moved, _from_another)
