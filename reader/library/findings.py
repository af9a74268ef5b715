"""What came of looking over what is kept: one thing at a time, in words."""

from __future__ import annotations

from typing import Literal, TypeAlias

from reader.values import dataclass

Verdict: TypeAlias = Literal["ok", "note", "wrong", "mended"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what came of it, which part it is, and the particulars."""

    verdict: Verdict
    part: str
    text: str


def counted(number: int, what: str) -> str:
    """Say how many of something there are."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
