"""What `reader add` says of each thing: in lines for people, or as one array of JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from reader.cli.terminal import json as escaped
from reader.cli.terminal import line, say
from reader.cli.terminal import report as tell
from reader.ingest import detect

if TYPE_CHECKING:
    from reader.ingest.found import Found
    from reader.library.reports import Report

SHOWN: Final = 20
"""So many things that are left out are told one by one; all of them with --json."""


class Telling:
    """Says what was found and what came of it.

    Args:
        as_json: as one array, printed at the end.
    """

    def __init__(self, *, as_json: bool) -> None:
        self._told: list[dict[str, Any]] | None = [] if as_json else None

    def found(self, what: str, found: Found) -> None:
        """Say what something is, which is not added."""
        if self._told is not None:
            self._told.append(_found(what, found))
            return
        say(f"{line(what)}: {line(detect.say(found))}")
        self._left_out(found.left_out)

    def line(self, text: str) -> None:
        """Say something that is no part of an array."""
        if self._told is None:
            say(line(text))

    def added(self, what: str, found: Found, report: Report) -> None:
        """Say what something was taken for, and what was new."""
        if self._told is not None:
            self._told.append(_found(what, found) | _report(report))
            return
        tell(f"{line(what)}: {line(detect.say(found))}")
        tell(line(str(report)))
        self._left_out(report.left_out)

    def _left_out(self, left: tuple[str, ...]) -> None:
        for one in left[:SHOWN]:
            tell(f"  left out: {line(one)}")
        if len(left) > SHOWN:
            tell(f"  left out: {len(left) - SHOWN:,} more, told by --json")

    def end(self) -> None:
        """Print what waits to be printed."""
        if self._told is not None:
            say(escaped(json.dumps(self._told, ensure_ascii=False, indent=2)))
            self._told = None


def _found(what: str, found: Found) -> dict[str, Any]:
    return {
        "what": what,
        "kind": found.kind,
        "title": found.title,
        "articles": max(found.total, len(found.entries)),
        "sources": len(found.sources),
        "left_out": list(found.left_out),
    }


def _report(report: Report) -> dict[str, Any]:
    told: dict[str, Any] = {
        "source": report.source.title,
        "new": len(report.new),
        "changed": len(report.changed),
        "known": report.known,
        "new_sources": len(report.sources),
        "left_out": list(report.left_out),
    }
    if (carried := report.carried) is not None:
        told |= {
            "read": carried.read,
            "bookmarked": carried.bookmarked,
            "tagged": carried.tags,
            "notes": carried.notes,
            "highlights": carried.highlights,
            "highlights_in_no_text": carried.unplaced,
            "notes_kept_instead": carried.mine,
        }
    return told
