"""Whatever a publisher does to a feed, no article vanishes and none is there twice."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.article import Entry
from reader.model.listing import Filter
from reader.model.source import Source
from reader.storage import intake
from reader.storage.cache import Cache
from tests.storage.asked import groups

NEWS = Source("news", "feed", "News", "https://news.example/feed")
OTHER = Source("other", "feed", "Other")
DAY = 86_400
NOW = 1_700_000_000

_SENTENCES = (
    "The ferry came in with lemons and two crates of clocks.",
    "Nobody had told the harbour master about the goats.",
    "A second lighthouse was ordered, and a third by mistake.",
    "On Tuesdays the crane is rented out to the opera.",
)


@pytest.fixture
def cache():
    made = Cache(None)
    yield made
    made.close()


def add(cache, *entries, source=NEWS, now=NOW):
    return intake.add(cache, source, entries, now)


def titles(cache, **chosen):
    return [row.title for row in cache.rows(groups(cache, Filter(**chosen), "page")[0])]


def post(number: int, **more: object) -> Entry:
    given = {
        "title": f"Post {number}",
        "excerpt": f"{_SENTENCES[number % 4]} {_SENTENCES[(number // 4) % 4]} word{number}x",
        "guid": f"tag:{number}",
        "url": f"https://news.example/{number}",
        "published": NOW - number * DAY - 77,
        **more,
    }
    return Entry(**given)  # type: ignore[arg-type]


# -- one sign changes


@pytest.mark.parametrize(
    "change",
    [
        {"guid": "tag:new"},
        {"url": "https://news.example/elsewhere"},
        {"title": "Another headline"},
        {"excerpt": "All of it was written anew, from the first word to the last."},
        {"guid": "tag:new", "excerpt": "All of it was written anew, from the first word to the last."},
        {"url": "https://news.example/elsewhere", "title": "Another headline"},
        {"guid": None},
        {"url": None},
        {"published": NOW - 5 * DAY},
    ],
)
def test_an_entry_that_changed_is_the_same_article(cache, change):
    first = add(cache, post(1), post(2)).keys
    again = add(cache, post(2), replace(post(1), **change))
    assert again.keys == first[::-1]
    assert again.new == ()
    # … and when it comes back as it was.
    assert add(cache, post(1), post(2)).keys == first
    assert len(titles(cache)) == 2


def test_a_new_guid_and_address_are_taken_over(cache):
    (key,) = add(cache, post(1)).keys
    assert add(cache, post(1, guid="tag:2", title="Two")).keys == (key,)
    assert add(cache, post(1, guid="tag:2", url="https://news.example/2", title="Three")).keys == (key,)
    # Nothing but the address is the same now, and of that one may be another article.
    other = post(1, guid="tag:3", url="https://news.example/2", title="Four", excerpt=_SENTENCES[3], published=None)
    assert add(cache, other).new != ()
    assert add(cache, post(1, guid="tag:2", url=None, title="Five")).keys == (key,)


def test_an_address_it_had_before_still_finds_it(cache):
    (key,) = add(cache, post(1)).keys
    add(cache, post(1, url="https://moved.example/1"))
    assert add(cache, Entry("Post 1", url="https://news.example/1"), source=OTHER).keys == (key,)
    assert add(cache, Entry("Post 1", url="https://moved.example/1"), source=OTHER).keys == (key,)


def test_a_guid_it_had_before_still_finds_it(cache):
    (key,) = add(cache, post(1)).keys
    add(cache, post(1, guid="tag:b"))
    assert add(cache, post(1, guid="tag:b", url="https://news.example/b")).keys == (key,)
    but_its_date = {"url": "https://news.example/c", "title": "Other", "excerpt": "Written anew, all of it."}
    assert add(cache, post(1, **but_its_date)).keys == (key,)


def test_all_moved_to_another_site_with_other_guids(cache):
    first = add(cache, *(post(number) for number in range(9))).keys
    moved = [post(n, guid=f"https://new.example/{n}", url=f"https://new.example/{n}") for n in range(9)]
    assert add(cache, *moved).keys == first


def test_a_numbered_version_of_an_article_is_the_article(cache):
    (key,) = add(cache, post(1, guid="https://news.example/1#0")).keys
    assert add(cache, post(1, guid="https://news.example/1#1", title="Now with a bridge", excerpt="New.")).keys == (
        key,
    )


# -- and these are others


def test_a_column_with_one_headline_is_an_article_each_week(cache):
    weekly = [post(week, title="Weekly links", excerpt=_SENTENCES[week]) for week in range(4)]
    for week in range(4):
        assert len(add(cache, *weekly[max(0, week - 1) : week + 1][::-1]).new) == 1
    assert titles(cache) == ["Weekly links"] * 4
    assert {row.excerpt for row in cache.rows((1, 2, 3, 4))} == set(_SENTENCES)


def test_a_column_that_says_the_same_each_day_is_an_article_each_day(cache):
    for day in range(5):
        entry = post(day, title="Open thread", excerpt="Talk about anything you like.", published=NOW - (9 - day) * DAY)
        assert len(add(cache, entry).new) == 1


def test_episodes_that_all_link_to_the_front_page(cache):
    def episode(number: int) -> Entry:
        return post(number, title=f"Episode {number}", url="https://show.example/")

    for number in range(1, 6):
        assert len(add(cache, episode(number), episode(number - 1)).new) == (2 if number == 1 else 1)
    assert len(add(cache, episode(6)).new) == 1
    assert len(titles(cache)) == 7


def test_a_column_of_one_headline_that_links_to_the_front_page(cache):
    def column(week: int) -> Entry:
        return post(7 * week, title="The week", url="https://show.example/", excerpt=_SENTENCES[week])

    for week in range(4):
        assert len(add(cache, column(week)).new) == 1


def test_a_column_without_guids_that_links_to_the_front_page(cache):
    def column(week: int) -> Entry:
        return post(7 * week, title="The week", guid=None, url="https://show.example/", excerpt=_SENTENCES[week])

    weeks = [column(week) for week in range(4)]
    assert len(add(cache, *weeks[1:]).new) == 3
    again = add(cache, *weeks[:3])
    assert (len(again.new), again.changed) == (1, ())
    assert add(cache, replace(weeks[0], excerpt="And more of it.")).changed == again.keys[:1]
    assert len(titles(cache)) == 4


def test_a_new_twin_before_the_known_one_does_not_take_its_place(cache):
    def thread(number: int) -> Entry:
        return story(number, title="Thread", guid=None, url="https://show.example/", published=None)

    (key,) = add(cache, thread(1)).keys
    added = add(cache, thread(2), thread(1))
    assert (len(added.new), added.changed, added.keys[1]) == (1, (), key)


def test_one_page_that_is_linked_by_every_comic(cache):
    for day in range(3):
        comic = post(day, title=f"Comic of day {day}", url="https://comic.example/today", excerpt=_SENTENCES[day])
        assert len(add(cache, comic).new) == 1


def test_a_guid_that_all_entries_share_tells_nothing(cache):
    entries = [post(number, guid="site") for number in range(3)]
    first = add(cache, *entries)
    assert len(first.new) == 3
    for turn in (1, 2):
        again = add(cache, *entries[turn:], *entries[:turn])
        assert (again.keys, again.new, again.changed) == (first.keys[turn:] + first.keys[:turn], (), ())


def story(number: int, **more: object) -> Entry:
    """Give a story that shares no word of its text with another."""
    words = " ".join(f"{word}{number}" for word in ("ferry", "lemon", "crate", "clock", "goat", "crane", "opera"))
    return post(number, **{"excerpt": words, **more})


def texts(cache):
    return {row.excerpt for row in cache.rows(groups(cache, Filter(), "page")[0])}


@pytest.mark.parametrize("signs", [{}, {"published": None}, {"published": NOW - 77}, {"title": "Weekly"}])
def test_guids_that_count_the_places_of_a_page_lose_no_article(cache, signs):
    keys = {}
    for newest in range(1, 9):
        page = [story(number, **signs) for number in range(newest, max(-1, newest - 3), -1)]
        page = [replace(one, guid=str(place)) for place, one in enumerate(page)]
        added = add(cache, *page)
        assert (len(added.new), added.changed) == (2 if newest == 1 else 1, ()) or not added.keys
        for one, key in zip(page, added.keys, strict=True):
            assert keys.setdefault(one.url, key) == key
    assert texts(cache) == {story(number).excerpt for number in range(9)}


@pytest.mark.parametrize("signs", [{}, {"published": None}, {"url": None}, {"url": "https://news.example/"}])
def test_a_guid_that_never_changes_loses_no_article(cache, signs):
    for number in range(12, 0, -1):
        (key,) = add(cache, story(number, guid="today", **signs)).new
        changed = story(number, guid="today", **signs, author="Ines")
        assert add(cache, changed).changed == (key,)
        assert add(cache, changed).keys == (key,)
    assert texts(cache) == {story(number).excerpt for number in range(1, 13)}


@pytest.mark.parametrize(
    "same", [{"url"}, {"excerpt"}, {"published"}, {"title", "published"}, {"title", "url"}, {"title", "excerpt"}]
)
def test_a_guid_with_one_more_sign_is_enough(cache, same):
    was, other = story(1, title="The old headline"), story(2, guid="tag:1", title="Quite another one")
    (key,) = add(cache, was).keys
    assert add(cache, replace(other, **{sign: getattr(was, sign) for sign in same})).keys == (key,)


@pytest.mark.parametrize("without", ["url", "published"])
def test_a_guid_with_a_headline_is_enough_where_nothing_says_otherwise(cache, without):
    (key,) = add(cache, story(1, title="The headline", **{without: None})).keys
    assert add(cache, story(2, guid="tag:1", title="The headline", **{without: None})).keys == (key,)


def test_a_form_that_is_filled_in_every_day_is_an_article_each_day_for_all_its_guid(cache):
    for day in range(3, 0, -1):
        form = f"Sunny in the harbour, with light winds from the west and a high tide at {day} in the morning."
        assert len(add(cache, story(day, guid="today", excerpt=form)).new) == 1


def test_a_date_that_all_entries_have_tells_nothing_of_a_guid(cache):
    entries = [story(number, guid=str(number % 2), published=NOW - 77) for number in range(4)]
    assert len({*add(cache, *entries[:2]).new, *add(cache, *entries[2:]).new}) == 4


def test_a_guid_and_a_page_that_others_link_to_as_well_are_enough(cache):
    page = {"url": "https://comic.example/today"}
    first = add(cache, story(1, **page), story(2, **page)).keys
    anew = story(3, guid="tag:1", **page)
    assert add(cache, anew, story(2, **page)).keys == first


def test_a_few_words_that_every_entry_says_tell_nothing_of_a_guid(cache):
    for number in range(3, 0, -1):
        assert len(add(cache, story(number, guid="today", excerpt="Comments")).new) == 1


def test_anchors_on_one_page_are_entries_of_their_own(cache):
    entries = [post(n, guid=None, url=f"https://news.example/changes#v{n}") for n in range(3)]
    first = add(cache, *entries)
    assert len(first.new) == 3
    assert add(cache, *entries[::-1]).keys == first.keys[::-1]
    newer = post(3, guid=None, url="https://news.example/changes#v3")
    assert len(add(cache, newer, *entries[:0:-1]).new) == 1
    assert len(titles(cache)) == 4


def test_an_entry_that_comes_twice_in_one_edition_is_one(cache):
    older = post(1, updated=NOW - 50, excerpt="Older.")
    newer = post(1, updated=NOW - 40, excerpt="Newer.")
    added = add(cache, older, post(2), newer, Entry("Bare", excerpt="x"), Entry("Bare", excerpt="x"))
    assert [bool(key) for key in added.keys] == [False, True, True, True, False]
    assert (len(added.new), added.known) == (3, 2)
    assert cache.article(added.keys[2]).text == "Newer."


def test_comments_on_an_article_are_not_the_article(cache):
    (key,) = add(cache, post(1)).keys
    comment = Entry("By Alice", url="https://news.example/1#comment-7", guid="c7", excerpt="Nice!")
    (made,) = add(cache, comment, source=OTHER).keys
    assert made != key


def test_what_is_said_of_an_article_elsewhere_is_not_the_article(cache):
    (key,) = add(cache, story(1, title="A harbour buys its second lighthouse")).keys
    link = {"url": "https://news.example/1"}
    said = story(2, title="On towns that buy too much", **link)
    (own,) = add(cache, said, source=OTHER).new
    assert add(cache, said, source=OTHER).keys == add(cache, replace(said, title="!"), source=OTHER).keys == (own,)
    third = Source("third", "feed", "Third")
    passed_on = (
        story(3, title="A harbour buys its second lighthouse", **link),
        story(3, title="A harbour buys its second lighthouse - News", **link),
        story(3, title="A harbour buys second lighthouse", **link),
        story(1, title="Found today", **link),
    )
    for number, one in enumerate(passed_on):
        assert add(cache, one, source=Source(f"s{number}", "feed", "S")).keys == (key,)
    # What it brought before is known by its address alone.
    assert add(cache, passed_on[0], source=third).keys == (key,)
    assert add(cache, replace(passed_on[0], title="Renamed"), source=third).keys == (key,)


# -- any feed at all


@dataclass
class Post:
    number: int
    entry: Entry
    key: int = 0


_CHANGES = st.sampled_from(["", "", "", "guid", "url", "title", "text"])
_EDITION = st.lists(st.tuples(st.integers(0, 7), _CHANGES), max_size=8, unique_by=lambda one: one[0])
_EDITIONS = st.lists(_EDITION, max_size=7)


@settings(max_examples=80)
@given(
    editions=_EDITIONS,
    signs=st.sampled_from(["both", "guid", "url", "place"]),
    at_once=st.sampled_from([2, 2, 400]),
)
def test_entries_leave_come_back_change_and_change_places(editions, signs, at_once):
    cache = Cache(None)
    posts: dict[int, Post] = {}
    changes = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "AT_ONCE", at_once)
        _disturb(cache, patch)
        for edition in editions:
            listed = []
            for place, (number, change) in enumerate(edition):
                one = posts.get(number)
                if one is None:
                    # Some share a headline with others, and tell themselves apart by all else.
                    entry = post(number, title="Weekly links" if number > 4 else f"Post {number}")
                    one = posts[number] = Post(number, _bare(entry, signs))
                elif change:
                    changes += 1
                    one.entry = _changed(one.entry, change, changes)
                if signs == "place":
                    one.entry = replace(one.entry, guid=f"place:{place}")
                listed.append(one)
            new = [one for one in listed if not one.key]
            added = add(cache, *(one.entry for one in listed))
            assert len(added.new) == len(new)
            assert added.known + len(added.new) + len(added.changed) == len(listed)
            for one, key in zip(listed, added.keys, strict=True):
                assert one.key in {0, key}, "it was taken for another"
                one.key = key
            _check(cache, posts, listed)
    cache.close()


def _disturb(cache: Cache, patch: pytest.MonkeyPatch) -> None:
    """Have another connection write whenever it is others' turn, so that all that is left is looked for again."""
    other, turn = cache._connect(), itertools.count()

    def write(_seconds: float) -> None:
        other.execute("INSERT OR REPLACE INTO kept VALUES ('turn', ?)", (next(turn),))

    patch.setattr(intake.time, "sleep", write)


def _bare(entry: Entry, signs: str) -> Entry:
    return replace(entry, guid=None if signs == "url" else entry.guid, url=None if signs == "guid" else entry.url)


def _changed(entry: Entry, change: str, number: int) -> Entry:
    match change:
        case "guid" if entry.guid is not None:
            return replace(entry, guid=f"tag:changed{number}")
        case "url" if entry.url is not None:
            return replace(entry, url=f"https://news.example/changed/{number}")
        case "title" if entry.title != "Weekly links":
            return replace(entry, title=f"Changed {number}")
        case "text":
            return replace(entry, excerpt=f"Wholly {number} other {number * 7} words changed{number}x")
    return entry


def _check(cache: Cache, posts: dict[int, Post], listed: list[Post]) -> None:
    keys = {one.key for one in posts.values()}
    assert len(keys) == len(posts) == cache.count()
    order = [row.key for row in cache.rows(groups(cache, Filter(), "page")[0])]
    assert order[: len(listed)] == [one.key for one in listed]
    for one in posts.values():
        article = cache.article(one.key)
        assert (article.text, article.row.title, article.row.url) == (one.entry.excerpt, one.entry.title, one.entry.url)
        word = one.entry.excerpt.split()[-1]
        assert list(groups(cache, Filter(words=word), "page")[0]) == [one.key]
