"""The text of an article's page, from the bytes that came: what a worker does for `library.wholes`."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Final

from reader.ingest import page
from reader.ingest.decode import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.page import Whole

LITTLE: Final = 150
"""Words; a page of more is an article, even if it is about what cannot be found."""

_LOOKED_AT: Final = 200_000
_NAME: Final = re.compile(r"<(title|h1)\b[^<>]{0,500}>(.{0,500}?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]{0,500}>")
_MISSING: Final = re.compile(
    r"(?:^|\berror)\W*404\b|\b404\W+(?:error|page|seite)|\bnot found\b|\b(?:can't|can’t|cannot|could not) be found\b"
    r"|\bpage\b.{0,20}\b(?:missing|unavailable|removed|deleted|gone|exist)|nicht gefunden|existiert nicht"
    r"|introuvable|no encontrad[ao]|non trovat[ao]|niet gevonden|não encontrad[ao]|не найден|見つかりません|找不到",
    re.IGNORECASE,
)


def read(
    data: bytes,
    *,
    address: str,
    content_type: str = "",
    keep: Sequence[str] = (),
    drop: Sequence[str] = (),
) -> Whole:
    """Take the article out of a page.

    Args:
        data: the page.
        address: where it came from, after redirects.
        content_type: what its server says it is.
        keep: CSS selectors of the parts that are the text.
        drop: CSS selectors of the parts that are not.

    Raises:
        IngestError: it is no text, or none can be found in it.
    """
    html = decode(data, content_type)
    found = page.extract(html, address=address, keep=tuple(keep), drop=tuple(drop))
    if not found.problem and found.words < LITTLE and _is_missing(html, found.title):
        return replace(found, problem="its server answers with a page that says that the article is not there")
    return found


def _is_missing(html: str, title: str) -> bool:
    """Tell whether a page calls itself one of those that stand for what is not there."""
    named = [title, *(unescape(_TAG.sub(" ", found[2])) for found in _NAME.finditer(html[:_LOOKED_AT]))]
    return any(_MISSING.search(" ".join(name.split())) for name in named)
