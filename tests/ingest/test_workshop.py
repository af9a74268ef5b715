"""Workers: what they give back, how they end, and that none is left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.ingest.errors import IngestError
from reader.ingest.workshop import Workshop

WHO = "os:getpid"

PARENT = """
import asyncio, sys
from reader.ingest.workshop import Workshop

async def main():
    async with Workshop(workers=2) as shop:
        print(await shop.run("os:getpid"), flush=True)
        # One in Python, which a thread can end; one in C that lets no thread run.
        busy = shop.run("tests.ingest.test_workshop:busy", deadline=1)
        await asyncio.gather(shop.run("time:sleep", 60, deadline=60), busy)

asyncio.run(main())
"""


def busy():
    return 7 ** (10**9)


def doubled(text, *, times=2):
    return text * times


def refusing():
    raise IngestError("it is made of stone")


def deep():
    return deep()


class Trap:
    def __reduce__(self):
        return os.system, ("touch trapped",)


def trapping():
    return Trap()


def printing():
    sys.stdout.write("not a message")
    sys.stderr.write("neither")
    return sys.stdin.read()


def about():
    import resource

    return (
        os.nice(0),
        resource.getrlimit(resource.RLIMIT_AS)[0],
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
        os.getsid(0) == os.getpid(),
        [name for name in ("httpx", "lxml", "feedparser", "textual") if name in sys.modules],
    )


def running(pid):
    """Tell whether a process runs; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(true, seconds=20.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


HERE = "tests.ingest.test_workshop"


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    """Let workers find this file: they look at no folder of their own accord."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


async def test_a_function_gets_its_arguments_and_gives_its_answer():
    async with Workshop() as shop:
        assert await shop.run(f"{HERE}:doubled", "ab") == "abab"
        assert await shop.run(f"{HERE}:doubled", "ab", times=3) == "ababab"
        big = bytes(range(256)) * 40_000
        assert await shop.run("builtins:bytes", big) == big


async def test_workers_start_with_work_are_used_again_and_are_two_at_most():
    async with Workshop() as shop:
        assert not shop.workers
        first = await shop.run(WHO)
        assert [await shop.run(WHO) for _ in range(5)] == [first] * 5
        pids = set(await asyncio.gather(*(shop.run(WHO) for _ in range(20))))
        assert 1 <= len(pids | {first}) <= 2
        assert set(shop.workers) == pids | {first}


async def test_a_worker_is_humble():
    async with Workshop(memory=700) as shop:
        nice, memory, deaf, own_session, heavy = await shop.run(f"{HERE}:about")
    assert nice == max(5, os.nice(0))
    assert memory == 700 << 20
    assert deaf
    assert own_session
    assert heavy == []


async def test_what_work_prints_is_no_answer_and_it_reads_nothing(capfd):
    async with Workshop() as shop:
        assert await shop.run(f"{HERE}:printing") == ""
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        (f"{HERE}:refusing", (), "it is made of stone"),
        (f"{HERE}:deep", (), "it is nested too deeply to be read"),
        ("builtins:int", ("x",), "it cannot be understood (ValueError: invalid literal"),
        ("builtins:bytearray", (2 << 30,), "reading it takes more than 1,024 MiB of memory"),
        ("os:abort", (), "the program that reads it broke off (SIGABRT)"),
        ("os:_exit", (0,), "the program that reads it broke off: it may be damaged"),
        ("signal:raise_signal", (int(signal.SIGKILL),), "was ended by the system, which may be short of memory"),
        ("builtins:exit", (), "the program that reads it broke off"),
        ("threading:Lock", (), "it cannot be understood (TypeError"),
    ],
)
async def test_what_goes_wrong_is_said_in_words_and_the_next_job_is_done(function, args, words):
    async with Workshop(workers=1) as shop:
        with pytest.raises(IngestError) as refused:
            await shop.run(function, *args)
        assert words in str(refused.value)
        assert "\n" not in str(refused.value)
        assert await shop.run("operator:neg", 4) == -4


async def test_an_answer_that_would_run_something_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with Workshop(workers=1) as shop:
        with pytest.raises(IngestError, match="the program that reads it broke off"):
            await shop.run(f"{HERE}:trapping")
        assert await shop.run("builtins:len", "still here") == 10
    assert not (tmp_path / "trapped").exists()


@pytest.mark.parametrize("function", ["time:sleep", f"{HERE}:busy"])
async def test_work_that_takes_too_long_is_stopped_and_only_its_worker_ends(function):
    async with Workshop() as shop:
        pids = set()
        slow = asyncio.create_task(shop.run(function, *([60] if "sleep" in function else []), deadline=1.0))
        while not slow.done():
            pids.add(await shop.run(WHO))
            await asyncio.sleep(0.01)
        with pytest.raises(IngestError, match="took too long and was stopped after 1 seconds"):
            await slow
        assert len(pids) == 1
        assert await shop.run(WHO) in pids
        assert set(shop.workers) == pids


async def test_cancelling_kills_the_worker_at_once():
    async with Workshop() as shop:
        job = asyncio.create_task(shop.run("time:sleep", 60, deadline=60))
        while not shop.workers:
            await asyncio.sleep(0.01)
        (pid,) = shop.workers
        began = time.monotonic()
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert time.monotonic() - began < 5
        assert not running(pid)
        assert not shop.workers


async def test_an_idle_worker_ends_and_another_takes_its_place():
    async with Workshop(idle=0.01) as shop:
        first = await shop.run(WHO)
        while running(first) or shop.workers:
            await asyncio.sleep(0.01)
        assert await shop.run(WHO) != first


async def test_a_worker_that_grew_fat_is_not_used_again():
    async with Workshop() as shop:
        first = await shop.run(WHO)
        await shop.run("builtins:bytearray", 200 << 20)
        assert await shop.run(WHO) != first


async def test_what_the_parent_holds_makes_no_worker_fat():
    held = bytearray(b"x") * (400 << 20)
    async with Workshop() as shop:
        assert await shop.run(WHO) == await shop.run(WHO)
    assert len(held) == 400 << 20


async def test_closing_leaves_none():
    async with Workshop() as shop:
        pids = set(await asyncio.gather(*(shop.run(WHO) for _ in range(9))))
    assert not [pid for pid in pids if running(pid)]


def test_when_the_app_is_killed_its_workers_end(tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    try:
        wait_until(lambda: len(children(parent.pid)) == 2)
        workers = children(parent.pid)
        assert int(parent.stdout.readline()) in workers
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
    # The one in C is ended by its alarm: five seconds after the deadline that it was given.
    wait_until(lambda: not any(map(running, workers)), 40)


def children(pid):
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
