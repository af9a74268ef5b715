"""The keys written down: as a page of Markdown, and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reader.commands.keymap import of
from reader.commands.keynames import shown
from reader.commands.presets import PRESETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.commands.command import Command
    from reader.commands.keymap import Keymap

WHERE: Final = {
    "both": "",
    "list": "in the list",
    "article": "in the article",
    "views": "in the pane of views",
    "sources": "among the sources",
    "notebook": "in the notebook",
    "history": "in the history",
}
"""Where the keys of a command work, in words."""


def keys_shown(command: Command) -> list[str]:
    """Give the keys of a command as people know them."""
    return [shown(key) for key in (*command.keys, *command.article_keys)]


def records(keymap: Keymap) -> list[dict[str, Any]]:
    """Give all commands as plain values.

    Returns:
        For each `id`, `name`, `group`, `where` (`both` is the list and the article), `keys` as people write them, and
        `help`.
    """
    return [
        {
            "id": command.id,
            "name": command.name,
            "group": command.group,
            "where": command.where,
            "keys": keys_shown(command),
            "help": keymap.told(command.help),
        }
        for command in keymap.by_id.values()
    ]


def markdown(keymaps: Sequence[Keymap]) -> str:
    """Give tables of the keys, one for each group, with a column for each map."""
    first = keymaps[0]
    lines: list[str] = []
    group = ""
    for command in first.by_id.values():
        if command.group != group:
            group = command.group
            names = [keymap.preset for keymap in keymaps] if len(keymaps) > 1 else ["keys"]
            lines += ["", f"## {group}", "", _row(["command", *names, "does"]), _row(["---"] * (len(keymaps) + 2))]
        where = WHERE[command.where] if command.where in ("list", "article") else ""
        does = f"**{command.name}**{f' ({where})' if where else ''}. {first.told(command.help)}"
        keys = [" ".join(map(_code, keys_shown(keymap.by_id[command.id]))) for keymap in keymaps]
        lines.append(_row([_code(command.id), *keys, does.replace("|", "\\|")]))
    return "\n".join(lines[1:]) + "\n"


def presets() -> list[Keymap]:
    """Give the keys of each preset as it comes."""
    return [of(name, {})[0] for name in PRESETS]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _code(key: str) -> str:
    text = key.replace("|", "\\|")
    return f"`` {text} ``" if "`" in key else f"`{text}`"
