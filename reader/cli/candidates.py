"""`reader --complete`: what a shell may put at the cursor. It only reads, waits for nobody, and says nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.cli import VERBS, shell_words, terminal
from reader.cli.candidate_kinds import FILES, WORDS, Candidate, Names, named

if TYPE_CHECKING:
    from argparse import Action
    from collections.abc import Sequence

    from reader.cli.arguments import Parser

_GLOBAL: Final = (
    ("--set=", "a setting for this once: NAME=VALUE"),
    ("--log=", "log what is done to a file"),
    ("--log-level=", "debug, info or warning"),
)
_FIRST: Final = (
    ("--linear", "read line by line, for screen readers"),
    ("--help", "what there is"),
    ("--version", "the version"),
)
_SPEAKING: Final = frozenset({"--quiet", "--no-input"})
_LISTING: Final = frozenset({"63", "33", "64"})
"""COMP_TYPE of bash when it lists what there is: only then a candidate may have its description beside it."""


def complete(arguments: Sequence[str]) -> int:
    """Print what completes a command line: how files do, and a line for each candidate.

    Args:
        arguments: the shell, `--`, and the words after `reader` up to the cursor; of bash, before its words, its line
            and its COMP_TYPE, and `reader` itself among the words.
    """
    shell, _, *words = (*arguments, "", "")[: max(len(arguments), 2)]
    try:
        told = _bash(words) if shell == "bash" else _told(words)
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 -- whoever presses Tab wants no errors between the words
        return 0
    terminal.write("".join(f"{one}\n" for one in told))
    return 0


def _told(words: Sequence[str]) -> list[str]:
    files, found = candidates(words, telling=True)
    return [files, *(f"{value}\t{told}" if told else value for value, told in found)]


def _bash(given: Sequence[str]) -> list[str]:
    line, kind, *pieces = given
    words = shell_words.whole(line, pieces)[1:]
    current = words[-1] if words else ""
    files, found = candidates([shell_words.bare(word) for word in words], telling=kind in _LISTING)
    put = [(shell_words.put(current, value), told) for value, told in found]
    shown = [(value, told) for value, told in put if value is not None]
    listed = kind in _LISTING and len(shown) > 1
    return [files, *(f"{value}  ({told})" if told and listed else value for value, told in shown)]


def candidates(words: Sequence[str], *, telling: bool) -> tuple[str, list[Candidate]]:
    """Give whether files complete the last word, and what else does.

    Args:
        words: those after `reader`, the last one perhaps empty.
        telling: whether it is wanted what the verbs do, for which all of them are imported.
    """
    *before, begun = words or [""]
    before = _without_globals(before)
    names = Names()
    try:
        files, found = _at(names, before, begun, telling=telling)
    finally:
        names.close()
    return files, [(value, told) for value, told in dict(found).items() if _plain(value).startswith(_plain(begun))]


def _plain(text: str) -> str:
    """Give a text as it is compared: a query has quotes around a name, which need not have been typed."""
    return text.casefold().replace('"', "")


def _at(names: Names, before: Sequence[str], begun: str, *, telling: bool) -> tuple[str, list[Candidate]]:
    if begun.startswith("--set="):
        _, settings = named(names, "SETTING", begun.removeprefix("--set="))
        return WORDS, [(f"--set={name}=", told) for name, told in settings]
    if not before:
        return FILES, [*_verbs(telling=telling), *(_FIRST + _GLOBAL if begun.startswith("-") else ())]
    if before[0] == "--linear":
        return FILES, []
    if before[0] not in VERBS:
        return WORDS, []
    return _in_verb(names, before, begun)


def _verbs(*, telling: bool) -> list[Candidate]:
    from reader.cli import parsers

    return [(verb, parsers.of(verb)[0].sentence if telling else "") for verb in VERBS]


def _in_verb(names: Names, before: Sequence[str], begun: str) -> tuple[str, list[Candidate]]:
    from reader.cli import parsers

    those = parsers.of(before[0])
    parser, rest, found = those[0], list(before[1:]), list[Candidate]()
    own = {one.verb.split()[1]: one for one in those[1:]}
    if rest and rest[0] in own:
        parser, rest = own[rest[0]], rest[1:]
    elif not rest:
        found = [(name, one.sentence) for name, one in own.items()]
    action, word, option = _place(parser, rest, begun)
    if option:
        return WORDS, [*(one for one in _options(parser) if one[0] not in rest), *_GLOBAL]
    if action is None:
        return WORDS, found
    prefix = begun[: len(begun) - len(word)]
    files, more = _values(names, action, word)
    return files, [*found, *((f"{prefix}{value}", told) for value, told in more)]


def _values(names: Names, action: Action, word: str) -> tuple[str, list[Candidate]]:
    if action.choices is not None:
        return WORDS, [(str(one), "") for one in action.choices]
    return named(names, str(action.metavar), word)


def _options(parser: Parser) -> list[Candidate]:
    return [(name, str(one.help)) for one in parser.options() for name in one.option_strings if name.startswith("--")]


def _place(parser: Parser, rest: Sequence[str], begun: str) -> tuple[Action | None, str, bool]:
    """Find what stands at the cursor.

    Returns:
        The argument, None for none; what of its value was begun; and whether it is the name of an option.
    """
    options = {name: one for one in parser.options() for name in one.option_strings}
    places, pending, over = parser.places(), None, False
    for word in rest:
        if word == "--" and not over:
            over, pending = True, None
        elif word.startswith("--") and not over:
            taken = options.get(word)
            pending = taken if taken is not None and taken.nargs != 0 else None
        elif pending is not None:
            pending = pending if pending.nargs in {"*", "+"} else None
        elif places and places[0].nargs not in {"*", "+"}:
            places = places[1:]
    if begun.startswith("--") and not over:
        name, equals, value = begun.partition("=")
        return (options.get(name), value, False) if equals else (None, begun, True)
    if pending is None and begun == "-" and not over:
        return None, begun, True
    return pending or (places[0] if places else None), begun, False


def _without_globals(words: Sequence[str]) -> list[str]:
    """Leave out what is taken with every verb and says nothing of it."""
    kept = list[str]()
    waiting = list(words)
    while waiting:
        one = waiting.pop(0)
        if one in {"--set", "--log", "--log-level"}:
            del waiting[:1]
        elif one.partition("=")[0] not in {"--set", "--log", "--log-level"} and not (not kept and one in _SPEAKING):
            kept.append(one)
    return kept
