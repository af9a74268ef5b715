"""The user's own programs: words looked up, the article read aloud."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import stat
import sys
from dataclasses import replace

import pytest

from reader.model.article import Entry
from reader.model.document import Block, Passage, Point, Span
from reader.model.spoken import spoken
from reader.ui.actions import programs
from reader.ui.actions.programs import Program, ProgramError
from tests.invented import essay, fill, listing
from tests.ui.driving import QUIET, reading


@pytest.fixture
def long(places):
    """A library with one long text."""
    fill(places, essay(paragraphs=30))
    return places


@pytest.fixture
def program(tmp_path):
    """Write a program in Python, and give the command that runs it."""

    def written(text: str, name: str = "program") -> str:
        path = tmp_path / name
        path.write_text(f"#!{sys.executable}\nimport os, signal, sys, time\n{text}")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return written


def select(it, monkeypatch, start: Point, end: Point) -> None:
    monkeypatch.setattr(type(it.screen.selecting), "passage", property(lambda _: Passage(start, end)))


# -- words looked up


async def test_without_a_dictionary_it_is_told_how_to_name_one(long):
    async with reading(long) as it:
        await it.press("enter", "D")
        assert it.said == ['Name a dictionary in config.toml, as in: dictionary = "dict"']


async def test_selected_words_are_looked_up(long, program, monkeypatch):
    command = program("print(sys.argv[1:], sys.stdin.read(), os.environ['READER_TEXT'], sep='|')")
    async with reading(long, replace(QUIET, dictionary=f"{command} -d 'all of them'")) as it:
        await it.press("enter")
        select(it, monkeypatch, Point(0, 4), Point(0, 13))
        await it.press("D")
        assert it.dialogue == "ToldScreen"
        words = it.screen.opened.document.blocks[0].text[4:13]
        assert f"['-d', 'all of them', '{words}']|{words}|{words}" in it.seen()
        await it.press("escape")
        assert it.dialogue == ""


async def test_words_selected_by_keys_are_looked_up_and_copied(long, program):
    async with reading(long, replace(QUIET, dictionary=program("print('It is', sys.argv[1:])"))) as it:
        await it.press("enter", "v", "w")
        passage = it.screen.selecting.passage
        words = it.screen.opened.document.said(passage)
        assert len(words.split()) == 2
        await it.press("D")
        assert f"It is {[words]}" in it.seen()
        await it.press("escape")
        if it.screen.selecting.passage != passage:
            await it.press("v", "w")
        await it.press("y")
        assert it.app.clipboard == words


async def test_the_first_word_is_looked_up_at_once(long, program):
    async with reading(long, replace(QUIET, dictionary=program("print('It is', sys.argv[1:])"))) as it:
        word = it.screen.opened.document.blocks[0].text.split()[0]
        await it.press("enter", "v", "D")
        assert f"It is {[word]}" in it.seen()


async def test_without_a_selection_a_word_is_asked_for(long, program):
    command = program("print('It is', sys.argv[1:])")
    async with reading(long, replace(QUIET, dictionary=command)) as it:
        await it.press("enter", "D")
        assert it.dialogue == "LineScreen"
        assert "Enter looks it up · Esc leaves it" in it.seen()
        await it.type("pier\n")
        assert "It is ['pier']" in it.seen()
        await it.press("escape", "D")
        await it.type("--output=x\n")
        assert "It is []" in it.seen()
        await it.press("escape", "D")
        await it.type("$(id) `id`\n")
        assert "It is []" in it.seen()
        await it.press("escape", "D", "enter")
        assert it.dialogue == ""


async def test_too_many_words_are_not_looked_up(long, program, monkeypatch):
    async with reading(long, replace(QUIET, dictionary=program("print('no')"))) as it:
        await it.press("enter")
        select(it, monkeypatch, Point(0, 0), Point(1, 100))
        await it.press("D")
        assert it.said == ["Select less: up to 200 characters can be looked up."]


async def test_an_answer_is_shown_as_text_whatever_it_holds(long, program):
    text = "\x1b]52;c;aGk=\x07\x1b[31m[@click=app.quit]pier[/] n.\u202e \x00\x9b2J\n    a structure"
    command = program(f"sys.stdout.write({text!r})")
    async with reading(long, replace(QUIET, dictionary=command)) as it:
        await it.press("enter", "D")
        await it.type("pier\n")
        assert "[@click=app.quit]pier[/] n." in it.seen()
        assert "     a structure" in it.seen()
        assert not set("\x1b\x9b\x00\u202e\x07") & set(it.seen())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("print('Nothing on pier', file=sys.stderr); sys.exit(20)", ["Nothing on pier"]),
        ("sys.exit(3)", ["said nothing and ended with 3", "The setting dictionary names the program"]),
        ("pass", ["said nothing", "The setting dictionary"]),
        ("sys.stdout.write('x' * 100_000)", ["says more than 64 KB; the rest is left out"]),
        ("while True: sys.stdout.write('line\\n' * 100)", ["says more than 64 KB"]),
    ],
)
async def test_what_a_dictionary_says_when_it_does_not_do_well(program, text, words):
    try:
        said = await Program("dictionary", program(text)).ask("pier", "pier")
    except ProgramError as error:
        said = str(error)
    assert all(word in said for word in words), said[-300:]
    assert len(said) < programs.MOST + 200


async def test_a_long_answer_scrolls(long, program):
    command = program("print('pier'); [print('    line', n, 'of an answer ' * 9) for n in range(99)]; print('the end')")
    async with reading(long, replace(QUIET, dictionary=command), size=(80, 24)) as it:
        await it.press("enter", "D")
        await it.type("pier\n")
        lines = [line.strip("┃│ ") for line in it.seen().split("\n")]
        assert "pier" in lines
        assert "j k Space b scroll · Esc closes" in it.seen()
        box = it.of(it.app.screen.query_one("LongText")).split("\n")
        assert box[0].startswith("pier")
        assert box[1].startswith("    line 0 of an answer")
        assert box[2].startswith("    an") or box[2].startswith("    of")
        await it.press("j")
        assert it.of(it.app.screen.query_one("LongText")).startswith("    line 0")
        await it.press("space", "b")
        assert it.of(it.app.screen.query_one("LongText")).startswith("    line 0")
        await it.press("G")
        assert it.of(it.app.screen.query_one("LongText")).split("\n")[-1].startswith("the end")
        await it.pilot.resize_terminal(60, 20)
        await it.rest()
        await it.press("G")
        assert "the end" in it.seen()
        await it.press("g")
        assert it.of(it.app.screen.query_one("LongText")).startswith("pier")


async def test_a_program_that_is_not_there_is_told(long):
    async with reading(long, replace(QUIET, dictionary="no-such-program -x")) as it:
        await it.press("enter", "D")
        await it.type("pier\n")
        said = " ".join(it.of(it.app.screen.query_one("LongText")).split())
        assert said == "no-such-program is not found on this computer. The setting dictionary names the program."


async def test_a_program_that_does_not_answer_is_ended_with_all_that_it_started(program, tmp_path):
    child = program("signal.pause()", "child")
    command = program(
        f"import subprocess\np = subprocess.Popen([{child!r}])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid))\n"
        "print('half', flush=True); signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.pause()"
    )
    asked = asyncio.ensure_future(Program("dictionary", command, patience=60).ask("pier"))
    while not (tmp_path / "pid").is_file() or not (tmp_path / "pid").read_text():
        await asyncio.sleep(0.01)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await _gone(int((tmp_path / "pid").read_text()))


async def test_a_late_answer_is_shown_as_far_as_it_came(program):
    command = program("print('half', flush=True); signal.pause()")
    said = await Program("dictionary", command, patience=1.5).ask("pier")
    assert said == f"half\n\n{command} was ended after 1.5 seconds."


async def test_what_a_program_leaves_running_is_ended_and_told(program, tmp_path):
    child = program("signal.pause()", "child")
    command = program(
        f"import subprocess\np = subprocess.Popen([{child!r}])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid))\nprint('hi')"
    )
    said = await Program("dictionary", command, patience=1.5).ask("pier")
    assert said == f"hi\n\nWhat {command} left running was ended after 1.5 seconds."
    await _gone(int((tmp_path / "pid").read_text()))


async def test_what_too_long_a_program_left_running_is_ended(program, tmp_path):
    child = program("signal.pause()", "child")
    command = program(
        f"import subprocess\np = subprocess.Popen([{child!r}])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid))\nprint('hi ' * 100_000)"
    )
    said = await Program("dictionary", command).ask("pier")
    assert said.endswith(f"{command} says more than 64 KB; the rest is left out.")
    await _gone(int((tmp_path / "pid").read_text()))


async def test_closing_the_dialogue_ends_the_program(long, program, tmp_path):
    pid = tmp_path / "pid"
    command = program(f"open({str(pid)!r}, 'w').write(str(os.getpid())); signal.pause()")
    async with reading(long, replace(QUIET, dictionary=command)) as it:
        await it.press("enter", "D")
        await it.pilot.press(*"pier", "enter")
        await it.until(lambda: pid.is_file() and pid.read_text(), "the program")
        assert "Asking" in it.seen()
        await it.pilot.press("escape")
        await _gone(int(pid.read_text()))
        await it.rest()
        assert it.dialogue == ""


async def _gone(pid: int) -> None:
    for _ in range(1000):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 -- of a process, and short
            if file.read().split(") ")[1][0] == "Z":
                return
        await asyncio.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    raise AssertionError("the program goes on")


# -- reading aloud


def heard(path) -> list[str]:
    return path.read_text().split("\0")[:-1] if path.is_file() else []


def speaker(program, path, then: str = "") -> str:
    return program(f"open({str(path)!r}, 'a').write(sys.stdin.read() + '\\0')\n{then}")


async def test_without_a_program_it_is_told_how_to_name_one(long):
    async with reading(long) as it:
        await it.press("enter", "V")
        assert it.said == ['Name what reads aloud in config.toml, as in: speech = "espeak-ng --stdin"']


async def test_the_article_is_read_from_the_marked_paragraph_to_its_end(places, program, tmp_path):
    fill(places, essay(paragraphs=4))
    path = tmp_path / "heard"
    async with reading(places, replace(QUIET, speech=speaker(program, path)), size=(80, 20)) as it:
        await it.press("enter", "}")
        assert it.pane.cursor == 1
        await it.press("V")
        blocks = it.screen.opened.document.blocks
        assert heard(path) == [block.text for block in blocks[1:]]
        assert it.pane.cursor == len(blocks) - 1
        assert it.said == ["The end of the article."]
        assert "aloud" not in it.of(it.keys)


@pytest.mark.parametrize("how", ["V", "escape", "leave", "article.next"])
async def test_it_is_quiet_at_once(places, program, tmp_path, how):
    entries = [Entry(title, body=essay().entries[0].body) for title in ("One", "Two")]
    fill(places, listing("Both", entries))
    path, pid = tmp_path / "heard", tmp_path / "pid"
    command = speaker(program, path, f"open({str(pid)!r}, 'w').write(str(os.getpid())); signal.pause()")
    async with reading(places, replace(QUIET, speech=command)) as it:
        await it.press("enter")
        await it.pilot.press("V")
        await it.until(lambda: pid.is_file() and pid.read_text(), "the first paragraph")
        assert "reading aloud · V or Esc stops" in it.of(it.keys)
        if how == "leave":
            it.screen.leave_article()
        elif how == "article.next":
            it.screen.run(how)
        else:
            await it.pilot.press(how)
        await _gone(int(pid.read_text()))
        await it.rest()
        assert it.screen.reading == (how != "leave")
        assert "aloud" not in it.of(it.keys)
        assert len(heard(path)) == 1


async def test_leaving_the_app_ends_even_a_program_that_does_not_want_to(long, program, tmp_path):
    pid = tmp_path / "pid"
    command = program(
        f"signal.signal(signal.SIGTERM, signal.SIG_IGN); open({str(pid)!r}, 'w').write(str(os.getpid()))\n"
        "while True: signal.pause()"
    )
    async with reading(long, replace(QUIET, speech=command)) as it:
        await it.press("enter")
        await it.pilot.press("V")
        await it.until(lambda: pid.is_file() and pid.read_text(), "the program")
    await _gone(int(pid.read_text()))


async def test_a_program_that_fails_is_told(long, program, tmp_path):
    command = program("sys.exit('no voice \\x1b[31mhere')")
    async with reading(long, replace(QUIET, speech=command)) as it:
        await it.press("enter", "V")
        (said,) = it.said
        assert "ended with 1: no voice here. The setting speech names the program." in said
        assert not it.screen.comfort.hint
    async with reading(long, replace(QUIET, speech="no-such-program")) as it:
        await it.press("enter", "V")
        assert it.said == ["no-such-program is not found on this computer. The setting speech names the program."]


async def test_on_a_full_disk_reading_aloud_says_so(long, program, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    async with reading(long, replace(QUIET, speech=speaker(program, tmp_path / "heard"))) as it:
        await it.press("enter", "V")
        assert it.app.is_running
        assert "No space left on device" in it.said[-1]
        assert "reading aloud" not in it.seen()


async def test_a_program_that_does_not_listen_does_not_hang(program):
    await Program("speech", program("pass")).tell("漢" * 16_000)
    assert await Program("dictionary", program("print('yes')")).ask("漢" * 16_000) == "yes"


async def test_the_count_of_matches_is_not_hidden_by_the_reading_aloud(long, program, tmp_path):
    command = speaker(program, tmp_path / "heard", "signal.pause()")
    async with reading(long, replace(QUIET, speech=command)) as it:
        await it.press("enter", "/")
        await it.type("quay\n")
        await it.pilot.press("V")
        await it.until(lambda: it.screen.comfort.hint, "the reading aloud")
        assert " of " in it.of(it.keys)
        await it.pilot.press("V")
        await it.rest()


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        (Block("paragraph", "So it is.1 Yes.", (Span(9, 10, "reference", "1"),)), "So it is. Yes."),
        (Block("heading", "Boats", level=2), "Boats"),
        (Block("code", "a = 1\nb = 2", marker="python"), "Code, 2 lines."),
        (Block("code", "a = 1"), "Code, one line."),
        (Block("table", "Boat\tCrew\nGull\t4\u2028or 5\n\t", level=1), "Boat, Crew.\nGull, 4 or 5."),
        (Block("image", "A gull"), "Picture: A gull"),
        (Block("image", ""), ""),
        (Block("rule", ""), ""),
        (Block("footnote", "See there.", marker="1"), "See there."),
    ],
)
def test_what_is_heard_of_a_block(block, wanted):
    assert spoken(block) == wanted
