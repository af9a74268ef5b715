"""Where teasers end, and what is no part of a text."""

import base64
import time

import pytest

from reader.ingest import feed
from reader.ingest.feeds import media as feed_media
from reader.ingest.feeds import text as feed_text
from reader.ingest.feeds.links import absolute


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It goes on and […]", "It goes on and […]"),
        ("It goes on…", "It goes on…"),
        ("It goes on [...]", "It goes on [...]"),
        ("It goes on. Read more", "It goes on."),
        ("It goes on… Continue reading A title: with a colon →", "It goes on…"),
        ("It goes on.\n\nContinue reading What is it?", "It goes on."),
        ("Es geht weiter.\n\nWeiterlesen »", "Es geht weiter."),
        ("Ça continue.\n\nLire la suite", "Ça continue."),
        ("続く\n\n続きを読む", "続く"),
        ("Дальше.\n\nЧитать далее", "Дальше."),
    ],
)
def test_a_teaser_is_told_and_its_invitation_dropped(text, words):
    assert feed_text.teaser(text) == (words, True)


@pytest.mark.parametrize(
    "text", ["All is said.", "I read more now than I did", "She said: read on", "The full story", "More"]
)
def test_a_whole_text_is_no_teaser(text):
    if text not in {"The full story", "More"}:
        assert feed_text.teaser(text) == (text, False)
        assert not feed_text.is_cut(text)


def test_the_notice_of_a_blog_is_dropped():
    assert feed_text.teaser("The end. The post A title appeared first on A blog.") == ("The end.", False)
    markup = '<p>The end.</p>\n<p>The post <a href="x">T</a> appeared first on <a href="y">B</a>.</p>\n'
    assert feed_text.without_notice(markup) == "<p>The end.</p>"
    assert feed_text.without_notice("<p>The post office appeared first on the left.</p>").startswith("<p>The post")


def test_plain_words():
    assert feed_text.plain("<p>One<br>line</p><p>a &amp;amp; b</p><script>x()</script>") == "One\nline\n\na &amp; b"
    assert feed_text.plain("1 < 2 &amp; 3 > 2") == "1 < 2 & 3 > 2"
    assert feed_text.inline("A <b>bold</b>\n &lt;move&gt;") == "A bold <move>"


def test_cutting_at_words():
    assert feed_text.shortened("one two three", 9) == "one two…"
    assert feed_text.shortened("one two", 9) == "one two"
    assert feed_text.shortened("灯台の上のかもめが飛ぶ", 5) == "灯台の上…"
    assert feed_text.headline("First line\nsecond") == "First line"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://x.example/a b", "https://x.example/a%20b"),
        ("//x.example/a", "https://x.example/a"),
        (" /a\n", "https://b.example/a"),
        ("?q", "https://b.example/c?q"),
        ("javascript:x", None),
        ("mailto:a@b.example", None),
        ("https://[", None),
        ("http:///", None),
        ("", None),
        (7, None),
    ],
)
def test_addresses(address, found):
    assert absolute(address, "https://b.example/c") == found


def test_an_address_without_a_base_stays_out():
    assert absolute("/a") is None
    assert absolute("a") is None


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("3723", 3723),
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("61.4", 61),
        (61.6, 62),
        ("", None),
        ("1:2:3:4", None),
        ("x", None),
        ("-5", None),
        ("0", None),
    ],
)
def test_durations(told, seconds):
    assert feed_media.duration(told) == seconds


@pytest.mark.parametrize(
    ("told", "number"), [("12", 12), (12, 12), ("1e9", None), (-1, None), (True, None), ("", None), ("9" * 30, None)]
)
def test_numbers(told, number):
    assert feed_media.number(told) == number


def test_the_first_picture_is_no_counting_dot():
    markup = "<img src='/dot' width=1 height=1><img data-src='x'><img alt='' src=\"/real.png?a=1&amp;b=2\">"
    assert feed_media.first_image(markup, "https://b.example/") == "https://b.example/real.png?a=1&b=2"
    assert feed_media.first_image("<img src='data:image/png;base64,AAAA'>", "https://b.example/") is None


def atom(content: str, namespace: str = "http://www.w3.org/2005/Atom") -> bytes:
    return (
        f'<feed xmlns="{namespace}"><title>T</title><entry><title>t</title><id>x</id>{content}</entry></feed>'
    ).encode()


def in_base64(text: str, encoding: str = "utf-8") -> str:
    return base64.encodebytes(text.encode(encoding)).decode()


MARKUP = "<p>Die Fähre <b>fährt</b>.</p>"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    ("namespace", "said"),
    [
        ("http://purl.org/atom/ns#", 'type="text/html" mode="base64"'),
        ("http://www.w3.org/2005/Atom", 'type="text/html" mode="base64"'),
        ("http://www.w3.org/2005/Atom", 'type="html"'),
        ("http://www.w3.org/2005/Atom", 'type="application/xhtml+xml"'),
    ],
)
def test_content_in_base64_is_decoded_whether_it_says_so_or_not(namespace, said, encoding):
    data = atom(f"<content {said}>{in_base64(MARKUP, encoding)}</content>", namespace)
    (entry,) = feed.read(data, now=0).entries
    assert (entry.excerpt, entry.body) == ("Die Fähre fährt.", "Die Fähre **fährt**.")


def test_plain_text_in_base64_is_decoded_where_it_says_so():
    data = atom(f'<content type="text/plain" mode="base64">{in_base64("Die Fähre.")}</content>')
    assert feed.read(data, now=0).entries[0].excerpt == "Die Fähre."


@pytest.mark.parametrize(
    "words",
    ["word", "Fourfour", "QUJDREVGR0g=", "not base64 at all!", "=", "PHA+ torn PHA", "a\xa0b", "one\u3000two"],
)
def test_what_only_looks_like_base64_is_left_alone(words):
    assert feed_text.decoded(words) == words


def test_other_things_in_base64_are_no_text():
    data = atom(f'<content type="image/png">{in_base64(MARKUP)}</content><summary>A picture.</summary>')
    (entry,) = feed.read(data, now=0).entries
    assert (entry.excerpt, entry.body) == ("A picture.", None)


def test_ten_megabytes_in_base64_take_no_time():
    start = time.perf_counter()
    for given in ("A" * 10_000_000, "A B" * 3_000_000 + "!", in_base64("x" * 7_000_000)):
        assert feed_text.decoded(given) == given
    assert time.perf_counter() - start < 5
