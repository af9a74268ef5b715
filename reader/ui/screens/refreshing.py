"""Asking the sources for what is new while the app is open: by key, and by itself when they are due."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TypeAlias

from textual.message import Message

from reader.model.source import FETCHED, WATCHED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer

    from reader.library import Library
    from reader.library.events import Landed, Summary
    from reader.library.porter import Porter
    from reader.ui.screens.reading import ReadingScreen

    Said: TypeAlias = Landed | Summary

_FIRST: Final = 4.0
"""Seconds after the start until sources are looked through for the first time."""
_EVERY: Final = 60.0
_GATHER: Final = 1.0
"""Seconds for which articles gather before the list takes them in."""
_KEPT: Final = 30.0
"""Seconds that the number of new articles is shown."""


class Refreshing:
    """Starts and stops the process that asks the sources, and shows what it tells.

    Args:
        screen: the screen with the list.
    """

    class Told(Message):
        """A source was asked, or all were; posted from the thread that listens."""

        def __init__(self, said: Said) -> None:
            super().__init__()
            self.said = said

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._porter: Porter | None = None
        self._begun = self._asked = self._stopped = self._over = False
        self._new = 0
        self._trouble = ""
        self._waiting: list[Landed] = []
        self._came: list[int] = []
        """Keys of what came since the sources began to be asked."""
        self._gathering: Timer | None = None
        self._resting: Timer | None = None
        self._busy, self._fresh = "", False
        self.watchers: list[Callable[[], None]] = []
        """Told whenever something landed or ended."""

    @property
    def words(self) -> str:
        """What is under way and what has come, empty for nothing; what the list announces is not said twice."""
        new = f"{self._new:,} new" if self._fresh and self._new and not self._screen.lists.waiting else ""
        parts = [part for part in (self._busy, new) if part]
        return " · ".join(parts)

    # -- when

    def begin(self) -> None:
        """From now on, ask sources when they are due."""
        self._screen.set_timer(_FIRST, self._look)
        self._screen.set_interval(_EVERY, self._look)

    def _look(self) -> None:
        library = self._screen.library
        if self._screen.settings.refresh == "auto" and not self.running and not library.read_only:
            self._screen.in_background(lambda: _due(library), lambda due: self._start(None) if due else None)

    # -- starting and stopping

    @property
    def running(self) -> bool:
        """Whether sources are being asked."""
        return self._begun

    def start(self, sources: Sequence[str] | None) -> None:
        """Ask some sources now, or all of them (None)."""
        screen = self._screen
        if screen.library.read_only:
            screen.say(screen.library.why_read_only, warning=True)
        elif self.running:
            screen.say(f"Sources are being asked already. {screen.key('refresh.all')} stops it.")
        elif sources is not None:
            self._start(sources, asked=True)
        else:
            screen.in_background(lambda: _all(screen.library), self._start_all)

    def _start_all(self, sources: Sequence[str]) -> None:
        if sources:
            self._start(None, asked=True)
        else:
            self._screen.say(
                f"There are no sources to ask yet. {self._screen.key('library.add')} adds a feed or a page."
            )

    def _start(self, sources: Sequence[str] | None, *, asked: bool = False) -> None:
        from reader.library.porter import Porter

        if self.running or self._over:
            return
        if self._porter is None:
            self._porter = Porter(self._screen.library)
        porter = self._porter
        self._begun, self._asked, self._stopped, self._new = True, asked, False, 0
        if asked:
            which = "sources" if sources is None or len(sources) > 1 else "source"
            self._say(f"Asking the {which}… {self._screen.key('refresh.all')} stops")
        force = asked and sources is None
        self._screen.in_background(lambda: porter.start(sources, self._post, self._post, force=force), self._started)

    def _started(self, begun: bool) -> None:
        if not begun:
            self._begun = False
            self._say("")

    def _post(self, said: Said) -> None:
        self._screen.post_message(self.Told(said))

    def stop(self) -> None:
        """Ask no more sources; what has come stays."""
        if self._porter is not None and self._porter.running:
            self._stopped = True
            self._say("Stopping…")
            self._porter.stop()

    def close(self) -> None:
        """End everything: the screen goes."""
        self._over = True
        if self._porter is not None:
            self._porter.close()
        self._screen.guarded(self._write_down)

    def _write_down(self) -> None:
        self._follow(self._waiting)

    # -- what is told

    def told(self, said: Said) -> None:
        """Take in what the process tells."""
        from reader.library.events import Landed

        if isinstance(said, Landed):
            self._landed(said)
        else:
            self._ended(said)
        self.changed()

    def changed(self) -> None:
        """Tell whoever shows the sources that they are others now."""
        for watcher in self.watchers:
            watcher()

    def _landed(self, landed: Landed) -> None:
        self._new += len(landed.new)
        self._came += landed.new
        self._waiting.append(landed)
        if self._gathering is None:
            self._gathering = self._screen.set_timer(_GATHER, self._take_in)
        if landed.total > 1 and not self._stopped:
            stops = f"({self._screen.key('refresh.all')} stops)"
            self._say(f"Refreshing {landed.done:,} of {landed.total:,} {stops} · {landed.title}", fresh=True)
        elif self._new:
            self._say("", fresh=True)

    def _take_in(self) -> None:
        """Take note of what landed, and show it; the keys wait for neither."""
        if self._gathering is not None:
            self._gathering.stop()
        landed, self._waiting, self._gathering = self._waiting, [], None
        lists = self._screen.lists
        news = {key for one in landed for key in (*one.new, *one.changed)}

        def followed(told: tuple[list[str], tuple[str, ...]]) -> None:
            notes, ruled = told
            if news:
                lists.take_in(news)
            if notes or ruled:
                self._screen.say("\n".join((*notes, *ruled)), warning=bool(notes))

        self._screen.in_background(lambda: self._follow(landed), followed)

    def _follow(self, landed: Sequence[Landed]) -> tuple[list[str], tuple[str, ...]]:
        """Write down what the sources say of themselves, and apply the rules; give what the user should know of it."""
        library = self._screen.library
        landing = library.subscriptions.landed
        told = [landing(one.source, title=one.title, site=one.site, moved=one.moved) for one in landed]
        changed, new = [key for one in landed for key in one.changed], [key for one in landed for key in one.new]
        return [note for note in told if note], library.came(changed, new)

    def _ended(self, summary: Summary) -> None:
        self._begun = False
        if self._waiting:
            self._take_in()
        came, self._came = self._came, []
        self._screen.library.hooks.refreshed(summary, came)
        self._say("", fresh=True)
        if self._new:
            self._rest()
        trouble, self._trouble = self._trouble, summary.trouble
        if summary.trouble:
            if self._asked or summary.trouble != trouble:  # not every minute again
                self._screen.say(summary.trouble, warning=True)
        elif self._asked or self._stopped:
            why = f". {self._screen.key('views.pane')} shows why." if summary.failed else "."
            self._screen.say(f"{summary}{why}", warning=bool(summary.failed))

    def _say(self, busy: str, *, fresh: bool = False) -> None:
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        self._busy, self._fresh = busy, fresh
        self._screen.say_busy(self.words)

    def _rest(self) -> None:
        self._resting = self._screen.set_timer(_KEPT, lambda: self._say(""))


def _all(library: Library) -> list[str]:
    """Give the sources that can be asked, by their ids."""
    sources = library.marks.sources()
    return [source.id for source in sources if source.kind in FETCHED | WATCHED and not source.care.paused]


def _due(library: Library) -> bool:
    """Tell whether a source is due; where there are none, nothing is imported to find that out."""
    ids = _all(library)
    if not ids:
        return False
    from reader.library import schedule
    from reader.storage import fetches

    known, now = fetches.all(library.cache), int(time.time())
    return any(one not in known or (not known[one].gone and schedule.is_due(now, known[one].due)) for one in ids)
