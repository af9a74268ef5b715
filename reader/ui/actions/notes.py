"""Notes: written here or in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.model.article import Row
    from reader.ui.actions.stage import Stage


@action("article.note")
def note(stage: Stage) -> None:
    """Write or edit the note of the article."""
    from reader.ui.dialogs.note import NoteScreen

    row = stage.row
    if row is not None and _may_write(stage):
        written = _written(stage, row)
        editor = NoteScreen(row.title, written, lambda text: stage.renew([stage.library.notebook.set_note(row, text)]))
        stage.ask(editor, lambda text: _keep(stage, row, written, text))


@action("article.note_in_editor")
def note_in_editor(stage: Stage) -> None:
    """Write the note in $VISUAL or $EDITOR."""
    row = stage.row
    if row is None or not _may_write(stage):
        return
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        stage.say("Set $VISUAL or $EDITOR to your editor; a writes the note here.", warning=True)
        return
    written = _written(stage, row)
    text = _edited(stage, editor, written)
    if text is not None:
        _keep(stage, row, written, text)


def _may_write(stage: Stage) -> bool:
    if stage.library.read_only:
        stage.say(stage.library.why_read_only, warning=True)
    return not stage.library.read_only


def _written(stage: Stage, row: Row) -> str:
    notes = stage.library.notebook.marks(row.id).notes
    return notes[0].text if notes else ""


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


def _keep(stage: Stage, row: Row, written: str, text: str) -> None:
    if text.strip() == written.strip():
        return
    if text.strip():
        stage.renew([stage.library.notebook.set_note(row, text)])
        return

    from reader.ui.dialogs.prompts import ConfirmScreen

    def answered(yes: bool) -> None:
        if yes:
            stage.renew([stage.library.notebook.set_note(row, "")])
            stage.say("Note deleted. U brings it back.")

    stage.ask(ConfirmScreen("The note is empty now. Delete it?", "U brings it back."), answered)
