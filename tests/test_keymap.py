"""Keys: how they are written, which hold, and what is told of those that do not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as settled
from hypothesis import strategies as st
from textual.keys import _character_to_key

from reader import settings
from reader.commands import ALL, BY_ID, COMMANDS, PLACES, PRESETS, Command, default, of, shown
from reader.commands.keynames import KeyNameError, named, parsed
from reader.commands.listed import markdown, records
from reader.settings.keying import Keying, keys_of
from tests.thorough import examples

DOCS = Path(__file__).parent.parent / "docs"
WITHOUT = {
    "story.part",
    "view.ruler",
    "view.bold_lead",
    "view.spacing",
    "view.paragraphs",
    "view.guide",
    "view.theme",
}
"""Commands that are asked for by name, on purpose."""
OVER = {("newsboat", "J"), ("newsboat", "K")}
"""Keys that mean one thing in the article and another elsewhere, on purpose."""


def keymap(bound, preset="default"):
    return of(preset, bound)[0]


def wrong(bound, preset="default"):
    return of(preset, bound)[1]


# -- how keys are written


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("j", "j"),
        ("G", "G"),
        ("?", "question_mark"),
        ("^f", "ctrl+f"),
        ("^F", "ctrl+f"),
        ("ctrl+f", "ctrl+f"),
        ("Ctrl-F", "ctrl+f"),
        ("C-f", "ctrl+f"),
        ("alt+x", "alt+x"),
        ("M-x", "alt+x"),
        ("S-Tab", "shift+tab"),
        ("shift+a", "A"),
        ("Shift+Alt+Up", "alt+shift+up"),
        ("Space", "space"),
        ("Return", "enter"),
        ("PgDn", "pagedown"),
        ("Page_Up", "pageup"),
        ("F5", "f5"),
        ("↓", "down"),
        ("ctrl++", "ctrl+plus"),
        ("^", "circumflex_accent"),
        ("ctrl+i", "tab"),
        ("^[", "escape"),
        ("ctrl+h", "backspace"),
        ("gg", "g g"),
        ("g g", "g g"),
        ("  g   U ", "g U"),
        (",n", "comma n"),
        ("Esc q", "escape q"),
        ("é", "é"),
        ("§", "section_sign"),
    ],
)
def test_a_key_is_written_as_people_write_it(written, wanted):
    assert parsed(written) == wanted


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "it names no key"),
        ("pgdwn", "did you mean PgDn?"),
        ("ctrl+", "there is no key called ctrl+"),
        ("f99", "there is no key called f99"),
        ("\x1b", "there is no key called"),
        ("a b c d e", "a sequence of 5 keys; 4 are the most"),
    ],
)
def test_what_is_no_key_says_why(written, why):
    with pytest.raises(KeyNameError) as error:
        parsed(written)
    assert why in str(error.value)


def test_signs_are_named_as_textual_names_them():
    for code in range(33, 127):
        assert parsed(chr(code)) == _character_to_key(chr(code))


def test_every_key_of_ours_can_be_written_as_it_is_shown():
    for name in PRESETS:
        for command in of(name, {})[0].by_id.values():
            for key in (*command.keys, *command.article_keys):
                assert parsed(shown(key)) == key


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_key_or_says_why(written):
    try:
        key = parsed(written)
    except KeyNameError:
        return
    assert parsed(shown(key)) == key


# -- presets


def test_the_presets_are_those_that_are_told():
    assert list(PRESETS) == ["default", "newsboat", "arrows"]
    assert keys_of({})[0].preset in PRESETS


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_names_commands_and_keys_that_exist(preset):
    for name, keys in PRESETS[preset].items():
        assert name in BY_ID
        assert [parsed(key) for key in keys] == [named(key) for key in keys]


@pytest.mark.parametrize("preset", PRESETS)
def test_every_command_has_a_key_unless_meant(preset):
    held = keymap({}, preset)
    assert {command.id for command in held.commands if not held.keys_of(command.id)} == WITHOUT
    for place in ("sources", "notebook", "history"):
        assert all(command.keys for command in held.of_screen(place))


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_has_a_key_twice_in_a_place(preset):
    held = keymap({}, preset)
    for command in COMMANDS:
        wanted = PRESETS[preset].get(command.id, command.keys)
        places = {"both": ("list", "article")}.get(command.where, (command.where,))
        for place in places:
            for key in map(named, wanted):
                if (preset, key) not in OVER or place != "article":
                    assert held.places[place].get(key) == command.id, (command.id, key, place)


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_also_begins_a_sequence(preset):
    for keys in keymap({}, preset).places.values():
        for sequence in keys:
            parts = sequence.split(" ")
            assert not any(" ".join(parts[:count]) in keys for count in range(1, len(parts)))


def test_newsboat_users_find_their_keys():
    held = keymap({}, "newsboat")
    known = {
        "list": {
            "enter": "go.in", "q": "go.out", "Q": "quit", "r": "refresh.source", "R": "refresh.all",
            "A": "view.mark_all_read", "n": "unread.next", "p": "unread.previous", "N": "search.previous",
            "o": "article.open_in_browser", "ctrl+b": "article.toggle_bookmark", "E": "sources",
            "slash": "search", "question_mark": "help", "g": "view.sort", "G": "view.sort", "F": "view.filter",
            "ctrl+e": "article.tags", "ctrl+f": "go.up", "J": "cursor.down", "K": "cursor.up", "colon": "palette",
        },
        "article": {
            "q": "go.leave", "J": "article.next", "K": "article.previous", "space": "page.down", "b": "page.up",
            "u": "article.links", "number_sign": "article.links",
        },
    }  # fmt: skip
    for place, keys in known.items():
        assert {key: held.places[place].get(key) for key in keys} == keys


def test_arrows_need_no_letters():
    held = keymap({}, "arrows")
    for name in ("go.in", "go.back", "go.leave", "go.up", "cursor.down", "page.down", "unread.next", "search", "find",
                 "article.toggle_bookmark", "article.toggle_read", "article.note", "undo", "help", "palette", "quit",
                 "views.pane", "library.add", "views.leave", "sources.back", "notebook.back"):  # fmt: skip
        assert len(held.keys_of(name)[0]) > 1, name


# -- the user's own


def test_a_command_is_rebound_by_its_id_with_sequences_too():
    held = keymap({"undo": ["U", "g u"], "article.note": ["^n"]})
    assert held.keys_of("undo") == ("U", "g u")
    for place in ("list", "article"):
        assert held.at(place, "g u").id == "undo"
        assert held.at(place, "ctrl+n").id == "article.note"
        assert held.at(place, "a") is None
    assert wrong({"undo": ["U", "g u"]}) == []


def test_a_command_is_left_without_a_key():
    held = keymap({"view.sort": [], "view.filter": [""]})
    assert held.keys_of("view.sort") == held.keys_of("view.filter") == ()
    assert held.key("view.sort") == ": Sort"


def test_what_the_table_has_for_the_article_alone_follows():
    held = keymap({"view.zen": ["Z"]})
    assert held.at("list", "Z").id == held.at("article", "Z").id == "view.zen"
    assert held.at("article", "z") is None


def test_screens_follow_the_keys_of_the_articles():
    held = keymap({"cursor.down": ["ctrl+n"], "undo": ["ctrl+z"], "help": ["H"], "go.in": ["i"]})
    for place in ("sources", "notebook", "history", "views"):
        assert held.at(place, "ctrl+n").id == f"{place}.down"
    assert held.at("notebook", "ctrl+z").id == "notebook.undo"
    assert held.at("history", "H").id == "history.help"
    assert held.at("sources", "i").id == "sources.more"  # its own
    assert held.keys_of("sources.articles") == ("enter", "l", "right")  # so it keeps the usual ones


@pytest.mark.parametrize(
    ("bound", "told"),
    [
        ({"copy": ["r"]}, ["keys: r is for copy: refresh.source loses r and has no key left"]),
        ({"copy": ["r"], "refresh.source": []}, []),
        ({"view.filter": ["r"]}, ["keys: r is for view.filter: refresh.source has r only in the article"]),
        ({"find": ["r"], "view.filter": ["i"]}, ["keys: r is for find: refresh.source has r only in the list"]),
        (
            {"undo": ["u"], "redo": ["u"], "article.links": ["L"]},
            ["keys: u is for undo, which is written first: redo loses u and has no key left"],
        ),
        (
            {"story.part": ["m x"]},
            ["keys: mx is for story.part: article.toggle_read loses m and has no key left"],
        ),
        ({"undo": ["b"]}, ["keys: b is for undo: page.up loses b and keeps PgUp ^b"]),
        (
            {"undo": ["z"]},
            [
                (
                    "keys: z is for undo: fold.toggle loses za and has no key left; fold.all loses zM and has no key "
                    "left; fold.none loses zR and has no key left; 2 more that begin with it are lost"
                )
            ],
        ),
        ({"undoo": ["U"]}, ["keys: undoo is no command; did you mean undo?; `reader keys --json` lists all"]),
        ({"undo": ["pgdwn", "X"]}, ["keys: undo: there is no key called pgdwn; did you mean PgDn?"]),
        ({"undo": ["F1"]}, ["keys: undo: F1 cannot be given away: F1 always is for help"]),
        ({"undo": ["^q x"]}, ["keys: undo: ^q x cannot be given away: ^q always is for quit"]),
        ({"undo": ["^c"]}, ["keys: undo: ^c cannot be given away: ^c tells how to leave"]),
        ({"quit": []}, ["keys: quit has no key left; ^q always leaves the app"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_both_ids_and_what_holds(bound, told):
    assert wrong(bound) == told


def test_what_is_told_is_what_holds():
    held = keymap({"undo": ["u"], "redo": ["u"]})
    assert held.at("article", "u").id == "undo"
    held = keymap({"story.part": ["m x"]})
    assert held.at("list", "m") is None
    assert held.at("list", "m x").id == "story.part"
    assert keymap({"undo": ["pgdwn"]}).keys_of("undo") == ("U",)  # none of its keys was one: it keeps its own


def test_an_unknown_preset_is_told_and_the_default_holds():
    held, told = of("newsbaot", {"undo": ["X"]})
    assert told == [
        "keys: there is no preset called newsbaot; there are default, newsboat, arrows; did you mean newsboat?"
    ]
    assert (held.preset, held.keys_of("undo")) == ("default", ("X",))


def test_more_commands_have_keys_as_the_users_own():
    own = Command("commands.send", ("^x", "nokey"), "Send", "Sends it.")
    held, told = of("default", {"undo": ["^x"]}, [own])
    assert held.keys_of("undo") == ("ctrl+x",)
    assert told[0].startswith("keys: commands.send: there is no key called nokey")
    assert told[1:] == [
        "keys: ^x is for undo, which is written first: commands.send loses ^x and has no key left",
    ]
    assert of("default", {}, [own])[0].at("list", "ctrl+x").id == "commands.send"


KEYS = st.one_of(
    st.sampled_from([key for command in ALL for key in (*command.keys, "")]),
    st.text(max_size=5),
    st.sampled_from(["F1", "^p", "^q", "^c", "g", "z", "g g g", "Esc", "ctrl+alt+Del"]),
)
TABLES = st.dictionaries(
    st.one_of(st.sampled_from([*BY_ID, "preset"]), st.text(max_size=8)),
    st.one_of(KEYS, st.lists(KEYS, max_size=4), st.integers(), st.booleans(), st.dictionaries(st.text(), KEYS)),
    max_size=12,
)


@settled(max_examples=examples(40, 5000))
@given(TABLES)
def test_whatever_is_written_there_is_a_way_out_and_no_key_does_two_things(table):
    keying, _ = keys_of(table)
    held, told = of(keying.preset, dict(keying.bound))
    assert all(isinstance(line, str) and line.isprintable() for line in told)
    for place in PLACES:
        keys = held.places[place]
        assert held.at(place, "f1").id in ("help", f"{place}.help")
        assert held.at(place, "ctrl+p").id in ("palette", f"{place}.palette")
        assert not {"ctrl+q", "ctrl+c"} & keys.keys()
        assert not any(other.startswith(f"{key} ") for key in keys for other in keys)
    for command in held.by_id.values():
        for key in (*command.keys, *command.article_keys):
            assert any(held.places[place].get(key) == command.id for place in PLACES)
        assert held.key(command.id)


@settled(max_examples=examples(20, 2000))
@given(st.recursive(st.one_of(st.none(), st.integers(), st.text()), lambda one: st.dictionaries(st.text(), one)))
def test_whatever_stands_under_keys_is_read_or_told(table):
    keying, told = keys_of(table)
    assert isinstance(keying, Keying)
    assert all(isinstance(line, str) for line in told)


# -- the settings


def test_the_settings_hold_a_preset_and_keys(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(
        '[keys]\npreset = "arrows"\nundo = "U"\narticle.note = ["a", ""]\n"view.sort" = ""\n"go.in" = 3\n', "utf-8"
    )
    read, told = settings.load(path)
    assert read.keys == Keying("arrows", (("undo", ("U",)), ("article.note", ("a",)), ("view.sort", ())))
    assert told == [f'{path}, line 6: keys: go.in must be a key or a list of keys, such as ["g t", "^t"], not 3']
    path.write_text('keys = "arrows"\n', "utf-8")
    assert settings.load(path)[0].keys == Keying()
    assert "[keys]" in settings.load(path)[1][0]


# -- what is made of them


def test_all_that_is_told_of_keys_is_told_by_a_command_that_there_is():
    for held in (default(), keymap({"undo": ["^z"]}, "newsboat")):
        for one in records(held):
            assert "{" not in one["help"].replace("{ }", "")
    assert "^z takes it back" in keymap({"undo": ["^z"]}).told(BY_ID["view.mark_all_read"].help)
    assert default().told("{undo} and {no.such} and {}") == "U and {no.such} and {}"


def test_a_bar_does_not_end_a_cell():
    row = next(line for line in markdown([keymap({"undo": ["|"]})]).splitlines() if line.startswith("| `undo`"))
    assert "`\\|`" in row


def test_the_keys_of_the_page_are_understood():
    page = (DOCS / "keys.md").read_text("utf-8")
    table = tomllib.loads(page[page.index("```toml") + 7 : page.index("```", page.index("```toml") + 7)])
    keying, told = keys_of(table["keys"])
    held, more = of(keying.preset, dict(keying.bound))
    assert told == []
    assert [line for line in more if "no key called" in line or "no command" in line] == []
    assert held.keys_of("undo") == ("U", "g u") or "g u" in " ".join(more)
