"""The gate: what drives a terminal or hides is out, what a script needs is in."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import split_graphemes

from reader.ingest import sanitize
from reader.ingest.markdown import document
from reader.model.article import Entry

ESC = "\x1b"
HOSTILE = {
    "colour": (f"a{ESC}[31mb{ESC}[0m", "ab"),
    "colour, 8 bit": ("a\x9b31mb", "ab"),
    "title": (f"a{ESC}]0;owned\x07b", "ab"),
    "title, ST": (f"a{ESC}]0;owned{ESC}\\b", "ab"),
    "title, 8 bit": ("a\x9d0;owned\x9cb", "ab"),
    "link": (f"{ESC}]8;;http://x{ESC}\\a{ESC}]8;;{ESC}\\", "a"),
    "clipboard": (f"a{ESC}]52;c;cm0gLXJm\x07", "a"),
    "unterminated title": (f"a{ESC}]0;the rest", "a0;the rest"),
    "unterminated colour": (f"a{ESC}[31", "a"),
    "device control": (f'a{ESC}P$q"p{ESC}\\b', "ab"),
    "device control, 8 bit": ('a\x90$q"p\x9cb', "ab"),
    "application": (f"a{ESC}_x{ESC}\\b", "ab"),
    "privacy": (f"a{ESC}^x{ESC}\\b", "ab"),
    "start of string": ("a\x98x\x9cb", "ab"),
    "charset": (f"a{ESC}(0b", "ab"),
    "reset": (f"a{ESC}cb", "ab"),
    "lone escape": (f"a{ESC}", "a"),
    "nested": (f"a{ESC}{ESC}[31m[31mb", "a[31mb"),
    "nul, bell, backspace": ("a\x00\x07\x08b", "ab"),
    "delete and C1": ("a\x7f\x84b", "ab"),
    "bidi": ("a\u202e\u2066b\u2069\u202c", "ab"),
    "direction marks": ("a\u200e\u200f\u061cb", "ab"),
    "zero width": ("a\u200b\u2060\ufeffb", "ab"),
    "zero width joiner in Latin": ("pay\u200dpal, pay\u200cpal", "paypal, paypal"),
    "soft hyphen": ("a\u00adb", "ab"),
    "fillers": ("a\u115f\u3164\uffa0b", "ab"),
    "tags": ("a\U000e0041\U000e007fb", "ab"),
    "variation supplement": ("a\U000e0100b", "ab"),
    "surrogate": ("a\ud800b", "ab"),
    "noncharacters": ("a\ufffe\ufdd0\U0001ffffb", "ab"),
    "annotation": ("a\ufff9b\ufffb", "ab"),
    "marks": ("e" + "\u0300\u0301\u0302" * 40, "è́̂̀́̂̀"),
}
KEPT = [
    "‘It’s’ – “so” …",
    "a\u00a0b",
    "می\u200cخواهم",
    "क्\u200dष",
    "👩\u200d👩\u200d👧",
    "🏳️\u200d🌈",
    "👋🏽",
    "👨🏽\u200d👩🏾\u200d👧🏿\u200d👦🏻 👩🏽\u200d❤️\u200d💋\u200d👨🏻 🇫🇷🇯🇵 👍🏽👍🏾👍🏿 1️⃣2️⃣",
    "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
    "ශ්\u200dරී ලංකා, क्षत्रिय, र्\u200dक",
    "ཧཱུྃ བསྒྲུབས",
    "각하",
    "😀😃😄😁😆😅😂🤣😊😇🙂🙃😉😌😍🥰😘😗😙😚",
    "Vučić, Dvořák, Ångström",
    "港口，そして항구",
    "[/red] [@click=app.quit]x[/] array[0]",
    "a &amp; b",
    "tiếng Việt",
]
ALPHABET = st.sampled_from(
    "\x1b\x9b\x9d\x90\x9c\x07[]P_\\;mc01aéम्पमیم👩🌈\ufe0f"
    " \t\n\r\u2028\u00a0\u200b\u200c\u200d\u202e\u0301\u0327\u20dd\u0958\ud800…"
)
ANY = st.text(ALPHABET, max_size=80) | st.text(st.characters(), max_size=80)


@pytest.mark.parametrize(("dirty", "clean"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_families(dirty, clean):
    assert sanitize.line(dirty, 500) == unicodedata.normalize("NFC", clean)
    assert sanitize.text(dirty, 500) == unicodedata.normalize("NFC", clean)


@pytest.mark.parametrize("kept", KEPT)
def test_what_scripts_need_is_kept(kept):
    assert sanitize.line(kept, 500) == unicodedata.normalize("NFC", kept)


def test_a_stray_opening_swallows_no_other_line():
    assert sanitize.text(f"a{ESC}]0;x\nb\n\nc\x07", 500) == "a0;x\nb\n\nc"


def test_a_line_is_one_line():
    assert sanitize.line(" a\tb\r\nc\u2028d  e\u00a0", 500) == "a b c d e"


def test_a_text_keeps_its_paragraphs():
    assert sanitize.text("\r\na  \r\n \u00a0\r\n\r\n\r\nb\tc\u2029d\n", 500) == "a\n\nb    c\nd"


def test_it_is_composed():
    assert sanitize.line("e\u0301", 9) == "é"
    assert sanitize.line("e\u200d\u0301", 9) == "é"


@pytest.mark.parametrize("clean", [sanitize.line, sanitize.text])
def test_lengths_are_capped_and_say_so(clean):
    assert clean("a" * 10, 10) == "a" * 10
    assert clean("a" * 11, 10) == "a" * 9 + "…"
    assert clean("aaaaaaaa bcd", 10) == "aaaaaaaa…"
    assert clean("क्\u200dषaaa", 4) == "क्…"


@settings(max_examples=600)
@given(ANY, st.integers(1, 90))
def test_nothing_that_drives_a_terminal_comes_through(text, limit):
    for clean, allowed in ((sanitize.line, ""), (sanitize.text, "\n")):
        once = clean(text, limit)
        assert len(once) <= limit
        assert not [c for c in once if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c not in allowed]
        assert not set(once) & set("\u200b\u202e\u2066\ufeff\ufffe")
        assert clean(once, limit) == once
        assert unicodedata.is_normalized("NFC", once)


def test_an_entry_is_clean_in_every_field():
    dirty = f"x{ESC}]0;t\x07\u202ey"
    entry = sanitize.entry(
        Entry(
            title=dirty,
            author=dirty,
            section=dirty,
            excerpt=f"{dirty}\n\nz",
            cut=True,
            meta=(dirty, " ", dirty),
            body=dirty,
            url="javascript:x",
            guid=dirty,
            published=5,
        )
    )
    clean = Entry(
        title="xy",
        author="xy",
        section="xy",
        excerpt="xy\n\nz",
        cut=True,
        meta=("xy", "xy"),
        body="xy",
        guid="xy",
        published=5,
    )
    assert entry == clean


def test_an_entry_has_sensible_lengths():
    much = "a" * 200_000
    entry = sanitize.entry(Entry(much, much, much, much, meta=(much,) * 30, body=much * 25))
    assert [len(part) for part in (entry.title, entry.author, entry.section)] == [500, 200, 200]
    assert len(entry.excerpt) == 100_000
    assert 3_990_000 < len(entry.body) <= sanitize.BODY
    assert [len(one) for one in entry.meta] == [200] * 20


LINE = "A line of **words**.\n\n"
REST = re.compile(r"\n\n… The rest of this text, ([\d,]+) characters, is left out: it is longer than reader keeps\.\Z")


@pytest.mark.parametrize("markdown", [False, True])
def test_a_body_too_long_is_cut_at_the_end_of_a_line_and_says_so(markdown):
    text = (LINE * 200_000).strip()
    body = sanitize.entry(Entry("Long", body=text, markdown=markdown)).body
    assert len(body) <= sanitize.BODY
    said = REST.search(body)
    assert text.startswith(body[: said.start()])
    assert body[: said.start()].endswith("**words**.")
    assert int(said[1].replace(",", "")) == len(text) - said.start()
    assert sanitize.text(body, sanitize.BODY, markdown=markdown) == body


@pytest.mark.parametrize("fence", ["```", "~~~~", "  ```"])
def test_code_that_is_cut_is_ended(fence):
    text = f"Before.\n\n{fence}python\n" + "tide = 1\n" * 500_000 + f"{fence}\n\nAfter."
    body = sanitize.entry(Entry("Code", body=text, markdown=True)).body
    said = REST.search(body)
    assert body[: said.start()].endswith(f"tide = 1\n{fence}")
    assert document(body).blocks[-1].text.startswith("… The rest of this text, ")


def longest(text):
    """Count the code points of the greatest thing in a text that the eye takes for one character."""
    return max(end - begin for begin, end, _ in split_graphemes(text)[0])


@pytest.mark.parametrize(
    "unit",
    ["\u200d👩", "\u0301", "\u200d\u0301", "\ufe0f", "\u093f", "\u0903\u0301", "\u1161", "🏽", "م\u200d", "\u0897",
     "\u200d👩🏽", "्\u200d"],
)  # fmt: skip
def test_no_character_is_made_of_very_many(unit):
    for text in ("👩" + unit * 100_000, "क" + unit * 100_000):
        clean = sanitize.text(text, sanitize.BODY)
        assert longest(clean) <= 200
        assert sanitize.text(clean, sanitize.BODY) == clean


def test_a_chain_too_long_is_parted():
    assert sanitize.text("👩" + "\u200d👩" * 40, 500).count("\u200d") == 37
    assert sanitize.text("👩" + "\u200d👩" * 10, 500) == "👩" + "\u200d👩" * 10


def test_an_entry_of_nothing_still_has_a_title():
    entry = sanitize.entry(Entry(title="\u200b", author=" ", section="\x00"))
    assert (entry.title, entry.author, entry.section) == ("Untitled", None, None)


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1#z", "http://a.example", "mailto:a@b.example", "HTTPS://a.example/é"]
)
def test_links_that_may_be_opened(url):
    assert sanitize.link(f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a", "//a.example", "http://", "https:///x",
     "https://a b", "https://a\\b", "https://a\x1b[0m", "https://a\u202eb", "https://a\u200bb", "https://a\nb", "https://a\x85b",
     "-oProxy=x", "https://" + "a" * 4096, "mailto:", "x https://a"],
)  # fmt: skip
def test_links_that_may_not(url):
    assert sanitize.link(url) is None


@pytest.mark.parametrize(
    "unit",
    ["\x1b", "\x1b]", "\x9d", "\x1b[", "\x1b[1;", "\x9b1", "\x1bP", "\x1b]0;a", "e\u0301", "\u0301", "\u200d",
     "م\u200c", "👩\u200d", " ", "\n", " \n", "\r", "\u00a0", "\u202e", "\U000e0041", "[", "a "],
)  # fmt: skip
def test_a_large_strange_text_is_no_trouble(unit):
    much = unit * (1_000_000 // len(unit))
    assert len(sanitize.line("a" + much + "b", 100)) <= 100
    assert len(sanitize.text("a" + much + "b", 3_000_000)) <= 3_000_000


def test_code_in_markdown_keeps_its_tabs_and_empty_lines():
    code = "Before.\n\n```make\nall:\n\tgo\n\n\n\nclean:\n```"
    assert sanitize.entry(Entry("Make", body=code, markdown=True)).body == code
    assert sanitize.entry(Entry("Make", body="a\n\n\n\nb\tc")).body == "a\n\nb    c"


@pytest.mark.parametrize("first", range(0, 0x30000, 0x1000))
def test_the_quick_look_lets_nothing_pass_that_is_to_be_removed(first):
    for code in range(first, first + 0x1000):
        for text in (chr(code), f"a{chr(code)}", f"{chr(code)}a"):
            if sanitize.is_clean(text):
                assert sanitize._cleaned(text) == text


@settings(max_examples=300)
@given(st.text(st.sampled_from("\u200d\u200c\u0301\u093f🏽👩م\u1161a"), max_size=200))
def test_what_is_clean_stays_as_it_is(text):
    once = sanitize.clean(text)
    assert sanitize.clean(once) == once


@given(st.text(st.characters(max_codepoint=0x3FFF)))
def test_the_quick_look_changes_no_text(text):
    assert sanitize.clean(text) == sanitize._cleaned(text)
