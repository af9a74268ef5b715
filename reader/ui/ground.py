"""Whether the terminal is light or dark: how it is asked, and its answers, parted from what is typed.

Textual would take an answer for keys. One may come in pieces, and at any time: terminals also tell when they change.
"""

from __future__ import annotations

import re
from time import monotonic
from typing import TYPE_CHECKING, Final

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKS: Final = "\x1b[?2031h\x1b]11;?\x1b\\"
"""Asks for the colour of the background, and to be told when the terminal changes between light and dark."""
ASKS_NO_MORE: Final = "\x1b[?2031l"
_ANSWER: Final = re.compile(r"\x1b\]11;(?P<colour>[^\x07\x1b]{0,64})(?:\x07|\x1b\\)|\x1b\[\?997;(?P<is>[12])n")
_BEGUN: Final = re.compile(r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]{0,64}\x1b?)?)?)?|\[\?(?:9(?:9(?:7(?:;[12]?)?)?)?)?)\Z")
_MAY_BEGIN: Final = re.compile(r"\x1b\[?\Z")
_SURE: Final = ("\x1b]11;", "\x1b[?997")
"""No key begins like these."""
_COLOUR: Final = re.compile(
    r"(?:rgba?:(?P<red>[0-9a-f]{1,4})/(?P<green>[0-9a-f]{1,4})/(?P<blue>[0-9a-f]{1,4})(?:/[0-9a-f]{1,4})?"
    r"|#(?P<hex>[0-9a-f]{6}|[0-9a-f]{12}))\Z",
    re.IGNORECASE,
)
_SOON: Final = 3.0
"""Seconds in which an answer is looked for most closely."""
_MOMENT: Final = 0.1
"""Seconds after which what could begin an answer is taken to be typed."""
_LONG: Final = 2.0
"""Seconds after which the rest of an answer will not come."""
_UNABLE: Final = ("linux", "dumb", "cons", "vt1", "vt2", "vt5", "ansi", "sun", "cygwin")
"""How the names of terminals begin that could print what they are asked."""


class Ground(Message):
    """The terminal tells what its background is.

    Args:
        dark: whether it is dark.
    """

    def __init__(self, dark: bool) -> None:
        super().__init__()
        self.dark = dark


class Answers:
    """Parts answers from what is typed.

    Args:
        awaited: whether one may come any moment; then a lone Esc takes a moment longer, for the first seconds.
    """

    def __init__(self, *, awaited: bool = False) -> None:
        self._until = monotonic() + _SOON if awaited else 0.0
        self._held, self._since = "", 0.0

    def parted(self, text: str) -> tuple[str, list[Message]]:
        """Give what was typed of what came, and what was answered; the beginning of an answer is held back."""
        text, self._held = self._held + text, ""
        if "\x1b" not in text:
            return text, []
        told: list[Message] = []
        for found in _ANSWER.finditer(text):
            dark = found["is"] == "1" if found["is"] else is_dark(found["colour"])
            if dark is not None:
                told.append(Ground(dark))
                self._until = 0.0
        text = _ANSWER.sub("", text)
        begun = _BEGUN.search(text) or (_MAY_BEGIN.search(text) if monotonic() < self._until else None)
        if begun is not None:
            text, self._held, self._since = text[: begun.start()], begun[0], monotonic()
        return text, told

    def typed(self) -> str:
        """Give what was held back, once nothing has followed it for a moment; what no key begins with is dropped."""
        if not self._held:
            return ""
        sure = self._held.startswith(_SURE)
        if monotonic() - self._since < (_LONG if sure else _MOMENT):
            return ""
        held, self._held = self._held, ""
        return "" if sure else held


def is_dark(colour: str) -> bool | None:
    """Tell whether a colour, in the words of a terminal, is dark; None where it is none."""
    found = _COLOUR.match(colour)
    if found is None:
        return None
    if digits := found["hex"]:
        size = len(digits) // 3
        parts = [digits[at : at + size] for at in range(0, len(digits), size)]
    else:
        parts = [found["red"], found["green"], found["blue"]]
    red, green, blue = (int(part, 16) / ((1 << 4 * len(part)) - 1) for part in parts)
    return 0.299 * red + 0.587 * green + 0.114 * blue < 0.5


def told_by(environment: Mapping[str, str]) -> bool | None:
    """Tell what COLORFGBG says of the background: whether it is dark, None where it says nothing."""
    last = environment.get("COLORFGBG", "").rpartition(";")[2]
    return int(last) in {*range(7), 8} if last.isdecimal() and int(last) < 16 else None


def can_be_asked(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal can be asked without its printing the question."""
    return not environment.get("TERM", "dumb").startswith(_UNABLE)
