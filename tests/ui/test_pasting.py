"""What is pasted, however much it is: taken, or refused in words, and the app goes on."""

from __future__ import annotations

import pytest

from reader.ingest import sanitize
from reader.ui import pasting
from reader.ui.driver import LongPaste
from tests.hostile.grammar import foreign_in_frames
from tests.hostile.payloads import HIDDEN, TERMINAL
from tests.invented import fill, harbours
from tests.ui.driving import reading

LARGE = 10_000_000
ONE_LINE = "There was an eel. " * (LARGE // 18)
LINES = "There was an eel.\n" * (LARGE // 18)


@pytest.fixture
def shore(places):
    fill(places, harbours())
    return places


async def goes_on(it):
    """Leave whatever is open, and mark an article."""
    await it.press("escape", "escape")
    before = it.status
    await it.press("m")
    assert it.status != before
    assert "9 unread" in it.status


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LINES, "more than 250,000 lines, too many to read at once"),
        (ONE_LINE, "Enter adds it"),
        ("Жил-был угорь. " * (LARGE // 15), "larger than 16 MiB, too much to read at once"),
    ],
    ids=["lines", "one line", "one long line"],
)
async def test_ten_megabytes_pasted_into_the_list_are_read_or_refused(shore, text, said):
    async with reading(shore) as it:
        await it.paste(text)
        assert said in it.question
        await goes_on(it)


@pytest.mark.parametrize("keys", ["/", "t", ":"])
async def test_a_line_takes_no_more_than_a_line(shore, keys):
    async with reading(shore) as it:
        await it.press(keys)
        await it.paste(ONE_LINE)
        assert it.said[-1:] == ["A line has room for 4,000 characters: nothing was pasted."]
        assert it.app.focused.value == ""
        await it.paste(f"eel\n{LINES}")
        assert it.app.focused.value == "eel"
        await goes_on(it)


async def test_the_longest_line_that_is_taken_is_dealt_with(shore):
    async with reading(shore) as it:
        for key in ("/", "F"):
            await it.press(key)
            await it.paste("((a OR -b) " * (pasting.LINE // 11))
            await it.rest()
            await it.press("escape")
        await goes_on(it)


async def test_a_note_takes_a_long_chapter_and_no_more(shore):
    async with reading(shore) as it:
        await it.press("a")
        await it.paste(LINES)
        assert it.said[-1] == "9,999,990 characters are too many to paste here, where 200,000 fit: nothing was pasted."
        await it.paste(LINES[: pasting.NOTE])
        await it.press("escape")
        assert len(it.note()) == pasting.NOTE - len("\n") * LINES[: pasting.NOTE].endswith("\n")
        await goes_on(it)


async def test_what_the_terminal_did_not_let_through_is_told(shore):
    async with reading(shore) as it:
        it.app.post_message(LongPaste(20_000_000))
        await it.rest()
        assert it.said[-1].startswith("20,000,000 characters are too many to paste here")
        assert not it.dialogue
        await goes_on(it)


# -- what drives a terminal


def driving(it) -> list[str]:
    """Give what would drive a terminal in all that is shown, colours aside."""
    return foreign_in_frames(it.seen().replace("\n", "\r\n"))


HARMFUL = [text for text in (TERMINAL | HIDDEN).values() if "\n" not in sanitize.clean(text)]


@pytest.mark.parametrize("keys", ["a", "/", "t", "+"])
async def test_nothing_pasted_drives_the_terminal(shore, keys):
    async with reading(shore, size=(100, 30)) as it:
        await it.press(keys)
        assert not driving(it)
        for start in range(0, len(HARMFUL), 4):
            await it.paste("quay " + " ".join(HARMFUL[start : start + 4]))
            assert not driving(it), HARMFUL[start : start + 4]
            assert "quay" in it.seen()
            await it.press("ctrl+u")
        await it.press("escape", "escape")
        await goes_on(it)


async def test_nothing_pasted_is_kept_but_what_can_be_seen(shore):
    async with reading(shore) as it:
        await it.press("a")
        await it.paste("The quay:\n\tfirst\x1b]0;the title\x07\n\x9b31msecond\u202e\x1b[2J")
        assert it.app.focused.text == "The quay:\n\tfirst\nsecond"
        await it.press("escape")
        assert it.note() == "The quay:\n    first\nsecond"
        await it.press("+")
        await it.paste("Quays\x1b[2J\n\n" + "Some words\x9b31m of an\u202e essay\x1b]0;the title\x07. " * 40)
        await it.press("enter")
        await it.until(lambda: not it.dialogue)
    kept = b"".join(path.read_bytes() for path in shore.data.parent.rglob("*") if path.suffix in (".json", ".journal"))
    assert b"first" in kept
    assert b"the title" not in kept
