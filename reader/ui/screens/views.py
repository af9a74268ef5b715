"""The pane of views, tags and sources: what it shows, where its cursor goes, and what is counted when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.library import tree
from reader.library.views import SAVED
from reader.model.fuzzy import Names
from reader.ui.screens.sequences import Sequences
from reader.ui.screens.view_counting import ViewCounting, read
from reader.ui.widgets.view_tree import ViewTree

if TYPE_CHECKING:
    from textual import events

    from reader.library.tree import Node
    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.screens.view_keeping import ViewKeeping
    from reader.ui.widgets.search_bar import SearchBar

_NTH: Final = {7: "seventh", 8: "eighth", 9: "ninth"}


class Views:
    """Opens and closes the pane, fills it, and shows in the list what is chosen there.

    Args:
        screen: the screen of the panes.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._tree = tree.begun()
        self._sequences = Sequences(lambda: screen.keymap)
        self._counting = ViewCounting(screen, self._take)
        self._to = ""
        self._words = ""
        self._bar: SearchBar | None = None

    @property
    def keeping(self) -> ViewKeeping:
        """Saving, changing and removing views."""
        from reader.ui.screens.view_keeping import ViewKeeping

        return ViewKeeping(self._screen, self)

    @property
    def node(self) -> Node | None:
        """The node under the cursor."""
        return None if self._screen.view_tree is None else self._screen.view_tree.node

    @property
    def hint(self) -> str:
        """What can follow on a key that was pressed, empty when nothing is begun."""
        return self._sequences.hint

    @property
    def footer(self) -> dict[str, str]:
        """The words of the footer that are others for this node; an empty one is for a key that does nothing here."""
        node = self.node
        kind, own = (node.kind, node.id.startswith(SAVED)) if node is not None else ("", False)
        words = {} if own else {"views.edit": "", "views.remove": ""}
        if kind != "source":
            words["views.source"] = ""
        if node is not None and (kind in ("source", "folder") or node.id == "sources"):
            words["views.add"] = "add"
        elif kind == "tag" or self._screen.library.read_only:
            words["views.add"] = ""
        return words | ({"views.show": "fold"} if kind == "section" else {})

    # -- opening and closing

    def made(self) -> ViewTree:
        """Make the pane, with what can be shown before anything is read."""
        pane = ViewTree()
        self._screen.view_tree = pane
        self.listed()
        self._show()
        self._to = pane.here
        return pane

    def toggle(self) -> None:
        """Open the pane and go there, or close it; one that has no room beside the list is only gone to."""
        screen = self._screen
        if screen.view_tree is None:
            screen.keys_wait_for(self._opened)
        elif screen.view_tree.display:
            self.close()
        else:
            self.enter()

    async def _opened(self) -> None:
        screen, pane = self._screen, self.made()
        screen.room.share()
        await screen.query_one("#panes").mount(pane, before=screen.articles)
        self.enter()
        self.changed(at_once=True)
        screen.keeper.keep_later()

    def close(self) -> None:
        """Close the pane."""
        screen, pane = self._screen, self._screen.view_tree
        if pane is None:
            return
        inside, screen.view_tree, self._words = screen.room.in_views, None, ""
        if inside:
            screen.leave_article()
        else:
            screen.room.share()
        pane.remove()
        screen.keeper.keep_later()

    def enter(self) -> None:
        """Give the focus to the pane."""
        self._screen.enter_views()

    def leave(self) -> None:
        """End what is looked for among the names, else go back to the list."""
        if self._words:
            self.find("")
        else:
            self._screen.leave_article()

    def follow(self, event: events.Key) -> bool:
        """Follow a sequence of keys, and tell whether a key is of one."""
        begun, command = self._sequences.pending, self._sequences.follow(event, "views")
        if command is not None:
            self._screen.run(command.id)
        return bool(begun or self._sequences.pending)

    # -- what is shown

    def listed(self) -> None:
        """Mark the node of what the list shows now."""
        if self._screen.view_tree is not None:
            self._screen.view_tree.here = self._tree.of(self._screen.listing.filter)

    def changed(self, *, at_once: bool = False) -> None:
        """Count and name everything anew in a moment: something may be otherwise now."""
        self._counting.changed(at_once=at_once)

    def point_at(self, name: str) -> None:
        """Read everything anew, then put the cursor on a node by its id."""
        self._to = name
        self.changed(at_once=True)

    def _take(self, gathered: tree.Tree) -> None:
        self._tree = gathered
        self._show(self._to)
        self._to = ""
        self._screen.say_keys()

    def _show(self, to: str = "") -> None:
        pane, folded = self._screen.view_tree, self._screen.room.folded
        if pane is None:
            return
        if self._words:
            pane.empty = f"No name has “{self._words}”.\nEsc shows all."
            pane.show(self._tree.named(self._words), (), to)
        else:
            pane.show(self._tree.shown(folded), folded, to)

    # -- moving

    def move(self, step: int) -> None:
        """Move the cursor by lines."""
        self._to = ""
        if self._screen.view_tree is not None:
            self._screen.view_tree.move(step)

    def page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self._to = ""
        if self._screen.view_tree is not None:
            self._screen.view_tree.page(pages)

    def go_in(self) -> None:
        """Unfold what is folded; else show it in the list."""
        node = self.node
        if node is not None and node.holds and node.id in self._screen.room.folded and not self._words:
            self._fold(node.id, folded=False)
        elif node is not None and node.kind == "section":
            self.move(1)
        else:
            self.show()

    def go_out(self) -> None:
        """Fold what can be folded, or go to what the node is in; from the outermost back to the list."""
        node, folded = self.node, self._screen.room.folded
        if self._words or node is None or (not node.inside and node.id in folded):
            self.leave()
        elif node.holds and node.id not in folded:
            self._fold(node.id, folded=True)
        elif self._screen.view_tree is not None:
            self._screen.view_tree.go_to(node.inside)

    def fold(self) -> None:
        """Fold or unfold the folder or section of the node."""
        node = self.node
        if node is not None and not self._words:
            name = node.id if node.holds else node.inside
            self._fold(name, folded=name not in self._screen.room.folded)

    def fold_all(self, *, folded: bool) -> None:
        """Fold all folders and sections, or unfold them."""
        room, node = self._screen.room, self.node
        if self._words:
            return
        room.folded = {node.id for node in self._tree.nodes if node.holds} if folded else set()
        while node is not None and node.inside and folded:
            node = self._tree.node(node.inside)
        self._show(node.id if node is not None else "")
        self._screen.keeper.keep_later()

    def _fold(self, name: str, *, folded: bool) -> None:
        (self._screen.room.folded.add if folded else self._screen.room.folded.discard)(name)
        self._show(name)
        self._screen.keeper.keep_later()

    # -- going somewhere

    def show(self) -> None:
        """Show in the list what the node stands for, and go there; fold or unfold a section."""
        node = self.node
        if node is None:
            return
        if node.chosen is None:
            self.fold()
        else:
            self.go(node)

    def go(self, node: Node) -> None:
        """Show in the list what a node stands for, and go there."""
        screen = self._screen
        if node.chosen is None or not self.keeping.understood(node):
            return
        self._words = ""
        screen.leave_article()
        if node.chosen != screen.listing.filter:
            screen.lists.show(node.chosen)
        self._show(node.id)

    def place(self, number: int) -> None:
        """Go to the user's view that has a digit."""
        saved = self._screen.library.views.saved() if self._screen.library.ready else []
        node = tree.begun(saved).at(number)
        if node is None:
            keep = self._screen.key("view.save")
            self._screen.say(
                f"There is no {_NTH.get(number, 'such')} view yet: {keep} keeps what the list shows as one."
            )
        else:
            self.go(node)

    def jump(self) -> None:
        """Ask for some letters of a name, and go there."""
        from reader.ui.dialogs.jump import JumpScreen

        screen, library, dialogue = self._screen, self._screen.library, JumpScreen()

        def work() -> tuple[list[Node], Names]:
            nodes = [node for node in (read(library, counted=False) or self._tree).nodes if node.chosen is not None]
            return nodes, Names([node.name for node in nodes])

        screen.in_background(work, lambda made: dialogue.take(*made))
        screen.ask(dialogue, self.go)

    # -- looking for a name

    def open_find(self) -> None:
        """Show the line in which a name is looked for."""
        from reader.ui.widgets.search_bar import SearchBar

        if self._bar is None:
            self._bar = SearchBar(self._words, typed=self.find, closed=self._close_find)
            self._bar.placeholder = "a view, a tag, a folder or a source"
            self._screen.keys_shown(shown=False)
            self._screen.keys_wait_for(self._bar_coming)

    async def _bar_coming(self) -> None:
        if self._bar is not None:
            await self._screen.mount(self._bar)
            self._screen.set_focus(self._bar)

    def find(self, words: str) -> None:
        """Show only the nodes whose names have some words."""
        self._words = words.strip()
        self._show(self._tree.first(self._words) if self._words else "")

    def _close_find(self, keep: bool) -> None:
        bar, self._bar = self._bar, None
        if bar is None:
            return
        if not keep:
            self.find("")
        self.enter()
        self._screen.keys_shown(shown=True)
        bar.remove()
