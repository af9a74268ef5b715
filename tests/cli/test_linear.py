"""Linear mode: plain lines and questions."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import linear_links
from reader.cli.linear_speech import Speech
from reader.ingest.markdown import document
from reader.library import Library
from reader.model import anchoring
from reader.model.annotation import Quote
from reader.model.document import Block, Passage, Point
from reader.settings import places

MANUAL = """\
# Tides

## Before

A ferry needs [a table](https://tides.example/table) and patience[^1].

## Signals

- one flag
- two flags
  - red
  - green

> Never trust a dry rope.

```python
wait()
```

| Port | Depth |
|------|-------|
| Old  | 3     |
| New  |       |

![A lighthouse](https://tides.example/l.png)

The last résumé of [it all](mailto:pilot@tides.example).

[^1]: More than one thinks.
"""


@pytest.fixture
def manual(run, tmp_path):
    """A library that holds one text of all kinds of blocks."""
    file = tmp_path / "tides.md"
    file.write_text(MANUAL)
    assert run("add", file).status == 0
    return run


@pytest.fixture
def say(run):
    def say(*typed, arguments=(), **more):
        result = run("--linear", *arguments, stdin="".join(f"{text}\n" for text in typed).encode(), **more)
        assert result.status == 0, result.err
        assert result.err == ""
        return result.lines

    return say


def marks_of_first(run):
    return run("list", "--json").json[0]


# -- the list


def test_it_begins_with_what_there_is_and_ten_articles(library, say):
    lines = say()
    assert lines[0] == "23 articles, 23 unread."
    assert lines[1].startswith("1. ")
    assert lines[10].startswith("10. ")
    assert lines[11] == "13 more, Enter tells them."
    assert lines[-1] == "Goodbye. Everything is kept."


def test_enter_tells_the_next_ten_and_b_the_ones_before(library, say):
    lines = say("", "", "", "b", "b", "b")
    tens = [line.partition(".")[0] for line in lines if line.partition(".")[0].isdigit()]
    assert tens[:23] == [str(number) for number in range(1, 24)]
    assert tens[23:] == [str(number) for number in (*range(11, 21), *range(1, 11), *range(1, 11))]
    assert "That was the last article. l tells the list again." in lines


def test_a_number_reads_that_article_and_q_comes_back(library, say):
    title = library("list").rows[2][2]
    lines = say("3", "q")
    assert title in lines
    assert lines[lines.index("The list.") + 1] == "23 articles, 22 unread."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("99", "Say a number from 1 to 23."),
        ("0", "Say a number from 1 to 23."),
        ("9" * 40, "is no command here"),
        ("m", "Say a number from 1 to 23."),
        ("dance", "“dance” is no command here. ? tells the commands."),
        ("\x1b[A", "is no command here"),
    ],
)
def test_what_is_not_understood_is_answered(library, say, typed, answer):
    lines = say(typed)
    assert any(answer in line for line in lines)
    assert not any("\x1b" in line for line in lines)


def test_n_goes_through_the_unread_ones(library, say):
    rows = library("list").rows
    lines = say("m1", "n", "n")
    titles = [row[2] for row in rows]
    assert [line for line in lines if line in titles] == titles[1:3]


def test_words_are_searched_and_q_goes_back_to_all(library, say):
    lines = say("/war", "q")
    found = next(line for line in lines if line.endswith(" with war, 3 unread."))
    assert found == "3 articles with war, 3 unread."
    assert lines.count("23 articles, 23 unread.") == 2
    assert "0 articles with zebra, 0 unread." in say("/zebra")


def test_marks_are_made_and_taken_back(library, say):
    lines = say("m 1", "s 1", "a 1 the seals again", "u")
    assert [line for line in lines if line in {"Read.", "Bookmarked.", "Noted."}] == ["Read.", "Bookmarked.", "Noted."]
    assert any(line.startswith("Taken back: note") for line in lines)
    first = marks_of_first(library)
    assert (first["read"], first["bookmarked"], first["notes"]) == (True, True, 0)
    assert "1 minute, read, bookmarked." in say()[1]


def test_views_list_some_only(library, say):
    lines = say("m2", "s3", "unread", "bookmarks", "notes", "all")
    assert "Unread: 22 articles, 22 unread." in lines
    assert "Bookmarks: 1 article, 1 unread." in lines
    assert "Notes: 0 articles, 0 unread." in lines


def test_an_empty_library_says_how_to_fill_it_and_tells_the_guide(run, say):
    lines = say("1", "q")
    assert lines[0].startswith("Nothing here yet. In a shell, reader add")
    assert lines[1].startswith("The guide to the app: ")
    assert "Welcome to reader" in lines


# -- an article


def test_every_kind_of_block_is_announced(manual, say):
    lines = say("1", "all")
    for line in (
        "Heading level 2: Before",
        "A ferry needs a table and patience (footnote 1).",
        "1 link.",
        "Heading level 2: Signals",
        "List of 2 items.",
        "Item 1: one flag",
        "List of 2 items, level 2.",
        "Item 2, level 2: green",
        "Quote: Never trust a dry rope.",
        "Code in python, 1 line:",
        "wait()",
        "End of the code.",
        "Table, 2 columns, 2 rows.",
        "Row 1: Port: Old; Depth: 3.",
        "Row 2: Port: New; Depth: empty.",
        "Picture: A lighthouse",
        "Footnotes.",
        "Footnote 1: More than one thinks.",
        "End of the article. n reads the next unread one, q goes back to the list.",
    ):
        assert line in lines, line


def test_enter_reads_a_paragraph_at_a_time_and_b_goes_back(manual, say):
    lines = say("1", "", "", "b")
    assert lines.count("Item 1: one flag") == 2
    assert lines.count("Item 2: two flags") == 1
    assert "Quote: Never trust a dry rope." not in lines


def test_the_place_is_kept_and_shared(manual, say):
    say("1", "", "", "")
    assert 0 < marks_of_first(manual)["progress"] < 1
    lines = say("1", "where")
    assert any("percent through. top begins again." in line for line in lines)
    assert "Item 1, level 2: red" in lines
    assert "Heading level 2: Before" not in lines
    assert any(line.startswith("Paragraph 6 of ") and line.endswith("1 minute left.") for line in lines)


def test_what_was_read_to_the_end_begins_again(manual, say):
    say("1", "all")
    first = marks_of_first(manual)
    assert (first["progress"], first["read"]) == (1, True)
    lines = say("1")
    assert "You have been at the end of it." in lines
    assert "Heading level 2: Before" in lines


def test_it_becomes_read_as_the_settings_say(manual, say, home):
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "config.toml").write_text('mark_read = "never"\n')
    say("1", "all")
    assert not marks_of_first(manual)["read"]
    (home / "config" / "config.toml").write_text('mark_read = "on_open"\n')
    say("1")
    assert marks_of_first(manual)["read"]


def test_a_mark_of_the_readers_own_stands(manual, say):
    lines = say("1", "m", "m", "all")
    assert [line for line in lines if line in {"Read.", "Unread."}] == ["Read.", "Unread."]
    assert not marks_of_first(manual)["read"]


def test_headings_are_listed_and_gone_to(manual, say):
    lines = say("1", "c", "c2", "c 9")
    assert "1. Heading level 2: Before" in lines
    assert "2. Heading level 2: Signals" in lines
    assert lines[lines.index("c and a number goes to one.") + 1] == "Heading level 2: Signals"
    assert "Say a number from 1 to 2." in lines


def test_words_are_found_in_the_article(manual, say):
    lines = say("1", "/resume", "/flag", "/", "/", "/Flag")
    assert "1 of 1 paragraph:" in lines
    assert [line for line in lines if " of 2 paragraphs:" in line] == [
        "1 of 2 paragraphs:",
        "2 of 2 paragraphs:",
        "1 of 2 paragraphs:",
    ]
    assert "Not in this article." in lines


def test_a_paragraph_is_highlighted_with_a_note_and_told_again(manual, say):
    lines = say("1", "h", "h", "h purple", "", "ha", "two of them", "", "u", "u")
    assert "Highlighted. u takes it back." in lines
    assert "It is highlighted already." in lines
    assert "The colours are yellow, green, blue, red." in lines
    assert "Highlighted, with your note." in lines
    assert marks_of_first(manual)["highlights"] == 0
    say("1", "top", "h green", "", "ha", "two of them", "")
    assert marks_of_first(manual)["highlights"] == 2
    lines = say("1", "top", "")
    assert lines[lines.index("A ferry needs a table and patience (footnote 1).") + 1] == "Highlighted in green."
    assert lines[lines.index("Highlighted in yellow.") + 1] == "Your note on it: two of them"


def highlights_of_first(run):
    return run("show", run("list").ids[0], "--json").json[0]["highlights"]


def test_a_note_is_written_on_what_is_highlighted_already(manual, say):
    lines = say("1", "h", "ha nice one", "ha", "and more", "", "ha  ", "", "u")
    assert "It is highlighted already." not in lines
    assert lines[lines.index("Noted on the highlight. u takes it back.") + 1 :][:3] == [
        "Your note on it so far:",
        "nice one",
        "Add to it. An empty line ends it.",
    ]
    assert "Nothing was written." in lines
    (one,) = highlights_of_first(manual)
    assert (one["note"], one["color"]) == ("nice one", "yellow")
    say("1", "ha and more")
    assert "Your note on it: nice one and more" in say("1", "highlights")


def test_ha_and_words_highlight_and_note_at_once(manual, say):
    lines = say("1", "ha two of them")
    assert "Highlighted, with your note." in lines
    (one,) = highlights_of_first(manual)
    assert one["note"] == "two of them"


def test_the_end_of_the_input_keeps_a_note_on_a_highlight(manual, run, say):
    assert run("--linear", stdin=b"1\nh\nha\nhalf a thought").status == 0
    (one,) = highlights_of_first(manual)
    assert one["note"] == "half a thought"


def test_what_is_highlighted_takes_another_colour(manual, say):
    lines = say("1", "h", "h green", "h g", "h purple")
    assert "The highlight is green now. u takes it back." in lines
    assert lines.count("It is highlighted already.") == 1
    assert "The colours are yellow, green, blue, red." in lines
    (one,) = highlights_of_first(manual)
    assert one["color"] == "green"
    say("1", "h red", "u")
    (one,) = highlights_of_first(manual)
    assert one["color"] == "green"


def test_a_highlight_that_goes_on_over_several_paragraphs_is_the_one_that_is_meant(manual, say):
    with Library(places()) as library:
        (key,) = library.shelf.listing().keys
        opened = library.shelf.open(key)
        passage = Passage(Point(1, 0), Point(4, 3))
        library.notebook.add_highlight(opened.row, anchoring.quote_of(opened.document, passage), "blue")
    lines = say("1", "ha across", "", "h", "h red")
    assert "Noted on the highlight. u takes it back." in lines
    assert [(one["color"], one["note"]) for one in highlights_of_first(manual)] == [("red", "across")]


def test_the_highlights_of_an_article_are_listed_and_deleted(manual, say):
    assert "Nothing is highlighted in this article." in say("1", "highlights", "d 1")
    with Library(places()) as library:
        (key,) = library.shelf.listing().keys
        library.notebook.add_highlight(library.shelf.row(library.shelf.rows((key,))[0].id), Quote("gone words"), "red")
    lines = say("1", "top", "h green", "", "ha my thought", "highlights")
    at = lines.index("1. Highlighted in green: A ferry needs a table and patience¹.")
    assert lines[at + 1 : at + 6] == [
        "2. Highlighted in yellow: one flag",
        "Your note on it: my thought",
        "3. Highlighted in red, not in the text any more: gone words",
        "d and a number deletes one.",
        "Goodbye. Everything is kept.",
    ]
    lines = say("1", "d", "d 4", "d2", "highlights", "u", "highlights")
    assert lines.count("Say a number from 1 to 3.") == 2
    at = lines.index("Deleted: one flag. u brings it back.")
    assert lines[at + 2] == "2. Highlighted in red, not in the text any more: gone words"
    assert "2. Highlighted in yellow: one flag" in lines[at:]
    assert len(highlights_of_first(manual)) == 3


def test_all_highlights_are_told_in_the_list_newest_first(manual, say):
    assert "Nothing is highlighted yet. h does it, in an article." in say("highlights")
    say("1", "top", "h green", "", "ha my thought")
    now = datetime.now(UTC)
    lines = say("highlights")
    at = lines.index("2 highlights, the newest first:")
    assert lines[at + 1 : at + 4] == [
        f"In Tides, {now.day} {now:%b %Y}, in yellow: one flag",
        "Your note on it: my thought",
        f"In Tides, {now.day} {now:%b %Y}, in green: A ferry needs a table and patience¹.",
    ]


def test_where_another_reader_writes_no_highlight_is_changed(manual, say):
    say("1", "h")
    with Library(places()):
        lines = say("1", "ha more", "h green", "d 1", "highlights")
    assert sum(line.startswith("Another reader is open (process ") for line in lines) == 4
    (one,) = highlights_of_first(manual)
    assert (one["color"], one["note"]) == ("yellow", None)


def test_what_is_struck_out_is_told_so(run, say, tmp_path):
    file = tmp_path / "struck.md"
    file.write_text("# Keys\n\nIt was ~~nobody~~ somebody[^1].\n\n| a |\n|---|\n| ~~no~~ yes |\n\n[^1]: Who?\n")
    run("add", file)
    lines = say("1", "all")
    assert "It was (struck out: nobody) somebody (footnote 1)." in lines
    assert "Row 1: a: (struck out: no) yes." in lines


def test_a_long_text_tells_hours(run, say, tmp_path):
    file = tmp_path / "book.md"
    file.write_text("# A book\n\n" + "word " * 230 * 496)
    run("add", file)
    lines = say("1")
    assert "1. A book. 8 hours 16 minutes." in lines
    assert any("8 hours 16 minutes" in line for line in lines[lines.index("A book") :])


def test_a_note_takes_several_lines_and_is_added_to(manual, say):
    say("1", "a", "the first thought", "and more", "")
    lines = say("1", "a", "the second", "", "all")
    assert lines[lines.index("Your note so far:") + 1] == "the first thought"
    with Library(places()) as library:
        (key,) = library.shelf.listing().keys
        (note,) = library.shelf.open(key).marks.notes
    assert note.text == "the first thought\nand more\n\nthe second"
    assert "You have a note on this; it is told at the end." in lines
    assert lines[lines.index("Your note:") + 1] == "the first thought"


def test_the_end_of_the_input_keeps_a_note_that_is_being_written(manual, run, say):
    assert run("--linear", stdin=b"1\na\nhalf a thought").status == 0
    assert "half a thought" in say("1", "all")


def test_links_tell_their_host_before_they_are_opened(manual, say, monkeypatch):
    asked = []
    monkeypatch.setattr("webbrowser.open", lambda url: asked.append(url) or True)
    lines = say("1", "l", "l all", "o 1", "no", "o 1", "yes", "o 7", "o")
    assert lines.count("Link 1: a table, at tides.example.") == 2
    assert "Link 2: it all, at an e-mail address." in lines
    assert "Open https://tides.example/table at tides.example in the browser? yes or no" in lines
    assert "Not opened." in lines
    assert "Say a number from 1 to 2." in lines
    assert asked == ["https://tides.example/table"]


def test_only_links_that_may_be_opened_are_links():
    said = []

    class Talk:
        def say(self, *texts):
            said.extend(texts)

    blocks = document("[a](javascript:alert(1)) [b](file:///etc/passwd) [c](https://ok.example)").blocks
    links = linear_links.Links(blocks, "file:///etc/passwd", Talk())
    links.tell([0], "all")
    links.open("")
    assert [line for line in said if line.startswith("Link")] == ["Link 1: c, at ok.example."]
    assert said[-1] == "This article came without a link."


def test_help_tells_the_commands_of_where_you_are(manual, say):
    lines = say("?", "1", "?")
    assert "n or next: read the next unread article." in lines
    assert "where: how far you are, and how many minutes are left." in lines


# -- beginnings and ends


def test_a_file_is_read_without_being_kept(run, say, tmp_path):
    file = tmp_path / "tides.md"
    file.write_text(MANUAL)
    lines = say("s", "q", arguments=[file])
    assert lines[0] == "This is not in the library: + keeps it."
    assert "Heading level 2: Before" in lines
    assert "This is not in the library yet: + keeps it, then it can be marked." in lines
    assert lines[-1] == "Goodbye."
    assert "Nothing is highlighted in this article." in say("highlights", arguments=[file])
    assert run("list", "--json").json == []


def test_a_file_that_is_read_is_kept_by_plus(run, say, tmp_path):
    file = tmp_path / "tides.md"
    file.write_text(MANUAL)
    lines = say("", "+", "s", "q", "q", arguments=[file])
    assert "Bookmarked." in lines
    assert lines[-1] == "Goodbye. Everything is kept."
    assert marks_of_first(run)["bookmarked"]


def test_where_another_reader_writes_it_only_shows(library, say):
    with Library(places()) as other:
        assert not other.read_only
        lines = say("1", "m", "a x", "h")
    assert sum(line.startswith("Another reader is open (process ") for line in lines) == 4
    assert not marks_of_first(library)["read"]


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["no/such/file"], 1, "there is no such file"),
        (["a", "b"], 2, "only one thing"),
        (["."], 1, "it is a folder"),
    ],
)
def test_what_cannot_be_read_is_told(run, arguments, status, why):
    result = run("--linear", *arguments)
    assert (result.status, result.out) == (status, "")
    assert why in result.err


def test_an_interruption_leaves_in_good_order(library, run, monkeypatch):
    from reader.cli import linear_talk

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(linear_talk.Talk, "ask", interrupted)
    result = run("--linear")
    assert (result.status, result.err) == (0, "")
    assert result.lines[-1] == "Goodbye. Everything is kept."
    with Library(places()) as after:
        assert not after.read_only


def test_an_interruption_stops_what_is_being_read(manual, say, monkeypatch):
    from reader.cli.linear_speech import Speech

    of = Speech.of

    def broken(self, number):
        if number == 7:
            raise KeyboardInterrupt
        return of(self, number)

    monkeypatch.setattr(Speech, "of", broken)
    lines = say("1", "all", "where")
    assert "Stopped." in lines
    assert any(line.startswith("Paragraph 7 of ") for line in lines)


def test_a_person_is_prompted_and_a_pipe_is_not(library, run):
    assert "> " in run("--linear", stdin=b"q\n", typed=True).out
    assert "> " not in run("--linear", stdin=b"q\n").out


def test_hostile_text_is_told_without_what_drives_a_terminal(run, say, tmp_path):
    file = tmp_path / "bad.md"
    file.write_text("# \x1b]0;owned\x07Title\n\nText \x1b[2J \u202e reversed \x9b31m\n\n`\x1b[H`\n")
    text = "\n".join(say("", "", "l", "c", arguments=[file]))
    assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 or char == "\u202e" for char in text)


# -- speech alone


@given(
    st.lists(
        st.builds(
            Block,
            st.sampled_from(["paragraph", "heading", "quote", "item", "code", "rule", "table", "image", "caption",
                             "term", "definition", "footnote", "note", "aside"]),
            st.text(max_size=40),
            level=st.integers(0, 4),
            marker=st.sampled_from(["", "•", "1.", "☐", "☑", "lr"]),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_any_blocks_are_said_in_plain_lines(blocks):
    speech = Speech(blocks)
    for number, block in enumerate(blocks):
        said = list(speech.of(number))
        assert all("\n" not in line and "\x1b" not in line for line in said)
        heard = "".join("".join(said).split())
        words = [word for word in block.text.split() if word.isalnum()]
        assert block.kind == "rule" or all(word in heard for word in words)


def test_linear_mode_imports_no_textual(library, home):
    import os
    import subprocess

    probe = (
        "import sys; from reader.__main__ import main; sys.argv = ['reader', '--linear']; main(); "
        "print(sorted(sys.modules.keys() & {'textual', 'rich'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], input=b"1\nq\nq\n", capture_output=True, check=True, timeout=60,
        env={**os.environ, "READER_HOME": str(home)},
    )  # fmt: skip
    assert done.stdout.decode().rstrip().endswith("[]")


def test_the_help_names_it(run):
    assert "reader --linear" in run("--help").out
