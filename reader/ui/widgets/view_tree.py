"""The pane of views: draws what is in view of a tree, however much it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.ui.styling import part_style
from reader.ui.widgets.frame import empty_line, thumb, with_thumb
from reader.ui.widgets.keyed import keymap_of
from reader.ui.widgets.list_pointing import Pointed
from reader.ui.widgets.view_row import NodeStyles, node_row
from reader.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reader.library.tree import Node

_PARTS: Final = ("tree--heading", "tree--name", "tree--read", "tree--quiet", "tree--mark", "tree--here", "list--thumb")


class ViewTree(Pointed, can_focus=True):
    """Nodes of a tree, a line each, with a cursor; hints are lines on which it does not rest."""

    BORDER_TITLE = "Views"
    COMPONENT_CLASSES: ClassVar[set[str]] = {*_PARTS, "list--cursor", "list--cursor-focus"}

    empty: reactive[str] = reactive("")
    """What to say when there is nothing to show."""
    here: reactive[str] = reactive("", repaint=False)
    """The id of the node that the list shows."""

    class Chosen(Message):
        """A person clicked on the node under the cursor."""

    def __init__(self) -> None:
        self._styles: dict[str, NodeStyles] = {}
        super().__init__(id="views")
        self.nodes: Sequence[Node] = ()
        self.cursor = 0
        self._folded: Collection[str] = ()
        self._view = Viewport(lambda _: 1)
        self._fitted = Size(0, 0)

    # -- what is shown

    @property
    def node(self) -> Node | None:
        """The node under the cursor, None where there is none."""
        return self.nodes[self.cursor] if self.cursor < len(self.nodes) else None

    def show(self, nodes: Sequence[Node], folded: Collection[str], to: str = "") -> None:
        """Show nodes; the cursor goes to one by its id, or stays on its own, or where it was.

        Args:
            nodes: those that are not folded away.
            folded: the ids of those whose nodes are.
            to: the id of the node that the cursor goes to.
        """
        before, y = self.node, self.cursor - self._view.top
        self.nodes, self._folded = nodes, frozenset(folded)
        self._view.count = len(nodes)
        at = {node.id: number for number, node in enumerate(nodes)}
        wanted = next((at[name] for name in (to, before.id if before else "") if name in at), None)
        if wanted is None:
            wanted = min(self.cursor, max(0, len(nodes) - 1))
        elif not to:
            self._view.to(max(0, wanted - y))
        self.cursor = self._resting(wanted, 1)
        self._settle()
        self.refresh()

    def go_to(self, name: str) -> None:
        """Put the cursor on a node by its id, if it is shown."""
        number = next((number for number, node in enumerate(self.nodes) if node.id == name), None)
        if number is not None:
            self.move(number - self.cursor)

    def move(self, step: int) -> None:
        """Move the cursor by lines; from a hint on, to the next line."""
        if not self.nodes:
            return
        before, top = self.cursor, self._view.top
        last = len(self.nodes) - 1
        self.cursor = self._resting(max(0, min(last, before + step)), 1 if step > 0 else -1)
        self._view.show(self.cursor)
        if top != self._view.top:
            self.refresh()
        elif before != self.cursor:
            self._refresh_nodes(before, self.cursor)

    def page(self, pages: int) -> None:
        """Move the cursor by pages, two lines kept."""
        self.move(pages * max(1, self._view.height - 2))

    def _resting(self, number: int, step: int) -> int:
        """Give the nearest line that the cursor can rest on: no hint."""
        for way in (step, -step):
            at = number
            while 0 <= at < len(self.nodes):
                if self.nodes[at].kind != "hint":
                    return at
                at += way
        return 0

    def watch_here(self, before: str, now: str) -> None:
        """Mark another node."""
        self._refresh_nodes(*(number for number, node in enumerate(self.nodes) if node.id in (before, now)))

    def _settle(self) -> None:
        self._view.settle()
        if self.nodes:
            self._view.show(self.cursor)

    def _refresh_nodes(self, *numbers: int) -> None:
        rows = (number - self._view.top for number in numbers)
        regions = [Region(0, y, self.size.width, 1) for y in rows if 0 <= y < self.size.height]
        if regions:
            self.refresh(*regions)

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        size = self.size
        if self._fitted != size:
            if not self._fitted:
                self._view.to(0)  # what was shown in no lines at all may have scrolled away
            self._fitted = size
            self._view.height = max(1, size.height)
            self._settle()
        number, base = self._view.top + y, self._styles_of("").base
        if not self.nodes:
            return empty_line(self.empty, y, size, 2, max(1, size.width - 4), self._styles_of("").quiet, base)
        if number >= len(self.nodes):
            return Strip.blank(size.width, base)
        node, cursor = self.nodes[number], number == self.cursor
        if node.kind == "hint":
            node = replace(node, name=keymap_of(self).told(node.name))
        styles = self._styles_of("" if not cursor else "list--cursor-focus" if self.has_focus else "list--cursor")
        strip = node_row(
            node, size.width, styles, folded=node.id in self._folded, here=node.id == self.here, cursor=cursor
        )
        last = min(len(self.nodes), self._view.top + size.height) - 1
        bar = thumb(size.height, len(self.nodes), self._view.top, last)
        return with_thumb(strip, y, bar, self._styles_of("").thumb)

    def _styles_of(self, below: str) -> NodeStyles:
        """Give the styles of a line, those of the cursor laid below them."""
        found = self._styles.get(below)
        if found is None:
            base = part_style(self, below, self.rich_style) if below else self.rich_style
            found = self._styles[below] = NodeStyles(base, *(part_style(self, name, base) for name in _PARTS))
        return found

    def notify_style_update(self) -> None:
        """Take the colours anew."""
        super().notify_style_update()
        self._styles.clear()

    # -- events

    def on_focus(self) -> None:
        """Show whether the cursor is here."""
        self._styles.clear()
        self._refresh_nodes(self.cursor)

    on_blur = on_focus

    def wheeled(self, lines: int) -> None:
        """Scroll, the cursor staying on its line."""
        self._view.scroll(lines)
        self.refresh()

    def pointed(self, y: int) -> None:
        """Show the node that is clicked, or fold it."""
        number = self._view.top + y
        if 0 <= number < len(self.nodes) and self.nodes[number].kind != "hint":
            self.move(number - self.cursor)
            self.post_message(self.Chosen())
