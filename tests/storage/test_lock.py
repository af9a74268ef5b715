"""One writes at a time; a dead process holds nothing."""

from __future__ import annotations

import errno
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.storage import lock
from reader.storage.lock import Lock

HOLDER = """
import sys
from reader.storage.lock import Lock
held = Lock(sys.argv[1])
print(held.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "data" / "reader.lock"


def other(path: Path) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout.readline() == "True\n"
    return process


def end(process: subprocess.Popen) -> None:
    process.kill()
    process.communicate()


def test_the_second_is_refused_until_the_first_lets_go(path):
    first, second = Lock(path), Lock(path)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    assert second.holder() == first.holder() == os.getpid()
    first.release()
    first.release()
    assert second.holder() is None
    assert second.acquire()
    second.release()


def test_another_process_is_refused_and_named(path):
    process = other(path)
    try:
        mine = Lock(path)
        assert not mine.acquire()
        assert mine.holder() == process.pid
    finally:
        end(process)


def test_a_killed_process_holds_nothing(path):
    end(other(path))
    mine = Lock(path)
    assert mine.holder() is None
    with mine:
        assert mine.acquire()


def test_nobody_holds_a_lock_that_was_never_taken(path):
    assert Lock(path).holder() is None


def test_refusals_leak_no_file(path):
    first = Lock(path)
    assert first.acquire()
    spare = os.dup(0)
    os.close(spare)
    for _ in range(20):
        assert not Lock(path).acquire()
        assert Lock(path).holder() == os.getpid()
    # The system gives the lowest free number, so a file left open would have taken this one.
    again = os.dup(0)
    os.close(again)
    first.release()
    assert again == spare


@pytest.fixture(params=[errno.ENOLCK, errno.EOPNOTSUPP])
def no_flock(monkeypatch, request):
    def refuse(fd):
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(lock, "_lock", refuse)


@pytest.mark.usefixtures("no_flock")
def test_without_flock_a_file_stands_for_the_lock(path):
    first, second = Lock(path), Lock(path)
    assert first.acquire()
    assert not second.acquire()
    assert second.holder() == os.getpid()
    first.release()
    assert second.holder() is None
    assert second.acquire()
    second.release()
    assert [file.name for file in path.parent.iterdir()] == ["reader.lock"]


@pytest.mark.usefixtures("no_flock")
@pytest.mark.parametrize(
    ("content", "free"),
    [
        ("{dead} {host}", True),
        ("{alive} {host}", False),
        ("{dead} another-host", False),
        ("", False),
        ("nonsense {host}", False),
        ("99999999999999999999 {host}", False),
    ],
)
def test_without_flock_only_the_dead_of_this_host_are_overtaken(path, content, free):
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    path.parent.mkdir()
    said = content.format(dead=process.pid, alive=os.getpid(), host=platform.node())
    path.with_name("reader.lock.held").write_text(said)
    mine = Lock(path)
    assert mine.acquire() is free
    mine.release()


@pytest.mark.usefixtures("no_flock")
@pytest.mark.parametrize("left", ["", ".taking"])
def test_without_flock_of_two_who_find_the_same_dead_holder_one_goes_on(path, monkeypatch, left):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    path.parent.mkdir()
    path.with_name("reader.lock.held").write_text(f"{dead.pid} {platform.node()}")
    if left:
        # One who was killed while it took over keeps nobody out for ever.
        path.with_name("reader.lock.held.taking").write_text(f"{dead.pid} {platform.node()}")
        assert not Lock(path).acquire()
    first, second, alive = Lock(path), Lock(path), lock._alive

    def slow(content: str) -> bool:
        monkeypatch.setattr(lock, "_alive", alive)
        assert first.acquire()
        return alive(content)

    monkeypatch.setattr(lock, "_alive", slow)
    assert not second.acquire()
    assert second.holder() == os.getpid()
    first.release()
    assert second.acquire()
    second.release()
    assert [file.name for file in path.parent.iterdir()] == ["reader.lock"]


@pytest.mark.usefixtures("no_flock")
def test_without_flock_a_full_disk_keeps_nobody_out_for_ever(path, monkeypatch):
    def full(fd, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(lock, "write_all", full)
        with pytest.raises(OSError, match="No space"):
            Lock(path).acquire()
    assert not path.with_name("reader.lock.held").exists()
    mine = Lock(path)
    assert mine.acquire()
    mine.release()


@pytest.mark.usefixtures("no_flock")
@pytest.mark.parametrize("name", [".held", ".held.taking"])
@pytest.mark.parametrize(("age", "free"), [(0, False), (50, False), (70, True)])
def test_without_flock_one_killed_before_its_name_was_written_keeps_nobody_out_for_long(path, name, age, free):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    path.parent.mkdir()
    path.with_name("reader.lock.held").write_text(f"{dead.pid} {platform.node()}")
    empty = path.with_name("reader.lock" + name)
    empty.write_bytes(b"")
    then = time.time() - age
    os.utime(empty, (then, then))
    tries = [Lock(path) for _ in range(3)]
    assert any(one.acquire() for one in tries) is free
    for one in tries:
        one.release()


def test_an_unwritable_place_says_so(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(OSError, match="data"):
        Lock(tmp_path / "data" / "reader.lock").acquire()
