"""`reader doctor`: whether what is kept is well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader import logs
from reader.cli.arguments import Parser
from reader.cli.collecting import uncollected
from reader.cli.terminal import Failure, hint, line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

_VERDICTS: Final = {"ok": "ok", "note": "note", "wrong": "WRONG", "mended": "mended"}


@uncollected()
def doctor(arguments: Sequence[str]) -> int:
    """Check what is kept, and mend it when asked to."""
    parser = Parser("doctor", "Check settings, marks and library. Marks are never thrown away, also by --repair.")
    parser.add_argument("--repair", action="store_true", help="mend what can be mended")
    options = parser.parse_args(arguments)

    from reader import settings
    from reader.cli.opening import busy
    from reader.library.checkup import BusyError, checkup

    status = 0
    try:
        for finding in checkup(settings.places(), repair=options.repair):
            status = max(status, finding.verdict == "wrong")
            logs.info("doctor", part=finding.part, verdict=finding.verdict)
            say(f"{_VERDICTS[finding.verdict]:<7} {finding.part:<9} {line(finding.text)}")
    except BusyError as error:
        raise Failure("doctor", busy(error.holder)) from error
    if status:
        again = (
            "what is still WRONG could not be mended"
            if options.repair
            else "`reader doctor --repair` mends what can be"
        )
        hint(again)
    return status
