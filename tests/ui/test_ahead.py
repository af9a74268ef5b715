"""The article that the next key is likely to go to is laid out before."""

from __future__ import annotations

import pytest

from reader.library import documents
from reader.ui.widgets import page
from tests.invented import fill, harbours, orchards
from tests.ui.driving import reading


@pytest.fixture
def both(places):
    """A library with two sources."""
    fill(places, harbours(), orchards())
    return places


def foreseen(it) -> str:
    ahead = it.pane._foreseen
    return ahead.opened.row.title if ahead is not None else ""


def title(it, index: int) -> str:
    return it.articles.row(index).title


async def test_the_next_article_is_laid_out_and_not_again_when_it_is_gone_to(both, monkeypatch):
    async with reading(both) as it:
        await it.press("j")
        await it.until(lambda: foreseen(it) == title(it, 2), "the one after it")
        laid: list[str] = []
        block = page.Page._block

        def noted(self, number):
            laid.append(self.opened.row.title)
            return block(self, number)

        monkeypatch.setattr(page.Page, "_block", noted)
        await it.press("j")
        assert it.screen.opened.row.title == title(it, 2)
        assert it.pane._page.lines(1)
        assert title(it, 2) not in laid


async def test_going_up_the_one_above_comes_next(both):
    async with reading(both) as it:
        await it.press("G")
        await it.until(lambda: it.screen.ahead._waiting is None, "the moment after")
        last = it.articles.index
        await it.press("k")
        await it.until(lambda: foreseen(it) == title(it, last - 2), "the one above")


async def test_what_is_opened_again_is_not_parsed_again(both, monkeypatch):
    with_shelf = documents._begun
    with_shelf.cache_clear()
    async with reading(both) as it:
        await it.until(lambda: foreseen(it), "the next")
        before = with_shelf.cache_info().misses
        await it.press("m")
        assert with_shelf.cache_info().misses == before


async def test_nothing_is_laid_out_below_the_last(both):
    async with reading(both) as it:
        await it.press("G")
        await it.until(lambda: it.screen.ahead._waiting is None, "the moment after")
        assert foreseen(it) != title(it, it.articles.index)
