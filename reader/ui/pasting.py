"""What is pasted: clean, and whether there is room for it where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widgets import Input, TextArea

from reader.ingest import sanitize
from reader.ui.driver import LONGEST, LongPaste

if TYPE_CHECKING:
    from textual import events
    from textual.app import App
    from textual.widget import Widget

LINE: Final = 4000
"""Characters that can be pasted into a line; no address and no query is longer."""
NOTE: Final = 200_000
"""Characters that can be pasted into a note, which is the length of a book's longest chapters."""


def fits(app: App[None], event: events.Paste) -> bool:
    """Tell whether there is room for what is pasted where it goes, and clean it; if not, say so."""
    refused = _refusal(event, app.focused) if app.screen_stack else ""
    if refused:
        app.notify(refused, severity="warning", markup=False, timeout=8)
    else:
        # Widgets write what is in them as it is: an escape from the clipboard would drive the terminal.
        event.text = sanitize.clean(event.text)
    return not refused


def _refusal(event: events.Paste, into: Widget | None) -> str:
    """Say why something cannot be pasted, nothing if it can; of what goes into a line only the first one is left."""
    if isinstance(event, LongPaste):
        return _too_long(event.length, LONGEST)
    if isinstance(into, TextArea):
        return _too_long(len(event.text), NOTE)
    if not isinstance(into, Input) or hasattr(into, "Pasted"):  # which hands texts on
        return ""
    event.text = (event.text[: LINE + 1].splitlines() or [""])[0]
    return "" if len(event.text) <= LINE else f"A line has room for {LINE:,} characters: nothing was pasted."


def _too_long(length: int, most: int) -> str:
    if length <= most:
        return ""
    return f"{length:,} characters are too many to paste here, where {most:,} fit: nothing was pasted."
