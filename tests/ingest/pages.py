"""The invented topic page, and pages of a few lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ingest.listing import Item, Page

FIXTURE = Path(__file__).parents[1] / "fixtures" / "topic-page.txt"

LONG = (
    "The tide came in before the keeper had finished his tea, and by the time the lamp was lit the whole of the lower "
    "quay had gone under, taking with it the crates, two coils of new rope, the cat’s basket and whatever was"
)
WHOLE = LONG + " left of the bunting."


def topic_page() -> str:
    """Give the text of the fixture to the byte."""
    return FIXTURE.read_bytes().decode()


def page(*blocks: str) -> str:
    """Join blocks by blank lines; `L` stands for an excerpt that is cut off, `W` for a whole one."""
    return "\n\n".join({"L": LONG, "W": WHOLE}.get(block, block) for block in blocks)


def told(item: Item) -> tuple[str | None, str]:
    """Give byline and headline of an item as they read."""
    return (item.byline.text if item.byline else None), item.headline.text


def outline(parsed: Page) -> list[tuple[str | None, str]]:
    """Give bylines and headlines of a page."""
    return [told(item) for item in parsed.items]
