"""The current paragraph: which block it is when the view moves, and when it steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.document import Block


def markable(block: Block) -> bool:
    """Tell whether a block has words that can be marked."""
    return block.kind != "rule" and bool(block.text.strip())


def followed(current: int, blocks: Sequence[Block], body: int, visible: Sequence[tuple[int, int]]) -> int:
    """Give the current block after the view moved: the same one while it is in view, else the first that begins there.

    Args:
        current: the block before.
        blocks: all blocks.
        body: how many of them are the article's own.
        visible: the item, and the line inside it, of each line in view; block numbers are one less than items.
    """
    seen = dict.fromkeys(item - 1 for item, _ in visible if 0 < item <= body)
    if not seen:
        return max(0, body - 1) if visible and visible[0][0] > body else 0
    fit = [number for number in seen if markable(blocks[number])]
    if current in fit:
        return current
    begins = {item - 1 for item, line in visible if line == 0}
    return next((number for number in fit if number in begins), next(iter(fit or seen)))


def stepped(current: int, step: int, blocks: Sequence[Block], body: int) -> int:
    """Give the block some steps further that can be marked, the same one where there is none."""
    found = current
    for _ in range(abs(step)):
        ahead = range(found + 1, body) if step > 0 else range(min(found, body) - 1, -1, -1)
        found = next((number for number in ahead if markable(blocks[number])), found)
    return found
