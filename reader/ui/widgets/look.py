"""How a text is set."""

from __future__ import annotations

from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is set.

    `spacing` counts the blank lines after each line of text. With `indent` paragraphs are told apart by the
    indent of their first lines, and not by a blank line. `bold_lead` makes the beginning of each word bold.
    With `hyperlinks` a link's address goes to the terminal, for a terminal that knows links.
    """

    spacing: int = 0
    indent: bool = False
    bold_lead: bool = False
    hyperlinks: bool = False
