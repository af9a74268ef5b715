"""Plain text, Markdown, dates, and what is typed: the query language and the settings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from fuzz.harness import harness, scratch, text_of, torn_text_of
from reader.ingest import days, listing, markdown, matter, sanitize, teaser
from reader.ingest.feeds import dates as feed_dates
from reader.ingest.net import manners
from reader.ingest.plain.blocks import split
from reader.ingest.topics import dates as topic_dates
from reader.library import Library
from reader.library.rulebook import misunderstood
from reader.library.snippets import snippet
from reader.model import anchoring, links
from reader.model.article import Entry
from reader.model.document import Passage, Point
from reader.model.listing import Filter
from reader.model.query import Known, QueryError, complete, parse, words_of
from reader.model.source import Source
from reader.settings import Places, load
from reader.storage import intake, mirror

if TYPE_CHECKING:
    from reader.model.document import Document

NOW: Final = 1_780_000_000
_MOST: Final = 200
"""Passages of one text that are looked for again."""


@harness("listing", "topic-page.txt")
def fuzz_listing(data: bytes) -> None:
    """A topic page as text: no block of it is lost."""
    text = text_of(data)
    page = listing.parse(text)
    assert listing.rejoin(page) == text, "the text does not come back"
    assert page.blocks == split(text).blocks, "a block is lost"
    assert len(listing.entries(page)) == len(page.items)
    listing.is_listing(page)


@harness("markdown", "reading/*.md")
def fuzz_markdown(data: bytes) -> None:
    """Markdown as blocks and spans, its links, and passages of it that are found again."""
    text = torn_text_of(data)
    document = markdown.document(text)
    markdown.beginning(text)
    teaser.teaser(text)
    _inside(document)
    for link in links.links(document.blocks, "https://quay.example/a"):
        links.address(link.address)
    _found_again(document)


def _inside(document: Document) -> None:
    for block in document.blocks:
        for span in block.spans:
            assert 0 <= span.start <= span.end <= len(block.text), "a span lies outside its block"
        if block.kind == "table":
            assert block.text.count("\n") + 1 >= block.level, "a table has fewer lines than heads"


def _found_again(document: Document) -> None:
    for number, block in enumerate(document.blocks[:_MOST]):
        passage = Passage(Point(number, 0), Point(number, len(block.text))) if block.text else None
        quote = anchoring.quote_of(document, passage) if passage is not None else None
        if quote is not None and quote.exact.strip():
            assert anchoring.find(document, quote) is not None, "a passage is not found again"


@harness("matter", "reading/*.md")
def fuzz_matter(data: bytes) -> None:
    """Front matter, and the article behind it."""
    text = torn_text_of(data)
    matter.looks_like(text, "x.md")
    assert sanitize.entry(matter.entry(text)).title, "an entry has no title"


@harness("sanitize")
def fuzz_sanitize(data: bytes) -> None:
    """The one gate: what went through it is clean, and stays as it is when it goes through again."""
    text = torn_text_of(data)
    for made in (sanitize.line(text, 80), sanitize.text(text, 400), sanitize.text(text, 400, markdown=True)):
        signs = set(map(ord, made)) - {0x09, 0x0A}
        assert not any(sign < 0x20 or 0x7F <= sign < 0xA0 or 0xD800 <= sign < 0xE000 for sign in signs), "not clean"
    once, line = sanitize.clean(text), sanitize.line(text, 80)
    assert sanitize.clean(once) == once, "it is cleaned twice over"
    assert sanitize.line(line, 80) == line, "a line is cleaned twice over"
    link = sanitize.link(text)
    assert link is None or sanitize.link(link) == link, "a link is cleaned twice over"
    sanitize.language(text)


@harness("dates", longest=200)
def fuzz_dates(data: bytes) -> None:
    """Moments as feeds, pages, books and servers write them: seconds that can be shown, or none."""
    text = torn_text_of(data)
    found = [
        feed_dates.seconds(text),
        topic_dates.moment(text, NOW),
        topic_dates.in_path(text, NOW),
        days.seconds(text),
    ]
    assert all(one is None or isinstance(one, int) for one in found)
    assert all(sanitize.moment(one) in {None, one} for one in found)
    for waiting in (manners.retry_after(text, NOW), manners.max_age(text, text[:30], text[30:], NOW)):
        assert waiting is None or waiting >= 0, "time runs backwards"


@cache
def _library() -> Library:
    """Give a small library that stays as it is."""
    folder = scratch() / "asked"
    library = Library(Places(folder / "config", folder / "data"), now=lambda: NOW)
    source = Source("tide", "feed", "The Tide", "https://quay.example/feed")
    library.marks.put_sources([source])
    mirror.put(library.cache, source)
    said = ("The tide and the ebb", "don't b", "1 x é", 'the *tide* "b"', "漢字 tide")
    entries = [Entry(title=one, excerpt=f"{one}. " * 20, published=NOW - 9_000, guid=one) for one in said]
    keys = intake.add(library.cache, source, entries, NOW).keys
    rows = library.shelf.rows(keys)
    library.notebook.set_tags(rows[:2], ["News", "long reads"], ())
    library.notebook.set_note(rows[0], "the ebb tide")
    library.notebook.set_read(rows[1:3], read=True)
    return library


@harness("query", longest=2_500)
def fuzz_query(data: bytes) -> None:
    """A query as it is typed: understood and asked of a library, or a mistake at a place; completed anywhere."""
    text = text_of(data)
    known = Known(tags=("News", "long reads"), sources=("The Tide",))
    complete(text, len(data) % (len(text) + 1), known)
    try:
        query = parse(text)
    except QueryError as error:
        assert error.message, "a mistake without words"
        assert 0 <= error.start <= error.end <= len(text), "a mistake that is nowhere"
        return
    assert parse(str(query)) == query, "it is printed as something else"
    library = _library()
    found = library.shelf.matches(Filter("asked", query=text))
    assert len(set(found)) == len(found), "an article is found twice"
    for one in ("The tide and the ebb went *out*", text[:500]):
        snippet(one, words_of(query), markdown=True)


@harness("settings")
def fuzz_settings(data: bytes) -> None:
    """The settings as somebody wrote them, with rules and their queries."""
    path = scratch() / "config.toml"
    path.write_bytes(data)
    try:
        _, wrong = load(path)
        assert all(one.startswith(str(path)) for one in wrong), "it is not told of which file"
        misunderstood(path)
    finally:
        path.unlink()
