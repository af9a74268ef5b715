"""What is hidden in a text cannot make Markdown of it: what people see is text, and stays text."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import detect, prose, sanitize
from reader.ingest.markdown import document

HIDDEN = "\u200b\u00ad\u2060\u202e\ufeff\u200c\u200d\u1fef\u2028\x85\x9b\ufe0f\u0301"
SIGNS = st.text(alphabet=f"[]()<>!*_`~^#-+=|:&;\\/. \n\t1a\xa0{HIDDEN}", max_size=24)
PIECES = st.sampled_from([
    "[x](https://a.example)", "<script>", "&lt;", "&#91;", "# a", "- a", "> a", "1. a", "```", "---", "| a |", "|-|",
    "[^1]", "[^1]: a", "[a]: b", ": a", "    a", "<https://a.example>", "~a~", "**a**", "![x](a)", "<br>", "\\",
])  # fmt: skip
TEXTS = st.lists(st.one_of(SIGNS, PIECES, st.sampled_from(HIDDEN)), max_size=8).map("".join) | st.text(max_size=30)


def stored(html: str) -> str:
    return sanitize.text(prose.markdown(html), sanitize.BODY, markdown=True)


def numbered(text: str) -> str:
    return "".join(
        f"&#{ord(sign)};" if sign in HIDDEN and not "\x80" <= sign <= "\x9f" else escape(sign) for sign in text
    )


def wanted(text: str) -> str:
    """Give a text as people see it in a paragraph."""
    return re.sub(r"[ \t\n]+", " ", sanitize.text(text, sanitize.BODY)).strip()


def check(html: str, text: str) -> None:
    blocks = document(stored(html)).blocks
    shown = [(block.kind, block.text.replace("\xa0", " ").strip(), block.spans) for block in blocks]
    expected = re.sub(" +", " ", wanted(text).replace("\xa0", " ")).strip()
    shown = [(kind, re.sub(" +", " ", words), spans) for kind, words, spans in shown]
    assert shown == ([("paragraph", expected, ())] if expected else [])


@settings(max_examples=250, deadline=None)
@given(TEXTS.filter(lambda text: not re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", text)))
def test_a_text_stays_a_text(text):
    check(f"<p>{escape(text)}</p>", text)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.one_of(SIGNS, PIECES), max_size=6)
    .map("".join)
    .filter(lambda text: "\x85" not in text and "\x9b" not in text)
)
def test_a_text_of_entities_stays_a_text(text):
    check(f"<p>{numbered(text)}</p>", text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[x]\u200b(javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x]&#8203;(https://evil.example/)", "[x](https://evil.example/)"),
        ("[x]&ZeroWidthSpace;(https://evil.example/)", "[x](https://evil.example/)"),
        ("[x]&shy(https://evil.example/)", "[x](https://evil.example/)"),
        ("[x]<b>\u200b</b>(https://evil.example/)", "[x](https://evil.example/)"),
        ("[x]\u200c(https://evil.example/)", "[x](https://evil.example/)"),
        ("[x]\x9b31m(https://evil.example/)", "[x](https://evil.example/)"),
        ("&lt;\u200bscript>", "<script>"),
        ("\u200b# Heading", "# Heading"),
        ("\u2060- item", "- item"),
        ("a\u2028# head", "a # head"),
        ("\u1fefcode\u1fef", "`code`"),
        ("<span>[x]</span>&#x200B;<span>(https://evil.example/)</span>", "[x](https://evil.example/)"),
    ],
)  # fmt: skip
def test_hidden_characters_make_nothing(text, wanted):
    (block,) = document(stored(f"<p>{text}</p>")).blocks
    assert (block.kind, block.text, block.spans) == ("paragraph", wanted, ())


def test_hidden_characters_in_code_and_pictures_do_not_end_them():
    (code,) = document(stored("<p><code>a\u1fefb</code></p>")).blocks
    assert [(code.text, [span.kind for span in code.spans])] == [("a`b", ["code"])]
    (fence,) = document(stored("<pre>a\n\u200b```\n# b</pre>")).blocks
    assert (fence.kind, fence.text) == ("code", "a\n```\n# b")
    (picture,) = document(
        stored('<p><img src="https://a.example/b.png" alt="x]&#8203;(https://evil.example)"></p>')
    ).blocks
    assert (picture.kind, picture.text) == ("image", "x](https://evil.example)")


def test_a_page_hides_nothing_either():
    text = "Words of the article which are long enough to be one. " * 9
    page = (
        f"<html><body><article><p>{text}</p><p>See [x]&#8203;(https://evil.example/) there.</p></article></body></html>"
    )
    body = detect.read(page.encode(), "a.html").entries[0].body
    assert not any(span.kind == "link" for block in document(body).blocks for span in block.spans)
    assert "[x](https://evil.example/)" in document(body).text


def test_what_a_script_needs_stays():
    assert stored("<p>می‌خواهم 👩‍🚀</p>") == "می‌خواهم 👩‍🚀"
