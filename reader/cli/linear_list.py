"""The list in linear mode: articles told ten at a time, by number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.cli.linear_highlights import tell_kept
from reader.cli.linear_talk import Quit, Word, counted, follow, number, tell_help
from reader.cli.query import view_called
from reader.cli.terminal import Failure
from reader.model.article import BOOKMARKED, HIGHLIGHTED, NOTED, READ, STARTED, said_time
from reader.model.listing import VIEWS, Filter
from reader.model.query import QueryError
from reader.model.source import GUIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.cli.linear_marks import Marking
    from reader.cli.linear_talk import Talk
    from reader.library import Library
    from reader.model.article import Row

_TEN: Final = 10
_EMPTY: Final = "Nothing here yet. In a shell, reader add brings articles: reader add, then an address or a file."
_HELP: Final = (
    "Enter alone: the next ten articles.",
    "A number: read the article of that number.",
    "/ and words: the articles that have these words; / and is:unread author:marsh and the like: see the manual.",
    "/ alone: all articles again.",
)
_STATES: Final = (
    (READ, "read"), (BOOKMARKED, "bookmarked"), (NOTED, "with a note"), (HIGHLIGHTED, "with highlights"),
)  # fmt: skip


class ArticleRoom:
    """The list of articles: which are listed, and which were told.

    Args:
        library: both stores.
        pace: words a minute that reading times are told by.
        talk: where it is said.
        marking: marks articles.
        read: reads an article by its position in the list.
    """

    def __init__(self, library: Library, pace: int, talk: Talk, marking: Marking, read: Callable[[int], None]) -> None:
        self._library, self._pace, self._talk, self._marking, self._read = library, pace, talk, marking, read
        self.listing = library.shelf.listing()
        if not len(self.listing):
            self.listing = library.shelf.listing(Filter(source=GUIDE))
        self._whole = (Filter(), self.listing.filter)
        self.current = -1
        """The position of the article that was read last."""
        self._next = 0
        self._words = (
            Word(("n", "next"), lambda _: self.next_unread(), "read the next unread article."),
            Word(("b", "back"), lambda _: self._back(), "the ten articles before."),
            Word(("l", "list"), lambda _: self.begin(), "the list from its beginning."),
            Word(("m", "mark"), self._mark, "and a number: mark that article read, or unread."),
            Word(("s", "star", "bookmark"), self._bookmark, "and a number: set or remove a bookmark."),
            Word(("a", "note"), self._note, "and a number: write a note on that article."),
            Word(("unread",), lambda _: self._show(Filter(view="unread")), "list the unread articles only."),
            Word(("bookmarks",), lambda _: self._show(Filter(view="bookmarked")), "list the bookmarks only."),
            Word(
                ("notes",), lambda _: self._show(Filter(view="notes")), "list articles with notes or highlights only."
            ),
            Word(("highlights",), lambda _: tell_kept(library, talk), "tell all highlights, the newest first."),
            Word(("all",), lambda _: self._show(Filter()), "list all articles."),
            Word(("guide",), lambda _: self._show(Filter(source=GUIDE)), "list the guide to the app."),
            Word(("view", "views"), self._view, "and a name: list that view, also one of yours; alone: the views."),
            Word(("u", "undo"), lambda _: self._undo(), "take back the last mark."),
            Word(("redo",), lambda _: self._redo(), "do again what was taken back."),
            Word(("?", "help"), lambda _: tell_help(self._words, _HELP, talk), "these commands."),
            Word(("q",), lambda _: self._leave(), "back to all articles; where they are listed, leave."),
            Word(("quit",), lambda _: self._quit(), "leave; everything is kept."),
        )

    # -- what is said

    def summary(self) -> None:
        """Say how many articles are listed."""
        chosen = self.listing.filter
        count, unread = len(self.listing), self.listing.unread
        if chosen.source == GUIDE:
            if not len(self._library.shelf.listing()):
                self._talk.say(_EMPTY)
            self._talk.say(f"The guide to the app: {counted(count, 'article')}.")
        elif chosen.words:
            self._talk.say(f"{counted(count, 'article')} with {chosen.words}, {unread:,} unread.")
        else:
            called = VIEWS[chosen.view].name if chosen.view in VIEWS else chosen.view.partition(":")[2]
            name = f"{called}: " if chosen.view != "all" else ""
            self._talk.say(f"{name}{counted(count, 'article')}, {unread:,} unread.")

    def begin(self) -> None:
        """Say what there is, and the first ten."""
        self._next = 0
        self.summary()
        if len(self.listing):
            self._more()

    def _more(self) -> None:
        count = len(self.listing)
        if self._next >= count:
            self._talk.say("That was the last article. l tells the list again." if count else "There is nothing here.")
            return
        end = min(self._next + _TEN, count)
        rows = {row.key: row for row in self._library.shelf.rows(self.listing.keys[self._next : end])}
        several = len(self.listing.groups) > 1
        for index in range(self._next, end):
            group = self.listing.groups[self.listing.group_at(index)] if several else None
            if group is not None and (index == group.start or index == self._next):
                self._talk.say(f"{group.title or 'Without a heading'}, {counted(group.count, 'article')}:")
            row = rows.get(self.listing.keys[index])
            self._talk.say(f"{index + 1}. {_told(row, self._pace) if row is not None else 'This article is lost.'}")
        self._next = end
        left = count - end
        self._talk.say(f"{left:,} more, Enter tells them." if left else "That was the last article.")

    # -- what the commands do

    def follow(self, typed: str) -> None:
        """Do what was typed."""
        if not typed.strip():
            self._more()
        elif typed.strip().startswith("/"):
            self._search(typed.strip()[1:].strip())
        elif (wanted := number(typed.strip())) is not None:
            if (index := self._index(wanted)) is not None:
                self._read(index)
        else:
            follow(typed, self._words, self._talk)

    def next_unread(self) -> None:
        """Read the next unread article."""
        index = self.listing.next_unread(self.current, 1)
        if index is None:
            self._talk.say("Nothing is unread here.")
        else:
            self._read(index)

    def renew(self, row: Row) -> Row:
        """List an article in its new state."""
        self.listing = self.listing.with_row(row)
        return row

    def undo(self) -> bool:
        """Take back the last mark, and tell whether there was one."""
        if self._marking.undo() is None:
            return False
        self.listing = replace(self.listing, flags=self._library.states.of(self.listing.keys))
        return True

    def _undo(self) -> None:
        self.undo()

    def _redo(self) -> None:
        if self._marking.redo() is not None:
            self.listing = replace(self.listing, flags=self._library.states.of(self.listing.keys))

    def _show(self, chosen: Filter) -> None:
        self.listing, self.current = self._library.shelf.listing(chosen), -1
        self.begin()

    def _search(self, text: str) -> None:
        try:
            self._show(Filter(words=text))
        except QueryError as error:
            meant = (
                f" Did you mean {error.suggestion}?" if error.suggestion and "did you mean" not in str(error) else ""
            )
            self._talk.say(f"{error}{'' if str(error).endswith('?') else '.'}{meant}")

    def _view(self, name: str) -> None:
        """List what is in a view, or tell the views there are."""
        saved = self._library.views.saved()
        if not name.strip():
            self._talk.say("The views are:", *(view.name for view in (*VIEWS.values(), *saved)), "Say view and a name.")
            return
        try:
            view = view_called(self._library, name.strip())
            self._show(Filter(view.id, query=view.query))
        except (Failure, QueryError) as error:
            self._talk.say(f"{error}.".replace("?.", "?"))

    def _back(self) -> None:
        told = -(-self._next // _TEN)
        self._next = max(0, told - 2) * _TEN
        self._more()

    def _index(self, wanted: int | None) -> int | None:
        if wanted is not None and 1 <= wanted <= len(self.listing):
            return wanted - 1
        count = len(self.listing)
        self._talk.say(f"Say a number from 1 to {count:,}." if count else "There is nothing here.")
        return None

    def _row(self, rest: str) -> Row | None:
        index = self._index(number(rest))
        return None if index is None else next(iter(self._library.shelf.rows((self.listing.keys[index],))), None)

    def _mark(self, rest: str) -> None:
        if (row := self._row(rest)) is not None:
            self.renew(self._marking.read(row))

    def _bookmark(self, rest: str) -> None:
        if (row := self._row(rest)) is not None:
            self.renew(self._marking.bookmark(row))

    def _note(self, rest: str) -> None:
        which, _, text = rest.partition(" ")
        if (row := self._row(which)) is not None:
            self.renew(self._marking.note(row, text.strip()))

    def _leave(self) -> None:
        """Go back to all articles, or leave where they are listed already."""
        if self.listing.filter in self._whole:
            raise Quit
        self._show(Filter())

    def _quit(self) -> None:
        raise Quit


def _told(row: Row, pace: int) -> str:
    """Say what a list says of an article; that it is unread goes without saying."""
    title = row.title if row.title.endswith((".", "!", "?", "…")) else f"{row.title}."
    parts = [*([row.author] if row.author else []), said_time(row.minutes_at(pace))]
    parts += ["begun"] if row.has(STARTED) and not row.has(READ) else []
    parts += [name for flag, name in _STATES if row.has(flag)]
    return f"{title} {', '.join(parts)}."
