"""Two calm themes of our own, dark and light; Textual's others can be chosen in the palette."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="reader-dark",
    primary="#8fb3d9",
    secondary="#a9b7c6",
    accent="#d9b36c",
    foreground="#d6d3cd",
    background="#1b1d21",
    surface="#1b1d21",
    panel="#26292f",
    success="#93b48b",
    warning="#d9b36c",
    error="#d98080",
    dark=True,
)

LIGHT: Final = Theme(
    name="reader-light",
    primary="#2f5d8a",
    secondary="#56626f",
    accent="#8a5a00",
    foreground="#2a2926",
    background="#faf8f3",
    surface="#faf8f3",
    panel="#ece8de",
    success="#3f6b36",
    warning="#8a5a00",
    error="#a33030",
    dark=False,
)
