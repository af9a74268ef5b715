"""Makes marks for ever and tells of each; run by killed_worker.py, which kills it.

usage: kill_worker.py MARKS FIRST
"""

import random
import sys
import time
from pathlib import Path

from reader.model.annotation import Place
from reader.model.article import Row
from reader.storage.marks import Marks


def row(number: int) -> Row:
    return Row(
        10**14 + number,
        0,
        f"Article {number}",
        None,
        None,
        "Russia",
        "",
        cut=False,
        words=100,
        published=None,
        url=None,
    )


def act(marks: Marks, number: int, choice: int) -> str:
    """Do one thing to an article that nothing was done to before, and give it a name."""
    mine = row(number)
    if choice == 0:
        marks.set_bookmarked([mine], bookmarked=True, label="Bookmark")
        return "bookmark"
    if choice == 1:
        marks.set_note(mine, f"note {number}", "Note")
        return "note"
    if choice == 2:
        marks.set_place(mine, Place(number, 0.5, 0.25))
        return "place"
    marks.set_read([mine], read=True, label="Read")
    return "read"


def main() -> None:
    marks = Marks(Path(sys.argv[1]))
    number = int(sys.argv[2])
    dice = random.Random(number)
    while True:
        choice = dice.randrange(4)
        # Told before and after: what was begun may be there, what was done must be.
        sys.stdout.write(f"begin {number} {choice}\n")
        sys.stdout.flush()
        what = act(marks, number, choice)
        sys.stdout.write(f"done {number} {what} {time.monotonic_ns()}\n")
        sys.stdout.flush()
        if dice.random() < 0.02:
            marks._journal.compact()
        number += 1
        time.sleep(dice.random() * 0.004)


if __name__ == "__main__":
    main()
