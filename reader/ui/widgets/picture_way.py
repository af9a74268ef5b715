"""In which way the terminal can show a picture, told by its name.

To ask the terminal itself would be surer: but its answer comes in among the keys, and textual-image waits for it when
`textual_image.renderable` or `textual_image.widget` is imported, up to a fifth of a second, taking a key for it
if there is none. So neither is ever imported here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.settings import Pictures

Way: TypeAlias = Literal["kitty", "iterm", "sixel", "blocks", "none"]

_KITTY: Final = ("xterm-kitty", "xterm-ghostty")
_SIXEL: Final = ("foot", "foot-extra", "mlterm", "yaft-256color", "contour")
_ITERM: Final = frozenset({"iTerm.app", "WezTerm"})


def way(wanted: Pictures, environment: Mapping[str, str], colours: str | None) -> Way:
    """Choose how pictures are drawn.

    Args:
        wanted: what the user says.
        environment: the variables by which a terminal tells its name.
        colours: how many colours are written, as Rich calls it; None for none.
    """
    if wanted == "off" or colours not in ("truecolor", "256"):
        return "none"
    if wanted == "blocks" or colours != "truecolor" or _is_within(environment):
        return "blocks"
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if term in _KITTY or program == "ghostty":
        return "kitty"
    if program in _ITERM:
        return "iterm"
    return "sixel" if term in _SIXEL else "blocks"


def _is_within(environment: Mapping[str, str]) -> bool:
    """Tell whether a multiplexer stands between: it lets no picture through, and keeps the terminal's name."""
    return bool(environment.get("TMUX") or environment.get("STY") or environment.get("ZELLIJ"))
