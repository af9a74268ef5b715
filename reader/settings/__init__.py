"""Directories and preferences: two frozen values, read once, validated."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast

from reader.settings.keying import Keying as Keying
from reader.settings.keying import keys_of
from reader.settings.ruling import ACTIONS as ACTIONS
from reader.settings.ruling import Rule as Rule
from reader.settings.ruling import rules_of
from reader.values import dataclass

ReadWhen: TypeAlias = Literal["on_open", "after_seconds", "at_end", "never"]
READ_WHEN: Final[tuple[ReadWhen, ...]] = ("on_open", "after_seconds", "at_end", "never")

RefreshWhen: TypeAlias = Literal["auto", "manual"]
REFRESH_WHEN: Final[tuple[RefreshWhen, ...]] = ("auto", "manual")

Paragraphs: TypeAlias = Literal["space", "indent"]
PARAGRAPHS: Final[tuple[Paragraphs, ...]] = ("space", "indent")

Pictures: TypeAlias = Literal["auto", "blocks", "off"]
PICTURES: Final[tuple[Pictures, ...]] = ("auto", "blocks", "off")

MEASURE: Final = range(40, 101)
"""Widths of a line of text, in columns, that the reading pane can take."""

WORDS_A_MINUTE: Final = range(50, 1001)
"""Paces of reading."""

LINE_SPACING: Final = range(3)
"""Blank lines that can stand after each line of text."""

SCROLL_PACE: Final = range(1, 601)
"""Lines of text a minute that the article can scroll by itself."""

_WITHIN: Final = {
    "measure": (MEASURE, ""),
    "words_a_minute": (WORDS_A_MINUTE, ""),
    "line_spacing": (LINE_SPACING, ""),
    "scroll_pace": (SCROLL_PACE, ""),
    "feed_megabytes": (range(1, 17), " of MiB"),
    "pictures_megabytes": (range(100_001), " of MiB"),
}
"""The settings that are whole numbers: their bounds, and what they count."""

_ONE_OF: Final[dict[str, tuple[str, ...]]] = {
    "mark_read": READ_WHEN,
    "refresh": REFRESH_WHEN,
    "paragraphs": PARAGRAPHS,
    "pictures": PICTURES,
}
"""The settings that are one of some words."""

UNREADABLE: Final = "; the defaults are used"
"""How it ends what is told of settings that cannot be read at all."""

_COMMANDS: Final = {
    "player": "mpv --no-video",
    "dictionary": "dict",
    "speech": "espeak-ng --stdin",
}
"""The settings that name a program, and what each could be."""


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
    the focus on it, when its end was seen, or never by itself. `theme` is the name of a theme. `refresh`
    says whether the app asks sources for what is new by itself while it is open.

    How the text is set: `measure` is the width of a line in columns; `line_spacing` counts the blank lines
    after each line (0 to 2); `paragraphs` are parted by a blank line (`space`) or told by an `indent`;
    `bold_lead` makes the beginning of each word bold; `ruler` lays a quiet band on the line that is read.
    `pictures` are drawn as well as the terminal can (`auto`), in half blocks, or not at all.

    `words_a_minute` is the pace of reading that all minutes are told by; of Chinese and Japanese, two characters
    count as a word. `scroll_pace` is how many lines of text a minute the article scrolls by itself.

    The programs are the user's own, and run without a shell. `player` plays episodes and films, the address
    added as its last argument; empty for the browser. `dictionary` looks words up: they are its last argument,
    its standard input and READER_TEXT. `speech` reads aloud a paragraph that it is given on its standard input and
    in READER_TEXT, and ends when it has read it (`spd-say` does with `-w -e`).

    `feed_megabytes` bounds the size of one feed, `pictures_megabytes` that of all pictures kept, both in MiB.

    `rules` are applied to what comes in, in the order in which they are written; their queries are not looked at here.

    `keys` are those of the commands; which commands and keys there are is not looked at here.

    `same_story` lists one article of a story that several sources bring within a few days, and names the others.
    """

    mark_read: ReadWhen = "after_seconds"
    mark_read_seconds: float = 5.0
    measure: int = 66
    theme: str = "reader-dark"
    refresh: RefreshWhen = "auto"
    player: str = ""
    words_a_minute: int = 230
    line_spacing: int = 0
    paragraphs: Paragraphs = "space"
    ruler: bool = False
    bold_lead: bool = False
    scroll_pace: int = 20
    dictionary: str = ""
    speech: str = ""
    pictures: Pictures = "auto"
    feed_megabytes: int = 16
    pictures_megabytes: int = 200
    rules: tuple[Rule, ...] = ()
    same_story: bool = True
    keys: Keying = Keying()


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
        return Settings(), [f"{path}: {error.strerror}{UNREADABLE}"]
    import tomllib

    try:
        table = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Settings(), [f"{path}: {error}{UNREADABLE}"]
    return _validated(table, path)


def _validated(table: dict[str, object], path: Path) -> tuple[Settings, list[str]]:
    values: dict[str, Any] = {}
    wrong = []
    known = [field.name for field in fields(Settings)]
    for name, value in table.items():
        if name == "rules":
            values[name], more = rules_of(value)
            wrong += [f"{path}: {problem}" for problem in more]
        elif name == "keys":
            values[name], more = keys_of(value)
            wrong += [f"{path}: {problem}" for problem in more]
        elif name not in known:
            wrong.append(f"{path}: {name} is no setting; there are {', '.join(known)}")
        elif problem := _problem(name, value):
            wrong.append(f"{path}: {name} must be {problem}, not {value!r}")
        else:
            values[name] = value
    return Settings(**values), wrong


def _problem(name: str, value: object) -> str | None:
    """Say what a setting must be, None when it is that."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if name in _WITHIN:
        bounds, counted = _WITHIN[name]
        fits = number and isinstance(value, int) and value in bounds
        return None if fits else f"a whole number{counted} from {bounds.start} to {bounds.stop - 1}"
    if name in _ONE_OF:
        return None if value in _ONE_OF[name] else f"one of {', '.join(_ONE_OF[name])}"
    if name in _COMMANDS:
        return None if isinstance(value, str) and _splits(value) else f'a command, such as "{_COMMANDS[name]}"'
    match name:
        case "mark_read_seconds" if not (number and 0 <= cast("float", value) <= 3600):
            return "a number of seconds from 0 to 3600"
        case "ruler" | "bold_lead" | "same_story" if not isinstance(value, bool):
            return "true or false"
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
