"""An article's body as HTML that is XHTML too: every text escaped, nothing in it that runs or is loaded."""

from __future__ import annotations

import html
import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from reader.ingest import sanitize
from reader.model.document import CELL_BREAK, Span
from reader.model.printable import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reader.model.document import Block, Document

    Pictured = Callable[[str], str]
    """Gives what an `img` is to show for a picture's address, empty where it is not at hand."""

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS: Final = {"strong": "strong", "emphasis": "em", "code": "code", "strike": "s", "reference": "sup"}
_LISTS: Final = {"item": "ul", "footnote": "div", "term": "dl", "definition": "dl"}
_MOST_DEEP: Final = 6


def escaped(text: str) -> str:
    """Give a text as HTML that says it, also within an attribute."""
    return html.escape(_NOT_XML.sub("", lines(text)))


def link(address: str, base: str = "") -> str:
    """Give an address that a link may lead to, empty where it is none."""
    try:
        whole = urljoin(base, address) if base and not address.startswith("#") else address
    except ValueError:
        return ""
    return sanitize.link(whole) or ""


def body(document: Document, base: str = "", picture: Pictured = lambda _: "") -> Iterator[str]:
    """Give a body, block by block.

    Args:
        document: the body.
        base: the article's address, from which its links lead on.
        picture: gives what an `img` shows.
    """
    for kind, some in groupby(document.blocks, key=_grouped):
        blocks = list(some)
        if kind.startswith("quote"):
            depth = min(max(blocks[0].level, 1), _MOST_DEEP)
            inside = "".join(f"<p>{_inline(block.text, block.spans, base)}</p>" for block in blocks)
            yield f"{'<blockquote>' * depth}{inside}{'</blockquote>' * depth}\n"
        elif kind in _LISTS.values():
            yield f"<{kind}>\n{''.join(_listed(block, base) for block in blocks)}</{kind}>\n"
        else:
            yield from (f"{_block(block, base, picture)}\n" for block in blocks)


def _grouped(block: Block) -> str:
    return f"quote {block.level}" if block.kind == "quote" else _LISTS.get(block.kind, block.kind)


def _listed(block: Block, base: str) -> str:
    said = _inline(block.text, block.spans, base)
    marker = f'<span class="marker">{escaped(block.marker)}</span> ' if block.marker else ""
    match block.kind:
        case "item":
            return f'<li class="depth{min(max(block.level, 1), _MOST_DEEP)}">{marker}{said}</li>\n'
        case "footnote":
            return f'<p class="footnote">{marker}{said}</p>\n'
        case "term":
            return f"<dt>{said}</dt>\n"
    return f"<dd>{said}</dd>\n"


def _block(block: Block, base: str, picture: Pictured) -> str:
    match block.kind:
        case "heading":
            # The article's own headline is of the second rank.
            rank = min(max(block.level, 1) + 2, 6)
            return f"<h{rank}>{_inline(block.text, block.spans, base)}</h{rank}>"
        case "code":
            return f"<pre><code>{escaped(block.text)}</code></pre>"
        case "rule":
            return "<hr/>"
        case "table":
            return _table(block)
        case "image":
            return _picture(block, base, picture)
        case "caption" | "aside" | "note":
            return f'<p class="{block.kind}">{_inline(block.text, block.spans, base)}</p>'
    return f"<p>{_inline(block.text, block.spans, base)}</p>"


def _table(block: Block) -> str:
    rows = []
    for number, row in enumerate(block.text.split("\n")):
        cell = "th" if number < block.level else "td"
        cells = (f"<{cell}>{_broken(escaped_cell(text))}</{cell}>" for text in row.split("\t"))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def escaped_cell(text: str) -> str:
    """Give a cell of a table as HTML, its lines parted by ends of lines."""
    return escaped(text.replace(CELL_BREAK, "\n"))


def _picture(block: Block, base: str, picture: Pictured) -> str:
    address = link(block.spans[0].target, base) if block.spans else ""
    source = picture(address) if address else ""
    said = escaped(block.text)
    if source:
        return f'<figure><img src="{html.escape(source)}" alt="{said}"/></figure>'
    shown = f'<a href="{html.escape(address)}">{said or "picture"}</a>' if address.startswith("http") else said
    return f'<p class="picture">▣ {shown}</p>'


def _inline(text: str, spans: Sequence[Span], base: str) -> str:
    """Give a text with what is set apart in it: cut at every edge, so that nothing overlaps."""
    edges = sorted({0, len(text), *(edge for span in spans for edge in (span.start, span.end) if 0 < edge < len(text))})
    coming = sorted(spans, key=lambda span: (span.start, -span.end), reverse=True)
    made, inside = [], list[Span]()
    for start, end in pairwise(edges):
        inside = [span for span in inside if span.end > start]
        while coming and coming[-1].start <= start:
            span = coming.pop()
            inside += [span] if span.end > start else []
        made.append(_piece(text[start:end], inside, base))
    return "".join(made)


def _piece(text: str, spans: Iterable[Span], base: str) -> str:
    made, linked = _broken(escaped(text)), ""
    for kind in dict.fromkeys(span.kind for span in spans if span.kind != "link"):
        made = f"<{_TAGS[kind]}>{made}</{_TAGS[kind]}>"
    for span in spans:
        if span.kind == "link":
            linked = linked or link(span.target, base)
    return f'<a href="{html.escape(linked)}">{made}</a>' if linked else made


def _broken(text: str) -> str:
    return text.replace("\n", "<br/>")
