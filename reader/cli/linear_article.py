"""An article in linear mode: read a paragraph at a time, from where the reader was."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.cli.linear_find import Words
from reader.cli.linear_highlights import Highlights
from reader.cli.linear_links import Links
from reader.cli.linear_speech import Speech
from reader.cli.linear_talk import EndOfInput, Word, counted, follow, number, tell_help
from reader.model import anchoring
from reader.model.annotation import Place
from reader.model.article import BOOKMARKED, NOTED, READ, said_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.cli.linear_marks import Marking
    from reader.cli.linear_talk import Talk
    from reader.library import Library
    from reader.library.shelf import Opened
    from reader.model.article import Row
    from reader.settings import Settings

_INTRODUCING: Final = frozenset({"heading", "rule"})
"""Kinds of blocks that are told together with what follows them."""
_HELP: Final = (
    "Enter alone: the next paragraph.",
    "/ and words: find them in the article. / alone: the next place.",
)


class PageRoom:
    """An article that is read.

    Args:
        library: both stores.
        settings: when an article counts as read, and how fast it is read.
        talk: where it is said.
        marking: marks articles.
        opened: the article.
        renew: is given the article's row whenever it changed.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        talk: Talk,
        marking: Marking,
        opened: Opened,
        renew: Callable[[Row], Row],
    ) -> None:
        self._library, self._settings, self._talk, self._marking = library, settings, talk, marking
        self.opened, self._renew, self.row = opened, renew, opened.row
        self._blocks = opened.document.blocks
        self._speech = Speech(self._blocks)
        self._links = Links(self._blocks, opened.row.url, talk)
        self._words, self._highlights = Words(self._blocks), Highlights(library, talk, marking)
        self._first = self._last = -1
        """The first and the last block of what was said last."""
        self._due = time.monotonic() + settings.mark_read_seconds
        self._decided = self._by_itself = self._ended = False
        self.commands = (
            Word(("b", "back"), lambda _: self._back(), "the paragraph before."),
            Word(("all",), lambda _: self._rest(), "all the rest; Ctrl+C stops it."),
            Word(("top",), lambda _: self._read(0), "from the beginning."),
            Word(("c", "contents"), self._contents, "the headings. c and a number goes to one."),
            Word(("where",), lambda _: self._where(), "how far you are, and how many minutes are left."),
            Word(("m", "mark"), lambda _: self._mark(), "mark the article read, or unread."),
            Word(("s", "star", "bookmark"), lambda _: self._bookmark(), "set or remove a bookmark."),
            Word(("h", "highlight"), self._highlight, "highlight this paragraph; h green, blue or red gives a colour."),
            Word(("a", "note"), self._note, "write a note on the article."),
            Word(("ha",), self._highlight_with_note, "highlight this paragraph with a note, or add to its note."),
            Word(("highlights",), lambda _: self._highlights.tell_all(self.opened), "tell what is highlighted here."),
            Word(("d", "delete"), self._delete, "and a number: delete that highlight."),
            Word(("l", "links"), self._tell_links, "the links of this paragraph. l all: of the article."),
            Word(("o", "open"), self._links.open, "and a number: open that link. o alone: the page of the article."),
        )

    # -- what is said

    @property
    def heard(self) -> int:
        """The first block of what was said last."""
        return max(0, self._first)

    def begin(self, heard: int | None = None) -> None:
        """Say what the article is, and read where the reader was, or from a block that was heard."""
        row = self.row
        source = [row.source] if row.source != row.title else []
        source += [f"also in {', '.join(row.others)}"] if row.others else []
        about = [*([row.author] if row.author else []), *source, said_time(self._minutes(0.0))]
        about += [name for flag, name in ((READ, "read"), (BOOKMARKED, "bookmarked")) if row.has(flag)]
        self._talk.say(row.title, f"{', '.join(about)}.", *self.opened.article.meta)
        if row.has(NOTED):
            self._talk.say("You have a note on this; it is told at the end.")
        if self._settings.mark_read == "on_open":
            self._count_as_read()
        self._read(self._begin_of(self._left() if heard is None else min(heard, max(0, len(self._blocks) - 1))))

    def _left(self) -> int:
        """Give the block where the reader was, and say how far that is."""
        place = self.opened.marks.place
        block = anchoring.find_place(self.opened.document, place).block if self._blocks else 0
        if place.progress >= 1:
            self._talk.say("You have been at the end of it.")
            return 0
        if block:
            self._talk.say(f"You were {round(place.progress * 100)} percent through. top begins again.")
        return block

    def _read(self, number: int) -> None:
        """Read from a block on until something was said that is no heading."""
        self._ended = False
        self._first = self._last = number
        for at in range(number, len(self._blocks)):
            self._say(at)
            self._last = at
            if self._blocks[at].kind not in _INTRODUCING:
                break
        if self._last >= len(self._blocks) - 1:
            self._end()
        self._keep()

    def _say(self, number: int) -> None:
        self._talk.say(*self._speech.of(number))
        self._highlights.tell(self.opened, number)
        if links := self._links.count(number):
            self._talk.say(f"{counted(links, 'link')}.")

    def _end(self) -> None:
        """Say what follows the text: the reader's own words, and what to do now."""
        self._ended = True
        if self.row.cut:
            self._talk.say(f"Only the beginning of this text came.{' o opens its page.' if self.row.url else ''}")
        self._highlights.tell_lost(self.opened)
        for note in self.opened.marks.notes:
            self._talk.say("Your note:", *note.text.split("\n"))
        if self._settings.mark_read in {"at_end", "after_seconds"}:
            self._count_as_read()
        self._talk.say("End of the article. n reads the next unread one, q goes back to the list.")

    def _rest(self) -> None:
        try:
            for at in range(self._last + 1, len(self._blocks)):
                self._say(at)
                self._first = self._last = at
        except KeyboardInterrupt:
            self._talk.say("Stopped.")
        if self._last >= len(self._blocks) - 1:
            self._end()
        self._keep()

    def _begin_of(self, number: int) -> int:
        """Give where what a block is told with begins."""
        while number > 0 and self._blocks[number - 1].kind in _INTRODUCING:
            number -= 1
        return number

    # -- what is kept

    def _keep(self) -> None:
        """Keep the place, which the app and this mode share."""
        if self._library.read_only or not 0 <= self._last < len(self._blocks):
            return
        block = self._blocks[self._last]
        place = Place(self._last, 0.0, self._progress(), anchoring.beginning(block))
        self._changed(self._library.notebook.set_place(self.row, place))

    def _progress(self) -> float:
        return 1.0 if self._ended else min(1.0, self.opened.document.share(self._last, 1.0))

    def _minutes(self, done: float) -> int:
        return replace(self.row, words=round(self.row.words * (1 - done))).minutes_at(self._settings.words_a_minute)

    def _changed(self, row: Row) -> None:
        self.row = self._renew(row)

    def refresh(self) -> None:
        """Take the article's marks anew: one was taken back or made."""
        opened = self._library.shelf.open(self.row.key)
        if opened is not None:
            self.opened = self._library.shelf.seek(opened)
            self._changed(opened.row)

    def _count_as_read(self) -> None:
        """Mark the article read by itself, once, unless the reader has said what it is."""
        if not (self._decided or self.row.has(READ) or self._library.read_only):
            self._decided = self._by_itself = True
            self._changed(self._library.notebook.set_read((self.row,), read=True, by_itself=True)[0])

    # -- what the commands do

    def follow(self, typed: str, more: tuple[Word, ...]) -> None:
        """Do what was typed; `more` are the commands that lead away from here."""
        if self._settings.mark_read == "after_seconds" and time.monotonic() >= self._due:
            self._count_as_read()
        text = typed.strip()
        if not text:
            self._more()
        elif text.startswith("/"):
            self._find(text[1:].strip())
        elif number(text) is not None:
            self._talk.say(f"c {text} goes to a heading, o {text} opens a link; q goes back to the list.")
        else:
            words = (*self.commands, *more)
            if text in {"?", "help"}:
                tell_help(words, _HELP, self._talk)
            else:
                follow(text, words, self._talk)

    def _more(self) -> None:
        if self._last + 1 < len(self._blocks):
            self._read(self._last + 1)
        else:
            self._talk.say("This is the end. n reads the next unread article, q goes back to the list.")

    def _back(self) -> None:
        if self._first <= 0:
            self._talk.say("This is the beginning.")
        self._read(self._begin_of(max(0, self._first - 1)))

    def _contents(self, rest: str) -> None:
        headings = [at for at, block in enumerate(self._blocks) if block.kind == "heading"]
        chosen = number(rest)
        if not headings:
            self._talk.say("This article has no headings.")
        elif chosen is not None and 1 <= chosen <= len(headings):
            self._read(headings[chosen - 1])
        elif rest:
            self._talk.say(f"Say a number from 1 to {len(headings):,}.")
        else:
            for at, block in enumerate(headings, 1):
                self._talk.say(f"{at}. {' '.join(self._speech.of(block))}")
            self._talk.say("c and a number goes to one.")

    def _find(self, words: str) -> None:
        found = self._words.find(words, self._last)
        if found.at is None:
            self._talk.say("Say what to find: / and words." if not self._words.last else "Not in this article.")
            return
        self._talk.say(f"{found.number} of {counted(found.count, 'paragraph')}:")
        self._read(found.at)

    def _where(self) -> None:
        done = self._progress()
        said = f"Paragraph {self._last + 1:,} of {len(self._blocks):,}, {round(done * 100)} percent"
        left = said_time(self._minutes(done))
        self._talk.say(f"{said}. That was the end." if done >= 1 else f"{said}, {left} left.")

    def _tell_links(self, rest: str) -> None:
        self._links.tell(range(max(0, self._first), self._last + 1), rest)

    def _mark(self) -> None:
        if self._by_itself and self.row.has(READ):
            self._by_itself = False
            self._talk.say("It became read by itself. m again makes it unread.")
            return
        self._decided = True
        self._changed(self._marking.read(self.row))

    def _bookmark(self) -> None:
        self._changed(self._marking.bookmark(self.row))

    def _note(self, rest: str) -> None:
        self._changed(self._marking.note(self.row, rest))
        self.refresh()

    def _highlight(self, rest: str) -> None:
        self._highlighted(self._highlights.make(self.opened, self._last, rest))

    def _highlight_with_note(self, rest: str) -> None:
        row, ended = self._highlights.note(self.opened, self._last, rest)
        self._highlighted(row)
        if ended:
            raise EndOfInput

    def _delete(self, rest: str) -> None:
        self._highlighted(self._highlights.delete(self.opened, rest))

    def _highlighted(self, row: Row | None) -> None:
        if row is not None:
            self._changed(row)
            self.refresh()
