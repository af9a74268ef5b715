"""What a page tells of one article, before it is an entry."""

from __future__ import annotations

from dataclasses import fields, replace

from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One article as a page tells of it.

    `kind` is the type it was given, in lower case, or empty for a mere item of a list. `free` is False
    when the page says that the text must be paid for. `main` tells that the page says it is this article.
    Nothing here is clean: `sanitize.entry` is for the entry that is made of it.
    """

    title: str = ""
    url: str = ""
    author: str = ""
    published: int | None = None
    updated: int | None = None
    excerpt: str = ""
    body: str = ""
    image: str = ""
    section: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    comments: str = ""
    kind: str = ""
    free: bool | None = None
    main: bool = False
    complete: bool = False

    def filled(self, other: Item) -> Item:
        """Give the item with its gaps filled from another."""
        gaps = {
            name: getattr(other, name)
            for name in (field.name for field in fields(self))
            if getattr(self, name) in ("", None, ())
        }
        return replace(self, **gaps)
