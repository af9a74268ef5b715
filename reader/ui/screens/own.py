"""Running the user's own commands on articles, beside what is done; and giving an article to any program."""

from __future__ import annotations

import asyncio
import shlex
from typing import TYPE_CHECKING, Final, cast

from reader.library import ERRORS, programs
from reader.library.handing import environment, given
from reader.library.own import PREFIX
from reader.library.programs import Answer, ProgramError
from reader.ui.actions import bulk
from reader.ui.actions.own import hand_over
from reader.ui.screens.own_results import keep, remark, short
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Key
    from textual.worker import Worker

    from reader.model.article import Row
    from reader.settings import OwnCommand
    from reader.settings.commanding import Input
    from reader.ui.actions.stage import Stage
    from reader.ui.screens.reading import ReadingScreen

ROWS: Final = 100
"""Marked rows that a command runs for, one after the other."""
_CHANGING: Final = ("note", "article")
_LONG: Final = 10.0
"""Seconds for which it is shown what a program said: it is to be read, and not only noticed."""
_LEFT: Final = "That article is not in the library any more."


@dataclass(frozen=True, slots=True)
class _Given:
    """What a program gets of an article: its row now, its standard input, its environment."""

    row: Row | None
    data: bytes
    told: dict[str, str]


class OwnCommands:
    """Owns the program that runs, one at a time.

    Args:
        screen: the screen whose articles it is about.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._own: dict[str, OwnCommand] = {}
        self._worker: Worker[None] | None = None
        self._running = ""
        self._typed: list[str] = []
        self._form: Input = "markdown"
        self.renew()

    def renew(self) -> None:
        """Take the commands that the settings have now."""
        settings = self._screen.settings
        self._own = {f"{PREFIX}{own.name}": own for own in settings.commands}
        self._screen.modes.take(self)

    @property
    def hint(self) -> str:
        """What runs and what ends it, empty while nothing does."""
        return f"running {self._running} … Esc stops it" if self._running else ""

    def follow(self, event: Key) -> bool:
        """Let Esc end what runs; tell whether the key was for that."""
        if event.key != "escape" or self._worker is None:
            return False
        stopped = self._running
        self.close()
        self._screen.say(f"{stopped} was stopped.")
        return True

    def close(self) -> None:
        """End what runs."""
        if self._worker is not None:
            self._worker.cancel()
        self._over()

    def _over(self) -> None:
        self._worker, self._running = None, ""
        self._screen.say_keys()

    # -- a command

    def run(self, command: str) -> None:
        """Run a command by its id, on the article or on each marked row."""
        own, screen = self._own[command], self._screen
        stage = cast("Stage", screen)
        marked = bulk.marked(stage)
        keys = list(marked.listed()) if marked is not None else [screen.row.key] if screen.row is not None else []
        if self._running:
            screen.say(f"{self._running} is still running. Esc stops it.", warning=True)
        elif own.output in _CHANGING and screen.library.read_only:
            screen.say(screen.library.why_read_only, warning=True)
        elif not keys and own.input != "none":
            screen.say("There is no article here to give to it.")
        elif len(keys) > ROWS:
            screen.say(f"Mark less: a command runs for up to {ROWS} rows.", warning=True)
        elif own.terminal:
            screen.in_background(lambda: self._given(own.input, keys), lambda them: self._hand_over(own, them))
        elif own.output == "pager":
            self._show(own.called, own.run, own.input, keys)
        else:
            self._running = own.called
            self._worker = screen.run_worker(self._work(own, keys), group="own")
            screen.say_keys()

    async def _work(self, own: OwnCommand, keys: Sequence[int]) -> None:
        screen, done, said = self._screen, 0, _LEFT
        try:
            for given in await asyncio.to_thread(self._given, own.input, keys):
                answer = await self._ask(own.run, given, listens=own.output != "none")
                if answer.trouble:
                    raise ProgramError(f"{answer.trouble}.")
                said = await keep(screen, own, given.row, answer)
                done += 1
        except (ProgramError, *ERRORS) as error:
            left = f" {len(keys) - done:,} of {len(keys):,} articles are left." if len(keys) > 1 else ""
            screen.say(f"{own.called}: {error}{left}", warning=True)
        else:
            self._tell(own, said if done < 2 else f"{own.called}: done for {bulk.counted(done)}.")
        self._over()

    def _tell(self, own: OwnCommand, text: str) -> None:
        if own.output != "toast":
            self._screen.say(text)
            return
        self._screen.app.clear_notifications()
        self._screen.app.notify(text, markup=False, timeout=_LONG)

    def _given(self, form: Input, keys: Sequence[int]) -> list[_Given]:
        library = self._screen.library
        if not keys:
            return [_Given(None, b"", environment(None))]
        found = []
        for row in library.shelf.rows(keys):
            data = given(library, row.key, form, self._screen.settings.words_a_minute)
            if data is not None:
                found.append(_Given(row, data, environment(row)))
        return found

    async def _ask(self, words: Sequence[str], given: _Given, *, listens: bool = True) -> Answer:
        patience = self._screen.settings.command_seconds
        return await programs.run(words, given.data, given.told, patience=patience, listens=listens)

    def _hand_over(self, own: OwnCommand, them: Sequence[_Given]) -> None:
        if not them:
            self._screen.say(_LEFT)
        for one in them:
            data = None if own.input == "none" else one.data
            trouble = hand_over(self._screen.app, own.run, data, one.told)
            if trouble:
                self._screen.say(f"{own.called}: {trouble}.", warning=True)
                return

    # -- shown at length

    def _show(self, title: str, words: Sequence[str], form: Input, keys: Sequence[int]) -> None:
        """Show what a program says, as soon as it has; closing that ends it."""
        from reader.ui.dialogs.told import ToldScreen

        waiting = f"Running {programs.named(words)}… Esc stops it."
        self._screen.ask(ToldScreen(title, waiting, self._said(words, form, keys)), lambda _: None)

    async def _said(self, words: Sequence[str], form: Input, keys: Sequence[int]) -> str:
        said = []
        try:
            for one in await asyncio.to_thread(self._given, form, keys):
                answer = await self._ask(words, one)
                heading = f"{one.row.title}\n\n" if len(keys) > 1 and one.row is not None else ""
                said.append(f"{heading}{remark(words, answer)}")
                if answer.trouble:
                    break
        except (ProgramError, *ERRORS) as error:
            said.append(str(error))
        return "\n\n\n".join(said) or _LEFT

    # -- any program

    def pipe(self) -> None:
        """Ask for a program, and show what it says about the article."""
        from reader.ui.dialogs.pipe import PipeScreen

        row = self._screen.row
        if row is None:
            self._screen.say("There is no article here to give to a program.")
        else:
            key = row.key
            dialogue = PipeScreen(short(row.title), self._typed, self._form)
            self._screen.ask(dialogue, lambda answer: self._pipe(key, *answer))

    def _pipe(self, key: int, typed: str, form: Input) -> None:
        self._form = form
        try:
            words = shlex.split(typed)
        except ValueError as error:
            self._screen.say(f"This cannot be parted into arguments: {error}.", warning=True)
            return
        if words and words[0]:
            self._typed = [*(one for one in self._typed if one != typed), typed]
            self._show(short(typed), words, form, (key,))
