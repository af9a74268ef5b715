"""Changing one setting in the user's own file."""

from __future__ import annotations

import os
import stat
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.preferring import PreferenceError, begin, changed, write
from reader.settings import Settings, load
from reader.settings.known import TABLE
from reader.settings.writing import begun
from reader.storage import files

TEXT = """\
# first of all
theme = 'nord'     # cold

  measure = 60     # narrow
# the last word

[[rules]]
when = "tide"      # by the sea
do = ["hide"]
"""

VALUES = st.sampled_from([
    ("measure", 72), ("ruler", True), ("theme", 'a "b" \\ ☃ \x7f'), ("mark_read_seconds", 0.5), ("player", "mpv 'x y'"),
])  # fmt: skip


def test_only_the_value_changes():
    assert changed(TEXT, "measure", 72) == TEXT.replace("measure = 60", "measure = 72")
    assert changed(TEXT, "theme", "nord") == TEXT.replace("'nord'", '"nord"')


def test_a_new_setting_stands_before_the_tables():
    made = changed(TEXT, "ruler", value=True)
    assert made.replace("ruler = true\n", "") == TEXT
    assert tomllib.loads(made) == tomllib.loads(TEXT) | {"ruler": True}


def test_a_line_that_waits_behind_a_sign_becomes_the_setting():
    made = changed(begun(), "measure", 72)
    assert made == begun().replace("#measure = 66", "measure = 72")
    assert changed('#theme = "x" # why\n', "theme", "y") == 'theme = "y" # why\n'
    assert changed("[rules]\n#measure = 66\n", "measure", 72) == "measure = 72\n\n[rules]\n#measure = 66\n"
    inside = 'theme = """\n#measure = 66\n"""\n'
    assert tomllib.loads(changed(inside, "measure", 72)) == {"theme": "#measure = 66\n", "measure": 72}


def test_a_setting_is_taken_out():
    assert changed(TEXT, "measure", None) == TEXT.replace("  measure = 60     # narrow\n", "")
    assert changed(TEXT, "ruler", None) == TEXT


@given(st.lists(VALUES, min_size=1, max_size=6), st.sampled_from(["", TEXT, begun(), TEXT.replace("\n", "\r\n")]))
def test_whatever_is_written_is_read_again_and_nothing_else_is_other(pairs, text):
    before = tomllib.loads(text)
    for name, value in pairs:
        text = changed(text, name, value)
    assert tomllib.loads(text) == before | dict(pairs)
    for line in TEXT.splitlines() if "first of all" in text else ():
        assert line.partition("#")[2] in text


def test_the_file_is_made_with_its_folder(tmp_path):
    path = tmp_path / "config" / "config.toml"
    write(path, "measure", 72)
    assert load(path) == (Settings(measure=72), [])
    assert sorted(one.name for one in path.parent.iterdir()) == ["config.toml"]


def test_a_value_that_cannot_be_is_not_written(tmp_path):
    with pytest.raises(PreferenceError, match="whole number"):
        write(tmp_path / "c.toml", "measure", 7)
    assert not (tmp_path / "c.toml").exists()


@pytest.mark.parametrize("text", ["measure = = 3", "a = 1\na = 2\n", b"\xff"])
def test_a_file_that_is_broken_stays_as_it_is(tmp_path, text):
    path = tmp_path / "c.toml"
    data = text if isinstance(text, bytes) else text.encode()
    path.write_bytes(data)
    with pytest.raises(PreferenceError, match="mend that first"):
        write(path, "measure", 72)
    assert path.read_bytes() == data


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_modes_and_links_stay(tmp_path):
    real, path = tmp_path / "dotfiles.toml", tmp_path / "c.toml"
    real.write_text(TEXT)
    real.chmod(0o644)
    path.symlink_to(real)
    write(path, "measure", 72)
    assert path.is_symlink()
    assert load(real)[0].measure == 72
    assert stat.S_IMODE(real.stat().st_mode) == 0o644
    real.chmod(0o444)
    with pytest.raises(PreferenceError, match="read-only"):
        write(path, "measure", 73)
    assert load(path)[0].measure == 72


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "c.toml"
    path.write_text(TEXT)

    def full(fd, data):
        os.write(fd, bytes(data)[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_all", full)
    with pytest.raises(PreferenceError, match="cannot be written: No space left"):
        write(path, "measure", 72)
    assert path.read_text() == TEXT
    assert [one.name for one in tmp_path.iterdir()] == ["c.toml"]


def test_what_is_there_is_not_begun_anew(tmp_path):
    path = tmp_path / "here" / "c.toml"
    begin(path)
    assert load(path) == (Settings(), [])
    path.write_text(TEXT)
    with pytest.raises(PreferenceError, match="is there already"):
        begin(path)
    assert path.read_text() == TEXT


def test_what_is_begun_tells_every_setting_and_is_right_once_the_signs_are_gone(tmp_path):
    text = begun()
    for name, setting in TABLE.items():
        assert f"\n#{name} = " in text or f"#[[{name}]]" in text or f"#[{name}" in text
        assert " ".join(setting.sentence.split()) in " ".join(text.replace("\n# ", " ").split())
    plain = "\n".join(line[1:] if line.startswith("#") and line[1:2] != " " else line for line in text.split("\n"))
    path = tmp_path / "c.toml"
    path.write_text(plain)
    made, wrong = load(path)
    assert wrong == []
    assert {name for name, one in TABLE.items() if getattr(made, name) != one.default} == {
        "rules",
        "commands",
        "hooks",
        "keys",
    }
