"""What the user prefers while the app is open: read again when a file has changed, written from the settings screen."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from reader.settings import FLAGS, Settings, read
from reader.settings.reading import PREFIX
from reader.ui.screens import own_styles
from reader.ui.screens.own_styles import OwnStyles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import App

    from reader.settings import Loaded, Places
    from reader.ui.screens.holding import HeldKeys
    from reader.ui.screens.session import Session
    from reader.ui.theming import Theming


class _Keyed(Protocol):
    """The app, as far as this file knows it."""

    keys_held: HeldKeys


_EVERY: Final = 2.0
"""Seconds between two looks at the files: cheap enough, and nobody waits much longer for what he wrote."""
_ABSENT: Final = (0, 0, 0)
_THEMES: Final = {"theme", "theme_light", "theme_dark"}


class _Themed(Protocol):
    """The app, as far as this file knows it: screens are below it and do not import it."""

    theming: Theming


class Preferences:
    """Owns the settings and the user's own styles while the app is open.

    Args:
        app: the app that follows them.
        places: the folders.
        settings: what was read at the start.
    """

    def __init__(self, app: App[Any], places: Places, settings: Settings) -> None:
        self._app, self._places, self.settings = app, places, settings
        self._styles = OwnStyles(app, places.styles)
        self._files = (places.settings, places.styles)
        self._known = [_state(path) for path in self._files]
        self._doubted, self._looking, self._wrong = False, False, False

    def styled(self) -> list[str]:
        """Take the user's styles before anything is drawn; give what is wrong with them."""
        wrong = self._styles.begin() if self._known[1] != _ABSENT else ""
        return [wrong] if wrong else []

    def begin(self) -> None:
        """From now on, follow the files."""
        self._app.set_interval(_EVERY, self.look)
        self._app.watch(self._app, "app_focus", lambda focus: self.look() if focus else None, init=False)

    def look(self) -> None:
        """See whether a file has changed, and take what it says now."""
        if not self._looking:
            self._looking = True
            self._app.run_worker(self._look(), group="preferences")

    async def _look(self) -> None:
        try:
            # A folder on the network may answer late.
            await self._follow(await asyncio.to_thread(lambda: [_state(path) for path in self._files]))
        finally:
            self._looking = False

    async def _follow(self, states: list[tuple[int, int, int]]) -> None:
        changed = [now != before for now, before in zip(states, self._known, strict=True)]
        if not any(changed):
            return
        empty = any(one and state[1] == 0 and state != _ABSENT for one, state in zip(changed, states, strict=True))
        if empty and not self._doubted:
            self._doubted = True  # it may be half written: the next look tells
            return
        self._known, self._doubted = states, False
        if changed[0]:
            await self.reload()
        if changed[1]:
            await self._restyle()

    async def write(self, name: str, value: bool | float | str | None) -> None:
        """Write a setting into the user's file, and follow it at once.

        Args:
            name: the setting.
            value: what it is to be; None for its default.

        Raises:
            PreferenceError: it cannot be written.
        """
        from reader.library.preferring import write

        await asyncio.to_thread(write, self._places.settings, name, value)
        self._known[0] = await asyncio.to_thread(_state, self._places.settings)
        await self.reload(said=False)

    async def loaded(self) -> Loaded:
        """Read what holds now, and where it comes from."""
        return await asyncio.to_thread(read, self._places.settings, self.settings)

    async def reload(self, *, said: bool = True) -> None:
        """Read the settings again, and let everything follow them; what is wrong stays as it was, and is told.

        Args:
            said: whether what has changed is told too.
        """
        from reader.settings.known import TABLE
        from reader.ui.screens.preferred import different, prefer
        from reader.ui.screens.reading import ReadingScreen

        loaded = await self.loaded()
        before, self.settings = self.settings, loaded.settings
        names = different(before, self.settings)
        for screen in self._app.screen_stack:
            if isinstance(screen, ReadingScreen):
                prefer(screen, self.settings)
        wrong = [str(problem) for problem in loaded.problems]
        if {"keys", "commands"} & {*names}:
            wrong += cast("_Keyed", self._app).keys_held.use(self.settings)
        if _THEMES & {*names}:
            wrong += self._take_theme()
        self._say(wrong, names if said else [], [name for name in names if not TABLE[name].live])

    def _take_theme(self) -> list[str]:
        theming = cast("_Themed", self._app).theming
        theming.follow(self.settings)
        return theming.wrong

    def _say(self, wrong: Sequence[str], changed: Sequence[str], later: Sequence[str]) -> None:
        for one in wrong:
            self._app.notify(one, severity="warning", markup=False, timeout=10)
        if later:
            self._app.notify(f"From the next start on: {', '.join(later)}.", markup=False)
        elif changed and not wrong:
            self._app.notify(f"Settings: {', '.join(changed)}.", markup=False, timeout=3)
        elif self._wrong and not wrong:
            self._app.notify("Nothing is wrong with the settings any more.", markup=False, timeout=3)
        self._wrong = bool(wrong)

    async def _restyle(self) -> None:
        path, variables = self._places.styles, self._app.get_css_variables()

        def looked_at() -> tuple[str | None, str]:
            try:
                text = own_styles.read(path)
            except OSError as error:
                return None, f"{path}: {error.strerror}"
            return text, own_styles.problem(text, path, variables) if text is not None else ""

        text, wrong = await asyncio.to_thread(looked_at)
        if wrong:
            self._app.notify(wrong, severity="warning", markup=False, timeout=10)
        else:
            self._styles.take(text)


def over(session: Session) -> Session:
    """Give a session in which nothing stands that a flag or the environment says otherwise for this once."""
    both = Settings.__dataclass_fields__.keys() & session.__dataclass_fields__.keys()
    given = [name for name in both if name in FLAGS.given or f"{PREFIX}{name.upper()}" in os.environ]
    neutral: dict[str, Any] = {name: session.__dataclass_fields__[name].default for name in given}
    return replace(session, **neutral) if given else session


def _state(path: Path) -> tuple[int, int, int]:
    """Give what is another after every change of a file: its moment, its size and which one it is."""
    try:
        found = path.stat()
    except OSError:
        return _ABSENT
    return found.st_mtime_ns, found.st_size, found.st_ino
