"""The document that was shown last, kept for the next start: what understands Markdown takes long to load."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, get_args
from zlib import crc32

from reader.model.document import Block, BlockKind, Document, Span, SpanKind
from reader.storage.database import LibraryError

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.storage.cache import Cache

_NAME: Final = "document"
_LONGEST: Final = 50_000
"""Characters of a text at the most: reading back a longer one is no quicker."""
_KINDS: Final = frozenset(get_args(BlockKind))
_SPANS: Final = frozenset(get_args(SpanKind))


def keep(cache: Cache, article: Article, document: Document) -> None:
    """Keep the whole document of an article; where that fails, the next start lays it out anew."""
    if not article.markdown or len(article.text) > _LONGEST:
        return
    blocks = [
        [one.kind, one.text, [[span.start, span.end, span.kind, span.target] for span in one.spans],
         one.level, one.marker, one.within, one.continues]
        for one in document.blocks
    ]  # fmt: skip
    value = json.dumps([_stamp(article), blocks], ensure_ascii=False, separators=(",", ":"))
    with suppress(LibraryError):
        cache.keep(_NAME, value.encode("utf-8", "surrogatepass"))


def kept(cache: Cache, article: Article) -> Document | None:
    """Give the document of an article if it is the one that was kept, and its text the same as then."""
    if not article.markdown or len(article.text) > _LONGEST:
        return None
    try:
        stamp, blocks = json.loads((cache.kept(_NAME) or b"[0,0]").decode("utf-8", "surrogatepass"))
        return Document(tuple(map(_block, blocks))) if stamp == _stamp(article) else None
    except (ValueError, TypeError, RecursionError):
        return None


def _stamp(article: Article) -> list[object]:
    return [article.row.id, crc32(article.text.encode("utf-8", "surrogatepass")), len(article.text)]


def _block(told: Any) -> Block:  # noqa: ANN401 -- whatever is in the file
    kind, text, spans, level, marker, within, continues = told
    block = Block(kind, text, tuple(Span(*span) for span in spans), level, marker, tuple(within), continues)
    numbers = (level, *within, *(end for span in block.spans for end in (span.start, span.end)))
    texts = (text, marker, *(span.target for span in block.spans))
    if (
        kind not in _KINDS
        or any(span.kind not in _SPANS for span in block.spans)
        or not all(isinstance(number, int) for number in numbers)
        or not all(isinstance(one, str) for one in texts)
    ):
        raise ValueError("another version wrote it")
    return block
