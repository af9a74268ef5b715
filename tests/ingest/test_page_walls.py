"""Walls before articles, and articles that only speak of such things."""

import pytest

from reader.ingest import page
from reader.ingest.pages import walls

LONG = "".join(
    f"<p>Sentence number {at} tells of the harbour and of the people who waited there for the boat.</p>"
    for at in range(60)
)
SHORT = "<p>The paintings left the house by the kitchen door, on a night when all were at the fair.</p>" * 2


def problem(body, head=""):
    return page.extract(f"<html><head>{head}</head><body>{body}</body></html>", address="https://e.org/a").problem


@pytest.mark.parametrize(
    "wall",
    [
        "Subscribe to continue reading",
        "Jetzt abonnieren und weiterlesen",
        "Cet article est réservé aux abonnés. Abonnez-vous",
        "Suscríbete para leer más",
        "この記事は有料会員限定です",
        "订阅后继续阅读",
        "Оформите подписку, чтобы читать дальше",
        "This post is for paid subscribers",
    ],
)
def test_paywalls_in_many_languages(wall):
    assert problem(f"<article><h1>T</h1>{SHORT}<div class=box><p>{wall}</p></div></article>") == walls.PAYWALL


def test_a_page_that_says_it_is_not_free():
    data = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    assert problem(f"<article>{SHORT}</article>", data) == walls.PAYWALL
    assert problem(f"<article>{LONG}</article>", data) == ""


def test_a_barrier_and_its_words():
    text = "<p>The paintings left the house by the kitchen door, and were never seen by anybody again.</p>" * 15
    assert (
        problem(f"<article>{text}</article><div class='paywall'>Subscribe to continue reading</div>") == walls.PAYWALL
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Your privacy</h1><p>We and our 200 partners use cookies and ask for your consent.</p>", walls.COOKIES),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>", walls.SCRIPT),
        ("<h1>Just a moment...</h1><p>Checking your browser before you go on.</p>", walls.ROBOT),
        ("<p>Please verify you are human: solve the captcha.</p>", walls.ROBOT),
        ("<p>You must be logged in to see this page.</p>", walls.LOGIN),
        ("", walls.EMPTY),
    ],
)
def test_pages_that_show_something_else(body, expected):
    found = page.extract(f"<html><body>{body}</body></html>", address="https://e.org/a")
    assert (found.problem, found.body) == (expected, "")


def test_an_article_about_such_things_is_an_article():
    text = "<p>We use cookies, said the baker, and subscribers only get a captcha; enable JavaScript, he sang.</p>"
    assert problem(f"<article>{text}{LONG}</article>") == ""


def test_a_short_article_with_a_banner_is_an_article():
    banner = "<div class=cookie-banner><p>We use cookies to make this site work.</p></div>"
    assert problem(f"{banner}<article>{SHORT.replace('fair', 'fair in town') * 3}</article>") == ""
