"""Calm themes of our own; Textual's are there beside them.

In ours all text stands out from what is behind it by 7 to 1 at the least, also on the row under the cursor, on a
highlight, and in what is quiet: a test looks at each cell that is drawn.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme


def _theme(
    name: str,
    *,
    foreground: str,
    background: str,
    panel: str,
    primary: str,
    secondary: str,
    accent: str,
    success: str,
    error: str,
    dark: bool,
) -> Theme:
    """Make a theme whose surfaces are its background, and whose warnings have its accent."""
    return Theme(
        name=name,
        primary=primary,
        secondary=secondary,
        accent=accent,
        foreground=foreground,
        background=background,
        surface=background,
        panel=panel,
        success=success,
        warning=accent,
        error=error,
        dark=dark,
        variables={
            "foreground-muted": f"{foreground} 85%",
            "foreground-disabled": f"{foreground} 85%",
            "text-muted": f"{foreground} 85%",
            "text-disabled": f"{foreground} 85%",
            "text": foreground,
            "input-selection-background": f"{primary} 25%",
            "block-cursor-background": primary,
            "block-cursor-blurred-background": f"{primary} 15%",
            "block-cursor-foreground": background,
        },
    )


DARK: Final = _theme(
    "reader-dark",
    foreground="#dedad3",
    background="#16181c",
    panel="#1f2227",
    primary="#97b8dc",
    secondary="#a9b7c6",
    accent="#d9b36c",
    success="#a0bd99",
    error="#e4a4a4",
    dark=True,
)
LIGHT: Final = _theme(
    "reader-light",
    foreground="#2a2926",
    background="#faf8f3",
    panel="#f1ede5",
    primary="#264c70",
    secondary="#414a53",
    accent="#654200",
    success="#305129",
    error="#852727",
    dark=False,
)
PAPER: Final = _theme(
    "paper",
    foreground="#1c1c1c",
    background="#ffffff",
    panel="#f1f1ef",
    primary="#1e4d8c",
    secondary="#4d4d4d",
    accent="#7a3b12",
    success="#2a572b",
    error="#961b1b",
    dark=False,
)
SEPIA: Final = _theme(
    "sepia",
    foreground="#2f2418",
    background="#f6efdf",
    panel="#ede4d0",
    primary="#2c4568",
    secondary="#504232",
    accent="#6d340e",
    success="#3a4a1a",
    error="#812219",
    dark=False,
)
INK: Final = _theme(
    "ink",
    foreground="#d5dbe4",
    background="#0e131b",
    panel="#18202c",
    primary="#8db2e1",
    secondary="#a0b1c5",
    accent="#c8b98a",
    success="#8fbca0",
    error="#e59ca4",
    dark=True,
)
CONTRAST: Final = _theme(
    "contrast",
    foreground="#ffffff",
    background="#000000",
    panel="#161616",
    primary="#7cc4ff",
    secondary="#e0e0e0",
    accent="#ffd84a",
    success="#8df58d",
    error="#ff9a9a",
    dark=True,
)
CONTRAST_LIGHT: Final = _theme(
    "contrast-light",
    foreground="#000000",
    background="#ffffff",
    panel="#efefef",
    primary="#003a9b",
    secondary="#2b2b2b",
    accent="#6b3200",
    success="#004d10",
    error="#8f0000",
    dark=False,
)

OURS: Final = (DARK, LIGHT, PAPER, SEPIA, INK, CONTRAST, CONTRAST_LIGHT)
"""In the order in which they are offered."""
