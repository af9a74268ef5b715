"""Textual's driver, beginning on a terminal where a first picture stands: neither cleared nor set up twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.driver import TerminalDriver
from reader.ui.prelude.standing import ENTER

if TYPE_CHECKING:
    from reader.ui.prelude.standing import Standing


def driver_over(standing: Standing) -> type[TerminalDriver]:
    """Give a driver that takes a terminal over from a picture."""

    class TakingOver(TerminalDriver):
        """Leaves out the first going to the alternate screen, which would clear it."""

        _begun = False

        def write(self, data: str) -> None:
            """Write, but for what was written already."""
            if self._begun or data != ENTER:
                super().write(data)
            self._begun = self._begun or data == ENTER

        def start_application_mode(self) -> None:
            """Take the terminal over; at the end it is to be as it was before the picture."""
            first = not self._begun
            super().start_application_mode()
            if first:
                self.attrs_before = standing.attributes
                standing.taken_over()

    return TakingOver
