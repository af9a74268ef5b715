"""Omnivore's export: articles with their texts, labels and highlights; see `boxes` for its files and their source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from reader.ingest.exports import making
from reader.ingest.exports.making import Made
from reader.ingest.exports.moments import moment
from reader.ingest.exports.tables import text_of
from reader.ingest.exports.wallabag import listed, text
from reader.model.article import Entry
from reader.model.saved import Quoted, Saved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reader.ingest.found import Found

OMNIVORE: Final = "Omnivore"
METADATA: Final = re.compile(r"metadata_(\d{1,9})_to_\d{1,9}\.json")

_FINISHED: Final = 98
"""Percent from which on an article was read to its end."""


def read(inside: Mapping[str, str], read_file: Callable[[str], bytes]) -> Found:
    """Read the export.

    Args:
        inside: the files by their names, and how each is asked for.
        read_file: gives the bytes of one.

    Raises:
        IngestError: it is damaged, or nothing is in it.
    """
    made = Made(OMNIVORE)
    for name in sorted(filter(METADATA.fullmatch, inside), key=_first):
        for number, one in enumerate(listed(read_file(inside[name]), name), 1):
            place = f"{name} article {number:,}"
            if not isinstance(one, dict):
                made.leave(place, "it is no article")
                continue

            def member(path: str) -> str:
                return text_of(read_file(inside[path])) if path in inside else ""

            _take(made, place, one, member)
    return made.found()


def _first(name: str) -> int:
    found = METADATA.fullmatch(name)
    return int(found[1]) if found else 0


def _take(made: Made, place: str, told: dict[str, Any], member: Callable[[str], str]) -> None:
    url, slug = text(told, "url"), text(told, "slug")
    body, excerpt = making.body(member(f"content/{slug}.html"), url)
    notes, quotes = _written(member(f"highlights/{slug}.md"))
    progress = told.get("readingProgress")
    finished = isinstance(progress, (int, float)) and progress >= _FINISHED
    saved = Saved(
        read=text(told, "state").casefold() == "archived" or finished,
        tags=tuple(making.texts(told.get("labels"))),
        note=notes,
        highlights=quotes,
        at=moment(told.get("savedAt")),
        read_at=moment(told.get("updatedAt")),
    )
    entry = Entry(
        title=text(told, "title"),
        author=text(told, "author") or None,
        url=url,
        body=body,
        markdown=True,
        excerpt=text(told, "description") or excerpt,
        cut=body is None,
        published=moment(told.get("publishedAt")),
        image=text(told, "thumbnail"),
    )
    made.article(place, entry, saved)


def _written(markdown: str) -> tuple[str, tuple[Quoted, ...]]:
    """Give the note on an article and its highlights: a quote each, what follows it being the note on it."""
    notes: list[str] = []
    found: list[tuple[str, list[str]]] = []
    for part in re.split(r"\n\s*\n", markdown.replace("\r\n", "\n").strip()):
        if part.startswith(">"):
            words = "\n".join(re.sub(r"^> ?", "", line) for line in part.split("\n")).strip()
            found.append((words, []))
        elif part.strip():
            (found[-1][1] if found else notes).append(part.strip())
    return "\n\n".join(notes), tuple(Quoted(words, "\n\n".join(said)) for words, said in found if words)
