"""What the notebook shows of all that was kept: which kinds, and which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.model.finding import fold
from reader.ui.widgets.notebook_row import gathered, identity

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reader.commands import Keymap
    from reader.library.kept import Kept
    from reader.model.annotation import Kind

View: TypeAlias = Literal["bookmarks", "notes", "all"]
VIEWS: Final[tuple[View, ...]] = ("bookmarks", "notes", "all")

KINDS: Final[tuple[Kind, ...]] = ("bookmark", "note", "highlight")
_OF: Final[dict[View, frozenset[Kind]]] = {
    "bookmarks": frozenset({"bookmark"}),
    "notes": frozenset({"note", "highlight"}),
    "all": frozenset(KINDS),
}
_TITLES: Final[dict[View, str]] = {"bookmarks": "Bookmarks", "notes": "Notes and highlights", "all": "Notebook"}
_EMPTY: Final[dict[View, str]] = {
    "bookmarks": "No bookmarks yet.\n{article.toggle_bookmark} on an article sets one. "
    "{notebook.turn} shows your notes and highlights.",
    "notes": "No notes or highlights yet.\nIn an article, {article.note} writes a note and "
    "{paragraph.highlight} highlights the marked paragraph.",
    "all": "Nothing is kept yet.\n{article.toggle_bookmark} bookmarks an article, {article.note} writes a note on it, "
    "{paragraph.highlight} highlights a paragraph of it.",
}
_NOUNS: Final[dict[Kind, str]] = {"bookmark": "bookmark", "note": "note", "highlight": "highlight"}


class Kepts:
    """All that was kept, and what is shown of it.

    Args:
        view: which kinds are shown first.
    """

    def __init__(self, view: View) -> None:
        self.view, self.words = view, ""
        self.entries: Sequence[Kept] = ()
        self.items: list[int] = []
        self._folded: list[str] = []
        self._of_view: list[int] = []

    def take(self, entries: Sequence[Kept]) -> None:
        """Take what is kept now."""
        self.entries, self._folded = entries, []
        self.choose(self.view)

    def choose(self, view: View) -> None:
        """Show other kinds."""
        self.view = view
        kinds = _OF[view]
        self._of_view = [number for number, entry in enumerate(self.entries) if entry.kind in kinds]
        self.search(self.words)

    def search(self, words: str) -> None:
        """Show what has all of some words in its quote, its note, or its article's title or source."""
        self.words = words
        wanted = fold(words).split()
        chosen = self._of_view
        if wanted:
            folded = self._all_folded()
            for word in wanted:
                chosen = [number for number in chosen if word in folded[number]]
        self.items = gathered(self.entries, chosen)

    def fold_all(self) -> None:
        """Fold the texts, so that the first letter of a search need not wait for it; on any thread."""
        entries = self.entries
        folded = _folded(entries)
        if entries is self.entries:
            self._folded = folded

    def _all_folded(self) -> list[str]:
        if len(self._folded) != len(self.entries):
            self._folded = _folded(self.entries)
        return self._folded

    @property
    def title(self) -> str:
        """What is shown, in words."""
        title = _TITLES[self.view]
        if self.words.strip():
            shown = sum(number >= 0 for number in self.items)
            return f"{title} · {shown:,} of {len(self._of_view):,}"
        counts = dict.fromkeys(KINDS, 0)
        for number in self._of_view:
            counts[self.entries[number].kind] += 1
        if self.view == "bookmarks":
            return f"{title} · {counts['bookmark']:,}" if counts["bookmark"] else title
        parts = [f"{count:,} {_NOUNS[kind]}{'s' if count > 1 else ''}" for kind, count in counts.items() if count]
        return " · ".join([title, *([", ".join(parts)] if parts else [])])

    def empty(self, keymap: Keymap) -> str:
        """Say why nothing is shown, and which key mends it."""
        if not self.words.strip() or not self._of_view:
            return keymap.told(_EMPTY[self.view])
        other = f"{keymap.key('notebook.turn')} looks in the other kinds"
        return f"Nothing here has “{self.words.strip()}”.\nEsc ends the search; {other}."


def came_back(before: Sequence[Kept], entries: Sequence[Kept], articles: Collection[int]) -> Kept | None:
    """Give the first entry of some articles that was not there before, None where there is none."""
    known = {identity(entry) for entry in before if entry.article in articles}
    return next((one for one in entries if one.article in articles and identity(one) not in known), None)


def _folded(entries: Sequence[Kept]) -> list[str]:
    return [_quickly(f"{entry.title}\n{entry.source}\n{entry.text}\n{entry.note}") for entry in entries]


def _quickly(text: str) -> str:
    """Fold a text; ten times as fast where it is all ASCII."""
    return text.lower().replace("`", "'") if text.isascii() else fold(text)
