"""What every test gets: a home of its own, none of the developer's environment, the same dice each time."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings

from reader import settings
from tests.faults.table import pytest_terminal_summary as pytest_terminal_summary
from tests.servers import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = 1_780_000_000
"""The frozen clock: 28 May 2026, in seconds since 1970."""

_KEPT = {"PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "TMPDIR"}
_OURS = ("PYTEST_", "TEXTUAL_SNAPSHOT_", "COV_", "COVERAGE_", "HYPOTHESIS_")


def _in_memory(folder: str = "/dev/shm", room: int = 2 * 10**9) -> bool:
    """Whether there is a disk of memory with room for all tests, where programs may be run too."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return False
    runs = not found.f_flag & os.ST_NOEXEC
    return runs and found.f_bavail * found.f_frsize > room and os.access(folder, os.W_OK | os.X_OK)


os.environ.setdefault("TEXTUAL_FPS", "250")  # as `reader` itself has it; Textual is imported later

# Nobody pulls the plug while tests run, so that they need not wait for what is made safe on a disk.
if not {"PYTEST_DEBUG_TEMPROOT", "TMPDIR"} & os.environ.keys() and _in_memory():
    os.environ["PYTEST_DEBUG_TEMPROOT"] = "/dev/shm"

hypothesis_settings.register_profile("reader", derandomize=True, deadline=None, max_examples=100, database=None)
hypothesis_settings.load_profile("reader")


_STRAYS: list[str] = []
"""Where something wanted to connect to that is not this computer, since the test began."""


def _is_here(host: object) -> bool:
    """Whether a host is of 127.0.0.0/8, in figures."""
    try:
        return ipaddress.ip_address(str(host)) in ipaddress.ip_network("127.0.0.0/8")
    except ValueError:
        return False


def _watch_connections(name: str) -> None:
    """Let a method of sockets that takes an address refuse each that is not this computer's."""
    method: Callable[..., Any] = getattr(socket.socket, name)

    def watched(self: socket.socket, *given: Any) -> Any:
        to = given[-1]
        if self.family in {socket.AF_INET, socket.AF_INET6} and not (isinstance(to, tuple) and _is_here(to[0])):
            _STRAYS.append(f"{name} {to!r}")
            raise AssertionError(f"a test wants to {name} to {to!r}: only 127.0.0.0/8 may be")
        return method(self, *given)

    setattr(socket.socket, name, watched)


def _watch_names(name: str) -> None:
    """Let a function that looks up names refuse each that would be asked of the network."""
    function: Callable[..., Any] = getattr(socket, name)

    def watched(host: Any, *given: Any, **named: Any) -> Any:
        bare = host.decode() if isinstance(host, bytes) else host
        if bare not in {None, "", "localhost"} and not _is_figures(bare):
            _STRAYS.append(f"{name} {bare!r}")
            raise AssertionError(f"a test wants to look up {bare!r}: only localhost may be")
        return function(host, *given, **named)

    setattr(socket, name, watched)


def _is_figures(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


# Once for all tests: a thread that outlives its test is watched as well.
for _name in ("connect", "connect_ex", "sendto"):
    _watch_connections(_name)
for _name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    _watch_names(_name)


def pytest_collection_finish() -> None:
    """Look for garbage as seldom as the app does, and not among thousands of tests that stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name long bytes by their length: archives hold the time they were made at, and a name must not change."""
    return f"{len(val)} bytes" if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture(autouse=True)
def strays() -> Iterator[list[str]]:
    """Fail the test that wants to leave this computer, also where its code survives the refusal."""
    _STRAYS.clear()
    yield _STRAYS
    assert not _STRAYS, f"the test wanted to leave this computer: {_STRAYS}"


@pytest.fixture
def server() -> Iterator[Server]:
    """A web server of this test's own: see `tests.servers`."""
    with Server() as running:
        yield running


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away HOME, EDITOR, NO_COLOR and all the rest; give a READER_HOME that nobody else has."""
    for name in set(os.environ) - _KEPT:
        if not name.startswith(_OURS):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("READER_HOME", str(tmp_path / "reader"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def places() -> settings.Places:
    """The folders of this test."""
    return settings.places()


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> int:
    """Stop the clock that the widgets look at, and give the time it shows."""
    clock = SimpleNamespace(time=lambda: NOW)
    for name in ("row_painter",):
        monkeypatch.setattr(f"reader.ui.widgets.{name}.time", clock)
    return NOW
