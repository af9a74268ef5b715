"""The table of all settings: name, type, default, bounds and one sentence each.

What is checked, the frozen `Settings`, the file that `reader config init` writes, the manual's page and the settings
screen all follow from it. A new setting is a line here; a table of tables is one too, with the function that reads it.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from reader.settings.commanding import Hook, OwnCommand, commands_of, hooks_of
from reader.settings.keying import Keying, keys_of
from reader.settings.kinds import command, flag, number, one_of, table, text, whole
from reader.settings.ruling import Rule, rules_of
from reader.values import dataclass

ReadWhen: TypeAlias = Literal["on_open", "after_seconds", "at_end", "never"]
READ_WHEN: Final[tuple[ReadWhen, ...]] = ("on_open", "after_seconds", "at_end", "never")

RefreshWhen: TypeAlias = Literal["auto", "manual"]
REFRESH_WHEN: Final[tuple[RefreshWhen, ...]] = ("auto", "manual")

Paragraphs: TypeAlias = Literal["space", "indent"]
PARAGRAPHS: Final[tuple[Paragraphs, ...]] = ("space", "indent")

Pictures: TypeAlias = Literal["auto", "blocks", "off"]
PICTURES: Final[tuple[Pictures, ...]] = ("auto", "blocks", "off")

Ascii: TypeAlias = Literal["auto", "on", "off"]
ASCII: Final[tuple[Ascii, ...]] = ("auto", "on", "off")

MEASURE: Final = range(40, 101)
"""Widths of a line of text, in columns, that the reading pane can take."""

WORDS_A_MINUTE: Final = range(50, 1001)
"""Paces of reading."""

LINE_SPACING: Final = range(3)
"""Blank lines that can stand after each line of text."""

SCROLL_PACE: Final = range(1, 601)
"""Lines of text a minute that the article can scroll by itself."""

_READ: Final = "What counts as read"
_TEXT: Final = "How the text is set"
_LOOKS: Final = "Colours and signs"
_PROGRAMS: Final = "Programs of your own"
_COMING: Final = "What comes in"
_KEYS: Final = "Keys"

_RULE: Final = """\
[[rules]]                     # as many as you like
name = "ads"
when = "title:/^sponsored/"   # a query
do = ["mark read", "tag ads"] # also "bookmark" and "hide"; nothing is ever deleted
updated = false               # true: also when an article changes
"""

_COMMAND: Final = """\
[commands.copy]               # as many as you like, each with a name of its own
title = "Copy the address"
key = "g y"
run = ["wl-copy"]             # no shell is between
input = "url"                 # or "markdown", "text", "json", "none"
output = "none"               # or "toast", "pager", "note", "article"
"""

_KEYING: Final = """\
[keys]
preset = "newsboat"           # or "default", "arrows"
"undo" = ["U", "g u"]         # by the id of a command: a key or several, "" for none
"""

_HOOK: Final = """\
[hooks]                       # each gets JSON on its standard input
bookmark = ["notify-send", "Bookmarked"]
added = "~/bin/new-articles"
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user prefers; each field is one setting of the table.

    Programs run without a shell. The queries of `rules` are not looked at here.
    """

    mark_read: ReadWhen = one_of(
        "after_seconds",
        READ_WHEN,
        _READ,
        "When an article counts as read: as soon as it is opened (on_open), after mark_read_seconds with the focus"
        " on it (after_seconds), when its end was seen (at_end), or never by itself.",
    )
    mark_read_seconds: float = number(
        5.0, 0, 3600, _READ, 'How long an article has the focus until it is read, for mark_read = "after_seconds".',
        unit="seconds",
    )  # fmt: skip
    measure: int = whole(66, MEASURE, _TEXT, "The width of a line of text.", unit="columns")
    theme: str = text(
        "auto",
        _LOOKS,
        "The name of a theme, or auto: theme_light on a light terminal, theme_dark on a dark one (docs/themes.md).",
        example='"paper"',
    )
    theme_light: str = text("reader-light", _LOOKS, "The theme that auto takes on a light terminal.")
    theme_dark: str = text("reader-dark", _LOOKS, "The theme that auto takes on a dark terminal.")
    ascii: Ascii = one_of(
        "auto",
        ASCII,
        _LOOKS,
        "Whether signs and borders are plain ASCII: where the terminal can show nothing else (auto), on, or off; from"
        " the next start on.",
    )
    refresh: RefreshWhen = one_of(
        "auto",
        REFRESH_WHEN,
        _COMING,
        "Whether the app asks the sources for what is new by itself while it is open (auto), or only when r or R is"
        " pressed (manual).",
    )
    player: str = command(
        _PROGRAMS,
        "What P plays episodes and films with, the address added as its last argument; without it, the browser does.",
        example='"mpv --no-video"',
    )
    words_a_minute: int = whole(
        230,
        WORDS_A_MINUTE,
        _READ,
        "Your pace of reading, by which the minutes of an article are told; of Chinese and Japanese, two characters"
        " count as a word.",
        unit="words",
    )
    line_spacing: int = whole(0, LINE_SPACING, _TEXT, "The blank lines after each line of text.", unit="lines")
    paragraphs: Paragraphs = one_of(
        "space", PARAGRAPHS, _TEXT, "How paragraphs are parted: by a blank line (space) or by an indent."
    )
    ruler: bool = flag(False, _TEXT, "Whether a quiet band lies on the line that is read.")  # noqa: FBT003 -- the default
    bold_lead: bool = flag(False, _TEXT, "Whether the beginning of each word is bold.")  # noqa: FBT003 -- the default
    scroll_pace: int = whole(
        20, SCROLL_PACE, _TEXT, "How many lines of text a minute the article scrolls by itself.", unit="lines"
    )
    dictionary: str = command(
        _PROGRAMS,
        "What D looks words up in: they are its last argument, its standard input and READER_TEXT.",
        example='"dict"',
    )
    speech: str = command(
        _PROGRAMS,
        "What V reads aloud with: it gets a paragraph on its standard input and in READER_TEXT, and ends when it has"
        " read it (spd-say does with -w -e).",
        example='"espeak-ng --stdin"',
    )
    pictures: Pictures = one_of(
        "auto",
        PICTURES,
        _TEXT,
        "How pictures are drawn: as well as the terminal can (auto), in half blocks, or not at all (off).",
    )
    feed_megabytes: int = whole(16, range(1, 17), _COMING, "The largest size of one feed.", unit="MiB")
    pictures_megabytes: int = whole(
        200, range(100_001), _COMING, "The room for all pictures that are kept.", unit="MiB"
    )
    rules: tuple[Rule, ...] = table(
        (), rules_of, _COMING, "What is done by itself with what comes in, in this order.", example=_RULE
    )
    same_story: bool = flag(
        True,  # noqa: FBT003 -- the default
        _COMING,
        "Whether a story that several sources bring within a few days is one row, which names the others.",
    )
    commands: tuple[OwnCommand, ...] = table(
        (), commands_of, _PROGRAMS, "What your own commands run, by a key or by name (docs/hooks.md).", example=_COMMAND
    )
    hooks: tuple[Hook, ...] = table(
        (), hooks_of, _PROGRAMS, "What is run by itself when something happens (docs/hooks.md).", example=_HOOK
    )
    keys: Keying = table(
        Keying(),
        keys_of,
        _KEYS,
        "The keys: a preset, and the commands that are to have others (docs/keys.md).",
        example=_KEYING,
    )
    command_seconds: int = whole(
        60,
        range(1, 3601),
        _PROGRAMS,
        "How long a command, a hook or a pipe may take; then it is ended.",
        unit="seconds",
    )


GROUPS: Final = (_READ, _TEXT, _LOOKS, _KEYS, _PROGRAMS, _COMING)
"""The headings of the settings, in the order in which they are told."""
