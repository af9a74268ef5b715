"""Markdown of any length and kind is laid out in bounded time, and the same as in one go."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import markdown_parts
from reader.ingest.markdown import beginning, document
from reader.model.document import LONGEST

HOSTILE = {
    "brackets": "[", "links": "[a](", "pictures": "![", "emphasis": "*a **b ",
    "strong": "**a** *b* ", "breaks": "a\\\n", "paragraphs": "a\n\n", "items": "- a\n",
    "quotes": "> a\n", "nested": "> > > - a\n\n", "words": "a", "code": "`a ",
    "tags": "<sup>a", "rows": "|a|b|\n", "definitions": "[a]: b\n\n", "notes": "[^a]: b\n\n",
    "terms": "a\n: b\n\n", "some": "[" * 400 + "\n\n", "indented": "    a\n", "underscores": "_a __b ",
    "headings": "# [a](b)\n", "fences": "```\n[\n\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_comes_is_laid_out_in_time(name, monkeypatch):
    monkeypatch.setattr(markdown_parts, "MOST", markdown_parts.MOST // 10)
    text = (HOSTILE[name] * (1 + 300_000 // len(HOSTILE[name])))[:300_000]
    begun = time.process_time()
    first = beginning(text)
    # Wide bounds, since machines are busy: what they are to catch takes minutes.
    assert time.process_time() - begun < 2
    made = document(text)
    assert time.process_time() - begun < 15
    assert first is not None
    assert max(len(block.text) for block in made.blocks) <= LONGEST
    assert len(made.blocks) < 30_000


@pytest.mark.parametrize("name", HOSTILE)
def test_no_part_but_code_is_long(name):
    text = HOSTILE[name] * (300_000 // len(HOSTILE[name]))
    sizes = [len(part.text) for part in markdown_parts.parts(text)]
    assert name == "fences" or max(sizes) <= 2 * markdown_parts.LATER + markdown_parts.FIRST


def test_a_paragraph_full_of_signs_is_shown_as_it_is_written():
    text = "\\[x\\] **a** " * 500 + "\\\nnext\nline"
    (block,) = document(f"{text}\n\n").blocks
    assert block.text.endswith("**a** \nnext line")
    assert block.text.startswith("[x] **a** [x]")
    assert block.spans == ()


def test_the_next_paragraph_is_interpreted_again():
    made = document("[" * 5000 + "\n\nA **word**.").blocks
    assert made[0].text == "[" * 5000
    assert [span.kind for span in made[1].spans] == ["strong"]


SOME = (
    "# Heading\n\nA paragraph of some **words**, [a link](https://a.example/x) and a note[^1], see [there].\n\n"
    "- one\n- two\n\n  more of two\n\n  ```\n  code of two\n\n  and on\n  ```\n\n> a quote\n\n1. one\n2. two\n\n"
    "```python\ncode\n\n# no heading\n\nNor this\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n"
    "Term\n: meaning\n\nWords.\n\n"
)
NOTES = "\n\n[^1]: The *first* note.\n\n    More of it.\n\n[^2]: Second.\n\n[there]: https://there.example\n"


def test_in_parts_it_is_the_same(monkeypatch):
    text = (SOME * 60).replace("[^1]", "[^2]", 1) + NOTES
    assert len(list(markdown_parts.parts(text))) > 1
    parted = document(text)
    monkeypatch.setattr(markdown_parts, "light", lambda text: True)
    assert document(text) == parted
    assert [block.marker for block in parted.blocks if block.kind == "footnote"] == ["2", "1", ""]
    assert {span.target for block in parted.blocks for span in block.spans if span.kind == "link"} == {
        "https://a.example/x",
        "https://there.example",
    }


def test_named_notes_keep_their_numbers_in_parts():
    text = f"One[^b].\n\n{SOME.replace('[^1]', '') * 60}Two[^a], again[^b].\n\n[^a]: A.\n\n[^b]: B.\n"
    parted = document(text)
    assert [(block.marker, block.text) for block in parted.blocks[-2:]] == [("1", "B."), ("2", "A.")]
    assert "Two², again¹." in [block.text for block in parted.blocks]


def test_the_beginning_is_how_all_begins():
    text = SOME.replace("[^1]", "") * 60
    first, whole = beginning(text), document(text)
    assert 10 < len(first.blocks) < len(whole.blocks) / 3
    assert first.blocks == whole.blocks[: len(first.blocks)]
    assert beginning("A short text.") is None


def test_what_is_stopped_ends_soon():
    asked = []
    made = document(SOME * 200, lambda: len(asked) > 1 or asked.append(1))
    assert 0 < len(made.blocks) < len(document(SOME * 200).blocks) / 2


def test_long_code_is_one_part():
    code = "```\n" + "line\n\ntext\n" * 9000 + "```"
    _, inside, after = markdown_parts.parts(f"{'Words. ' * 900}\n\n{code}\n\nAfter.")
    assert inside.text == code
    assert inside.is_code
    assert after.text.strip() == "After."


def code_of(text):
    return "\n".join(block.text for block in document(text).blocks if block.kind == "code")


LINES = "\n".join(f"x[{number}] = `{number}`  # [a](b)" for number in range(100_000))


@pytest.mark.parametrize("text", [f"```python\n{LINES}\n```", f"~~~python\n{LINES}"])
def test_code_of_any_length_is_code_and_costs_nothing(text):
    begun = time.process_time()
    made = document(f"# Tide\n\nBefore *it*.\n\n{text}")
    assert time.process_time() - begun < 1
    assert [(block.kind, block.text) for block in made.blocks[:2]] == [("heading", "Tide"), ("paragraph", "Before it.")]
    assert {(block.kind, block.marker) for block in made.blocks[2:]} == {("code", "python")}
    assert "\n".join(block.text for block in made.blocks[2:]) == LINES


def test_what_follows_long_code_is_interpreted():
    made = document(f"- one\n\n```\n{LINES}\n```\n\nAfter *it*.")
    assert (made.blocks[0].kind, made.blocks[-1].text) == ("item", "After it.")
    assert made.blocks[-1].spans


def test_long_code_in_a_list_is_code():
    inside = LINES.replace("\n", "\n  ")
    made = document(f"- one\n\n  ```js\n  {inside}\n  ```\n\nAfter *it*.")
    assert {(block.kind, block.marker) for block in made.blocks[1:-1]} == {("code", "js")}
    assert "\n".join(block.text for block in made.blocks[1:-1]) == LINES
    assert made.blocks[-1].text == "After it."


def test_indented_code_of_any_length_is_code():
    text = "Before *it*.\n\n    " + LINES.replace("\n", "\n    ")
    assert code_of(text) == LINES


def test_code_is_code_after_more_than_is_interpreted(monkeypatch):
    monkeypatch.setattr(markdown_parts, "MOST", 20_000)
    text = "Word *x*.\n\n" * 2_000 + f"{SOME}```python\n{LINES}\n```\n\n    indented\n      more\n\nEnd *x*."
    blocks = document(text).blocks
    assert {block.kind for block in blocks} == {"paragraph", "code"}
    assert [block.text for block in blocks[-2:]] == ["indented\n  more", "End *x*."]
    assert LINES in code_of(text)


@pytest.mark.parametrize("before", ["", "Before.\n\n"])
def test_the_beginning_of_long_code_is_code(before):
    text = f"{before}```python\n{LINES}\n```"
    first, whole = beginning(text), document(text)
    assert first.blocks[:1] == whole.blocks[:1]
    assert all(block.kind == "code" for block in first.blocks) or before


@pytest.mark.parametrize("size", [1, 3, 40, 900])
def test_the_beginning_of_very_many_paragraphs_comes_soon(size):
    beginning(SOME * 60)
    text = "\n\n".join(["a" * size] * 150_000)
    assert min(spent(text) for _ in range(3)) < 0.03


def spent(text):
    begun = time.thread_time()
    beginning(text)
    return time.thread_time() - begun


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a", "\n", "\n\n", "```", "~~~", "- ", "  ", "# ", "a" * 9000, "\n```\n", "b " * 9000, "\n\nc\n\n"]
        )
    )
)
def test_parts_are_the_text(pieces):
    text = "".join(pieces)
    assert "".join(part.text for part in markdown_parts.parts(text)) == text
