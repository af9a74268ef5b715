"""Feeds, web pages, lists of subscriptions: what the network sends."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from fuzz.harness import harness, text_of
from reader.ingest import detect, discovery, feed, opml, page, prose, sanitize, topic, web
from reader.ingest.errors import IngestError
from reader.ingest.found import KINDS

if TYPE_CHECKING:
    from reader.ingest.found import Found

NOW: Final = 1_780_000_000
SITE: Final = "https://quay.example/tides/"
_TYPES: Final = ("", "text/xml; charset=utf-8", "application/json", "text/html; charset=shift_jis", "text/plain")


def whole(found: Found) -> None:
    """See that what was found is clean, and can be said."""
    assert all(sanitize.entry(entry) == entry for entry in found.entries), "an entry is not clean"
    assert all(entry.title for entry in found.entries), "an entry has no title"
    assert sanitize.line(found.title, sanitize.TITLE) == found.title, "the title is not clean"
    assert detect.say(found)


@harness("feed", "feeds/*.xml", "feeds/*.json")
def fuzz_feed(data: bytes) -> None:
    """RSS, Atom, RDF and JSON Feed."""
    for content_type in (_TYPES[0], _TYPES[len(data) % len(_TYPES)]):
        feed.looks_like(data, content_type)
        with suppress(IngestError):
            whole(feed.read(data, address=SITE, content_type=content_type, now=NOW))


@harness("opml", "feeds/*.opml")
def fuzz_opml(data: bytes) -> None:
    """Lists of subscriptions: what was read and written is read again as the same feeds."""
    opml.looks_like(data)
    with suppress(IngestError):
        found = opml.read(data)
        again = opml.read(opml.write(found.sources, found.title))
        assert {one.location for one in again.sources} == {one.location for one in found.sources}


@harness("page", "pages/*.html", longest=8_192, seconds=20.0)
def fuzz_page(data: bytes) -> None:
    """One web page as an article."""
    with suppress(IngestError):
        found = page.extract(text_of(data), address=SITE)
        assert found.body or found.problem, "neither a text nor why there is none"
        assert sanitize.text(found.body, sanitize.BODY, markdown=True) == found.body, "the body is not clean"


@harness("discovery", "web/*.html")
def fuzz_discovery(data: bytes) -> None:
    """The feeds that a page offers."""
    text = text_of(data)
    for offer in (*discovery.offers(text, SITE), *discovery.guesses(text[:200])):
        assert offer.url.lower().startswith(("http://", "https://")), "no web address is offered"
        assert sanitize.link(offer.url) == offer.url, "an address is not clean"


@harness("topic", "web/*.html")
def fuzz_topic(data: bytes) -> None:
    """A page of headlines, as its markup and its data for machines tell them."""
    for sure in (False, True):
        found = topic.read(text_of(data), SITE, NOW, sure=sure)
        if found is not None:
            whole(found)
            assert len({one.url for one in found.entries}) == len(found.entries), "an article is there twice"


@harness("web", "web/*.html", longest=8_192, seconds=20.0)
def fuzz_web(data: bytes) -> None:
    """A page of which nobody knows yet what it is."""
    with suppress(IngestError):
        whole(web.read(text_of(data), address=SITE, now=NOW))


@harness("prose", "pages/*.html")
def fuzz_prose(data: bytes) -> None:
    """HTML as Markdown and as plain text."""
    text = text_of(data)
    prose.markdown(text, SITE)
    prose.plain(text)


@harness("detect", "feeds/*", "topic-page.txt", "reading/*.md", seconds=20.0)
def fuzz_detect(data: bytes) -> None:
    """The one door: whatever comes is read as something or refused in words; the first byte asks for a kind."""
    kind = (None, *KINDS)[data[0] % (len(KINDS) + 1)] if data else None
    body = data[1:]
    detect.heavy(body)
    try:
        found = detect.read(body, "x.md" if len(data) % 2 else "", kind=kind)
    except IngestError as error:
        assert str(error), "a refusal without words"
        assert "\n" not in str(error), "a refusal of several lines"
    else:
        whole(found)
        assert found.entries or found.sources or found.kind in {"feed", "subscriptions"}, "nothing was found"
