"""What was done, in words, for whoever takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_MANY = {
    "read": "marked read",
    "unread": "marked unread",
    "bookmark": "bookmarked",
    "no bookmark": "no longer bookmarked",
}


def label(what: str, title: str | None) -> Callable[[int], str]:
    """Name what was done to one article, or to however many it turns out to be.

    Args:
        what: in a word, as in "bookmark".
        title: of the article if it is one, None otherwise.
    """
    if title is not None:
        return lambda _: f"{what}: {title}"
    return lambda count: f"{counted(count)} {_MANY.get(what, what)}"


def tagged(title: str | None, add: Collection[str], remove: Collection[str]) -> Callable[[int], str]:
    """Name what was tagged how."""
    from reader.model.tags import tidied

    new, gone = (", ".join(tidied(tags)) for tags in (add, remove))
    what = f"tagged {new}, no longer {gone}" if new and gone else f"tagged {new}" if new else f"no longer tagged {gone}"
    return label(what, title)


def counted(count: int) -> str:
    """Say how many articles."""
    return "1 article" if count == 1 else f"{count:,} articles"
