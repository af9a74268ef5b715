"""Whatever is asked of whatever library: SQL chooses the articles that the predicate chooses."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.model.annotation import Place, Quote
from reader.model.article import HIDDEN, READ, Entry
from reader.model.listing import Filter
from reader.model.query import (
    Context,
    Field,
    Minutes,
    Name,
    Pattern,
    Query,
    Subject,
    When,
    Words,
    asks_hidden,
    matches,
)  # fmt: skip
from reader.model.query.fields import HAS, PATTERNED, STATES, TEXTS
from reader.model.query.tree import both, either, negated
from reader.model.source import Care, Source
from reader.settings import Places
from reader.storage import intake, mirror, stories
from tests.model.query import trees

NOW = 1_795_000_000
SOURCES = (
    Source("s1", "feed", "The Tide", "https://tide.example", care=Care(folder="News")),
    Source("tide", "feed", "News of the ebb", "https://ebb.example", care=Care(folder="long reads")),
    Source("é", "feed", "1 x", "https://x.example"),
)
said = st.sampled_from(
    (
        "The tide and the ebb",
        "don't b",
        "1 x",
        "é",
        "Éclair tide",
        "the *tide*",
        'a\\ "b"',
        "ebb-tide",
        "is:x OR",
        "漢字 tide",
    )
) | st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "Z")), min_size=1, max_size=8)
MIDNIGHT = int(datetime(2026, 11, 17, tzinfo=UTC).timestamp())
DAYS = ("2026-11-17", "2026-11-16", "2026-11", "2026", "today", "yesterday", "3d", "6d", "5m", "1y")
moments = (
    st.none()
    | st.sampled_from((NOW, NOW - 3600, NOW - 86_400 * 3, NOW - 86_400 * 40, MIDNIGHT, MIDNIGHT - 1, MIDNIGHT + 86_400))
    | st.integers(-(10**9), NOW)
)
entries = st.builds(
    Entry,
    title=said,
    author=st.none() | said,
    section=st.none() | said,
    excerpt=said | st.sampled_from((2, 3, 5, 50, 51, 150, 250, 350, 400, 600, 1000)).map(lambda count: "word " * count),
    url=st.none() | st.integers(0, 3).map("https://a.example/{}".format),
    published=moments,
    language=st.sampled_from((None, "en", "en-GB", "de", "de_AT")),
    image=st.none() | st.just("https://a.example/i.png"),
)
marked = st.fixed_dictionaries(
    {
        "read": st.booleans(), "bookmarked": st.booleans(), "hidden": st.booleans(),
        "tags": st.lists(trees.names | st.sampled_from(("news", "News")), max_size=2), "note": st.none() | said,
        "quote": st.none() | said,
        "quote_note": st.just("") | said, "progress": st.sampled_from((0.0, 0.0, 0.5, 0.99)), "offline": st.booleans(),
    }
)  # fmt: skip
libraries = st.lists(st.tuples(st.integers(0, 2), entries, marked), min_size=4, max_size=9)
texts = (
    "the",
    "ti",
    "tide",
    "The tide",
    "tide and the e",
    "ebb",
    "b",
    "1",
    "x",
    "é",
    "eclair",
    "a b",
    "word",
    "漢",
    "don't",
)
words = st.builds(Words, st.sampled_from(texts), st.booleans())
fields = st.one_of(
    st.builds(Field, st.sampled_from(TEXTS), words),
    st.builds(Field, st.just("source"), st.sampled_from((Words("s1"), Words("é"), Words("news", exact=True)))),
    st.builds(Field, st.sampled_from(PATTERNED), st.sampled_from(tuple(map(Pattern, ("tide", "^the", "é|x", "^$"))))),
    st.builds(Field, st.just("is"), st.builds(Name, st.sampled_from(tuple(STATES)))),
    st.builds(Field, st.just("has"), st.builds(Name, st.sampled_from(HAS))),
    st.builds(Field, st.just("lang"), st.builds(Name, st.sampled_from(("en", "en-gb", "de")))),
    st.builds(
        Field, st.sampled_from(("tag", "folder")), st.builds(Name, st.sampled_from(("news", "NEWS", "long reads")))
    ),
    st.builds(Field, st.sampled_from(("before", "after", "on")), st.builds(When, st.sampled_from(DAYS))),
    st.builds(
        Field, st.just("minutes"), st.builds(Minutes, st.sampled_from(("", "<", "<=", ">", ">=")), st.integers(0, 6))
    ),
)
nodes = st.recursive(
    words | fields,
    lambda inner: st.one_of(
        inner.map(negated),
        st.lists(inner, min_size=2, max_size=3).map(both),
        st.lists(inner, min_size=2, max_size=3).map(either),
    ),
    max_leaves=4,
)
likely = st.builds(Query, nodes)
"""Queries that find something in these libraries more often than any query does."""

contexts = st.builds(
    Context, st.just(NOW), st.sampled_from((UTC, timezone(timedelta(hours=-11)))), st.sampled_from((1, 2, 100, 400))
)


@pytest.fixture
def home(tmp_path_factory):
    """Give a new place for each library."""
    return lambda: tmp_path_factory.mktemp("home")


def made(folder, articles) -> Library:
    """Make a library of articles with their marks."""
    library = Library(Places(folder / "config", folder / "data"), now=lambda: NOW)
    library.marks.put_sources(SOURCES)
    for source in SOURCES:
        mirror.put(library.cache, source)
    for number, (source, entry, marks) in enumerate(articles):
        (key,) = intake.add(library.cache, SOURCES[source], [entry], NOW - number * 50_000).keys or (0,)
        (row,) = library.shelf.rows([key])
        notebook = library.notebook
        notebook.set_read([row], read=marks["read"])
        notebook.set_bookmarked([row], bookmarked=marks["bookmarked"])
        notebook.set_hidden([row], hidden=marks["hidden"])
        notebook.set_tags([row], marks["tags"], ())
        if marks["note"]:
            notebook.set_note(row, marks["note"])
        if marks["quote"]:
            notebook.add_highlight(row, Quote(marks["quote"]), "yellow", marks["quote_note"])
        if marks["progress"]:
            notebook.set_place(row, Place(0, 0.0, marks["progress"]))
        if marks["offline"]:
            library.cache.connection.execute("UPDATE articles SET offline = 1 WHERE key = ?", (key,))
    # What leads a story is listed for the others of it, which a query need not find.
    stories.dissolve(library.cache)
    library.states.load(library.marks.all_flags())
    return library


def subjects(library: Library) -> dict[int, Subject]:
    """Give what the predicate is asked of, for each article."""
    found = {}
    named = {source.id: source for source in SOURCES}
    for key in library.cache.keys().values():
        article = library.cache.article(key)
        marks = library.marks.of(article.row.id)
        shared = library.cache.connection.execute(
            "SELECT s.id, s.title FROM shared h JOIN sources s ON s.key = h.source WHERE h.key = ?", (key,)
        ).fetchall()
        notes = [note.text for note in marks.notes] + [one.note for one in marks.highlights if one.note]
        found[key] = Subject(
            title=article.row.title,
            author=article.row.author or "",
            section=article.row.section or "",
            text=article.text,
            notes=(*notes, *(one.quote.exact for one in marks.highlights)),
            note_texts=tuple(notes),
            source_id=article.source_id,
            source_title=named[article.source_id].title,
            others=tuple(shared),
            folders=tuple(
                named[name].care.folder
                for name in (article.source_id, *(name for name, _ in shared))
                if named[name].care.folder
            ),
            tags=marks.tags,
            flags=library.states.get(key),
            offline=article.row.offline,
            moment=article.row.published if article.row.published is not None else article.added,
            words=article.row.words,
            language=article.language or "",
            image=bool(article.image),
            link=bool(article.row.url),
        )
    return found


def check(library: Library, asked: dict[int, Subject], query: Query, context: Context) -> int:
    """See that SQL chooses what the predicate does, and give how many articles that are."""
    text = str(query)
    wanted = {key for key, subject in asked.items() if matches(query, subject, context)}
    if not asks_hidden(query):
        wanted = {key for key in wanted if not asked[key].flags & HIDDEN}
    assert set(library.shelf.matches(Filter("saved:it", query=text))) == wanted, text
    return len(wanted)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(libraries, st.lists(likely | trees.queries, min_size=8, max_size=12), contexts)
def test_sql_and_the_predicate_of_any_query_agree_on_any_library(home, articles, queries, context):
    library = made(home(), articles)
    try:
        library.shelf.pace, library.shelf.zone = context.pace, context.zone
        asked = subjects(library)
        for query in queries:
            text, chosen = str(query), Filter("saved:it", query=str(query))
            check(library, asked, query, context)
            wanted = set(library.shelf.matches(chosen))
            unread = sum(not asked[key].flags & READ for key in wanted)
            assert library.shelf.counts({"it": text}).views["it"] == (unread, len(wanted)), text
            listing = library.shelf.listing(chosen)
            assert sorted(listing.keys) == sorted(wanted), text
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("reader.library.listings.FEW", -1)
                assert library.shelf.listing(chosen).keys == listing.keys, text
            assert listing.items == len(wanted) + sum(not group.bare for group in listing.groups)
    finally:
        library.close()


def leaves() -> list[Words | Field]:
    """Give every kind of test with values that the library below has, or just has not."""
    sought = [Words(text, exact) for text in texts for exact in (False, True)]
    found: list[Words | Field] = [*sought]
    found += [Field(name, one) for name in TEXTS for one in sought[::3]]
    found += [Field("source", Words(name)) for name in ("s1", "tide", "é")]
    found += [Field(name, Pattern(one)) for name in PATTERNED for one in ("tide", "^the", "é|x", "^$")]
    found += [Field("is", Name(state)) for state in STATES] + [Field("has", Name(thing)) for thing in HAS]
    found += [Field("lang", Name(one)) for one in ("en", "en-gb", "de")]
    found += [Field(name, Name(one)) for name in ("tag", "folder") for one in ("news", "NEWS", "long reads", "no")]
    found += [Field(name, When(day)) for name in ("before", "after", "on") for day in DAYS]
    found += [Field("minutes", Minutes(sign, count)) for sign in ("", "<", "<=", ">", ">=") for count in range(7)]
    return found


@pytest.fixture(scope="module")
def varied(tmp_path_factory):
    """Give a library in which chance has put all that can be asked for together."""
    chance = random.Random(5)
    titles = ("The tide and the ebb", "don't b", "1 x", "é", "Éclair tide", "the *tide*", "ebb-tide", "漢字 tide")
    days = (NOW, NOW - 3600, NOW - 86_400 * 3, NOW - 86_400 * 40, MIDNIGHT, MIDNIGHT - 1, MIDNIGHT + 86_400, None)
    lengths = (2, 3, 5, 50, 51, 149, 150, 151, 250, 350, 400, 600)

    def some(of, often=0.5):
        return chance.choice(of) if chance.random() < often else None

    def article(number):
        body = chance.choice(titles) if chance.random() < 0.5 else "word " * chance.choice(lengths)
        entry = Entry(
            f"{chance.choice(titles)} {number}", some(titles), some(titles), body,
            url=some([f"https://a.example/{number % 20}"]),
            published=chance.choice(days), language=some(("en", "en-GB", "de", "de_AT")), image=some(["https://a.example/i"]),
        )  # fmt: skip
        marks = {name: chance.random() < often for name, often in (("read", 0.4), ("bookmarked", 0.3), ("hidden", 0.2))}
        more = {
            "tags": chance.sample(("news", "News", "long reads"), chance.randrange(3)), "note": some(titles, 0.3),
            "quote": some(titles, 0.3), "quote_note": some(titles) or "", "offline": chance.random() < 0.3,
            "progress": chance.choice((0.0, 0.5, 0.99)),
        }  # fmt: skip
        return number % 3, entry, marks | more

    library = made(tmp_path_factory.mktemp("varied"), [article(number) for number in range(60)])
    library.shelf.pace, library.shelf.zone = 100, UTC
    yield library, subjects(library)
    library.close()


def test_every_test_alone_and_joined_with_others_chooses_what_the_predicate_does(varied):
    library, asked = varied
    context, chance = Context(NOW, UTC, 100), random.Random(7)
    single = leaves()
    found = sum(0 < check(library, asked, Query(node), context) < len(asked) for node in single)
    assert found > len(single) * 0.7
    for node in single:
        other, third = chance.choice(single), chance.choice(single)
        for joined in (negated(node), both([node, negated(other)]), both([node, other, third]), either([node, other]),
                       either([both([node, other]), negated(third)]),
                       both([either([node, other]), negated(third)])):  # fmt: skip
            check(library, asked, Query(joined), context)
    words = [Words(text) for text in texts]
    for one in words:
        for other in words:
            for joined in (both([one, other]), both([one, negated(other)]), either([one, Field("title", other)])):
                check(library, asked, Query(joined), context)
