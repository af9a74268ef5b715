"""Selecting a passage of the article by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.commands import shown
from reader.model.annotation import COLORS
from reader.model.document import CELL_BREAK, Point

if TYPE_CHECKING:
    from textual.events import Key

    from reader.model.annotation import Color
    from reader.model.choosing import Chosen
    from reader.model.document import Document, Passage
    from reader.ui.screens.reading import ReadingScreen

_HINTS: Final = (
    "<H> highlight  <a> note  1–4 colour  <y> copy  Esc end   w b e ( ) { } 0 $ gg G select  o other end  <D> look up",
    "<H> keep · <a> note · 1–4 colour · <y> copy · Esc · w b e ( ) { } · o other end",
    "<H> keep · <a> note · 1–4 colour · <y> copy · Esc",
    "<H> keep · <a> note · Esc",
)
"""What can be pressed, as much as there is room for; in angles what may be another key."""

_LINES: Final = {"j": 1, "k": -1}
_PAGES: Final = {"pagedown": 1.0, "pageup": -1.0, "ctrl+d": 0.5, "ctrl+u": -0.5}
_ALSO: Final = {
    "right": "l", "left": "h", "down": "j", "up": "k", "home": "0", "end": "$", "space": "pagedown",
    "ctrl+f": "pagedown", "ctrl+b": "pageup", "enter": "H", "v": "escape", "q": "escape",
}  # fmt: skip
"""Keys that do what another one does."""


_OTHERS: Final = ("help", "palette", "quit", "reading.look_up", "article.note_in_editor")
"""Commands that do while something is selected what they always do."""
_ABOUT_ONE: Final = ("article.note", "article.note_in_editor", "highlight.color", "highlight.delete")
"""Commands that are about the highlight that was just made, changed or gone to."""
_DONE: Final = {"paragraph.highlight": "H", "article.note": "a", "copy": "y"}
"""Commands that end a selection, and the keys that do so whatever else they may be."""


class Selecting:
    """A selection that grows word by word; and what was selected or highlighted last.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self.color: Color = "yellow"
        """The colour of the next highlight: the one that was used last."""
        self._chosen: Chosen | None = None
        self._document: Document | None = None
        """What the selection is in."""
        self._column: Point | None = None
        """Where the last step by lines led, before the word there was taken whole."""
        self._touched: tuple[int, int] | None = None
        """The highlight that was made or changed last, and the paragraph that was marked then."""
        self._begun = False
        """Whether the first key of `gg` was pressed."""

    # -- what is selected

    @property
    def hint(self) -> str:
        """What can be pressed, empty while nothing is selected."""
        if self._chosen is None or not self._screen.reading:
            return ""
        room = self._screen.app.size.width - 1
        hints = [self._told(hint) for hint in _HINTS]
        return next((hint for hint in hints if len(hint) <= room), hints[-1])

    def _told(self, hint: str) -> str:
        """Put the keys that do it now into a hint."""
        for command, usual in (*_DONE.items(), ("reading.look_up", "D")):
            keys = [key for key in self._screen.keymap.keys_of(command, "article") if " " not in key]
            hint = hint.replace(f"<{usual}>", shown(keys[0]) if keys else usual)
        return hint

    @property
    def passage(self) -> Passage | None:
        """What is selected, by keys or with the mouse; spaces at its ends are no part of it."""
        from reader.model.motions import trimmed

        opened = self._screen.opened
        if opened is None:
            return None
        drawn = self._screen.pane.selected_passage
        passage = self._chosen.passage if self._chosen is not None and drawn is None else drawn
        return trimmed(opened.document, passage) if passage is not None else None

    @property
    def active(self) -> bool:
        """Whether anything is selected, be it nothing but spaces."""
        return self._chosen is not None or self._drawn

    @property
    def _drawn(self) -> bool:
        """Whether the mouse has selected anything of the article."""
        return self._screen.pane in self._screen.selections

    def start(self) -> None:
        """Begin with what the mouse has selected or what was found, else at the marked paragraph."""
        from reader.model.choosing import Chosen, begin

        screen = self._screen
        if screen.opened is None:
            return
        if not screen.reading:
            screen.enter_article()
        self._document = document = screen.opened.document
        passage = screen.pane.selected_passage or self._found(document)
        chosen = Chosen(passage.start, passage.end) if passage is not None else begin(document, self._first())
        if chosen is None:
            screen.say("There are no words to select here.")
            return
        screen.clear_selection()
        begun, self._column, self._begun = self._chosen is None, None, False
        self._show(chosen)
        if begun and screen.has_class("-zen"):  # where no other line could say it
            screen.say(self.hint)

    def _found(self, document: Document) -> Passage | None:
        """Give what was found, if it is in view and in the body."""
        match = self._screen.finding.match
        if match is None or match.end.block >= len(document.blocks) or not self._screen.pane.in_view(match.start):
            return None
        return match

    def _first(self) -> Point:
        """Give the first point in view of the marked paragraph."""
        pane = self._screen.pane
        return max(Point(pane.cursor, 0), pane.top)

    def end(self) -> None:
        """Select nothing any more."""
        if self._chosen is not None:
            self._chosen = None
            self._screen.pane.mark("chosen", ())
        if self._drawn:
            self._screen.clear_selection()

    # -- what was highlighted last

    def touch(self, highlight: int | None) -> None:
        """Remember which highlight was made or changed, None for none: the very next key may be about it."""
        self._touched = (highlight, self._screen.pane.cursor) if highlight is not None else None

    @property
    def touched(self) -> int | None:
        """The highlight that was made or changed last, None once the reader has done anything else."""
        return self._touched[0] if self._touched is not None and self._touched[1] == self._screen.pane.cursor else None

    def pressed(self, event: Key) -> None:
        """Forget which highlight was made or changed if a key is not about that."""
        about = [self._screen.keymap.at("article", event.key)]
        about += self._screen.keymap.sequences("article", event.key).values()
        if not any(command is not None and command.id in _ABOUT_ONE for command in about):
            self._touched = None

    def go_to(self, highlight: int) -> None:
        """Mark the paragraph of a highlight, or its quote below the text; the next command is about it."""
        opened, pane = self._screen.opened, self._screen.pane
        for anchored in opened.highlights if opened is not None else ():
            if anchored.highlight.id != highlight:
                continue
            if anchored.passage is not None:
                pane.cursor = anchored.passage.start.block
            elif (block := pane.block_of(highlight)) is not None:
                pane.show_point(Point(block))
                pane.cursor = block
            self.touch(highlight)

    def moved(self) -> None:
        """End the selection if it was in another text than the one that is shown now."""
        if self._chosen is not None and not self._stands():
            self.end()

    def clicked(self, point: Point) -> None:
        """Let the next command be about the highlight that was clicked."""
        opened, pane = self._screen.opened, self._screen.pane
        self.touch(None)
        lost = pane.orphan_at(point.block)
        if lost is not None:
            self.go_to(lost.id)
        for anchored in opened.highlights if opened is not None else ():
            if anchored.passage is not None and anchored.passage.start <= point < anchored.passage.end:
                pane.cursor = point.block
                self.touch(anchored.highlight.id)

    # -- keys

    def follow(self, event: Key) -> bool:
        """Take a key, and tell whether it was for the selection."""
        self.moved()
        if self._chosen is not None and self._drawn:
            self.start()  # the mouse was drawn meanwhile: the keys go on from there
        if self._chosen is None or self._document is None:
            return self._drop(event)
        key = event.character if event.is_printable and event.character and event.character != " " else event.key
        key = _ALSO.get(key, key)
        begun, self._begun = self._begun, key == "g" and not self._begun
        if begun and key == "g":
            key = "gg"
        moved = self._moved(key, self._chosen, self._document)
        if moved is not None:
            self._show(moved)
            return True
        command = self._screen.keymap.at("article", event.key)
        does = command.id if command is not None else ""
        self._finish(_DONE.get(does, key))
        return does not in _OTHERS  # what else would be done is nothing that a selection should be lost for

    def _drop(self, event: Key) -> bool:
        """Let Esc drop what the mouse has selected."""
        dropped = event.key == "escape" and self._drawn
        if dropped:
            self._screen.clear_selection()
        return dropped

    def _stands(self) -> bool:
        """Tell whether the text that the selection is in is still the one that is shown; more may have come."""
        opened, chosen = self._screen.opened, self._chosen
        if opened is None or chosen is None or self._document is None:
            return False
        if opened.document is self._document:
            return True
        before, self._document = self._document.blocks, opened.document
        ends = {chosen.start.block, chosen.end.block}
        return all(before[at : at + 1] == opened.document.blocks[at : at + 1] for at in ends)

    def _moved(self, key: str, chosen: Chosen, document: Document) -> Chosen | None:
        """Give the selection after a key that moves its end, None for another key."""
        from reader.model.choosing import MOVES

        pane = self._screen.pane
        if key in _LINES or key in _PAGES:
            height = max(1, pane.size.height - 2)
            lines = _LINES.get(key) or round(_PAGES[key] * height)
            self._column = self._inside(pane.step(self._column or chosen.last(document), lines))
            return chosen.around(document, self._column)
        if key in MOVES:
            self._column = None
            return MOVES[key](chosen, document)
        if key in ("0", "$"):
            self._column = None
            begin, end = pane.line_ends(chosen.last(document))
            return chosen.around(document, begin) if key == "0" else chosen.to(document, end)
        return None

    def _inside(self, point: Point) -> Point:
        """Give the nearest point in the body: what stands below it cannot be selected."""
        blocks = self._document.blocks if self._document is not None else ()
        return point if point.block < len(blocks) else Point(len(blocks) - 1, len(blocks[-1].text))

    def _show(self, chosen: Chosen) -> None:
        from reader.ui.widgets.painting import Overlay

        self._chosen = chosen
        pane = self._screen.pane
        pane.mark("chosen", (Overlay(chosen.passage, "chosen"),))
        if self._document is not None:
            pane.show_point(chosen.last(self._document))

    def _finish(self, key: str) -> None:
        """Do what is done with a selection."""
        if key == "escape":
            self.end()
        elif key == "H":
            self._screen.run("paragraph.highlight")
        elif key in tuple("1234"):
            self._mark(tuple(COLORS)[int(key) - 1])
        elif key == "a":
            self._screen.run("article.note")
        elif key == "y":
            self._copy()

    def _mark(self, color: Color) -> None:
        from reader.ui.actions.highlighting import mark

        self._screen.guarded(lambda: mark(self._screen, color))

    def _copy(self) -> None:
        passage = self.passage
        if passage is None or self._document is None:
            self._screen.say("Only spaces are selected.")
            return
        self._screen.app.copy_to_clipboard(self._document.said(passage).replace(CELL_BREAK, " "))
        self.end()
        self._screen.say("Copied the selection.")
