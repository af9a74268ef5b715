"""`reader config`, READER_NAME and --set."""

from __future__ import annotations

import sys

import pytest

from reader import __main__, cli, settings
from reader.cli import overriding
from reader.settings import FLAGS, Settings
from reader.settings.known import TABLE

BROKEN = 'measure = 7\n\n# note\nmeasur = 60\n[[rules]]\nwhen = "is:nothing"\ndo = "hide"\n'


@pytest.fixture
def file(home):
    path = home / "config" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def whole(monkeypatch, run, capsys):
    """The command line as the program takes it, with what goes before the verb."""

    def command(*arguments):
        monkeypatch.setattr(sys, "argv", ["reader", *arguments])
        capsys.readouterr()
        status = __main__.main()
        taken = capsys.readouterr()
        return status, taken.out, taken.err

    monkeypatch.setattr(FLAGS, "_given", {})
    return command


def test_the_path_is_told(run, file):
    assert run("config", "path").out == f"{file}\n"


def test_values_are_shown_with_where_they_come_from(run, file, monkeypatch):
    file.write_text("# one\nmeasure = 60\nruler = true\ntheme = 'nord'\n")
    monkeypatch.setenv("READER_RULER", "no")
    monkeypatch.setattr(FLAGS, "_given", {"theme": "dracula", "pictures": "off"})
    shown = run("config", "show")
    assert (shown.status, shown.err) == (0, "")
    found = {line.split(" = ")[0]: line.split(" = ")[1].split("  # ") for line in shown.lines}
    assert set(found) == set(TABLE)
    found = {name: (value.strip(), origin) for name, (value, origin) in found.items()}
    assert found["measure"] == ("60", "file, line 2")
    assert found["ruler"] == ("false", "environment, READER_RULER")
    assert found["theme"] == ('"dracula"', "flag, --set")
    assert found["pictures"] == ('"off"', "flag, --set")
    assert found["scroll_pace"] == ("20", "default")
    assert len(run("config", "show", "measure", "theme").lines) == 2


def test_what_is_shown_is_json_too(run, file):
    file.write_text("\nmeasure = 60\n")
    found = {one["name"]: one for one in run("config", "show", "--json").json}
    assert set(found) == set(TABLE)
    measure = found["measure"]
    assert (measure["value"], measure["default"], measure["from"], measure["line"]) == (60, 66, "file", 2)
    assert (measure["least"], measure["most"], measure["unit"]) == (40, 100, "columns")
    assert found["mark_read"]["choices"] == ["on_open", "after_seconds", "at_end", "never"]
    assert found["ruler"]["line"] is None
    assert all(one["about"] for one in found.values())


def test_a_name_that_is_none_is_usage(run, file):
    shown = run("config", "show", "measur")
    assert (shown.status, shown.out) == (2, "")
    assert "did you mean measure?" in shown.err
    assert run("config", "paths").status == run("config").status == 2


def test_check_tells_each_mistake_with_its_line(run, file):
    assert (run("config", "check").status, run("config", "check").err) == (0, "")
    file.write_text(BROKEN)
    checked = run("config", "check")
    assert checked.status == 1
    first, second, third = checked.err.splitlines()
    assert f"{file}, line 1: measure must be a whole number of columns from 40 to 100, not 7; it stays 66" in first
    assert f"{file}, line 4: measur is no setting; did you mean measure?" in second
    assert f"{file}, line 6: rule “is:nothing”" in third
    assert run("config", "show").status == 1
    file.write_text("measure = = 3")
    assert "(at line 1, column 11)" in run("config", "check").err


def test_the_environment_is_checked_too(run, file, monkeypatch):
    monkeypatch.setenv("READER_MEASURE", "wide")
    monkeypatch.setenv("READER_MEASUR", "60")
    monkeypatch.setenv("READER_OF_ANOTHER_PROGRAM", "60")
    first, second = run("config", "check").err.splitlines()
    assert "READER_MEASURE: measure must be a whole number" in first
    assert "READER_MEASUR: there is no such setting; did you mean READER_MEASURE?" in second


def test_init_writes_a_file_and_never_over_one(run, home):
    made = run("config", "init")
    path = home / "config" / "config.toml"
    assert (made.status, made.out) == (0, f"{path}\n")
    assert settings.load(path) == (Settings(), [])
    path.write_text("ruler = true\n")
    again = run("config", "init")
    assert again.status == 1
    assert "is there already" in again.err
    assert path.read_text() == "ruler = true\n"


@pytest.fixture
def editor(monkeypatch, tmp_path):
    def use(code):
        program = tmp_path / "editor.py"
        program.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n{code}\n")
        monkeypatch.setenv("VISUAL", f"{sys.executable} '{program}'")

    return use


def test_edit_begins_a_file_and_checks_what_was_written(run, home, editor):
    editor("path.write_text(path.read_text().replace('#measure = 66', 'measure = 7'))")
    edited = run("config", "edit")
    assert edited.status == 1
    assert "measure must be a whole number" in edited.err
    assert "# The width of a line of text." in (home / "config" / "config.toml").read_text()
    editor("path.write_text('measure = 70')")
    assert run("config", "edit").status == 0
    editor("sys.exit(3)")
    assert "ended with status 3" in run("config", "edit").err


def test_edit_without_an_editor_says_so(run, home, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    edited = run("config", "edit")
    assert edited.status == 1
    assert "no editor is set" in edited.err
    assert not (home / "config").exists()


# -- --set


@pytest.mark.parametrize(
    "arguments",
    [
        ("--set", "measure=72", "config", "show", "measure"),
        ("config", "show", "--set=measure=72", "measure"),
        ("config", "show", "measure", "--set", "measure=50", "--set", "measure=72"),
    ],
)
def test_a_flag_stands_anywhere_and_the_last_one_counts(whole, file, monkeypatch, arguments):
    file.write_text("measure = 60\n")
    monkeypatch.setenv("READER_MEASURE", "61")
    assert whole(*arguments) == (0, "measure = 72  # flag, --set\n", "")


def test_flag_goes_before_environment_before_file_before_default(whole, file, monkeypatch):
    assert "66" in whole("config", "show", "measure")[1]
    file.write_text("measure = 60\n")
    assert "60" in whole("config", "show", "measure")[1]
    monkeypatch.setenv("READER_MEASURE", "61")
    assert "61" in whole("config", "show", "measure")[1]
    assert "62" in whole("config", "show", "measure", "--set", "measure=62")[1]


def test_what_is_behind_two_dashes_is_no_flag(monkeypatch):
    monkeypatch.setattr(FLAGS, "_given", {})
    ran = []
    assert overriding.main(["note", "4829", "--", "--set", "measure=1"], lambda rest: ran.append(rest) or 0) == 0
    assert (ran, FLAGS.given) == ([["note", "4829", "--", "--set", "measure=1"]], {})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("measure=wide", "measure must be a whole number of columns from 40 to 100, not 'wide'"),
        ("measur=60", "measur is no setting; did you mean measure?"),
        ("measure", "needs NAME=VALUE"),
        ("", "needs NAME=VALUE"),
        ("=3", "needs NAME=VALUE"),
        ("ruler=perhaps", "ruler must be true or false"),
        ("mark_read=atend", 'did you mean "at_end"?'),
        ("rules=5", "rules are written as [[rules]]"),
    ],
)
def test_a_wrong_flag_is_usage_and_nothing_is_run(whole, home, given, words):
    status, out, err = whole("list", "--set", given)
    assert (status, out) == (2, "")
    assert words in err
    assert not home.exists()


def test_the_app_takes_flags_too(whole, monkeypatch, home):
    seen = []
    monkeypatch.setattr(__main__, "open_app", lambda: seen.append(settings.load(settings.places().settings)) or 0)
    assert whole("--set", "words-a-minute=300", "--set", "ruler=yes")[0] == 0
    assert seen == [(Settings(words_a_minute=300, ruler=True), [])]


def test_the_first_picture_was_drawn_under_other_settings(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["reader", "--set", "measure=72"])
    monkeypatch.setattr("reader.ui.prelude.opening.paint", lambda: pytest.fail("it was painted"))
    assert __main__._first_picture() is None


def test_the_verb_is_told_by_the_help(run):
    assert "config" in cli.VERBS
    assert "reader config" in run("--help").out
    assert "--set NAME=VALUE" in run("--help").out
