"""Whether the terminal knows links (OSC 8), told by its name: of the others some write the address out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.style import Style

_TERMS: Final = ("xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty", "contour", "wezterm")
_PROGRAMS: Final = frozenset({"iTerm.app", "WezTerm", "ghostty", "contour"})
_UNABLE: Final = ("dumb", "linux", "xterm-mono")
_VTE: Final = 5000
_TMUX: Final = (3, 4)


def knows_links(environment: Mapping[str, str]) -> bool:
    """Tell whether links can be written.

    Args:
        environment: the variables by which a terminal tells its name.
    """
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if term in _UNABLE or environment.get("STY") or environment.get("ZELLIJ"):
        return False
    if environment.get("TMUX") or program == "tmux":
        # The names of the terminal around it are still there; but it is tmux that reads what is written.
        return program == "tmux" and _version(environment.get("TERM_PROGRAM_VERSION", "")) >= _TMUX
    if term.removesuffix("-direct") in _TERMS or program in _PROGRAMS:
        return True
    vte = environment.get("VTE_VERSION", "")
    if vte.isdecimal():
        return int(vte) >= _VTE
    return any(environment.get(name) for name in ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION"))


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)[:2]))


def steady(style: Style) -> Style:
    """Name the link of a style by its address: Rich gives a new name to each, so that no line is painted twice alike.

    Args:
        style: just made by adding styles, and so of nobody else.
    """
    if style.link:
        style._link_id = f"{crc32(style.link.encode()):x}"  # noqa: SLF001 -- Rich has no other way to name it
    return style
