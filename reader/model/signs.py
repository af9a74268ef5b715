"""The signs of ours that are no ASCII, and what stands for each where only ASCII is to be: one table, in one place.

All take one cell, and so does what stands for them, so that nothing moves. What is told apart by its sign is told
apart by what stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATES: Final = {"●": "*", "◐": "%", "○": "o", "★": "!", "✎": "+", "▍": "_", "✓": "x", "⇣": "v", "■": "#", "‖": "="}
"""An article that is unread, begun, read; with a bookmark, a note, a highlight; marked; kept whole; sources."""
_PLACES: Final = {
    "▌": ">", "▐": "#", "▎": "|", "▏": "|", "▸": ">", "▾": "v", "‹": "<", "›": ">", "▲": "^", "▼": "v", "▶": ">",
    "◀": "<", "↓": "v", "↑": "^", "←": "<", "→": ">", "↵": "<", "☐": "o", "☑": "x", "•": "*", "◦": "o", "▪": "*",
    "♪": "~", "▣": "#", "▤": "=",
}  # fmt: skip
"""Where one is, what is folded, which way, what a list begins with, what a file is."""
_WRITING: Final = {
    "·": "-", "…": "~", "–": "-", "—": "-", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "«": "<",
    "»": ">", "×": "x", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip
_BARS: Final = {
    **dict.fromkeys("▁▂", "."), **dict.fromkeys("▃▄", ":"), **dict.fromkeys("▅▆", "+"), **dict.fromkeys("▇█", "#"),
    **dict.fromkeys("▉▊▋", "#"), "▀": "^", "▔": "-", "▕": "|", **dict.fromkeys("▖▗▘▝", "."),
    **dict.fromkeys("▙▚▛▜▞▟", "#"), "░": ".", "▒": ":", "▓": "#",
}  # fmt: skip
_LINES: Final = {
    **dict.fromkeys("─╌┄┈╴╶", "-"), **dict.fromkeys("│╎┆┊╵╷", "|"), **dict.fromkeys("┌┐└┘╭╮╰╯├┤┬┴┼╱╲╳", "+"),
    **dict.fromkeys("━╍┅┉╸╺═╼╾", "="), **dict.fromkeys("┃╏┇┋╹╻║╽╿┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬", "#"),
}  # fmt: skip
"""Thin lines are of one kind and thick ones of another: a border that is thick tells where the focus is."""

ASCII: Final[Mapping[str, str]] = {**_BARS, **_LINES, **_WRITING, **_PLACES, **_STATES}
_ARROWS: Final = str.maketrans({"↓": "Down", "↑": "Up", "←": "Left", "→": "Right"})
_TABLE: Final = str.maketrans(dict(ASCII))


def plain(text: str) -> str:
    """Give a text with what stands for each sign in its place."""
    return text if text.isascii() else text.translate(_TABLE)


def spelled(text: str) -> str:
    """Give a text in which arrows that stand for keys are their names: what stands for arrows is keys as well."""
    return text.translate(_ARROWS)


def encoding(environment: Mapping[str, str]) -> str:
    """Give the encoding of the terminal, as the locale names it; UTF-8 where it names none, or one nobody knows."""
    locale = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environment.get(name))), "")
    named = locale.partition(".")[2].partition("@")[0]
    try:
        "".encode(named or "utf-8")
        return "utf-8" if named.lower().replace("-", "").replace("_", "") in ("", "utf8") else named
    except (LookupError, ValueError):
        return "utf-8"


def only_ascii(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal writes or shows no more than ASCII of what signs are made of.

    The fonts of the Linux console hold 512 characters at the most, and none of the stars and pencils.
    """
    return encoding(environment) != "utf-8" or environment.get("TERM") == "linux"
