"""Make the pictures of the manual from the running app: `uv run docs/pictures.py [FOLDER]`.

The library behind them holds the invented topic page of the tests; nothing of the user's is read.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reader.ingest.detect import read
from reader.library import Library
from reader.settings import Places, Settings
from reader.ui.app import ReaderApp

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "tests" / "fixtures" / "topic-page.txt"


@dataclass(frozen=True)
class Picture:
    """One picture: its name, its size in cells, the keys pressed before it is taken, and the theme."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    theme: str = "reader-dark"


PICTURES = (Picture("reader", (112, 32), ("j", "m", "j", "s", "j")),)


async def take(picture: Picture, folder: Path) -> None:
    """Take one picture of a library of its own."""
    with tempfile.TemporaryDirectory() as home:
        places = Places(Path(home) / "config", Path(home) / "data")
        with Library(places, now=lambda: 1_760_000_000) as library:
            library.subscriptions.add(read(PAGE.read_bytes(), PAGE.name), str(PAGE))
        app = ReaderApp(places, Settings(theme=picture.theme))
        async with app.run_test(size=picture.size) as pilot:
            await pilot.press(*picture.keys)
            await pilot.pause(0.3)
            svg = app.export_screenshot(title="reader", simplify=True)
        app.library.close()
    folder.mkdir(parents=True, exist_ok=True)
    # The generated names differ from run to run; a picture that shows the same should be the same file.
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    (folder / f"{picture.name}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    """Take all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    for picture in PICTURES:
        asyncio.run(take(picture, folder))
        print(folder / f"{picture.name}.svg")


if __name__ == "__main__":
    main()
