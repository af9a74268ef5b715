"""What a refresh is told to do, and what it tells of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.values import dataclass

if TYPE_CHECKING:
    from reader.model.source import Source
    from reader.settings import Settings

MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """What to refresh.

    `sources` are all that can be, as one that its host turns away concerns the others there; `wanted` the ids
    of those that are asked whether they are due or not, None for all that are due. `force` asks those
    too that are not due. `largest` bounds a feed, `pictures` all pictures together, both in bytes.
    """

    sources: tuple[Source, ...]
    wanted: frozenset[str] | None = None
    force: bool = False
    largest: int = 16 * MIB
    pictures: int = 200 * MIB

    def under(self, settings: Settings) -> Job:
        """Give the same job within the bounds that the user set."""
        return replace(self, largest=settings.feed_megabytes * MIB, pictures=settings.pictures_megabytes * MIB)


@dataclass(frozen=True, slots=True)
class Landed:
    """One source was asked, and what came of it.

    `new` and `changed` are keys of articles. `error` says what failed and what to do; `gone` that the
    publisher ended it; `moved` where it is from now on. `unchanged` tells that nothing came; `waits` that
    its host asked for patience, so that it was not asked at all. `pages` counts whole articles fetched: they
    come later, in an event of their own whose `changed` are theirs. `note` is what else the user is to know.
    `done` of `total` sources have landed.
    """

    source: str
    title: str
    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    error: str = ""
    site: str = ""
    moved: str = ""
    gone: bool = False
    unchanged: bool = False
    waits: bool = False
    done: int = 0
    total: int = 0
    pages: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a refresh: counts of sources and of articles.

    `trouble` says why it broke off, if it did; `ruled` what rules did with what came.
    """

    asked: int = 0
    new: int = 0
    changed: int = 0
    failed: int = 0
    pages: int = 0
    stopped: bool = False
    trouble: str = ""
    ruled: tuple[str, ...] = ()

    def after(self, landed: Landed) -> Summary:
        """Count what landed."""
        if landed.pages:
            return replace(self, pages=self.pages + landed.pages)
        return replace(
            self,
            asked=self.asked + (not landed.waits),
            new=self.new + len(landed.new),
            changed=self.changed + len(landed.changed),
            failed=self.failed + bool(landed.error),
        )

    def __str__(self) -> str:
        """Say it to a person."""
        parts = [f"{self.new:,} new" if self.new else "nothing new"]
        parts += [f"{self.changed:,} updated"] if self.changed else []
        parts += [f"{self.pages:,} whole {'article' if self.pages == 1 else 'articles'} fetched"] if self.pages else []
        parts += [f"{self.failed:,} failed"] if self.failed else []
        sources = f"{self.asked:,} {'source' if self.asked == 1 else 'sources'}"
        return f"{'Stopped after ' if self.stopped else ''}{sources}: {', '.join(parts)}"
