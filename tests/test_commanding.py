"""The user's own commands and hooks, as they are written in the settings."""

import pytest

from reader import settings
from reader.settings import Hook, OwnCommand


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "config.toml"
        path.write_text(text)
        chosen, wrong = settings.load(path)
        return chosen, [one.removeprefix(f"{path}: ") for one in wrong]

    return read


def test_commands_and_hooks_are_read(read):
    chosen, wrong = read("""
        command_seconds = 5
        [commands.count]
        run = "wc -w 'a file' $HOME ;"
        [commands.send]
        title = " To my   pocket "
        key = "g  p"
        run = ["pocket", "--tag", "from reader"]
        input = "json"
        output = "note"
        where = "article"
        [commands.less]
        run = ["less"]
        terminal = true
        [hooks]
        read = ["a", "b c"]
        added = "d 'e f'"
    """)
    assert wrong == []
    assert chosen.command_seconds == 5
    assert chosen.commands == (
        OwnCommand("count", ("wc", "-w", "a file", "$HOME", ";")),
        OwnCommand(
            "send", ("pocket", "--tag", "from reader"), "To my pocket", "g p", "json", "note", "article", terminal=False
        ),
        OwnCommand("less", ("less",), output="none", terminal=True),
    )
    assert chosen.hooks == (Hook("read", ("a", "b c")), Hook("added", ("d", "e f")))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[commands.x]\nrun = ["a"]\ninptu = "json"', "inptu is nothing that a command has; it has run, title, key,"),
        ('[commands.x]\nrun = ["a"]\ninptu = "json"', "did you mean input?; it is left out"),
        ('[commands.x]\nrun = ["a"]\ninput = "jsn"', "input must be one of markdown, text, json, url, none, not 'jsn'"),
        ('[commands.x]\nrun = ["a"]\ninput = "jsn"', "did you mean json?"),
        ('[commands.x]\nrun = ["a"]\noutput = 3', "output must be one of toast, pager, note, article, none, not 3"),
        ('[commands.x]\nrun = ["a"]\nwhere = "views"', "where must be one of both, list, article"),
        ("[commands.x]\nrun = []", "run must be a list of arguments"),
        ('[commands.x]\nrun = [""]', "run must be a list of arguments"),
        ('[commands.x]\nrun = ["a", 1]', "run must be a list of arguments"),
        ('[commands.x]\nrun = ["a\\u0000"]', "run must be a list of arguments"),
        ('[commands.x]\nrun = "a \'"', "run must be a list of arguments"),
        ('[commands.x]\nrun = "  "', "run must be a list of arguments"),
        ('[commands.x]\ntitle = "a"', "run must be a list of arguments"),
        ('[commands.x]\nrun = ["a"]\ntitle = "a\\u001bb"', "title must be a text of one line"),
        ('[commands.x]\nrun = ["a"]\nkey = 3', "key must be a key"),
        ('[commands.x]\nrun = ["a"]\nkey = "a b c d e"', "key must be a key"),
        ('[commands.x]\nrun = ["a"]\nterminal = "yes"', "terminal must be true or false"),
        ('[commands.x]\nrun = ["a"]\nterminal = true\noutput = "note"', 'output must be "none" or be left out'),
        ('[commands."x\')"]\nrun = ["a"]', "its name may have letters, digits, - and _ only"),
        ("[commands.é]\nrun = ['a']".replace("é", '"é"'), "its name may have letters"),
        ('commands = ["a"]', "commands are written as [commands.NAME], with run under it"),
        ('[commands]\nx = "a"', "commands are written as [commands.NAME], with run under it"),
        (
            '[hooks]\nreed = ["a"]',
            "hook reed: there is no such event; there are read, bookmark, note, added, refreshed",
        ),
        ('[hooks]\nreed = ["a"]', "did you mean read?"),
        ("[hooks]\nread = 3", "hook read: it must be a list of arguments"),
        ("hooks = 1", "hooks are written under [hooks]"),
        ("command_seconds = 0", "command_seconds must be a whole number of seconds from 1 to 3600, not 0"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_works(read, table, said):
    rest = '\n[commands.good]\nrun = ["true"]\n' if "commands =" not in table and "[commands]" not in table else ""
    chosen, wrong = read(table + rest)
    assert [one for one in wrong if said in one], wrong
    assert [one.name for one in chosen.commands] == (["good"] if rest else [])
    assert chosen.hooks == ()


def test_there_may_be_a_hundred_commands(read):
    chosen, wrong = read("".join(f'[commands.c{number}]\nrun = ["a"]\n' for number in range(101)))
    assert len(chosen.commands) == 100
    assert [one.partition(", line 201: ")[2] for one in wrong] == ["command c100: there may be 100; it is left out"]
