"""What a command is."""

from __future__ import annotations

from typing import Literal, TypeAlias

from reader.values import dataclass

Where: TypeAlias = Literal["both", "list", "article", "views", "sources", "notebook", "history"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a person can ask for.

    `keys` are the default ones, written as people write them, a sequence's keys parted by a space; `where` is the
    pane whose focus they need, or the screen, and `article_keys` work in the article alone. `footer` is the word
    for the footer, a shorter one behind the bar; `also` names keys that are no bindings. `like` names the command
    whose keys it has besides its own, whatever they are; `action` is what a screen of its own does. In `help`, the id
    of a command in braces stands for its key.
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
    like: str = ""
    action: str = ""
