"""All that Textual writes to a terminal while an article is read, and nothing else: what does not fit is foreign.

It is strict, so that a sequence from an article cannot pass for one of Textual's: colours are always told in full
(in a terminal of true colour), the cursor goes to a line and a column, and modes are set at the beginning and the
end alone.
"""

from __future__ import annotations

import re
from typing import Final

_COLOUR: Final = r"[34]8;2;\d{1,3};\d{1,3};\d{1,3}"
_FRAME: Final = re.compile(
    rf"\x1b\[(?:0|(?:[1-9];){{0,6}}{_COLOUR}(?:;{_COLOUR})?)m"
    r"|\x1b\[\d{1,3};\d{1,3}H"
    r"|\x1b\]8;id=[0-9a-f]{1,8};(?:https?://|mailto:)[!-~]{1,2000}\x1b\\"
    r"|\x1b\]8;;\x1b\\"
    r"|\r\n"
)
_MODES: Final = re.compile(
    r"(?:\x1b\[\?(?:1049|1000|1003|1015|1006|1004|1016|25|7|2004|2031|2048)[hl]"
    r"|\x1b\[\?20(?:26|48)\$p|\x1b\[>\d{1,2}u|\x1b\[<u|\x1b\]22;default\x07|\x1b\]11;\?(?:\x07|\x1b\\)|\r|\n|\x1b\[0m|\x1b\[1;1H)*"
)
_BEGINS: Final = re.compile(r"\x1b\[1;1H\x1b\[(?!\?)")
_ENDS: Final = "\x1b[?2004l"
_ASKS_NO_MORE: Final = "\x1b[?2031l"
_DRIVING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ue000\ud800-\udfff]"
    "|[\U000e0000-\U000e0fff]|[\u0300-\u036f\u0489\u20d0-\u20ff]{7,}"
)
_AROUND: Final = 40


def foreign(output: bytes) -> list[str]:
    """Give what is foreign in all that a whole session of the app wrote, a little of what is around it each."""
    text = output.decode("utf-8", "surrogateescape")
    begun = _BEGINS.search(text)
    end = text.rfind(_ENDS)
    end -= len(_ASKS_NO_MORE) * text.endswith(_ASKS_NO_MORE, 0, max(end, 0))
    if begun is None or end < begun.start():
        return [f"no session of the app: {text[:200]!r}"]
    found = [] if _MODES.fullmatch(text, 0, begun.start()) else [f"the beginning: {text[: begun.start()]!r}"]
    found += [] if _MODES.fullmatch(text, end) else [f"the end: {text[end:]!r}"]
    return found + foreign_in_frames(text[begun.start() : end])


def foreign_in_frames(text: str) -> list[str]:
    """Give what is foreign in what was painted."""
    found, at = [], 0
    for sequence in (*_FRAME.finditer(text), None):
        until = sequence.start() if sequence is not None else len(text)
        if driving := _DRIVING.search(text, at, until):
            found.append(repr(text[max(0, driving.start() - _AROUND) : driving.end() + _AROUND]))
        at = sequence.end() if sequence is not None else until
    return found


def in_sequences(output: bytes, token: re.Pattern[str]) -> list[str]:
    """Give the sequences that hold a token, but for the addresses of links."""
    text = output.decode("utf-8", "surrogateescape")
    return [one[0] for one in _FRAME.finditer(text) if token.search(one[0]) and not one[0].startswith("\x1b]8;id=")]
