"""The same story from several sources is listed once, whatever came first."""

from __future__ import annotations

from contextlib import closing
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.library.states import States
from reader.library.stories import settle
from reader.model.article import BOOKMARKED, HIDDEN, Entry
from reader.model.listing import Filter
from reader.model.source import Source
from reader.storage import following, intake, mirror, pruning, removal, stories
from reader.storage.cache import Cache

NOW = 1_790_000_000
DAY = 86_400
FERRY = "Ferry runs aground off the north pier"
MILL = "Council sells the old mill to its tenants"
HOUR, SKETCH, GULL, LAMP = (
    Source(f"feed-{number}", "feed", title)
    for number, title in enumerate(("The Hour", "Daily Sketch", "The Gull", "Evening Lamp"))
)


@pytest.fixture
def cache():
    with closing(Cache(None)) as opened:
        yield opened


def entry(title=FERRY, name="", at=NOW, text="A few words."):
    return Entry(title, excerpt=text, guid=f"{title} {name} {at}", published=at)


def add(cache, source, *entries, now=NOW):
    return intake.add(cache, source, entries or (entry(name=source.id),), now).new


def listed(cache):
    return list(cache.ordered("page")[0])


def counted(cache):
    runs, shared = cache.runs()
    counts = dict(runs)
    for source, keys in shared.items():
        counts[source] = counts.get(source, 0) + len(keys)
    return counts


def test_the_first_leads_and_names_the_others(cache):
    (first,) = add(cache, HOUR)
    add(cache, SKETCH)
    add(cache, GULL, entry(f"UPDATE: {FERRY} | The Gull", at=NOW - 2 * DAY))
    assert listed(cache) == [first]
    assert cache.rows([first])[0].others == ("Daily Sketch", "The Gull")
    assert counted(cache) == {1: 1, 2: 1, 3: 1}


def test_what_follows_stays_with_its_id_and_its_text(cache):
    add(cache, HOUR)
    (second,) = add(cache, SKETCH, entry(text="Told otherwise."))
    assert cache.article(second).text == "Told otherwise."
    assert cache.key(cache.rows([second])[0].id) == second


@pytest.mark.parametrize(
    ("source", "title", "at"),
    [
        (SKETCH, FERRY, NOW - 3 * DAY - 1),
        (HOUR, FERRY, NOW - DAY),
        (SKETCH, FERRY.replace("north", "south"), NOW),
        (Source("b", "book", "A book"), FERRY, NOW),
        (Source("guide", "guide", "Guide"), FERRY, NOW),
        (Source("texts", "texts", "Texts"), FERRY, NOW),
    ],
)
def test_what_is_no_second_telling(cache, source, title, at):
    add(cache, HOUR)
    (second,) = add(cache, source, entry(title, "again", at))
    assert second not in following.Following().leaders(cache.connection)


def test_what_one_source_says_week_after_week_is_a_column(cache):
    add(cache, HOUR)
    add(cache, SKETCH)
    assert len(listed(cache)) == 1
    add(cache, HOUR, entry(at=NOW + 7 * DAY), now=NOW + 7 * DAY)
    add(cache, SKETCH, entry(at=NOW + 7 * DAY), now=NOW + 7 * DAY)
    assert len(listed(cache)) == 4


def test_words_of_what_follows_find_what_leads(places):
    with Library(places) as library:
        (first,) = add(library.cache, HOUR, entry(text="Nobody was hurt."))
        add(library.cache, SKETCH, entry(text="The lemons were lost."))
        shelf = library.shelf
        assert list(shelf.matches(Filter(words="lemons"))) == [first]
        assert list(shelf.listing(Filter(words="lemons")).keys) == [first]
        # Flags are those of what is listed; words and sources must be one telling's.
        found = {asked: list(shelf.matches(Filter(words=f"lemons {asked}"))) for asked in ("is:unread", "hurt")}
        assert found == {"is:unread": [first], "hurt": []}
        assert list(shelf.listing(Filter(source=SKETCH.id, words="lemons")).keys) == [first]
        library.notebook.set_read(shelf.rows([first]), read=True)
        assert list(shelf.listing(Filter("unread", words="lemons")).keys) == []


@pytest.mark.parametrize("many", [1, 50_000])
def test_what_leads_is_as_good_a_match_as_the_best_of_its_story(places, monkeypatch, many):
    monkeypatch.setattr("reader.storage.ranking.MANY", many)
    with Library(places) as library:
        (first,) = add(library.cache, HOUR, entry(text="Nobody was hurt."))
        (best,) = add(library.cache, GULL, entry("Lemons over the town, and lemons again tonight", text="Lemons."))
        add(library.cache, SKETCH, entry(text="The lemons were lost. " + "And more was said of it. " * 20))
        assert list(library.shelf.listing(Filter(words="lemons")).keys) == [best, first]


def test_counts_agree_with_listings(places):
    with Library(places) as library:
        cache, shelf = library.cache, library.shelf
        add(cache, HOUR, entry(), entry(MILL))
        add(cache, SKETCH, entry(name="s"), entry("A quiet day in the old harbour town"))
        add(cache, GULL, entry(MILL, "g"), entry(name="g"))
        counts = shelf.counts({"all": "", "words": "text:few", "unread": "is:unread"})
        assert counts.views == {"all": (3, 3), "words": (3, 3), "unread": (3, 3)}
        assert mirror.counts(cache, b"")[HOUR.id][0] == 2
        for source in (HOUR, SKETCH, GULL):
            assert counts.sources[source.id][1] == len(shelf.listing(Filter(source=source.id))) == 2
            assert mirror.counts(cache, b"")[source.id] == (2, 2)
            assert len(shelf.listing(Filter(words=f'source:"{source.title}"'))) == 2
        library.notebook.set_hidden(shelf.rows([2]), hidden=True)
        library.notebook.set_read(shelf.rows([1]), read=True)
        counts = shelf.counts({})
        standing = {one.source.id: (one.unread, one.articles) for one in library.subscriptions.sources()}
        for source, count in ((HOUR, (0, 1)), (SKETCH, (1, 2)), (GULL, (0, 1))):
            assert counts.sources[source.id] == count
            assert len(shelf.listing(Filter(source=source.id))) == count[1]
            assert standing.get(source.id, count) == count


def test_a_source_that_is_removed_leaves_its_story_to_the_next(cache):
    (first,) = add(cache, HOUR)
    (second,) = add(cache, SKETCH)
    (third,) = add(cache, GULL)
    assert removal.would(cache, HOUR.id, ()) == removal.remove(cache, HOUR.id, ()) == (1, 0)
    assert listed(cache) == [second]
    assert cache.rows([second])[0].others == ("The Gull",)
    removal.remove(cache, GULL.id, ())
    assert cache.rows([second])[0].others == ()
    assert cache.article(first) is cache.article(third) is None


def test_a_marked_article_leads_on_though_its_source_is_removed(cache):
    (first,) = add(cache, HOUR)
    add(cache, SKETCH)
    removal.remove(cache, HOUR.id, {cache.rows([first])[0].id})
    assert listed(cache) == [first]
    assert counted(cache) == {1: 1, 2: 1}


def test_pruning_a_story_brings_back_nothing(cache):
    (first,) = add(cache, HOUR)
    add(cache, SKETCH)
    pruning.prune(cache, [first], NOW)
    assert listed(cache) == []
    add(cache, SKETCH)
    assert listed(cache) == []


def test_a_source_that_brings_the_very_article_later_counts_once(cache):
    (first,) = add(cache, HOUR, Entry(FERRY, excerpt="x", url="https://hour.example/a", published=NOW))
    add(cache, SKETCH, Entry(FERRY, excerpt="y", url="https://sketch.example/b", published=NOW))
    add(cache, SKETCH, Entry(FERRY, excerpt="x", url="https://hour.example/a", published=NOW))
    assert listed(cache) == [first]
    assert counted(cache) == {1: 1, 2: 1}
    removal.remove(cache, HOUR.id, ())
    assert first in listed(cache)


def test_a_parted_story_stays_parted_until_it_is_joined(cache):
    keys = [*add(cache, HOUR), *add(cache, SKETCH), *add(cache, GULL)]
    assert stories.part(cache, keys[1:])
    assert sorted(listed(cache)) == keys
    assert [row.others for row in cache.rows(keys)] == [(), (), ()]
    add(cache, SKETCH)
    (fourth,) = add(cache, LAMP)
    assert sorted(listed(cache)) == keys
    assert cache.rows(keys)[0].others == ("Evening Lamp",)
    stories.join(cache, keys[0])
    assert listed(cache) == keys[:1]
    assert following.story(cache.connection, fourth) == [*keys, fourth]


@pytest.mark.parametrize(
    ("marked", "flag", "rows"), [(0, BOOKMARKED, 1), (1, BOOKMARKED, 2), (0, HIDDEN, 2), (1, HIDDEN, 1)]
)
def test_what_is_marked_is_listed_and_what_a_rule_hid_leads_nothing(cache, marked, flag, rows):
    keys = [*add(cache, HOUR), *add(cache, SKETCH), *add(cache, GULL)]
    states = States(cache, "")
    states.set(keys[marked], flag)
    settle(cache, states)
    assert len(listed(cache)) == rows
    settle(cache, states)
    assert len(listed(cache)) == rows


def test_with_the_setting_off_nothing_is_one_story(places):
    with Library(places) as library:
        add(library.cache, HOUR)
        add(library.cache, SKETCH)
        library.came()
        assert len(library.shelf.listing()) == 1
        places.settings.parent.mkdir(parents=True, exist_ok=True)
        places.settings.write_text("same_story = false\n")
        add(library.cache, GULL)
        library.came()
        assert len(library.shelf.listing()) == 3


def test_a_bookmark_on_what_follows_lists_it(places):
    with Library(places) as library:
        add(library.cache, HOUR)
        (second,) = add(library.cache, SKETCH)
        library.notebook.set_bookmarked(library.shelf.rows([second]), bookmarked=True)
        assert sorted(library.shelf.listing().keys) == [1, 2]
        assert list(library.shelf.listing(Filter("bookmarked")).keys) == [second]


@pytest.mark.parametrize("few", [0, 100])
def test_what_follows_and_is_tagged_among_many_is_listed_and_not_pruned_with_what_leads(places, monkeypatch, few):
    monkeypatch.setattr("reader.library.many._FEW", few)
    with Library(places) as library:
        (first,) = add(library.cache, HOUR)
        (second,) = add(library.cache, SKETCH)
        library.notebook.many([second]).set_tags(["kept"])
        assert list(library.shelf.listing(Filter("tag:kept", query="tag:kept")).keys) == [second]
        pruning.prune(library.cache, [first], NOW)
        assert list(library.shelf.listing().keys) == [second]


TOLD = st.lists(
    st.tuples(
        st.sampled_from((HOUR, SKETCH, GULL, LAMP)),
        st.sampled_from((FERRY, f"The {FERRY}!", MILL)),
        st.integers(-300, 0),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: (one[0].id, one[2]),
)


def rows_of(told):
    with closing(Cache(None)) as cache:
        for source, title, hours in told:
            add(cache, source, entry(title, at=NOW + hours * 3600))
        ordered = listed(cache)
        assert sum(counted(cache).values()) >= len(ordered)
        for source, title, hours in told:
            add(cache, source, entry(title, at=NOW + hours * 3600))
        assert listed(cache) == ordered
        return len(ordered)


@settings(max_examples=40, deadline=None)
@given(TOLD, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_change_how_many_rows_there_are(told, random):
    shuffled = list(told)
    random.shuffle(shuffled)
    assert rows_of(told) == rows_of(shuffled)


def test_no_order_of_four_tells_more():
    told = [(HOUR, FERRY, 0), (SKETCH, FERRY, -60), (GULL, FERRY, -100), (LAMP, FERRY, -140)]
    assert {rows_of(order) for order in permutations(told)} == {2}
