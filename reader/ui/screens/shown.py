"""Which article the pane shows: the one under the cursor, at the place where it was left."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from reader.model.annotation import Place
from reader.model.article import READ
from reader.model.listing import Filter
from reader.model.source import GUIDE
from reader.ui.screens.list_words import about_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.document import Block, Point
    from reader.ui.screens.pictures import Pictures
    from reader.ui.screens.reading import ReadingScreen
    from reader.ui.widgets.lines import Line


class Shown:
    """Keeps the pane in step with the list.

    Args:
        screen: the screen of both.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._pictures: Pictures | None = None
        self._bringing: int | None = None
        """The key of the article that a jump is going to."""
        screen.pane.picture = self._picture

    def close(self) -> None:
        """Let go of the pictures."""
        if self._pictures is not None:
            self._pictures.close()

    def pictures_anew(self) -> None:
        """Draw the pictures in another way: the settings say so."""
        self.close()
        self._pictures = None
        self._screen.pane.watch_look()

    def _picture(self, block: Block, width: int) -> Sequence[Line] | None:
        if self._pictures is None:
            from reader.ui.screens.pictures import Pictures  # most articles have none

            self._pictures = Pictures(self._screen)
        return self._pictures.lines(block, width)

    def follow_cursor(self) -> None:
        """Show the article under the cursor, if it is not the one that is shown."""
        screen = self._screen
        index, opened = screen.articles.index, screen.opened
        key = None if index is None else screen.listing.keys[index]
        if key != (opened.row.key if opened is not None else None) or (key is None and screen.listing.items):
            self.article()

    def article(self) -> None:
        """Show the article under the cursor, at the place where it was left."""
        screen, before = self._screen, self._screen.opened
        screen.keeper.keep_place()
        screen.say_keys()
        row = screen.row
        screen.modes.end()
        if row is not None and row.key != self._bringing and (before is None or before.row.id != row.id):
            screen.trail.begin()
        if self._pictures is not None:
            self._pictures.leave()
        if row is None:
            screen.pane.empty = about_heading(screen.listing, screen.articles.cursor, screen.keymap)
            screen.pane.show(None)
            screen.attention.leave()
            if screen.reading:
                screen.leave_article()
            return
        screen.pane.show(screen.texts.open(row.key))
        if screen.reading:
            screen.attention.enter(row.id)
        screen.keeper.keep_later()
        screen.ahead.later()

    def again(self) -> None:
        """Show the article again: its marks or its text may have changed."""
        screen, before = self._screen, self._screen.opened
        if before is None or not screen.library.ready:
            return
        opened = screen.texts.open(before.row.key)
        if opened is None:
            return
        now, then = ((o.article, o.notes, o.highlights, o.document, o.marks.tags) for o in (opened, before))
        if now != then:
            screen.pane.show(opened)
        else:
            screen.pane.opened = opened

    def go_to(self, key: int, point: Point | None = None, highlight: int | None = None) -> None:
        """Read an article by its key, from a point or at a highlight, remembering the place that is left."""
        self._screen.trail.leave()
        self.bring(key, point, highlight)

    def bring(self, key: int, where: Point | Place | None = None, highlight: int | None = None) -> None:
        """Read an article by its key: from the place kept, from a point on, or exactly from another place.

        The paragraph there is marked; the next command is about the highlight, if one is given.
        """
        screen, self._bringing = self._screen, key
        if screen.opened is not None and screen.opened.row.key == key:
            self._enter(key, where, highlight)
        elif (index := screen.listing.index_of(key)) is not None:
            group = screen.listing.group_at(index)
            if screen.listing.groups[group].folded:
                screen.lists.fold(group, folded=False)
            screen.articles.go_to(index)
            self.follow_cursor()
            self._enter(key, where, highlight)
        else:
            # It is not in this view: it is shown in one that has it.
            article = screen.library.cache.article(key)
            if article is None:
                self._bringing = None
                screen.say("That article is not in the library any more.")
                return
            wanted = Filter(source=GUIDE) if article.source_id == GUIDE else Filter()
            screen.lists.show(wanted, article=key, then=lambda: self._enter(key, where, highlight))

    def _enter(self, key: int, where: Point | Place | None, highlight: int | None = None) -> None:
        screen, opened, self._bringing = self._screen, self._screen.opened, None
        if opened is None or opened.row.key != key:
            return
        screen.enter_article()
        if isinstance(where, Place):
            screen.pane.show(opened, where)
        elif where is not None:
            screen.pane.to_point(where)
        if highlight is not None:
            screen.selecting.go_to(highlight)

    def moved(self) -> None:
        """Another part of the article is in view."""
        screen = self._screen
        screen.trail.moved()
        screen.selecting.moved()
        screen.finding.moved()
        if screen.comfort.scrolling.running:
            screen.attention.time.pressed()
        if screen.reading and screen.opened is not None and not screen.opened.coming:
            screen.keeper.moved()
            if screen.pane.at_end:
                screen.attention.end_seen()

    def entered(self) -> None:
        """The article has the focus now."""
        screen = self._screen
        if (row := screen.row) is not None:
            screen.attention.enter(row.id)
        if screen.pane.at_end:
            screen.attention.end_seen()
        screen.keeper.moved()

    def left(self) -> None:
        """The list has the focus now."""
        screen = self._screen
        screen.trail.begin()
        screen.selecting.end()
        screen.keeper.keep_place()
        screen.attention.leave()
        screen.comfort.close()

    def log(self, article: int, seconds: int) -> None:
        """Keep for how long an article was read."""
        screen = self._screen
        if not screen.library.read_only and screen.library.ready:
            screen.guarded(lambda: screen.library.log.add(article, seconds, time.time()))

    def mark_read(self, article: int) -> None:
        """Mark the article read: attention was paid to it."""
        screen, row = self._screen, self._screen.row
        if row is not None and row.id == article and not row.has(READ) and not screen.library.read_only:
            screen.guarded(lambda: screen.renew(screen.library.notebook.set_read((row,), read=True, by_itself=True)))
