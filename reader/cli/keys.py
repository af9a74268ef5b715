"""`reader keys`: which key does what."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from reader.cli import terminal
from reader.cli.arguments import Parser
from reader.cli.columns import cells, fit
from reader.cli.records import print_array
from reader.cli.terminal import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.commands import Command, Keymap

_WIDE: Final = 100


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    from reader.commands import PRESETS

    parser = Parser("keys", "Print the keys of the app, as they are by your settings.")
    parser.add_argument("--preset", choices=list(PRESETS), help="the keys of a preset, and not those of your settings")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one array of objects")
    form.add_argument("--markdown", action="store_true", help="print tables in Markdown")
    return parser


def keys(arguments: Sequence[str]) -> int:
    """Print the keys of the app, in groups: those that the settings say, or those of a preset."""
    from reader.commands.listed import markdown, records

    options = _parser().parse_args(arguments)
    keymap, wrong = _held(options.preset)
    if options.json:
        print_array(records(keymap))
    elif options.markdown:
        say(markdown([keymap]).rstrip("\n"))
    else:
        _table(keymap)
    for problem in wrong:
        terminal.fail("keys", problem.removeprefix("keys: "))
    return 0


def _held(preset: str | None) -> tuple[Keymap, list[str]]:
    """Give the keys of a preset, or those of the settings and what is wrong with them."""
    from reader import settings
    from reader.commands import of
    from reader.library.own import keymap

    if preset is not None:
        return of(preset, {})
    known, wrong = settings.load(settings.places().settings)
    found, *told = keymap(known)
    return found, [*(problem for problem in wrong if "keys: " in problem), *told[0], *told[1]]


def _table(keymap: Keymap) -> None:
    """Print the keys in columns, those of each screen after those of the articles."""
    width = min(shutil.get_terminal_size().columns, _WIDE) if sys.stdout.isatty() else 0
    rows = [(_keys_of(command, keymap), command) for command in keymap.by_id.values()]
    left, middle = max(cells(keys) for keys, _ in rows), max(cells(command.name) for _, command in rows)
    group = ""
    for shown, command in rows:
        if command.group != group:
            say(f"\n{command.group}" if group else command.group)
            group = command.group
        begin = f"  {fit(shown, left)}  {fit(command.name, middle)}  "
        said = keymap.told(command.help) + _where(command)
        for number, part in enumerate(_wrapped(said, width - cells(begin)) if width else [said]):
            say((" " * cells(begin) if number else begin) + part)


def _where(command: Command) -> str:
    from reader.commands.listed import WHERE

    where = WHERE[command.where] if command.where in ("list", "article", "views") else ""
    return f" ({where})" if where else ""


def _keys_of(command: Command, keymap: Keymap) -> str:
    from reader.commands.listed import keys_shown

    return " ".join(keys_shown(command)) or f"{keymap.key('palette')} {command.name}"


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, max(width, 20))
