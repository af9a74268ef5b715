"""One source of the list of sources, as cells of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from reader.ingest.saying import KINDS
from reader.model.source import FETCHED, WATCHED
from reader.ui.text import shorten

if TYPE_CHECKING:
    from reader.library.subscriptions import Standing

_COLUMNS: Final = {
    "kind": ("Kind", 14), "articles": ("Articles", 8), "unread": ("Unread", 6), "last": ("Last", 10),
    "next": ("Next", 9),
}  # fmt: skip
_RIGHT: Final = ("articles", "unread")
_GAP: Final = "  "
_NAME: Final = 16
"""Cells that a name has at least, before another column is left out."""
_LEFT_OUT: Final = ("kind", "articles", "next", "last", "unread")
"""What is left out where room is scarce, in this order."""


def asked(standing: Standing) -> bool:
    """Tell whether a source is one that is asked for what is new."""
    return standing.source.kind in FETCHED | WATCHED


def span(seconds: float) -> str:
    """Say how long, shortly: `5 min`, `3 h`, `12 d`."""
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} d"


def last(standing: Standing, now: int) -> str:
    """Say when a source last had an answer."""
    if not asked(standing):
        return ""
    then = standing.fetch.succeeded
    return "never" if then is None else f"{span(now - then)} ago"


def following(standing: Standing, now: int) -> str:
    """Say when a source is asked again."""
    if not asked(standing):
        return ""
    if standing.fetch.gone:
        return "ended"
    if standing.source.care.paused:
        return "paused"
    return "now" if standing.fetch.due <= now else f"in {span(standing.fetch.due - now)}"


def sign(standing: Standing) -> str:
    """Give the sign of a source that is not well: it fails, it ended, it is paused."""
    if standing.fetch.gone:
        return "■"
    if standing.fetch.error:
        return "!"
    return "‖" if standing.source.care.paused else " "


def trouble(standing: Standing) -> str:
    """Say what is wrong with a source, empty when nothing is."""
    if standing.fetch.gone:
        return standing.fetch.error or "The publisher ended it: nothing new will come. d removes it."
    return standing.fetch.error


def name(standing: Standing) -> str:
    """Give the name of a source, with its folder."""
    folder = standing.source.care.folder
    return f"{standing.source.title} ({folder})" if folder else standing.source.title


def shown_columns(width: int) -> list[str]:
    """Give the columns that there is room for besides the name."""
    columns = list(_COLUMNS)
    for column in _LEFT_OUT:
        if name_width(width, columns) >= _NAME:
            break
        columns.remove(column)
    return columns


def name_width(width: int, columns: list[str]) -> int:
    """Give the cells that are left for the name."""
    return width - 3 - sum(_COLUMNS[column][1] + len(_GAP) for column in columns)


def head(width: int) -> str:
    """Give the line over the sources."""
    columns = shown_columns(width)
    cells = {column: _COLUMNS[column][0] for column in columns}
    return _line(" ", "Source", cells, width)


def line(standing: Standing, width: int, now: int) -> str:
    """Give the line of a source."""
    cells = {
        "kind": KINDS.get(standing.source.kind, standing.source.kind),
        "articles": f"{standing.articles:,}",
        "unread": f"{standing.unread:,}" if standing.unread else "",
        "last": last(standing, now),
        "next": following(standing, now),
    }
    return _line(sign(standing), name(standing), {column: cells[column] for column in shown_columns(width)}, width)


def _line(begin: str, title: str, cells: dict[str, str], width: int) -> str:
    text = f"{begin} {_padded(title, max(1, name_width(width, list(cells))))}"
    for column, cell in cells.items():
        room = _COLUMNS[column][1]
        text += _GAP + (cell.rjust(room) if column in _RIGHT else _padded(cell, room))
    return text


def _padded(text: str, width: int) -> str:
    text = shorten(text, width)
    return text + " " * (width - cell_len(text))
