"""The sources: where articles come from, how each stands, and how it is looked after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from reader.model.listing import Filter
from reader.model.source import FULL_TEXT, REMOVED
from reader.ui.screens.keyed import KeyedScreen
from reader.ui.widgets import source_row
from reader.ui.widgets.key_hints import KeyHints
from reader.ui.widgets.source_list import SourceList
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from reader.commands import Place
    from reader.library.subscriptions import Removed, Standing
    from reader.model.source import Care, FullText
    from reader.ui.screens.reading import ReadingScreen

_GATHER: Final = 1.0
"""Seconds for which news gather before the list is made anew."""
_EMPTY: Final = "No sources yet.\n{sources.add} adds a feed, a web page, a file, a folder or a pasted text."
_FULL: Final[dict[FullText, str]] = {
    "auto": "whole articles are fetched where the text is cut off",
    "always": "whole articles are always fetched",
    "never": "whole articles are fetched only by x in the article",
}
_LOOKING: Final = frozenset({"sources.articles", "sources.more", "sources.back", "sources.help"})
"""What can be done too while another reader is open."""


class SourcesScreen(KeyedScreen):
    """Lists the sources.

    Args:
        main: the screen below, whose list shows their articles.
        at: the id of the source to begin with, empty for that of the article that is shown.
    """

    place: ClassVar[Place] = "sources"

    def __init__(self, main: ReadingScreen, at: str = "") -> None:
        super().__init__(main.library)
        self._main, self._at = main, at
        self._list, self._status = SourceList(), StatusLine()
        self._gathering: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        yield self._status
        yield self._list
        yield KeyHints(self.place, _LOOKING if self.library.read_only else None)

    def on_mount(self) -> None:
        """Read the sources, and again when there is news of them."""
        self._status.left = "Sources"
        self._main.refreshing.watchers.append(self._changed)
        self._read(first=True)

    def on_unmount(self) -> None:
        """Listen no more."""
        self._main.refreshing.watchers.remove(self._changed)

    def on_screen_resume(self) -> None:
        """Say what is under way."""
        self._status.busy = self._main.refreshing.words

    # -- what is shown

    def _changed(self) -> None:
        self._status.busy = self._main.refreshing.words
        if self._gathering is None:
            self._gathering = self.set_timer(_GATHER, self._read)

    def _read(self, *, first: bool = False) -> None:
        if self._gathering is not None:
            self._gathering.stop()
            self._gathering = None
        opened = self._main.opened
        begin = (self._at or (opened.article.source_id if opened is not None else "")) if first else ""
        self.in_background(self.library.subscriptions.sources, lambda standings: self._show(standings, begin))

    def _show(self, standings: Sequence[Standing], begin: str) -> None:
        shown = [standing for standing in standings if standing.source.kind != REMOVED or standing.articles]
        shown.sort(key=lambda standing: (standing.source.care.folder.casefold(), standing.source.title.casefold()))
        self._list.empty = self.keymap.told(_EMPTY)
        self._list.show(shown)
        if begin:
            self._list.go_to(begin)
        failing = sum(bool(source_row.trouble(standing)) for standing in shown)
        count = "1 source" if len(shown) == 1 else f"{len(shown):,} sources"
        self._status.left = f"Sources · {count}" + (f", {failing:,} failing" if failing else "")

    def _chosen(self) -> Standing | None:
        if self.library.read_only:
            self.say(self.library.why_read_only, warning=True)
            return None
        return self._list.chosen

    def _do(self, work: Callable[[], object], said: str) -> None:
        """Change a source in the background, then show all as they are now."""

        def done(_: object) -> None:
            self._read()
            self._relist()
            self.say(said)

        self.in_background(work, done)

    def _relist(self, *, gone: str = "") -> None:
        chosen = self._main.listing.filter
        self._main.articles.forget_rows()
        self._main.lists.show(Filter() if gone and chosen.source == gone else chosen)

    # -- what the keys do

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._list.move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor by a page."""
        self._list.page(step)

    def action_back(self) -> None:
        """Go back to the articles."""
        self.dismiss()

    def run(self, command: str) -> None:
        """Go back to the articles, and run a command there: one chosen in the palette."""
        self.dismiss()
        self._main.call_later(self._main.run, command)

    async def action_quit(self) -> None:
        """Leave the app."""
        self._main.run("quit")

    def action_articles(self) -> None:
        """Show the articles of the source."""
        standing = self._list.chosen
        if standing is None:
            return
        if not standing.articles:
            self.say(f"Nothing has come from {standing.source.title} yet. {self.key('sources.refresh')} asks it now.")
            return
        self._main.leave_article()
        self._main.lists.show(Filter(source=standing.source.id))
        self.dismiss()

    on_source_list_chosen = action_articles

    def action_refresh_one(self) -> None:
        """Ask this source for what is new."""
        standing = self._chosen()
        if standing is None:
            return
        if source_row.asked(standing):
            self._main.refreshing.start([standing.source.id])
            self._changed()
        else:
            self.say(f"{standing.source.title} was given once and is asked for nothing.")

    def action_refresh_all(self) -> None:
        """Ask all sources, or stop asking."""
        self._main.run("refresh.all")
        self._changed()

    def action_rename(self) -> None:
        """Give the source another name."""
        from reader.ui.dialogs.prompts import LineScreen

        standing = self._chosen()
        if standing is not None:
            source, subscriptions = standing.source, self.library.subscriptions
            empty = "Leave it empty for the name that it gives itself." if source_row.asked(standing) else ""
            dialogue = LineScreen("Rename", source.title, empty)
            self.ask(dialogue, lambda text: self._do(lambda: subscriptions.rename(source.id, text), "Renamed."))

    def action_folder(self) -> None:
        """Put the source into a folder."""
        from reader.ui.dialogs.prompts import LineScreen

        standing = self._chosen()
        if standing is None:
            return
        care = standing.source.care

        def answered(text: str) -> None:
            self._care(standing, replace(care, folder=text), f"In {text} now." if text else "In no folder now.")

        self.ask(LineScreen("Folder", care.folder, "The name of a folder; leave it empty for none."), answered)

    def _care(self, standing: Standing, care: Care, said: str) -> None:
        self._do(lambda: self.library.subscriptions.set_care(standing.source.id, care), said)

    def action_full_text(self) -> None:
        """Change when whole articles are fetched."""
        standing = self._chosen()
        if standing is None or not source_row.asked(standing):
            return
        care = standing.source.care
        following = FULL_TEXT[(FULL_TEXT.index(care.full_text) + 1) % len(FULL_TEXT)]
        said = f"{standing.source.title}: {_FULL[following]}."
        self._care(standing, replace(care, full_text=following), said)

    def action_settings(self) -> None:
        """Set which parts of its pages are the text, its headers and its login."""
        from reader.ui.screens import source_settings

        standing = self._chosen()
        if standing is not None and source_row.asked(standing):
            source_settings.ask(self, standing.source, self._read)

    def action_pause(self) -> None:
        """Leave the source out of refreshing, or take it in again."""
        standing = self._chosen()
        if standing is None or not source_row.asked(standing):
            return
        source, paused = standing.source, not standing.source.care.paused
        asks = self.key("sources.refresh")
        said = f"{source.title} is {f'paused. {asks} asks it all the same.' if paused else 'asked again.'}"
        self._do(lambda: self.library.subscriptions.pause(source.id, paused), said)

    def action_remove(self) -> None:
        """Remove the source, after asking."""
        standing = self._chosen()
        if standing is None:
            return
        source, library = standing.source, self.library

        def counted() -> tuple[int, int]:
            from reader.storage import removal

            return removal.would(library.cache, source.id, library.marks.marked())

        self.in_background(counted, lambda counts: self._ask_remove(standing, *counts))

    def _ask_remove(self, standing: Standing, going: int, kept: int) -> None:
        from reader.ui.dialogs.prompts import ConfirmScreen

        source, others = standing.source, max(0, standing.articles - going - kept)
        parts = [f"{going:,} {'article goes' if going == 1 else 'articles go'}"]
        parts += [f"{kept:,} with marks {'stays' if kept == 1 else 'stay'}"] if kept else []
        parts += [f"{others:,} that other sources have too {'stays' if others == 1 else 'stay'}"] if others else []
        go = f"{', '.join(parts)}. This cannot be taken back."

        def work() -> tuple[Removed, str]:
            from reader.library import caring

            return self.library.subscriptions.remove(source.id), caring.forget_password(source)

        def done(came: tuple[Removed, str]) -> None:
            removed, stays = came
            self._read()
            self._relist(gone=source.id)
            self.say(f"{removed}\n{stays}".strip(), warning=bool(stays))

        def answered(yes: bool) -> None:
            if yes:
                self.in_background(work, done)

        self.ask(ConfirmScreen(f"Remove “{source.title}”?", go, final=True), answered)

    def action_more(self) -> None:
        """Tell all that is known of the source."""
        from reader.ui.dialogs.prompts import TellScreen
        from reader.ui.screens.source_details import details

        standing = self._list.chosen
        if standing is not None:
            self.ask(TellScreen(standing.source.title, details(standing)), lambda _: None)

    def action_add(self) -> None:
        """Add something."""
        self._main.run("library.add")
