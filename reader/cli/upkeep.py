"""`reader doctor`: whether what is kept is well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader import logs
from reader.cli.arguments import Parser
from reader.cli.collecting import uncollected
from reader.cli.terminal import Failure, hint, line, report, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library.findings import Finding

_VERDICTS: Final = {"ok": "ok", "note": "note", "wrong": "WRONG", "mended": "mended"}


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _doctor_parser()


def _doctor_parser() -> Parser:
    parser = Parser("doctor", "Check settings, marks and library. Marks are never thrown away, also by --repair.")
    parser.add_argument("--repair", action="store_true", help="mend what can be mended")
    parser.add_argument("--json", action="store_true", help="print one array of objects: verdict, part, text")
    return parser


@uncollected()
def doctor(arguments: Sequence[str]) -> int:
    """Check what is kept, and mend it when asked to; `--quiet` tells only what is wrong."""
    options = _doctor_parser().parse_args(arguments)

    from reader import settings
    from reader.cli.opening import busy
    from reader.library.checkup import BusyError, checkup

    wrong = list[str]()

    def looked() -> Iterator[Finding]:
        for finding in checkup(settings.places(), repair=options.repair):
            logs.info("doctor", part=finding.part, verdict=finding.verdict)
            wrong.extend([finding.text] if finding.verdict == "wrong" else [])
            yield finding

    try:
        if options.json:
            from reader.cli.records import print_array

            print_array({"verdict": one.verdict, "part": one.part, "text": one.text} for one in looked())
        else:
            for one in looked():
                tell = say if one.verdict == "wrong" else report
                tell(f"{_VERDICTS[one.verdict]:<7} {one.part:<9} {line(one.text)}")
    except BusyError as error:
        raise Failure("doctor", busy(error.holder)) from error
    if wrong:
        again = (
            "what is still WRONG could not be mended"
            if options.repair
            else "`reader doctor --repair` mends what can be"
        )
        hint(again)
    return 1 if wrong else 0
