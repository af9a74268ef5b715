"""The library: both stores opened, and the rooms that work with them.

`library.shelf` lists and opens, `library.notebook` marks, `library.subscriptions` adds.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self

from reader import logs
from reader.library.notebook import Notebook
from reader.library.secrets import SecretError
from reader.library.shelf import Shelf
from reader.library.states import States
from reader.library.stories import settle
from reader.settings import load
from reader.storage.cache import DAMAGE, Cache, LibraryError
from reader.storage.errors import MarksError, ReadOnlyError
from reader.storage.lock import Lock
from reader.storage.stamp import stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from reader.ingest.found import Found
    from reader.library.figures import Past
    from reader.library.hooks import Hooks
    from reader.library.log import Log
    from reader.library.rules import Rules
    from reader.library.stories import Stories
    from reader.library.subscriptions import Subscriptions
    from reader.library.views import Views
    from reader.settings import Places
    from reader.storage.marks import Marks as Store


ERRORS: Final = (*DAMAGE, MarksError, ReadOnlyError, SecretError, OSError)
"""What can go wrong in the stores and the keyring; each says so in words for people."""


class Library:
    """Everything kept under one folder; open it in a `with` block, or close it.

    marks.json is opened when it is first needed, not before: a list is drawn without it.

    Args:
        places: the folders.
        write: whether to ask to be the one that writes; see `read_only` for the answer.
        preview: entries only to be read, in a library of their own that is gone when it is closed.
        on_trouble: told, from another thread, when marks cannot be saved and when they can again.
        now: gives seconds since 1970, UTC.

    Raises:
        LibraryError: library.db cannot be opened.
    """

    def __init__(
        self,
        places: Places,
        *,
        write: bool = True,
        preview: Found | None = None,
        on_trouble: Callable[[str], None] = lambda _: None,
        now: Callable[[], int] = lambda: int(time.time()),
    ) -> None:
        self.places, self.preview = places, preview
        self.notices: list[str] = []
        self._on_trouble = on_trouble
        self._store: Store | None = None
        self._opening = threading.Lock()
        self._lock = Lock(places.lock)
        self.read_only = preview is not None or not (write and self._locked())
        self.cache = self._opened_cache()
        logs.info("library opened", writes=not self.read_only, preview=preview is not None)
        self.cache.same_story = lambda: load(places.settings)[0].same_story
        self.now = now
        try:
            if preview is not None:
                self._take_in(preview)
            self.states = self._read_states()
        except BaseException:
            self._close_marks()
            self.cache.close()
            self._lock.release()
            raise
        self.shelf = Shelf(self.cache, self.states, lambda: self.marks, now)
        self.notebook = Notebook(lambda: self.marks, self.cache, self.states, lambda: self.hooks)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """What the library takes in; imported when it is first needed, which a start is not."""
        from reader.library.subscriptions import Subscriptions

        return Subscriptions(lambda: self.marks, self.cache, self.states, self.now, self.came)

    @cached_property
    def rules(self) -> Rules:
        """What is done by itself with what comes in."""
        from reader.library.rules import Rules

        return Rules(self.places.settings, lambda: self.marks, self.cache, self.states, self.shelf, self.notebook)

    @cached_property
    def hooks(self) -> Hooks:
        """The user's programs that are told what happens."""
        from reader.library.hooks import Hooks

        return Hooks(self)

    def came(self, changed: Collection[int] = (), new: Sequence[int] = ()) -> tuple[str, ...]:
        """Apply the rules to what came in; tells what they did, a line for each that did something.

        Args:
            changed: keys of articles whose text changed.
            new: keys of those that are new, which the hook is told of.
        """
        if self.read_only:
            return ()
        told = self.rules.come(changed)
        settle(self.cache, self.states)
        self.hooks.happened("added", new)
        return told

    @cached_property
    def stories(self) -> Stories:
        """The same story from several sources."""
        from reader.library.stories import Stories

        return Stories(self.cache, self.states)

    @cached_property
    def views(self) -> Views:
        """The reader's own views."""
        from reader.library.views import Views

        return Views(lambda: self.marks)

    @cached_property
    def log(self) -> Log:
        """How long was read, and in what."""
        from reader.library.log import Log

        return Log(lambda: self.marks)

    @cached_property
    def figures(self) -> Past:
        """What was read and when; imported when it is first needed, which a start is not."""
        from reader.library.figures import Past

        return Past(lambda: self.marks, self.cache, self.now)

    def _read_states(self) -> States:
        states = States(self.cache, stamp(self.places.marks))
        if not states.current:
            states.load(self.marks.all_flags())
            missing = states.missing(self.places.marks)
            if missing and not self.marks.notices:
                self.marks.notices.append(missing)
                self.notices.append(missing)
        return states

    def _take_in(self, preview: Found) -> None:
        from reader.model.source import Source
        from reader.storage import intake

        intake.add(self.cache, Source("preview", preview.kind, preview.title), preview.entries, self.now())

    @property
    def has_guide(self) -> bool:
        """Whether the built-in guide is on the shelf, be it an older one."""
        return self.cache.kept("guide") is not None

    def _locked(self) -> bool:
        if not self._lock.acquire():
            return False
        files = (self.places.data, self.places.library, self.places.marks)
        denied = next((path for path in files if path.exists() and not os.access(path, os.W_OK)), None)
        if denied is not None:
            self._lock.release()
            self._lock.denied = f"{os.strerror(errno.EACCES)}: {denied.name}"
        return denied is None

    @property
    def denied(self) -> str:
        """Say that nothing can be written here and what to do about it; empty when that is not so."""
        if not self._lock.denied:
            return ""
        why = f"{self.places.data} cannot be written ({self._lock.denied})"
        return f"{why}: make it yours, or name another as READER_HOME"

    def _opened_cache(self) -> Cache:
        if self.preview is not None or (self.read_only and not self.places.library.exists()):
            return Cache(None)
        try:
            return Cache(self.places.library, read_only=self.read_only)
        except BaseException:
            self._lock.release()
            raise

    @property
    def ready(self) -> bool:
        """Whether marks.json is open."""
        return self._store is not None

    @property
    def why_read_only(self) -> str:
        """Say why nothing can be marked, and what to do about it."""
        if self.preview is not None:
            return "This is not in the library yet: + keeps it, then it can be marked."
        if self.denied:
            return f"This one only shows: {self.denied}."
        return (
            f"Another reader is open (process {self.holder or 'unknown'}); this one only shows. Close it to mark here."
        )

    @property
    def holder(self) -> int | None:
        """The process that writes, when it is not this one."""
        return self._lock.holder() if self.read_only else None

    @property
    def marks(self) -> Store:
        """marks.json, opened now if it was not."""
        with self._opening:
            if self._store is None:
                from reader.storage.marks import Marks

                self._store = Marks(self.places.marks, read_only=self.read_only, on_trouble=self._on_trouble)
                self.notices.extend(self._store.notices)
            return self._store

    def close(self) -> str | None:
        """Write what is not written yet, and let another reader write.

        Returns:
            What could not be saved and why, None when everything was.
        """
        trouble = None
        logs.info("library closed", marks=self.ready)
        if "hooks" in self.__dict__:
            self.hooks.close()
        try:
            trouble = self._close_marks()
            if not self.read_only and trouble is None:
                self.states.keep(stamp(self.places.marks))
        except LibraryError as error:
            trouble = str(error)
        finally:
            self.cache.close()
            self._lock.release()
        return trouble

    def _close_marks(self) -> str | None:
        if self._store is None:
            return None
        try:
            self._store.close()
        except MarksError as error:
            lost = self._store.pending
            self._store.abandon()
            return f"{error} The last marks are lost." if lost else str(error)
        return None

    @property
    def unsaved(self) -> str | None:
        """Say why marks cannot be saved, None when all of them are on the disk."""
        if self._store is None or not self._store.pending:
            return None
        try:
            self._store.flush()
        except MarksError as error:
            return str(error)
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
