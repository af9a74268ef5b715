"""Where the cursor of a list rests: on articles, and on headings only when they are folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.listing import Listing


def stop_from(listing: Listing, item: int, step: int) -> int | None:
    """Give the first item on which the cursor rests, from an item on (`step` above 0) or back; None where none is."""
    while 0 <= item < listing.items:
        if listing.index_at(item) is not None or listing.groups[listing.group_of(item)].folded:
            return item
        item += 1 if step > 0 else -1
    return None


def next_stop(listing: Listing, item: int, step: int) -> int | None:
    """Give the item on which the cursor rests after a step of some items, None where there is none."""
    return stop_from(listing, item + step, step)


def stop_after_page(
    listing: Listing,
    cursor: int,
    before: Sequence[tuple[int, int]],
    lines: Sequence[tuple[int, int]],
    step: int,
) -> int | None:
    """Give the item on which the cursor rests after a page was scrolled, None where there is none.

    Args:
        listing: what is listed.
        cursor: the item it was on.
        before: the items of the lines that were in view, and the lines inside them.
        lines: those of the lines that are in view now.
        step: whether it went down (1) or up (-1).
    """
    at = next((y for y, (item, _) in enumerate(before) if item == cursor), None)
    item = lines[min(at or 0, len(lines) - 1)][0]
    if at is not None:  # what is half in view is shown whole again, so without a step on it would stay there
        item = max(item, cursor + 1) if step > 0 else min(item, cursor - 1)
    return stop_from(listing, item, step)
