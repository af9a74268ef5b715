"""Code laid out: its lines as they are, in colours."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.document import LONGEST, Block, bounded
from reader.ui.widgets.code_parts import parts
from reader.ui.widgets.languages import language_of
from reader.ui.widgets.layout import lay_out
from reader.ui.widgets.lines import CODE
from tests.ui.documents import STYLES

NAMES = ["python", "js", "c", "c++", "kotlin", "go", "rust", "swift", "php", "ruby", "bash", "sql", "lua", "haskell",
         "json", "toml", "scss", "svg", "patch"]  # fmt: skip


def drawn(text, name):
    lines = lay_out(Block("code", text, marker=name), 60, STYLES, close=True)
    return [[(part.text, part.style.meta["part"]) for part in line.body] for line in lines if line.runs]


def coloured(text, name):
    return [(text[start:end], kind.removeprefix("code-")) for start, end, kind in parts(text, name)]


def test_code_keeps_its_lines_and_spaces():
    lines = lay_out(Block("code", "if tide:\n    row()\n\n    # out"), 60, STYLES, close=True)
    assert [line.text for line in lines] == ["if tide:", "    row()", "", "    # out"]
    assert not any(line.wide for line in lines)


def test_a_long_line_is_not_broken_and_all_scroll_with_it():
    lines = lay_out(Block("code", "x\n" + "harbour " * 20, marker="text"), 40, STYLES)
    assert [line.text for line in lines] == ["", "x", "harbour " * 20, ""]
    assert [line.wide for line in lines] == [False, True, True, False]


def test_a_tab_that_is_left_takes_a_cell():
    (line,) = lay_out(Block("code", "a\tb"), 40, STYLES, close=True)
    assert line.text == "a b"


def test_the_parts_of_code_have_styles_of_their_own():
    assert drawn('def row(boat):  # out\n    return "low" + 7', "py") == [
        [("def", "code-keyword"), (" ", "code"), ("row", "code-name"), ("(boat):  ", "code"),
         ("# out", "code-comment")],
        [("    ", "code"), ("return", "code-keyword"), (" ", "code"), ('"low"', "code-string"), (" + ", "code"),
         ("7", "code-number")],
    ]  # fmt: skip


def test_code_in_no_known_language_has_one_style():
    assert drawn("def row():", "brainless") == [[("def row():", "code")]]
    assert drawn("def row():", "") == [[("def row():", "code")]]


def test_a_style_that_is_missing_is_that_of_code():
    styles = {name: style for name, style in STYLES.items() if name not in CODE}
    (line,) = lay_out(Block("code", "def x", marker="python"), 60, styles, close=True)[1:]
    assert {part.style.meta["part"] for part in line.body} == {"code"}


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("python", "'''a\nb''' + f'x' + rb\"y\"", [("'''a\nb'''", "string"), ("f'x'", "string"), ('rb"y"', "string")]),
        ("python", '"""never closed', [('"""never closed', "string")]),
        ("js", "let a = `b\nc` // d", [("let", "keyword"), ("`b\nc`", "string"), ("// d", "comment")]),
        ("rust", "fn a<'b>(c: &'b str) { 'd' }", [("fn", "keyword"), ("str", "keyword"), ("'d'", "string")]),
        ("c", "#include <a>\n/* b\n*/ x = 0xFF;",
         [("#include <a>", "comment"), ("/* b\n*/", "comment"), ("0xFF", "number")]),
        ("sql", "select A FROM b -- c", [("select", "keyword"), ("FROM", "keyword"), ("-- c", "comment")]),
        ("bash", "echo $# # don't", [("# don't", "comment")]),
        ("yaml", "a: don't\nb: 'c'", [("'c'", "string")]),
        ("html", '<a href="b">c</a><!-- d -->',
         [("a", "keyword"), ('"b"', "string"), ("a", "keyword"), ("<!-- d -->", "comment")]),
        ("diff", "@@ 1 @@\n-a\n+b\n c", [("@@ 1 @@", "comment"), ("+b", "string")]),
        ("json", '{"a": true, "b": 1.5e3}',
         [('"a"', "string"), ("true", "keyword"), ('"b"', "string"), ("1.5e3", "number")]),
    ],
)  # fmt: skip
def test_what_is_coloured(name, text, wanted):
    assert coloured(text, name) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_a_language_is_known_by_its_names(name):
    assert language_of(name)
    assert language_of(name.upper()) == language_of(name)


@settings(max_examples=200)
@given(st.sampled_from(NAMES), st.text(st.sampled_from("\"'`\\/*#-<>!+@{}()[]\nrb0x1.if é漢_= "), max_size=120))
def test_the_parts_are_in_order_and_inside_the_code(name, text):
    last = 0
    for start, end, kind in parts(text, name):
        assert last <= start < end <= len(text)
        assert kind in CODE
        last = end


def test_no_more_of_a_row_is_coloured_than_can_be_drawn_at_once():
    (row,) = drawn("if (" + "1 " * 3_000 + ")", "python")
    assert len(row) <= 602
    assert row[-1][1] == "code"
    assert "".join(part for part, _ in row) == "if (" + "1 " * 3_000 + ")"


HOSTILE = ['"', "'", "`", "\\", '"\\', "'\\'", "'\\", "/*", "*/", "//", "#", "<!--", "'''", '"""', 'r"', "rb", "0x",
           "1.", "a(", "if ", "--[[", "{-", "\n+", "a", "_", "é", "漢", "e\u0301", '"a\n', "b'", "\n",
           "👩‍👧"]  # fmt: skip


def taken(block):
    begun = time.process_time()
    lay_out(block, 66, STYLES)
    return time.process_time() - begun


@pytest.mark.parametrize("name", NAMES)
def test_no_code_takes_long(name):
    for sign in HOSTILE:
        block = next(bounded([Block("code", (sign * LONGEST)[: LONGEST * 2], marker=name)]))
        assert min(taken(block) for _ in range(3)) < 0.1, sign
