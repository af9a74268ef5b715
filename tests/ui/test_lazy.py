"""The first frame of the app needs nothing of what reads pages, feeds and the web."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reader.library import Library
from reader.model.source import Source
from tests.invented import fill, harbours

_SCRIPT = """
import asyncio, sys
from reader import settings
from reader.ui.app import ReaderApp

HEAVY = {"httpx", "feedparser", "trafilatura", "lxml", "turbohtml", "markdown_it", "mdit_py_plugins", "keyring",
         "reader.library.porter", "reader.library.errands", "reader.ingest.fetch", "reader.library.subscriptions",
         "reader.ui.screens.sources", "reader.ui.dialogs", "reader.ui.actions.sources", "PIL", "textual_image",
         "reader.ui.screens.pictures", "reader.ui.screens.notebook", "reader.ui.widgets.find_bar",
         "reader.model.finding", "reader.ui.screens.views", "reader.ui.widgets.view_tree", "reader.library.tree",
         "reader.model.fuzzy"}

async def main():
    app = ReaderApp(settings.places(), settings.Settings(mark_read="never"))
    drawn = []
    original = app._display
    def display(*args):
        if not drawn:
            drawn.append(HEAVY & set(sys.modules))
        original(*args)
    app._display = display
    async with app.run_test(size=(120, 40)) as pilot:
        if "soon" in sys.argv:
            from reader.ui.screens.beginning import SOON

            while not set(SOON) <= set(sys.modules):
                await pilot.pause(0.01)
        app.exit()
    app.library.close()
    print(sorted(drawn[0]))

asyncio.run(main())
"""


@pytest.mark.parametrize("wait", ["", "soon"])
def test_the_first_frame_imports_little_and_what_is_used_soon_comes_after_it(places, wait):
    fill(places, harbours())
    with Library(places) as library:
        library.subscriptions.add_guide()
        library.marks.put_source(Source("feed-1", "feed", "News", "https://news.example/feed"))
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, wait], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip().split("\n")[-1] == "[]", done.stderr[-2000:]
