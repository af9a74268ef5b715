"""`reader --linear`: reading for screen readers and for terminals that only print: plain lines and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import settings
from reader.cli import terminal
from reader.cli.linear_article import PageRoom
from reader.cli.linear_list import ArticleRoom
from reader.cli.linear_marks import Marking
from reader.cli.linear_talk import EndOfInput, Quit, Talk, Word
from reader.cli.terminal import Failure
from reader.library import ERRORS, Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.found import Found
    from reader.settings import Settings

_GOODBYE = "Goodbye. Everything is kept."


def linear(arguments: Sequence[str]) -> int:
    """Read the library, or one thing that is named, line by line; give the exit status."""
    if len(arguments) > 1:
        raise Failure(arguments[1], "only one thing can be read at once", 2)
    places = settings.places()
    chosen, wrong = settings.load(places.settings)
    talk = Talk()
    found = _found(arguments[0], talk) if arguments else None
    if arguments and arguments[0] == "-" and not talk.take_terminal():
        raise Failure("--linear", "there is no terminal to take commands from: give a file, and not -")
    if chosen.rules:
        from reader.library.rulebook import misunderstood

        wrong += misunderstood(places.settings)
    talk.say(*wrong)
    return _Linear(talk, chosen, found, arguments[0] if arguments else "").run()


def _found(what: str, talk: Talk) -> Found:
    from reader.cli.finding import Wanted, found_in, is_folder, named

    if is_folder(what):
        raise Failure(what, "it is a folder: `reader add` takes in what is in it")
    try:
        found = found_in(what, Wanted(feed=False), lambda text: talk.say(text.replace(" …", ".")))
    except FileNotFoundError:
        raise Failure(what, "there is no such file") from None
    if found.kind == "subscriptions":
        raise Failure(
            named(what), "it is a list of subscriptions, with nothing to read in it: `reader add` subscribes to them"
        )
    return found


class _Linear:
    """A talk about a library: in the list, or in an article.

    Args:
        talk: where it is held.
        chosen: what the user prefers.
        found: what is only to be read, None for the library.
        what: how that was named.
    """

    def __init__(self, talk: Talk, chosen: Settings, found: Found | None, what: str) -> None:
        self._talk, self._settings, self._found, self._what = talk, chosen, found, what
        self._library = Library(settings.places(), preview=found)
        self._page: PageRoom | None = None
        self._leading = (
            Word(("n", "next"), lambda _: self._list.next_unread(), "read the next unread article."),
            Word(("u", "undo"), lambda _: self._undo(), "take back the last mark."),
            Word(("q", "list"), lambda _: self._leave(), "back to the list."),
            Word(("quit",), lambda _: self._quit(), "leave; everything is kept."),
        )

    def run(self) -> int:
        """Hold the talk until it is left, and close the library."""
        try:
            self._begin()
            self._listen()
        except (EndOfInput, Quit):
            pass
        except KeyboardInterrupt:
            self._talk.say("")
        except BaseException:
            self._close()
            raise
        status = self._close()
        if not status:
            self._talk.say("Goodbye." if self._library.preview is not None else _GOODBYE)
        return status

    def _begin(self) -> None:
        library = self._library
        library.hooks.tell = lambda text: self._talk.say(text)
        if not library.read_only:
            library.subscriptions.add_guide()
        self._enter()
        if library.preview is not None:
            self._talk.say("This is not in the library: + keeps it.")
        elif library.read_only:
            self._talk.say(library.why_read_only)
        if library.preview is not None and len(self._list.listing) == 1:
            self._read(0)
        else:
            self._list.begin()
            self._talk.say("A number reads an article. ? tells the commands.")

    def _enter(self) -> None:
        """Take the library's list."""
        pace = self._settings.words_a_minute
        self._marking = Marking(self._library, self._talk)
        self._list = ArticleRoom(self._library, pace, self._talk, self._marking, self._read)
        self._talk.say(*(self._library.marks.notices if not self._library.preview else ()))

    def _listen(self) -> None:
        while True:
            typed = self._talk.ask()
            try:
                self._follow(typed)
            except ERRORS as error:
                if isinstance(error, BrokenPipeError):
                    raise
                self._talk.say(f"That did not work: {terminal.reason(error)}")

    def _follow(self, typed: str) -> None:
        if typed.strip() == "+":
            self._keep()
        elif self._page is not None:
            self._page.follow(typed, self._leading)
        else:
            self._list.follow(typed)

    # -- where the talk goes

    def _read(self, index: int, heard: int | None = None) -> None:
        """Read the article at a position of the list, from where it was left or from a block that was heard."""
        shelf = self._library.shelf
        opened = shelf.open(self._list.listing.keys[index])
        if opened is None:
            self._talk.say("The text of this article is lost. In a shell, reader doctor --repair mends the library.")
            return
        self._list.current = index
        self._page = PageRoom(
            self._library, self._settings, self._talk, self._marking, shelf.seek(opened), self._list.renew
        )
        self._page.begin(heard)

    def _leave(self) -> None:
        if self._library.preview is not None and len(self._list.listing) == 1:
            raise Quit
        self._page = None
        self._talk.say("The list.")
        self._list.summary()
        self._talk.say("Enter tells the next articles, a number reads one.")

    def _quit(self) -> None:
        raise Quit

    def _undo(self) -> None:
        if self._list.undo() and self._page is not None:
            self._page.refresh()

    def _keep(self) -> None:
        """Keep what was only to be read, and go on in the library."""
        if self._found is None or self._library.preview is None:
            self._talk.say("It is in the library. In a shell, reader add brings more.")
            return
        library = Library(settings.places())
        if library.read_only:
            self._talk.say(library.why_read_only)
            library.close()
            return
        from reader.cli.finding import location_of

        try:
            report = library.subscriptions.add(self._found, location_of(self._what, self._found))
        except BaseException:
            library.close()
            raise
        library.hooks.tell = lambda text: self._talk.say(text)
        page, self._page = self._page, None
        self._library.close()
        self._library = library
        self._enter()
        self._talk.say(f"{report}")
        key = None
        if page is not None:
            key = library.cache.key(page.row.id) or library.cache.first_key(report.source.id)
        index = self._list.listing.index_of(key) if key is not None else None
        if page is not None and index is not None:
            self._read(index, page.heard)
        else:
            self._list.begin()

    def _close(self) -> int:
        library = self._library
        trouble = library.close()
        return terminal.fail("--linear", trouble) if trouble else 0
