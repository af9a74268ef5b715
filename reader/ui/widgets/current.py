"""The current paragraph: which block it is when the view moves, and when it steps."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.model.annotation import Highlight
    from reader.model.document import Block, Passage
    from reader.ui.widgets.page import Page

    Visible = Sequence[tuple[int, int]]


class Cursor:
    """Which block is the current paragraph.

    It stays where the reader left it while that is in view. A text that is only laid out anew may hide that for a
    while, and does not make it forgotten.
    """

    def __init__(self) -> None:
        self.block = 0
        self._home: int | None = None
        """Where the reader left it, None before anything moved in the article."""

    def begin(self) -> None:
        """Begin in another article, at what is at the top there."""
        self.block, self._home = 0, None

    def put(self, block: int) -> None:
        """Put it on a block."""
        self.block = self._home = block

    def take(self, block: int, page: Page) -> bool:
        """Put it on a block if that can be marked; tell whether that is another one than before."""
        if block == self.block or not (_in_body(block, page) or orphan(page, block) is not None):
            return False
        self.put(block)
        return True

    def step(self, step: int, page: Page) -> None:
        """Go some blocks on, or back by a negative number."""
        self.put(stepped(self.block, step, page))

    def stay(self) -> None:
        """Leave it where it is now: the reader moved."""
        self._home = self.block

    def follow(self, page: Page, visible: Visible) -> None:
        """Follow the view."""
        top = visible[0][0] - 1 if visible else 0
        self.block = followed(top if self._home is None else self._home, page, visible)


def markable(block: Block) -> bool:
    """Tell whether a block has words that can be marked."""
    return block.kind != "rule" and bool(block.text.strip())


def _in_body(block: int, page: Page) -> bool:
    return 0 <= block < page.body and markable(page.blocks[block])


def orphan(page: Page, block: int) -> Highlight | None:
    """Give the highlight whose quote a block below the body shows, as its words are not in the text any more."""
    if block < page.body:
        return None
    lost = _orphans(page)
    return next((one for passage, one in lost if passage.start.block <= block <= passage.end.block), None)


def block_of(page: Page, highlight: int) -> int | None:
    """Give the block below the body that shows the quote of a highlight, None where there is none."""
    return next((passage.start.block for passage, one in _orphans(page) if one.id == highlight), None)


def _orphans(page: Page) -> Iterator[tuple[Passage, Highlight]]:
    """Give the highlights whose quotes stand below the body, and where, the last one first."""
    for passage, highlight in reversed(page.highlights):
        if passage.start.block < page.body:
            return
        yield passage, highlight


def followed(current: int, page: Page, visible: Visible) -> int:
    """Give the current block after the view moved: the same one while it is in view, else the first that begins there.

    Args:
        current: the block before.
        page: the page.
        visible: the item, and the line inside it, of each line in view; block numbers are one less than items.
    """
    body = page.body
    seen = dict.fromkeys(item - 1 for item, line in visible if item > 0 and page.written(item, line))
    fit = [number for number in seen if _in_body(number, page) or orphan(page, number) is not None]
    if current in fit:
        return current
    begins = {item - 1 for item, line in visible if line == 0}
    inside = [number for number in seen if number < body]
    if fit or inside:
        return next((number for number in fit if number in begins), next(iter(fit or inside)))
    return max(0, body - 1) if visible and visible[0][0] > body else 0


def stepped(current: int, step: int, page: Page) -> int:
    """Give the block some steps further that can be marked, the same one where there is none."""
    found, body = current, page.body
    lost = [passage.start.block for passage, _ in _orphans(page)][::-1]
    for _ in range(abs(step)):
        if step > 0:
            ahead = chain(range(found + 1, body), (number for number in lost if number > found))
        else:
            ahead = chain((number for number in lost[::-1] if number < found), range(min(found, body) - 1, -1, -1))
        found = next((number for number in ahead if number >= body or markable(page.blocks[number])), found)
    return found
