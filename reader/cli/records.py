"""Articles as the JSON that `--json` prints: one array of objects, an object a line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import orjson

from reader.cli import terminal
from reader.library.records import highlight as highlight
from reader.library.records import iso as iso

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.annotation import JSON


def print_array(records: Iterable[dict[str, JSON]]) -> None:
    """Print objects as one JSON array, each as soon as it is there."""
    before = "[\n"
    guarded = sys.stdout.isatty()
    for one in records:
        text = orjson.dumps(one).decode()
        terminal.write(before + (terminal.json(text) if guarded else text))
        before = ",\n"
    terminal.write("[]\n" if before == "[\n" else "\n]\n")
