"""Every value of every setting: what is right holds, what is wrong is told with its place, nothing ever raises."""

from __future__ import annotations

import os
import string

import pytest
import tomlkit
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from reader import settings
from reader.settings import FLAGS, Settings, reading
from reader.settings.checking import Gathered
from reader.settings.known import TABLE, grouped
from reader.settings.setting import as_toml
from tests.thorough import examples

NAMES = st.sampled_from([*TABLE, "measur", "Measure", "keys", "x y", "", "\x1b[2J", "☃", '"', "a.b"])
LEAVES = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
    st.datetimes(),
    st.dates(),
    st.sampled_from(["auto", "space", "on_open", "mpv 'x", "when", "do"]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["when", "do", "name", "updated", "x", ""]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(NAMES, VALUES, max_size=5), st.sampled_from([None, Settings(measure=50, ruler=True)]))
@hypothesis_settings(max_examples=examples(30, 3000))
def test_any_value_for_any_name_is_taken_or_told_and_never_raises(tmp_path_factory, table, before):
    text = tomlkit.dumps(table)
    path = tmp_path_factory.getbasetemp() / "config.toml"
    path.write_text(text, newline="")
    found = settings.read(path, before)
    fallback = before or Settings()
    for name, setting in TABLE.items():
        value = getattr(found.settings, name)
        assert setting.kind == "table" or setting.fits(value)
        told = [one for one in found.problems if one.name == name]
        if name not in table:
            assert (value, told) == (getattr(fallback if not found.whole else Settings(), name), []) or not found.whole
        elif setting.kind != "table":
            assert (value == table[name] and not told) or (value == getattr(fallback, name) and len(told) == 1)
    assert all(str(one).isprintable() for one in found.problems)
    if found.whole:
        assert {one.name for one in found.problems} >= table.keys() - TABLE.keys()
        assert all(0 < one.line <= text.count("\n") + 1 for one in found.problems)


@given(st.sampled_from([*TABLE, "measur"]), st.text(max_size=30))
@hypothesis_settings(max_examples=examples(60, 3000))
def test_any_word_in_the_environment_or_a_flag_is_taken_or_told(name, word):
    for origin in ("environment", "flag"):
        gathered = Gathered()
        if origin == "flag":
            gathered.flags({name: word})
        else:
            gathered.environment({f"READER_{name.upper()}": word})
        found = gathered.loaded()
        assert (found.origin(name) == origin) or found.problems or name not in TABLE
        assert all(str(one).isprintable() for one in found.problems)


@pytest.mark.parametrize("name", [name for name, one in TABLE.items() if one.kind != "table"])
def test_a_default_written_down_is_the_default(tmp_path, name):
    path = tmp_path / "c.toml"
    path.write_text(f"{name} = {as_toml(TABLE[name].default)}\n")
    assert settings.load(path) == (Settings(), [])


def test_every_setting_has_a_group_and_one_sentence():
    for group, some in grouped():
        assert group
        for one in some:
            assert one.sentence[0].isupper()
            assert one.sentence.endswith(".")
            assert one.sentence.count(". ") == 0, one.name
            assert one.fits(one.default)
            assert one.kind not in {"whole", "number"} or one.least <= one.default <= one.most
            assert one.kind != "choice" or one.default in one.choices
    assert sorted(one.name for _, some in grouped() for one in some) == sorted(TABLE)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n\nmeasur = 60", 3, "did you mean measure?"),
        ("Line-Spacing = 1", 1, "did you mean line_spacing?"),
        ("x1z = 1", 1, "`reader config show` tells all there are"),
        ('theme = """\nmeasure = 1\n"""\nmeasure = 1', 4, "it stays 66"),
        ('player = [\n 1,\n]\nmark_read = "at-end"', 1, "player must be a command"),
        ("# c\nmark_read = 'at-end'", 2, 'did you mean "at_end"?'),
        ("[measure]\nx = 1", 1, "measure must be"),
        ('[[rules]]\nwhen="a"\ndo="hide"\n[[rules]]\nname = "b"\nwhen="x"\ndo="hid"', 7, "hid is nothing"),
        ('[[rules]]\nwhen="a"\ndo="hide"\n\n[[rules]]\ndo="hide"', 5, "when must be a query"),
        ('rules = [{when = "a", do = "x"}]', 1, "x is nothing"),
        ("measure.x = 1\nruler = 1", 1, "measure must be"),
    ],
)
def test_a_mistake_names_its_line_and_the_nearest_right_name(tmp_path, text, line, words):
    path = tmp_path / "c.toml"
    path.write_text(text)
    first = settings.read(path).problems[0]
    assert first.line == line
    assert words in first.words
    assert str(first).startswith(f"{path}, line {line}: ")


@pytest.mark.parametrize(
    "text",
    ["measure = " + "9" * 5000, "measure = 0x" + "f" * 5000, "rules = " + "[" * 5000 + "]" * 5000,
     'mark_read = "' + "x" * 100_000 + '"', "measure = nan", "measure = 1979-05-27", '"\\u001b[2J" = 1'],
)  # fmt: skip
def test_what_is_endless_or_drives_a_terminal_is_told_shortly(tmp_path, text):
    path = tmp_path / "c.toml"
    path.write_text(text)
    found = settings.read(path)
    (problem,) = found.problems
    assert found.settings == Settings()
    assert len(problem.words) < 300
    assert str(problem).isprintable()


def test_where_something_is_wrong_what_held_before_stays(tmp_path):
    path = tmp_path / "c.toml"
    path.write_text("measure = 7\nruler = true\nscroll_pace = 5")
    before = Settings(measure=50, scroll_pace=9, bold_lead=True)
    found = settings.read(path, before)
    assert found.settings == Settings(measure=50, ruler=True, scroll_pace=5)
    assert "it stays 50" in found.problems[0].words
    path.write_text("measure = ")
    found = settings.read(path, before)
    assert (found.settings, found.whole) == (before, False)
    assert "the settings stay as they were" in found.problems[0].words


def test_a_wrong_value_above_leaves_the_one_below(tmp_path, monkeypatch):
    path = tmp_path / "c.toml"
    path.write_text("measure = 60\n")
    monkeypatch.setenv("READER_MEASURE", "wide")
    found = settings.read(path)
    assert (found.settings.measure, found.origin("measure")) == (60, "file")
    assert str(found.problems[0]).endswith("not 'wide'; it stays 60")


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [
        ("ruler", "Yes", True), ("ruler", "0", False), ("measure", " 72 ", 72), ("mark_read_seconds", "1e1", 10.0),
        ("theme", "nord", "nord"), ("player", "", ""), ("player", "mpv --x", "mpv --x"), ("pictures", "off", "off"),
        ("rules", '[{when = "tide", do = "hide"}]', (settings.Rule("tide", ("hide",)),)),
    ],
)  # fmt: skip
def test_words_are_read_as_the_setting_is(tmp_path, monkeypatch, name, word, value):
    monkeypatch.setenv(f"READER_{name.upper()}", word)
    found = settings.read(tmp_path / "none.toml")
    assert found.problems == ()
    assert getattr(found.settings, name) == value


def test_a_start_without_settings_looks_nothing_up(tmp_path, monkeypatch):
    for name in [one for one in os.environ if one.startswith("READER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(FLAGS, "_given", {})
    monkeypatch.setattr(reading, "TYPE_CHECKING", False)
    monkeypatch.setitem(__import__("sys").modules, "reader.settings.checking", None)  # importing it fails
    assert settings.load(tmp_path / "none.toml") == (Settings(), [])


WORD = st.text(string.ascii_lowercase + "_-", min_size=1, max_size=6)


@given(
    st.dictionaries(
        WORD, st.sampled_from(["1", '"a # b"', "'''\n[x]\n'''", '[\n "]", # c\n 2]', "{a = 1}"]), max_size=6
    )
)
@hypothesis_settings(max_examples=examples(50, 1000))
def test_lines_of_keys_are_told_whatever_stands_between(table):
    from reader.settings.locating import lines

    written = [f"{name} = {value}" for name, value in table.items()]
    text = "# begin\n" + "\n\n".join(written) + "\n[[z.z]]\nb = 1\n[[z.z]]\nb = 2\n[z.z.c]\nd = 1\n"
    found = lines(text)
    for name, value in table.items():
        assert text.split("\n")[found[name,] - 1] == f"{name} = {value}".split("\n")[0]
    last = text.count("\n")
    assert found["z", "z", 0, "b"] == last - 4
    assert found["z", "z", 1, "b"] == last - 2
    assert found["z", "z", 1, "c", "d"] == last
