"""Which keys hold, as widgets and dialogues ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from reader.commands import default

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from reader.commands import Keymap


def keymap_of(node: DOMNode) -> Keymap:
    """Give the keys of the app that something belongs to; an app that knows of none has the default ones."""
    held = getattr(node.app, "keys_held", None)
    return default() if held is None else cast("Keymap", held.keymap)
