"""The state of the screen, kept for the next start."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from reader.model.annotation import Place
from reader.model.listing import ORDERS, VIEWS, Filter, Order, View

if TYPE_CHECKING:
    from reader.storage.cache import Cache

SPLIT: Final = range(20, 71)
"""Hundredths of the width that the list can take."""


@dataclass(frozen=True, slots=True)
class Session:
    """Where the reader was: article (its id), place, focus, filter, order, room, and how things looked."""

    article: int = 0
    block: int = 0
    fraction: float = 0.0
    progress: float = 0.0
    reading: bool = False
    view: View = "all"
    source: str | None = None
    order: Order = "page"
    split: int = 38
    measure: int = 0
    compact: bool = False
    theme: str = ""
    folded: tuple[str, ...] = ()

    @property
    def filter(self) -> Filter:
        """The filter of the list."""
        return Filter(self.view, source=self.source)

    @property
    def place(self) -> Place:
        """The place in the article."""
        return Place(self.block, self.fraction, self.progress)


def load(cache: Cache) -> Session:
    """Give the session kept last, the first one where there is none or it cannot be read."""
    import json

    try:
        kept: Any = json.loads(cache.kept("session") or b"{}")
        known = {field.name: kept[field.name] for field in fields(Session) if field.name in kept}
        known["folded"] = tuple(str(title) for title in known.get("folded", ()))
        session = Session(**known)
        valid = session.view in VIEWS and session.order in ORDERS and session.split in SPLIT
        numbers = isinstance(session.fraction, int | float) and isinstance(session.block, int)
        return session if valid and numbers else Session()
    except (ValueError, TypeError, AttributeError):
        return Session()


def keep(cache: Cache, session: Session) -> None:
    """Keep the session for the next start."""
    import json

    cache.keep("session", json.dumps(asdict(session)).encode())
