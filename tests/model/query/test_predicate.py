"""What a query finds among articles in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import BOOKMARKED, FINISHED, HIDDEN, HIGHLIGHTED, NOTED, READ, STARTED, TAGGED, Row
from reader.model.query import (
    And,
    Context,
    Minutes,
    Not,
    Or,
    Query,
    Subject,
    Words,
    asks_hidden,
    conjoin,
    matches,
    parse,
    words_of,
)
from reader.model.query.fields import STATES
from tests.model.query.trees import contexts, nodes, queries, subjects

NOON = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())
NOW = Context(NOON, UTC)
DAY = 86_400

ARTICLE = Subject(
    title="The Tide at Elstow Harbour",
    author="Ada Marsh",
    section="Coast & Country",
    text="For eleven years he wrote down the height of the water. Nobody asked for it.",
    notes=("Ask Bram about the tables", "the height of the water"),
    note_texts=("Ask Bram about the tables",),
    source_id="gazette-1",
    source_title="The Elstow Gazette",
    others=(("wire", "North Wire"),),
    folders=("Morning Papers",),
    tags=("Sea", "long reads"),
    flags=READ | NOTED | TAGGED,
    moment=NOON - 3 * DAY,
    words=1_380,
    language="en-GB",
    link=True,
)


@pytest.mark.parametrize(
    "query",
    [
        "", "tide", "TIDE", "tid", "har tide", '"the tide"', '"elstow harbour"', "wat", "marsh", "country", "bram",
        '"height of the water"', "-storm", "storm OR tide", "-(storm tide)", "title:tide", 'title:"tide at"',
        "author:ada", 'author:"ada marsh"', "section:coast", "text:eleven", "note:ask", "source:gazette-1",
        "source:gazette", "source:wire", "source:north", 'folder:"morning papers"', "tag:sea", "tag:SEA",
        'tag:"long reads"', "is:read", "is:noted", "is:tagged", "-is:unread", "has:note", "has:link", "-has:image",
        "lang:en", "lang:en-gb", "minutes:6", "minutes:<7", "minutes:<=6", "minutes:>5", "minutes:>=6", "minutes:5-10",
        "on:2026-11-19", "on:2026-11", "on:2026", "on:3d", "before:today", "before:2d", "after:4d", "after:1w",
        "after:2026-11-18", "before:2026-11-20", "title:/^the .* har/", "tag:/^s/", "source:/wire$/", "sort:title",
    ],
)  # fmt: skip
def test_this_query_finds_the_article(query):
    assert matches(parse(query), ARTICLE, NOW)


@pytest.mark.parametrize(
    "query",
    [
        "storm", "ide", "tide storm", '"tide the"', '"the tid"', '"harbour ada"', "-tide", "title:water", "author:bram",
        "text:tide", "note:height", "source:gazette-2", "source:1", "folder:morning", "tag:long", "is:unread",
        "is:started", "is:hidden", "is:offline", "has:image", "lang:de", "lang:eng", "lang:en-us", "minutes:<6",
        "minutes:7-9", "minutes:>6", "on:today", "on:2026-10", "after:2d", "after:today", "after:2026-11-19",
        "before:2026-11-19", "before:3d", "before:2026-11", "title:/tide$/", "tag:/reads sea/", "gazette", "sea",
    ],
)  # fmt: skip
def test_this_query_does_not(query):
    assert not matches(parse(query), ARTICLE, NOW)


@pytest.mark.parametrize(
    ("flags", "states"),
    [
        (0, "unread"),
        (READ, "read"),
        (STARTED, "unread started"),
        (STARTED | READ, "read"),
        (STARTED | FINISHED, "unread finished"),
        (BOOKMARKED | NOTED | HIGHLIGHTED, "unread bookmarked noted highlighted"),
        (TAGGED | HIDDEN, "unread tagged hidden"),
    ],
)
def test_flags_are_asked_for_as_states(flags, states):
    names = list(STATES)
    found = [name for name in names if matches(parse(f"is:{name}"), Subject(flags=flags), NOW)]
    assert found == [name for name in names if name in states.split()]
    assert matches(parse("is:offline"), Subject(offline=True), NOW)


@given(subjects, contexts, st.lists(nodes, max_size=4))
def test_not_and_or_mean_what_they_say(subject, context, parts):
    def so(node):
        return matches(Query(node), subject, context)

    each = [so(part) for part in parts]
    assert so(And(tuple(parts))) == all(each)
    assert so(Or(tuple(parts))) == any(each)
    for part in parts:
        assert so(Not(part)) != so(part)


@given(subjects, contexts, st.lists(queries, max_size=3))
def test_conjoined_queries_are_all_met_and_the_last_order_counts(subject, context, asked):
    joined = conjoin(*asked)
    assert matches(joined, subject, context) == all(matches(query, subject, context) for query in asked)
    assert joined.sort == next((query.sort for query in reversed(asked) if query.sort), None)
    assert parse(str(joined)) == joined


@given(queries, subjects, contexts)
def test_a_printed_query_finds_the_same(query, subject, context):
    assert matches(parse(str(query)), subject, context) == matches(query, subject, context)


@given(st.integers(0, 20_000), st.integers(1, 900), st.sampled_from(("", "<", "<=", ">", ">=")), st.integers(0, 40))
def test_minutes_are_those_that_the_list_shows(words, pace, sign, asked):
    row = Row(1, 1, "", None, None, "", "", cut=False, words=words, published=None, url=None)
    shown = row.minutes_at(pace)
    meant = {
        "": shown == asked,
        "<": shown < asked,
        "<=": shown <= asked,
        ">": shown > asked,
        ">=": shown >= asked,
    }
    assert (
        matches(Query(parse(f"minutes:{sign}{asked}").node), Subject(words=words), Context(0, UTC, pace)) == meant[sign]
    )


def test_minutes_are_counted_from_words_as_storage_counts_them():
    assert Minutes("-", 2, 3).words(100) == (150, 349)
    assert Minutes("<", 2).words(100) == (0, 149)
    assert Minutes(">", 0).words(100) == (0, None)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("a -b (c OR d) -(e f) -(-g)", ["a", "c", "d", "g"]),
        ('title:"x y" author:z note:n -text:t a a', ["x y", "n", "a"]),
        ("is:read -a", []),
    ],
)
def test_the_words_of_a_query_are_those_that_are_wanted(query, words):
    assert [word.text for word in words_of(parse(query))] == words
    assert all(isinstance(word, Words) for word in words_of(parse(query)))


def test_a_query_asks_for_the_hidden_by_name():
    assert asks_hidden(parse("a OR -is:hidden"))
    assert not asks_hidden(parse("hidden is:read"))


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("query", "now", "moment", "found"),
    [
        ("on:today", "2026-11-22T00:30+01:00", "2026-11-22T00:00+01:00", True),
        ("on:today", "2026-11-22T00:30+01:00", "2026-11-21T23:59+01:00", False),
        ("on:yesterday", "2026-11-22T00:30+01:00", "2026-11-21T23:59+01:00", True),
        ("on:2026-10-25", "2026-11-22T00:30+01:00", "2026-10-25T23:59+01:00", True),  # a day of 25 hours
        ("on:2026-10-25", "2026-11-22T00:30+01:00", "2026-10-26T00:00+01:00", False),
        ("after:1m", "2026-03-31T12:00+02:00", "2026-02-28T12:00+01:00", True),
        ("after:1m", "2026-03-31T12:00+02:00", "2026-02-28T11:59+01:00", False),
        ("before:1y", "2028-02-29T12:00+01:00", "2027-02-28T11:59+01:00", True),
        ("after:1d", "2026-03-29T12:00+02:00", "2026-03-28T12:00+01:00", True),
        ("on:2026-12", "2026-11-22T00:30+01:00", "2026-12-31T23:59+01:00", True),
        ("before:99999y", "2026-11-22T00:30+01:00", "0900-01-01T00:00+00:00", False),
        ("after:9999", "2026-11-22T00:30+01:00", "9999-12-31T00:00+00:00", False),
        ("on:tomorrow", "2026-11-22T00:30+01:00", "2026-11-23T09:00+01:00", True),
    ],
)
def test_days_are_those_of_the_readers_zone(query, now, moment, found):
    now, moment = (int(datetime.fromisoformat(time).timestamp()) for time in (now, moment))
    assert matches(parse(query), Subject(moment=moment), Context(now, BERLIN)) == found


@given(contexts, st.integers(1, 9998), st.integers(1, 12), st.integers(0, 31 * DAY))
def test_a_moment_is_before_on_or_after_a_month_and_never_two_of_them(context, year, month, later):
    begun = int(datetime(year, month, 1, tzinfo=timezone(timedelta(0))).timestamp())
    subject = Subject(moment=begun + later)
    asked = (parse(f"{name}:{year:04}-{month:02}") for name in ("before", "on", "after"))
    assert sum(matches(query, subject, context) for query in asked) == 1
