"""Whole pages: which are wanted, which text is shown, and that list and search say the same."""

from __future__ import annotations

import pytest

from reader.model.article import Enclosure, Entry
from reader.model.listing import Filter
from reader.model.source import Source
from reader.storage import fetches, indexing, intake, pages, pictures
from reader.storage.cache import Cache, LibraryError
from tests.storage.asked import groups

NEWS = Source("news", "feed", "News")
URL = "https://news.example/"
WHOLE = "The page is here in full, with a word of its own: pagewordx, and far more of everything."


@pytest.fixture
def cache(tmp_path):
    made = Cache(tmp_path / "library.db")
    yield made
    made.close()


def add(cache, *entries, now=1_000):
    return intake.add(cache, NEWS, entries, now).keys


def found(cache, words):
    """Give the keys of the articles with a word, after making sure that the index knows no more and no less."""
    before = list(groups(cache, Filter(words=words), "page")[0])
    with cache.writing("test") as connection:
        indexing.make_again(connection)
    assert list(groups(cache, Filter(words=words), "page")[0]) == before
    return before


def teaser(title="T", **more):
    return Entry(title, excerpt="Only the feedwordx …", cut=True, url=URL + title, **more)


def test_which_are_wanted(cache):
    keys = add(
        cache,
        Entry("whole", body="All of it.", url=URL + "1", published=1),
        Entry("cut", body="Some of …", cut=True, url=URL + "2", published=2),
        Entry("teaser", excerpt="A summary.", url=URL + "3", published=3),
        Entry("nothing", url=URL + "4", published=4),
        Entry("no link", excerpt="Some of …", cut=True, published=5),
        Entry("mail", excerpt="Some of …", cut=True, url="mailto:a@b.example", published=6),
    )
    assert pages.wanting(cache, "news", "auto", 9) == [(keys[n], f"{URL}{n + 1}") for n in (3, 2, 1)]
    assert pages.wanting(cache, "news", "auto", 2) == [(keys[n], f"{URL}{n + 1}") for n in (3, 2)]
    assert [key for key, _ in pages.wanting(cache, "news", "always", 9)] == [keys[n] for n in (3, 2, 1, 0)]
    assert pages.wanting(cache, "news", "never", 9) == pages.wanting(cache, "other", "always", 9) == []
    pages.keep(cache, keys[3], WHOLE, 2_000)
    pages.fail(cache, keys[2], "behind a paywall", 2_000, final=True)
    for _ in range(pages.TRIES):
        assert pages.wanting(cache, "news", "auto", 9) == [(keys[1], f"{URL}2")]
        pages.fail(cache, keys[1], "no answer", 2_000)
    assert pages.wanting(cache, "news", "auto", 9) == []


def test_a_page_is_kept_shown_and_found(cache):
    (key,) = add(cache, teaser())
    assert not pages.has(cache, key)
    assert cache.excerpts([key]) == {key: "Only the feedwordx …"}
    assert pages.keep(cache, key, WHOLE, 2_000, problem="pictures missing")
    article = cache.article(key)
    assert (article.text, article.markdown, article.as_page, article.problem) == (WHOLE, True, True, "pictures missing")
    assert (article.row.offline, article.row.cut, article.row.words) == (True, False, len(WHOLE.split()))
    assert article.row.excerpt == "Only the feedwordx …"
    assert cache.excerpts([key]) == {}
    assert found(cache, "pagewordx") == [key]
    assert found(cache, "feedwordx") == []
    assert pages.has(cache, key)
    assert pages.url(cache, key) == URL + "T"


def test_the_two_texts_change_places_and_nothing_else_does(cache):
    (key,) = add(cache, teaser())
    before = cache.article(key)
    pages.keep(cache, key, WHOLE, 2_000)
    whole = cache.article(key)
    for _ in range(2):
        assert pages.toggle(cache, key) is False
        assert found(cache, "feedwordx") == [key]
        assert found(cache, "pagewordx") == []
        article = cache.article(key)
        assert (article.text, article.as_page, article.row.offline) == (before.text, False, True)
        assert (article.row.words, article.row.cut, article.row.excerpt) == (4, True, before.row.excerpt)
        assert pages.toggle(cache, key) is True
        assert cache.article(key) == whole
        assert found(cache, "pagewordx") == [key]


def test_there_is_nothing_to_change_places_with(cache):
    (key,) = add(cache, teaser())
    assert pages.toggle(cache, key) is False
    pages.fail(cache, key, "no answer", 2_000)
    assert pages.toggle(cache, key) is False
    assert pages.toggle(cache, 99) is False
    assert cache.article(key).problem == "no answer"
    assert not cache.article(key).row.offline
    assert pages.keep(cache, 99, WHOLE, 1) is False
    pages.fail(cache, 99, "x", 1)


def test_a_page_that_says_less_is_kept_and_not_shown(cache):
    (key,) = add(cache, Entry("T", body="A long body. " * 20, url=URL))
    assert pages.keep(cache, key, "Accept cookies", 2_000) is False
    article = cache.article(key)
    assert (article.as_page, article.row.offline, article.row.words) == (False, True, 60)
    assert pages.toggle(cache, key) is True
    assert cache.article(key).text == "Accept cookies"
    assert pages.keep(cache, key, "Accept all cookies", 2_100) is False
    assert cache.article(key).text == "A long body. " * 20
    assert pages.keep(cache, key, "Asked for", 2_200, asked=True) is True
    assert found(cache, "asked") == [key]


def test_what_the_user_put_away_stays_away_when_it_comes_again(cache):
    (key,) = add(cache, teaser())
    pages.keep(cache, key, WHOLE, 2_000)
    pages.toggle(cache, key)
    assert pages.keep(cache, key, WHOLE + " And more.", 2_100) is False
    assert pages.keep(cache, key, WHOLE + " And more.", 2_200, asked=True) is True


def test_a_page_that_says_more_by_now_is_shown(cache):
    (key,) = add(cache, Entry("T", body="A long body. " * 20, url=URL))
    assert pages.keep(cache, key, "Come back later", 2_000) is False
    assert pages.keep(cache, key, "The whole of it. " * 30, 2_100) is True


def test_a_page_whose_article_says_something_else_is_wanted_again(cache):
    kept, failed = add(cache, teaser("kept"), teaser("failed"))
    pages.keep(cache, kept, WHOLE, 2_000)
    pages.fail(cache, failed, "behind a paywall", 2_000, final=True)
    with cache.writing("test") as connection:
        pages.outdated(connection, kept)
        pages.outdated(connection, failed)
    assert pages.wanting(cache, "news", "never", 9) == pages.wanting(cache, "other", "auto", 9) == []
    assert pages.wanting(cache, "news", "auto", 9) == [(kept, URL + "kept")]
    assert pages.wanting(cache, "news", "always", 9) == [(kept, URL + "kept")]
    # Until then the one that is here is read.
    assert cache.article(kept).text == WHOLE
    assert cache.article(kept).row.offline
    for _ in range(pages.TRIES):
        assert pages.wanting(cache, "news", "auto", 9)
        pages.fail(cache, kept, "no answer", 2_100)
    assert pages.wanting(cache, "news", "auto", 9) == []
    pages.keep(cache, kept, WHOLE + " And a correction.", 2_200)
    assert pages.wanting(cache, "news", "auto", 9) == []
    assert [one.text for one in cache.former(kept)] == [WHOLE]


@pytest.mark.parametrize("policy", ["auto", "always"])
def test_finding_what_is_wanted_walks_over_no_table(cache, policy):
    statements = []
    cache.connection.set_trace_callback(statements.append)
    pages.wanting(cache, "news", policy, 9)
    cache.connection.set_trace_callback(None)
    plan = [row[3] for row in cache.connection.execute(f"EXPLAIN QUERY PLAN {statements[0]}")]
    assert any("page_stale" in step for step in plan)
    assert not [step for step in plan if step.startswith(("SCAN a", "SCAN p")) and "page_stale" not in step]
    assert any("article_short" in step for step in plan) == (policy == "auto")


def test_what_could_not_be_had_is_tried_again_when_it_is_asked_for_in_another_way(cache):
    (key,) = add(cache, teaser())
    (other,) = intake.add(cache, Source("other", "feed", "Other"), [teaser("other")], 1_000).keys
    for failed in (key, other):
        pages.fail(cache, failed, "not without a login", 2_000, final=True)
    pages.retry(cache, "news")
    assert pages.wanting(cache, "news", "auto", 9) == [(key, URL + "T")]
    assert pages.wanting(cache, "other", "auto", 9) == []


def test_what_a_list_shows_when_nothing_came(cache):
    (key,) = add(cache, Entry("T", url=URL))
    pages.keep(cache, key, WHOLE, 2_000, excerpt="  The page\n\nis here …")
    assert cache.rows((key,))[0].excerpt == "The page is here …"
    pages.toggle(cache, key)
    assert cache.rows((key,))[0].excerpt == ""


def test_a_page_fetched_again_keeps_the_text_it_had(cache):
    (key,) = add(cache, teaser())
    pages.keep(cache, key, WHOLE, 2_000)
    pages.keep(cache, key, WHOLE.replace("full", "*full*"), 2_050)
    assert cache.former(key) == []
    pages.keep(cache, key, WHOLE + " And a correction.", 2_100)
    assert [(one.text, one.markdown, one.until) for one in cache.former(key)] == [
        (WHOLE.replace("full", "*full*"), True, 2_100)
    ]
    assert found(cache, "correction") == [key]


def test_the_page_stays_when_the_feed_changes_its_text(cache):
    (key,) = add(cache, teaser())
    pages.keep(cache, key, WHOLE, 2_000)
    assert intake.add(cache, NEWS, [Entry("New title", excerpt="Quite other words", url=URL + "T")], 3_000).changed == (
        key,
    )
    article = cache.article(key)
    assert (article.text, article.as_page, article.row.title, article.row.revised) == (WHOLE, True, "New title", 3_000)
    assert article.row.words == len(WHOLE.split())
    assert pages.wanting(cache, "news", "auto", 9) == [(key, URL + "T")]
    assert found(cache, "pagewordx title") == [key]
    assert found(cache, "quite") == []
    assert [one.text for one in cache.former(key)] == ["Only the feedwordx …"]
    pages.toggle(cache, key)
    row = cache.rows((key,))[0]
    assert (row.words, row.cut, row.excerpt) == (3, False, "Quite other words")
    assert found(cache, "quite") == [key]
    assert found(cache, "pagewordx") == []


def test_a_failure_after_success_leaves_the_text(cache):
    (key,) = add(cache, teaser())
    pages.keep(cache, key, WHOLE, 2_000)
    pages.fail(cache, key, "the site is down", 3_000)
    article = cache.article(key)
    assert (article.text, article.problem, article.row.offline) == (WHOLE, "the site is down", True)


def test_all_that_came_with_an_article_is_told(cache):
    files = (Enclosure("https://x.example/1.mp3", "audio/mpeg", 12, 60, "Part 1"), Enclosure("https://x.example/2.mp3"))
    entry = teaser(
        published=900, updated=950, tags=("sea", "air", "sea bass"), language="pt-BR",
        image="https://x.example/1.jpg", comments="https://x.example/c", enclosures=files,
    )  # fmt: skip
    (key,) = add(cache, entry)
    article = cache.article(key)
    told = {name: getattr(article, name) for name in ("updated", "tags", "language", "image", "comments", "enclosures")}
    assert told == {name: getattr(entry, name) for name in told}
    assert cache.details([key, 99]).keys() == {key}
    less = teaser(tags=("sea",), enclosures=files[1:], published=900)
    assert intake.add(cache, NEWS, [less], 1_000).known == 1
    article = cache.article(key)
    assert (article.tags, article.enclosures, article.language) == (("sea",), files[1:], "pt-BR")


def test_one_that_only_reads_says_so(cache, tmp_path):
    (key,) = add(cache, teaser())
    only = Cache(tmp_path / "library.db", read_only=True)
    try:
        for change in (
            lambda: pages.keep(only, key, WHOLE, 1),
            lambda: pages.fail(only, key, "x", 1),
            lambda: fetches.write(only, fetches.Fetch("x")),
            lambda: pictures.keep(only, key, URL, "image/png", b"x", now=1),
        ):
            with pytest.raises(LibraryError, match="could not be kept"):
                change()
        assert only.article(key).text == "Only the feedwordx …"
    finally:
        only.close()


# -- images


def test_images_are_kept_within_a_budget_and_the_oldest_go_first(cache):
    (key,) = add(cache, teaser())
    for number in range(5):
        assert pictures.keep(cache, key, f"{URL}{number}.png", "image/png", bytes(100), 400, now=number)
    assert pictures.has(cache, [f"{URL}{n}.png" for n in range(6)]) == {f"{URL}{n}.png" for n in (1, 2, 3, 4)}
    assert pictures.of(cache, f"{URL}0.png", now=9) is None
    found = pictures.of(cache, f"{URL}1.png", now=10**6)
    assert (found.type, found.data) == ("image/png", bytes(100))
    # The first was looked at since, so the second goes.
    pictures.keep(cache, key, f"{URL}5.png", "image/png", bytes(50), 400, now=10**6)
    assert pictures.has(cache, [f"{URL}{n}.png" for n in range(6)]) == {f"{URL}{n}.png" for n in (1, 3, 4, 5)}
    assert not pictures.keep(cache, key, f"{URL}big.png", "image/png", bytes(101), 400, now=10**6)
    assert not pictures.keep(cache, key, f"{URL}empty.png", "image/png", b"", 400, now=10**6)
    pictures.keep(cache, key, f"{URL}5.png#again", "image/gif", bytes(60), 400, now=10**6)
    assert pictures.of(cache, f"{URL}5.png", now=1).type == "image/gif"
    assert cache.connection.execute("SELECT sum(size) FROM pictures").fetchone()[0] <= 400


def test_a_library_that_is_only_read_shows_its_images(cache, tmp_path):
    (key,) = add(cache, teaser())
    pictures.keep(cache, key, URL, "image/png", b"x", now=1)
    only = Cache(tmp_path / "library.db", read_only=True)
    try:
        assert pictures.of(only, URL, now=10**9).data == b"x"
    finally:
        only.close()


def test_the_beginning_of_an_image_can_be_had_alone(cache):
    (key,) = add(cache, teaser())
    pictures.keep(cache, key, f"{URL}1.png", "image/png", b"head" + bytes(100_000), now=1)
    assert pictures.head(cache, f"{URL}1.png", 4) == b"head"
    assert len(pictures.head(cache, f"{URL}1.png", 10**6)) == 100_004
    assert pictures.head(cache, f"{URL}2.png", 4) == b""
