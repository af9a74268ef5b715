"""What is told of the library's sources: what adding and removing did, and how each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.values import dataclass

if TYPE_CHECKING:
    from reader.library.carrying import Carried
    from reader.model.source import Source
    from reader.storage.fetches import Fetch
    from reader.storage.intake import Added


@dataclass(frozen=True, slots=True)
class Report:
    """What adding did: the source, keys of new and of changed articles, and the count of unchanged ones.

    `sources` are those subscribed to anew, by a list of subscriptions; `keys` has the article of each entry.
    `whole` names an article of another source, and this source, which a page that was added is the whole text of.
    `ruled` tells what rules did with what came; `carried` which marks of another program came with it, and
    `left_out` what did not come, and why.
    """

    source: Source
    new: tuple[int, ...]
    changed: tuple[int, ...]
    known: int
    sources: tuple[Source, ...] = ()
    keys: tuple[int, ...] = ()
    whole: tuple[str, str] | None = None
    ruled: tuple[str, ...] = ()
    carried: Carried | None = None
    left_out: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say it to a person."""
        if self.whole is not None:
            return "The whole text is with “{}”, of {}.".format(*self.whole)
        if self.source.kind == "subscriptions":
            count = len(self.sources)
            parts = [f"{count:,} new {'source' if count == 1 else 'sources'}" if count else "no new source"]
        else:
            parts = [f"{len(self.new):,} new" if self.new else "nothing new"]
            if self.sources:
                parts.append(f"{len(self.sources):,} new {'source' if len(self.sources) == 1 else 'sources'}")
        if self.changed:
            parts.append(f"{len(self.changed):,} updated")
        if self.known:
            parts.append(f"{self.known:,} already here")
        more = _carried(self.carried) if self.carried is not None else []
        if self.left_out:
            more.append(f"{len(self.left_out):,} left out")
        return "; ".join((f"{self.source.title}: {', '.join(parts)}", *more, *self.ruled))


def reported(source: Source, added: Added) -> Report:
    """Tell what became of the entries of a source."""
    return Report(source, added.new, added.changed, added.known, keys=added.keys)


@dataclass(frozen=True, slots=True)
class Standing:
    """A source and how it stands: how many articles it has here, how many unread, what it last answered."""

    source: Source
    articles: int
    unread: int
    fetch: Fetch


@dataclass(frozen=True, slots=True)
class Removed:
    """A source that was removed, and how many of its articles were deleted and how many, being marked, kept."""

    source: Source
    deleted: int
    kept: int

    def __str__(self) -> str:
        """Say it to a person."""
        kept = f", {self.kept:,} with marks kept" if self.kept else ""
        return f"{self.source.title} removed: {self.deleted:,} {_articles(self.deleted)} deleted{kept}"


def _carried(carried: Carried) -> list[str]:
    """Say which marks of another program came."""
    counts = (
        (carried.read, "marked read"),
        (carried.bookmarked, "bookmarked"),
        (carried.tags, "tagged"),
        (carried.notes, "with notes"),
    )
    parts = [f"{count:,} {what}" for count, what in counts if count]
    if carried.highlights:
        place = f" ({carried.unplaced:,} in no text yet)" if carried.unplaced else ""
        parts.append(f"{carried.highlights:,} {'highlight' if carried.highlights == 1 else 'highlights'}{place}")
    if carried.mine:
        parts.append(f"{carried.mine:,} {'note' if carried.mine == 1 else 'notes'} of yours kept instead")
    return [", ".join(parts)] if parts else []


def _articles(count: int) -> str:
    return "article" if count == 1 else "articles"
