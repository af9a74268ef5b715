"""A page before anything looks into it: bounded, and without what is never text."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from turbohtml import Element, SelectorSyntaxError, parse

from reader.ingest.errors import IngestError
from reader.ingest.markup import text as prose_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from turbohtml import Document

LIMIT: Final = 16_000_000
"""A page with more characters is none."""
MODEST: Final = 1_000_000
"""What has more characters after cleaning is cut: extraction takes time by the square of some things."""
_MOST_ATTRIBUTES: Final = 60
_LONGEST_VALUE: Final = 20_000
_NOTHING: Final = ("style", "template", "svg", "canvas", "link", "object", "embed", "frame", "frameset")
_DATA_URI: Final = re.compile(r"""data:[a-z]+/[\w.+-]+;base64,[A-Za-z0-9+/=\s]{200,}""")


class Page:
    """A page parsed and cleaned.

    `html` is its source for those who parse it themselves, harmless for them.
    """

    def __init__(self, html: str, drop: Sequence[str] = ()) -> None:
        if len(html) > LIMIT:
            raise IngestError(f"it is a page of {len(html) // 1_000_000} MB: only {LIMIT // 1_000_000} MB are read")
        html = prose_text.bare(_DATA_URI.sub("data:", html) if "base64," in html else html)
        self.document: Document = parse(html, positions=False)
        prose_text.clean(self.document, html)
        hostile = _tamed(self.document, long=len(html) > MODEST)
        for selector in drop:
            for element in select(self.document, selector):
                if element.parent is not None and element.tag not in ("html", "body"):
                    element.decompose()
        self.html = self.document.html if drop or hostile or len(html) > MODEST else html
        if len(self.html) > MODEST:
            self.html = self.html[:MODEST]
            self.document = parse(self.html, positions=False)
            prose_text.clean(self.document, self.html)

    @property
    def body(self) -> Element | None:
        """Give the body of the page."""
        return self.document.find("body")


def select(document: Document, selector: str) -> list[Element]:
    """Give what a reader's own CSS selector chooses.

    Raises:
        IngestError: when it is none.
    """
    try:
        return document.select(selector) if selector.strip() else []
    except (SelectorSyntaxError, ValueError, RecursionError):
        raise IngestError(
            f"the selector “{selector[:80]}” is not CSS that is understood: mend it in the source's settings"
        ) from None


def _tamed(document: Document, *, long: bool) -> bool:
    """Take out what is never text; tell whether the page would harm one who parses it.

    A tag with very many attributes takes other parsers minutes.

    Args:
        document: the page.
        long: whether it is so long that it would be cut: then very long attributes go first.
    """
    hostile = False
    for element in list(document.iter_elements(("script", *_NOTHING))):
        if element.tag != "script" or "json" not in (element.attr("type") or ""):
            element.decompose()
    for found in list(document.iter_elements()):
        element = found
        if len(element.attrs) > _MOST_ATTRIBUTES:
            hostile = True
            element = _with_fewer(element)
        if long:
            for name in [name for name, value in element.attrs.items() if len(value or "") > _LONGEST_VALUE]:
                del element.attrs[name]
    return hostile


def _with_fewer(element: Element) -> Element:
    """Put one with the first of its attributes in an element's place: to take each off takes time by the square."""
    other = Element(element.tag, dict(islice(element.attrs.items(), _MOST_ATTRIBUTES)))
    other.extend(list(element.children))
    element.replace_with(other)
    return other
