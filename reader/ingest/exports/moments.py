"""Moments as exports write them: seconds since 1970, ISO 8601 and what is near to it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from reader.ingest import sanitize

_NUMBER: Final = re.compile(r"[0-9]{1,16}(?:\.[0-9]{1,9})?")
_FURTHEST: Final = 1e16
_MILLISECONDS: Final = 10**11
"""More seconds than this since 1970 are milliseconds: the year 5138."""


def moment(told: object) -> int | None:
    """Give seconds since 1970, UTC, a missing zone taken for UTC; None for what is no moment."""
    if isinstance(told, bool) or told is None:
        return None
    if isinstance(told, str):
        told = told.strip()
    if isinstance(told, (int, float)) or (isinstance(told, str) and _NUMBER.fullmatch(told)):
        try:
            seconds = float(told)
        except OverflowError:
            return None
        if not abs(seconds) < _FURTHEST:  # nor is it a number at all
            return None
        return sanitize.moment(int(seconds / 1000 if abs(seconds) > _MILLISECONDS else seconds) or None)
    return _written(told) if isinstance(told, str) and len(told) < 60 else None


def _written(told: str) -> int | None:
    """Give the moment that is written as in ISO 8601, or as wallabag's table has it."""
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        try:
            found = datetime.strptime(told, "%d/%m/%Y %H:%M:%S").replace(tzinfo=UTC)
        except ValueError:
            return None
    try:
        return sanitize.moment(int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()))
    except (OverflowError, ValueError):
        return None
