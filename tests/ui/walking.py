"""A walk through the main states of the app, with an article that has everything, for what holds in all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.ingest.detect import read
from reader.library import Library
from reader.model.source import Care, Source
from reader.settings import Settings
from reader.storage.fetches import Fetch, write_all
from tests.invented import fill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from rich.style import Style

    from reader.settings import Places
    from tests.ui.driving import Reader

ARTICLES = tuple(Path(__file__).parents[1] / "fixtures" / name for name in ("reading/everything.md", "topic-page.txt"))
ALONE = Settings(mark_read="never", refresh="manual")
"""Nothing happens by itself."""
_ARTICLE = "g g enter g g"
STATES: dict[str, tuple[str, str]] = {
    "list": ("j m j s j a d u l l ctrl+s t s e a ctrl+s ctrl+s j", "#sea"),
    "marked rows": ("V V j V", "3 marked"),
    "question": ("A", "Mark"),
    "sorting": ("S j", "by section"),
    "article": (_ARTICLE, "Ines Calloway"),
    "further down": (f"{_ARTICLE} space", "Brigid"),
    "at its end": (f"{_ARTICLE} G", "Other hands"),
    "highlights": (f"{_ARTICLE} }} H }} H C }} H C C }} H C C C }} H a w h y ctrl+s", "Highlighted in"),
    "found": (f"{_ARTICLE} / c l o c k enter n", "clock"),
    "selection": (f"{_ARTICLE} }} v w e e", "H "),
    "links": (f"{_ARTICLE} u j", "harbour.example"),
    "reading options": (f"{_ARTICLE} i j", "Reading options"),
    "contents": (f"{_ARTICLE} T j", "Contents"),
    "note": ("a", "Note"),
    "tags": ("t s e", "Tags"),
    "notebook": ("g n", "5 highlights"),
    "search": ("/ g u l l", "found"),
    "mistake": ("F m i n u t e s colon s o o n", "soon"),
    "completions": ("F i s colon down", "is:unread"),
    "help": ("?", "Keys"),
    "adding": ("+", "Add"),
    "jump": ("g s u n", "Go to"),
    "themes": ("g t", "Themes"),
    "sources": ("g S j", "Gulls"),
    "history": ("g h", "History"),
    "views": ("backslash j", "Short and unread"),
    "compact": ("c", "A sea wall"),
}
"""Each state, the keys that lead there from the list, and what stands there then."""


def furnish(places: Places) -> None:
    """Put an article that has everything, many short ones, and sources in all states into the library."""
    for path in ARTICLES:
        fill(places, read(path.read_bytes(), path.name))
    cares = {"Pilot News": Care(folder="Sea"), "Gulls": Care(), "Ropes": Care(paused=True)}
    with Library(places) as library:
        library.marks.put_sources(
            [Source(f"feed-{title}", "feed", title, "https://x.example", care=care) for title, care in cares.items()]
        )
        write_all(library.cache, [Fetch("feed-Gulls", checked=1, error="it timed out")])
        library.views.save("Short and unread", "is:unread minutes:<4")


async def walk(it: Reader) -> AsyncIterator[str]:
    """Go through all states, and give the name of each."""
    for name, (keys, seen) in STATES.items():
        await _home(it)
        await it.press(*keys.split())
        await it.until(lambda seen=seen: seen in it.seen(), f"{seen} in {name}")
        yield name


async def _home(it: Reader) -> None:
    """Go back to the list, its first article under the cursor, and nothing else open."""
    app = it.app
    for _ in range(6):
        if app.screen is it.screen and it.articles.has_focus and not it.screen.marked and not it.screen.lists.searched:
            break
        await it.press("escape")
        if app.screen is not it.screen:
            await it.press("q")
    app.clear_notifications()
    if it.screen.view_tree is not None:
        await it.press("backslash")
    it.articles.compact = False
    await it.press("1", "g", "g")


def drawn(it: Reader) -> Iterator[tuple[int, int, str, Style]]:
    """Give what stands on the screen now: line, column, text and style of each piece.

    What is dimmed behind a dialogue is left out.
    """
    boxes = [box.region for box in it.app.screen.query(".dialogue")]
    for y, strip in enumerate(it.app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            width = segment.cell_length
            inside = any(box.y <= y < box.bottom and box.x <= x < box.right for box in boxes)
            if segment.style is not None and (inside or not boxes):
                yield y, x, segment.text, segment.style
            x += width
