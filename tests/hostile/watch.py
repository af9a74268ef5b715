"""A watch over what a process does: what it writes outside of its place, starts, or connects to is refused and told.

It is an audit hook of Python's, which cannot be taken away, so it is kept out of the process that tests run in: a
process of its own calls `watch`, and every Python that it starts does so too, by the `sitecustomize` that `lay` makes.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any, Final

PLACE, TOLD = "HOSTILE_PLACE", "HOSTILE_TOLD"
"""The variables that name the folder that may be written in, and the file that is told what was refused."""

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PATHS: Final = {
    "os.mkdir": 1, "os.rmdir": 1, "os.remove": 1, "os.rename": 2, "os.link": 2, "os.symlink": 2, "os.truncate": 1,
    "os.chmod": 1, "os.chown": 1, "os.utime": 1, "os.mkfifo": 1, "os.mknod": 1, "shutil.rmtree": 1,
    "sqlite3.connect": 1, "shutil.unpack_archive": 2, "shutil.move": 2, "shutil.copyfile": 2,
    "tempfile.mkstemp": 1, "tempfile.mkdtemp": 1,
}  # fmt: skip
"""Events that are about files which change, and how many of their arguments are paths."""
_STARTS: Final = (
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "pty.spawn",
    "webbrowser.open",
)
_ASKS: Final = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
    "urllib.Request", "ftplib.connect", "http.client.connect", "smtplib.connect",
)  # fmt: skip
_NO_FILE: Final = (":memory:", os.devnull, "/dev/tty")
_CACHE: Final = re.compile(r"/__pycache__(?:/[\w.-]+\.pyc[.\d]*)?\Z")
_OURS: Final = ("reader.ingest.worker", "reader.library.porter")


class RefusedError(BaseException):
    """Something was done that must not be; not an Exception, so that nobody takes it for a damaged file."""


def lay(folder: Path, place: Path) -> dict[str, str]:
    """Let every Python watch itself that gets the variables given.

    Args:
        folder: where the files for it go.
        place: the folder that may be written in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    root = Path(__file__).parents[2]
    (folder / "sitecustomize.py").write_text("from tests.hostile.watch import watch\n\nwatch()\n")
    told = folder / "told"
    told.touch()
    return {PLACE: str(place), TOLD: str(told), "PYTHONPATH": f"{folder}{os.pathsep}{root}"}


def told(folder: Path) -> list[str]:
    """Give what was refused so far."""
    return (folder / "told").read_text().splitlines()


def watch() -> None:
    """Refuse from now on what must not be done, and tell it."""
    place = os.path.realpath(os.environ[PLACE])
    out = os.open(os.environ[TOLD], os.O_WRONLY | os.O_APPEND)

    def refuse(event: str, given: object) -> None:
        os.write(out, f"{' '.join(sys.argv)[:80]!r}: {event}{given!r}\n".encode("utf-8", "backslashreplace"))
        raise RefusedError(event)

    def within(path: Any) -> bool:
        if isinstance(path, int):
            return True
        whole = os.path.realpath(os.fsdecode(path))
        return whole == place or whole.startswith(f"{place}/") or path in _NO_FILE or bool(_CACHE.search(whole))

    def is_refused(event: str, given: tuple[Any, ...]) -> bool:
        if event == "open":
            path, mode, flags = given
            changes = set("wax+") & set(mode) if isinstance(mode, str) else (flags or 0) & _WRITING
            return bool(changes) and not within(path)
        if event in _PATHS:
            return not all(map(within, given[: _PATHS[event]]))
        if event == "subprocess.Popen":
            return not _is_ours(given[1])
        return event.startswith(_STARTS) or (event in _ASKS and not _is_local(event, given))

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if is_refused(event, given):
            refuse(event, given)

    sys.addaudithook(hook)


def _is_ours(command: Any) -> bool:
    """Tell whether a command line starts one of the two processes of reader's own, word for word."""
    from reader.ingest.workshop import MEMORY_MIB
    from reader.ingest.workshop import command as ours

    return list(command) in [ours(_OURS[0], str(MEMORY_MIB)), ours(_OURS[1])]


def _is_local(event: str, given: tuple[Any, ...]) -> bool:
    """Tell whether a socket is one that leads nowhere but to the same computer's processes by a file."""
    import socket

    # urllib3, which the extraction of pages imports, tries at once whether there is IPv6, by a name on the loopback.
    if event == "socket.bind" and given[1][0] in {"127.0.0.1", "::1"}:
        return True
    return bool(given) and isinstance(given[0], socket.socket) and given[0].family == socket.AF_UNIX
