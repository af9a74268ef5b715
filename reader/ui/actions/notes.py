"""Notes: written here or in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from reader.ui.actions import action, highlights
from reader.ui.actions.highlights import may_write
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.annotation import Highlight
    from reader.model.article import Row
    from reader.ui.actions.stage import Stage


@action("article.note")
def note(stage: Stage) -> None:
    """Write or edit a note: on what is selected, on a highlight of the marked paragraph, else on the article."""
    from reader.ui.dialogs.note import NoteScreen

    def write(noted: _Noted) -> None:
        editor = NoteScreen(noted.title, noted.text, noted.write, noted.quote)
        stage.ask(editor, lambda text: _keep(stage, noted, text))

    _which(stage, write)


@action("article.note_in_editor")
def note_in_editor(stage: Stage) -> None:
    """Write the note in $VISUAL or $EDITOR."""
    if stage.row is None or not may_write(stage):
        return
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        writes = f"{stage.key('article.note')} writes the note here"
        stage.say(f"Set $VISUAL or $EDITOR to your editor; {writes}.", warning=True)
        return

    def write(noted: _Noted) -> None:
        text = _edited(stage, editor, noted.text)
        if text is not None:
            _keep(stage, noted, text)

    _which(stage, write)


@dataclass(frozen=True, slots=True)
class _Noted:
    """What a note is on.

    `write` keeps a text as the note. `quote` is the passage, empty for the whole article.
    """

    title: str
    text: str
    write: Callable[[str], None]
    quote: str = ""


def _which(stage: Stage, write: Callable[[_Noted], None]) -> None:
    """Find out which note is meant, and go on with it."""
    row = stage.row
    if row is None or not may_write(stage):
        return
    if not stage.reading or stage.opened is None:
        write(_article(stage, row))
    elif stage.selecting.active:
        passage = highlights.wanted(stage)
        if passage is not None:
            noted = highlights.on(stage.opened, passage) or highlights.make(stage, stage.opened, passage)
            stage.selecting.end()
            write(_highlight(stage, noted))
    elif len(found := highlights.at_hand(stage)) > 1:
        whole = ("The whole article", lambda: write(_article(stage, row)))
        highlights.choose(stage, "A note on what?", found, lambda one: write(_highlight(stage, one)), otherwise=whole)
    else:
        write(_highlight(stage, found[0]) if found else _article(stage, row))


def _article(stage: Stage, row: Row) -> _Noted:
    notes = stage.library.notebook.marks(row.id).notes

    def write(text: str) -> None:
        stage.renew([stage.library.notebook.set_note(row, text)])

    return _Noted(row.title, notes[0].text if notes else "", write)


def _highlight(stage: Stage, highlight: Highlight) -> _Noted:
    row = stage.opened.row if stage.opened is not None else None

    def write(text: str) -> None:
        if row is not None:
            stage.renew([stage.library.notebook.edit_highlight(row, highlight.id, note=text)])
            stage.selecting.touch(highlight.id)

    return _Noted(row.title if row is not None else "", highlight.note, write, highlight.quote.exact)


def _edited(stage: Stage, editor: str, written: str) -> str | None:
    handle, name = tempfile.mkstemp(prefix="note-", suffix=".md")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(written)
        with stage.pane.app.suspend():
            status = subprocess.call([*shlex.split(editor), name])  # noqa: S603 -- the user's own editor
        text = path.read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError, KeyboardInterrupt, SuspendNotSupported) as error:
        stage.say(f"{editor}: {error or 'interrupted'}. What you wrote is in {path}.", warning=True)
        return None
    if status:
        stage.say(f"{editor} ended with {status}; the note stays as it was. What you wrote is in {path}.", warning=True)
        return None
    path.unlink(missing_ok=True)
    return text


def _keep(stage: Stage, noted: _Noted, text: str) -> None:
    if text.strip() == noted.text.strip():
        return
    if text.strip():
        noted.write(text)
        return
    if noted.quote:
        noted.write("")
        stage.say(f"Note deleted; the highlight stays. {stage.key('undo')} brings the note back.")
        return

    from reader.ui.dialogs.prompts import ConfirmScreen

    def answered(yes: bool) -> None:
        if yes:
            noted.write("")
            stage.say(f"Note deleted. {stage.key('undo')} brings it back.")

    stage.ask(ConfirmScreen("The note is empty now. Delete it?", f"{stage.key('undo')} brings it back."), answered)
