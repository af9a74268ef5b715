"""What becomes of what a program said: it is told, noted, or read as an article."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from reader.library import made, programs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library.programs import Answer
    from reader.model.article import Row
    from reader.settings import OwnCommand
    from reader.ui.screens.reading import ReadingScreen

NOTE: Final = 100_000
"""Characters that are added to a note."""
_TOAST: Final = 400
_LINES: Final = 8
"""Characters and lines that are told in passing."""
_SHORT: Final = 60


async def keep(screen: ReadingScreen, own: OwnCommand, row: Row | None, answer: Answer) -> str:
    """Do with what a program said what its command asks for, and give what is to be told of it.

    Args:
        screen: where the article is.
        own: the command.
        row: the article, None for none.
        answer: what it said.
    """
    cut = f" It said more than {programs.MOST >> 20} MiB; the rest is left out." if answer.cut else ""
    said = answer.said.strip()
    if not said or own.output == "none" or (row is None and own.output != "toast"):
        nothing = " It said nothing." if own.output in {"note", "article"} else ""
        return f"{own.called}: done.{nothing}"
    if row is not None and own.output == "note":
        return _note(screen, own, row, said) + cut
    if row is not None and own.output == "article":
        report = await asyncio.to_thread(made.add, screen.library, own, row, said)
        screen.refreshing.changed()
        screen.lists.take_in({*report.new, *report.changed})
        return str(report) + cut
    return _told(said) + cut


def _note(screen: ReadingScreen, own: OwnCommand, row: Row, said: str) -> str:
    notes = screen.library.notebook.marks(row.id).notes
    more = said if len(said) <= NOTE else f"{said[: NOTE - 1]}…"
    text = f"{notes[0].text}\n\n{more}" if notes else more
    screen.renew([screen.library.notebook.set_note(row, text)])
    left = f" It is long: {NOTE:,} characters of it are kept." if len(said) > NOTE else ""
    return f"{own.called}: added to the note.{left} U takes it back."


def remark(words: Sequence[str], answer: Answer) -> str:
    """Give what a program said, and what is to be known of it, to be read at length."""
    cut = f"It said more than {programs.MOST >> 20} MiB; the rest is left out." if answer.cut else ""
    trouble = f"{answer.trouble}." if answer.trouble else ""
    nothing = "" if answer.said.strip() or trouble else f"{programs.named(words)} said nothing."
    return "\n\n".join(part for part in (answer.said, cut, trouble, nothing) if part.strip())


def short(text: str) -> str:
    """Give the beginning of a text as a title."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _told(said: str) -> str:
    lines = said[: _TOAST + 1].split("\n")
    text = "\n".join(lines[:_LINES])
    return f"{text[:_TOAST].rstrip()} …" if len(lines) > _LINES or len(text) > _TOAST else text
