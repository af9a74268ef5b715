"""ASCII, and what a terminal that is not written to in UTF-8 gets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from reader.model.article import Entry
from reader.ui.plain import writable
from tests.invented import essay, fill, listing
from tests.ui.driving import reading
from tests.ui.walking import ALONE

TEXT = "“Zürich” … Привет ★ 渡し船 👩‍👩‍👧 and café"


@pytest.fixture
def shore(places):
    fill(places, listing("Café ★", [Entry(f"{number}: {TEXT}", "Renée", "Ж", TEXT) for number in range(3)]))
    return places


async def test_the_text_of_an_article_is_left_as_it_is(shore):
    async with reading(shore, replace(ALONE, ascii="on")) as it:
        await it.press("enter")
        assert "“Zürich” … Привет ★ 渡し船" in it.of(it.pane)
        assert '"Zürich" ~ Привет ! 渡し船' in it.of(it.articles)


@pytest.mark.parametrize(("locale", "seen"), [("de_DE.ISO-8859-1", '"Zürich" ~ ?????? !'), ("ru_RU.KOI8-R", "Привет")])
async def test_what_the_terminal_cannot_write_is_not_written(shore, monkeypatch, locale, seen):
    monkeypatch.setenv("LC_ALL", locale)
    async with reading(shore, ALONE) as it:
        await it.press("enter", "?")
        it.seen().encode(locale.partition(".")[2])
        await it.press("escape")
        assert seen in it.of(it.pane)
        it.seen().encode(locale.partition(".")[2])


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "koi8-r", "shift_jis", "cp437"])
def test_what_is_written_in_its_place_takes_as_many_cells(encoding):
    found = writable(TEXT, encoding)
    assert cell_len(found) == cell_len(TEXT)
    assert found.encode(encoding)
    assert "and caf" in found


def test_close_letters_are_taken_where_there_are():
    assert writable("Čapek “ñ” ①", "ascii") == 'Capek "n" 1'


async def test_nothing_is_done_where_it_need_not_be(places):
    fill(places, essay())
    async with reading(places, ALONE) as it:
        assert not any(type(one).__name__ == "Plain" for one in it.app.get_line_filters())
        assert not it.app.ascii
