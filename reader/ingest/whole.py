"""The text of an article's page, from the bytes that came: what a worker does for `library.wholes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ingest import page
from reader.ingest.decode import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.page import Whole
    from reader.model.article import Entry


def read(
    data: bytes,
    *,
    address: str,
    content_type: str = "",
    keep: Sequence[str] = (),
    drop: Sequence[str] = (),
    hint: Entry | None = None,
) -> Whole:
    """Take the article out of a page.

    Args:
        data: the page.
        address: where it came from, after redirects.
        content_type: what its server says it is.
        keep: CSS selectors of the parts that are the text.
        drop: CSS selectors of the parts that are not.
        hint: what is known of the article already.

    Raises:
        IngestError: it is no text, or none can be found in it.
    """
    return page.extract(decode(data, content_type), address=address, keep=tuple(keep), drop=tuple(drop), hint=hint)
