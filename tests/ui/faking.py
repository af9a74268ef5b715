"""What stands in for the network and for the process that asks sources."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from reader.ingest.errors import IngestError
from reader.library.events import Landed, Summary
from reader.storage import intake
from reader.storage.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reader.ingest.found import Found
    from reader.library import Library
    from reader.model.article import Entry
    from reader.model.source import Source

NOW = 1_780_000_000


class Porters:
    """Makes porters that do what the test says, and knows the last one."""

    def __init__(self, monkeypatch) -> None:
        self.started: list[tuple[Sequence[str] | None, bool]] = []
        self.closed = 0
        self.last: Porter | None = None
        monkeypatch.setattr("reader.library.porter.Porter", lambda library: Porter(self, library))

    def land(self, source: Source, entries: Iterable[Entry] = (), **more: object) -> None:
        """Let a source land, its articles in the library as the other process would put them there."""
        porter = self.last
        path = porter.library.places.library

        def work() -> None:
            cache = Cache(path)
            try:
                added = intake.add(cache, source, tuple(entries), NOW)
                told = {"title": source.title, "new": added.new, "changed": added.changed, "done": 1, "total": 1}
            finally:
                cache.close()
            porter.tell(Landed(source.id, **{**told, **more}))

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()

    def end(self, **counts: object) -> None:
        """Let the refresh end."""
        porter = self.last
        porter.running = False
        thread = threading.Thread(target=lambda: porter.ended(Summary(**counts)))
        thread.start()
        thread.join()


class Porter:
    """A porter that waits for the test."""

    def __init__(self, porters: Porters, library: Library) -> None:
        self._porters, self.library = porters, library
        self.running = False

    def start(
        self,
        sources: Sequence[str] | None,
        tell: Callable[[Landed], None],
        ended: Callable[[Summary], None],
        *,
        force: bool = False,
    ) -> bool:
        self.running, self.tell, self.ended = True, tell, ended
        self._porters.last = self
        self._porters.started.append((sources, force))
        return True

    def stop(self) -> None:
        self._porters.end(stopped=True)

    def close(self) -> None:
        self._porters.closed += 1


class Web:
    """Answers what `errands.look` asks, by address; an address that is not there waits until it is stopped."""

    def __init__(self, monkeypatch, **answers: Found | Exception) -> None:
        self.answers: dict[str, Found | Exception] = dict(answers)
        self.asked: list[tuple[str, bool | None]] = []
        self.offering: list[Found | None] = []
        self.stopped: list[str] = []
        monkeypatch.setattr("reader.library.errands.look", self._look)

    def _look(self, what, *, feed=None, kind=None, offered_by=None, tell=lambda _: None, stop=None) -> Found:
        del kind
        self.offering.append(offered_by)
        self.asked.append((what, feed))
        tell("Reading what came …")
        if what not in self.answers:
            assert stop.wait(10)
            self.stopped.append(what)
            raise IngestError("stopped")
        answer = self.answers[what]
        if isinstance(answer, Exception):
            raise answer
        return answer
