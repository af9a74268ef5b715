"""Highlights: made, coloured, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.annotation import COLORS
from reader.ui.actions import action, highlights

if TYPE_CHECKING:
    from reader.model.annotation import Color, Highlight
    from reader.ui.actions.stage import Stage


@action("paragraph.previous")
def previous_paragraph(stage: Stage) -> None:
    """Go a paragraph up."""
    stage.selecting.touch(None)
    stage.pane.step_cursor(-1)


@action("paragraph.next")
def next_paragraph(stage: Stage) -> None:
    """Go a paragraph down."""
    stage.selecting.touch(None)
    stage.pane.step_cursor(1)


@action("paragraph.highlight")
def highlight(stage: Stage) -> None:
    """Highlight what is selected, else the marked paragraph."""
    mark(stage)


def mark(stage: Stage, color: Color | None = None) -> None:
    """Highlight what is selected, else the marked paragraph, in a colour; None for the one that was used last."""
    opened = stage.opened
    if opened is None or not highlights.may_write(stage):
        return
    passage = highlights.wanted(stage)
    if passage is None:
        return
    there, wider = highlights.on(opened, passage), None
    if there is None and stage.selecting.active:
        wider = highlights.widened(opened, passage)
    if wider is not None and color in (None, wider[0].color):
        highlights.widen(stage, opened, *wider)
        stage.say(f"Highlight made longer. {stage.key('undo')} takes it back.")
        return
    stage.selecting.color = color or stage.selecting.color
    if there is None:
        made = highlights.make(stage, opened, passage)
        note, other, back = map(stage.key, ("article.note", "highlight.color", "undo"))
        stage.say(f"Highlighted in {made.color}. {note} adds a note, {other} changes the colour, {back} takes it back.")
        return
    stage.selecting.end()
    if color not in (None, there.color):
        _recolor(stage, there, color)
    else:
        stage.selecting.touch(there.id)
        note, other, gone = map(stage.key, ("article.note", "highlight.color", "highlight.delete"))
        stage.say(
            f"Highlighted already, in {there.color}. {note}: its note, {other}: another colour, {gone}: delete it."
        )


@action("select.start")
def select(stage: Stage) -> None:
    """Begin to select."""
    stage.selecting.start()


@action("highlight.color")
def color(stage: Stage) -> None:
    """Give the highlight the next colour."""
    if stage.opened is None or not highlights.may_write(stage):
        return
    found = highlights.at_hand(stage)
    if len(found) == 1:
        _recolor(stage, found[0], _next(found[0]))
    elif found:
        highlights.choose(
            stage, "Another colour for which highlight?", found, lambda one: _recolor(stage, one, _next(one))
        )
    else:
        stage.say(f"{_none_here(stage)}, {stage.key('paragraph.highlight')} makes one.")


def _none_here(stage: Stage) -> str:
    before, after = stage.key("paragraph.previous"), stage.key("paragraph.next")
    return f"No highlight is in the marked paragraph. {before} and {after} go to another one"


def _next(one: Highlight) -> Color:
    colors = tuple(COLORS)
    return colors[(colors.index(one.color) + 1) % len(colors)]


def _recolor(stage: Stage, one: Highlight, color: Color) -> None:
    if stage.opened is None:
        return
    row = stage.library.notebook.edit_highlight(stage.opened.row, one.id, color=color)
    stage.selecting.color = color
    stage.renew([row])
    stage.selecting.touch(one.id)
    stage.say(f"The highlight is {color} now. {stage.key('highlight.color')} takes the next colour.")


@action("highlight.delete")
def delete(stage: Stage) -> None:
    """Delete the highlight; where the marked paragraph has none, one that is not in the text any more."""
    if stage.opened is None or not highlights.may_write(stage):
        return
    found = highlights.at_hand(stage)
    lost = highlights.orphans(stage)
    if len(found) == 1:
        _delete(stage, found[0])
    elif found:
        highlights.choose(stage, "Delete which highlight?", found, lambda one: _delete(stage, one))
    elif lost:
        question = "Delete which highlight? Their words are no longer in the text."
        highlights.choose(stage, question, lost, lambda one: _delete(stage, one))
    else:
        stage.say(f"{_none_here(stage)}.")


def _delete(stage: Stage, one: Highlight) -> None:
    if stage.opened is None:
        return
    stage.selecting.end()
    stage.renew([stage.library.notebook.delete_highlight(stage.opened.row, one.id)])
    both = f"Highlight and its note deleted. {stage.key('undo')} brings both back."
    stage.say(both if one.note.strip() else f"Highlight deleted. {stage.key('undo')} brings it back.")
