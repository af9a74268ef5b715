"""Reading comfort: how the text is set, what goes on by itself, words looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.ui.actions import action

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage

_ASIDE: Final = 8
"""Cells that wide lines go sideways at once."""
_WORDS: Final = 200
"""Characters that can be looked up at once."""


@action("reading.options")
def options(stage: Stage) -> None:
    """Ask how the text is set."""
    stage.comfort.ask()


@action("reading.scroll")
def scroll(stage: Stage) -> None:
    """Scroll by itself, or stop."""
    stage.comfort.toggle_scrolling()


@action("reading.aloud")
def aloud(stage: Stage) -> None:
    """Read aloud, or stop."""
    stage.comfort.toggle_speech()


@action("view.ruler")
def ruler(stage: Stage) -> None:
    """Show the reading ruler, or none."""
    stage.comfort.turn("ruler")


@action("view.bold_lead")
def bold_lead(stage: Stage) -> None:
    """Make the beginning of each word bold, or not."""
    stage.comfort.turn("bold_lead")


@action("view.spacing")
def spacing(stage: Stage) -> None:
    """Change the space between lines."""
    stage.comfort.turn("spacing")


@action("view.paragraphs")
def paragraphs(stage: Stage) -> None:
    """Part paragraphs by a blank line, or tell them by an indent."""
    stage.comfort.turn("paragraphs")


@action("side.right")
def right(stage: Stage) -> None:
    """Show more of what is wide."""
    stage.pane.move_sideways(_ASIDE)


@action("side.left")
def left(stage: Stage) -> None:
    """Go sideways back; at the edge, to the list."""
    if not stage.pane.move_sideways(-_ASIDE):
        stage.run("go.leave")


@action("reading.look_up")
def look_up(stage: Stage) -> None:
    """Look the selected words up in the user's dictionary; without any, ask for some."""
    from reader.ui.dialogs.prompts import LineScreen

    if not stage.settings.dictionary.strip():
        stage.say('Name a dictionary in config.toml, as in: dictionary = "dict"')
        return
    opened, passage = stage.opened, stage.selecting.passage
    if opened is not None and passage is not None:
        _look_up(stage, opened.document.said(passage))
    else:
        remark = f"A word or a few; or select them before you press {stage.key('reading.look_up')}."
        stage.ask(LineScreen("Look up", "", remark, "looks it up"), lambda words: _look_up(stage, words))


def _look_up(stage: Stage, said: str) -> None:
    from reader.ui.actions.programs import Program, ProgramError
    from reader.ui.dialogs.told import ToldScreen

    words = " ".join(said.split())
    if not words:
        return
    if len(words) > _WORDS:
        stage.say(f"Select less: up to {_WORDS} characters can be looked up.")
        return
    program = Program("dictionary", stage.settings.dictionary)

    async def answer() -> str:
        try:
            # What begins with a sign could be taken for an option.
            return await program.ask(words, *([words] if words[0].isalnum() else []))
        except ProgramError as error:
            return str(error)

    stage.ask(ToldScreen(words, f"Asking {program.name}…", answer()), lambda _: None)
