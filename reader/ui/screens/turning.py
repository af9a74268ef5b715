"""The place in one text of an article for that in its other one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reader.library.shelf import Opened
    from reader.model.annotation import Place
    from reader.model.document import Document

_TELLING: Final = 40
"""Characters that tell a paragraph before all of a text is there."""


class Turning:
    """Finds the paragraph that was at the top in the other text.

    Args:
        before: the text that was shown.
        place: the place in it.
        opened: the article with its other text, the end of which may still be coming.
    """

    def __init__(self, before: Document, place: Place, opened: Opened) -> None:
        self._before, self._place, self.text = before, place, opened.article.text
        self.shown = self._begun(opened.document) if opened.coming else self.place_in(opened.document)
        """The place to show at once."""
        self.is_beyond = opened.coming and self.shown.block >= len(opened.document.blocks)
        """Whether it is in what is still coming."""

    def place_in(self, document: Document) -> Place:
        """Give the place in a text that is there whole: the same paragraph, else the same share of the text."""
        place = self._place
        if _at_top(place):
            return place
        found = self._found(document)
        if found is not None:
            return found
        block, fraction = document.at(self._share)
        return replace(place, block=block, fraction=fraction, text="")

    @property
    def _words(self) -> str:
        # The text that came may have been cut off in this very paragraph.
        return self._place.text.rstrip(" …")

    @property
    def _share(self) -> float:
        return self._before.share(self._place.block, self._place.fraction)

    def _begun(self, begun: Document) -> Place:
        """Give the place where only the beginning of a text is there: it may be beyond that."""
        place = self._place
        if _at_top(place):
            return place
        found = self._found(begun)
        same = found is not None and begun.blocks[found.block].text.startswith(self._words)
        # One that begins nearly so is not taken before all are there.
        if found is not None and same and (found.block == place.block or len(place.text) >= _TELLING):
            return found
        return replace(place, block=max(place.block, len(begun.blocks)), progress=self._share)

    def _found(self, document: Document) -> Place | None:
        """Find the paragraph by how it begins, as many characters into it."""
        from reader.model.anchoring import beginning, find_beginning  # the first frame needs none of it

        place, blocks = self._place, self._before.blocks
        found = find_beginning(document, replace(place, text=self._words))
        if found is None:
            return None
        block = document.blocks[found.block]
        if found.fraction == place.fraction and place.block < len(blocks):
            depth = place.fraction * len(blocks[place.block].text)
            found = replace(found, fraction=min(1.0, depth / max(1, len(block.text))))
        return replace(found, text=beginning(block))


def _at_top(place: Place) -> bool:
    return place.block == 0 and place.fraction == 0
