"""Refreshing beside the app: the work is done in a process of its own, so that the screen never waits.

The child gets its job on standard input and tells, one line of JSON each, what has landed. It ends when
its input does: the app need not live to end it. It opens library.db alone; marks.json and the lock stay
with the app.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, fields, replace
from typing import IO, TYPE_CHECKING, Any, Final

from reader import logs
from reader.library.events import Job, Landed, Summary
from reader.model.source import Care, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.library import Library

_NICE: Final = 5
_LAST_MOMENT: Final = 5.0
"""Seconds in which a child that is to stop writes what has landed."""
_BROKE: Final = "the refresh broke off; what had landed is kept"


class Porter:
    """Runs refreshes in a child process, one at a time.

    Args:
        library: whose sources are refreshed.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._child: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._stopped = False

    @property
    def running(self) -> bool:
        """Whether a refresh is under way."""
        return self._thread is not None and self._thread.is_alive()

    def start(
        self,
        sources: Sequence[str] | None,
        tell: Callable[[Landed], None],
        ended: Callable[[Summary], None],
        *,
        force: bool = False,
    ) -> bool:
        """Begin a refresh and return at once.

        Args:
            sources: the ids of those that are asked in any case; None for those that are due.
            tell: told of each source as it lands, from a thread.
            ended: told once at the end, from a thread.
            force: with None, ask those too that are not due.

        Returns:
            Whether it began; False when one is under way.
        """
        if self.running:
            return False
        from reader.ingest.workshop import command, environment
        from reader.library.errands import job_for

        job = packed(self._library.places.library, job_for(self._library, sources, force=force))
        self._stopped = False
        self._child = subprocess.Popen(  # noqa: S603 -- our own module
            command("reader.library.porter"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=environment(),
        )
        self._thread = threading.Thread(target=self._follow, args=(self._child, job, tell, ended), daemon=True)
        self._thread.start()
        return True

    def stop(self) -> None:
        """End the refresh; returns at once, and `ended` is told when it is over."""
        child = self._child
        if child is None or not self.running:
            return
        self._stopped = True
        assert child.stdin is not None  # noqa: S101 -- it was asked for
        with suppress(OSError, ValueError):
            child.stdin.close()
        last = threading.Timer(_LAST_MOMENT, child.kill)
        last.daemon = True
        last.start()

    def close(self) -> None:
        """End the refresh and wait until it is over, a few seconds at the most."""
        self.stop()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(2 * _LAST_MOMENT)

    def _follow(
        self,
        child: subprocess.Popen[bytes],
        job: bytes,
        tell: Callable[[Landed], None],
        ended: Callable[[Summary], None],
    ) -> None:
        """Hand over the job, and pass on what the child tells."""
        assert child.stdin is not None  # noqa: S101 -- both were asked for
        assert child.stdout is not None  # noqa: S101 -- so was this
        summary: Summary | None = None
        with suppress(OSError, ValueError):
            child.stdin.write(job)
            child.stdin.flush()
        for line in child.stdout:
            event = unpacked(line)
            if isinstance(event, Summary):
                summary = event
            elif not self._stopped:
                tell(event)
        child.stdout.close()
        with suppress(OSError, ValueError):
            child.stdin.close()
        child.wait()
        ended(summary or Summary(stopped=self._stopped, trouble="" if self._stopped else _BROKE))


def packed(library: Path, job: Job) -> bytes:
    """Give a job as the line that a child gets."""
    told = asdict(replace(job, wanted=None)) | {"wanted": None if job.wanted is None else sorted(job.wanted)}
    return json.dumps({"library": os.fsdecode(library), "job": told, "log": logs.chosen}).encode() + b"\n"


def _job(told: dict[str, Any]) -> Job:
    wanted = told.pop("wanted")
    sources = tuple(_source(source) for source in told.pop("sources"))
    return Job(sources, None if wanted is None else frozenset(wanted), **told)


def _source(told: dict[str, Any]) -> Source:
    care = told.pop("care")
    for name in ("keep", "drop"):
        care[name] = tuple(care[name])
    headers = tuple((name, value) for name, value in care.pop("headers"))
    return Source(**told, care=Care(**care, headers=headers))


def _line(event: Landed | Summary) -> bytes:
    kind = "landed" if isinstance(event, Landed) else "summary"
    return json.dumps({kind: asdict(event)}).encode() + b"\n"


def unpacked(line: bytes) -> Landed | Summary:
    """Read a line that a child wrote."""
    told = json.loads(line)
    if "summary" in told:
        return Summary(**{name: _frozen(value) for name, value in told["summary"].items()})
    landed = told["landed"]
    return Landed(**{field.name: _frozen(landed[field.name]) for field in fields(Landed)})


def _frozen(value: Any) -> Any:  # noqa: ANN401 -- any field of a Landed
    return tuple(value) if isinstance(value, list) else value


def main() -> None:
    """Do the job that standard input names, until it ends or standard input does."""
    from pathlib import Path

    from reader.storage.cache import DAMAGE, Cache

    with suppress(OSError):
        os.nice(_NICE)
    told = json.loads(sys.stdin.buffer.readline())
    if told["log"] is not None:
        with suppress(OSError):
            logs.begin(*told["log"])
    out = sys.stdout.buffer
    try:
        cache = Cache(Path(told["library"]))
        try:
            summary = _refreshed(cache, _job(told["job"]), out)
        finally:
            cache.close()
    except DAMAGE as error:
        summary = Summary(trouble=str(error))
    with suppress(OSError):
        _write(out, summary)
    # The thread that waits for the end of input would keep the process.
    os._exit(0)


def _refreshed(cache: Any, job: Job, out: IO[bytes]) -> Summary:  # noqa: ANN401 -- what takes it is imported late
    from reader.library.errands import StoppedError, run
    from reader.library.refresh import Refresh

    over = threading.Event()

    def listen() -> None:
        sys.stdin.buffer.read()
        over.set()

    def tell(landed: Landed) -> None:
        try:
            _write(out, landed)
        except OSError:
            over.set()

    threading.Thread(target=listen, daemon=True).start()
    work = Refresh(cache, job, tell)
    try:
        return run(work.run(), over)
    except StoppedError:
        return work.stopped()


def _write(out: IO[bytes], event: Landed | Summary) -> None:
    out.write(_line(event))
    out.flush()
