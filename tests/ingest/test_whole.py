"""The page of an article, from bytes: what a server passes off as one is told apart."""

import pytest

from reader.ingest.pages import whole
from tests import site


def read(html, **more):
    return whole.read(html.encode(), address="https://post.example/a", content_type="text/html; charset=utf-8", **more)


LOST = "It may have moved, or it may never have been. Try the search, or begin again at home."


def missing(title, heading, text=LOST):
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{heading}</h1><p>{text}</p></body></html>"
    )


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("404", "Oh no"),
        ("Error 404 &ndash; The Estuary Post", "Oh no"),
        ("The Estuary Post", "Page <em>not</em> found"),
        ("The page can&rsquo;t be found", ""),
        ("This page does not exist", ""),
        ("Seite nicht gefunden", ""),
    ],
)
def test_a_page_that_stands_for_what_is_not_there_is_told(title, heading):
    assert "not there" in read(missing(title, heading)).problem


@pytest.mark.parametrize("title", ["Route 404 to the sea", "What the pilots could not find", "Gone fishing"])
def test_a_short_article_with_such_words_is_an_article(title):
    found = read(missing(title, title, " ".join(site.LONG)))
    assert found.problem == ""
    assert site.LONG[2][:40] in found.body


def test_a_long_article_on_what_is_not_found_is_an_article():
    found = read(site.page("The bell that was not found").replace(site.LONG[0], " ".join(site.LONG * 3)))
    assert found.problem == ""
    assert found.words > whole.LITTLE
