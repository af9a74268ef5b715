"""ReaderApp: the stylesheet, the themes, the palette, the first screen."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.message import Message

from reader.library import ERRORS, Library
from reader.ui.driver import TerminalDriver
from reader.ui.leaving import KeepsDraft, Leaving
from reader.ui.screens import session as sessions
from reader.ui.screens.holding import HeldKeys
from reader.ui.screens.preferences import Preferences, over
from reader.ui.screens.reading import ReadingScreen
from reader.ui.stylesheet import stylesheet
from reader.ui.theming import Theming, in_ascii
from reader.ui.typeahead import TypeAhead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.command import Provider
    from textual.driver import Driver
    from textual.filter import LineFilter

    from reader.ingest.found import Found
    from reader.settings import Places, Settings
    from reader.ui.ground import Ground
    from reader.ui.prelude.sheet import Sheet
    from reader.ui.prelude.standing import Standing


def _palette() -> type[Provider]:
    from reader.ui.dialogs.palette import CommandProvider

    return CommandProvider


class ReaderApp(App[None]):
    """The app: it opens the library when it starts and closes it when it ends.

    Args:
        places: the folders.
        settings: what the user prefers.
        wrong: what is wrong with the preferences, one line each.
        preview: entries only to be read, kept if the user says so.
        location: where the entries came from.
        standing: the first picture, which stands on the terminal and is to be taken over.

    Raises:
        LibraryError: the library cannot be opened.
    """

    TITLE = "reader"
    CSS_PATH = stylesheet()
    COMMANDS = {_palette}  # noqa: RUF012 -- Textual's own way, which it types as a class variable

    class Trouble(Message):
        """Marks cannot be saved, or can be again."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self,
        places: Places,
        settings: Settings,
        wrong: list[str] | None = None,
        *,
        preview: Found | None = None,
        location: str = "",
        standing: Standing | None = None,
    ) -> None:
        super().__init__(driver_class=_driver_over(standing))
        self._places, self._wrong = places, wrong or []
        self.preferences, self.keys_held = Preferences(self, places, settings), HeldKeys(self, settings)
        self.typeahead = TypeAhead(self, super().on_event)
        self._preview, self._location = preview, location
        self.library = self._opened(preview)
        before = standing.attributes if standing is not None else None
        self.leaving = Leaving(lambda: self.library.close(), self._save, before)
        self.failure: tuple[str, ...] = ()
        """What is to be said of what failed, a line each; empty while nothing has."""
        self.sheet: Sheet | None = None
        """What it will show first at its next start, once it has left."""
        self._session = over(sessions.load(self.library.cache))
        self._colourless = self.no_color
        # Tints are one colour where there are sixteen: what is told by them is told as where there is none.
        self.no_color = self.no_color or self.console.color_system not in ("256", "truecolor")
        self.ascii, self._plain = in_ascii(settings)
        self.theming = Theming(self, settings, self._session.theme, self._session.light)
        self._wrong += [*self.theming.wrong, *self.keys_held.wrong, *self.preferences.styled()]

    def _opened(self, preview: Found | None = None) -> Library:
        library = Library(self._places, preview=preview, on_trouble=lambda text: self._tell(self.Trouble(text)))
        try:
            if not library.read_only and not library.has_guide:
                library.subscriptions.add_guide()
        except ERRORS:
            library.close()
            raise
        return library

    def _save(self) -> None:
        if self.library.ready:
            self.library.marks.close()

    def _tell(self, message: Message) -> None:
        if self.is_running:
            self.post_message(message)

    async def action_quit(self) -> None:
        """Leave by the way of `Q`, which asks when marks could not be saved."""
        if isinstance(self.screen, ReadingScreen):
            self.screen.run("quit")
        else:
            self.exit()

    def action_help_quit(self) -> None:
        """Say how to leave, to who presses the key that ends other programs."""
        self.notify(f"{self.keys_held.keymap.key('quit')} leaves the app.", markup=False, timeout=3)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Give what is done to each line: with NO_COLOR colours are taken off, where Textual would make greys."""
        if not self._colourless:
            return [*super().get_line_filters(), *self._plain]
        from textual.filter import NoColor

        return [NoColor(), *self._plain]

    async def on_event(self, event: events.Event) -> None:
        """Deal with keys one after the other; with none that comes while the app is being left."""
        if isinstance(event, events.Paste) and not event.is_forwarded:
            from reader.ui.pasting import fits

            if not fits(self, event):
                return
        if not isinstance(event, events.Key) or (event.is_forwarded and self.screen_stack):
            await super().on_event(event)
        elif self.screen_stack:
            await self.typeahead.press(event)

    def get_default_screen(self) -> ReadingScreen:
        """Give the first screen."""
        first = 1 if self._preview is not None else None
        return ReadingScreen(self.library, self.preferences.settings, self._session, first)

    def on_mount(self) -> None:
        """Tell what is wrong with the preferences, and leave in good order when a signal asks to."""
        self.leaving.ready(self.exit)
        self.preferences.begin()
        for wrong in self._wrong:
            self.notify(wrong, severity="warning", markup=False, timeout=10)

    def on_ground(self, event: Ground) -> None:
        """Follow the terminal between light and dark."""
        self.theming.told(event.dark)

    def on_reader_app_trouble(self, event: Trouble) -> None:
        """Tell that marks cannot be saved, or can be again."""
        self.notify(event.text, severity="error", markup=False, timeout=20)

    async def keep_preview(self) -> None:
        """Keep what was only to be read, and show it in the library."""
        if self._preview is None:
            return
        try:
            library = self._opened()
        except ERRORS as error:
            self.notify(str(error), severity="error", markup=False)
            return
        try:
            if library.read_only:
                self.notify(library.why_read_only, severity="warning", markup=False)
                library.close()
                return
            location = "" if self._location == "-" else self._location
            report = await asyncio.to_thread(library.subscriptions.add, self._preview, location)
        except ERRORS as error:
            library.close()
            self.notify(str(error), severity="error", markup=False)
            return
        previous, self.library, self._preview = self.library, library, None
        row = next((screen.row for screen in self.screen_stack if isinstance(screen, ReadingScreen)), None)
        same = library.cache.key(row.id) if row is not None else None
        first = same or library.cache.first_key(report.source.id)
        # Not switch_screen: Textual 8.2 cannot take the first screen off its stack.
        self.add_mode("kept", lambda: ReadingScreen(library, self.preferences.settings, self._session, first))
        await self.switch_mode("kept")
        previous.close()
        self.notify(str(report), markup=False)

    def fail(self, error: BaseException) -> None:
        """Tell in `failure` what nobody caught; what follows from it is passed over."""
        if self.failure:
            return
        self.failure = (f"it failed ({type(error).__name__}) and had to end",)
        with suppress(Exception):  # to tell it may fail too; then that is all there is to say
            from reader.ui.failing import told  # which does not keep the place: it may be what it failed at

            self.failure = told(self, error, self._places.data, self._keep_drafts, lambda: self.library.cache.count())
        self.leaving.failed(self.failure)

    def _handle_exception(self, error: Exception) -> None:
        self.fail(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End; Textual would print the traceback too, with values of variables, which are what is being read."""
        self._close_messages_no_wait()

    def panic(self, *_: object) -> None:
        """End; see above."""
        self._return_code = 1
        self._close_messages_no_wait()

    def _keep_drafts(self) -> None:
        for dialogue in self.screen_stack if self.is_running else ():
            if isinstance(dialogue, KeepsDraft):
                dialogue.keep_draft()

    def keep_session(self) -> None:
        """Keep where the reader is, and a note that is being written."""
        self._keep_drafts()
        for screen in self.screen_stack if self.is_running else ():
            if isinstance(screen, ReadingScreen):
                screen.keep_session()

    def exit(self, *args: object, **named: object) -> None:
        """Keep where the reader is, then leave."""
        try:
            self.keep_session()
            if self.is_running and not self.is_headless:
                from reader.ui.prelude.recording import recorded

                self.sheet = recorded(self)
        finally:
            super().exit(*args, **named)  # type: ignore[arg-type] # whatever Textual takes


def _driver_over(standing: Standing | None) -> type[Driver] | None:
    if standing is None:
        return TerminalDriver if "TEXTUAL_DRIVER" not in os.environ else None
    from reader.ui.prelude.taking_over import driver_over

    return driver_over(standing)


def run(
    places: Places,
    settings: Settings,
    wrong: list[str],
    *,
    preview: Found | None = None,
    location: str = "",
    said: Callable[[str], None] = lambda _: None,
    standing: Standing | None = None,
) -> int:
    """Run the app until it is left, then close the library.

    Args:
        places: the folders.
        settings: what the user prefers.
        wrong: what is wrong with the preferences.
        preview: entries only to be read.
        location: where they came from.
        said: told what the user must know after the app has left the screen.
        standing: the first picture, which stands on the terminal and is to be taken over.

    Returns:
        The exit status: 0, 1 when it failed, or 128 and the number of the signal that ended the app.
    """
    app = ReaderApp(places, settings, wrong, preview=preview, location=location, standing=standing)
    with app.leaving:
        try:
            app.run()
        except ERRORS:
            raise
        except Exception as error:  # noqa: BLE001 -- Textual failed at ending
            app.fail(error)
        finally:
            app.leaving.restore()
            trouble = app.leaving.close()
            for told in (*app.failure, *([trouble] if trouble else [])):
                said(told)
    if app.sheet is not None:
        from reader.ui.prelude.recording import keep

        keep(app.sheet, places)
    return app.return_code or 0
