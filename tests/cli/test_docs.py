"""What the manual says of finding is what the program does."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from reader import settings
from reader.cli.query import joined, understood
from reader.commands import default, shown
from reader.library.retention import KEPT
from reader.model.query import EXAMPLES, parse
from reader.settings import ACTIONS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "finding.md").read_text("utf-8")
PAGES = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
GUIDE = sorted((ROOT / "reader" / "guide").glob("*.md"))
LINES = re.findall(r"^reader .*$", TEXT, re.MULTILINE)


def test_the_examples_are_those_of_the_help():
    rows = re.findall(r"^\| `(.*)` \| (.*) \|$", TEXT[: TEXT.index("## Views")], re.MULTILINE)
    assert tuple((query.replace("\\|", "|"), said) for query, said in rows) == EXAMPLES


def test_the_rules_are_rules(tmp_path):
    (written,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(written)
    assert tomllib.loads(written)
    made, wrong = settings.load(path)
    assert wrong == []
    assert len(made.rules) == 2
    for rule in made.rules:
        parse(rule.when)
    assert all(f"`{action}`" in TEXT for action in ACTIONS)
    assert all(f"`{kind}`" in TEXT for kind in KEPT)


@pytest.mark.parametrize("command", LINES)
def test_the_commands_are_understood(command, home_with_articles):
    run = home_with_articles
    program, verb, *arguments = shlex.split(command)
    assert program == "reader"
    if verb in {"list", "search"} and "--view" not in arguments:
        understood(joined(arguments))
    assert run(verb, *arguments).status in {0, 1}
    assert "see reader" not in run(verb, *arguments).err


@pytest.fixture
def home_with_articles(library):
    library("views", "save", "Short ones", "is:unread")
    return library


KEYS = {shown(key) for command in default().commands for key in (*command.keys, *command.article_keys)}
KEYS |= {key.replace("^", "Ctrl+").upper().replace("CTRL", "Ctrl") for key in KEYS if key.startswith("^")}
INSIDE = {"w", "b", "e"}
"""Keys that work while something is selected, or in a dialogue, and are no commands."""
A_KEY = re.compile(r"`([^`\w\s]|\w|[gz]\w|\^\w|Ctrl\+\w)`")


def test_the_tables_of_the_manual_have_keys_that_exist():
    told = set()
    for name in ("reading.md", "notes.md"):
        for table in re.findall(r"^\| keys \| do \|\n((?:\|.*\n)+)", PAGES[name], re.MULTILINE):
            rows = re.findall(r"^\| (`.*?) \| ", table, re.MULTILINE)
            told |= {key.replace(r"\|", "|") for row in rows for key in re.findall(r"`([^`]+)`", row)}
    assert told - KEYS == set()
    assert {"t", "J", "gn", "B", "zM", "zR", "zz", "U", "^r", "x", "P", "{", "}"} <= told


@pytest.mark.parametrize("path", GUIDE, ids=lambda path: path.stem)
def test_the_keys_of_the_guide_exist(path):
    assert set(A_KEY.findall(path.read_text("utf-8"))) - KEYS - INSIDE <= {"●", "◐", "○", "★", "✎", "▍", "⇣"}


def test_the_guide_tells_of_finding():
    told = {key for path in GUIDE for key in A_KEY.findall(path.read_text("utf-8"))}
    assert {"/", "F", "\\", "t", "V", "gh", "gs", "gw", "zM"} <= told


def test_the_files_that_the_manual_names_are_called_so():
    from reader.ui.prelude import facts

    assert f"| `{facts.NAME}` |" in PAGES["formats.md"]
