"""The first picture: drawn by the widgets as the app leaves, kept on paper, painted before anything is imported."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import settings
from reader.model.article import Entry
from reader.ui.prelude import facts, sheet
from reader.ui.prelude.recording import recorded
from reader.ui.prelude.sheet import Sheet
from tests.invented import fill, listing, text
from tests.ui.driving import reading

if TYPE_CHECKING:
    from reader.ui.prelude.sheet import Runs

HOUR = 3600

_SCRIPT = """
import sys
before = set(sys.modules)
import reader.__main__
from reader.ui.prelude import facts, opening
facts.size_of_terminal = lambda: (120, 40)
opening.paint()
from reader.ui.prelude import standing
print(sorted(set(sys.modules) - before))
"""


def test_nothing_is_imported_before_it():
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, timeout=60, check=True)
    ours = [f"reader.ui.prelude{name}" for name in ("", ".facts", ".opening", ".sheet", ".standing")]
    allowed = {"__future__", "gc", "termios", "reader", "reader.__main__", "reader.ui", *ours}
    # What Python itself needs for a package that is installed to be edited differs.
    assert set(eval(done.stdout)) <= allowed


@pytest.fixture
def quay(places):
    """Articles of all ages, from minutes to years."""
    now = int(time.time())
    hours = (0, 1, 5, 22, 25, 50, 24 * 6 + 20, 24 * 7 + 1, 24 * 400)
    ages = [Entry(f"{at} hours", "Ruth", "Ages", text(at, 2), published=now - at * HOUR - 1800) for at in hours]
    fill(places, listing("The quay", [*ages, Entry("Never", None, "Ages", "So it is.")]))
    return places


@pytest.mark.parametrize("size", [(120, 60), (60, 20)])
async def test_it_knows_how_old_everything_will_be_as_long_as_it_is_good(quay, size):
    async with reading(quay, size=size) as it:
        it.screen.keep_session()
        drawn = recorded(it.app)
        since, until = drawn.times
        assert until - since > 24 * HOUR
        width = it.articles.outer_size.width
        for moment in range(since, until, 17 * 60):
            it.articles.draw_at(moment)
            shown = [strip.text for strip in it.articles.render_lines(it.articles.outer_size.region)]
            told = [_text(drawn, y + 1, moment)[:width] for y in range(len(shown))]
            assert told == shown


def _text(drawn: Sheet, y: int, moment: int) -> str:
    since = max(since for line, since in drawn.lines if line == y and since <= moment)
    return "".join(text for _, text in drawn.lines[y, since])


@pytest.mark.parametrize("keys", ["/quay", "3", ""], ids=["a search", "an empty view", "the list"])
async def test_it_is_not_made_of_what_the_next_start_does_not_show(quay, keys):
    async with reading(quay) as it:
        for key in keys:
            await it.press("slash" if key == "/" else key)
        it.screen.keep_session()
        drawn = recorded(it.app)
        assert (drawn is None) == keys.startswith("/")


NUMBERS = st.text("0123456789;", max_size=12)
TEXTS = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=12)
LINES: st.SearchStrategy[Runs] = st.lists(st.tuples(NUMBERS, TEXTS), max_size=4)


@given(st.lists(LINES, min_size=1, max_size=4), st.dictionaries(TEXTS, TEXTS, max_size=3))
def test_what_is_written_is_read_again(lines, known):
    made = Sheet((80, len(lines)), (5, 9), known, {(y, 5): runs for y, runs in enumerate(lines)})
    found = sheet.read(made.written())
    assert found is not None
    assert (found.size, found.times, found.facts, found.lines) == (made.size, made.times, made.facts, made.lines)


@given(st.binary(max_size=300))
def test_whatever_is_in_the_file_is_read_or_left(data):
    assert sheet.read(data) is None


@pytest.mark.parametrize(
    ("part", "torn"),
    [(b"\xc3\xa9", b"\xc3"), (b"\xc3\xa9", b"\x9b2J"), (b"9\t2\t5", b"9\t999999999999\t5")],
    ids=["half a character", "a control of one byte", "far too high"],
)
def test_a_torn_picture_is_left_at_once(part, torn):
    whole = Sheet((9, 2), (5, 9), {}, {(0, 5): [("1;31", "ab")], (1, 5): [("", "é")]}).written()
    assert sheet.read(whole) is not None
    assert sheet.read(whole.replace(part, torn)) is None


@given(st.integers(0, 200), st.binary(min_size=1, max_size=5))
def test_no_file_makes_the_terminal_do_more_than_show_text(at, noise):
    whole = Sheet(
        (9, 2), (5, 9), {"a": "b"}, {(0, 5): [("1;31", "ab")], (1, 5): [("", "é")], (1, 7): [("4", "c")]}
    ).written()
    found = sheet.read(whole[:at] + noise + whole[at:])
    if found is None:
        return
    found.painted(9).decode("utf-8")
    for runs in found.lines.values():
        for numbers, shown in runs:
            assert set(numbers) <= set("0123456789;")
            assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in shown)


@pytest.mark.parametrize("text", ["a\tb", "a\nb"])
def test_what_is_more_than_a_line_is_not_written(text):
    with pytest.raises(ValueError, match="one line"):
        Sheet((9, 1), (5, 9), {"file " + text: "-"}, {}).written()


@pytest.mark.parametrize(
    "variables",
    [{}, {"READER_HOME": ""}, {"READER_HOME": "", "XDG_DATA_HOME": "/elsewhere"}, {"READER_HOME": "~/there"}],
)
def test_it_is_kept_where_the_library_is(monkeypatch, variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert facts.sheet_file() in (str(settings.places().data / facts.NAME), None)
    assert facts.sheet_file() is not None or sys.platform != "linux"


def test_facts_hold_until_a_file_changes(tmp_path, monkeypatch):
    file = tmp_path / "file"
    known = facts.of_environment() | facts.of_files([str(file), str(tmp_path)])
    assert facts.hold(known)
    file.touch()
    assert not facts.hold(known)
    known = facts.of_environment() | facts.of_files([str(file), str(tmp_path)])
    monkeypatch.setenv("COLORTERM", "other")
    assert not facts.hold(known)
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TEXTUAL_FPS", "30")
    assert not facts.hold(known)
