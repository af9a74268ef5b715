"""A page in a centred measure: laid out and drawn only where it is looked at, the place at its top always held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from reader.model.annotation import Place
from reader.model.document import Block, Document
from reader.ui.widgets.bordered import Bordered
from reader.ui.widgets.drawing import COMPONENTS, Drawing
from reader.ui.widgets.frame import empty_line
from reader.ui.widgets.look import Look
from reader.ui.widgets.margin import LEFT, RIGHT
from reader.ui.widgets.page import PACE, Page
from reader.ui.widgets.pointing import Pointing, kept
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.selection import Selection

    from reader.library.shelf import Opened
    from reader.ui.widgets.lines import Line

UNDER_HEADER: Final = 1e-6
"""The fraction of a place at a block's first line; 0 in the first block means the header above it."""

_COMING: Final = Document((Block("aside", "Laying out…"),))
"""What stands for a long text whose end is to be shown, until it is there."""


class PageView(Bordered):
    """An article on a page, and the part of it that is in view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    ALLOW_SELECT = True

    measure: reactive[int] = reactive(66, repaint=False)
    look: reactive[Look] = reactive(Look(), repaint=False)
    pace: reactive[int] = reactive(PACE, repaint=False)
    """Words a minute."""
    empty: reactive[str] = reactive("")
    """What to say when there is no article."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- the name that Textual gives it
        super().__init__(id=id)
        self.opened: Opened | None = None
        self.picture: Callable[[Block, int], Sequence[Line] | None] | None = None
        """Gives the lines that show a picture of some width, None while there are none."""
        self._page: Page | None = None
        self._foreseen: Page | None = None
        self._pointing: Pointing | None = None
        self._drawing = Drawing()
        self._lines: list[tuple[int, int]] | None = None
        self._fitted = Size(0, 0)
        self._restyled = True
        self._selection: Selection | None = None
        """What the mouse has selected, as it is drawn."""
        self._wanted: Place | None = None
        """The place to show as soon as the size is known, or what is coming is there."""
        self._held = (0, 0)
        """The item at the top, and the offset into its text: kept when the text is laid out anew."""
        self._view = Viewport(lambda item: len(self._page.lines(item)) if self._page is not None else 1)

    # -- what is shown

    def show(self, opened: Opened | None, place: Place | None = None) -> None:
        """Show an article.

        Args:
            opened: the article, None for none.
            place: where to begin; None keeps the place when it is the same article, and else begins at
                the place its marks keep.
        """
        before, page, below = self.opened, self._page, 0
        same = opened is not None and before is not None and opened.row.id == before.row.id
        if opened is not None and place is None:
            place = self.place if same else opened.marks.place
            below = max(0, self._held[0] - page.body) if same and page is not None else 0
        self.opened = opened
        if not same and self.is_mounted:
            self.screen.clear_selection()
        self._show(place or Place(), below)

    def _show(self, place: Place, below: int = 0) -> None:
        """Lay the article out, a place at the top, or an item below the text."""
        self._wanted = place
        opened = self.opened
        if opened is not None and not self._beyond:
            below_it = (len(opened.document.blocks) + below, self._held[1])
            self._held = below_it if below else kept(opened.document, place)
        self._lay_out()

    def _lay_out(self) -> None:
        """Lay the article out anew; what is held stands at the top."""
        if not self._fitted.width:
            return
        if self._restyled:
            self._restyle()
        former, self._page = self._page, None
        if self.opened is not None:
            if self._foreseen is not None and self._foreseen.opened.row.id == self.opened.row.id:
                former, self._foreseen = self._foreseen, None
            shown = replace(self.opened, document=_COMING) if self._beyond else self.opened
            self._page = Page(shown, self._width, self._drawing.styles, self.look, self.pace, self.picture, former)
        self._pointing = Pointing(self._page) if self._page is not None else None
        self._drawing.take(self._page)
        self._view.count = self._page.count if self._page is not None else 0
        self._to_held()

    def foresee(self, opened: Opened) -> None:
        """Lay out as much of another article as will be seen of its beginning, for it may be shown next."""
        if self._fitted.width and not self._restyled:
            page = Page(opened, self._width, self._drawing.styles, self.look, self.pace)
            Viewport(lambda item: len(page.lines(item)), page.count, self._view.height).lines()
            self._foreseen = page

    def _to_held(self) -> None:
        if self._page is None or self._pointing is None or self._beyond:
            self._view.to(0)
        else:
            item = min(self._held[0], self._page.count - 1)
            self._view.to(item, self._pointing.line_of(item, self._held[1]))
        self._changed()

    @property
    def place(self) -> Place:
        """The place that is at the top of the view, and the share of the article above its bottom."""
        if self._page is None or self._beyond:
            return self._wanted or Place()
        (item, offset), progress = self._held, self._progress()
        if item == 0:
            return Place(0, 0.0, progress)
        from reader.model.anchoring import beginning  # most first frames need none of it

        number = min(item, self._page.body) - 1
        if number < 0:
            return Place(0, 1.0, progress)
        block = self._page.blocks[number]
        if item > self._page.body:
            return Place(number, 1.0, progress, beginning(block))
        fraction = offset / len(block.text) if block.text else 0.0
        return Place(number, max(UNDER_HEADER, fraction), progress, beginning(block))

    @property
    def _beyond(self) -> bool:
        """Whether the place to show is in what is still coming."""
        opened, wanted = self.opened, self._wanted
        return (
            opened is not None and opened.coming and wanted is not None and wanted.block >= len(opened.document.blocks)
        )

    def _progress(self) -> float:
        lines = self._visible()
        if self._page is None or not lines:
            return 0.0
        return 1.0 if self._view.at_end else self._page.read(*lines[-1])

    # -- what is in view

    @property
    def _coming(self) -> bool:
        return self.opened is not None and self.opened.coming

    @property
    def at_once(self) -> bool:
        """Whether all of the article is in view."""
        return self._view.at_top and self._view.at_end

    @property
    def at_end(self) -> bool:
        """Whether the end of the article is in view."""
        return self._view.at_end and not self._coming

    def _moved(self) -> None:
        """Hold what is at the top now."""
        if self._pointing is not None:
            self._held = self._pointing.held(self._view.top, self._view.line)
        self._changed()

    def _changed(self) -> None:
        """See what is in view now."""
        self._lines = None
        self.refresh()

    def _visible(self) -> list[tuple[int, int]]:
        if self._lines is None:
            self._lines = self._view.lines()
            if self._page is not None and self._lines and self._page.forget(self._lines[0][0], self._lines[-1][0]):
                self._drawing.forget()
        return self._lines

    def _scroll(self, lines: int) -> None:
        if self._view.scroll(lines):
            self._moved()

    def watch_measure(self) -> None:
        """Set the text in the new measure, the place staying."""
        self._lay_out()

    def watch_look(self) -> None:
        """Set the text in the new way, the place staying."""
        self._lay_out()

    def watch_pace(self) -> None:
        """Tell the minutes at the new pace."""
        self._lay_out()

    # -- drawing

    @property
    def text_room(self) -> int:
        """Columns that a line of text can take here at the most."""
        return max(1, self._fitted.width - LEFT - RIGHT)

    @property
    def _width(self) -> int:
        return min(self.measure, self.text_room)

    @property
    def _margin(self) -> int:
        return max(min(LEFT, self._fitted.width - self._width), (self._fitted.width - self._width) // 2)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; the first time after a change of size or colours, lay out anew at the same place."""
        if self._fitted != self.size:
            first = not self._fitted.width
            place = self.place
            self._fitted = self.size
            self._view.height = self._drawing.height = max(1, self.size.height)
            if first:
                self._show(place)
            else:
                self._lay_out()
        elif self._restyled and self._restyle():
            self._lay_out()
        self._selection = self.text_selection
        return super().render_lines(crop)

    def _restyle(self) -> bool:
        """Take the colours from the stylesheet, and tell whether they changed."""
        self._restyled = False
        return self._drawing.restyle(self)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in view."""
        base, width = self._drawing.base, self._fitted.width
        if self._page is None:
            style = self._drawing.styles["byline"]
            return empty_line(self.empty, y, self._fitted, self._margin, self._width, style, base)
        lines = self._visible()
        if y >= len(lines):
            return Strip.blank(width, base)
        item, number = lines[y]
        selected = self._selection.get_span(item) if self._selection is not None else None
        current = self._is_current(item - 1)
        first = item > 0 and not any(self._page.lines(above)[at].runs for above, at in lines[:y])
        return self._drawing.strip(
            self._page, item, number, self._margin, width, current=current, first=first, selected=selected
        )

    def _is_current(self, block: int) -> bool:
        """Tell whether a block is marked as the current one."""
        raise NotImplementedError

    @property
    def text_selection(self) -> Selection | None:
        """What the mouse has selected, None as long as this is on no screen."""
        return super().text_selection if self.is_attached else None

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected text."""
        return (self._page.selected(selection), "\n") if self._page is not None else None

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def notify_style_update(self) -> None:
        """See at the next drawing whether the colours changed; a mere change of focus changes none."""
        super().notify_style_update()
        self._restyled = True

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll."""
        event.stop()
        self._scroll(-3)
