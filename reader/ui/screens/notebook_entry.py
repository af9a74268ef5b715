"""What is done with one entry of the notebook: gone to, noted on, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.annotation import COLORS
from reader.model.article import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.library.kept import Kept
    from reader.model.document import Point
    from reader.ui.screens.notebook import NotebookScreen

_LOST = "This article is not in the library any more."
_ORPHAN = "These words are not in the text any more; the quote stands under the article."


def go(screen: NotebookScreen, entry: Kept) -> None:
    """Read the article of an entry, at the passage of a highlight."""
    key = entry.key
    if key is None:
        _tell(screen, entry)
    elif entry.highlight is None:
        _read(screen, key)
    else:
        wanted = entry.highlight.id

        def found() -> Point | None:
            opened = screen.library.shelf.open(key)
            anchored = screen.library.shelf.seek(opened).highlights if opened is not None else ()
            passage = next((one.passage for one in anchored if one.highlight.id == wanted), None)
            return passage.start if passage is not None else None

        screen.in_background(found, lambda point: _read(screen, key, point, wanted))


def _read(screen: NotebookScreen, key: int, point: Point | None = None, highlight: int | None = None) -> None:
    main = screen.main
    screen.dismiss()

    def there() -> None:
        main.go_to(key, point, highlight)
        if highlight is not None and point is None:
            main.say(_ORPHAN, warning=True)

    main.call_later(there)


def _tell(screen: NotebookScreen, entry: Kept) -> None:
    """Tell what is known of an entry whose article is gone."""
    from reader.ui.dialogs.prompts import TellScreen

    what = "Quote" if entry.highlight is not None else "Note"
    lines = [
        ("", _LOST),
        ("Source", entry.source),
        ("Address", entry.url),
        (what, entry.text),
        ("Note", entry.note),
    ]
    screen.ask(TellScreen(entry.title, [(name, said) for name, said in lines if said]), lambda _: None)


def note(screen: NotebookScreen, entry: Kept) -> None:
    """Write or edit the note of an entry: on the passage of a highlight, else on the article."""
    from reader.ui.dialogs.note import NoteScreen

    notebook, row = screen.library.notebook, _row(screen, entry)
    one = entry.highlight
    if one is not None:
        written, quote = entry.note, one.quote.exact
    else:
        notes, quote = notebook.marks(entry.article).notes, ""
        written = notes[0].text if notes else ""

    def keep(text: str) -> None:
        done = notebook.set_note(row, text) if one is None else notebook.edit_highlight(row, one.id, note=text)
        _changed(screen, done)

    def answered(text: str) -> None:
        if text.strip() == written.strip():
            return
        if text.strip():
            keep(text)
        else:
            _ask(
                screen,
                "The note is empty now. Delete it?",
                lambda: keep(""),
                f"Note deleted. {screen.key('undo')} brings it back.",
            )

    screen.ask(NoteScreen(entry.title, written, keep, quote), answered)


def color(screen: NotebookScreen, entry: Kept) -> None:
    """Give a highlight the next colour."""
    one = entry.highlight
    if one is None:
        screen.say("Only a highlight has a colour.")
        return
    colors = tuple(COLORS)
    following = colors[(colors.index(one.color) + 1) % len(colors)]
    _changed(screen, screen.library.notebook.edit_highlight(_row(screen, entry), one.id, color=following))
    screen.say(f"The highlight is {following} now. {screen.key('highlight.color')} takes the next colour.")


def delete(screen: NotebookScreen, entry: Kept) -> None:
    """Remove a bookmark, delete a highlight, or a note after asking."""
    notebook, row = screen.library.notebook, _row(screen, entry)
    if entry.kind == "bookmark":
        _gone(screen, entry, notebook.set_bookmarked((row,), bookmarked=False)[0])
        screen.say(f"Bookmark removed. {screen.key('undo')} brings it back.")
    elif entry.highlight is not None:
        _gone(screen, entry, notebook.delete_highlight(row, entry.highlight.id))
        screen.say(f"Highlight deleted. {screen.key('undo')} brings it back.")
    else:

        def gone() -> None:
            _gone(screen, entry, notebook.set_note(row, ""))

        _ask(
            screen, f"Delete the note on “{entry.title}”?", gone, f"Note deleted. {screen.key('undo')} brings it back."
        )


def _ask(screen: NotebookScreen, question: str, work: Callable[[], None], said: str) -> None:
    from reader.ui.dialogs.prompts import ConfirmScreen

    def answered(yes: bool) -> None:
        if yes:
            work()
            screen.say(said)

    screen.ask(ConfirmScreen(question, f"{screen.key('undo')} brings it back."), answered)


def _changed(screen: NotebookScreen, row: Row) -> None:
    screen.main.renew([row])
    screen.read()


def _gone(screen: NotebookScreen, entry: Kept, row: Row) -> None:
    """Take an entry out at once: the next key is about another one."""
    screen.forget(entry)
    _changed(screen, row)


def _row(screen: NotebookScreen, entry: Kept) -> Row:
    """Give the row of an entry's article; of one that is gone, as much as its marks know."""
    row = screen.library.shelf.row(entry.article)
    if row is not None:
        return row
    return Row(
        entry.article, 0, entry.title, None, None, entry.source, "", cut=False, words=0, published=None, url=None
    )
