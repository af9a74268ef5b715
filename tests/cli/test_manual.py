"""The manual of the command line follows the parsers, and what it says of pipes and timers is true."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from reader.cli import VERBS, described, manual, parsers
from reader.cli.help import text as overview
from reader.cli.query import joined, understood
from reader.cli.terminal import Failure

DOCS = Path(__file__).parents[2] / "docs"
PIPES = (DOCS / "pipes.md").read_text("utf-8")
COMMANDS = (DOCS / "commands.md").read_text("utf-8")
ALONE = {"--linear", "--version", "--help", "--set", "--log", "--log-level"}
"""What the overview tells of that belongs to no verb."""


def parser_of(words):
    """Give the parser of a command, and its arguments."""
    for parser in reversed(parsers.of(words[0])):
        verbs = parser.verb.split()
        if words[: len(verbs)] == verbs:
            return parser, words[len(verbs) :]
    raise AssertionError(words)


def parse(words):
    parser, arguments = parser_of(words)
    if described.asks(parser):
        return parser.parse_query(arguments)
    return parser.parse_intermixed_args(arguments)


def called(line):
    """Give each call of `reader` in a line of shell; what xargs puts behind it stands for itself."""
    words = list(shlex.shlex(line, posix=True, punctuation_chars="|;&><()"))
    calls = [[]]
    for word in words:
        if set(word) <= set("|;&><()"):
            calls.append([])
        else:
            calls[-1].append(word)
    for one in calls:
        if "reader" in one:
            yield [*one[one.index("reader") + 1 :], *(["given"] if "xargs" in one else [])]


LINES = [
    words
    for block in re.findall(r"```sh\n(.*?)```", PIPES, re.DOTALL)
    for line in block.splitlines()
    for words in called(line.partition(" #")[0])
]


def test_the_pipes_page_has_its_examples():
    assert len(LINES) > 15
    assert {words[0] for words in LINES} >= {"list", "show", "mark", "tag", "refresh", "sources", "highlights"}


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_an_example_of_a_pipe_is_understood(words):
    options = parse(words)
    if words[0] in {"list", "search"}:
        understood(joined(options.query))


def test_the_timers_call_what_there_is():
    for found in (
        re.findall(r"^ExecStart=(.*)$", PIPES, re.MULTILINE),
        re.findall(r"^\*/30 \* \* \* \* (.*)$", PIPES, re.MULTILINE),
    ):
        (command,) = found
        program, *words = shlex.split(command)
        assert program == "reader"
        assert words[0] == "refresh"
        assert parse(words).sources == []
        assert {"--quiet", "--no-input"} <= set(words)


def test_the_units_are_units():
    blocks = re.findall(r"```ini\n(.*?)```", PIPES, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        assert all(re.fullmatch(r"\[\w+\]|\w+=.+|", line) for line in block.splitlines())


def test_every_json_is_documented():
    table = PIPES[PIPES.index("| verb | an object is |") :]
    told = {
        name for row in re.findall(r"^\| (`.*?) \| ", table, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)
    }
    having = {
        one.verb for one in parsers.every() if "--json" in {name for o in one.options() for name in o.option_strings}
    }
    assert told == having


def test_a_json_has_the_names_that_are_documented(library):
    article = library("list", "--ids").lines[0]
    library("tag", "add", "sea", article)
    commands = {
        "tags": (), "views": (), "sources": (), "backup": (), "doctor": (), "config path": (), "undo": (),
        "stats": (), "list": (), "keys": (), "show": (article,), "config show": ("measure",),
    }  # fmt: skip
    for verb, more in commands.items():
        (row,) = re.findall(rf"^\| [^|]*`{verb}`[^|]* \| (.*) \|$", PIPES, re.MULTILINE)
        first = library(*verb.split(), *more, "--json").json[0]
        named = set(re.findall(r"`(\w+)`", row)) - BESIDES
        assert named <= set(first), verb


BESIDES = {"ok", "note", "wrong", "mended", "list", "search", "snippet"}
"""Words of the table that are no names of the first object of a verb."""


# -- the pages that are made


def test_the_page_tells_every_verb_and_option():
    for parser in parsers.every():
        assert f"`{parser.prog}`\n" in COMMANDS
        for one in described.own_options(parser):
            assert f"`{one.option_strings[-1]}" in COMMANDS


def test_a_usage_is_told_as_the_parser_takes_it():
    (shown,) = (one for one in parsers.of("list"))
    assert described.usage(shown) == "reader list [QUERY...] [--view VIEW] [--json | --ids]"
    assert described.usage(parsers.of("prune")[0]).startswith("reader prune [QUERY...] --older AGE [--also ")


def test_the_man_page_is_sound(run):
    page = run("man").out
    assert page == (DOCS / "reader.1").read_text("utf-8")
    assert all(f'.SS "reader {verb}"' in page for verb in VERBS)
    assert not re.search(r"^['.](?!(?:TH|SH|SS|TP|PP|br|nf|fi|sp)\b)", page, re.MULTILINE), (
        "a text is taken for a request"
    )
    if shutil.which("mandoc"):
        done = subprocess.run(
            ["mandoc", "-T", "lint", "-W", "error"], input=page, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout + done.stderr) == (0, "")
    if shutil.which("groff"):
        done = subprocess.run(
            ["groff", "-man", "-ww", "-Tutf8", "-K", "utf8"], input=page, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        plain = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout)
        assert "reader list [QUERY...] [--view VIEW] [--json | --ids]" in re.sub(r"\s+", " ", plain)


def test_a_text_does_not_become_a_request():
    assert manual._text(".so /etc/passwd") == "\\&.so /etc/passwd"
    assert manual._text("'tis \\fBx") == "\\(aqtis \\efBx"


def test_the_man_page_is_installed():
    import tomllib

    made = tomllib.loads((DOCS.parent / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert made["shared-data"] == {"docs/reader.1": "share/man/man1/reader.1"}


# -- the overview


def test_the_overview_names_every_verb_and_no_option_that_is_not_there(home):
    told = overview()
    assert {verb for verb in VERBS if not re.search(rf"^ .*\breader {verb}\b", told, re.MULTILINE)} == set()
    known = {name for parser in parsers.every() for one in parser.options() for name in one.option_strings}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", told)) - known - ALONE == set()


def test_the_overview_is_as_wide_as_a_terminal(home):
    assert max(map(len, overview().partition("Folders")[0].splitlines())) <= 107


def test_an_option_that_is_wrong_is_told_with_the_verb():
    with pytest.raises(Failure, match="see reader sources set --help"):
        parse(["sources", "set", "x", "--nothing"])
