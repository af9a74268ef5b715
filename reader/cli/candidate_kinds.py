"""What may stand at each place of the command line: names of the library, read and never written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from reader import settings
from reader.cli.terminal import line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reader.model.query.completion import Known
    from reader.model.source import Source
    from reader.storage.cache import Cache
    from reader.storage.marks import Marks

Candidate: TypeAlias = tuple[str, str]
"""What may stand there, and what it is, empty where that is plain."""

NEWEST: Final = 50
"""So many articles are offered."""
FILES: Final = "files"
FOLDERS: Final = "folders"
WORDS: Final = "words"


class Names:
    """The names that complete a command line; each store is opened when it is asked, to be read, and closed."""

    def __init__(self) -> None:
        self._places = settings.places()
        self._cache: Cache | None = None
        self._marks: Marks | None = None

    def close(self) -> None:
        """Close what was opened."""
        if self._cache is not None:
            self._cache.close()
        if self._marks is not None:
            self._marks.close()

    def articles(self, begun: str) -> Iterator[Candidate]:
        """Give the newest articles whose id begins so."""
        from reader.storage.newest import newest

        if self._places.library.exists():
            yield from ((str(article), title) for article, title in newest(self._opened_cache(), begun, NEWEST))

    def sources(self, begun: str) -> Iterator[Candidate]:
        """Give the sources by their titles; by its id one whose title is not its alone, or was begun with."""
        known = self._sources()
        titles = [source.title.casefold() for source in known]
        for source in known:
            alone = titles.count(source.title.casefold()) == 1
            if alone and source.title.casefold().startswith(begun.casefold()):
                yield source.title, source.location
            elif source.id.startswith(begun):
                yield source.id, source.title

    def tags(self, begun: str) -> Iterator[Candidate]:
        """Give the tags; of several that are parted by commas, the last is completed."""
        before, comma, _ = begun.rpartition(",")
        for tag, count in self._counted_tags():
            if "," not in tag:
                yield f"{before}{comma}{tag}", f"{count:,}"

    def views(self, _: str) -> Iterator[Candidate]:
        """Give the views, and those of a tag or a folder."""
        from reader.model.listing import VIEWS

        if self._marks_exist():
            yield from self._opened_marks().views()
        yield from ((view.name, view.query) for view in VIEWS.values())
        yield from ((f"tag:{tag}", "") for tag, _ in self._counted_tags())
        yield from ((f"folder:{name}", "") for name, _ in self.folders(""))

    def folders(self, _: str) -> Iterator[Candidate]:
        """Give the folders that sources are in."""
        folders = dict.fromkeys(source.care.folder for source in self._sources() if source.care.folder)
        yield from ((name, "") for name in folders)

    def backups(self, _: str) -> Iterator[Candidate]:
        """Give the copies of the marks by their times, as `reader backup --list` tells them."""
        from reader.storage import backups

        for made, path in backups.all_of(self._places.marks.resolve()):
            yield made.strftime("%Y-%m-%d %H:%M:%S"), path.name

    def settings(self, _: str) -> Iterator[Candidate]:
        """Give the names of the settings."""
        from reader.settings.known import TABLE

        yield from ((name, one.sentence) for name, one in TABLE.items())

    def query(self, begun: str) -> Iterator[Candidate]:
        """Give what may stand in a query: fields, and what they may hold."""
        from reader.model.query.completion import complete

        for one in complete(begun, len(begun), self._known(begun)):
            yield begun[: one.start] + one.text + begun[one.end :], one.hint

    def articles_or_query(self, begun: str) -> Iterator[Candidate]:
        """Give articles where digits were begun with, else what may stand in a query."""
        yield from self.articles(begun) if begun.isdecimal() else self.query(begun)

    # -- the stores

    def _known(self, begun: str) -> Known:
        """Give the names that the field can hold that was begun with, and no others: each takes its time."""
        from reader.model.query.completion import Known

        field = begun.lstrip("-(").partition(":")[0].casefold() if ":" in begun else ""
        match field:
            case "tag":
                return Known(tags=tuple(tag for tag, _ in self._counted_tags()))
            case "source":
                return Known(sources=tuple(dict.fromkeys(source.title for source in self._sources())))
            case "folder":
                return Known(folders=tuple(name for name, _ in self.folders("")))
            case "author" | "section" if self._places.library.exists():
                names = tuple(self._opened_cache().names(field, 2_000))
                return Known(authors=names, sections=names)
        return Known()

    def _counted_tags(self) -> list[tuple[str, int]]:
        if not self._marks_exist():
            return []
        return sorted(self._opened_marks().tag_counts().items(), key=lambda pair: -pair[1])

    def _sources(self) -> list[Source]:
        from reader.model.source import REMOVED

        if not self._marks_exist():
            return []
        return [source for source in self._opened_marks().sources() if source.kind != REMOVED]

    def _marks_exist(self) -> bool:
        return self._places.marks.exists()

    def _opened_marks(self) -> Marks:
        if self._marks is None:
            from reader.storage.marks import Marks

            self._marks = Marks(self._places.marks, read_only=True)
        return self._marks

    def _opened_cache(self) -> Cache:
        if self._cache is None:
            from reader.storage.cache import Cache

            self._cache = Cache(self._places.library, read_only=True)
        return self._cache


_KINDS: Final[dict[str, tuple[Callable[[Names, str], Iterable[Candidate]] | None, str]]] = {
    "ID": (Names.articles, WORDS),
    "QUERY": (Names.query, WORDS),
    "QUERY|ID": (Names.articles_or_query, WORDS),
    "SOURCE": (Names.sources, WORDS),
    "TAG[,TAG...]": (Names.tags, WORDS),
    "VIEW": (Names.views, WORDS),
    "FOLDER-NAME": (Names.folders, WORDS),
    "SETTING": (Names.settings, WORDS),
    "BACKUP": (Names.backups, FILES),
    "WHAT": (None, FILES),
    "FILE": (None, FILES),
    "FILE|FOLDER": (None, FILES),
    "FOLDER": (None, FOLDERS),
}
"""What completes a value, by what the help calls it; and whether files or folders do."""


def named(names: Names, metavar: str, begun: str) -> tuple[str, list[Candidate]]:
    """Give whether files complete a value, and the names that do.

    Args:
        names: those of the library.
        metavar: what the help calls the value.
        begun: what stands there so far.
    """
    give, files = _KINDS.get(metavar, (None, WORDS))
    found = list(give(names, begun)) if give is not None else []
    return files, [(value, line(told)) for value, told in found if _can_be_put(value)]


def _can_be_put(value: str) -> bool:
    """Tell whether a name can stand on a command line for itself: no option, nothing that is no text."""
    return bool(value) and not value.startswith("-") and value == line(value)
