"""Views of one's own: kept, changed and removed; and what is asked of the source under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library import tree
from reader.library.views import SAVED
from reader.model.listing import Filter
from reader.model.query import Field, Query, QueryError, Words, conjoin, parse

if TYPE_CHECKING:
    from reader.library.tree import Node
    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.screens.views import Views


class ViewKeeping:
    """Keeps what the list shows as a view, and changes such views.

    Args:
        screen: the screen of the list.
        views: the pane.
    """

    def __init__(self, screen: ReadingScreen, views: Views) -> None:
        self._screen, self._views = screen, views

    def understood(self, node: Node) -> bool:
        """Tell whether a view asks for something that can be understood; say it where it does not."""
        query = node.chosen.asked if node.chosen is not None else ""
        try:
            parse(query)
        except QueryError as error:
            self._screen.say(f"{node.name} asks for “{query}”: {error}\ne in the pane of views mends it.", warning=True)
            return False
        return True

    def save(self) -> None:
        """Keep what the list shows as a view; its name is asked for."""
        screen = self._screen
        if not self._writable():
            return
        try:
            query = str(asked(screen.listing.filter))
        except QueryError as error:
            screen.say(str(error), warning=True)
            return
        self._ask("Keep what the list shows as a view", "", query)

    def edit(self) -> None:
        """Change the name and the query of the view under the cursor."""
        if (node := self._own("changed")) is not None and node.chosen is not None:
            self._ask("Your view", node.id.removeprefix(SAVED), node.chosen.query)

    def remove(self) -> None:
        """Remove the view under the cursor; it can be taken back."""
        if (node := self._own("removed")) is None:
            return
        screen, name = self._screen, node.id.removeprefix(SAVED)

        def done(_: object) -> None:
            screen.lists.view_renamed(node.id, "")
            if screen.listing.filter.view == node.id:
                screen.lists.show(Filter())
            self._views.changed(at_once=True)
            screen.say(f"The view {node.name} is removed. {screen.key('undo')} brings it back.")

        screen.in_background(lambda: screen.library.views.remove(name), done)

    def add(self) -> None:
        """Keep what the list shows as a view; on sources add one, on tags say how."""
        node = self._views.node
        place = node.id if node is not None and node.kind == "section" else node.kind if node is not None else "view"
        if place in ("tags", "tag"):
            self._screen.say(f"{self._screen.key('article.tags')} in the list tags an article.")
        elif place in ("sources", "source", "folder"):
            self._screen.run("library.add")
        else:
            self.save()

    def source(self) -> None:
        """Show the source under the cursor among all sources."""
        node = self._views.node
        if node is None or node.kind != "source" or node.chosen is None:
            one, all_of_them = self._screen.key("views.source"), self._screen.key("sources")
            self._screen.say(f"{one} tells about a source; {all_of_them} shows all of them.")
        elif self._screen.library.preview is not None:
            self._screen.say(self._screen.library.why_read_only, warning=True)
        else:
            self._screen.open_sources(node.chosen.source or "")

    def _writable(self) -> bool:
        if self._screen.library.read_only:
            self._screen.say(self._screen.library.why_read_only, warning=True)
        return not self._screen.library.read_only

    def _own(self, what: str) -> Node | None:
        node = self._views.node
        if node is None or not node.id.startswith(SAVED):
            keep = self._screen.key("view.save")
            self._screen.say(f"Only a view of your own can be {what}: {keep} keeps what the list shows as one.")
            return None
        return node if self._writable() else None

    def _ask(self, title: str, name: str, query: str) -> None:
        from reader.ui.dialogs.view import ViewScreen

        screen, library = self._screen, self._screen.library
        taken = {view.name for view in library.views.saved() if view.name != name}

        def work(answer: tuple[str, str]) -> None:
            new, asks = answer
            with library.notebook.as_one(f"view {'changed' if name else 'saved'}: {new}"):
                if name and new != name:
                    library.views.rename(name, new)
                library.views.save(new, asks)

        def done(new: str, asks: str) -> None:
            screen.lists.view_renamed(f"{SAVED}{name}", f"{SAVED}{new}" if asks == query else "")
            self._views.point_at(f"{SAVED}{new}")
            view = next((view for view in library.views.saved() if view.name == new), None)
            if view is not None and (not name or screen.listing.filter.view == f"{SAVED}{name}"):
                screen.lists.show(tree.filter_of(view))
            kept = f"{new} is kept among your views. {screen.key('undo')} takes it back."
            screen.say(f"{new} is changed." if name else kept)

        def answered(answer: tuple[str, str]) -> None:
            screen.in_background(lambda: work(answer), lambda _: done(*answer))

        screen.ask(ViewScreen(title, name, query, taken), answered)


def asked(chosen: Filter) -> Query:
    """Give everything that a filter asks for as one query.

    Raises:
        QueryError: its view asks for something that cannot be understood.
    """
    parts = [parse(chosen.asked), parse(chosen.words)]
    if chosen.source is not None:
        parts.insert(0, Query(Field("source", Words(chosen.source, exact=True))))
    return conjoin(*parts)
