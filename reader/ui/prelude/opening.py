"""Painting the first picture, where there is one that is right. Imports next to nothing: that is its point."""

from __future__ import annotations

import time

from reader.ui.prelude import facts, sheet

TYPE_CHECKING = False  # as in sheet.py
if TYPE_CHECKING:
    from reader.ui.prelude.standing import Standing


def paint() -> Standing | None:
    """Paint what the app will show first; None where that is not known exactly, or the terminal is odd."""
    size, file = facts.size_of_terminal(), facts.sheet_file()
    if size is None or file is None:
        return None
    try:
        with open(file, "rb") as kept:  # noqa: PTH123 -- pathlib takes longer than to paint
            found = sheet.read(kept.read())
    except OSError:
        return None
    now = int(time.time())
    if found is None or found.size != size or not found.times[0] <= now < found.times[1]:
        return None
    lock = file.removesuffix(facts.NAME) + "reader.lock"
    if not facts.hold(found.facts) or facts.written_by_somebody(lock):
        return None
    return _put(found.painted(now))


def _put(picture: bytes) -> Standing | None:
    import termios

    from reader.ui.prelude.standing import Standing

    try:
        return Standing(picture)
    except (OSError, termios.error):
        return None
