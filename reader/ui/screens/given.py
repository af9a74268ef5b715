"""What the screen is given that is no binding: keys of sequences, clicks, pastes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from reader.ui.screens import list_words
from reader.ui.screens.talking import TalkingScreen

if TYPE_CHECKING:
    from textual import events

    from reader.commands import Place
    from reader.ui.actions.stage import Stage
    from reader.ui.screens.attention import Attention
    from reader.ui.screens.lists import Lists
    from reader.ui.screens.marked import Marked
    from reader.ui.screens.modes import Modes
    from reader.ui.screens.own import OwnCommands
    from reader.ui.screens.panes import Articles, Pane
    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.screens.views import Views
    from reader.ui.theming import Theming
    from reader.ui.widgets.article_list import ArticleList
    from reader.ui.widgets.key_bar import KeyBar
    from reader.ui.widgets.view_tree import ViewTree


class Given(TalkingScreen):
    """Hands what it is given to the part that it is for."""

    reading: bool
    """Whether the article has the focus, and not the list."""
    articles: Articles
    pane: Pane
    view_tree: ViewTree | None = None
    """The pane of views, None while it is closed."""
    attention: Attention
    lists: Lists
    modes: Modes

    @property
    def views_open(self) -> bool:
        """Whether there is a pane of views."""
        return self.view_tree is not None

    @property
    def theming(self) -> Theming:
        """Which theme the app has."""
        theming: Theming = self.app.theming  # type: ignore[attr-defined]  # ours
        return theming

    @property
    def in_ascii(self) -> bool:
        """Whether nothing but ASCII is to be drawn, besides the text of articles."""
        return bool(getattr(self.app, "ascii", False))

    @cached_property
    def marked(self) -> Marked:
        """The rows that are marked for what is done next; the first frame has none."""
        from reader.ui.screens.marked import Marked

        return Marked(cast("ReadingScreen", self))

    @cached_property
    def views(self) -> Views:
        """What the pane of views does; the first frame needs it only where the pane was left open."""
        from reader.ui.screens.views import Views

        return Views(cast("ReadingScreen", self))

    @cached_property
    def own(self) -> OwnCommands:
        """The user's own commands."""
        from reader.ui.screens.own import OwnCommands

        return OwnCommands(cast("ReadingScreen", self))

    def open_sources(self, at: str = "") -> None:
        """Show where the articles come from, the cursor on a source by its id."""
        from reader.ui.screens.sources import SourcesScreen

        self.go_over(SourcesScreen(cast("ReadingScreen", self), at))

    def retag(self) -> None:
        """Show the tags that the articles have now."""
        marks = self.library.notebook.marks
        self.articles.show_tags(lambda article: marks(article).tags)

    def open_history(self) -> None:
        """Show what was read and when, and figures of it."""
        from reader.ui.screens.history import HistoryScreen

        self.go_over(HistoryScreen(cast("ReadingScreen", self)))

    def open_notebook(self, *, bookmarks: bool) -> None:
        """Show all bookmarks, or all notes and highlights."""
        from reader.ui.screens.notebook import NotebookScreen

        self.go_over(NotebookScreen(cast("ReadingScreen", self), bookmarks=bookmarks))

    def run(self, command: str) -> None:
        """Run a command by its id."""
        raise NotImplementedError

    def say_keys(self) -> None:
        """Say what the keys do now."""
        raise NotImplementedError

    def say_status(self) -> None:
        """Say what is shown."""
        raise NotImplementedError

    def keys_changed(self) -> None:
        """Other keys hold now: show them."""
        super().keys_changed()
        self.say_status()
        if not self.articles.listing.items:
            chosen, searching = self.articles.listing.filter, self.lists.searched
            self.articles.empty = list_words.nothing(chosen, self.keymap, searching=searching)
            self.articles.refresh()

    def on_key(self, event: events.Key) -> None:
        """Follow what is begun: a sequence of keys, a selection, a search in the article."""
        self.attention.time.pressed()
        if self.modes.stop(event):
            taken = True
        elif self.focused in (self.articles, self.pane):
            taken = self.modes.follow(event) or self._command("article" if self.reading else "list", event.key)
            self.say_keys()
        elif self.view_tree is not None and self.focused is self.view_tree:
            taken = self.views.follow(event) or self._command("views", event.key)
            self.say_keys()
        else:
            taken = self._beside(event.key)
        if taken:
            event.stop()
            event.prevent_default()

    def _command(self, place: Place, key: str) -> bool:
        """Run the command of a key, or say where the key does something; tells whether it does anything."""
        command = self.keymap.at(place, key)
        if command is not None:
            self.run(command.id)
        elif place == "list" and self.keymap.at("article", key):
            self.say(f"That works in the article: {self.key('go.in')} goes in.")
        elif place == "views" and (self.keymap.at("list", key) or self.keymap.at("article", key)):
            self.say(f"That works in the list: {self.key('views.leave')} goes there.")
        else:
            return False
        return True

    def _beside(self, key: str) -> bool:
        """Run a command that works anywhere, while a line is typed into that has no use for its key."""
        command = self.keymap.at("list", key)
        if command is None or command.where != "both" or not self.untaken(key):
            return False
        self.run(command.id)
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Offer to add what was pasted."""
        from reader.ui.actions.adding import add_text

        event.stop()
        add_text(cast("Stage", self), event.text)

    def on_key_bar_asked(self, event: KeyBar.Asked) -> None:
        """Do what a clicked key does."""
        self.run(event.command)

    def on_article_list_chosen(self) -> None:
        """Go into the article that was clicked."""
        self.run("go.in")

    def on_article_list_fold_asked(self, event: ArticleList.FoldAsked) -> None:
        """Fold the section that was clicked."""
        self.lists.fold(event.group, event.folded)

    def on_view_tree_chosen(self) -> None:
        """Show the view that was clicked, or fold the section."""
        self.run("views.show")
