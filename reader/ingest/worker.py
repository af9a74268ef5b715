"""The inside of one worker process: takes jobs from standard input, does one after the other, answers.

It ends when its parent does, however that ends: a thread waits for the end of standard input, and alarms
of the system end a job that takes too long, also where its code lets no thread run.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import struct
import sys
import threading
from contextlib import suppress
from dataclasses import is_dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Job: TypeAlias = "tuple[str, tuple[Any, ...], Mapping[str, Any], float]"
"""A function as `module:name`, its arguments, and how many seconds of the processor it may take."""

PATIENCE: Final = 3
"""How many times as long a job may take by the clock: a busy machine is no reason to give up what is well."""

LENGTH: Final = struct.Struct(">Q")
"""What goes before each pickle: its length."""

DONE: Final = "done"
REFUSED: Final = "refused"
MEMORY: Final = "memory"

_VALUES: Final = ("reader.model.", "reader.ingest.")
"""Where the classes are whose values are sent."""
_NICE: Final = 5
"""Below whoever types; a refresh beside the app is there already."""
_GRACE: Final = 5.0
_MIB: Final = 1 << 20


def packed(value: object) -> bytes:
    """Give a value as a message; its length goes before it."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


class _Unpacker(pickle.Unpickler):
    """Makes nothing but plain values and those of our own classes: to read a message runs nobody's code."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 -- as it is there
        """Give a class of ours by its name."""
        if module.startswith(_VALUES):
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module and is_dataclass(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def unpacked(message: bytes) -> Any:  # noqa: ANN401 -- the value that was sent
    """Give the value that a message holds, without its length.

    Raises:
        pickle.UnpicklingError: it holds something else.
    """
    return _Unpacker(BytesIO(message)).load()


def main() -> None:
    """Work until standard input ends; the first argument bounds the memory, in MiB."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs, answers = _streams()
    _bound(int(sys.argv[1]))
    waiting: SimpleQueue[Job] = SimpleQueue()
    threading.Thread(target=_listen, args=(jobs, waiting), daemon=True).start()
    while True:
        function, args, kwargs, deadline = waiting.get()
        signal.setitimer(signal.ITIMER_PROF, deadline)
        signal.setitimer(signal.ITIMER_REAL, deadline * PATIENCE + _GRACE)
        answer = _answer(function, args, kwargs)
        del args, kwargs
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            answers.write(LENGTH.pack(len(answer)))
            answers.write(answer)
            answers.flush()
        except OSError:
            os._exit(0)
        del answer


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes to the parent away from what the work may read and print."""
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)
    os.close(nothing)
    return pipes


def _bound(memory: int) -> None:
    """Give way to the app, and let no input take all memory; not every system can promise that."""
    with suppress(OSError):
        os.nice(max(0, _NICE - os.nice(0)))
    for kind, limit in ((resource.RLIMIT_AS, memory * _MIB), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))


def _listen(jobs: BinaryIO, waiting: SimpleQueue[Job]) -> None:
    """Take jobs in; when the parent is gone, so is this process, whatever it is busy with."""
    try:
        while head := jobs.read(LENGTH.size):
            waiting.put(unpacked(jobs.read(LENGTH.unpack(head)[0])))
    finally:
        os._exit(0)


def _answer(function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bytes:
    from reader.ingest.errors import IngestError

    try:
        module, _, name = function.partition(":")
        result = getattr(import_module(module), name)(*args, **kwargs)
        return packed((DONE, result, _peak()))
    except IngestError as error:
        return packed((REFUSED, str(error), _peak()))
    except RecursionError:
        return packed((REFUSED, "it is nested too deeply to be read", _peak()))
    except MemoryError:
        return packed((MEMORY, "", _peak()))
    except Exception as error:  # noqa: BLE001 -- whatever a parser stumbles over, people get one line
        return packed((REFUSED, f"it cannot be understood ({type(error).__name__}: {error})", _peak()))


def _peak() -> int:
    """Give the most memory that this process ever held, in MiB."""
    # On Linux the other way counts what the parent held when it forked, which may be much more.
    with suppress(OSError, ValueError), Path("/proc/self/status").open() as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held // _MIB if sys.platform == "darwin" else held // 1024
