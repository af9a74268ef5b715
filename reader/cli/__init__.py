"""The headless verbs. Nothing on this path imports Textual, and a verb imports only what it needs."""

from __future__ import annotations

from importlib import import_module
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from reader.cli import terminal
from reader.cli.terminal import Failure, OutputError, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

VERBS: Final = {
    "add": "adding",
    "list": "reading",
    "search": "searching",
    "show": "reading",
    "highlights": "highlighting",
    "mark": "marking",
    "note": "marking",
    "export": "exporting",
    "tag": "tagging",
    "tags": "tagging",
    "views": "viewing",
    "undo": "marking",
    "redo": "marking",
    "rules": "ruling",
    "prune": "pruning",
    "stats": "counting",
    "refresh": "refreshing",
    "sources": "sourcing",
    "hooks": "hooking",
    "keys": "keys",
    "backup": "restoring",
    "restore": "restoring",
    "doctor": "upkeep",
    "web": "serving",
    "config": "configuring",
    "completion": "completing",
    "man": "manual",
}
"""Each verb, and the module that has a function of its name."""

_MODULES: Final = {**VERBS, "--linear": "linear", "--complete": "candidates"}

_SPEAKING: Final = ("--quiet", "--no-input")

BROKEN_PIPE: Final = 141
INTERRUPTED: Final = 130


def main(arguments: Sequence[str], open_app: Callable[..., int]) -> int:
    """Run one verb, or open the app on one thing.

    Args:
        arguments: the command line without the program's name; at least one argument.
        open_app: opens the app on a preview, called with what was found and where.

    Returns:
        The exit status: 0 all done, 1 something failed, 2 usage.
    """
    terminal.use_utf8()
    terminal.MANNER.reset()
    try:
        status = _run(arguments, open_app)
        terminal.flush()
    except BrokenPipeError:
        terminal.end_output()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        terminal.end_output()
        return INTERRUPTED
    except OutputError as error:
        terminal.end_output()
        return terminal.fail("standard output", str(error))
    return status


def _run(arguments: Sequence[str], open_app: Callable[..., int]) -> int:
    # As good before the verb as behind it.
    speaking = list(takewhile(_SPEAKING.__contains__, arguments))
    first, *rest = arguments[len(speaking) :] or arguments
    rest = [*speaking, *rest] if len(speaking) < len(arguments) else rest
    try:
        if first in VERBS:
            return _verb(first, rest)
        if first.startswith("-") and first != "-":
            return _option(first, rest)
        return _preview(arguments, open_app)
    except Failure as failure:
        terminal.told(failure)
        return failure.status
    except Told:
        return 1
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0


def _verb(name: str, rest: Sequence[str]) -> int:
    from reader.library import ERRORS

    run: Callable[[Sequence[str]], int] = getattr(import_module(f"reader.cli.{_MODULES[name]}"), name.lstrip("-"))
    try:
        return run(rest)
    except BrokenPipeError:
        raise
    except ERRORS as error:
        return terminal.fail(name, terminal.reason(error))


def _option(first: str, rest: Sequence[str]) -> int:
    if first in {"--linear", "--complete"}:
        return _verb(first, rest)
    if first in {"-h", "--help"} and not rest:
        from reader.cli.help import text

        terminal.say(text())
        return 0
    if first in {"-V", "--version"} and not rest:
        from reader import __version__

        terminal.say(f"reader {__version__}")
        return 0
    wrong = rest[0] if first in {"-h", "--help", "-V", "--version"} else first
    raise Failure(wrong, "is not understood here; see reader --help", 2)


def _preview(arguments: Sequence[str], open_app: Callable[..., int]) -> int:
    from reader.cli.finding import Wanted, found_in, is_folder, location_of, named
    from reader.cli.terminal import Progress

    what = arguments[0]
    if len(arguments) > 1:
        raise Failure(what, f"is no verb, and only one thing can be opened at once{_meant(what)}", 2)
    if is_folder(what):
        raise Failure(what, "it is a folder: `reader add` takes in what is in it")
    progress = Progress()
    try:
        found = found_in(what, Wanted(feed=False), progress.tell)
    except FileNotFoundError:
        raise Failure(what, f"there is no such file, and no verb of that name{_meant(what)}") from None
    finally:
        progress.clear()
    if found.kind == "subscriptions":
        raise Failure(
            named(what), "it is a list of subscriptions, with nothing to read in it: `reader add` subscribes to them"
        )
    if found.file:
        raise Failure(named(what), "it is newsboat's cache: `reader add` takes in what is in it")
    return open_app(preview=found, location="-" if what == "-" else location_of(what, found))


def _meant(what: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(what, VERBS, 1)
    return f"; did you mean `reader {close[0]}`?" if close else "; see reader --help"
