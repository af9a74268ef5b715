"""The reading pane alone on a screen, with a text made for it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual.app import App

from reader.ingest.markdown import document
from reader.library.shelf import Anchored, Opened
from reader.model.annotation import Highlight, Marks, Quote
from reader.model.article import Article, Row
from reader.model.document import Document, Passage, Point
from reader.ui.stylesheet import stylesheet
from reader.ui.themes import DARK, LIGHT
from reader.ui.widgets.reading_pane import ReadingPane

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from reader.model.annotation import Color, Place

MANY = "\n\n".join(
    f"Paragraph {number} tells of the tide, which came late to harbour {number}, and of all who waited for it there, "
    f"among them the pilot, his gull, and a clerk with a lamp."
    for number in range(200)
)
WIDE = "".join(f"{at:03}." for at in range(50))
MIXED = f"""# On waiting

The sea is asked to wait here. The asking is done with **stone**, and with [a long link](https://a.example/link).

> Nobody quotes a breakwater but the waves.

---

```
short
{WIDE}
```

The end is near[^1].

[^1]: A note about ends.
"""


def opened(text: str | Document, *highlights: Anchored, number: int = 1, words: int = 4600, **more) -> Opened:
    """Make an article of a text in Markdown, or of a document."""
    row = Row(
        100_000_000_000_000 + number,
        number,
        "Harbours",
        None,
        None,
        "News",
        "",
        cut=False,
        words=words,
        published=None,
        url=None,
    )
    article = Article(row, "", markdown=True, meta=(), source_id="feed-1", added=0)
    body = text if isinstance(text, Document) else document(text)
    return Opened(article, body, Marks(), highlights=highlights, **more)


def passage(text: Document, words: str) -> Passage:
    """Find a passage by its words."""
    for number, block in enumerate(text.blocks):
        if words in block.text:
            at = block.text.index(words)
            return Passage(Point(number, at), Point(number, at + len(words)))
    raise AssertionError(words)


def highlight(where: Passage | None, words: str, color: Color = "yellow", note: str = "") -> Anchored:
    """Make a highlight."""
    return Anchored(Highlight(1, 1, Quote(words), color, note), where)


class PaneApp(App[None]):
    """Nothing but the pane."""

    CSS_PATH = str(stylesheet())

    def __init__(self, *, bare: bool = False) -> None:
        super().__init__()
        self.no_color = self.no_color or bare
        self.pane = ReadingPane()
        self.clicked: list[ReadingPane.PointClicked] = []

    def compose(self):
        yield self.pane

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.pane.focus()

    def on_reading_pane_point_clicked(self, event: ReadingPane.PointClicked) -> None:
        self.clicked.append(event)


class Shown:
    """A running pane."""

    def __init__(self, app: PaneApp, pilot: Pilot[None]) -> None:
        self.app, self.pane, self.pilot = app, app.pane, pilot

    @property
    def lines(self) -> list[str]:
        """What is inside the border, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text[1:-1] for strip in strips[1:-1]]

    @property
    def border(self) -> str:
        """The lower border."""
        return self.app.screen._compositor.render_strips()[-1].text

    def words(self, text: str):
        """Give the styles of each segment that begins with some words, in the order of the screen."""
        strips = self.app.screen._compositor.render_strips()
        return [segment.style for strip in strips for segment in strip if segment.text.startswith(text)]

    def y(self, text: str) -> int:
        """Give the line inside the border that shows a text."""
        return next(y for y, line in enumerate(self.lines) if text in line)

    def x(self, text: str) -> int:
        """Give the cell at which a text stands; everything before it is narrow."""
        return self.lines[self.y(text)].index(text)

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()

    async def rest(self) -> None:
        await self.pilot.pause()


@asynccontextmanager
async def shown(
    article: Opened, *, size: tuple[int, int] = (80, 24), place: Place | None = None, bare: bool = False
) -> AsyncIterator[Shown]:
    """Show an article in the pane until the block is left."""
    app = PaneApp(bare=bare)
    async with app.run_test(size=size) as pilot:
        app.pane.show(article, place)
        await pilot.pause()
        yield Shown(app, pilot)
