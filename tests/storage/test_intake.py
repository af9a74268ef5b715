"""library.db, written: what comes is found again, and nobody rewrites another's article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import Enclosure, Entry
from reader.model.listing import Filter
from reader.model.source import Source
from reader.storage import fetches, indexing, intake, mirror, order, pages, pictures, removal
from reader.storage.cache import Cache
from tests.invented import entry
from tests.storage.asked import groups

PAGE = Source("page", "listing", "Harbours")
NEWS = Source("news", "feed", "News")
OTHER = Source("other", "feed", "Other")


@pytest.fixture
def cache():
    made = Cache(None)
    yield made
    made.close()


def add(cache, source, *entries, now=1_000):
    return intake.add(cache, source, entries, now)


def rows(cache):
    return cache.rows(groups(cache, Filter(), "page")[0])


def found(cache, words):
    return [row.title for row in cache.rows(groups(cache, Filter(words=words), "page")[0])]


def test_by_its_guid_within_a_source(cache):
    add(cache, NEWS, Entry("One", guid="7", url="https://x.org/1", published=77))
    article = rows(cache)[0].id
    again = add(cache, NEWS, Entry("Renamed", guid="7", url="https://x.org/2", excerpt="new", published=77))
    assert (again.new, len(again.changed)) == ((), 1)
    assert [(row.id, row.title, row.url) for row in rows(cache)] == [(article, "Renamed", "https://x.org/2")]


def test_the_same_guid_in_another_source_is_another_article(cache):
    add(cache, NEWS, Entry("One", guid="7"))
    assert len(add(cache, OTHER, Entry("Two", guid="7")).new) == 1


def test_by_its_address_in_any_source(cache):
    add(cache, NEWS, Entry("One", guid="7", url="https://X.org/1?utm_medium=a"))
    assert add(cache, OTHER, Entry("One", url="https://x.org/1#c")).known == 1
    assert len(rows(cache)) == 1


def test_by_its_headline_within_a_source(cache):
    add(cache, PAGE, entry("A Lighthouse, for Sale"))
    assert add(cache, PAGE, entry("A lighthouse for sale!", excerpt="changed")).changed
    assert len(add(cache, Source("p2", "listing", "P2"), entry("A lighthouse for sale")).new) == 1


def test_only_the_first_source_writes(cache):
    add(cache, NEWS, Entry("One", url="https://x.org/1", excerpt="Mine."))
    add(cache, OTHER, Entry("One", author="Hacker", url="https://x.org/1", excerpt="Theirs."))
    assert [(row.title, row.author, row.excerpt) for row in rows(cache)] == [("One", None, "Mine.")]
    assert found(cache, "theirs") == found(cache, "hacker") == []


def test_a_twin_on_the_same_page_is_not_taken_for_the_other(cache):
    one, two = entry("Letters", excerpt="First."), entry("Letters", excerpt="Second.")
    assert len(add(cache, PAGE, one, two).new) == 2
    ids = {row.excerpt: row.id for row in rows(cache)}
    assert len(set(ids.values())) == 2
    again = add(cache, PAGE, two, one)
    assert (again.new, again.changed) == ((), ())
    assert {row.excerpt: row.id for row in rows(cache)} == ids


def test_an_id_does_not_depend_on_when_or_what_else_came(cache):
    add(cache, PAGE, entry("One"), entry("Two"))
    other = Cache(None)
    try:
        add(other, NEWS, Entry("Something", guid="1"))
        add(other, PAGE, entry("Two"), entry("One"), now=5)
        ids = {row.title: row.id for row in rows(other)}
    finally:
        other.close()
    assert {row.title: row.id for row in rows(cache)} == {"One": ids["One"], "Two": ids["Two"]}


def test_an_author_and_a_section_that_are_missing_later_stay(cache):
    add(cache, PAGE, entry("One", author="Ines", url="https://x.org/1", published=7))
    add(cache, PAGE, entry("One", author=None, section=None))
    add(cache, PAGE, Entry("One", excerpt=rows(cache)[0].excerpt))
    row = rows(cache)[0]
    assert (row.author, row.section, row.url, row.published) == ("Ines", "Harbours", "https://x.org/1", 7)


def test_the_index_follows_what_changed(cache):
    add(cache, PAGE, entry("Moorings", excerpt="lemons"), entry("Quay", excerpt="figs"))
    add(cache, PAGE, entry("Moorings", excerpt="oranges"))
    assert found(cache, "lemons") == []
    assert found(cache, "oranges") == ["Moorings"]
    assert found(cache, "figs") == ["Quay"]
    cache.connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_a_page_that_fails_half_way_leaves_nothing(cache):
    add(cache, PAGE, entry("One"))
    with pytest.raises(AttributeError):
        add(cache, PAGE, entry("Two"), None)
    assert [row.title for row in rows(cache)] == ["One"]
    assert not cache.connection.in_transaction
    add(cache, PAGE, entry("Three"))
    assert {row.title for row in rows(cache)} == {"One", "Three"}


def test_an_excerpt_of_a_row_is_one_line_of_bounded_length(cache):
    add(cache, PAGE, entry("Long", excerpt="a b\n\nc " * 500))
    (row,) = rows(cache)
    assert len(row.excerpt) == intake.EXCERPT
    assert "\n" not in row.excerpt
    assert row.words == 1_500


def test_what_is_dated_in_the_future_is_not(cache):
    def came(published, updated=None):
        (key,) = add(cache, NEWS, Entry("One", guid="1", published=published, updated=updated), now=10_000).keys
        return cache.article(key).row.published, cache.article(key).updated

    assert came(99_999_999, 99_999_999) == (None, None)
    assert came(9_000, 9_500) == (9_000, 9_500)
    assert came(10_060, 10_070) == (10_000, 10_000)
    assert came(99_999_999) == (10_000, 10_000)


def test_a_text_that_says_something_else_is_revised_and_the_old_one_kept(cache):
    (key,) = add(cache, NEWS, Entry("One", guid="1", body="It **was** [so](https://a.example/?1).", markdown=True)).keys

    def comes(body, now, title="One"):
        added = add(cache, NEWS, Entry(title, guid="1", body=body, markdown=True), now=now)
        article = cache.article(key)
        assert article.text == body
        return len(added.changed), article.row.revised, [one.text for one in cache.former(key)]

    assert comes("It **was** [so](https://a.example/?1).", 2_000) == (0, None, [])
    # Only the markup, the spacing and where a link leads.
    assert comes("It *was*\n[so](https://a.example/?2).", 2_001) == (1, None, [])
    assert comes("It *was*\n[so](https://a.example/?2).", 2_002, "Two") == (1, None, [])
    assert comes("It was not so.", 2_003, "Two") == (1, 2_003, ["It *was*\n[so](https://a.example/?2)."])
    for number in range(4, 8):
        comes(f"It was so {number}.", 2_000 + number, "Two")
    assert [(one.text, one.until) for one in cache.former(key)] == [
        ("It was so 6.", 2_007), ("It was so 5.", 2_006), ("It was so 4.", 2_005),
    ]  # fmt: skip
    assert found(cache, "not") == []
    assert found(cache, "7") == ["Two"]


def test_a_page_that_brings_nothing_new_writes_nothing(cache):
    entries = [Entry(str(number), guid=str(number), body="x") for number in range(5)]
    add(cache, NEWS, *entries)
    before = cache.connection.total_changes
    assert add(cache, NEWS, *entries, now=2_000).known == 5
    assert cache.connection.total_changes == before
    new = Entry("new", guid="new", body="x")
    add(cache, NEWS, new, *entries[:4])
    # One more on top: the others stay where they are.
    assert {row[0] for row in cache.connection.execute("SELECT edition FROM articles WHERE guid <> 'new'")} == {1}
    assert [row.title for row in rows(cache)] == ["new", "0", "1", "2", "3", "4"]


def test_a_long_page_comes_in_by_parts_and_others_may_write_between(cache, tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "AT_ONCE", 3)
    one, other = Cache(tmp_path / "library.db"), Cache(tmp_path / "library.db")
    parts = []

    def meanwhile(_seconds):
        parts.append(other.count())
        # Another source brings what this page has further down.
        add(other, OTHER, Entry("Story 8", guid="o", author="Eve", url="https://x.org/8"))

    monkeypatch.setattr(intake.time, "sleep", meanwhile)
    try:
        entries = [Entry(f"Story {n}", guid=str(n), url=f"https://x.org/{n}") for n in range(10)]
        added = intake.add(one, NEWS, entries, 1_000)
        monkeypatch.undo()
        assert parts == [3, 7, 9]
        assert (len(added.new), added.known, len(set(added.keys))) == (9, 1, 10)
        assert one.article(added.keys[8]).source_id == "other"
        assert [row.author for row in one.rows(added.keys)] == [*[None] * 8, "Eve", None]
    finally:
        one.close()
        other.close()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"url": "https://x.org/all#{n}"},
        {"url": "https://x.org/one", "guid": "g{n}"},
        {"url": "https://x.org/"},
    ],
)
def test_twins_are_not_taken_for_one_another_when_others_write_between(tmp_path, monkeypatch, given):
    monkeypatch.setattr(intake, "AT_ONCE", 3)
    one, other = Cache(tmp_path / "library.db"), Cache(tmp_path / "library.db")
    monkeypatch.setattr(intake.time, "sleep", lambda _seconds: other.keep("noise", b"x", patience=9_000))
    try:
        signs = [{name: value.format(n=n) for name, value in given.items()} for n in range(10)]
        entries = [Entry("Weekly", body=f"number {n} says " + f"{n * 7}x " * 9, **signs[n]) for n in range(10)]
        assert len(set(add(one, NEWS, *entries).new)) == 10
        assert {one.article(row.key).text for row in rows(one)} == {entry.body for entry in entries}
        again = add(one, NEWS, *entries)
        assert (again.known, len(set(again.keys))) == (10, 10)
    finally:
        one.close()
        other.close()


def test_what_is_deleted_while_a_page_comes_in_is_new_again(tmp_path, monkeypatch):
    one, other = Cache(tmp_path / "library.db"), Cache(tmp_path / "library.db")
    entries = [Entry(f"Story {n}", guid=str(n)) for n in range(4)]
    keys = add(one, NEWS, *entries).keys
    monkeypatch.setattr(intake, "AT_ONCE", 2)

    def meanwhile(_seconds):
        with other.writing("nothing could be deleted") as connection:
            removal.delete(connection, keys[3:])

    monkeypatch.setattr(intake.time, "sleep", meanwhile)
    try:
        again = add(one, NEWS, *entries)
        assert (again.keys[:3], len(again.new)) == (keys[:3], 1)
        assert len(rows(one)) == 4
    finally:
        one.close()
        other.close()


def test_a_page_is_wanted_again_when_the_words_that_came_have_changed(cache):
    def comes(text, title="One"):
        teaser = Entry(title, guid="1", excerpt=text, cut=True, url="https://x.org/1")
        (key,) = add(cache, NEWS, teaser, now=2_000).keys
        return key, [key for key, _ in pages.wanting(cache, "news", "auto", 9)]

    key, wanted = comes("It was so.")
    assert wanted == [key]
    pages.keep(cache, key, "It was so, and more was said of it.", 2_000)
    assert comes("It was so.") == (key, [])
    assert comes("It was so.", "Renamed") == (key, [])
    assert comes("It was not so.", "Renamed") == (key, [key])
    # Until then the earlier one is read.
    assert cache.article(key).text == "It was so, and more was said of it."
    pages.keep(cache, key, "It was not so, and more was said of it.", 2_001)
    assert comes("It was not so.", "Renamed") == (key, [])


def test_nothing_comes_in_for_a_source_that_was_removed(cache):
    add(cache, NEWS, Entry("One", guid="1"), Entry("Two", guid="2"))
    assert removal.remove(cache, "news", set()) == (2, 0)
    assert add(cache, NEWS, Entry("One", guid="1")) == intake.Added((), (), 0)
    assert rows(cache) == []
    mirror.put(cache, NEWS)
    assert len(add(cache, NEWS, Entry("One", guid="1")).new) == 1


def test_what_leaves_with_a_source_and_what_stays(cache):
    keys = add(
        cache,
        NEWS,
        Entry("Marked", guid="1", excerpt="markedx"),
        Entry("Plain", guid="2", excerpt="plainx", tags=("a",), enclosures=(Enclosure("https://x.org/a.mp3"),)),
        Entry("Shared", guid="3", excerpt="sharedx", url="https://x.org/3"),
    ).keys
    add(cache, OTHER, Entry("Shared", guid="o3", excerpt="theirsx", url="https://x.org/3"))
    pages.keep(cache, keys[1], "The whole page wholex", 5)
    pictures.keep(cache, keys[1], "https://x.org/p.png", "image/png", b"x", now=5)
    for guid in ("2", "2b"):
        add(cache, NEWS, Entry("Plain", guid=guid, excerpt=f"plainx rewritten {guid}", url="https://x.org/2"), now=6)
    fetches.write(cache, fetches.Fetch("news", etag="x"))
    ids = {row.title: row.id for row in rows(cache)}
    order_before = groups(cache, Filter(), "page")[0]

    assert removal.remove(cache, "news", {ids["Marked"]}) == (1, 1)
    assert groups(cache, Filter(), "page")[0] != order_before
    assert {row.title: row.id for row in rows(cache)} == {title: ids[title] for title in ("Marked", "Shared")}
    assert (found(cache, "markedx"), found(cache, "sharedx")) == (["Marked"], ["Shared"])
    assert found(cache, "plainx") == found(cache, "wholex") == []
    assert fetches.all(cache) == {}
    assert pictures.of(cache, "https://x.org/p.png", now=6) is None
    for table in ("bodies", "tags", "enclosures", "aliases", "pages", "former", "pictures", "shared"):
        column = "article" if table == "pictures" else "key"
        left = cache.connection.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", (keys[1],)).fetchone()
        assert left == (0,), table
    # What another source brought too is that one's now, and follows it.
    assert cache.article(keys[2]).source_id == "other"
    add(cache, OTHER, Entry("Shared too", guid="o3", excerpt="theirsx", url="https://x.org/moved"))
    assert found(cache, "theirsx") == ["Shared too"]
    assert cache.article(keys[0]).source_id == "news"
    assert removal.remove(cache, "news", set()) == (1, 0)
    assert removal.remove(cache, "unknown", set()) == (0, 0)
    indexing.make_again(cache.connection)
    assert found(cache, "markedx") == []


def test_an_order_kept_before_a_removal_is_not_believed(cache):
    add(cache, NEWS, Entry("One", guid="1"))
    add(cache, OTHER, Entry("Two", guid="2"))
    (keys, heads), content = groups(cache, Filter(), "page"), order.content(cache.connection)
    removal.remove(cache, "news", set())
    # Made before, and kept after: by another process, perhaps.
    cache.keep(order.USUAL_ORDER, order.packed(keys, heads, content))
    assert len(groups(cache, Filter(), "page")[0]) == 1


def test_articles_are_counted_by_source(cache):
    keys = add(cache, NEWS, Entry("One", guid="1"), Entry("Two", guid="2")).keys
    add(cache, OTHER, Entry("Three", guid="3"))
    read = bytearray(keys[1] + 1)
    read[keys[1]] = 1
    assert mirror.counts(cache, bytes(read)) == {"news": (2, 1), "other": (1, 1)}
    assert mirror.counts(cache, b"") == {"news": (2, 2), "other": (1, 1)}


def test_an_article_that_two_sources_brought_is_counted_with_both(cache):
    story = {"url": "https://x.org/1", "excerpt": "All about it."}
    (key,) = add(cache, NEWS, Entry("One", guid="1", **story)).keys
    add(cache, OTHER, Entry("One", guid="o", **story), Entry("Two", guid="o2"))
    assert mirror.counts(cache, b"") == {"news": (1, 1), "other": (2, 2)}
    read = bytes([*[0] * key, 1])
    assert mirror.counts(cache, read) == {"news": (1, 0), "other": (2, 1)}
    removal.remove(cache, "other", set())
    assert mirror.counts(cache, read) == {"news": (1, 0)}


@given(st.lists(st.lists(st.sampled_from("ABCDE"), unique=True), max_size=6))
def test_editions_in_any_order_bring_each_article_once_and_the_newest_leads(editions):
    cache = Cache(None)
    try:
        wanted: list[str] = []
        for edition in editions:
            new = [title for title in edition if title not in wanted]
            assert len(add(cache, PAGE, *(entry(title) for title in edition)).new) == len(new)
            wanted = [*edition, *(title for title in wanted if title not in edition)]
        shown = [row.title for row in rows(cache)]
        assert sorted(shown) == sorted(wanted)
        if editions:
            assert shown[: len(editions[-1])] == editions[-1]
    finally:
        cache.close()
