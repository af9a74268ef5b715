"""Directories and preferences: two frozen values, read once, validated."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from reader.settings.commanding import EVENTS as EVENTS
from reader.settings.commanding import Event as Event
from reader.settings.commanding import Hook as Hook
from reader.settings.commanding import OwnCommand as OwnCommand
from reader.settings.keying import Keying as Keying
from reader.settings.reading import FLAGS as FLAGS
from reader.settings.reading import UNREADABLE as UNREADABLE
from reader.settings.reading import Loaded as Loaded
from reader.settings.reading import Origin as Origin
from reader.settings.reading import load as load
from reader.settings.reading import read as read
from reader.settings.ruling import ACTIONS as ACTIONS
from reader.settings.ruling import Rule as Rule
from reader.settings.table import LINE_SPACING as LINE_SPACING
from reader.settings.table import MEASURE as MEASURE
from reader.settings.table import PARAGRAPHS as PARAGRAPHS
from reader.settings.table import PICTURES as PICTURES
from reader.settings.table import READ_WHEN as READ_WHEN
from reader.settings.table import REFRESH_WHEN as REFRESH_WHEN
from reader.settings.table import SCROLL_PACE as SCROLL_PACE
from reader.settings.table import WORDS_A_MINUTE as WORDS_A_MINUTE
from reader.settings.table import Paragraphs as Paragraphs
from reader.settings.table import Pictures as Pictures
from reader.settings.table import ReadWhen as ReadWhen
from reader.settings.table import RefreshWhen as RefreshWhen
from reader.settings.table import Settings as Settings
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that hold what is the user's."""

    config: Path
    data: Path

    @property
    def marks(self) -> Path:
        """The TinyDB file of marks."""
        return self.data / "marks.json"

    @property
    def library(self) -> Path:
        """The SQLite file of articles."""
        return self.data / "library.db"

    @property
    def lock(self) -> Path:
        """The file whose holder may write."""
        return self.data / "reader.lock"

    @property
    def settings(self) -> Path:
        """The preferences, a TOML file that the user writes."""
        return self.config / "config.toml"

    @property
    def styles(self) -> Path:
        """A stylesheet of the user's own, laid over ours."""
        return self.config / "styles.tcss"


def places() -> Places:
    """Give the folders: all under `READER_HOME` where that is set, else where the platform keeps such things.

    Raises:
        OSError: `READER_HOME` is in the home of somebody who has none, or beside a folder that is gone.
    """
    home = os.environ.get("READER_HOME")
    if home:
        try:
            root = Path(home).expanduser().absolute()
        except RuntimeError as error:
            raise FileNotFoundError(errno.ENOENT, "nobody has such a home", f"READER_HOME={home}") from error
        return Places(root / "config", root / "data")
    from platformdirs import PlatformDirs

    folders = PlatformDirs("reader", appauthor=False)
    return Places(Path(folders.user_config_path), Path(folders.user_data_path))
