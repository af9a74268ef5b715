"""Giving every block of a page its place: section, byline, headline, meta, excerpt, trailer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from reader.ingest.plain import dating
from reader.ingest.plain.bylines import Bylines
from reader.ingest.plain.dating import Dates
from reader.ingest.plain.names import looks_like_names, says_by
from reader.ingest.plain.outline import Draft, Outline, Role, Stretch, furniture, role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.ingest.plain.blocks import Block

REPEATED: Final = 3
"""How often a line has to stand in one place to be the page's own words and not an article's."""


def assign(blocks: Sequence[Block]) -> Outline:
    """Give every block its place in an outline."""
    roles = [role(block) for block in blocks]
    kept = furniture(blocks, roles)
    outline = _Assignment(blocks[:kept], roles[:kept]).outline
    outline.trailer += blocks[kept:]
    return outline


class _Assignment:
    """One pass over one page; each step knows what the steps before it found."""

    def __init__(self, blocks: Sequence[Block], roles: list[Role]) -> None:
        self.outline = Outline()
        self.blocks = blocks
        self.roles = roles
        self.dates = Dates.FEW
        self.bylines = Bylines(self._shorts(stretch.lines) for stretch in self._stretches())
        self._mark_repeated()
        self.dates = dating.place(roles)
        for block in dating.short_excerpts(blocks, roles, self.dates, self.bylines):
            roles[block.number] = Role.LONG
        self.trails = roles[-2:-1] == [Role.LONG] and roles[-1] in {Role.DATE, Role.META}
        for stretch in self._stretches():
            self._add(stretch)
        self._drop_lone_byline()

    def _shorts(self, lines: Sequence[Block]) -> list[Block]:
        """Give the lines that are headlines or bylines."""
        return [block for block in lines if self.roles[block.number] is Role.SHORT]

    def _stretches(self) -> list[Stretch]:
        """Part the page after every excerpt, and where dates tell two articles apart."""
        found: list[Stretch] = [Stretch()]
        for block in self.blocks:
            if self.roles[block.number] is Role.LONG:
                found[-1].excerpt.append(block)
                continue
            if found[-1].excerpt:
                found.append(Stretch())
            found[-1].lines.append(block)
        if self.dates is Dates.FEW:
            return found
        return [part for place, stretch in enumerate(found) for part in self._parted(stretch, first=place == 0)]

    def _parted(self, stretch: Stretch, *, first: bool) -> list[Stretch]:
        """Part one stretch at its dates; the excerpt is the last part's."""
        pieces = dating.cut(stretch.lines, self.roles, self.dates)
        if first and self.dates is Dates.BEFORE and len(pieces) > 1 and len(self._shorts(pieces[0])) == 1:
            # What stands alone before the first date is the section's name, and not an article.
            pieces[:2] = [pieces[0] + pieces[1]]
        parts = [Stretch(lines) for lines in pieces]
        parts[-1].excerpt = stretch.excerpt
        return parts

    def _mark_repeated(self) -> None:
        """Mark the lines that a page repeats below its headlines, or above its bylines, as meta."""
        below: dict[str, list[tuple[Block, Block]]] = defaultdict(list)
        above: dict[str, list[Block]] = defaultdict(list)
        for place, stretch in enumerate(self._stretches()):
            run = self._shorts(stretch.lines)
            if stretch.excerpt and len(run) > 1:
                below[run[-1].text].append((run[-2], run[-1]))
            if place and len(run) > 2:
                above[run[0].text].append(run[0])
        for pairs in below.values():
            # A headline that recurs ("Letters") has a byline above it, which looks like one or recurs too.
            unlike = sum(self.bylines.likelihood(line) == 0 for line, _ in pairs)
            if len(pairs) >= REPEATED and unlike * 2 > len(pairs):
                self._mark_meta(line for _, line in pairs)
        for lines in above.values():
            if len(lines) >= REPEATED and not looks_like_names(lines[0].text):
                self._mark_meta(lines)

    def _mark_meta(self, lines: Iterable[Block]) -> None:
        for line in lines:
            self.roles[line.number] = Role.META

    def _add(self, stretch: Stretch) -> None:
        """Add what a stretch holds to the outline."""
        run = self._shorts(stretch.lines)
        items = self.outline.items
        if not run:
            self._add_further(stretch)
            return
        follows = self._byline_follows(stretch, run)
        first = not items and not self.outline.lead and self.outline.section is None
        if first and self._has_section(run, follows=follows):
            self.outline.section = run.pop(0)
        pairs = self.bylines.pair(run[:-2] if follows else run, closed=bool(stretch.excerpt) and not follows)
        if follows:
            pairs.append((run[-1], run[-2]))
        drafts = [Draft(headline, byline) for byline, headline in pairs]
        self._add_meta(stretch.lines, drafts)
        drafts[-1].excerpt += stretch.excerpt
        items += drafts

    def _add_further(self, stretch: Stretch) -> None:
        """Add what has no headline to the article before it, or to the lead where there is none."""
        if self.outline.items:
            self.outline.items[-1].meta += stretch.lines
            self.outline.items[-1].excerpt += stretch.excerpt
        else:
            self.outline.lead += stretch.lines + stretch.excerpt

    def _add_meta(self, lines: Sequence[Block], drafts: Sequence[Draft]) -> None:
        """Give the meta among the lines to the article whose line stands before it."""
        owners = {block.number: draft for draft in drafts for block in (draft.byline, draft.headline) if block}
        owner = drafts[0]
        if self.outline.items and (self.trails or self.dates is Dates.AFTER):
            owner = self.outline.items[-1]
        for block in lines:
            if self.roles[block.number] is Role.SHORT:
                owner = owners.get(block.number, owner)
            else:
                owner.meta.append(block)

    def _has_section(self, run: Sequence[Block], *, follows: bool) -> bool:
        """Tell whether the first line of a page is its section's name."""
        if follows:
            return len(run) > 2
        if len(run) < 2 or says_by(run[0].text):
            return False
        return len(run) > 2 or not self.bylines.likelihood(run[0])

    def _byline_follows(self, stretch: Stretch, run: Sequence[Block]) -> bool:
        """Tell whether the last line before an excerpt is a byline below its headline."""
        if len(run) < 2 or not stretch.excerpt:
            return False
        headline, line = run[-2:]
        if self.bylines.follows(headline, line):
            return True
        parted = any(headline.number < block.number < line.number for block in stretch.lines)
        return parted and self.bylines.likelihood(line) > self.bylines.likelihood(headline)

    def _drop_lone_byline(self) -> None:
        """Take an author's name that a cut-off copy ends with for no article."""
        items = self.outline.items
        if not items or items[-1].byline or items[-1].meta or items[-1].excerpt:
            return
        line = items[-1].headline
        if self.bylines.recurs(line) or (looks_like_names(line.text) and self.bylines.knows(line)):
            self.outline.trailer.append(items.pop().headline)
