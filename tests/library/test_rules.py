"""What comes in is marked, tagged, bookmarked and hidden by the reader's rules."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.library.rulebook import wrong
from reader.model.annotation import Place, Quote
from reader.model.article import BOOKMARKED, HIDDEN, READ, TAGGED, Entry
from reader.model.listing import Filter
from reader.model.source import Source
from reader.settings import Places
from reader.storage import intake
from tests.conftest import NOW

ADS = '[[rules]]\nname = "ads"\nwhen = "title:sponsored"\ndo = ["hide", "tag ads"]\n'


@pytest.fixture
def write(places):
    def write(text: str) -> None:
        places.settings.parent.mkdir(parents=True, exist_ok=True)
        places.settings.write_text(text)

    return write


@pytest.fixture
def library(places):
    with Library(places, now=lambda: NOW) as library:
        yield library


def take(library, *titles, name="gazette"):
    entries = [title if isinstance(title, Entry) else Entry(title, body=f"{title} and more") for title in titles]
    return intake.add(library.cache, Source(name, "listing", name.title()), entries, NOW)


def flags(library, query="is:hidden OR -is:hidden"):
    rows = library.shelf.rows(library.shelf.listing(Filter("asked", query=query)).keys)
    return {row.title: row.flags for row in rows}


def test_what_comes_in_is_hidden_and_tagged_as_one_action(library, write):
    write(ADS)
    take(library, "Sponsored: a mattress", "The tide", "Sponsored: a kettle")
    assert library.came() == ("rule ads: 2 articles hidden, 2 tagged ads",)
    assert flags(library) == {
        "Sponsored: a mattress": HIDDEN | TAGGED, "The tide": 0, "Sponsored: a kettle": HIDDEN | TAGGED,
    }  # fmt: skip
    assert [row.title for row in library.shelf.rows(library.shelf.listing().keys)] == ["The tide"]
    undone = library.notebook.undo()
    assert undone.label == "rule ads: 2 articles hidden, 2 tagged ads"
    assert set(flags(library).values()) == {0}
    assert library.notebook.undo() is None


def test_each_article_is_looked_at_once(library, write):
    write(ADS)
    take(library, "Sponsored: a mattress")
    assert library.came()
    library.notebook.undo()
    assert library.came() == ()
    take(library, "Sponsored: a kettle")
    assert library.came() == ("rule ads: 1 article hidden, 1 tagged ads",)
    assert flags(library)["Sponsored: a mattress"] == 0


def test_what_a_process_that_broke_off_took_in_is_looked_at_by_the_next(places, write):
    write(ADS)
    with Library(places, now=lambda: NOW) as library:
        take(library, "Sponsored: one")
        assert library.came()
        take(library, "Sponsored: two")
    with Library(places, now=lambda: NOW) as library:
        assert library.came() == ("rule ads: 1 article hidden, 1 tagged ads",)
    with Library(places, now=lambda: NOW) as library:
        assert library.came() == ()


def test_new_rules_look_at_what_comes_from_now_on(places, write):
    with Library(places, now=lambda: NOW) as library:
        take(library, "Sponsored: one")
        assert library.came() == ()
    write(ADS)
    with Library(places, now=lambda: NOW) as library:
        assert library.came() == ()
        take(library, "Sponsored: two")
        assert library.came() == ("rule ads: 1 article hidden, 1 tagged ads",)
    write("")
    with Library(places, now=lambda: NOW) as library:
        take(library, "Sponsored: three")
        assert library.came() == ()
    write(ADS)
    with Library(places, now=lambda: NOW) as library:
        assert library.came() == ()


def test_rules_that_were_changed_meanwhile_hold_from_then_on(library, write):
    write(ADS)
    take(library, "Sponsored: one")
    assert library.came()
    write('[[rules]]\nwhen = "tide"\ndo = "bookmark"\n')
    take(library, "Sponsored: two", "The tide")
    assert library.came() == ("rule tide: 1 article bookmarked",)


def test_no_rule_depends_on_what_another_did(library, write):
    write(ADS + '[[rules]]\nwhen = "tag:ads"\ndo = ["mark read"]\n[[rules]]\nwhen = "is:unread"\ndo = ["bookmark"]\n')
    take(library, "Sponsored: one")
    told = [str(effect) for effect in library.rules.test()]
    assert library.came() == (told[0], told[2])
    assert told[0] == "rule ads: 1 article hidden, 1 tagged ads"
    assert told[1:] == ["rule tag:ads: nothing to do", "rule is:unread: 1 article bookmarked"]
    assert library.notebook.undo().label == "2 rules on 1 article"
    assert flags(library) == {"Sponsored: one": 0}


def test_what_two_rules_want_is_done_and_counted_once(library, write):
    write(ADS + ADS.replace('"ads"', '"more"', 1))
    take(library, "Sponsored: one")
    assert library.came() == ("rule ads: 1 article hidden, 1 tagged ads",)


def test_an_updated_article_is_looked_at_only_by_a_rule_that_says_so(library, write):
    write('[[rules]]\nwhen = "flood"\ndo = "bookmark"\n[[rules]]\nwhen = "flood"\ndo = "tag water"\nupdated = true\n')
    take(library, Entry("News", guid="1", body="calm"))
    assert library.came() == ()
    changed = take(library, Entry("News", guid="1", body="A flood came up the river in the night.")).changed
    assert library.came(changed) == ("rule flood: 1 article tagged water",)
    assert library.came(changed) == ()


def test_what_the_reader_took_back_is_not_done_again(library, write):
    write('[[rules]]\nwhen = "tide"\ndo = ["mark read", "bookmark", "tag sea"]\n')
    take(library, "The tide")
    assert library.came()
    rows = library.shelf.rows(library.shelf.listing().keys)
    rows = library.notebook.set_read(rows, read=False)
    rows = library.notebook.set_bookmarked(rows, bookmarked=False)
    library.notebook.set_tags(rows, (), ("sea",))
    assert library.rules.apply() == ()
    assert flags(library) == {"The tide": 0}


def test_an_action_that_was_undone_is_not_done_again(library, write):
    write('[[rules]]\nwhen = "tide"\ndo = ["mark read"]\n')
    take(library, "The tide")
    assert library.came()
    library.notebook.undo()
    assert library.rules.apply() == ()


def test_what_was_marked_unread_again_stays_unread(library, write):
    take(library, "The tide", "The tide of news")
    (first, _) = library.shelf.rows(library.shelf.listing().keys)
    (first,) = library.notebook.set_read((first,), read=True)
    library.notebook.set_read((first,), read=False)
    write('[[rules]]\nwhen = "tide"\ndo = ["mark read"]\n')
    assert library.rules.apply() == ("rule tide: 1 article marked read",)
    assert flags(library) == {"The tide": 0, "The tide of news": READ}


def test_what_was_bookmarked_is_not_hidden(library, write):
    take(library, "Sponsored: one")
    library.notebook.set_bookmarked(library.shelf.rows(library.shelf.listing().keys), bookmarked=True)
    write(ADS)
    assert library.rules.apply() == ("rule ads: 1 article tagged ads",)
    assert flags(library) == {"Sponsored: one": BOOKMARKED | TAGGED}


def test_what_was_read_and_marked_is_not_hidden(library, write):
    names = ("bookmarked", "noted", "highlighted", "begun", "plain")
    take(library, *(f"Sponsored: {name}" for name in names))
    row = {one.title[11:]: one for one in library.shelf.rows(library.shelf.listing().keys)}
    notebook = library.notebook
    notebook.set_bookmarked([row["bookmarked"]], bookmarked=True)
    notebook.set_note(row["noted"], "a note")
    notebook.add_highlight(row["highlighted"], Quote("more"), "green")
    notebook.set_place(row["begun"], Place(0, 0.5, 0.5))
    notebook.set_read([row[name] for name in names if name != "begun"], read=True)
    write(ADS.replace(', "tag ads"', ""))
    library.rules.apply()
    assert [title[11:] for title, state in flags(library).items() if state & HIDDEN] == ["plain"]


def test_rules_are_applied_to_some_of_the_library(library, write):
    take(library, "Sponsored: one")
    take(library, "Sponsored: two", name="herald")
    write(ADS)
    assert [len(effect.keys) for effect in library.rules.test()] == [2]
    assert library.rules.apply("source:herald") == ("rule ads: 1 article hidden, 1 tagged ads",)
    assert [len(effect.keys) for effect in library.rules.test()] == [1]


def test_very_many_are_changed_without_a_row_for_each(library, write):
    write('[[rules]]\nwhen = "source:gazette"\ndo = ["mark read", "hide", "bookmark", "tag a"]\n')
    take(library, *(f"Story {number}" for number in range(1500)))
    assert library.came() == (
        "rule source:gazette: 1,500 articles marked read, 1,500 hidden, 1,500 bookmarked, 1,500 tagged a",
    )
    assert set(flags(library).values()) == {READ | HIDDEN | BOOKMARKED | TAGGED}
    assert library.notebook.undo().count == 1500
    assert set(flags(library).values()) == {0}


def test_a_refresh_applies_them(desk, ferry, write):
    from reader.library import errands

    write('[[rules]]\nname = "one"\nwhen = "title:one"\ndo = ["mark read"]\n')
    assert errands.refresh(desk.library, [ferry.id]).ruled == ("rule one: 1 article marked read",)
    assert flags(desk.library) == {"One": READ, "Two": 0}


def test_what_is_added_is_looked_at_and_told(library, write):
    from reader.ingest import detect

    write('[[rules]]\nwhen = "harbour"\ndo = "tag sea"\n')
    found = detect.read(b"The harbour\n\nIt was a long day at the harbour, and nobody said a word.\n", "a.txt")
    assert str(library.subscriptions.add(found, "a.txt")).endswith("1 new; rule harbour: 1 article tagged sea")


def test_the_guide_is_let_be(library, write):
    write('[[rules]]\nwhen = "is:unread"\ndo = ["mark read"]\n')
    library.subscriptions.add_guide()
    assert library.came() == ()


def test_who_may_not_write_applies_none(places, write):
    write(ADS)
    with Library(places) as writer, Library(places) as other:
        take(writer, "Sponsored: one")
        assert other.came() == ()
        assert writer.came()


def test_what_is_wrong_is_told_with_its_place_and_the_rest_holds(library, write, places):
    write('[[rules]]\nname = "odd"\nwhen = "tide is:unred"\ndo = ["hide"]\n' + ADS)
    (told,) = wrong(places.settings)
    assert "rule “odd”: is:unred: there is no such state; did you mean is:unread? (character 6 of its when)" in told
    take(library, "Sponsored: a tide")
    assert library.came() == ("rule ads: 1 article hidden, 1 tagged ads",)


@pytest.mark.parametrize("when", ["(((", '"', "sort:newest", "-", "OR", "* sort:newest"])
def test_a_rule_that_asks_for_nothing_is_told_and_left_out_and_not_for_everything(library, write, places, when):
    write(f"[[rules]]\nname = 'all'\nwhen = '{when}'\ndo = 'hide'\n" + ADS)
    assert len(wrong(places.settings)) == 1
    assert "rule “all”: its when asks for nothing" in wrong(places.settings)[0]
    take(library, "The tide", "Sponsored: one")
    assert library.came() == ("rule ads: 1 article hidden, 1 tagged ads",)


def test_what_was_marked_unread_again_stays_so_however_often_rules_do_something_with_it(library, write):
    take(library, "The tide")
    (row,) = library.shelf.rows(library.shelf.listing().keys)
    (row,) = library.notebook.set_read((row,), read=True)
    library.notebook.set_read((row,), read=False)
    write('[[rules]]\nwhen = "tide"\ndo = ["mark read", "tag sea", "hide"]\n')
    assert library.rules.apply() == ("rule tide: 1 article tagged sea",)
    assert library.rules.test()[0].keys == ()
    assert library.rules.apply() == ()
    assert flags(library) == {"The tide": TAGGED}


@pytest.mark.parametrize("many", [False, True])
def test_what_is_marked_unread_after_a_rule_tagged_it_stays_so(library, write, many):
    write('[[rules]]\nwhen = "tide"\ndo = ["tag sea"]\n')
    take(library, "The tide")
    assert library.came()
    (row,) = library.shelf.rows(library.shelf.listing().keys)
    if many:
        library.notebook.many([row.key]).set_read(read=True)
        library.notebook.many([row.key]).set_read(read=False)
    else:
        (row,) = library.notebook.set_read((row,), read=True)
        library.notebook.set_read((row,), read=False)
    write('[[rules]]\nwhen = "tide"\ndo = ["mark read", "hide"]\n')
    assert library.rules.apply() == ()
    assert flags(library) == {"The tide": TAGGED}


def test_a_tag_is_kept_as_it_can_be_seen_and_given_once(library, write, places):
    write('[[rules]]\nwhen = "tide"\ndo = ["tag  se\\u001b[31ma", "tag ' + "x" * 120 + '"]\n')
    assert wrong(places.settings) == []
    take(library, "The tide")
    assert len(library.came()) == 1
    assert list(library.notebook.tags()) == ["se [31ma", "x" * 100]
    row = library.shelf.rows(library.shelf.listing().keys)
    library.notebook.set_tags(row, (), ["se [31ma", "x" * 100])
    assert library.rules.apply() == ()


@pytest.mark.parametrize(("action", "said"), [("tag a,b", "parted by commas"), ("tag \\u200b", "nothing of it")])
def test_a_tag_that_can_be_none_is_told(write, places, action, said):
    write(f'[[rules]]\nwhen = "tide"\ndo = ["{action}"]\n')
    (told,) = wrong(places.settings)
    assert "rule “tide”: " in told
    assert said in told


def test_settings_that_cannot_be_read_are_wrong_for_the_rules_too(write, places):
    write("[[rules")
    (told,) = wrong(places.settings)
    assert told.startswith(f"{places.settings}: ")
    write("measure = 5\n")
    assert wrong(places.settings) == []


WHEN = st.sampled_from(
    ["tide", "is:unread", "-tide", "is:read OR is:bookmarked", "tag:a", "-tag:a minutes:<5", "is:hidden"]
)
DO = st.lists(st.sampled_from(["mark read", "bookmark", "hide", "tag a", "tag b"]), min_size=1, max_size=3)
MARKS = st.lists(st.sampled_from(["read", "unread", "bookmark", "tag", "hide"]), max_size=3)


@settings(max_examples=40)
@given(st.lists(st.tuples(WHEN, DO), min_size=1, max_size=3), st.lists(MARKS, min_size=1, max_size=4))
def test_whatever_the_rules_are_they_do_what_the_test_told_once_and_undo_takes_it_back(tmp_path_factory, rules, marks):
    home = tmp_path_factory.mktemp("ruled")
    places = Places(home / "config", home / "data")
    places.config.mkdir()
    places.settings.write_text("".join(f"[[rules]]\nwhen = '{when}'\ndo = {do}\n" for when, do in rules))
    with Library(places, now=lambda: NOW) as library:
        take(library, *(f"The {'tide' if number % 2 else 'ebb'} {number}" for number in range(len(marks))))
        rows = sorted(library.shelf.rows(library.shelf.listing().keys), key=lambda row: row.key)
        for row, some in zip(rows, marks, strict=True):
            mark(library, row, some)
        before = flags(library)
        left = {row.id for row, some in zip(rows, marks, strict=True) if " ".join(some).endswith("read unread")}
        effects = library.rules.test()
        assert library.rules.apply() == tuple(str(effect) for effect in effects if effect.keys)
        after = flags(library)
        assert before.keys() == after.keys()
        changed = {row.title for row in rows if row.key in {key for effect in effects for key in effect.keys}}
        assert {title for title in after if after[title] != before[title]} <= changed
        assert all(before[title] & ~after[title] == 0 for title in after)
        assert all(not after[row.title] & READ for row in rows if row.id in left)
        assert flags(library) == after
        if changed:
            assert library.notebook.undo().count == len(changed)
            assert flags(library) == before


def mark(library, row, some):
    for one in some:
        if one in {"read", "unread"}:
            library.notebook.set_read([row], one == "read")
        elif one == "bookmark":
            library.notebook.set_bookmarked([row], bookmarked=True)
        elif one == "tag":
            library.notebook.set_tags([row], ["a"])
        else:
            library.notebook.set_hidden([row], hidden=True)
