"""The highlights of the article that is shown: which one a command is about, and making one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import motions
from reader.model.document import Passage, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.library.shelf import Opened
    from reader.model.annotation import Highlight
    from reader.ui.actions.stage import Stage


def may_write(stage: Stage) -> bool:
    """Tell whether marks can be made, and say it where they cannot."""
    if stage.library.read_only:
        stage.say(stage.library.why_read_only, warning=True)
    return not stage.library.read_only


def at_hand(stage: Stage) -> list[Highlight]:
    """Give the highlights that a command is about.

    They are those in what is selected, else the one that was just made, changed or gone to, else those of the
    marked paragraph.
    """
    opened = stage.opened
    if opened is None:
        return []
    passage = stage.selecting.passage
    if passage is None:
        touched = [
            anchored.highlight for anchored in opened.highlights if anchored.highlight.id == stage.selecting.touched
        ]
        if touched:
            return touched
        lost = stage.pane.orphan_at(stage.pane.cursor)
        if lost is not None:
            return [lost]
        passage = Passage(Point(stage.pane.cursor, 0), Point(stage.pane.cursor + 1, 0))
    return [
        anchored.highlight
        for anchored in opened.highlights
        if anchored.passage is not None and _overlap(anchored.passage, passage)
    ]


def _overlap(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end


def orphans(stage: Stage) -> list[Highlight]:
    """Give the highlights whose passage is not in the text any more."""
    opened = stage.opened
    return [anchored.highlight for anchored in opened.highlights if anchored.passage is None] if opened else []


def choose(
    stage: Stage,
    question: str,
    highlights: Sequence[Highlight],
    chosen: Callable[[Highlight], None],
    *,
    otherwise: tuple[str, Callable[[], None]] | None = None,
) -> None:
    """Ask which of some highlights is meant.

    Args:
        stage: the screen.
        question: what is asked.
        highlights: some.
        chosen: goes on with the one that was chosen.
        otherwise: a last choice that is none of them, and what goes on with it.
    """
    from reader.ui.dialogs.quotes import QuoteScreen

    def answered(number: int) -> None:
        if number < len(highlights):
            chosen(highlights[number])
        elif otherwise is not None:
            otherwise[1]()

    stage.ask(QuoteScreen(question, highlights, otherwise[0] if otherwise else ""), answered)


def wanted(stage: Stage) -> Passage | None:
    """Give the passage that is to be highlighted: what is selected, else the marked paragraph; says why not."""
    opened = stage.opened
    if opened is None:
        return None
    passage = stage.selecting.passage
    if passage is None and not stage.selecting.active:
        passage = _whole(opened, stage.pane.cursor)
    if passage is None:
        stage.say("There are no words to highlight here.")
    return passage


def _whole(opened: Opened, block: int) -> Passage | None:
    """Give the whole text of a block of the body, tables and code too, with the pieces that it was parted into."""
    if not 0 <= block < len(opened.document.blocks):
        return None
    return motions.trimmed(opened.document, opened.document.paragraph(block))


def on(opened: Opened, passage: Passage) -> Highlight | None:
    """Give the highlight of this very passage."""
    return next((anchored.highlight for anchored in opened.highlights if anchored.passage == passage), None)


def widened(opened: Opened, passage: Passage) -> tuple[Highlight, Passage] | None:
    """Give the one highlight that a passage reaches out of, and both together; None for none or several."""
    over = [
        (anchored.highlight, anchored.passage)
        for anchored in opened.highlights
        if anchored.passage is not None and _overlap(anchored.passage, passage)
    ]
    if len(over) != 1:
        return None
    there, before = over[0]
    both = Passage(min(before.start, passage.start), max(before.end, passage.end))
    return (there, both) if both != before else None


def widen(stage: Stage, opened: Opened, there: Highlight, passage: Passage) -> None:
    """Let a highlight be of another passage; nothing is selected any more then."""
    from reader.model.anchoring import quote_of

    row = stage.library.notebook.edit_highlight(opened.row, there.id, quote=quote_of(opened.document, passage))
    stage.selecting.end()
    stage.renew([row])
    stage.selecting.touch(there.id)


def make(stage: Stage, opened: Opened, passage: Passage) -> Highlight:
    """Highlight a passage in the colour that was used last; nothing is selected any more then."""
    from reader.model.anchoring import quote_of

    quote = quote_of(opened.document, passage)
    row, highlight = stage.library.notebook.add_highlight(opened.row, quote, stage.selecting.color)
    stage.selecting.end()
    stage.renew([row])
    if stage.pane.in_view(passage.start):
        stage.pane.cursor = passage.start.block
    stage.selecting.touch(highlight.id)
    return highlight
