"""Libraries of invented articles, made once and kept between runs."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

from reader.ingest.found import Found
from reader.library import Library
from reader.model.article import Entry
from reader.settings import Places

if TYPE_CHECKING:
    from pathlib import Path

SYLLABLES = [
    "ba",
    "ke",
    "li",
    "mo",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "ter",
    "lan",
    "gor",
    "min",
    "pel",
    "sta",
    "con",
    "ver",
    "pro",
    "dis",
    "al",
    "er",
    "est",
    "ly",
    "str",
    "ok",
    "ia",
    "um",
]
SECTION = 2000
"""Articles under one heading, at the most."""


class Words:
    """Invented words, the frequent ones frequent."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        made = {"".join(self._random.choices(SYLLABLES, k=self._random.randint(1, 4))) for _ in range(20_000)}
        self._words = sorted(made)
        self._weights = [1 / (rank + 3) for rank in range(len(self._words))]
        for rank in range(1, len(self._weights)):
            self._weights[rank] += self._weights[rank - 1]

    def some(self, count: int) -> str:
        """Give some words."""
        text = " ".join(self._random.choices(self._words, cum_weights=self._weights, k=count))
        return text[:1].upper() + text[1:]

    def rarest(self) -> str:
        """Give one of the rarest words, long enough to be no beginning of many others."""
        return next(word for word in reversed(self._words) if len(word) > 7)

    def name(self) -> str | None:
        """Give a byline, or none."""
        return self.some(2).title() if self._random.random() < 0.4 else None


def library(folder: Path, count: int) -> Places:
    """Make a library of that many articles, half of them read, unless it is there."""
    home = folder / f"library-{count}"
    places = Places(home / "config", home / "data")
    if (home / "made").exists():
        return places
    shutil.rmtree(home, ignore_errors=True)
    words = Words(count)
    with Library(places) as made:
        for number in range(0, count, SECTION):
            section = f"{words.some(1)} {number // SECTION}"
            entries = tuple(
                Entry(f"{words.some(8)} {index}", words.name(), section, words.some(110), cut=True)
                for index in range(number, min(count, number + SECTION))
            )
            made.subscriptions.add(Found("listing", section, entries), section)
        keys = made.shelf.listing().keys
        for start in range(0, count, 1000):
            made.notebook.set_read(made.shelf.rows(keys[start : start + 1000 : 2]), read=True)
    (home / "made").touch()
    return places
