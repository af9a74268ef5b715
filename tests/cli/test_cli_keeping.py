"""`reader rules`, `reader prune` and `reader stats`."""

import sys
from contextlib import closing

import pytest

from reader.library import Library
from reader.model.article import Entry
from reader.model.source import Source
from reader.settings import places
from reader.storage import intake
from reader.storage.cache import Cache

RULES = """
[[rules]]
name = "ads"
when = "title:lighthouses"
do = ["hide", "tag ads"]

[[rules]]
when = "title:goodbye"
do = "bookmark"
"""


@pytest.fixture
def configure(home):
    def configure(text):
        places().settings.parent.mkdir(parents=True, exist_ok=True)
        places().settings.write_text(text)

    return configure


def test_rules_are_listed_tested_and_applied(library, configure):
    configure(RULES)
    assert library("rules").rows == [["ads", "title:lighthouses", "hide, tag ads"], ["", "title:goodbye", "bookmark"]]
    assert library("rules", "--json").json[0] == {
        "name": "ads", "when": "title:lighthouses", "do": ["hide", "tag ads"], "updated": False,
    }  # fmt: skip
    tested = library("rules", "test").lines
    assert tested[0] == "rule ads: 1 article hidden, 1 tagged ads"
    assert "lighthouses" in tested[1]
    (ads, _) = library("rules", "test", "--json").json
    assert (ads["articles"], [one["action"] for one in ads["do"]]) == (1, ["hide", "tag ads"])
    assert library("list", "title:lighthouses").ids == ads["do"][0]["articles"]
    assert library("undo").status == 1
    applied = library("rules", "apply").lines
    assert applied == ["rule ads: 1 article hidden, 1 tagged ads", "rule title:goodbye: 1 article bookmarked"]
    assert library("list", "title:lighthouses").ids == []
    assert library("list", "is:hidden").ids == ads["do"][0]["articles"]
    assert library("undo").lines == ["taken back: 2 rules on 2 articles"]
    assert library("list", "is:hidden").ids == []
    assert library("rules", "apply").lines == []


def test_what_is_added_is_looked_at(run, page, configure):
    configure(RULES)
    result = run("add", page)
    assert result.lines[-1] == (
        "Harbours: 23 new; rule ads: 1 article hidden, 1 tagged ads; rule title:goodbye: 1 article bookmarked"
    )
    assert len(run("list").lines) == 22
    assert run("undo").lines == ["taken back: 2 rules on 2 articles"]
    assert len(run("list").lines) == 23


def test_what_is_wrong_with_a_rule_is_told_and_stops_nothing(run, page, configure):
    configure(RULES.replace("title:goodbye", "is:unred").replace('"hide"', '"hid"'))
    for verb in (["add", page], ["rules"], ["rules", "test"], ["refresh"]):
        result = run(*verb)
        assert "rule “ads”: hid is nothing that a rule does" in result.err, verb
        assert "did you mean hide?" in result.err
        assert "rule “is:unred”: is:unred: there is no such state; did you mean is:unread? (character 1" in result.err
        assert result.status == (1 if verb[0] == "rules" else 0)
    assert run("doctor").status == 1
    assert "did you mean is:unread?" in run("doctor").out


def test_rules_to_some_articles_only(library, configure):
    configure(RULES)
    assert library("rules", "apply", "title:goodbye").lines == ["rule title:goodbye: 1 article bookmarked"]
    assert library("rules", "apply", "is:unred").status == 2


@pytest.fixture
def old(run, home):
    """A library with old articles of two sources, read and unread."""
    with closing(Cache(places().library)) as cache:
        for source, count in (("gazette", 3), ("herald", 2)):
            entries = [Entry(f"{source} {n}", body="x", published=1_000_000_000 + n) for n in range(count)]
            intake.add(cache, Source(source, "feed", source.title()), entries, 1_780_000_000)
    run("mark", "read", "--query", '-title:"gazette 2"')
    return run


def test_a_dry_run_tells_how_many_of_which_source(old):
    result = old("prune", "--older", "2y", "--dry-run")
    assert result.status == 0
    assert result.lines == [
        "2\tGazette", "2\tHerald", "4 articles older than 2y; 1 as old stay, being marked or unread",
    ]  # fmt: skip
    assert len(old("list").lines) == 5


def test_pruning_needs_a_yes(old, monkeypatch):
    result = old("prune", "--older", "2y")
    assert result.status == 2
    assert "--yes" in result.err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for answer in (b"\n", b"n\n", b""):
        assert old("prune", "--older", "2y", stdin=answer, typed=True).status == 1
    assert len(old("list").lines) == 5
    result = old("prune", "--older", "2y", "source:herald", stdin=b"y\n", typed=True)
    assert "Delete 2 articles for good? [y/N]" in result.err
    assert result.status == 0
    assert result.lines[-1].startswith("2 articles deleted")
    assert sorted(row[2] for row in old("list").rows) == ["gazette 0", "gazette 1", "gazette 2"]


def test_what_is_named_goes_as_well(old):
    ids = {row[2]: row[0] for row in old("list").rows}
    old("mark", "bookmark", ids["gazette 0"])
    assert old("prune", "--older", "2y", "--also", "unread,bookmarked", "--yes").status == 0
    assert old("list").lines == []
    wrong = old("prune", "--older", "2y", "--also", "unred", "--yes")
    assert wrong.status == 2
    assert "did you mean unread?" in wrong.err


def test_an_age_that_is_none_is_told(old):
    for age in ("old", "2 years", "0x"):
        result = old("prune", "--older", age, "--yes")
        assert result.status == 2
        assert result.err.startswith("reader: --older: ")
        assert result.err.count("\n") == 1
    assert old("prune", "--yes").status == 2
    assert old("prune", "--older", "2y", "is:unred", "--yes").status == 2
    assert len(old("list").lines) == 5


def test_settings_that_are_broken_are_told_where_rules_are_asked_for(library, configure):
    configure("[[rules")
    for verb in (["rules"], ["rules", "--json"], ["rules", "test"], ["rules", "apply"]):
        result = library(*verb)
        assert result.status == 1, verb
        assert result.err.startswith(f"reader: {places().settings}: ")
        assert "; the defaults are used" in result.err
    assert library("rules", "--json").json == []


@pytest.mark.parametrize("nothing", ["", "  ", "(", '"', "sort:newest"])
def test_a_query_that_asks_for_nothing_changes_nothing(old, nothing):
    for command in (
        ["prune", "--older", "2y", "--yes", nothing], ["mark", "unread", "--query", nothing],
        ["tag", "add", "x", nothing], ["rules", "apply", nothing],
    ):  # fmt: skip
        result = old(*command)
        assert result.status == 2, command
        assert "asks for nothing" in result.err
    assert len(old("list", "is:read").lines) == 4


@pytest.mark.parametrize("age", ["", "2y)", "2y)OR(is:read", "2y|is:read"])
def test_an_age_is_no_query(old, age):
    result = old("prune", "--older", age, "--yes", "--also", "unread")
    assert result.status == 2
    assert result.err.startswith("reader: --older: ")
    assert result.err.count("\n") == 1
    assert "  " not in result.err
    assert ("a date is written as" if age else "it wants an age") in result.err
    assert len(old("list").lines) == 5


def test_figures_of_nothing(library):
    assert library("stats").lines == ["The last 30 days: 0 articles, 0 min"]
    (found,) = library("stats", "--json", "--days", "7").json
    assert len(found["days"]) == 7
    assert (found["articles"], found["seconds"], found["streak"], found["sources"]) == (0, 0, 0, [])
    for wrong in ("0", "x", "-3", "99999"):
        assert library("stats", "--days", wrong).status == 2


@pytest.mark.parametrize("days", ["1", "30", "100", "1000"])
def test_figures_of_something(library, days):
    ids = library("list").ids
    with Library(places()) as opened:
        row = opened.shelf.row(int(ids[0]))
        opened.log.add(row.id, 600, opened.now())
        opened.notebook.set_read([row], read=True)
    (found,) = library("stats", "--json", "--days", days).json
    assert (found["articles"], found["seconds"], found["streak"], found["longest"]) == (1, 600, 1, 1)
    assert found["days"][-1]["seconds"] == 600
    assert found["sources"] == [{"name": "Harbours", "articles": 1, "seconds": 600}]
    for width in (0, 60):
        result = library("stats", "--days", days, tty=width)
        assert "1 article, 10 min" in result.lines[0]
        assert "In a row: 1 day now, 1 at most" in result.lines
        assert any("█" in line and "10 min" in line for line in result.lines)
        assert "Sources" in result.lines
        assert max(map(len, result.lines)) <= (width or 72)
        assert "\x1b" not in result.out
