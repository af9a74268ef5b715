"""Directories and preferences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import settings
from reader.settings import Places, Rule, Settings


def load(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return settings.load(path)


def test_reader_home_holds_everything(monkeypatch, tmp_path):
    monkeypatch.setenv("READER_HOME", str(tmp_path / "here"))
    places = settings.places()
    assert places == Places(tmp_path / "here" / "config", tmp_path / "here" / "data")
    for path in (places.marks, places.library, places.lock):
        assert path.parent == places.data
    assert places.settings.parent == places.config


def test_without_it_the_platform_says(monkeypatch, tmp_path):
    monkeypatch.delenv("READER_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    places = settings.places()
    assert tmp_path in places.data.parents
    assert tmp_path in places.config.parents
    assert places.data != places.config


def test_a_home_may_begin_with_a_tilde_or_be_relative(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("READER_HOME", "~/mine")
    assert settings.places().data == tmp_path / "mine" / "data"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("READER_HOME", "mine")
    assert settings.places().data == tmp_path / "mine" / "data"


def test_no_file_means_the_defaults(tmp_path):
    assert settings.load(tmp_path / "config.toml") == (Settings(), [])


def test_all_can_be_set(tmp_path):
    text = 'mark_read = "at_end"\nmark_read_seconds = 2\nmeasure = 72\ntheme = "reader-light"\n'
    assert load(tmp_path / "c.toml", text) == (Settings("at_end", 2, 72, "reader-light"), [])


def test_how_the_text_is_set_and_the_own_programs(tmp_path):
    text = (
        "words_a_minute = 50\nline_spacing = 2\nparagraphs = 'indent'\nruler = true\nbold_lead = true\n"
        "scroll_pace = 600\ndictionary = \"dict -d 'all of them'\"\nspeech = 'say'\npictures = 'off'\n"
    )
    wanted = Settings(
        words_a_minute=50, line_spacing=2, paragraphs="indent", ruler=True, bold_lead=True, scroll_pace=600,
        dictionary="dict -d 'all of them'", speech="say", pictures="off",
    )  # fmt: skip
    assert load(tmp_path / "c.toml", text) == (wanted, [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('mark_read = "sometimes"', ["mark_read", "on_open", "'sometimes'"]),
        ("feed_megabytes = 17", ["feed_megabytes", "from 1 to 16"]),
        ("feed_megabytes = 0", ["feed_megabytes", "from 1 to 16"]),
        ("mark_read = 5", ["mark_read", "never"]),
        ("mark_read = []", ["mark_read", "never"]),
        ("mark_read_seconds = -1", ["mark_read_seconds", "0 to 3600"]),
        ("mark_read_seconds = nan", ["mark_read_seconds"]),
        ("mark_read_seconds = true", ["mark_read_seconds"]),
        ('mark_read_seconds = "5"', ["mark_read_seconds"]),
        ("measure = 10", ["measure", "40 to 100"]),
        ("measure = 60.5", ["measure"]),
        ("measure = 60.0", ["measure"]),
        ("measure = true", ["measure"]),
        ("words_a_minute = 49", ["words_a_minute", "a whole number of words from 50 to 1000", "49"]),
        ("words_a_minute = 1001", ["from 50 to 1000"]),
        ("line_spacing = 3", ["line_spacing", "from 0 to 2"]),
        ("line_spacing = -1", ["from 0 to 2"]),
        ("line_spacing = true", ["from 0 to 2"]),
        ("scroll_pace = 0", ["scroll_pace", "from 1 to 600"]),
        ("scroll_pace = 20.0", ["from 1 to 600"]),
        ("paragraphs = 'none'", ["paragraphs", "one of space, indent"]),
        ("pictures = true", ["pictures", "one of auto, blocks, off"]),
        ("ruler = 1", ["ruler", "true or false"]),
        ("bold_lead = 'yes'", ["bold_lead", "true or false"]),
        ("dictionary = 'dict \"'", ["dictionary", 'a command, such as "dict"']),
        ("speech = 7", ["speech", 'a command, such as "espeak-ng --stdin"']),
        ("theme = 3", ["theme"]),
        ("measur = 60", ["measur is no setting", "measure"]),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_counts(tmp_path, line, words):
    made, wrong = load(tmp_path / "c.toml", f'theme = "nord"\n{line}\n' if "theme" not in line else line)
    assert made == (Settings(theme="nord") if "theme" not in line else Settings())
    assert len(wrong) == 1
    assert all(word in wrong[0] for word in [*words, "c.toml"])


@pytest.mark.parametrize("text", ["measure =", b"\xff\xfe", "[table", "a = 1\na = 2"])
def test_a_broken_file_means_the_defaults_and_is_told(tmp_path, text):
    made, wrong = load(tmp_path / "c.toml", text)
    assert made == Settings()
    assert len(wrong) == 1
    assert "the defaults are used" in wrong[0]


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    made, wrong = settings.load(tmp_path)
    assert made == Settings()
    assert "Is a directory" in wrong[0]


@given(st.binary(max_size=60))
def test_no_file_ever_raises(tmp_path_factory, data):
    made, wrong = load(tmp_path_factory.getbasetemp() / "any.toml", data)
    assert isinstance(made, Settings)
    assert isinstance(wrong, list)


RULE = (
    '[[rules]]\nname = "ads"\nwhen = "title:sponsored"\ndo = ["Mark  read", "tag  Ads, old", "hide"]\nupdated = true\n'
)


def test_rules_are_read_in_their_order(tmp_path):
    made, wrong = load(tmp_path / "c.toml", f'theme = "nord"\n{RULE}[[rules]]\nwhen = "tide"\ndo = "bookmark"\n')
    assert wrong == []
    assert made.rules == (
        Rule("title:sponsored", ("mark read", "tag Ads, old", "hide"), "ads", updated=True),
        Rule("tide", ("bookmark",)),
    )
    assert [rule.called for rule in made.rules] == ["ads", "tide"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("rules = 5", ["[[rules]]"]),
        ("rules = [5]", ["[[rules]]"]),
        ('[[rules]]\ndo = ["hide"]', ["rule 1", "when must be a query"]),
        ('[[rules]]\nwhen = " "\ndo = ["hide"]', ["when must be a query"]),
        ('[[rules]]\nname = "x"\nwhen = "tide"', ["rule “x”", "do must be a list"]),
        ('[[rules]]\nwhen = "tide"\ndo = []', ["do must be a list"]),
        ('[[rules]]\nwhen = "tide"\ndo = ["hide", 3]', ["do must be a list"]),
        ('[[rules]]\nwhen = "tide"\ndo = ["mark raed"]', ["mark raed is nothing", "did you mean mark read?"]),
        ('[[rules]]\nwhen = "tide"\ndo = ["delete"]', ["delete is nothing that a rule does", "hide"]),
        ('[[rules]]\nwhen = "tide"\ndo = ["tag "]', ["tag is nothing", "did you mean tag NAME?"]),
        (
            '[[rules]]\nwhen = "tide"\ndo = ["hide"]\nwhne = 1',
            ["whne is nothing that a rule has", "did you mean when?"],
        ),
        ('[[rules]]\nwhen = "tide"\ndo = ["hide"]\nname = 3', ["name must be a text"]),
        ('[[rules]]\nwhen = "tide"\ndo = ["hide"]\nupdated = 1', ["updated must be true or false"]),
    ],
)
def test_a_rule_that_is_wrong_is_told_and_left_out(tmp_path, rule, words):
    good = "" if rule.startswith("rules") else RULE
    made, wrong = load(tmp_path / "c.toml", f"{rule}\n{good}")
    assert len(made.rules) == bool(good)
    assert len(wrong) == 1
    assert all(word in wrong[0] for word in [*words, "c.toml"])
