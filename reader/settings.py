"""Directories and preferences: two frozen values, read once, validated."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast

ReadWhen: TypeAlias = Literal["on_open", "after_seconds", "at_end", "never"]
READ_WHEN: Final[tuple[ReadWhen, ...]] = ("on_open", "after_seconds", "at_end", "never")

RefreshWhen: TypeAlias = Literal["auto", "manual"]
REFRESH_WHEN: Final[tuple[RefreshWhen, ...]] = ("auto", "manual")

MEASURE: Final = range(40, 101)
"""Widths of a line of text, in columns, that the reading pane can take."""


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


def places() -> Places:
    """Give the folders: all under `READER_HOME` where that is set, else where the platform keeps such things."""
    home = os.environ.get("READER_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return Places(root / "config", root / "data")
    from platformdirs import PlatformDirs

    folders = PlatformDirs("reader", appauthor=False)
    return Places(Path(folders.user_config_path), Path(folders.user_data_path))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user prefers.

    `mark_read` says when an article counts as read: when it is opened, after `mark_read_seconds` with
    the focus on it, when its end was seen, or never by itself. `measure` is the width of a line of text
    in columns; `theme` is the name of a theme. `refresh` says whether the app asks sources for what is
    new by itself while it is open. `player` is the command that episodes and films are played with, the
    address added as its last argument; empty for the browser. `feed_megabytes` bounds the size of one
    feed, `pictures_megabytes` that of all pictures kept, both in MiB.
    """

    mark_read: ReadWhen = "after_seconds"
    mark_read_seconds: float = 5.0
    measure: int = 66
    theme: str = "reader-dark"
    refresh: RefreshWhen = "auto"
    player: str = ""
    feed_megabytes: int = 16
    pictures_megabytes: int = 200


def load(path: Path) -> tuple[Settings, list[str]]:
    """Read the preferences.

    Args:
        path: the TOML file; that it is missing is no mistake.

    Returns:
        The settings, defaults standing in for what is wrong, and what is wrong, one line each.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings(), []
    except OSError as error:
        return Settings(), [f"{path}: {error.strerror}; the defaults are used"]
    import tomllib

    try:
        table = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Settings(), [f"{path}: {error}; the defaults are used"]
    return _validated(table, path)


def _validated(table: dict[str, object], path: Path) -> tuple[Settings, list[str]]:
    values: dict[str, Any] = {}
    wrong = []
    known = [field.name for field in fields(Settings)]
    for name, value in table.items():
        if name not in known:
            wrong.append(f"{path}: {name} is no setting; there are {', '.join(known)}")
        elif problem := _problem(name, value):
            wrong.append(f"{path}: {name} must be {problem}, not {value!r}")
        else:
            values[name] = value
    return Settings(**values), wrong


def _problem(name: str, value: object) -> str | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match name:
        case "mark_read" if value not in READ_WHEN:
            return f"one of {', '.join(READ_WHEN)}"
        case "mark_read_seconds" if not (number and 0 <= cast("float", value) <= 3600):
            return "a number of seconds from 0 to 3600"
        case "measure" if not (number and isinstance(value, int) and value in MEASURE):
            return f"a whole number from {MEASURE.start} to {MEASURE.stop - 1}"
        case "refresh" if value not in REFRESH_WHEN:
            return f"one of {', '.join(REFRESH_WHEN)}"
        case "feed_megabytes" if not (number and isinstance(value, int) and 1 <= value <= 16):
            return "a whole number of MiB from 1 to 16"
        case "pictures_megabytes" if not (number and isinstance(value, int) and 0 <= value <= 100_000):
            return "a whole number of MiB from 0 to 100000"
        case "player" if not (isinstance(value, str) and _splits(value)):
            return 'a command, such as "mpv --no-video"'
        case "theme" if not isinstance(value, str):
            return "the name of a theme"
    return None


def _splits(command: str) -> bool:
    import shlex

    try:
        shlex.split(command)
    except ValueError:
        return False
    return True
