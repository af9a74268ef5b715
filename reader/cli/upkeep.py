"""`reader keys` and `reader doctor`: what the app can do, and whether what is kept is well."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from reader import logs
from reader.cli.arguments import Parser
from reader.cli.collecting import uncollected
from reader.cli.columns import cells, fit
from reader.cli.terminal import Failure, fail, hint, line, report, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.commands import Command
    from reader.library.findings import Finding

_VERDICTS: Final = {"ok": "ok", "note": "note", "wrong": "WRONG", "mended": "mended"}
_WHERE: Final = {
    "list": " (in the list)",
    "article": " (in the article)",
    "views": " (in the pane of views)",
    "both": "",
}
_WIDE: Final = 100


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    yield from (_keys_parser(), _doctor_parser())


def _keys_parser() -> Parser:
    return Parser("keys", "Print the keys of the app.")


def keys(arguments: Sequence[str]) -> int:
    """Print the keys of the app, in groups."""
    _keys_parser().parse_args(arguments)

    from reader import settings
    from reader.commands import COMMANDS
    from reader.library.own import listed

    own, wrong = listed(settings.load(settings.places().settings)[0])
    for problem in wrong:
        fail("", problem)
    width = min(shutil.get_terminal_size().columns, _WIDE) if sys.stdout.isatty() else 0
    rows = [(_keys_of(command), command) for command in (*COMMANDS, *own)]
    left, middle = max(cells(keys) for keys, _ in rows), max(cells(command.name) for _, command in rows)
    group = ""
    for shown, command in rows:
        if command.group != group:
            say(f"\n{command.group}" if group else command.group)
            group = command.group
        begin = f"  {fit(shown, left)}  {fit(command.name, middle)}  "
        said = command.help + _WHERE[command.where]
        for number, part in enumerate(_wrapped(said, width - cells(begin)) if width else [said]):
            say((" " * cells(begin) if number else begin) + part)
    return 0


def _keys_of(command: Command) -> str:
    from reader.commands import shown

    names = [shown(key) for key in (*command.keys, *command.article_keys)]
    return " ".join(names) if names else f"{shown(':')} {command.name}"


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, max(width, 20))


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
