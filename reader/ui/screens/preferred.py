"""What changed settings change on the reading screen, while one looks at it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.settings.known import TABLE

if TYPE_CHECKING:
    from reader.settings import Settings
    from reader.ui.screens.reading import ReadingScreen


def different(before: Settings, after: Settings) -> list[str]:
    """Give the names of the settings in which two differ."""
    return [name for name in TABLE if getattr(before, name) != getattr(after, name)]


def prefer(screen: ReadingScreen, after: Settings) -> None:
    """Let a screen follow other settings; what one changed by keys stays, unless the setting for it is another now.

    Sizes of what comes in, rules and programs are looked up whenever they are wanted.
    """
    changed = {*different(screen.settings, after)}
    screen.settings = after
    screen.attention.prefer(after)
    _typeset(screen, after, changed)
    if "words_a_minute" in changed:
        screen.pane.pace = after.words_a_minute
        screen.articles.read_at(after.words_a_minute)
    if "scroll_pace" in changed:
        screen.comfort.scrolling.pace = after.scroll_pace
    if "pictures" in changed:
        screen.shown.pictures_anew()
    if "commands" in changed:
        screen.own.renew()
    if "same_story" in changed:
        listing, row = screen.listing, screen.row
        screen.lists.show(listing.filter, listing.order, listing.grouping, article=row.key if row else None)


def _typeset(screen: ReadingScreen, after: Settings, changed: set[str]) -> None:
    pane = screen.pane
    if "measure" in changed:
        pane.measure = after.measure
    if "ruler" in changed:
        pane.ruler = after.ruler
    looks = {
        "line_spacing": {"spacing": after.line_spacing},
        "paragraphs": {"indent": after.paragraphs == "indent"},
        "bold_lead": {"bold_lead": after.bold_lead},
    }
    look = pane.look
    for name in changed & looks.keys():
        look = replace(look, **looks[name])  # type: ignore[arg-type] # the names and types are those above
    pane.look = look
