"""The table of faults: how many rounds of each there were, and what was lost or corrupted, which has to be nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.verdicts import CorruptedError, LostError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

PROPERTY = "fault"


class Table:
    """Rounds, marks lost and things corrupted, by fault."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[int, int, int]] = {}

    def add(self, name: str, rounds: int, lost: int, corrupted: int) -> None:
        """Count some rounds."""
        old = self.rows.get(name, (0, 0, 0))
        self.rows[name] = (old[0] + rounds, old[1] + lost, old[2] + corrupted)

    def lines(self) -> list[str]:
        """Give the table, a line each."""
        rounds, lost, corrupted = (sum(row[column] for row in self.rows.values()) for column in range(3))
        width = max(map(len, self.rows), default=5)
        head = f"{'fault':<{width}} {'rounds':>8} {'lost':>6} {'corrupted':>10}"
        rows = [(name, *row) for name, row in self.rows.items()]
        rows.append(("together", rounds, lost, corrupted))
        return [head, *(f"{name:<{width}} {one:>8,} {two:>6} {three:>10}" for name, one, two, three in rows)]


def judged(fault: Callable[[], int]) -> tuple[int, int, int, AssertionError | None]:
    """Try a fault; give its rounds, whether marks were lost, whether something was corrupted, and what it says."""
    try:
        return fault(), 0, 0, None
    except LostError as error:
        return 1, 1, 0, error
    except CorruptedError as error:
        return 1, 0, 1, error


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of the faults that were tried, whichever process did."""
    table = Table()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            for name, value in getattr(report, "user_properties", ()):
                if name == PROPERTY:
                    table.add(*value)
    if table.rows:
        terminalreporter.section("faults")
        for line in table.lines():
            terminalreporter.write_line(line)
