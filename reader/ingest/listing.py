"""The plain-text listing: a magazine's topic page, copied as text.

    page = [section] item+        item = [byline] headline meta* excerpt*

Position decides, not capitals: a LONG block closes an item, and the SHORT blocks before it are
its headline and its byline. Every block of the text ends up in exactly one field.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from reader.ingest.plain.blocks import Block, Blocks, split
from reader.ingest.plain.names import author
from reader.ingest.plain.roles import assign
from reader.model.article import Entry
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.ingest.plain.outline import Draft

LEAST_ITEMS: Final = 3
EXCERPT_SHARE: Final = 0.7
PARAGRAPHS_AN_ITEM: Final = 1.5
PARAGRAPHS_OF_CUT_ITEMS: Final = 3

_CLOSING: Final = "\"'’”»›)]}」』）】*_"
_FINAL: Final = (".", "!", "?", "。", "！", "？", "．", "؟", "۔", "।", "॥", "።", "⸮", "‽", "։", "។")
_PROSE_END: Final = re.compile(r"""[.,;:]["'”’»)]*\Z""")


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a page, as blocks."""

    headline: Block
    byline: Block | None = None
    meta: tuple[Block, ...] = ()
    excerpt: tuple[Block, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks of the item, field by field."""
        return (*((self.byline,) if self.byline else ()), self.headline, *self.meta, *self.excerpt)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page.

    `lead` came before the first headline; `trailer` is the page's own furniture after the last
    article ("Load more"); `end` is the white space after the last block.
    """

    section: Block | None
    items: tuple[Item, ...]
    lead: tuple[Block, ...] = ()
    trailer: tuple[Block, ...] = ()
    end: str = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks of the page in the order of the text."""
        head = (self.section,) if self.section else ()
        items = (block for item in self.items for block in item.blocks)
        return tuple(sorted((*head, *self.lead, *items, *self.trailer), key=attrgetter("number")))


def parse(text: str) -> Page:
    """Take a text apart as a listing, whether or not it is one; nothing is dropped."""
    return parse_blocks(split(text))


def parse_blocks(parts: Blocks) -> Page:
    """Take a text apart that is in blocks already."""
    outline = assign(parts.blocks)
    return Page(
        section=outline.section,
        items=tuple(map(_item, outline.items)),
        lead=tuple(outline.lead),
        trailer=tuple(outline.trailer),
        end=parts.end,
    )


def _item(draft: Draft) -> Item:
    """Freeze an item."""
    return Item(draft.headline, draft.byline, tuple(draft.meta), tuple(draft.excerpt))


def rejoin(page: Page) -> str:
    """Give the text that a page was parsed from, to the last character."""
    return str(Blocks(page.blocks, page.end, spaced=True))


def is_listing(page: Page) -> bool:
    """Tell whether a page is a listing, and not an essay or a story taken apart as one."""
    items = page.items
    told = [item for item in items if item.excerpt]
    if len(items) < LEAST_ITEMS or len(told) < EXCERPT_SHARE * len(items):
        return False
    mostly_cut = sum(is_cut(item.excerpt[-1].text) for item in told) * 2 > len(told)
    paragraphs = sum(len(item.excerpt) for item in items) + len(page.lead)
    if paragraphs > len(items) * (PARAGRAPHS_OF_CUT_ITEMS if mostly_cut else PARAGRAPHS_AN_ITEM):
        return False
    # The short lines of a story's dialogue stand where headlines would, but end as sentences do.
    prose = sum(bool(_PROSE_END.search(item.headline.text)) for item in items)
    return mostly_cut or prose * 2 < len(items)


def is_cut(text: str) -> bool:
    """Tell whether a text stops in mid-sentence."""
    bare = text.rstrip().rstrip(_CLOSING).rstrip()
    return bool(bare) and (bare.endswith(("…", "...")) or not bare.endswith(_FINAL))


def entries(page: Page) -> list[Entry]:
    """Give the articles of a page, in its order."""
    section = page.section.text if page.section else None
    return [
        Entry(
            title=item.headline.text,
            author=author(item.byline.text) if item.byline else None,
            section=section,
            excerpt="\n\n".join(block.text for block in item.excerpt),
            cut=bool(item.excerpt) and is_cut(item.excerpt[-1].text),
            meta=tuple(block.text for block in item.meta),
        )
        for item in page.items
    ]
