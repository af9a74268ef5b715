"""The rows of the list that are marked, so that the next command is about all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.article import BOOKMARKED, READ
from reader.model.keys import Keys, keys_of
from reader.ui.screens.list_words import articles

if TYPE_CHECKING:
    from array import array

    from reader.model.listing import Filter
    from reader.ui.screens.marking_query import MarkingQuery
    from reader.ui.screens.reading import ReadingScreen

_AT_ONCE: Final = 2000
"""Above this many rows, marks are set in the background."""


class Marked:
    """Marks rows, and lets them go. The list has the marks; here is what is done with them.

    They are of articles, not of lines: they stay while the list is folded, sorted, narrowed, searched, and while
    something comes. Another view lets them go: what is out of sight is not to be changed by chance.

    Args:
        screen: the screen of the list.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._query: MarkingQuery | None = None
        self._home: tuple[str, str | None] | None = None
        """The view and the source in which the first row was marked."""
        self._reckoned: tuple[Keys, int, dict[int, int]] | None = None

    @property
    def keys(self) -> Keys:
        """The articles that are marked."""
        return self._screen.articles.marked

    def __len__(self) -> int:
        """Count them."""
        return len(self.keys)

    # -- marking

    def toggle(self) -> None:
        """Mark the row under the cursor, or no longer, and go on; a heading stands for all that is under it."""
        screen, listing = self._screen, self._screen.listing
        if not listing.items:
            return
        at = screen.articles.index
        if at is not None:
            self._turn(listing.keys[at : at + 1])
        else:
            group = listing.groups[listing.group_of(screen.articles.cursor)]
            self._turn(listing.keys[group.start : group.start + group.count])
        screen.articles.move(1)

    def ask(self) -> None:
        """Ask which rows of the view are to be marked."""
        from reader.ui.screens.marking_query import MarkingQuery

        if self._query is None:
            self._query = MarkingQuery(self._screen, self.take)
        self._query.open()

    def take(self, keys: Keys) -> None:
        """Mark some articles; where all of them are, no longer."""
        self._put(self.keys.with_all(keys))

    def let_go(self) -> bool:
        """Mark nothing any more, and tell whether anything was."""
        any_marked = bool(self.keys)
        if any_marked:
            self._put(Keys())
        return any_marked

    def listed(self, chosen: Filter) -> None:
        """Let go where another view is shown."""
        if not chosen.words and (chosen.view, chosen.source) != self._home:
            self.let_go()

    def _turn(self, keys: array[int]) -> None:
        if len(keys) <= _AT_ONCE:
            self.take(keys_of(keys))
        else:
            self._screen.in_background(lambda: keys_of(keys), self.take)

    def _put(self, keys: Keys) -> None:
        if not self.keys:
            chosen = self._screen.lists.kept[0]
            self._home = chosen.view, chosen.source
        self._screen.articles.mark(keys)
        self._screen.say_status()

    # -- words

    @property
    def status(self) -> str:
        """Say how many are marked."""
        return f"{len(self):,} marked · Esc lets go"

    @property
    def footer(self) -> dict[str, str]:
        """Say what the next command does with all of them, so that it is known before."""
        some = f"{len(self):,}"
        read = f"mark {some} read" if self.without(READ) else f"mark {some} unread"
        bookmark = f"bookmark {some}" if self.without(BOOKMARKED) else f"unbookmark {some}"
        return {
            "article.toggle_read": f"{read}|{read.removeprefix('mark ')}",
            "article.toggle_bookmark": bookmark,
            "article.tags": f"tag {some}|tag",
            "rows.mark": "mark",
            "article.note": "",
            "unread.next": "",
            "library.add": "",
        }

    @property
    def said(self) -> str:
        """Count them in words."""
        return articles(len(self))

    def without(self, flag: int) -> int:
        """Count those that do not have a flag."""
        keys, states = self.keys, self._screen.library.states
        if self._reckoned is None or self._reckoned[0] is not keys or self._reckoned[1] != states.version:
            self._reckoned = keys, states.version, {}
        found = self._reckoned[2]
        if flag not in found:
            found[flag] = len(keys) - keys.having(flag, states.all())
        return found[flag]
