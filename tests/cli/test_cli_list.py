"""`reader list`, `reader show`, `reader sources` and `reader keys`."""

import re
import sqlite3
from contextlib import closing

import pytest

from reader.commands import ALL, default
from reader.library import Library
from reader.model.annotation import Place, Quote
from reader.model.article import Enclosure, Entry
from reader.model.source import Source
from reader.settings import places
from reader.storage import intake
from reader.storage.cache import Cache


@pytest.fixture
def put(home):
    """Put entries of our own into the library."""

    def put(*entries, kind="listing", title="Test", name=""):
        with closing(Cache(places().library)) as cache:
            return intake.add(cache, Source(name or title.casefold(), kind, title), entries, 1_780_000_000).new

    return put


def test_a_line_is_id_state_title_author_minutes(library):
    rows = library("list").rows
    assert len(rows) == 23
    assert {len(row) for row in rows} == {5}
    assert all(re.fullmatch(r"\d{15}", row[0]) for row in rows)
    assert {row[1] for row in rows} == {"●"}
    assert {row[4] for row in rows} == {"1"}
    assert sum(bool(row[3]) for row in rows) == 9


def test_the_order_is_the_one_of_the_page(library, page):
    text = page.read_text("utf-8")
    found = [text.index(f"\n{row[2]}\n") for row in library("list").rows]
    assert found == sorted(found)


def test_states_are_shown_and_asked_for(library):
    ids = library("list").ids
    library("mark", "read", *ids[:3])
    library("mark", "bookmark", ids[2], ids[5])
    library("note", ids[5], "a note")
    assert [row[1] for row in library("list").rows[:6]] == ["○", "○", "○★", "●", "●", "●★✎"]
    assert library("list", "is:read").ids == ids[:3]
    assert library("list", "is:unread").ids == ids[3:]
    assert library("list", "is:bookmarked").ids == [ids[2], ids[5]]
    assert library("list", "is:noted").ids == [ids[5]]
    assert library("list", "is:bookmarked", "is:unread").ids == [ids[5]]
    assert library("list", "IS:Bookmarked is:read").ids == [ids[2]]


def test_what_is_begun_and_what_has_highlights_is_asked_for(library):
    ids = library("list").ids
    with Library(places()) as opened:
        begun, read, noted = (opened.shelf.row(int(one)) for one in ids[:3])
        for row in (begun, read):
            opened.notebook.set_place(row, Place(1, 0.0, 0.5))
        opened.notebook.set_read((read,), read=True)
        opened.notebook.set_note(noted, "a note")
        opened.notebook.add_highlight(begun, Quote("words"), "green")
    assert library("list", "is:started").ids == [ids[0]]
    assert library("list", "is:highlighted").ids == [ids[0]]
    assert library("list", "is:noted").ids == [ids[2]]
    refused = library("list", "is:loved")
    assert refused.status == 2
    assert refused.err.startswith("reader: is:loved: there is no such state")
    for text in (library("--help").out, library("list", "--help").out):
        assert "is:highlighted" in text
        assert "is:started" in text


def test_a_long_text_tells_hours_where_people_read_and_minutes_where_programs_do(put, run):
    put(Entry("A book", body="word " * 230 * 496), Entry("A note", body="word", author="Ines Calloway"))
    book, _ = run("list").ids
    assert run("list").rows[0][4] == "496"
    assert run("list", "--json").json[0]["minutes"] == 496
    assert "8 h 16 min" in run("show", book).lines[1]
    for width in (80, 60):
        first, second = run("list", tty=width).lines
        assert first.endswith("  8 h 16 min")
        assert second.endswith("    1 min")
        assert len(first) == len(second) == width


def test_words_are_searched_for_and_joined_with_states(library):
    rows = library("list").rows
    word = max(re.findall(r"\w+", rows[6][2]), key=len)
    assert rows[6][0] in library("list", word.upper()).ids
    assert rows[6][0] not in library("list", word, "is:read").ids
    assert rows[6][0] in library("list", f"{word} source:harbours").ids
    assert library("list", "zzzzqqqq").lines == []
    assert library("list", '"AND(').status == 0


def test_a_source_is_known_by_id_and_title_in_any_case(library, put):
    put(Entry("One"), title="Foreign affairs")
    for query in (["source:foreign AFFAIRS"], ['source:"Foreign affairs"'], ["is:unread", "source:Foreign affairs"]):
        assert [row[2] for row in library("list", *query).rows] == ["One"]
    source = library("sources", "--json").json[0]["id"]
    assert len(library("list", f"source:{source}").lines) == 23


def test_the_guide_is_listed_only_when_asked_for(run, library):
    guide = library("list", "source:guide")
    assert 5 <= len(guide.lines) <= 7
    assert not set(guide.ids) & set(library("list").ids)


def test_a_fresh_home_lists_nothing_but_the_guide_and_makes_nothing(run, home):
    assert run("list").lines == []
    assert run("list", "--json").json == []
    assert 5 <= len(run("list", "source:guide").lines) <= 7
    assert run("sources", "--json").json == []
    assert run("doctor").status == 0
    assert not home.exists()


def test_excerpts_are_whole_in_json(library, put):
    paragraphs = "\n\n".join(f"Paragraph {number} " + "word " * 100 for number in range(3)).strip()
    put(Entry("Long", excerpt=paragraphs), Entry("Full", excerpt="Short", body="# Body", markdown=True))
    put(Entry("Essay", excerpt="The beginning …", body="The beginning and the end"), kind="texts", title="Texts")
    found = {article["title"]: article for article in library("list", "--json").json}
    assert found["Long"]["excerpt"] == paragraphs
    assert found["Full"]["excerpt"] == "Short"
    assert found["Essay"]["excerpt"] == "The beginning …"


def test_json_has_nulls_dates_and_marks(library, put):
    put(Entry("Dated", url="https://example.org/a", published=1_700_000_000))
    (article,) = library("list", "--json", "source:test").json
    assert article["published"] == "2023-11-14T22:13:20Z"
    assert article["url"] == "https://example.org/a"
    assert article["author"] is None
    assert article["section"] is None
    assert (article["progress"], article["tags"], article["notes"], article["highlights"]) == (0, [], 0, 0)
    library("mark", "read", article["id"])
    library("note", article["id"], "x")
    (article,) = library("list", "--json", "source:test").json
    assert (article["read"], article["bookmarked"], article["notes"]) == (True, False, 1)


def test_minutes_are_told_by_the_pace_of_the_settings(library, put):
    put(Entry("Long", body="word " * 1000))
    (row,) = library("list", "source:test").rows
    assert row[4] == "4"
    places().settings.parent.mkdir(parents=True, exist_ok=True)
    places().settings.write_text("words_a_minute = 100\n")
    (row,) = library("list", "source:test").rows
    assert row[4] == "10"
    assert library("list", "--json", "source:test").json[0]["minutes"] == 10
    assert library("show", "--json", row[0]).json[0]["minutes"] == 10
    assert "10 min" in library("show", row[0]).out
    assert "10 min" in library("show", "--markdown", row[0]).out


def test_more_articles_than_a_batch(library, put):
    put(*(Entry(f"Number {number:04}", excerpt=f"text {number}") for number in range(1203)))
    found = library("list", "--json", "source:test").json
    assert [article["title"] for article in found] == [f"Number {number:04}" for number in range(1203)]
    assert [article["excerpt"] for article in found] == [f"text {number}" for number in range(1203)]
    assert len(library("list", "source:test").lines) == 1203


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_on_a_terminal_lines_fit(library, put, width):
    put(Entry("漢字" * 60, author="名" * 40), Entry("e\u0301" * 300))
    result = library("list", tty=width)
    assert len(result.lines) == 25
    from reader.cli.columns import cells

    assert {cells(line) for line in result.lines} == {max(width, 44)}
    assert any("…" in line for line in result.lines)


def test_what_drives_a_terminal_is_never_printed(library, put):
    (key,) = put(Entry("x"))
    evil = "a\x1b]0;owned\x07b\tc\nd\x9b31me\u202ef"
    with closing(sqlite3.connect(places().library)) as connection, connection:
        connection.execute("UPDATE articles SET title = ?, author = ? WHERE key = ?", (evil, evil, key))
        connection.execute("UPDATE bodies SET text = ? WHERE key = ?", (evil, key))
    article = library("list", "source:test").ids[0]
    assert len(library("list", "source:test").rows[0]) == 5
    for command in (
        ("list",), ("list", "--json"), ("show", article), ("show", article, "--json"), ("show", article, "--markdown"),
        ("mark", "read", article), ("note", article, "x"), ("mark", "read", "999999999999999"),
    ):  # fmt: skip
        result = library(*command, tty=120)
        printed = (result.out + result.err).replace("\n", "")
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", printed), command
    assert library("list", "--json", "source:test", tty=80).json[0]["title"] == evil


def test_show_prints_title_byline_text_and_notes(library):
    rows = library("list").rows
    article = next(row for row in rows if row[3])
    library("note", article[0], "A *thought*")
    text = library("show", article[0]).out
    assert text.startswith(f"{article[2]}\n{article[3]} · Harbours · 1 min\n\n")
    assert text.endswith("…\n\nNote\nA thought\n")
    assert len(text.splitlines()) == 7


def test_show_wraps_on_a_terminal_only(library):
    article = library("list").ids[0]
    assert max(map(len, library("show", article, tty=60).lines)) <= 60
    assert max(map(len, library("show", article, tty=200).lines)) <= 76
    assert max(map(len, library("show", article).lines)) > 200


def test_show_json_is_the_object_of_the_list_and_more(library):
    article = library("list").ids[0]
    library("note", article, "mine")
    (short,) = [one for one in library("list", "--json").json if one["id"] == article]
    (whole,) = library("show", article, "--json").json
    assert list(whole) == [*short, "text", "markdown"]
    (note,) = whole.pop("notes")
    assert note["text"] == "mine"
    assert set(note) == {"id", "text", "created", "updated"}
    assert short.pop("notes") == 1
    assert whole.pop("highlights") == []
    assert {**short, "text": whole["text"], "markdown": whole["markdown"], "highlights": 0} == {
        **whole,
        "highlights": 0,
    }
    assert whole["text"] == short["excerpt"]


def test_a_plain_text_as_markdown_means_what_it_says(put, run):
    from reader.ingest.markdown import document

    lead = "# no heading\n\n1. no item\n\n"
    text = lead + "* no bullet _nor_ `code`\n\n> none &amp; <b> [x](y) \\ ~~z~~\n\n+ a\n\n- b\n\n= c"
    put(Entry("*Odd*", excerpt=text), Entry("Rich", body="# A heading\n\n> said\n\n- one\n- two\n", markdown=True))
    odd, rich = run("list", "source:test").ids
    (shown,) = run("show", odd, "--json").json
    assert document(shown["markdown"]).text == text
    assert run("show", odd, "--markdown").out.startswith("# \\*Odd\\*\n\n*Test · 1 min*\n\n")
    assert run("show", rich, "--markdown").out.endswith("# A heading\n\n> said\n\n- one\n- two\n")
    assert "A heading\n\n> said\n\n• one\n• two\n" in run("show", rich).out.replace("- ", "• ")


def test_show_finds_an_article_by_the_beginning_of_its_id(library):
    ids = library("list").ids
    beginning = next(one[:n] for one in ids for n in range(1, 16) if sum(o.startswith(one[:n]) for o in ids) == 1)
    full = next(one for one in ids if one.startswith(beginning))
    guide = library("list", "source:guide").ids
    while any(one.startswith(beginning) for one in guide):
        beginning = full[: len(beginning) + 1]
    assert library("show", beginning).out == library("show", full).out


def test_an_id_that_fits_several_names_them(library):
    ids = library("list").ids + library("list", "source:guide").ids
    digit = next(d for d in "123456789" if 1 < sum(one.startswith(d) for one in ids) < 5)
    fitting = sorted(one for one in ids if one.startswith(digit))
    result = library("show", digit)
    assert result.status == 1
    assert result.err.startswith(f"reader: {digit} fits {len(fitting)} articles: give more digits: {fitting[0]} (")
    assert all(one in result.err for one in fitting)
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("wrong", ["x", "999999999999999", "1" * 16, "١", "-1", "1.0", ""])
def test_an_id_that_is_none_is_told(library, wrong):
    result = library("show", "--", wrong)
    assert result.status == 1
    assert result.err.startswith(f"reader: {wrong}: ") or not wrong
    assert not result.out


def test_sources_tells_where_articles_come_from(library, page):
    (source,) = library("sources", "--json").json
    assert list(source)[:6] == ["id", "kind", "articles", "unread", "title", "location"]
    assert (source["kind"], source["articles"], source["title"]) == ("listing", 23, "Harbours")
    assert source["location"] == str(page)
    assert library("sources").rows[0][:6] == [str(value) for value in source.values()][:6]
    assert library("sources", tty=200).lines[0].split()[:2] == [source["id"], "listing"]


def test_keys_are_those_of_the_app(run):
    result = run("keys")
    for command in default().by_id.values():
        assert f"  {command.name}" in result.out
        assert default().told(command.help) in result.out
    assert all(group in result.lines for group in {command.group for command in ALL})
    assert max(map(len, run("keys", tty=80).lines)) <= 80


def test_json_tells_all_that_came_with_an_article(library, put):
    file = Enclosure("https://example.org/a.mp3", "audio/mpeg", 1200, 60, "Part one")
    put(
        Entry("Full", guid="1", published=1_700_000_000, updated=1_700_000_060, language="pt", tags=("Sea", "Air"),
              image="https://example.org/a.png", comments="https://example.org/c", enclosures=(file,)),
        Entry("Bare", guid="2"),
    )  # fmt: skip
    full, bare = library("list", "--json", "source:test").json
    names = (
        "updated",
        "language",
        "image",
        "comments",
        "categories",
        "enclosures",
        "offline",
        "page",
        "problem",
        "revised",
    )
    assert [full[name] for name in names] == [
        "2023-11-14T22:14:20Z", "pt", "https://example.org/a.png", "https://example.org/c", ["Sea", "Air"],
        [{"url": file.url, "type": "audio/mpeg", "size": 1200, "seconds": 60, "title": "Part one"}],
        False, False, None, None,
    ]  # fmt: skip
    assert [bare[name] for name in names] == [None, None, None, None, [], [], False, False, None, None]


def test_a_story_is_listed_once_and_names_its_other_sources(library, put):
    headline = "Ferry runs aground off the north pier"
    for number, title in enumerate(("The Hour", "Daily Sketch", "The Gull")):
        put(Entry(headline, excerpt=f"Told by number{number}.", guid=title), kind="feed", title=title)
    (found,) = library("list", "title:aground", "--json").json
    assert (found["source"], found["also_in"]) == ("The Hour", ["Daily Sketch", "The Gull"])
    assert library("list", "source:gull", "--json").json == [found]
    assert library("list", "number2", "--json").json == [found]
    shown = library("show", found["id"], "--json").json
    assert (shown[0] if isinstance(shown, list) else shown)["also_in"] == found["also_in"]
    assert "also in Daily Sketch, The Gull" in library("show", found["id"]).out
    with closing(Cache(places().library)) as cache:
        follows = next(row for row in cache.rows(range(1, cache.largest_key() + 1)) if row.source == "The Gull")
    assert "Told by number2." in library("show", str(follows.id)).out


def test_the_text_of_a_table_has_none_of_our_own_signs(run, tmp_path):
    file = tmp_path / "depths.md"
    file.write_text("# Depths\n\n| Port | Depth |\n|---|---|\n| Old<br>quay | 3 |\n")
    run("add", file)
    (whole,) = run("show", run("list").ids[0], "--json").json
    assert whole["text"] == "Port\tDepth\nOld quay\t3"


def test_keys_are_those_of_the_settings_or_of_a_preset(run, home):
    path = home / "config" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[keys]\npreset = "newsboat"\nundo = ["U", "g u"]\ncopy = "r"\nnothing = "x"\n', "utf-8")
    result = run("keys", "--json")
    found = {one["id"]: one["keys"] for one in result.json}
    assert (found["article.toggle_bookmark"], found["copy"], found["refresh.source"]) == (["^b"], ["r"], [])
    assert "reader: keys: r is for copy: refresh.source loses r and has no key left" in result.err
    assert "nothing is no command" in result.err
    checked = run("config", "check")
    assert checked.status == 1
    assert f"{path}: keys: r is for copy" in checked.err
    arrows = run("keys", "--preset", "arrows", "--markdown")
    assert "| `help` | `F1` `?` |" in arrows.out
    assert (arrows.err, run("keys", "--preset", "vim").status) == ("", 2)
