"""An article as it is handed to the user's own programs: its text on standard input, its names in the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.library.exporting.markup import body_as_markdown, headed, quoted_as_markdown
from reader.model.printable import lines

if TYPE_CHECKING:
    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.article import Row
    from reader.settings.commanding import Input

_TITLE: Final = 500
_NAME: Final = 200
_LINK: Final = 4096


def as_markdown(found: Opened, pace: int) -> str:
    """Give an article as Markdown, with the notes under a heading of their own; `pace` is in words a minute."""
    parts = headed(found.article, pace)
    parts.append(lines(body_as_markdown(found.article)).strip("\n"))
    if found.marks.notes:
        parts.append("## Notes")
        parts += [lines(note.text) for note in found.marks.notes]
    if found.highlights:
        parts.append("## Highlights")
    parts += [quoted_as_markdown(one.highlight, found=one.passage is not None) for one in found.highlights]
    return "\n\n".join(part for part in parts if part)


def given(library: Library, key: int, form: Input, pace: int) -> bytes | None:
    """Give an article as a program gets it on its standard input; to be called off the UI thread.

    Args:
        library: the library that has it.
        key: the article.
        form: as what it is wanted.
        pace: words a minute, for its reading time.

    Returns:
        UTF-8, the last line ended; None when the article is not here any more.
    """
    if form == "none":
        return b""
    opened = library.shelf.open(key)
    if opened is None:
        return None
    found = library.shelf.seek(opened)
    match form:
        case "markdown":
            text = as_markdown(found, pace)
        case "json":
            import orjson

            from reader.library.records import whole

            return orjson.dumps(whole(library, found, pace), option=orjson.OPT_APPEND_NEWLINE)
        case "url":
            text = found.row.url or ""
        case _:
            from reader.library.records import text_of

            text = f"{lines(found.row.title)}\n\n{lines(text_of(found))}"
    return f"{text.rstrip()}\n".encode("utf-8", "replace") if text else b""


def environment(row: Row | None) -> dict[str, str]:
    """Give what tells a program of an article: one clean line each, none longer than a few thousand characters.

    Args:
        row: the article; of None all are empty.
    """
    from reader.ingest.sanitize import line

    told = (
        {
            "READER_ID": (str(row.id), _NAME),
            "READER_TITLE": (row.title, _TITLE),
            "READER_URL": (row.url or "", _LINK),
            "READER_AUTHOR": (row.author or "", _NAME),
            "READER_SOURCE": (row.source, _NAME),
            "READER_SECTION": (row.section or "", _NAME),
        }
        if row is not None
        else dict.fromkeys(NAMES, ("", 1))
    )
    return {name: line(text, most) for name, (text, most) in told.items()}


NAMES: Final = ("READER_ID", "READER_TITLE", "READER_URL", "READER_AUTHOR", "READER_SOURCE", "READER_SECTION")
