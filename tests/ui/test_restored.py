"""A backup that was restored in the shell is taken back in the app, whole."""

from __future__ import annotations

from reader.library import Library, restoring
from reader.model.article import STARTED
from reader.model.source import REMOVED
from tests.invented import fill, harbours
from tests.ui.driving import reading


async def test_u_takes_back_what_was_restored_before_the_app_was_opened(places):
    fill(places, harbours())
    with Library(places) as library:
        rows = library.shelf.rows(library.shelf.listing().keys)
        library.notebook.set_read(rows[:1], read=True)
    made, _ = restoring.make(places.marks)
    with Library(places) as library:
        library.notebook.set_read(rows[:1], read=False)
        library.notebook.set_bookmarked(rows[1:3], bookmarked=True)
        library.notebook.set_note(rows[4], "a note")
        library.marks.remove_source(library.marks.sources()[0].id)
        now = library.marks.flags_of([row.id for row in rows])
        plan = restoring.planned(library, str(made.path))
        assert plan.comparison.tallies.keys() == {"read", "bookmarks", "notes", "sources"}
        restoring.restore(library, plan)
        restored = library.marks.flags_of([row.id for row in rows])
    assert restored != now
    keys = [row.key for row in rows]
    async with reading(places) as it:
        library = it.app.library

        def shown():
            # That the app shows an article may count as begun.
            return bytes(library.states.get(key) & ~STARTED for key in keys)

        assert shown() == restored
        await it.press("U")
        await it.until(lambda: shown() == now)
        # Its articles are here, so it stays under its name, as a removed one does.
        assert [source.kind for source in library.marks.sources()] == [REMOVED]
        await it.press("ctrl+r")
        await it.until(lambda: shown() == restored)
        assert [source.kind for source in library.marks.sources()] == ["listing"]
        assert library.marks.check() == []
