"""How the text is set: what can be changed about it, each in the words of the reader."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.settings import LINE_SPACING
from reader.ui.screens.scrolling import changed_pace
from reader.ui.widgets.hyperlinks import knows_links
from reader.ui.widgets.look import Look
from reader.ui.widgets.reading_pane import ReadingPane

if TYPE_CHECKING:
    from reader.ui.dialogs.options import Dial
    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.screens.session import Session

_SPACES = ("none", "one line", "two lines")


def begin(screen: ReadingScreen, kept: Session) -> None:
    """Set the pane of a screen that is not shown yet as it was left, else as the settings say."""
    pane, settings = screen.pane, screen.settings
    spacing = settings.line_spacing if kept.line_spacing is None else kept.line_spacing
    bold = settings.bold_lead if kept.bold_lead is None else kept.bold_lead
    look = Look(spacing, (kept.paragraphs or settings.paragraphs) == "indent", bold, knows_links(os.environ))
    pane.set_reactive(ReadingPane.measure, kept.measure or settings.measure)
    pane.set_reactive(ReadingPane.look, look)
    pane.set_reactive(ReadingPane.ruler, settings.ruler if kept.ruler is None else kept.ruler)
    pane.set_reactive(ReadingPane.pace, settings.words_a_minute)
    if kept.color is not None:
        screen.selecting.color = kept.color


def as_kept(screen: ReadingScreen) -> dict[str, Any]:
    """Give what a session keeps of it: what is as the settings say is left to them."""
    pane, settings = screen.pane, screen.settings
    paragraphs, pace = "indent" if pane.look.indent else "space", screen.comfort.scrolling.pace
    return {
        "measure": pane.measure if pane.measure != settings.measure else 0,
        "line_spacing": pane.look.spacing if pane.look.spacing != settings.line_spacing else None,
        "paragraphs": paragraphs if paragraphs != settings.paragraphs else None,
        "bold_lead": pane.look.bold_lead if pane.look.bold_lead != settings.bold_lead else None,
        "ruler": pane.ruler if pane.ruler != settings.ruler else None,
        "scroll_pace": pace if pace != settings.scroll_pace else 0,
        "color": screen.selecting.color,
    }


def dials(screen: ReadingScreen) -> dict[str, Dial]:
    """Give all that can be changed, in the order in which it is offered."""
    from reader.ui.dialogs.options import Dial

    pane, scrolling = screen.pane, screen.comfort.scrolling

    def look(**changed: object) -> None:
        pane.look = replace(pane.look, **changed)  # type: ignore[arg-type]  # the names and types are those below

    def space(step: int) -> None:
        look(spacing=(pane.look.spacing + step) % len(LINE_SPACING))

    def width() -> str:
        room = pane.text_room
        return f"{pane.measure} columns" + (f", {room} here" if room < pane.measure else "")

    def measure(step: int) -> None:
        screen.room.set_text(2 * step)

    def ruler(_: int) -> None:
        pane.ruler = not pane.ruler

    def pace(step: int) -> None:
        scrolling.pace = changed_pace(scrolling.pace, step)

    return {
        "measure": Dial("Width", width, measure),
        "spacing": Dial("Space between lines", lambda: _SPACES[pane.look.spacing], space),
        "paragraphs": Dial(
            "Paragraphs",
            lambda: "told by an indent" if pane.look.indent else "a blank line apart",
            lambda _: look(indent=not pane.look.indent),
        ),
        "bold_lead": Dial(
            "Bold beginnings", lambda: _on(pane.look.bold_lead), lambda _: look(bold_lead=not pane.look.bold_lead)
        ),
        "ruler": Dial("Reading ruler", lambda: _on(pane.ruler), ruler),
        "theme": Dial(
            "Theme",
            lambda: "dark" if screen.app.current_theme.dark else "light",
            lambda _: screen.run("view.theme"),
        ),
        "pace": Dial("Scrolls by itself", lambda: f"{scrolling.pace} lines a minute", pace),
    }


def _on(on: bool) -> str:
    return "on" if on else "off"
