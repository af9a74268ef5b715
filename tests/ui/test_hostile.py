"""Texts that look like markup are shown as they are, wherever they come up."""

from __future__ import annotations

import pytest

from reader.ingest.found import Found
from reader.model.article import Entry
from tests.invented import entry, fill, listing
from tests.ui.driving import reading

HOSTILE = ["[@click=app.bell]x[/]", "[/]", "[bold a[0] and x[i]", "\\[$primary]red[/]"]


@pytest.mark.parametrize("text", HOSTILE)
async def test_it_is_shown_literally_and_never_runs(places, monkeypatch, text):
    made = entry(text, author=text, section=text, excerpt=f"{text} and on", meta=(text,))
    fill(places, listing(text, [made, entry("Plain", section=text), entry("Third", section=text)]))
    rung = []
    async with reading(places, size=(120, 36)) as it:
        monkeypatch.setattr(it.app, "bell", lambda: rung.append(1))
        assert it.of(it.articles).count(text) >= 4  # heading, headline, byline, excerpt
        assert it.of(it.pane).count(text) >= 4
        assert text in it.status
        await it.click(it.articles, text)
        await it.click(it.articles, text)
        await it.click(it.pane, text)
        await it.press("q", "g", "g")
        await it.press("a")
        assert f"Note: {text}" in it.seen()
        await it.paste(text)
        await it.press("escape")
        assert it.note() == text
        assert text in it.of(it.pane)
        await it.press("U")
        assert it.said[-1] == f"Undone: note: {text}"
        assert f"note: {text}" in " ".join(it.seen().split())
        await it.press("h")
        assert it.said[-1].startswith(f"{text} is folded")
        assert f"{text}: 3 articles" in it.of(it.pane)
        await it.press("enter", "/")
        await it.paste(text)
        await it.press("enter")
        assert f"“{text}”" in it.status
        await it.press("escape", "/")
        await it.paste(f"{text}zzz")
        assert f"“{text}zzz”" in " ".join(it.of(it.articles).replace("│", " ").split())
        await it.press("escape", "c", "?")
        await it.paste(text)
        await it.press("escape", ":")
        await it.paste(text)
        await it.press("escape", "+")
        await it.paste(text)
        await it.press("enter")
        await it.until(lambda: "No such file" in it.question)
        assert text in it.question
        await it.press("escape")
    assert rung == []


@pytest.mark.parametrize("text", HOSTILE[:2])
async def test_a_pasted_hostile_page_is_described_literally(places, text):
    async with reading(places) as it:
        await it.paste(f"{text} a headline\n\n" + "Some words of an essay. " * 40)
        assert it.dialogue == "AddScreen"
        assert text in it.seen()


@pytest.mark.parametrize("text", HOSTILE[:2])
async def test_a_link_is_told_literally(places, monkeypatch, text):
    url = f"https://example.org/{text}"
    fill(places, Found("listing", "Links", (Entry("One", section="Links", excerpt="x", url=url),)))
    async with reading(places) as it:
        monkeypatch.setattr("webbrowser.open", lambda *_, **__: True)
        await it.press("o")
        assert it.said[-1] == f"Opened {url}"
        assert url in it.seen().replace("\n", "")
