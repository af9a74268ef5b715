"""What the manual says of finding is what the program does."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from reader import settings
from reader.cli.query import joined, understood
from reader.library.retention import KEPT
from reader.model.query import EXAMPLES, parse
from reader.settings import ACTIONS

TEXT = (Path(__file__).parents[2] / "docs" / "finding.md").read_text("utf-8")
COMMANDS = re.findall(r"^reader .*$", TEXT, re.MULTILINE)


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


@pytest.mark.parametrize("command", COMMANDS)
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
