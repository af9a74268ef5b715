"""What a harness is: a function that takes any bytes and raises nothing, unless there is a bug."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
SEEDS: Final = ROOT / "fuzz" / "seeds"
FIXTURES: Final = ROOT / "tests" / "fixtures"

LONGEST_SEED: Final = 20_000
"""Bytes; what is longer is only slow to mutate."""


@dataclass(frozen=True, slots=True)
class Harness:
    """One way into the program.

    `run` takes any bytes: what the program refuses in its own words is no find, any other exception is one.
    `fixtures` are patterns below tests/fixtures whose files are seeds too. `longest` bounds an input in bytes,
    `seconds` the processor's time that one may take.
    """

    name: str
    run: Callable[[bytes], None]
    fixtures: tuple[str, ...] = ()
    longest: int = 16_384
    seconds: float = 5.0

    def seeds(self) -> Iterator[bytes]:
        """Give what mutation starts from, in the same order each time."""
        files = sorted((SEEDS / self.name).glob("*"))
        for pattern in self.fixtures:
            files += sorted(FIXTURES.glob(pattern))
        for file in files:
            data = file.read_bytes()
            if len(data) <= LONGEST_SEED:
                yield data


HARNESSES: Final[dict[str, Harness]] = {}
"""All of them by name; filled by the modules that define them."""


def harness(
    name: str, *fixtures: str, longest: int = 16_384, seconds: float = 5.0
) -> Callable[[Callable[[bytes], None]], Callable[[bytes], None]]:
    """Register the function that follows as a harness; see `Harness` for the arguments."""

    def registered(run: Callable[[bytes], None]) -> Callable[[bytes], None]:
        HARNESSES[name] = Harness(name, run, fixtures, longest, seconds)
        return run

    return registered


def all_harnesses() -> dict[str, Harness]:
    """Import all harnesses, and give them by name."""
    for module in ("books", "exports", "networks", "pages", "stores", "texts"):
        import_module(f"fuzz.{module}")
    return HARNESSES


@cache
def scratch() -> Path:
    """Give a folder for the files that harnesses work with, in memory where there is such a disk; gone at the end."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="reader-fuzz-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def text_of(data: bytes) -> str:
    """Give any bytes as a text, as it comes out of `decode`: without halves of characters."""
    return data.decode("utf-8", "replace")


def torn_text_of(data: bytes) -> str:
    """Give any bytes as a text with halves of characters in it, which JSON and the arguments of a program can hold."""
    return data.decode("utf-8", "surrogateescape")
