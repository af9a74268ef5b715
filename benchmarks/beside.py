"""Make the same articles the library of the app and of newsboat, for `benchmarks.finding` to measure both.

`uv run python -m benchmarks.beside [--sizes 1000,10000,100000] [--folder FOLDER]` makes them and ends. Feeds hold
2,000 articles of some 3 KB each, at least 50 of them share a library.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import feeds
from reader.ingest.found import Found
from reader.library import Library
from reader.settings import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES: Final = "1000,10000,100000"
IN_A_FEED: Final = 2000
FEEDS: Final = 50
ALL: Final = '"query:Everything:unread = \\"yes\\" or unread = \\"no\\""\n'
CONFIG: Final = """\
reload-threads 2
max-items 0
show-read-feeds yes
bind-key j down
bind-key k up
confirm-exit no
"""


def feeds_for(articles: int) -> int:
    """Count the feeds that share so many articles."""
    return max(FEEDS, articles // IN_A_FEED)


def library(folder: Path, articles: int) -> Path:
    """Make the app's library, unless it is there, and give its folder (READER_HOME)."""
    home = folder / f"magazines-{articles}"
    if (home / "made").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    with Library(Places(home / "config", home / "data")) as made:
        for feed, told in feeds.stories(articles, feeds_for(articles)):
            name = f"Feed number {feed:02}"
            made.subscriptions.add(Found("feed", name, tuple(map(feeds.entry, told))), name)
    (home / "made").touch()
    return home


def newsboat(folder: Path, articles: int) -> Path | None:
    """Make newsboat's cache, unless it is there, and give its folder; None where newsboat is not installed."""
    if shutil.which("newsboat") is None:
        return None
    home = folder / f"newsboat-{articles}"
    if (home / "made").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    source = folder / f"rss-{articles}"
    feeds.write(source, articles, feeds_for(articles))
    addresses = [f"file://{source}/{number}.xml\n" for number in range(feeds_for(articles))]
    (home / "urls").write_text(ALL + "".join(addresses))
    (home / "config").write_text(CONFIG)
    subprocess.run([*newsboat_command(home), "-x", "reload"], env={**os.environ, "HOME": str(home)}, check=True)
    (home / "made").touch()
    return home


def newsboat_command(home: Path) -> Sequence[str]:
    """Give the command that opens newsboat on its folder."""
    return ("newsboat", "-q", "-u", f"{home}/urls", "-c", f"{home}/cache.db", "-C", f"{home}/config")


def main() -> None:
    """Make both, size by size, and tell how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "reader-benchmarks")
    parser.add_argument("--only", choices=("reader", "newsboat"), help="make only one of them")
    options = parser.parse_args()
    for size in map(int, options.sizes.split(",")):
        for name, make in (("newsboat", newsboat), ("reader", library)):
            if options.only in {None, name}:
                began = time.perf_counter()
                print(f"{size:>9,} articles, {name}: ", end="", flush=True)
                print(f"{make(options.folder, size)}, {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
