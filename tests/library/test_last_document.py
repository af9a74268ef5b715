"""The document that was shown last is there at the next start, the same as if it were laid out anew."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.markdown import document
from reader.library import Library, last_document
from reader.model.article import Article, Entry, Row
from reader.model.source import Source
from reader.storage import intake
from reader.storage.database import LibraryError

TEXT = (
    "# A head\n\nSome *words*, a [link](https://a.example/) and `code`.\n\n> quoted\n\n- one\n- two\n\n|a|\n|-|\n|1|\n"
)
NOW = 1_795_000_000


class Kept:
    """What is kept, in memory."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def keep(self, name: str, value: bytes) -> None:
        self.values[name] = value

    def kept(self, name: str) -> bytes | None:
        return self.values.get(name)


def article(text: str, key: int = 1) -> Article:
    row = Row(7, key, "T", None, None, source="S", excerpt="", cut=False, words=1, published=None, url=None)
    return Article(row, text, markdown=True, meta=(), source_id="s", added=0)


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["# ", "> ", "- ", "a ", "*b* ", "`c` ", "\n", "\ud800"])).map("".join)
)
def test_any_document_comes_back_as_it_was(text):
    kept, one = Kept(), article(text)
    last_document.keep(kept, one, document(text))
    assert last_document.kept(kept, one) == document(text)


def test_another_article_and_another_text_are_not_taken_for_it():
    kept, one = Kept(), article(TEXT)
    assert last_document.kept(kept, one) is None
    last_document.keep(kept, one, document(TEXT))
    assert last_document.kept(kept, article(TEXT.replace("words", "Words"))) is None
    assert last_document.kept(kept, replace(one, row=replace(one.row, id=8))) is None
    assert last_document.kept(kept, replace(one, markdown=False)) is None


@pytest.mark.parametrize(
    "blocks",
    [
        '[["no kind","text",[],0,"",[],false]]', '[["paragraph","text",[[0,1,"glow",""]],0,"",[],false]]', "7", "[7]",
        '[["paragraph"]]', "[[[],[],[],0,0,0,0]]", '[["paragraph","text",[[0]],0,"",[],false]]',
    ],
)  # fmt: skip
def test_what_another_version_wrote_is_laid_out_anew(blocks):
    kept, one = Kept(), article(TEXT)
    last_document.keep(kept, one, document(TEXT))
    stamp = json.loads(kept.values["document"])[0]
    for value in (f"[{json.dumps(stamp)},{blocks}]".encode(), b"{", b"\xff", b""):
        kept.values["document"] = value
        assert last_document.kept(kept, one) is None


def test_a_disk_that_is_full_is_no_trouble_and_long_texts_are_not_kept():
    class Full(Kept):
        def keep(self, name: str, value: bytes) -> None:
            raise LibraryError("no room")

    last_document.keep(Full(), article(TEXT), document(TEXT))
    kept, long = Kept(), article("word " * 20_000)
    last_document.keep(kept, long, document(long.text))
    assert not kept.values


_SCRIPT = """
import asyncio, sys
from reader import settings
from reader.ui.app import ReaderApp

async def main():
    app = ReaderApp(settings.places(), settings.Settings(mark_read="never"))
    drawn = []
    original = app._display
    def display(*args):
        if not drawn:
            drawn.append("markdown_it" in sys.modules)
        original(*args)
    app._display = display
    async with app.run_test(size=(120, 40)) as pilot:
        while not app.library.ready:
            await pilot.pause(0.01)
        print(drawn[0], app.screen.opened.document.blocks[0].text)
        app.exit()
    app.library.close()

asyncio.run(main())
"""


def test_the_next_start_shows_it_without_what_understands_markdown(places):
    with Library(places) as library:
        source = Source("one", "feed", "One")
        entry = Entry("On the quay", "Ines", None, TEXT, published=NOW, guid="1", markdown=True)
        intake.add(library.cache, source, [entry], NOW)
        library.marks.put_sources((source,))
    told = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, timeout=60, check=False)
        told.append(done.stdout.strip().split("\n")[-1])
        assert told[-1].endswith("A head"), done.stderr[-2000:]
    assert told == ["True A head", "False A head"]


@pytest.mark.parametrize("torn", [b"[" * 100_000, b"[[1,2,3],[", b"\xff\xfe", b'[[7],[["paragraph"]]]'])
def test_what_cannot_be_read_is_none(torn):
    kept, one = Kept(), article(TEXT)
    kept.values["document"] = torn
    assert last_document.kept(kept, one) is None
