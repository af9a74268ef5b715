"""The texts of articles and notes as documents."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reader.model.document import Document, from_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.article import Article

_LONG_TEXT: Final = 100_000
"""Characters of a text from which its document is not kept."""
_LONG_NOTE: Final = 20_000
"""Characters of a note from which it is not taken for Markdown."""


def beginning_of(article: Article) -> tuple[Document, bool]:
    """Lay out an article's text, or the beginning of one that takes long, and tell whether more of it is to come."""
    return (_begun if len(article.text) < _LONG_TEXT else _begun.__wrapped__)(*_told(article))


@lru_cache(maxsize=8)
def _begun(text: str, markdown: bool, cut: bool) -> tuple[Document, bool]:
    """Do that; the last few are kept: most articles are opened again as soon as anything is done with them."""
    if markdown:
        from reader.ingest.markdown import beginning

        first = beginning(text)
        if first is not None:
            return first, True
    return _laid_out(text, markdown, cut, lambda: False), False


def document_of(article: Article, stopped: Callable[[], bool] = lambda: False) -> Document:
    """Lay out an article's text.

    Args:
        article: the article.
        stopped: is asked now and then; where it says so the rest of the text is left out.
    """
    return _laid_out(*_told(article), stopped)


def _told(article: Article) -> tuple[str, bool, bool]:
    return article.text, article.markdown, article.row.cut


def _laid_out(text: str, markdown: bool, cut: bool, stopped: Callable[[], bool]) -> Document:
    if markdown:
        from reader.ingest.markdown import document

        return document(text, stopped)
    return from_text(text, cut=cut)


@lru_cache(maxsize=32)
def note(text: str) -> Document:
    """Lay out the text of a note."""
    from reader.ingest import sanitize
    from reader.ingest.markdown import document

    plain = sanitize.text(text, sanitize.BODY)
    # A note is there with its article at once: a very long one is only text.
    blocks = (document(plain) if len(plain) <= _LONG_NOTE else from_text(plain)).blocks
    return Document(tuple(replace(block, kind="note") if block.kind == "paragraph" else block for block in blocks))
