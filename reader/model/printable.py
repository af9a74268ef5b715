"""Texts made fit to be printed or written to a file, whatever an older library holds."""

from __future__ import annotations

from typing import Final

_LINE_ENDS: Final = (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029)
_DRIVING: Final = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
)

# What drives a terminal or turns a line around; the library has none, unless an older version let it in.
_LINE: Final = {**dict.fromkeys(_DRIVING), **dict.fromkeys(_LINE_ENDS, " ")}
_TEXT: Final = {**_LINE, 0x09: "    ", 0x0A: "\n"}
_JSON: Final = {code: f"\\u{code:04x}" for code in (*_DRIVING, 0x2028, 0x2029) if code > 0x1F}


def line(text: str) -> str:
    """Give a text as one line without anything that drives a terminal."""
    return text if text.isprintable() else text.translate(_LINE).strip()


def lines(text: str) -> str:
    """Give a text without anything that drives a terminal, its lines kept."""
    return text if text.isprintable() else text.translate(_TEXT)


def json(text: str) -> str:
    """Give JSON in which what drives a terminal is written as escapes; it means the same."""
    return text if text.isprintable() else text.translate(_JSON)
