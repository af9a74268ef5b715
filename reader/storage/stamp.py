"""A cheap answer to "did the marks change?", for those who must not pay for opening them."""

from __future__ import annotations

from pathlib import Path

JOURNAL = ".journal"


def journal_of(path: Path) -> Path:
    """Give the journal that belongs to a snapshot."""
    return path.with_name(path.name + JOURNAL)


def stamp(path: str | Path) -> str:
    """Give a short text that differs whenever the snapshot or its journal was written to."""
    real = Path(path).resolve()
    return f"{state_of(real)} {state_of(journal_of(real))}"


def state_of(path: Path) -> str:
    """Give a file's size and time of change as a text, `-` when there is none."""
    try:
        found = path.stat()
    except OSError:
        return "-"
    return f"{found.st_size}.{found.st_mtime_ns}"
