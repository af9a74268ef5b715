"""The verbs that print what came from the world. A new one goes here, and is tried on all of it."""

from __future__ import annotations

from typing import Final

WHOLE: Final = (
    ("list",),
    ("list", "--json"),
    ("search", "quay"),
    ("search", "--json", "quay"),
    ("highlights",),
    ("highlights", "--json"),
    ("highlights", "--markdown"),
    ("sources",),
    ("sources", "--json"),
    ("tags",),
    ("export", "--format", "json"),
    ("export", "--format", "digest"),
    ("export", "--format", "csv"),
    ("export", "--format", "html"),
    ("export", "--format", "opml"),
    ("stats",),
)
"""Those that print the whole library."""

EACH: Final = (("show",), ("show", "--markdown"), ("show", "--json"))
"""Those that print one article, whose id is their last argument."""
