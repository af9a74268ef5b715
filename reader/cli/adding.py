"""`reader add`: feeds, pages, documents, texts and folders taken into the library."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.asking import choose
from reader.cli.finding import Wanted, found_in, is_address, is_export, is_folder, location_of, named, offered
from reader.cli.opening import opened
from reader.cli.terminal import Failure, Progress, fail, flush, line, reason
from reader.cli.terminal import report as tell
from reader.cli.told import Telling
from reader.ingest.errors import IngestError
from reader.ingest.found import KINDS
from reader.library import ERRORS
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.ingest.found import Found, Kind
    from reader.library.events import Landed

INTERRUPTED: Final = 130
AT_ONCE: Final = 50
"""So many things are read before they are taken in: a whole folder of books would fill the memory."""

_EPILOG: Final = """\
WHAT is recognised by what is in it: RSS, Atom and JSON feeds, lists of subscriptions (OPML), web pages,
topic pages copied as text, Markdown, plain text, EPUB, PDF (with the pdf extra), and gzip of any of them; and
what other programs export: newsboat (urls, cache.db), Pocket, Instapaper, Omnivore, Readwise, wallabag, bookmarks."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """Something that was read: how the user named it, where it is, and what it is."""

    what: str
    location: str
    found: Found


@dataclass(frozen=True, slots=True)
class _Options:
    """What the command line asks for."""

    what: Sequence[str]
    kind: Kind | None
    feed: bool
    page: bool
    watch: bool
    dry_run: bool
    as_json: bool


def add(arguments: Sequence[str]) -> int:
    """Add what is named; one that fails does not keep the others out."""
    options = _options(arguments)
    if options.watch:
        return _watch(options.what)
    progress = Progress()
    adding = _Adding(progress, dry_run=options.dry_run, told=Telling(as_json=options.as_json))
    wanted = Wanted(options.kind, True if options.feed else False if options.page else None)
    try:
        for what in dict.fromkeys(options.what):
            adding.read(what, wanted)
        adding.take_in()
    except KeyboardInterrupt:
        if not adding.begun:
            raise
        return adding.stopped()
    finally:
        progress.clear()
        adding.told.end()
    return adding.status


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    parser = Parser(
        "add",
        "Add feeds, web pages, documents, texts and folders to the library. Adding one again adds only what is new.",
        _EPILOG,
    )
    parser.add_argument(
        "what", nargs="+", metavar="WHAT", help="a web address, a file, a folder, or - for standard input"
    )
    parser.add_argument("--as", dest="kind", choices=KINDS, metavar="KIND", help=f"what it is: {', '.join(KINDS)}")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--feed", action="store_true", help="of a page that offers feeds, take the first of them")
    either.add_argument("--page", action="store_true", help="take the page itself, whatever feeds it offers")
    parser.add_argument("--watch", action="store_true", help="keep looking at a folder, at every refresh")
    parser.add_argument("--dry-run", action="store_true", help="say what each is and what would come; change nothing")
    parser.add_argument(
        "--json", dest="as_json", action="store_true", help="tell it as JSON, with all that is left out"
    )
    return parser


def _options(arguments: Sequence[str]) -> _Options:
    parser = _parser()
    found = parser.parse_intermixed_args(arguments)
    if found.watch and (found.dry_run or found.as_json):
        parser.error("--watch goes with neither --dry-run nor --json")
    return _Options(found.what, found.kind, found.feed, found.page, found.watch, found.dry_run, found.as_json)


class _Adding:
    """Reads things and takes them in, some at a time.

    Everything is read before the library is opened: whoever types must not keep the app out meanwhile.

    Args:
        progress: tells what is done now.
        dry_run: nothing is to be added.
        told: says what came of it.
    """

    def __init__(self, progress: Progress, *, dry_run: bool, told: Telling) -> None:
        self.status = 0
        self.told = told
        self._progress, self._dry_run = progress, dry_run
        self._read: list[_Taken] = []
        self._added = 0

    @property
    def begun(self) -> bool:
        """Whether anything was read or added yet."""
        return bool(self._read or self._added)

    def read(self, what: str, wanted: Wanted) -> None:
        """Read one thing that was named, or all files of a folder; what fails is told."""
        if not is_folder(what) or is_export(what):
            self._read_one(what, wanted)
            return
        try:
            paths = list(self._inside(what))
        except (Failure, OSError) as error:
            self._fail(what, error)
            return
        for number, path in enumerate(paths, 1):
            self._progress.tell(f"{number:,} of {len(paths):,}  {path}")
            self._read_one(path, wanted)

    def _inside(self, what: str) -> Iterator[str]:
        from reader.ingest import folder

        listed = folder.listed(Path(what))
        if not listed.files:
            raise Failure(what, "there is no file in it that can be read")
        if listed.more:
            self._fail(what, Failure(what, f"only the first {len(listed.files):,} of its files are looked at"))
        yield from map(str, listed.files)

    def _read_one(self, what: str, wanted: Wanted) -> None:
        try:
            found = found_in(what, wanted, self._progress.tell)
            if is_address(what) and found.offers and wanted.feed is None:
                found = self._chosen(named(what), found)
            if found.kind == "page" and not found.entries:
                raise Failure(named(what), found.problem)
        except (Failure, OSError) as error:
            self._fail(what, error)
            return
        self._read.append(_Taken(named(what), location_of(what, found), found))
        if len(self._read) >= AT_ONCE:
            self.take_in()

    def _chosen(self, what: str, found: Found) -> Found:
        self._progress.clear()
        offer = choose(what, found, self.told.line)
        if offer is None:
            return replace(found, offers=())
        return offered(offer.url, found, self._progress.tell)

    def _fail(self, what: str, error: Exception) -> None:
        self._progress.clear()
        if isinstance(error, Failure):
            self.status = fail("", str(error))
        else:
            self.status = fail(named(what), getattr(error, "strerror", None) or str(error))

    def take_in(self) -> None:
        """Put what was read into the library, and say what it was taken for and what was new."""
        self._progress.clear()
        if not self._read:
            return
        if self._dry_run:
            for taken in self._read:
                self.told.found(taken.what, taken.found)
            self._read.clear()
            return
        from reader.cli.ruling import tell_wrong

        with opened("add", write=True) as library:
            tell_wrong(library.places)
            while self._read:
                taken = self._read[0]
                try:
                    report = library.subscriptions.add(taken.found, taken.location, tell=self._progress.tell)
                except (*ERRORS, IngestError) as error:
                    self._progress.clear()
                    self.status = fail(taken.what, reason(error))
                else:
                    self._progress.clear()
                    self.told.added(taken.what, taken.found, report)
                    if taken.found.kind == "feed" and taken.found.problem:
                        self.status = fail(taken.what, taken.found.problem)
                    self._added += 1
                del self._read[0]

    def stopped(self) -> int:
        """Take in what was read before the user stopped it, say so, and give the exit status."""
        self.take_in()
        flush()
        things = "one thing" if self._added == 1 else f"{self._added:,} things"
        fail("add", f"stopped: {things} added, the rest not looked at")
        return INTERRUPTED


def _watch(folders: Sequence[str]) -> int:
    """Keep folders as sources, and take in what is in them now."""
    status = 0
    for what in dict.fromkeys(folders):
        if not is_folder(what):
            status = fail(what, "it is no folder: only folders can be watched")
    kept = [what for what in dict.fromkeys(folders) if is_folder(what)]
    if not kept:
        return status
    from reader.library import errands

    with opened("add", write=True) as library:
        sources = [library.subscriptions.watch(str(Path(what).resolve())) for what in kept]
        landed: dict[str, Landed] = {}
        ids = [source.id for source in sources]
        summary = errands.refresh(library, ids, tell=lambda one: landed.update({one.source: one}))
        for what, source in zip(kept, sources, strict=True):
            tell(f"{line(what)}: a folder that is looked at again at every refresh")
            one = landed.get(source.id)
            tell(f"{line(source.title)}: {f'{len(one.new):,} new' if one is not None and one.new else 'nothing new'}")
            if one is not None and one.error:
                status = fail(what, one.error)
        for told in summary.ruled:
            tell(line(told))
    return status
