"""The pages of the manual that are made from the code say what the code does."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest

from reader import settings
from reader.cli import VERBS
from reader.settings import Settings
from reader.settings.known import TABLE

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = runpy.run_path(str(DOCS / "made.py"), run_name="made")
TEXT = (DOCS / "settings.md").read_text("utf-8")


@pytest.mark.parametrize("name", MADE["PAGES"])
def test_no_page_is_stale(name):
    assert (DOCS / name).read_text("utf-8") == MADE["PAGES"][name](), "python docs/made.py"


def test_a_stale_page_is_told_and_written_anew(tmp_path, capsys):
    scope = MADE["main"].__globals__
    before = scope["DOCS"]
    try:
        scope["DOCS"] = tmp_path
        assert MADE["main"](["--check"]) == 1
        assert "docs/settings.md is stale" in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []
        assert MADE["main"]([]) == 0
        assert MADE["main"](["--check"]) == 0
        assert (tmp_path / "settings.md").read_text("utf-8") == TEXT
    finally:
        scope["DOCS"] = before


def test_the_page_tells_every_setting():
    for name, one in TABLE.items():
        assert f"`{name}`" in TEXT
        assert one.sentence.replace("|", "\\|") in TEXT


def test_the_examples_of_the_page_are_right(tmp_path):
    examples = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "config.toml"
    for example in examples:
        path.write_text(example)
        made, wrong = settings.load(path)
        assert wrong == []
        assert made != Settings()


def test_the_styles_of_the_page_are_right(tmp_path):
    from reader.ui.screens.own_styles import problem

    (example,) = re.findall(r"```css\n(.*?)```", TEXT, re.DOTALL)
    assert problem(example, tmp_path / "styles.tcss", {"primary": "red", "background": "blue"}) == ""


def test_the_commands_of_the_page_exist(monkeypatch, tmp_path):
    found = set(re.findall(r"`(reader config \w+)", TEXT))
    assert len(found) >= 5
    from reader.cli import configuring

    for one in found:
        _, verb, what = shlex.split(one)
        assert verb in VERBS
        assert hasattr(configuring, f"_{what}")
