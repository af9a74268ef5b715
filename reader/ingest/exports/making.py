"""What an export becomes: articles, what was kept on each, and what is left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.ingest import prose, sanitize, teaser
from reader.ingest.errors import IngestError
from reader.ingest.found import Found
from reader.model.article import Entry
from reader.model.identity import canonical_url, fingerprint
from reader.model.saved import Quoted, Saved
from reader.model.tags import tidied

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.model.annotation import Color

ROWS: Final = 500_000
"""More than anybody saved in twenty years; what has more is made to fill the memory."""

HIGHLIGHTS: Final = 5_000
"""Highlights and tags of one article that are taken."""

_COLORS: Final[dict[str, Color]] = {
    "green": "green", "blue": "blue", "purple": "blue", "teal": "green", "red": "red", "pink": "red", "orange": "red",
}  # fmt: skip


class Made:
    """Gathers what an export holds; the same address twice is one article, with what both rows tell of it.

    Args:
        program: whose export it is, as people call it.
    """

    def __init__(self, program: str) -> None:
        self.program = program
        self.left_out: list[str] = []
        self._entries: list[Entry] = []
        self._saved: list[Saved] = []
        self._at: dict[tuple[str, ...], int] = {}

    def article(self, place: str, entry: Entry, saved: Saved, *, needs_url: bool = True) -> None:
        """Take an article in, or leave it out.

        Args:
            place: where it stands in the export, as in "line 7".
            entry: what it is; the title may be empty, the address be anything.
            saved: what was kept on it.
            needs_url: whether it is nothing without a web address.
        """
        url = sanitize.link(entry.url)
        if url is None or url.startswith("mailto:"):
            if needs_url:
                told = sanitize.line(entry.url or "", 80)
                self.leave(place, f"{told}: it is no web address" if told else "it has no web address")
                return
            url = None
        name = ("url", canonical_url(url)) if url else ("title", fingerprint(entry.title), entry.author or "")
        saved = _clean(saved)
        known = self._at.get(name)
        if known is not None:
            self._saved[known] = self._saved[known].joined(saved)
            return
        if len(self._entries) == ROWS:
            raise IngestError(f"{place}: it has more than {ROWS:,} articles, too many to take at once")
        self._at[name] = len(self._entries)
        self._entries.append(sanitize.entry(_told(entry, url, saved)))
        self._saved.append(saved)

    def highlight(self, url: str, place: str, title: str, one: Quoted) -> None:
        """Put a highlight on the article of an address, which is made if it is not there."""
        self.article(place, Entry(title=title, url=url, cut=True), Saved(highlights=(one,)))

    def leave(self, place: str, why: str) -> None:
        """Tell that something is left out."""
        self.left_out.append(f"{place}: {sanitize.line(why, 200)}")

    def found(self) -> Found:
        """Give what came of it.

        Raises:
            IngestError: there is nothing in it.
        """
        if not self._entries:
            first = f" ({self.left_out[0]})" if self.left_out else ""
            raise IngestError(f"it is an export of {self.program}, but there is no article in it{first}")
        return Found(
            "export",
            self.program,
            tuple(self._entries),
            total=len(self._entries),
            saved=tuple(self._saved),
            left_out=tuple(self.left_out),
        )


def body(html: str, base: str | None = None) -> tuple[str | None, str]:
    """Give the text that an export has of an article as Markdown, None for none, and its first words."""
    text = prose.markdown(html, base or "").strip() if html.strip() else ""
    return (text, teaser.teaser(text)) if text else (None, "")


def color(name: str) -> Color:
    """Give the one of our colours that another program's is nearest to."""
    return _COLORS.get(name.strip().casefold(), "yellow")


def texts(value: object) -> Iterable[str]:
    """Give the texts in what may be a list of texts, or of objects that have a name or a label."""
    for one in value if isinstance(value, list) else ():
        found = one.get("label") or one.get("name") if isinstance(one, dict) else one
        if isinstance(found, str):
            yield found


def _told(entry: Entry, url: str | None, saved: Saved) -> Entry:
    """Give an entry with the moment it was saved at where it does not tell when it was published."""
    from dataclasses import replace

    meta = entry.meta
    if saved.at is not None and entry.published is not None and saved.at != entry.published:
        meta = (*meta, f"Saved {_day(saved.at)}")
    published = entry.published if entry.published is not None else saved.at
    return replace(entry, title=entry.title.strip() or url or "", url=url, published=published, meta=meta)


def _day(moment: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def _clean(saved: Saved) -> Saved:
    if not saved.is_marked:
        return saved if saved.at is None else Saved(at=sanitize.moment(saved.at), feed=saved.feed)
    quotes = []
    for one in saved.highlights[:HIGHLIGHTS]:
        text = sanitize.text(one.text, sanitize.EXCERPT).strip()
        note = sanitize.text(one.note, sanitize.EXCERPT).strip()
        if text:
            quotes.append(Quoted(text, note, one.color, sanitize.moment(one.at)))
    return Saved(
        saved.read,
        saved.bookmarked,
        tidied(sanitize.line(tag, sanitize.TAG) for tag in saved.tags[: sanitize.TAGS]),
        sanitize.text(saved.note, sanitize.EXCERPT).strip(),
        tuple(quotes),
        sanitize.moment(saved.at),
        sanitize.moment(saved.read_at),
        saved.feed,
    )
