"""`reader hooks`: the programs that are told what happens; told, and tried."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from reader import settings
from reader.cli.arguments import Parser
from reader.cli.opening import find_one, opened
from reader.cli.terminal import Failure, fail, hint, line, lines, say, write
from reader.cli.terminal import flush as flushed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library import Library
    from reader.library.hooks import Telling
    from reader.model.annotation import JSON
    from reader.settings import Event, Hook, Settings

_EPILOG: Final = """\
  reader hooks test EVENT [ID] [--print]
                       run the hook of EVENT now, as if it had happened to the article

Hooks are programs that you name in config.toml, under [hooks]; EVENT is one of
{}. docs/hooks.md tells what they get."""
_SOME: Final = 3
"""Articles that a hook for what comes in is tried with."""


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    yield from (_parser(), _test_parser())


def _parser() -> Parser:
    parser = Parser(
        "hooks",
        "Print the programs that are told what happens: event, and the program with its arguments.",
        _EPILOG.format(", ".join(settings.EVENTS)),
    )
    parser.add_argument("--json", action="store_true", help="print one array of objects: event, run")
    return parser


def hooks(arguments: Sequence[str]) -> int:
    """Print the hooks, one line each, or try one."""
    if arguments and arguments[0] == "test":
        return _test(arguments[1:])
    options = _parser().parse_args(arguments)
    chosen, status = _chosen()
    if options.json:
        from reader.cli.records import print_array

        print_array({"event": hook.event, "run": [*hook.run]} for hook in chosen.hooks)
        return status
    for hook in chosen.hooks:
        say(f"{hook.event}\t{line(shlex.join(hook.run))}")
    if not chosen.hooks:
        hint("There are no hooks; docs/hooks.md tells how to write one.")
    return status


def _chosen() -> tuple[Settings, int]:
    """Give the settings, and the exit status: 1 when something is wrong with a hook, which was told then."""
    chosen, wrong = settings.load(settings.places().settings)
    troubles = [one for one in wrong if ": hook" in one]
    for one in troubles:
        fail("", one)
    return chosen, 1 if troubles else 0


def _test_parser() -> Parser:
    parser = Parser(
        "hooks test",
        "Run the hook of an event now, as if it had happened to an article, and print what it says.\n"
        "Nothing is marked or changed. Without ID: the first articles of `reader list`.",
    )
    parser.add_argument("event", choices=settings.EVENTS, metavar="EVENT", help=", ".join(settings.EVENTS))
    parser.add_argument("id", nargs="?", metavar="ID", help="an id, or the beginning of one")
    parser.add_argument("--print", action="store_true", help="print what it would get, and run nothing")
    parser.add_argument("--json", action="store_true", help="print an array of one object: event, said, trouble")
    return parser


def _test(arguments: Sequence[str]) -> int:
    options = _test_parser().parse_args(arguments)
    chosen, _ = _chosen()
    hook = next((one for one in chosen.hooks if one.event == options.event), None)
    if hook is None:
        raise Failure("hooks", f"there is no hook for {options.event} in {settings.places().settings}")
    with opened("hooks") as library:
        telling = _telling(library, hook, chosen, options.id)
    if options.print:
        if options.json:
            from reader.cli.records import print_array

            print_array([{"event": hook.event, "told": {**telling.told}, "input": telling.data.decode()}])
            return 0
        for name, value in telling.told.items():
            say(f"{name}={line(value)}")
        write(lines(telling.data.decode()))
        return 0
    flushed()
    return _run(telling, json=options.json)


def _telling(library: Library, hook: Hook, chosen: Settings, beginning: str | None) -> Telling:
    from reader.library.hooks import Occasion, telling

    few = _SOME if hook.event in {"added", "refreshed"} else 1
    keys = [find_one(library, beginning).key] if beginning else list(library.shelf.listing().keys[:few])
    if not keys:
        raise Failure("hooks", "there is no article to try it with; `reader add` brings some")
    return telling(library, hook, Occasion(hook.event, tuple(keys), len(keys), _facts(hook.event, len(keys))), chosen)


def _facts(event: Event, count: int) -> dict[str, JSON]:
    return {"asked": 1, "new": count, "failed": 0} if event == "refreshed" else {}


def _run(telling: Telling, *, json: bool) -> int:
    from reader.library import errands, programs

    work = programs.run(telling.hook.run, telling.data, telling.told, patience=telling.seconds)
    try:
        answer = errands.run(work, None)
    except programs.ProgramError as error:
        raise Failure("hooks", str(error)) from error
    if json:
        from reader.cli.records import print_array

        print_array([{"event": telling.hook.event, "said": answer.said, "trouble": answer.trouble or None}])
        return 1 if answer.trouble else 0
    if answer.said:
        say(lines(answer.said))
    if answer.cut:
        hint("It says more; the rest is left out.")
    if answer.trouble:
        return fail("hooks", answer.trouble)
    hint(f"{programs.named(telling.hook.run)} did well.")
    return 0
