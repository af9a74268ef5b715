"""`reader man`: the man page, made from the parsers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.terminal import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GLOBAL: Final = (
    ("--quiet", "print nothing but errors and what is asked for"),
    ("--no-input", "never ask anything, nor open an editor: what would need it fails, with status 2"),
    ("--set NAME=VALUE", "a setting for this once; it goes before the environment, as that before the file"),
    ("--log FILE", "log what is done, as kinds, ids, counts and times"),
    ("--log-level debug|info|warning", "how much is logged; only debug tells addresses and errors"),
    ("-h, --help", "tell of the verb, and do nothing"),
)
"""What is taken with every verb."""
ENVIRONMENT: Final = (
    ("READER_HOME", "a folder that holds everything, in data and config"),
    ("READER_NAME", "the setting NAME, for this once: READER_MEASURE=72"),
    ("READER_LOG", "a file to log to, as --log"),
    ("VISUAL, EDITOR", "what notes and settings are edited with"),
    ("NO_COLOR", "when it is set, nothing is coloured"),
)
STATUS: Final = (
    ("0", "all done"),
    ("1", "something that was asked for failed, and the rest was done"),
    ("2", "the command is wrong; nothing was done"),
    ("130", "it was interrupted"),
    ("141", "whoever read its output stopped reading"),
)
_ESCAPES: Final = str.maketrans({"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", '"': "\\(dq"})
_SYNOPSIS: Final = ("reader", "reader URL|FILE|-", "reader --linear [URL|FILE]", "reader VERB [ARGUMENT...]")
_ABOUT: Final = (
    "reader shows magazines in the terminal: a list of articles on the left, the article on the right.",
    "It keeps what you read, what you bookmarked and what you noted in a file that is yours.",
    "Without arguments it opens the app, in which ? tells the keys.",
    "With an address, a file or - it shows that one thing, which + keeps.",
    "With --linear it reads line by line, for screen readers. With a verb it does one thing and ends.",
)


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    return Parser("man", "Print the man page, for man to show: reader man | man -l -")


def man(arguments: Sequence[str]) -> int:
    """Print the man page."""
    _parser().parse_args(arguments)
    write(page())
    return 0


def page() -> str:
    """Give the man page in the language of man."""
    from reader import __version__
    from reader.cli.query import epilog

    parts = [f'.TH READER 1 "" "reader {__version__}" "User Commands"', ".SH NAME"]
    parts += ["reader \\- read magazines in the terminal, and keep what you mark", ".SH SYNOPSIS"]
    parts += [part for one in _SYNOPSIS for part in (_bold(one), ".br")][:-1]
    parts += [".SH DESCRIPTION", "\n".join(map(_text, _ABOUT)), ".SH VERBS", *_verbs()]
    parts += [".SH OPTIONS WITH EVERY VERB", *_table(GLOBAL), ".SH QUERIES", *_as_it_is(epilog())]
    parts += [".SH ENVIRONMENT", *_table(ENVIRONMENT), ".SH EXIT STATUS", *_table(STATUS)]
    parts += [".SH SEE ALSO", _text("reader VERB --help; reader config path tells where the settings are.")]
    return "\n".join(parts) + "\n"


def _verbs() -> Iterator[str]:
    from reader.cli import described
    from reader.cli.parsers import every

    for parser in every():
        yield f'.SS "{_text(parser.prog)}"'
        yield _bold(described.usage(parser))
        for paragraph in described.paragraphs(parser):
            yield ".PP"
            yield _text(paragraph)
        yield from _table(described.arguments(parser))
        if more := described.more(parser):
            yield ".PP"
            yield from _as_it_is(more)
        if described.asks(parser):
            yield ".PP"
            yield "QUERIES below tells what a QUERY is."


def _table(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for name, told in rows:
        yield ".TP"
        yield f"\\fB{_escaped(name)}\\fR"
        yield _text(told)


def _as_it_is(text: str) -> Iterator[str]:
    yield ".nf"
    yield from (_text(line) if line.strip() else ".sp" for line in text.splitlines())
    yield ".fi"


def _bold(text: str) -> str:
    return f"\\fB{_escaped(text)}\\fR"


def _text(text: str) -> str:
    return re.sub(r"^(?=[.'])", r"\\&", _escaped(text))


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
