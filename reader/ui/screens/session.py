"""The state of the screen, kept for the next start."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final

from reader.model.annotation import COLORS, Place
from reader.model.listing import GROUPINGS, ORDERS, VIEWS, Filter, Grouping, Order
from reader.settings import LINE_SPACING, MEASURE, PARAGRAPHS, SCROLL_PACE
from reader.storage.cache import LibraryError
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.model.annotation import Color
    from reader.settings import Paragraphs
    from reader.storage.cache import Cache

SPLIT: Final = range(20, 71)
"""Hundredths of the width that the list can take."""
_NAMED: Final = ("saved:", "tag:", "folder:")
"""How the ids of views begin that are not built in."""
_PATIENCE: Final = 1000
"""Milliseconds to wait for another writer."""
_MANY: Final = 10**15
"""More than any number in a session."""


@dataclass(frozen=True, slots=True)
class Session:
    """Where the reader was: article (its id), place, focus, filter, order, room, and how things looked.

    What is None, or a measure or a pace of 0, or an empty theme, is as the settings say.
    """

    article: int = 0
    block: int = 0
    fraction: float = 0.0
    progress: float = 0.0
    text: str = ""
    reading: bool = False
    view: str = "all"
    source: str | None = None
    order: Order = "page"
    split: int = 38
    measure: int = 0
    compact: bool = False
    theme: str = ""
    light: bool | None = None
    """What a terminal told last of its background, None as long as none did."""
    folded: tuple[str, ...] = ()
    line_spacing: int | None = None
    paragraphs: Paragraphs | None = None
    bold_lead: bool | None = None
    ruler: bool | None = None
    scroll_pace: int = 0
    color: Color | None = None
    grouping: Grouping = "section"
    sorts: tuple[tuple[str, Order, Grouping], ...] = ()
    """The order and the headings that were chosen for views."""

    query: str = ""
    """What is asked for by a view that is not built in."""
    views_open: bool = False
    views_folded: tuple[str, ...] = ()
    """The ids of what is folded in the pane of views."""

    @property
    def filter(self) -> Filter:
        """The filter of the list."""
        return Filter(self.view, source=self.source, query=self.query)

    @property
    def place(self) -> Place:
        """The place in the article."""
        return Place(self.block, self.fraction, self.progress, self.text)


def load(cache: Cache) -> Session:
    """Give the session kept last, the first one where there is none or it cannot be read."""
    import json

    try:
        kept: Any = json.loads(cache.kept("session") or b"{}")
        known = {field.name: kept[field.name] for field in fields(Session) if field.name in kept}
        sorts = tuple((str(view), order, grouping) for view, order, grouping in known.get("sorts", ()))
        folded = {name: tuple(known.get(name, ())) for name in ("folded", "views_folded")}
        session = Session(**{**known, **folded, "sorts": sorts})
        return session if _valid(session) else Session()
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Session()


def _valid(session: Session) -> bool:
    numbers = session.article, session.block, session.split, session.measure
    shares = session.fraction, session.progress
    texts = session.text, session.theme, session.source or "", session.query, *session.folded, *session.views_folded
    return (
        all(isinstance(number, int) and 0 <= number < _MANY for number in numbers)
        and all(isinstance(share, int | float) and 0 <= share <= 1 for share in shares)
        and all(isinstance(text, str) for text in texts)
        and _looks_valid(session)
        and isinstance(session.views_open, bool)
        and (session.view in VIEWS or (bool(session.query) and session.view.startswith(_NAMED)))
        and session.order in ORDERS
        and session.grouping in GROUPINGS
        and all(order in ORDERS and grouping in GROUPINGS for _, order, grouping in session.sorts)
        and session.split in SPLIT
    )


def _looks_valid(session: Session) -> bool:
    return (
        (session.measure == 0 or session.measure in MEASURE)
        and (session.line_spacing is None or _whole(session.line_spacing, LINE_SPACING))
        and session.paragraphs in (None, *PARAGRAPHS)
        and session.bold_lead in (None, True, False)
        and session.ruler in (None, True, False)
        and session.light in (None, True, False)
        and (session.scroll_pace == 0 or _whole(session.scroll_pace, SCROLL_PACE))
        and session.color in (None, *COLORS)
    )


def _whole(value: object, bounds: range) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in bounds


def keep(cache: Cache, session: Session) -> bool:
    """Keep the session for the next start, and tell whether that went well.

    On a full disk it does not, and nobody is told: the marks speak up then, and they are what counts. This may
    wait for another process that writes.
    """
    import json

    with suppress(LibraryError):
        cache.keep("session", json.dumps(asdict(session)).encode(), patience=_PATIENCE)
        return True
    return False
