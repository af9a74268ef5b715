"""The one table of signs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import reader
from reader.model.signs import ASCII, encoding, only_ascii, plain, spelled

ROOT = Path(reader.__file__).parent
OURS = ("commands", "settings", "ui", "library")
"""The rooms whose words the app shows."""
BOUNDS = {("text.py", "\u1100"), ("pen.py", "\u0590"), ("errands.py", "\x8b")}
"""What is compared with, and never shown."""
WRITTEN = {"picture_kitty.py", "names.py", "prose.py", "quotes.py"}
"""Files with signs that are for other programs: a protocol for pictures, names of files, what is in an export."""
APART = ("●◐○", "★✎▍", "✓ ", "▌ ", "▸▾", "│┃", "─━", "╭┏", "▐│", "■‖", "☐☑", "‹›")
"""Signs that stand in each other's place."""


def test_each_sign_and_what_stands_for_it_take_one_cell():
    from rich.cells import cell_len

    for sign, stands in ASCII.items():
        assert cell_len(sign) == len(stands) == 1, sign
        assert stands.isascii()
        assert stands.isprintable()


@pytest.mark.parametrize("places", APART)
def test_what_is_told_apart_by_signs_is_told_apart_by_what_stands_for_them(places):
    assert len(set(plain(places))) == len(places)


def shown(path: Path) -> set[str]:
    """Give the characters of all strings of a file but its docstrings."""
    tree = ast.parse(path.read_text())
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs)
    return set().union(*(node.value for node in strings if isinstance(node.value, str)))


@pytest.mark.parametrize("room", OURS)
def test_no_word_of_ours_has_a_sign_that_is_not_in_the_table(room):
    missing = {
        (path.name, char)
        for path in (ROOT / room).rglob("*.py")
        for char in shown(path)
        if not char.isascii() and char not in ASCII and (path.name, char) not in BOUNDS and path.name not in WRITTEN
    }
    assert not missing


def test_arrows_that_are_keys_are_spelled():
    assert spelled("j ↓, ← h") == "j Down, Left h"


@pytest.mark.parametrize(
    ("environment", "is_named"),
    [
        ({}, "utf-8"),
        ({"LANG": "C"}, "utf-8"),
        ({"LC_ALL": "POSIX"}, "utf-8"),
        ({"LANG": "de_DE.UTF-8"}, "utf-8"),
        ({"LANG": "de_DE.utf8", "LC_CTYPE": ""}, "utf-8"),
        ({"LC_ALL": "", "LC_CTYPE": "ru_RU.KOI8-R", "LANG": "C.UTF-8"}, "KOI8-R"),
        ({"LC_ALL": "de_DE.ISO-8859-15@euro", "LANG": "C.UTF-8"}, "ISO-8859-15"),
        ({"LANG": "xx_XX.nonesuch"}, "utf-8"),
        ({"LANG": "xx_XX.idna\0"}, "utf-8"),
    ],
    ids=str,
)
def test_the_encoding_is_what_the_locale_names(environment, is_named):
    assert encoding(environment) == is_named
    assert only_ascii(environment) is (is_named != "utf-8")


def test_the_console_of_linux_shows_no_signs():
    assert only_ascii({"TERM": "linux", "LANG": "C.UTF-8"})
