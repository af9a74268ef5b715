"""A block of an article as lines to be heard: what it is, then what it says."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from reader.cli.terminal import lines
from reader.model.document import CELL_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.model.document import Block

BULLETS: Final = frozenset({"•", "☐", "☑"})
_TASKS: Final = {"☐": ", to do", "☑": ", done"}
_PICTURE: Final = "▣ "
_NAMES: Final = {"caption": "Caption", "term": "Term", "definition": "Definition", "note": "Note", "aside": "Aside"}


class Speech:
    """Says the blocks of a body.

    Args:
        blocks: all of them, in order.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._items = _items(blocks)

    def of(self, number: int) -> Iterator[str]:
        """Give what is said of a block: lines of any length, which the terminal or the screen reader wraps."""
        block = self._blocks[number]
        match block.kind:
            case "heading":
                yield from _begun(f"Heading level {block.level}", block)
            case "quote":
                yield from _begun("Quote" if block.level <= 1 else f"Quote, level {block.level}", block)
            case "item":
                yield from _item(block, *self._items.get(number, (0, 0)))
            case "code":
                yield from _code(block)
            case "table":
                yield from _table(block)
            case "image":
                yield from _begun("Picture", block) if block.text else ("Picture without a description.",)
            case "rule":
                yield "Footnotes." if self._kind(number + 1) == "footnote" else "Separator."
            case "footnote":
                yield from _begun(f"Footnote {block.marker}" if block.marker else "The footnote goes on", block)
            case "paragraph":
                yield from _texts(block)
            case _:
                yield from _begun(_NAMES[block.kind], block)

    def _kind(self, number: int) -> str:
        return self._blocks[number].kind if number < len(self._blocks) else ""


def _items(blocks: Sequence[Block]) -> dict[int, tuple[int, int]]:
    """Give for each item with a marker which one of its list it is, and how many the list has."""
    places: dict[int, tuple[int, int]] = {}
    begun: list[list[int]] = []
    """The items so far of the list at each level, the outermost first."""

    def end(levels: int) -> None:
        for found in begun[levels:]:
            places.update((number, (at, len(found))) for at, number in enumerate(found, 1))
        del begun[levels:]

    for number, block in enumerate(blocks):
        level = max(1, block.level) if block.kind == "item" else 0
        end(level)
        if level and block.marker:
            begun += ([] for _ in range(len(begun), level))
            same = begun[-1]
            if same and (blocks[same[-1]].marker in BULLETS) != (block.marker in BULLETS):
                end(level - 1)
                begun.append([])
            begun[-1].append(number)
    end(0)
    return places


def _begun(name: str, block: Block) -> Iterator[str]:
    texts = _texts(block) or [""]
    yield f"{name}: {texts[0]}"
    yield from texts[1:]


def _texts(block: Block) -> list[str]:
    """Give the lines of a text."""
    return [part for part in lines(_said(block).replace(_PICTURE, "picture: ")).split("\n") if part.strip()]


def _said(block: Block) -> str:
    """Give a text with what only its look tells: a small raised number is a footnote's, a line strikes words out."""
    cuts: list[tuple[int, int, int, str]] = []
    for span in block.spans:
        if span.kind == "reference":
            name = unicodedata.normalize("NFKC", block.text[span.start : span.end]).strip("[]")
            cuts.append((span.start, 2, span.end, f" (footnote {name})"))
        elif span.kind == "strike" and span.start < span.end:
            cuts += (span.start, 1, span.start, "(struck out: "), (span.end, 0, span.end, ")")
    made, done = "", 0
    for start, _, end, said in sorted(cuts):  # at one place, what ends comes before what begins
        if start >= done:
            made += block.text[done:start] + said
            done = end
    return made + block.text[done:]


def _item(block: Block, at: int, size: int) -> Iterator[str]:
    level = f", level {block.level}" if block.level > 1 else ""
    if not block.marker:
        yield from _begun(f"The item goes on{level}", block)
        return
    if at == 1 and size > 1:
        yield f"List of {size} items{level}."
    name = at if block.marker in BULLETS else block.marker.rstrip(".)")
    yield from _begun(f"Item {name}{level}{_TASKS.get(block.marker, '')}", block)


def _code(block: Block) -> Iterator[str]:
    texts = lines(block.text).split("\n")
    language = f" in {block.marker}" if block.marker else ""
    yield f"Code{language}, {len(texts)} {'line' if len(texts) == 1 else 'lines'}:"
    yield from texts
    yield "End of the code."


def _table(block: Block) -> Iterator[str]:
    rows = [[_cell(cell) for cell in row.split("\t")] for row in _said(block).split("\n")]
    head = rows[0] if block.level else []
    body = rows[1:] if head else rows
    columns = max(len(row) for row in rows)
    size = f"{columns} {'column' if columns == 1 else 'columns'}, {len(body)} {'row' if len(body) == 1 else 'rows'}"
    yield f"Table, {size}."
    if head and not body:
        yield f"Columns: {'; '.join(head)}."
    for number, row in enumerate(body, 1):
        names = [*head, *("" for _ in row)]
        cells = (
            f"{name}: {cell or 'empty'}" if name else cell or "empty" for name, cell in zip(names, row, strict=False)
        )
        yield f"Row {number}: {'; '.join(cells)}."
    yield "End of the table."


def _cell(text: str) -> str:
    return lines(text.replace(CELL_BREAK, ", ")).replace("\n", " ").strip()
