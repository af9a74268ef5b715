"""The way out: articles with what was done with them, in formats that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader import settings
from reader.library.exporting.aside import ExportError as ExportError
from reader.library.exporting.aside import aside, refuse
from reader.library.exporting.chosen import Chosen
from reader.library.exporting.chosen import Stopped as Stopped
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from reader.library import Library


@dataclass(frozen=True, slots=True)
class Format:
    """What can be exported to: its name, what it is to people, and how its files end (a folder's: empty)."""

    name: str
    said: str
    ending: str


FORMATS: Final = {
    one.name: one
    for one in (
        Format("markdown", "a folder of Markdown files, one an article (Obsidian, Logseq)", ""),
        Format("digest", "one Markdown file of all", ".md"),
        Format("json", "everything, for reader itself and for programs", ".json"),
        Format("csv", "the highlights, as Readwise takes them in", ".csv"),
        Format("html", "one page to read in a browser and to print", ".html"),
        Format("epub", "a book for an e-reader", ".epub"),
        Format("opml", "the feeds with their folders", ".opml"),
    )
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    `keys` are the articles, None all of them. `to` is a file or, for Markdown, a folder. `title` is what it is
    called. `replace` lets a file go that is there.
    """

    format: str
    to: Path
    keys: Sequence[int] | None = None
    title: str = "Articles"
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What was done: where, how many articles (of OPML: sources), which files were written, how many were as before.

    `left` are files that were left alone, because the line is gone that tells the user's words from reader's.
    """

    path: Path
    count: int
    written: tuple[Path, ...] = ()
    unchanged: int = 0
    left: tuple[Path, ...] = ()

    def __str__(self) -> str:
        """Say it to a person."""
        if not self.written:
            return f"{self.path}: nothing changed"
        return f"{self.path}: {len(self.written):,} {'file' if len(self.written) == 1 else 'files'} written"


def export(
    library: Library,
    asked: Asked,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Write an export.

    Args:
        library: the library; it is only read.
        asked: what is asked for.
        tell: told how many of how many articles are done, from this thread.
        stop: is asked now and then whether to stop; of what was being written nothing stays then.

    Raises:
        ExportError: something is there that is to stay.
        Stopped: it was stopped.
        OSError: the disk does not take it.
    """
    chosen = Chosen(library, asked.keys, tell, stop)
    if asked.format == "markdown":
        return _into_folder(chosen, asked.to)
    path = place(asked)
    refuse(path, replace=asked.replace)
    count = 0
    with aside(path, replace=asked.replace) as made:
        if asked.format == "epub":
            from reader.library.exporting import book

            count = book.write(made.file, chosen, asked.title, _pace(library))
        else:
            for text in pieces(chosen, asked.format, asked.title):
                made.file.write(text.encode("utf-8", "replace"))
                count = chosen.count
    return Report(path, count, (path,) if made.changed else (), int(not made.changed))


def place(asked: Asked) -> Path:
    """Give the file that is written: in a folder, one of the title."""
    from reader.library.exporting.names import safe

    ending = FORMATS[asked.format].ending
    return asked.to / f"{safe(asked.title) or 'Articles'}{ending}" if asked.to.is_dir() else asked.to


def pieces(chosen: Chosen, format: str, title: str) -> Iterator[str]:  # noqa: A002 -- what it is
    """Give an export that is one text, piece by piece.

    Args:
        chosen: the articles.
        format: `digest`, `json`, `csv`, `html` or `opml`.
        title: what it is called.
    """
    match format:
        case "json":
            from reader.library.exporting import own

            return own.written(chosen)
        case "csv":
            from reader.library.exporting import quotes

            return quotes.written(chosen)
        case "html":
            from reader.library.exporting import sheet

            return sheet.written(chosen, title, _pace(chosen.library))
        case "opml":
            from reader.ingest import opml

            return iter((opml.write(chosen.library.marks.sources(), title).decode(),))
    from reader.library.exporting import articles

    return articles.digest(chosen, title, _pace(chosen.library))


def _into_folder(chosen: Chosen, path: Path) -> Report:
    from reader.library.exporting.articles import with_front
    from reader.library.exporting.folder import Folder

    if path.exists() and not path.is_dir():
        raise ExportError(f"{path}: that is a file, and Markdown goes into a folder")
    pace = _pace(chosen.library)
    folder = Folder(path)
    written: list[Path] = []
    left: list[Path] = []
    count = unchanged = 0
    for piece in chosen.pieces(by_id=True):
        fate, file = folder.put(piece.content.id, piece.content.title, with_front(piece, pace))
        count += 1
        if fate == "left":
            left.append(file)
        elif fate == "unchanged":
            unchanged += 1
        else:
            written.append(file)
    return Report(path, count, tuple(written), unchanged, tuple(left))


def _pace(library: Library) -> int:
    return settings.load(library.places.settings)[0].words_a_minute
