"""Pictures in pixels where a terminal knows sixels or iTerm2's way: put over the half blocks once the view rests.

Such a picture is no text: it cannot be cut as lines are, and whoever scrolls would write it anew, some hundred
thousand bytes, for every line. So half blocks are what scrolls, at once and like all else; when nothing was painted
for a moment, the part in view is drawn over them. Whatever is written there later takes its place: no dirt is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from reader.ui.widgets.picture_sharp import inline, placed, sixels
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL.Image import Image
    from textual.timer import Timer

    from reader.model.document import Block
    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.widgets.picture_drawn import Drawn, Wanted

_AFTER: Final = 0.15
"""Seconds without painting after which the view rests."""

_LATER: Final = 1.0
"""Seconds to wait while something lies over the article."""


_KEPT: Final = 150
"""Lines of sixels that are kept."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a picture that are in view, and where on the screen they begin."""

    wanted: Wanted
    image: Image
    first: int
    count: int
    x: int
    y: int


class Sharpening:
    """Draws over the pictures in view.

    Args:
        screen: the screen of the article.
        way: what the terminal understands.
        find: gives what was drawn of a picture in half blocks, from its block and the width of the text.
        tell: says something to the terminal.
    """

    def __init__(
        self,
        screen: ReadingScreen,
        way: Literal["sixel", "iterm"],
        find: Callable[[Block, int], tuple[Wanted, Drawn] | None],
        tell: Callable[[str], None],
    ) -> None:
        self._screen, self._way, self._find, self._tell = screen, way, find, tell
        self._timer: Timer | None = None
        self._turn = 0
        self._lines: dict[tuple[Wanted, int], str] = {}
        screen.pane.painted = self._painted

    def close(self) -> None:
        """Draw no more."""
        self._screen.pane.painted = None
        if self._timer is not None:
            self._timer.stop()

    def _painted(self, after: float = _AFTER) -> None:
        self._turn += 1
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(after, self._rest)

    def _rest(self) -> None:
        screen = self._screen
        if screen.app.screen is not screen:
            return  # whatever lies over it goes at some time, and all is painted anew then
        if screen.query("Toast"):
            self._painted(_LATER)
            return
        parts = []
        for block, first, count, x, y in screen.pane.images():
            found = self._find(block, screen.pane.text_width)
            image = found[1].image if found is not None else None
            if found is None or image is None:
                continue
            # On the last line of the screen a picture makes some terminals scroll.
            count = min(count, found[0].box.lines - first, screen.size.height - 1 - y)
            if count > 0:
                parts.append(_Part(found[0], image, first, count, x, y))
        if parts:
            turn = self._turn
            screen.in_background(lambda: self._written(parts, turn), lambda data: self._draw(data, turn))

    def _written(self, parts: Sequence[_Part], turn: int) -> str:
        """Give what draws some parts, as long as the view rests."""
        said = []
        for part in parts:
            cell = part.wanted.cell
            if self._way == "iterm":
                said.append(placed(inline(part.image, cell, part.first, part.count), part.x, part.y))
                continue
            for number in range(part.count):
                if turn != self._turn:
                    return ""
                said.append(placed(self._line(part, part.first + number), part.x, part.y + number))
        return "".join(said)

    def _line(self, part: _Part, line: int) -> str:
        key = part.wanted, line
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            found = self._lines[key] = sixels(part.image, part.wanted.cell, line)
        return found

    def _draw(self, data: str, turn: int) -> None:
        if turn == self._turn and self._screen.app.screen is self._screen:
            self._tell(data)
