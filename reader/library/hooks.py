"""Hooks: the user's programs that are told when an article is read, bookmarked or noted on, and of what comes in.

They run one after the other and beside what is done, which never waits for them: in a thread while the app is open, at
the end of a verb. They are told of nothing that is not safely stored.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from reader import logs
from reader.settings import Hook, Settings, load
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reader.library import Library
    from reader.library.events import Summary
    from reader.model.annotation import JSON
    from reader.model.article import Row
    from reader.settings import Event

STARTED_BY: Final = "READER_EVENT"
"""The variable that tells a hook what happened; where it is set, this was started by a hook, and runs none."""
WAITING: Final = 100
"""Occasions that wait at the most; of more, the user is told."""
ARTICLES: Final = 1000
"""Articles that a hook is told of at once."""
WHOLE: Final = 20
"""Of so many articles at the most, it gets the texts too."""
LARGEST: Final = 4 << 20
"""Bytes of what it gets at the most, or the texts are left out."""
PARTING: Final = 1.0
"""Seconds for the hooks that are not done when the app is left."""
_ENDING: Final = 3.0
"""Seconds that to end one may take after that, at the most."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something happened to articles, by their keys; `count` may be larger. `facts` are told besides."""

    event: Event
    keys: tuple[int, ...]
    count: int
    facts: Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class Telling:
    """A hook with all that it is told: its input, and its environment."""

    hook: Hook
    data: bytes
    told: Mapping[str, str]
    seconds: float


class Hooks:
    """Runs the hooks of the settings, which are read again when they change.

    Args:
        library: where things happen.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self.tell: Callable[[str], None] = lambda _: None
        """Told what went wrong, each thing once, from another thread."""
        self._waiting: deque[Occasion] = deque()
        self._there = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._held = self._closing = False
        self._told: set[str] = set()
        self._read: tuple[object, Settings] = (None, Settings())
        # What a hook starts runs none, or two would run each other for ever.
        self._off = library.read_only or STARTED_BY in os.environ

    def wants(self, event: Event) -> bool:
        """Tell whether there is a hook for an event, which costs next to nothing to ask."""
        return not self._off and any(hook.event == event for hook in self._settings.hooks)

    @property
    def _settings(self) -> Settings:
        path = self._library.places.settings
        try:
            found = path.stat()
        except OSError:
            return Settings()
        now = (found.st_mtime_ns, found.st_size, found.st_ino)
        if self._read[0] != now:
            self._read = now, load(path)[0]
        return self._read[1]

    def happened(self, event: Event, keys: Sequence[int], **facts: JSON) -> None:
        """Let the hook of an event know, soon; nothing is waited for, and nothing raised.

        Args:
            event: what happened.
            keys: of the articles that it happened to.
            facts: what it is told besides.
        """
        if not self.wants(event) or not (keys or facts):
            return
        one = Occasion(event, tuple(keys[:ARTICLES]), len(keys), facts)
        with self._there:
            full = len(self._waiting) >= WAITING
            if not full:
                self._waiting.append(one)
                self._begin()
                self._there.notify()
        if full:
            self._complain(event, f"hooks: {WAITING} wait already; what happens now is not told to them")

    def refreshed(self, summary: Summary, new: Sequence[int]) -> None:
        """Let the hook know that sources were asked, and what came of it."""
        if summary.asked:
            self.happened("refreshed", new, asked=summary.asked, new=summary.new, failed=summary.failed)

    # -- in a thread

    def _begin(self) -> None:
        if self._thread is None and not self._held and not self._closing:
            self._thread = threading.Thread(target=self._work, name="hooks", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._there:
                while not self._waiting and not self._closing:
                    self._there.wait()
                if not self._waiting or self._stop.is_set():
                    return
                one = self._waiting.popleft()
            self._told_of(one)

    def _told_of(self, one: Occasion) -> None:
        telling = self._prepared(one)
        if telling is not None:
            self._run(telling)

    def close(self) -> None:
        """End the hooks: what runs and what waits has a moment, then it is ended. The library is to be closed after."""
        with self._there:
            self._closing = True
            self._there.notify()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(PARTING)
            self._stop.set()
            thread.join(_ENDING)
        if self._waiting:
            logs.warning("hooks left out", count=len(self._waiting))

    # -- at the end of a verb

    def hold(self) -> None:
        """Begin nothing until `held` is asked for: a verb lets another reader write before its hooks run."""
        self._held = True

    def held(self) -> list[Telling]:
        """Give what the hooks are to be told, each with what it gets, to be run once the library is closed."""
        found = [telling for one in self._waiting if (telling := self._prepared(one)) is not None]
        self._waiting.clear()
        return found

    def run(self, tellings: Sequence[Telling]) -> None:
        """Run hooks one after the other, in this thread."""
        for one in tellings:
            self._run(one)

    # -- one hook

    def _prepared(self, one: Occasion) -> Telling | None:
        """Make what a hook is told, once what happened is safely stored; None where it is not to be run."""
        chosen = self._settings
        hook = next((hook for hook in chosen.hooks if hook.event == one.event), None)
        if hook is None:
            return None
        try:
            if self._library.ready:
                self._library.marks.flush()
            return telling(self._library, hook, one, chosen)
        except Exception as error:  # noqa: BLE001 -- a hook may break nothing
            self._complain(one.event, f"hook {one.event}: it was not run: {error}")
            return None

    def _run(self, one: Telling) -> None:
        began = time.monotonic()
        try:
            trouble = run(one, self._stop)
        except Exception as error:  # noqa: BLE001 -- a hook may break nothing
            trouble = str(error)
        seconds = time.monotonic() - began
        logs.info("hook", kind=one.hook.event, well=not trouble, seconds=seconds)
        if trouble and not self._stop.is_set():
            self._complain(one.hook.event, f"hook {one.hook.event}: {trouble}")

    def _complain(self, event: Event, text: str) -> None:
        logs.warning("hook failed", kind=event)
        logs.debug("hook failed", why=text)
        if text not in self._told:
            self._told.add(text)
            self.tell(text)


def telling(library: Library, hook: Hook, one: Occasion, chosen: Settings) -> Telling:
    """Make what a hook is told of an occasion.

    Args:
        library: where it happened.
        hook: whom to tell.
        one: what happened.
        chosen: what the user prefers.
    """
    import orjson

    from reader.library.handing import environment

    rows = library.shelf.rows(one.keys)
    articles = _articles(library, rows, chosen.words_a_minute)
    told: dict[str, object] = {"event": one.event, "count": one.count, **one.facts, "articles": articles}
    data = orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
    if len(data) > LARGEST:
        for article in articles:
            article.pop("text", None)
            article.pop("markdown", None)
        data = orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
    while len(data) > LARGEST:
        del articles[len(articles) // 2 :]
        data = orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
    known = environment(rows[0] if one.count == len(rows) == 1 else None)
    more = {STARTED_BY: one.event, "READER_COUNT": str(one.count), **known}
    return Telling(hook, data, more, chosen.command_seconds)


def _articles(library: Library, rows: Sequence[Row], pace: int) -> list[dict[str, JSON]]:
    """Give articles as `reader show --json` prints them; the texts, and what is found in them, of a few only."""
    from reader.library.records import highlight, notes, records_of, whole

    if len(rows) <= WHOLE:
        found = [one for row in rows if (one := library.shelf.open(row.key)) is not None]
        return [whole(library, library.shelf.seek(one), pace) for one in found]
    made = []
    for row, short in zip(rows, records_of(library, rows, pace), strict=True):
        marks = library.notebook.marks(row.id)
        mine: list[JSON] = [highlight(one, found=None) for one in marks.highlights]
        made.append({**short, "notes": notes(marks), "highlights": mine})
    return made


def run(one: Telling, stop: threading.Event | None = None) -> str:
    """Run a hook, and give what was wrong, empty when nothing was.

    Args:
        one: the hook, with what it is told.
        stop: set from another thread, it ends this at once.
    """
    from reader.library import errands, programs

    work = programs.run(one.hook.run, one.data, one.told, patience=one.seconds, listens=False)
    try:
        return errands.run(work, stop).trouble
    except errands.StoppedError:
        return "it was ended: reader was left"
    except programs.ProgramError as error:
        return str(error)
