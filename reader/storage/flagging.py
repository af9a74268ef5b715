"""The flags of articles, told from their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.annotation import AT_END
from reader.model.article import BOOKMARKED, FINISHED, HIDDEN, READ, STARTED, TAGGED
from reader.storage.alike import RUN, runs
from reader.storage.shapes import as_place, as_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.storage.records import Doc, Docs


def flags_of(doc: Doc) -> int:
    """Give the flags of an article's document; NOTED and HIGHLIGHTED are not told here.

    An article counts as started when some of it was read, and neither all of it nor marked read.
    """
    flags = BOOKMARKED if doc.get("bookmarked") else 0
    if doc.get("read"):
        flags |= READ
    if doc.get("hidden"):
        flags |= HIDDEN
    if "tags" in doc and as_tags(doc["tags"]):
        flags |= TAGGED
    if "place" in doc:
        progress = as_place(doc["place"]).progress
        if progress >= AT_END:
            flags |= FINISHED
        elif progress > 0 and not flags & READ:
            flags |= STARTED
    return flags


def flags_at(docs: Docs, keys: Sequence[str], more: dict[int, int]) -> bytes:
    """Give the flags of many articles, in the order of their ids.

    Args:
        docs: the documents of the articles.
        keys: the ids.
        more: flags that come from other tables, by article.
    """
    found = bytearray()
    for _, numbers, kinds in runs(docs, keys):
        flags = {number: 0 if doc is None else flags_of(doc) for number, doc in kinds.items()}
        found += bytes(map(flags.__getitem__, numbers)) if len(flags) > 1 else bytes(flags.values()) * len(numbers)
    wanted = {str(article): flag for article, flag in more.items()}
    for index in [index for index, key in enumerate(keys) if key in wanted] if wanted else ():
        found[index] |= wanted[keys[index]]
    return bytes(found)


def all_flags(docs: list[tuple[str, Doc]], more: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Give each article whose flags are not 0, and its flags.

    Args:
        docs: the documents of the articles.
        more: flags that come from other tables, by article; it is used up.
    """
    for start in range(0, len(docs), RUN):
        some = docs[start : start + RUN]
        kinds = {id(doc): doc for _, doc in some}
        flags = {number: flags_of(doc) for number, doc in kinds.items()}
        for key, doc in some:
            article, found = int(key), flags[id(doc)]
            if more:
                found |= more.pop(article, 0)
            if found:
                yield article, found
    yield from more.items()
