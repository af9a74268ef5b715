"""A query on the command line: as the shell parts it, and when it is mistaken."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import query as queries
from reader.cli.columns import cells
from reader.cli.terminal import Failure
from reader.model.query import EXAMPLES, QueryError, parse


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["tide", "is:unread"], "tide is:unread"),
        (["author:Ada Marsh", "tide"], 'author:"Ada Marsh" tide'),
        (["-source:The Gazette"], '-source:"The Gazette"'),
        (["TAG:long reads"], 'TAG:"long reads"'),
        (["source:gazette is:unread"], "source:gazette is:unread"),
        (["source:gazette -tide"], "source:gazette -tide"),
        (["tag:a OR tag:b"], "tag:a OR tag:b"),
        (["author:Ada OR Ines"], "author:Ada OR Ines"),
        (['author:"Ada Marsh" tide'], 'author:"Ada Marsh" tide'),
        (["(author:Ada Marsh)"], "(author:Ada Marsh)"),
        (["is:unread tide"], "is:unread tide"),
        (["title:/a b/"], "title:/a b/"),
        (['"the last keeper"', "-storm"], '"the last keeper" -storm'),
        (["the last keeper"], "the last keeper"),
        ([], ""),
    ],
)
def test_what_the_shell_parted_is_joined(arguments, text):
    assert queries.joined(arguments) == text


@given(st.lists(st.text(max_size=20), max_size=4))
def test_whatever_is_typed_is_a_query_or_a_failure_with_a_place(arguments):
    text = queries.joined(arguments)
    failure = failed(text)
    if failure is not None:
        shown, carets = failure.shown
        assert failure.status == 2
        assert set(carets.strip()) == {"^"}
        assert cells(shown) <= 80
        assert cells(carets) <= 80


def failed(text):
    try:
        queries.understood(text)
    except Failure as failure:
        return failure
    return None


@given(st.text(max_size=120), st.integers(10, 120))
def test_the_carets_stand_under_what_is_wrong(before, width):
    # Control characters apart, which are not printed.
    before = "".join(char for char in before if char.isprintable() and char not in '"“”„()|/')
    text = f"{before} is:unred tide"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        try:
            parse(text)
        except QueryError as error:
            shown, carets = queries.mistaken(text, error).shown
            assert max(cells(shown), cells(carets)) <= max(width, 12)
            if text[error.start : error.end] == "is:unred" and width >= 30:
                start = len(carets) - len(carets.lstrip())
                end = start
                while cells(shown[:end]) < start:
                    end += 1
                assert "is:unred" in shown[: end + 10]


def test_a_mistake_is_told_and_shown_to_a_person(library, monkeypatch):
    told = "reader: is:unred: there is no such state; did you mean is:unread?\n"
    for verb in (
        ["list"],
        ["search"],
        ["highlights"],
        ["tag", "add", "x"],
        ["mark", "read", "--query"],
        ["rules", "test"],
    ):
        result = library(*verb, "tide", "is:unred")
        assert (result.status, result.err) == (2, told), verb
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert library("list", "tide", "is:unred").err.splitlines()[-2:] == ["  tide is:unred", "       ^^^^^^^^"]


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("minutes:<x", "minutes:<5"),
        ("before:tomorow", "before:tomorrow"),
        ("sort:newst", "sort:newest"),
        ("autor:smith", "author:"),
        ("author: smith", "author:smith"),
    ],
)
def test_what_was_meant_is_told(library, query, meant):
    result = library("list", query)
    assert result.status == 2
    assert f"did you mean {meant}?" in result.err


def test_a_minus_is_no_option(library):
    rows = library("list").rows
    word = rows[0][2].split()[-1]
    assert rows[0][0] not in library("list", f"-title:{word}").ids
    assert library("list", "--", f"-title:{word}", "--json").status == 0
    assert library("list", f"-title:{word}", "--json").json
    assert library("list", "--unknown").status == 2


def test_all_examples_are_understood_and_told_by_the_help(library):
    text = library("list", "--help").out
    for query, said in EXAMPLES:
        assert library("list", query).status == 0
        assert query in text
        assert said in text


def test_the_order_is_the_querys(library):
    titles = [row[2].casefold() for row in library("list", "sort:title").rows]
    assert titles == sorted(titles)


def test_nothing_of_old_is_left_out(library):
    ids = library("list").ids
    library("mark", "hide", ids[0])
    assert library("list").ids == ids[1:]
    assert library("list", "is:hidden").ids == ids[:1]
    library("mark", "show", ids[0])
    assert library("list").ids == ids


def test_bytes_that_are_no_text_are_searched_and_kept_without_harm(library):
    wrong = "tag:\udcff"
    for command in (["list", wrong], ["search", wrong], ["views", "save", "Odd", wrong], ["list", "--view", "odd"]):
        result = library(*command)
        assert (result.status, result.err) == (0, ""), command
    assert library("views", "--json").json[-1]["query"] == "tag:\ufffd"


def test_words_are_understood_in_a_locale_that_has_only_ascii():
    assert queries.joined(["caf\u00e9".encode().decode("ascii", "surrogateescape")]) == "caf\u00e9"
