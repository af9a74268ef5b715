"""Somebody who marks, seeded, and what is known of the marks as they do."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import orjson

from reader.model.annotation import Place
from reader.model.article import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.storage.marks import Marks

ID = 10**14
START = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
TORN = "The last mark had not been written whole"
RESTORED = "The newest good backup was opened instead"


class Clock:
    """A clock that moves on by so many minutes each time it is looked at."""

    def __init__(self, minutes: float = 1) -> None:
        self.now, self.minutes = START, minutes

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=self.minutes)
        return self.now


def row(number: int) -> Row:
    return Row(
        ID + number, number, f"Title {number}", None, None, "sea", "", cut=False, words=100, published=None, url=None
    )


def state_of(marks: Marks) -> bytes:
    """Give all that the marks hold."""
    tables = {name: docs for name, docs in marks._journal.read().items() if docs and name != "meta"}
    return orjson.dumps(tables, option=orjson.OPT_SORT_KEYS)


@dataclass(frozen=True)
class Began:
    """From here on the marks may be so."""

    state: bytes


@dataclass(frozen=True)
class Acknowledged:
    """From here on the marks are so, or as they became later."""

    state: bytes


@dataclass(frozen=True)
class Backed:
    """From here on there is a backup that holds this or what came later."""

    state: bytes


@dataclass
class Session:
    """Somebody who marks, and what is known of it."""

    note: Callable[[object], None]
    marks: Marks
    number: int = 0
    seed: int = 0
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def act(self) -> None:
        """Do one thing or another, or take back the last."""
        self.number += 1
        mine = row(self.dice.randint(1, 5))
        match self.dice.randrange(6):
            case 0:
                self.marks.set_bookmarked([mine], self.dice.random() < 0.7, "bookmark")
            case 1:
                self.marks.set_note(mine, f"note {self.number} " + "é" * self.dice.randrange(300), "note")
            case 2:
                self.marks.set_place(mine, Place(self.number, 0.5, 0.25))
            case 3:
                self.marks.undo()
            case 4:
                self.marks.set_tags([mine, row(9)], [f"tag {self.number}"], (), "tags")
            case _:
                self.marks.set_read([mine, row(8)], self.dice.random() < 0.8, "read")
        self.note(Began(state_of(self.marks)))

    def flush(self) -> None:
        self.marks.flush()
        self.note(Acknowledged(state_of(self.marks)))

    def fold(self) -> None:
        state = state_of(self.marks)
        self.marks._journal.compact()
        self.note(Acknowledged(state_of(self.marks)))
        self.note(Backed(state))

    def close(self) -> None:
        state = state_of(self.marks)
        writes = self.marks._journal._appender.size or self.marks.pending
        self.marks.close()
        self.note(Acknowledged(state))
        if writes:
            self.note(Backed(state))
