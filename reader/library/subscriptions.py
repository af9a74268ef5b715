"""What the library takes in, and the sources it comes from: told apart, recognised, looked after, let go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from reader.ingest.net.addresses import without_login
from reader.library import answers, secrets
from reader.library.recognising import TEXTS as TEXTS
from reader.library.recognising import Addresses, cleared, estranged, is_web, moved, reaches, source_of, utf8
from reader.library.recognising import refreshed as refreshed
from reader.library.reports import Removed as Removed
from reader.library.reports import Report as Report
from reader.library.reports import Standing as Standing
from reader.library.reports import reported
from reader.model.identity import article_id, feed_id
from reader.model.source import FETCHED, GUIDE, REMOVED, Care, Source
from reader.storage import fetches, intake, mirror, pages, removal
from reader.storage.cache import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reader.ingest.found import Found
    from reader.library.states import States
    from reader.model.article import Entry
    from reader.storage.cache import Cache
    from reader.storage.intake import Added
    from reader.storage.marks import Marks as Store

    Tell: TypeAlias = Callable[[str], object]
    Came: TypeAlias = Callable[[Sequence[int], Sequence[int]], tuple[str, ...]]


class Subscriptions:
    """Adds to the library, and looks after its sources.

    Args:
        store: gives marks.json, which keeps the list of sources.
        cache: the articles.
        states: the mirror of the marks, which articles that come back are entered in.
        now: gives seconds since 1970, UTC.
        came: is told of what came in, with the keys of what changed and of what is new; says what rules did with it.
    """

    def __init__(
        self, store: Callable[[], Store], cache: Cache, states: States, now: Callable[[], int], came: Came
    ) -> None:
        self._store, self._cache, self._states, self._now, self._came = store, cache, states, now, came

    # -- taking in

    def add(self, found: Found, location: str = "", *, care: Care | None = None, tell: Tell = str) -> Report:
        """Take in whatever was found: subscribe to what can be fetched again, keep the rest.

        Args:
            found: what was found, its entries already clean.
            location: where it came from, for the user to recognise; the address that was typed.
            care: how a new source is to be looked after.
            tell: told how far it is, where that takes long.

        Raises:
            IngestError: of an export whose articles are read now, the rest is damaged.
            LibraryError: library.db cannot be written.
            ReadOnlyError: another reader is open.
            SecretError: the password that was typed cannot be kept; nothing was added.
        """
        location = without_login(utf8(location))[0]
        if found.kind == "subscriptions":
            return self._subscribe(found, location)
        if found.kind == "export":
            from reader.library import moving_in

            room = moving_in.Room(self._store(), self._cache, self._states, self._now, tell)
            report = moving_in.take_any(room, found, location, lambda: self._subscribe(found, location).sources)
            return replace(report, ruled=(*report.ruled, *self._came(report.changed, report.new)))
        # An address of the own network that the user typed may be asked again.
        care = replace(care or Care(), private=found.local or (care is not None and care.private))
        source = source_of(found, location, Addresses(self._store().sources()), self._cache, care)
        known = self.source(source.id)
        if known is not None:
            source = replace(source, title=known.title if known.care.named else source.title)
            source = replace(source, care=replace(known.care, private=known.care.private or source.care.private))
        if found.login is not None and source.kind in FETCHED:
            secrets.keep_typed(source.id, *found.login)
            source = replace(source, care=replace(source.care, login=found.login[0]))
        entries: Sequence[Entry] = found.entries
        if source.kind == "listing":
            section = self._cache.section_of(source.id)
            entries = [entry if entry.section else replace(entry, section=section) for entry in entries]
        here = self._cache.source(source.id)
        if here is not None and here.kind == REMOVED:
            mirror.put(self._cache, source)
        if known is None or known.kind == REMOVED:
            self._forget_answers((source,))
        added = self._take_in(source, entries)
        whole = self._keep_pages(entries, added) if source.id == TEXTS.id else None
        self._store().put_source(source)
        answers.came(self._cache, source, found, self._now())
        return replace(reported(source, added), whole=whole, ruled=self._came(added.changed, added.new))

    def _subscribe(self, found: Found, location: str) -> Report:
        """Put the sources that a list names, without asking any of them."""
        addresses = Addresses(self._store().sources())
        new: list[Source] = []
        filed: list[Source] = []
        for named in found.sources:
            known = addresses.find(named.location)
            if known is not None and known.kind != REMOVED:
                if named.care.folder and not known.care.folder:
                    filed.append(replace(known, care=replace(known.care, folder=named.care.folder)))
            elif is_web(named.location):
                name = feed_id(named.location) if known is None else known.id
                new.append(cleared(replace(named, id=name, kind="feed", title=named.title or named.location)))
                addresses.add(new[-1])
        self._forget_answers(new)
        for source in new:
            if self._cache.source(source.id) is not None:
                mirror.put(self._cache, source)
        self._store().put_sources([*new, *filed])
        here = Source("subscriptions", "subscriptions", found.title or "Subscriptions", location)
        return Report(here, (), (), len(found.sources) - len(new), tuple(new), left_out=found.left_out)

    def _forget_answers(self, sources: Iterable[Source]) -> None:
        """Let sources that are added begin anew, of which an earlier time may have left that they ended."""
        asked = fetches.all(self._cache)
        for name in (source.id for source in sources if source.id in asked):
            fetches.forget(self._cache, name)

    def take(self, source: Source, found: Found) -> Report:
        """Take in what a source has when it was asked again, and follow the title it gives itself."""
        named = refreshed(source, found)
        added = self._take_in(named, found.entries)
        if named != source:
            self._store().put_source(named)
        return reported(named, added)

    def landed(self, name: str = "", *, title: str = "", site: str = "", moved: str = "") -> str:
        """Take note of what another process took in; what was missed before is made up for.

        Args:
            name: the source's id; without one only the articles are looked at.
            title: what the source calls itself.
            site: its address for people.
            moved: its new address, when it moved for good.

        Returns:
            What the user is to know of it, in words; mostly nothing.
        """
        self._states.meet(self._store().flags)
        source = self.source(name) if name else None
        if source is None or source.kind == REMOVED:
            return ""
        named = replace(
            source, title=title if title and not source.care.named else source.title, site=site or source.site
        )
        if named != source:
            self._store().put_source(named)
        if moved:
            named = self.moved(name, moved)
        # A refresh began with the sources as they were, and took in what came under the names of then.
        here = self._cache.source(name)
        if here is not None and here.kind != REMOVED and (here.title, here.location) != (named.title, named.location):
            mirror.put(self._cache, named)
        return estranged(source, named)

    def _take_in(self, source: Source, entries: Sequence[Entry]) -> Added:
        """Add entries; an article that was lost with a library.db gets back the marks that were kept on it."""
        try:
            return intake.add(self._cache, source, entries, self._now())
        finally:
            self._states.meet(self._store().flags)

    def _keep_pages(self, entries: Sequence[Entry], added: Added) -> tuple[str, str] | None:
        """Give the texts of pages that another source has as articles to these, to be read there whole; name one."""
        whole, news = None, {*added.new, *added.changed}
        for entry, key in zip(entries, added.keys, strict=True):
            if key and key not in news and entry.url and entry.body and entry.markdown:
                article = self._cache.article(key)
                if article is not None and article.source_id != TEXTS.id:
                    pages.keep(self._cache, key, entry.body, self._now(), asked=True, excerpt=entry.excerpt)
                    whole = article.row.title, article.row.source
        return whole

    def add_guide(self) -> None:
        """Put the built-in guide on the shelf, or the newer one in the place of an older."""
        from reader.guide import articles, edition

        if self._cache.kept("guide") != edition().encode():
            self._take_in(Source(GUIDE, "guide", "Guide"), articles())
            self._cache.keep("guide", edition().encode())

    # -- the sources

    def source(self, name: str) -> Source | None:
        """Give a source by its id."""
        return self._store().source(name)

    def known(self, address: str) -> Source | None:
        """Give the source that an address is subscribed to by, None when it is not."""
        found = Addresses(self._store().sources()).find(address)
        return None if found is None or found.kind == REMOVED else found

    def sources(self) -> list[Standing]:
        """Tell how each source stands, the guide's left out; may be called from any thread."""
        counts = mirror.counts(self._cache, self._states.read())
        asked = fetches.all(self._cache)
        # Marks know every source, those too that a new library.db has no articles of.
        listed = {source.id: source for source in self._store().sources()}
        listed |= {source.id: source for source, _ in self._mirrored() if source.id not in listed}
        return [
            Standing(source, *counts.get(name, (0, 0)), asked.get(name) or fetches.Fetch(name))
            for name, source in listed.items()
        ]

    def _mirrored(self) -> Iterable[tuple[Source, int]]:
        found = self._cache.sources()
        return [one for one in found if one[0].id != GUIDE and (one[0].kind != REMOVED or one[1])]

    def rename(self, name: str, title: str) -> Source:
        """Give a source a title of the user's; an empty one lets it have its own again."""
        from reader.ingest import sanitize

        source, title = self._here(name), sanitize.line(title, sanitize.TITLE)
        care = replace(source.care, named=bool(title))
        title = title or answers.own_title(self._cache, source) or source.title
        return self._changed(replace(source, title=title, care=care))

    def set_care(self, name: str, care: Care) -> Source:
        """Change how a source is looked after; pages that could not be had are tried again if that may help."""
        source = self._here(name)
        if reaches(source.care) != reaches(care):
            pages.retry(self._cache, name)
        return self._changed(replace(source, care=care))

    def pause(self, name: str, paused: bool) -> Source:
        """Leave a source out of refreshing, or ask it again: now, though it failed or ended before."""
        source = self._here(name)
        if not paused:
            answers.again(self._cache, name, self._now())
        return self._changed(replace(source, care=replace(source.care, paused=paused)))

    def moved(self, name: str, address: str) -> Source:
        """Remember that a source is at another address for good; its id stays, and one that has it already wins.

        What the user gave for the server that it was at, a login as well as headers, is for no other.
        """
        source = self._here(name)
        other = self.known(address)
        if not is_web(address) or address == source.location or (other is not None and other.id != name):
            return source
        return self._changed(moved(source, address))

    def watch(self, path: str, title: str = "") -> Source:
        """Make a folder a source, whose readable files are its articles.

        Args:
            path: the folder, absolute.
            title: what to call it; its name without.
        """
        from reader.ingest import sanitize

        path = utf8(path)
        name = f"folder-{article_id('folder', path)}"
        known = self.source(name)
        called = sanitize.line(title, sanitize.TITLE) or answers.folder_title(path)
        source = Source(name, "folder", called, path)
        if known is not None:
            source = replace(source, title=known.title, care=known.care)
        mirror.put(self._cache, source)
        self._store().put_source(source)
        return source

    def remove(self, name: str) -> Removed:
        """Take a source out with its articles, those excepted that bear a mark other than being read.

        Raises:
            LibraryError: there is no such source, or library.db cannot be written.
        """
        source, store = self._here(name), self._store()
        # Last in the marks: what breaks off half-way is still listed there, to be removed once more.
        deleted, kept = removal.remove(self._cache, name, store.marked())
        if kept:
            store.put_source(replace(source, kind=REMOVED, care=Care()))
        else:
            store.remove_source(name)
        return Removed(source, deleted, kept)

    def _here(self, name: str) -> Source:
        source = self.source(name)
        if source is None:
            raise LibraryError(f"there is no source {name}")
        return source

    def _changed(self, source: Source) -> Source:
        self._store().put_source(source)
        if self._cache.source(source.id) is not None:
            mirror.put(self._cache, source)
        return source
