"""What a command is, and how its keys are written."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from reader.values import dataclass

Where: TypeAlias = Literal["both", "list", "article", "views"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a person can ask for.

    `keys` are Textual's key names, a sequence's keys parted by a space; `where` is the pane whose focus
    they need, and `article_keys` work in the article alone. `footer` is the word for the footer, a
    shorter one behind the bar; `also` names keys that are no bindings.
    """

    id: str
    keys: tuple[str, ...]
    name: str
    help: str
    where: Where = "both"
    footer: str = ""
    article_keys: tuple[str, ...] = ()
    group: str = ""
    also: str = ""


_SHOWN: Final = {
    "space": "Space", "enter": "Enter", "escape": "Esc", "down": "↓", "up": "↑", "left": "←", "right": "→",
    "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "tab": "Tab", "shift+tab": "Shift+Tab",
    "f1": "F1", "backslash": "\\", "asterisk": "*", "comma": ",",
}  # fmt: skip


def shown(key: str) -> str:
    """Give a key as a person knows it: `ctrl+f` as `^f`, `g g` as `gg`."""
    return "".join(_SHOWN.get(part, part.replace("ctrl+", "^")) for part in key.split(" "))
