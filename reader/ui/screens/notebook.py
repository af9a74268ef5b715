"""Everything the reader kept: bookmarks, notes and highlights, by article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from reader.ui.screens.keyed import KeyedScreen
from reader.ui.screens.notebook_shown import KINDS, VIEWS, Kepts, View, came_back
from reader.ui.widgets.key_hints import KeyHints
from reader.ui.widgets.notebook_list import NotebookList
from reader.ui.widgets.notebook_row import copied, identity
from reader.ui.widgets.search_bar import SearchBar
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from textual.app import ComposeResult

    from reader.commands import Place
    from reader.library.kept import Kept
    from reader.model.annotation import Undone
    from reader.ui.screens.reading import ReadingScreen

_AT_ONCE: Final = 300
"""Highlights that the first frame has; the rest of more comes a moment later."""
_LOOKING: Final = frozenset(f"notebook.{name}" for name in ("go", "find", "turn", "copy", "back", "help"))
"""What can be done too while another reader is open."""


class NotebookScreen(KeyedScreen):
    """Lists what was kept, newest first.

    Args:
        main: the reading screen.
        bookmarks: whether to show the bookmarks, and not the notes and highlights.
    """

    place: ClassVar[Place] = "notebook"

    def __init__(self, main: ReadingScreen, *, bookmarks: bool) -> None:
        super().__init__(main.library)
        self.main = main
        self._kepts = Kepts("bookmarks" if bookmarks else "notes")
        self._list, self._status = NotebookList(), StatusLine()
        self._keys = KeyHints(self.place, _LOOKING if self.library.read_only else None)
        self._bar: SearchBar | None = None
        self._more = False
        """Whether there may be more than what was read at once."""
        self._asked = 0
        """How often the entries were read: what comes late is not shown over what is newer."""

    def compose(self) -> ComposeResult:
        """Lay the list out, with what was kept already in it: the first frame is whole."""
        self.guarded(self._begin)
        yield self._status
        yield self._list
        yield self._keys

    def on_mount(self) -> None:
        """Read the rest of very much, and prepare the search."""
        self.app.clear_notifications()  # what was said on the other screen would lie over the list
        self._list.focus()
        if self._more:
            self.read()
        else:
            self._fold()

    # -- what is shown

    def _begin(self) -> None:
        """Read what was kept; of very much the newest, until the rest is there."""
        entries = self.library.notebook.entries(KINDS, _AT_ONCE)
        self._more = sum(entry.kind == "highlight" for entry in entries) >= _AT_ONCE
        self._kepts.take(entries)
        self._show()

    def _take(self, asked: int, entries: Sequence[Kept], restored: Kept | None) -> None:
        if not self.is_running or asked != self._asked:
            return
        self._more = False
        self._kepts.take(entries)
        self._show(at=restored)
        self._fold()

    def _fold(self) -> None:
        self.in_background(self._kepts.fold_all, lambda _: None)

    def _show(self, *, first: bool = False, at: Kept | None = None) -> None:
        self._list.empty, self._status.left = (
            self._kepts.empty(self.keymap),
            self._kepts.title if not self._more else "Notebook …",
        )
        self._list.show(self._kepts.entries, self._kepts.items, first=first, at=at)

    def read(self, articles: Collection[int] = ()) -> None:
        """Show what is kept now; the cursor goes to what has come back to some articles."""
        self._asked += 1
        asked, before = self._asked, self._kepts.entries

        def work() -> tuple[Sequence[Kept], Kept | None]:
            entries = self.library.notebook.entries(KINDS)
            return entries, came_back(before, entries, frozenset(articles))

        self.in_background(work, lambda found: self._take(asked, *found))

    def forget(self, entry: Kept) -> None:
        """Show an entry no more, until what is kept is read again."""
        gone = identity(entry)
        self._kepts.take([one for one in self._kepts.entries if identity(one) != gone])
        self._show()

    def action_turn(self, view: View | None = None) -> None:
        """Show other kinds: those named, or the next ones."""
        following = VIEWS[(VIEWS.index(self._kepts.view) + 1) % len(VIEWS)]
        self._kepts.choose(view or following)
        self._show(first=True)

    # -- the search

    def action_find(self) -> None:
        """Give the focus to the search bar."""
        if self._bar is not None:
            self._bar.focus()
            return
        self._bar = SearchBar(self._kepts.words, typed=self._typed, closed=self._close_search)
        self._bar.placeholder = "find in quotes, notes and titles"
        self._keys.display = False
        self.keys_wait_for(self._coming)

    async def _coming(self) -> None:
        if self._bar is not None:
            await self.mount(self._bar)
            self.set_focus(self._bar)

    def _typed(self, words: str) -> None:
        if words.split() != self._kepts.words.split():
            self._kepts.search(words)
            self._show(first=True)

    def _close_search(self, keep: bool) -> None:
        """Take the search bar away; keep what was found, or end the search."""
        if self._bar is None:
            return
        bar, self._bar = self._bar, None
        if keep:
            self._typed(bar.value)
        else:
            self._end_search()
        self.set_focus(self._list)
        self._keys.display = True
        bar.remove()

    def _end_search(self) -> None:
        """Show everything again; the cursor stays on its entry."""
        self._kepts.search("")
        self._show()

    def action_back(self) -> None:
        """End the search, or go back to the articles."""
        if self._kepts.words.strip():
            self._end_search()
        else:
            self.dismiss()

    # -- moving

    @property
    def listening(self) -> bool:
        """Whether keys are for commands, and not typed into the search bar."""
        return self.focused is self._list

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._list.move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor by a page."""
        self._list.page(step)

    def action_go(self) -> None:
        """Read the article at the passage."""
        from reader.ui.screens import notebook_entry

        if self._list.chosen is not None:
            notebook_entry.go(self, self._list.chosen)

    on_notebook_list_chosen = action_go

    # -- what is changed

    def _change(self, change: Callable[[NotebookScreen, Kept], None]) -> None:
        if self.library.read_only:
            self.say(self.library.why_read_only, warning=True)
        elif self._list.chosen is not None:
            entry = self._list.chosen
            self.guarded(lambda: change(self, entry))

    def action_note(self) -> None:
        """Write or edit the note of the entry."""
        from reader.ui.screens import notebook_entry

        self._change(notebook_entry.note)

    def action_delete(self) -> None:
        """Delete the entry."""
        from reader.ui.screens import notebook_entry

        self._change(notebook_entry.delete)

    def action_color(self) -> None:
        """Give the highlight another colour."""
        from reader.ui.screens import notebook_entry

        self._change(notebook_entry.color)

    def action_undo(self) -> None:
        """Take back the last change."""
        if self.library.read_only:
            self.say(self.library.why_read_only, warning=True)
        else:
            self.in_background(self.library.notebook.undo, self._undone)

    def _undone(self, undone: Undone | None) -> None:
        if undone is None:
            self.say("There is nothing to take back.")
            return
        self.main.restate()
        self.read(undone.articles)
        self.say(f"Undone: {undone.label}")

    def action_copy(self) -> None:
        """Copy the quote with the note."""
        if self._list.chosen is not None:
            text, what = copied(self._list.chosen)
            self.app.copy_to_clipboard(text)
            self.say(f"Copied {what}.")

    # -- the rest

    def run(self, command: str) -> None:
        """Go back to the articles, and run a command there: one chosen in the palette."""
        self.dismiss()
        self.main.call_later(self.main.run, command)

    async def action_quit(self) -> None:
        """Leave the app."""
        self.main.run("quit")
