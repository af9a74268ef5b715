"""All that is known of a source, in words."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.ingest.saying import KINDS
from reader.ui.widgets import source_row

if TYPE_CHECKING:
    from reader.library.subscriptions import Standing


def details(standing: Standing) -> list[tuple[str, str]]:
    """Give names of things, and the things, those left out that are not."""
    source, care = standing.source, standing.source.care
    lines = [
        ("Kind", KINDS.get(source.kind, source.kind)),
        ("Address", source.location),
        ("Site", source.site if source.site != source.location else ""),
        ("Folder", care.folder),
        ("Articles", f"{standing.articles:,}, {standing.unread:,} unread"),
    ]
    if source_row.asked(standing):
        lines += _asking(standing)
        lines += [
            ("Whole articles", care.full_text),
            ("Keeps of pages", ", ".join(care.keep)),
            ("Drops of pages", ", ".join(care.drop)),
            ("Headers", ", ".join(name for name, _ in care.headers)),
            ("Login", care.login),
            ("Own network", "allowed" if care.private else ""),
        ]
    return [(name, said) for name, said in lines if said]


def _asking(standing: Standing) -> list[tuple[str, str]]:
    fetch = standing.fetch
    return [
        ("Last asked", _when(fetch.checked)),
        ("Last answer", _when(fetch.succeeded) or "never"),
        ("Asked again", source_row.following(standing, int(time.time()))),
        ("Asked every", source_row.span(fetch.every)),
        ("Failures", f"{fetch.failures:,} in a row" if fetch.failures else ""),
        ("What is wrong", source_row.trouble(standing)),
    ]


def _when(seconds: int | None) -> str:
    if seconds is None:
        return ""
    then = datetime.fromtimestamp(seconds, UTC)
    return f"{then.day} {then:%b %Y, %H:%M} UTC"
