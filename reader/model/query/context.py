"""When and for whom a query is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.article import WORDS_A_MINUTE
from reader.values import dataclass

if TYPE_CHECKING:
    from datetime import tzinfo


@dataclass(frozen=True, slots=True)
class Context:
    """The present, in seconds since 1970; the zone whose days are meant; the words read in a minute."""

    now: int
    zone: tzinfo
    pace: int = WORDS_A_MINUTE
