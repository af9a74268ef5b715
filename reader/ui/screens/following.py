"""Where the links, the footnotes and the headings of an article lead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from reader.model.document import Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Region

    from reader.model.document import Block, Span
    from reader.model.links import Link
    from reader.ui.dialogs.links import What
    from reader.ui.screens.reading import ReadingScreen


class Following:
    """Follows links and headings.

    Args:
        screen: the screen whose article is read.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._found: tuple[Sequence[Block], str, list[Link]] = ((), "", [])
        """The links found last, of which blocks, and the address of their text."""

    def _links(self) -> list[Link]:
        from reader.model.links import links

        opened, blocks = self._screen.opened, self._screen.pane.blocks
        url = (opened.row.url or "") if opened is not None else ""
        if self._found[0] is not blocks or self._found[1] != url:
            self._found = blocks, url, links(blocks, url)
        return self._found[2]

    def ask(self, typed: str = "") -> None:
        """Number the links and list them, the first in view chosen, or the one whose number is typed."""
        found = self._links()
        points = [link.point for link in found]
        top = bisect_left(points, self._screen.pane.top)
        self._ask(found, top if top < len(found) and self._screen.pane.in_view(points[top]) else 0, typed)

    def clicked(self, block: int, span: Span) -> None:
        """Ask about the link that was clicked; go to the footnote that was."""
        found = self._links()
        point = Point(block, span.start)
        number = bisect_left(found, point, key=lambda link: link.point)
        if number >= len(found) or found[number].point != point:
            return
        if found[number].leads is not None:
            self._follow(found[number], "enter")
        else:
            self._ask(found, number)

    def _ask(self, found: Sequence[Link], chosen: int, typed: str = "") -> None:
        from reader.ui.dialogs.links import LinksScreen

        if not found:
            if self._screen.opened is not None:
                self._screen.say("There are no links in this article.")
            return
        labels: dict[Point, str] = {}
        for number, link in enumerate(found, 1):
            labels.setdefault(link.point, str(number))
        self._screen.pane.label(labels)

        def answered(answer: tuple[What, int]) -> None:
            self._screen.pane.label({})
            what, number = answer
            self._follow(found[number], what)

        self._screen.ask(LinksScreen(found, chosen, typed, self._title, self._room), answered)

    def _key(self, url: str) -> int | None:
        from reader.storage.addressed import key_of

        return key_of(self._screen.library.cache, url) if url else None

    def _title(self, url: str) -> str:
        key = self._key(url)
        rows = self._screen.library.shelf.rows((key,)) if key is not None else ()
        return rows[0].title if rows else ""

    def _room(self) -> Region:
        """Give where the text is, inside its frame."""
        return self._screen.pane.content_region

    def _follow(self, link: Link, what: What) -> None:
        if what == "leave":
            return
        if what == "enter" and link.leads is not None:
            self._screen.trail.leave()
            self._screen.pane.to_point(link.leads)
        elif what == "enter" and (key := self._key(link.address)) is not None:
            self._screen.go_to(key)
        elif what == "copy":
            self._screen.app.copy_to_clipboard(link.address)
            self._screen.say("Copied the link's address.")
        elif what == "add":
            self._add(link.address)
        else:
            self._open(link.address)

    def _add(self, url: str) -> None:
        from reader.model.links import address
        from reader.ui.actions.adding import add_text

        found = address(url)
        if found.host and found.is_web:
            add_text(self._screen, found.whole)
        else:
            self._screen.say("This is no address of a page: it cannot be added.", warning=True)

    def _open(self, url: str) -> None:
        from reader.model.links import address
        from reader.ui.actions.browsing import browse

        whole = address(url).whole
        browse(self._screen, whole, f"Opened {whole}", "No browser was found on this computer.")

    def contents(self) -> None:
        """List the headings, the one that is read chosen."""
        from reader.ui.dialogs.contents import ContentsScreen

        opened, pane = self._screen.opened, self._screen.pane
        if opened is None:
            return
        blocks = opened.document.blocks
        at = [number for number, block in enumerate(blocks) if block.kind == "heading"]
        if not at:
            self._screen.say("This article has no headings.")
            return

        def answered(number: int) -> None:
            self._screen.trail.leave()
            pane.to_point(Point(at[number]))

        headings = [(blocks[number].level, blocks[number].text) for number in at]
        chosen = max(0, bisect_right(at, pane.top.block) - 1)
        self._screen.ask(ContentsScreen(opened.row.title, headings, chosen), answered)
