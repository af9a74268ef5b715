"""The user's own commands in the app, the pipe, and hooks that complain."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from textual.app import App

from reader.model.article import READ
from reader.settings import OwnCommand
from reader.ui.dialogs.help import matching
from reader.ui.screens import own, own_results
from tests.invented import fill, harbours
from tests.programs import HANGS, TELLS, Program, gone
from tests.ui.driving import QUIET, reading

FIRST = "The pilot who never learned to swim"


@pytest.fixture
def filled(places):
    fill(places, harbours())
    return places


@pytest.fixture
def program(tmp_path):
    def written(text: str = "", name: str = "program") -> Program:
        return Program(tmp_path, TELLS + text, name)

    return written


def with_command(program: object, more: int = 60, **given):
    one = OwnCommand("mine", (str(program), "-x", "$READER_TITLE"), "My own", "f5", **given)
    return replace(QUIET, commands=(one,), command_seconds=more)


def with_commands(program: object, **keys):
    """Give settings with a command for each key, named as its output or input is."""
    made = [
        OwnCommand(f"c{key}", (str(program),), next(iter(given.values())), key, **given) for key, given in keys.items()
    ]
    return replace(QUIET, commands=tuple(made))


# -- what it is given, and what becomes of what it says


async def test_what_it_says_is_told_in_passing(filled, program):
    one = program("print('Two \\x1b[31mwords\\nand [@click=app.quit]more[/]')")
    async with reading(filled, with_command(one)) as it:
        await it.press("f5")
        assert it.said == ["Two words\nand [@click=app.quit]more[/]"]
        ((arguments, data, told),) = one.told
        assert arguments == ["-x", "$READER_TITLE"]
        assert data.startswith(f"# {FIRST}\n\n*Ines Calloway · Harbours")
        assert (told["READER_TITLE"], told["READER_AUTHOR"]) == (FIRST, "Ines Calloway")
        assert told["READER_ID"] == str(it.screen.row.id)
        assert "READER_EVENT" not in told


async def test_it_gets_the_article_as_it_wants_it(places, program):
    page = harbours()
    fill(places, replace(page, entries=(replace(page.entries[0], url="https://sea.example/pilot"), *page.entries[1:])))
    one = program("print('so')")
    forms = {"f5": "text", "f6": "json", "f7": "url", "f8": "none"}
    async with reading(places, with_commands(one, **{key: {"input": form} for key, form in forms.items()})) as it:
        await it.press("enter")
        for key in forms:
            await it.press(key)
        text, article, url, nothing = (data for _, data, _ in one.told)
        assert text.startswith(f"{FIRST}\n\nThe tide")
        assert url == "https://sea.example/pilot\n"
        assert nothing == ""
        assert json.loads(article)["title"] == FIRST
        assert json.loads(article)["notes"] == []
        assert json.loads(article)["markdown"]
        assert {told["READER_URL"] for _, _, told in one.told} == {"https://sea.example/pilot"}


async def test_a_long_answer_is_told_in_part(filled, program):
    async with reading(filled, with_command(program("[print('line', n, 'x' * 20) for n in range(99)]"))) as it:
        await it.press("f5")
        (said,) = it.said
        assert said.startswith("line 0 ")
        assert said.endswith(" …")
        assert said.count("\n") == 7


async def test_what_it_says_is_shown_at_length(filled, program):
    one = program("[print('line', n) for n in range(99)]; print('the \\x07end')")
    async with reading(filled, with_command(one, output="pager")) as it:
        await it.press("f5")
        assert it.dialogue == "ToldScreen"
        assert "My own" in it.seen()
        assert "line 0" in it.seen()
        await it.press("G")
        assert "the end" in it.seen()
        await it.press("escape")
        assert it.dialogue == ""


async def test_what_it_says_becomes_part_of_the_note(filled, program):
    async with reading(filled, with_command(program("print('Said \\x1b[1mso.\\n\\n')"), output="note")) as it:
        await it.press("f5")
        assert it.note() == "Said so."
        await it.press("f5")
        assert it.note() == "Said so.\n\nSaid so."
        assert it.said == ["My own: added to the note. U takes it back."]
        await it.press("U")
        assert it.note() == "Said so."
        await it.press("U")
        assert it.note() == ""


async def test_a_note_is_bounded(filled, program, monkeypatch):
    monkeypatch.setattr(own_results, "NOTE", 10)
    async with reading(filled, with_command(program("print('x' * 99)"), output="note")) as it:
        await it.press("f5")
        assert it.note() == "x" * 9 + "…"
        assert it.said == ["My own: added to the note. It is long: 10 characters of it are kept. U takes it back."]


async def test_what_it_says_becomes_an_article(filled, program):
    again = "os.path.exists(__file__ + '.2')"
    one = program(f"print('## Summary\\n\\nIt is *short*, run', {again})\nopen(__file__ + '.2', 'w')")
    async with reading(filled, with_command(one, output="article")) as it:
        await it.press("f5")
        assert it.said == ["My own: 1 new"]
        await it.press("f5")
        assert it.said == ["My own: nothing new, 1 updated"]
        await it.press("1")
        rows = it.library.shelf.rows(it.library.shelf.listing().keys)
        (made,) = (row for row in rows if row.source == "My own")
        assert (made.title, made.others) == (f"My own: {FIRST}", ())
        assert len(rows) == 11
        article = it.library.cache.article(made.key)
        assert "It is *short*, run True" in article.text


async def test_one_that_says_nothing(filled, program):
    outputs = {"f5": "none", "f6": "toast", "f7": "note", "f8": "article", "f9": "pager"}
    settings = with_commands(program("print()"), **{key: {"output": output} for key, output in outputs.items()})
    async with reading(filled, settings) as it:
        for key, said in (
            ("f5", "none: done."),
            ("f6", "toast: done."),
            ("f7", "note: done. It said nothing."),
            ("f8", "article: done. It said nothing."),
        ):
            await it.press(key)
            assert it.said == [said]
            assert it.note() == ""
        await it.press("f9")
        assert "program said nothing." in it.seen()


async def test_too_much_is_cut_and_that_is_told(filled, program):
    one = program("sys.stdout.write('word ' * 300_000)")
    async with reading(filled, with_commands(one, f5={"output": "pager"}, f6={"output": "toast"})) as it:
        await it.press("f5")
        await it.press("G")
        assert "It said more than 1 MiB; the rest is left out." in it.seen()
        await it.press("escape", "f6")
        assert it.said[0].endswith("It said more than 1 MiB; the rest is left out.")


async def test_one_that_wants_the_terminal_gets_it(filled, program, monkeypatch):
    from contextlib import contextmanager

    suspended = []

    @contextmanager
    def suspend(_):
        suspended.append("in")
        yield
        suspended.append("out")

    monkeypatch.setattr(App, "suspend", suspend)
    one = program("sys.exit(2)")
    async with reading(filled, with_command(one, output="none", terminal=True)) as it:
        await it.press("f5")
        assert suspended == ["in", "out"]
        assert it.said == ["My own: program ended with 2."]
        ((arguments, data, told),) = one.told
        assert arguments == ["-x", "$READER_TITLE"]
        assert data.startswith(f"# {FIRST}")
        assert told["READER_TITLE"] == FIRST
    async with reading(filled, with_command("no-such-program", output="none", terminal=True)) as it:
        await it.press("f5")
        assert it.said == ["My own: no-such-program: No such file or directory."]


# -- what goes wrong


async def test_one_that_fails_is_told_with_its_last_complaint(filled, program):
    one = program("print('half'); print('first\\nno \\x1b[31mroom', file=sys.stderr); sys.exit(4)")
    async with reading(filled, with_command(one, output="note")) as it:
        await it.press("f5")
        assert it.said == ["My own: program ended with 4: no room."]
        assert it.note() == ""
        assert not it.screen.own.hint
    async with reading(filled, with_command("no-such-program")) as it:
        await it.press("f5")
        assert it.said == ["My own: no-such-program is not found on this computer."]


async def test_one_that_hangs_is_told_of_stopped_by_esc_and_alone(filled, program):
    one = program(HANGS)
    async with reading(filled, with_command(one)) as it:
        await it.pilot.press("f5")
        await it.until(lambda: one.pid, "the program")
        assert "running My own … Esc stops it" in it.of(it.keys)
        await it.pilot.press("j", "f5")
        await it.until(lambda: it.said, "the refusal")
        assert it.said == ["My own is still running. Esc stops it."]
        assert it.title != FIRST
        await it.press("escape")
        gone(one.pid)
        assert it.said == ["My own was stopped."]
        assert "running" not in it.of(it.keys)
        await it.press("k")
        assert it.title == FIRST


async def test_one_that_hangs_is_ended_when_its_time_is_over(filled, program):
    one = program(HANGS)
    async with reading(filled, with_command(one, 1)) as it:
        await it.press("f5")
        assert it.said == ["My own: program was ended after 1 seconds."]
        assert not one.pid or gone(one.pid) is None


@pytest.mark.parametrize("output", ["toast", "pager"])
async def test_leaving_the_app_ends_what_runs(filled, program, output):
    one = program(f"signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{HANGS}")
    async with reading(filled, with_command(one, output=output)) as it:
        await it.pilot.press("f5")
        await it.until(lambda: one.pid, "the program")
    gone(one.pid)


async def test_closing_the_dialogue_ends_what_runs(filled, program):
    one = program(HANGS)
    async with reading(filled, with_command(one, output="pager")) as it:
        await it.pilot.press("f5")
        await it.until(lambda: one.pid, "the program")
        assert "Running program… Esc stops it." in it.seen()
        await it.press("escape")
        gone(one.pid)
        assert it.dialogue == ""


async def test_where_nothing_can_be_kept_nothing_is_run(filled, program):
    one = program("print('x')")
    async with reading(filled, with_command(one, output="note"), preview=harbours(), location="-") as it:
        await it.press("f5")
        assert it.said == ["This is not in the library yet: + keeps it, then it can be marked."]
        assert one.told == []


# -- marked rows, keys, names


async def test_it_runs_for_each_marked_row_one_after_the_other(filled, program, monkeypatch):
    one = program("print('noted')")
    async with reading(filled, with_command(one, output="note")) as it:
        await it.press("V", "V", "f5")
        titles = it.titles[:2]
        assert [told["READER_TITLE"] for _, _, told in one.told] == titles
        assert it.said == ["My own: done for 2 articles."]
        assert [bool(it.flags(title) & 4) for title in it.titles[:3]] == [True, True, False]
        monkeypatch.setattr(own, "ROWS", 1)
        await it.press("f5")
        assert it.said == ["Mark less: a command runs for up to 1 rows."]


async def test_one_that_fails_leaves_the_other_rows(filled, program):
    one = program("sys.exit(1)")
    async with reading(filled, with_command(one)) as it:
        await it.press("V", "V", "f5")
        assert it.said == ["My own: program ended with 1. 2 of 2 articles are left."]
        assert len(one.told) == 1


async def test_it_has_a_sequence_a_pane_and_is_found_by_its_name(filled, program):
    one = program("print('yes')")
    commands = (
        OwnCommand("seq", (str(one),), "In sequence", "g p"),
        OwnCommand("inside", (str(one),), "Inside", "f6", where="article"),
        OwnCommand("bare", (str(one),)),
        OwnCommand("taken", (str(one),), "Taken", "m"),
    )
    async with reading(filled, replace(QUIET, commands=commands), size=(180, 40)) as it:
        clash = "command taken: key m is Read or unread (article.toggle_read) already."
        assert it.said == [f"{clash} It has no key; : finds it"]
        await it.press("g")
        assert "gp in sequence" in it.of(it.keys)
        await it.press("p")
        assert it.said == ["yes"]
        await it.press("f6")
        assert len(one.told) == 1
        await it.press("enter", "f6")
        assert len(one.told) == 2
        await it.press("escape", "m")
        assert it.flags(it.titles[0]) & READ
        assert len(one.told) == 2
        assert [command.name for command in matching("command.taken", it.screen.keymap)] == ["Taken"]
        await it.press("?")
        await it.type("sequen")
        assert "In sequence" in it.seen()
        await it.press("escape", ":")
        await it.type("bare")
        await it.until(lambda: "bare" in it.seen(), "the palette")
        await it.press("enter")
        await it.until(lambda: len(one.told) == 3, "the command")
        await it.rest()


# -- any program


async def test_the_article_is_given_to_any_program(filled, program, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = program("print('It has', 3, 'words')")
    async with reading(filled) as it:
        await it.press("|")
        assert it.dialogue == "PipeScreen"
        assert "No shell sees this" in it.question
        assert it.question.endswith("as Markdown.")
        await it.type("./program 'a b' $HOME;x > y *\n")
        assert it.dialogue == "ToldScreen"
        assert "It has 3 words" in it.seen()
        ((arguments, data, told),) = one.told
        assert arguments == ["a b", "$HOME;x", ">", "y", "*"]
        assert data.startswith(f"# {FIRST}")
        assert told["READER_TITLE"] == FIRST
        await it.press("escape")


async def test_as_what_it_is_given_can_be_chosen_and_what_was_typed_comes_back(filled, program, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = program("print('yes')")
    async with reading(filled) as it:
        await it.press("|", "tab", "tab")
        assert it.question.endswith("as JSON.")
        await it.type("./program 1\n")
        await it.press("escape", "|")
        assert it.question.endswith("as JSON.")
        await it.press("shift+tab")
        await it.type("./program 2\n")
        await it.press("escape", "|")
        await it.type("new")
        await it.press("up", "up", "up")
        line = it.app.screen.query_one("Input")
        assert line.value == "./program 1"
        await it.press("down", "down")
        assert line.value == "new"
        await it.press("up", "enter")
        assert [arguments for arguments, _, _ in one.told] == [["1"], ["2"], ["2"]]
        assert [data[:1] for _, data, _ in one.told] == ["{", "T", "T"]
        await it.press("escape")


async def test_what_cannot_be_run_is_told(filled):
    async with reading(filled) as it:
        await it.press("|")
        await it.type("wc 'a\n")
        assert it.said == ["This cannot be parted into arguments: No closing quotation."]
        await it.press("|", "enter")
        assert it.dialogue == ""
        await it.press("|")
        await it.type("no-such-program\n")
        assert "no-such-program is not found on this computer." in it.seen()
        await it.press("escape")


# -- hooks


async def test_a_hook_is_run_beside_the_app_and_its_failure_told(filled, program):
    one = program("sys.exit('no network')")
    filled.config.mkdir(parents=True, exist_ok=True)
    filled.settings.write_text(f"[hooks]\nread = [{str(one)!r}]\n")
    async with reading(filled) as it:
        await it.press("m")
        assert it.flags(FIRST) & READ
        await it.until(lambda: it.said, "the complaint")
        assert it.said == ["hook read: program ended with 1: no network"]
        assert one.given[0]["articles"][0]["title"] == FIRST
        await it.press("U")
        assert not it.flags(FIRST) & READ
    assert len(one.told) == 1
