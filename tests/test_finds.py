"""What fuzzing found stays mended, and each way in takes what it starts from, unchanged and changed."""

from __future__ import annotations

import signal
from random import Random

import pytest

from fuzz.harness import FIXTURES, SEEDS, Harness, all_harnesses
from fuzz.mutating import fuzz, mutated
from fuzz.shrinking import shrunk
from fuzz.watching import Watch
from tests.thorough import examples

HARNESSES = all_harnesses()
FINDS = sorted(path for path in (FIXTURES / "finds").glob("*/*") if path.is_file())

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize("path", FINDS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_is_not_found_again(path):
    HARNESSES[path.parent.name].run(path.read_bytes())


def test_every_find_has_its_harness():
    assert {path.parent.name for path in FINDS} <= HARNESSES.keys()
    assert len(FINDS) >= 2


@pytest.mark.parametrize("name", HARNESSES)
def test_seeds_are_taken_unchanged_and_changed(name):
    seeds = [path.read_bytes() for path in sorted((SEEDS / name).glob("*"))]
    assert seeds, "nothing to start from: fuzz/seeds has a folder for each harness"
    dice = Random(name)
    quick = HARNESSES[name].seconds <= 5
    some = [mutated(dice, seeds) for _ in range(examples(12 if quick else 3, 2_000))]
    for data in (*seeds, *some):
        HARNESSES[name].run(data[: HARNESSES[name].longest])


# --- the fuzzer itself -------------------------------------------------------------------------------------


@pytest.fixture
def watched(tmp_path):
    """Give a watch over any function; what it sets up is taken back."""
    before = signal.getsignal(signal.SIGPROF)
    yield lambda run: Watch(Harness("planted", run, seconds=0.2), tmp_path)
    signal.signal(signal.SIGPROF, before)


def test_a_failure_is_found_kept_once_and_made_small(watched, tmp_path, monkeypatch):
    def planted(data):
        if b"<" in data:
            raise KeyError(data)

    monkeypatch.setattr(Harness, "seeds", lambda _self: iter([b"some < seed", b"another"]))
    watch = watched(planted)
    fuzz(watch, 0.0, 1)
    watch.run(b"< once more")
    (name,) = watch.found.values()
    assert (tmp_path / name).read_bytes() == b"some < seed"
    assert shrunk(watch, b"some < seed") == b"<"


def test_what_takes_too_long_is_a_failure_though_everything_is_caught(watched):
    def planted(_data):
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001
                continue

    assert watched(planted).failure(b"").startswith("TooLongError")
