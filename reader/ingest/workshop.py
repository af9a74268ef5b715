"""Worker processes for hostile and heavy work: bounded, killed when they take too long, gone when we are.

A parser that hangs, dies or eats memory takes its worker with it and nothing else. The protocol is our
own, since a pool that leaves its workers behind when the app is killed is none for this.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError  # only its name
from typing import TYPE_CHECKING, Any, Final, Self

from reader.ingest.errors import IngestError
from reader.ingest.worker import DONE, LENGTH, MEMORY, PATIENCE, packed, unpacked

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Callable

DEADLINE: Final = 20.0
MEMORY_MIB: Final = 1024

_FAT: Final = 160
"""MiB: a worker that held more is ended after its job, as memory is seldom given back to the system."""
_LONGEST_ANSWER: Final = 512 << 20
_PIECE: Final = 1 << 18
_LAST_BREATH: Final = 1.0
"""Seconds in which a worker whose pipe broke tells how it ended."""
_ROOT: Final = str(Path(__file__).parents[2])
# `-P` and `-c`: the folder we are in may hold modules of any name, and none of them is ours.
_START: Final = "import sys; sys.path.append(sys.argv.pop(1)); from {0} import main; main()"


def command(module: str, *arguments: str) -> list[str]:
    """Give the command line that runs `main()` of one of our modules in a process of its own."""
    return [sys.executable, "-P", "-c", _START.format(module), _ROOT, *arguments]


def environment() -> dict[str, str]:
    """Give the environment of such a process: our own, and that memory is given back to the system (glibc)."""
    return {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "262144", **os.environ}


class Workshop:
    """Runs functions in worker processes; to be used in an `async with` block.

    Workers start when there is work, import what the work needs, and end when they were idle for a while.

    Args:
        workers: how many there are at the most.
        idle: seconds after which a worker without work ends.
        memory: MiB that one may take.
    """

    def __init__(self, *, workers: int = 2, idle: float = 30.0, memory: int = MEMORY_MIB) -> None:
        self._slots = asyncio.Semaphore(workers)
        self._idle_seconds, self._memory = idle, memory
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()

    @property
    def workers(self) -> list[int]:
        """The numbers of the processes that there are."""
        return [worker.pid for worker in self._all if worker.alive]

    async def run(self, function: str, *args: object, deadline: float = DEADLINE, **kwargs: object) -> Any:  # noqa: ANN401 -- what the function gives
        """Run a function in a worker.

        Args:
            function: where it is, as `module:name`; what it takes and gives must be picklable.
            args: its arguments.
            deadline: seconds of the processor's time that it may take, and three times as many by the clock; then its
                worker is killed.
            kwargs: its arguments by name.

        Raises:
            IngestError: it refused, took too long or too much memory, or broke its worker.
        """
        async with self._slots:
            worker = self._idle.pop() if self._idle else await self._started()
            worker.wake()
            job = worker.ask(packed((function, args, kwargs, deadline)))
            # What was asked may be megabytes that nobody needs while the answer is waited for.
            del args, kwargs
            try:
                async with asyncio.timeout(deadline * PATIENCE):
                    status, answer, peak = await job
            except TimeoutError:
                await self._end(worker)
                raise _too_long(deadline) from None
            except (OSError, EOFError, UnpicklingError):
                code = await worker.code()
                await self._end(worker)
                raise _broken(code, deadline) from None
            except BaseException:
                await self._end(worker)
                raise
            await self._put_back(worker, fat=peak > _FAT or status == MEMORY)
        if status == DONE:
            return answer
        raise IngestError(answer or f"reading it takes more than {self._memory:,} MiB of memory: it is far too large")

    async def _started(self) -> _Worker:
        worker = _Worker(
            await asyncio.create_subprocess_exec(
                *command("reader.ingest.worker", str(self._memory)),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                start_new_session=True,
                limit=1 << 20,
                env=environment(),
            )
        )
        self._all.add(worker)
        return worker

    async def _put_back(self, worker: _Worker, *, fat: bool) -> None:
        if fat:
            await self._end(worker)
            return
        worker.rest(self._idle_seconds, self._dismiss)
        self._idle.append(worker)

    def _dismiss(self, worker: _Worker) -> None:
        """Let an idle worker go: it ends at the end of its input."""
        self._idle.remove(worker)
        worker.dismiss()

    async def _end(self, worker: _Worker) -> None:
        self._all.discard(worker)
        await worker.end()

    async def close(self) -> None:
        """Kill all workers."""
        self._idle.clear()
        await asyncio.gather(*map(self._end, tuple(self._all)))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class _Worker:
    """One process, seen from outside."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None  # noqa: S101 -- both were asked for
        assert process.stdout is not None  # noqa: S101 -- so was this
        self._process, self._to, self._from = process, process.stdin, process.stdout
        self._timer: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    async def ask(self, message: bytes) -> tuple[str, Any, int]:
        """Send a job and wait for its answer."""
        self._to.write(LENGTH.pack(len(message)))
        for start in range(0, len(message), _PIECE):
            self._to.write(message[start : start + _PIECE])
            await self._to.drain()
        del message
        (length,) = LENGTH.unpack(await self._from.readexactly(LENGTH.size))
        if length > _LONGEST_ANSWER:
            raise EOFError
        answer: tuple[str, Any, int] = unpacked(await self._from.readexactly(length))
        return answer

    def wake(self) -> None:
        """Stop waiting for the end of the idle time."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def rest(self, seconds: float, then: Callable[[_Worker], None]) -> None:
        """Call something when nothing was asked for some seconds."""
        self._timer = asyncio.get_running_loop().call_later(seconds, then, self)

    def dismiss(self) -> None:
        """Close its input, at which it ends."""
        self._to.close()

    async def code(self) -> int | None:
        """Give how it ended by itself, as a process's return code; None when it did not."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_BREATH):
                await self._process.wait()
        return self._process.returncode

    async def end(self) -> None:
        """Kill it and wait until it is gone."""
        self.wake()
        if self.alive:
            # Not Process.kill: it may take the end of the process from under asyncio, which then warns on the terminal.
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self._to.close()
        await self._process.wait()


def _too_long(deadline: float) -> IngestError:
    return IngestError(
        f"reading it took too long and was stopped after {deadline:g} seconds: it is damaged, or too large"
    )


def _broken(code: int | None, deadline: float) -> IngestError:
    """Tell in words how a worker ended that gave no answer."""
    if code == -signal.SIGPROF:
        return _too_long(deadline)
    how = "broke off"
    if code == -signal.SIGKILL:
        how = "was ended by the system, which may be short of memory"
    elif code is not None and code < 0:
        how = f"broke off ({signal.Signals(-code).name})"
    return IngestError(f"the program that reads it {how}: it may be damaged")
