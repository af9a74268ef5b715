"""Exports of other programs, and the one database of another that is read."""

from __future__ import annotations

from contextlib import suppress

from fuzz.harness import harness, scratch
from reader.ingest import exports
from reader.ingest.errors import IngestError
from reader.library import foreign


@harness("export")
def fuzz_export(data: bytes) -> None:
    """Any export: read whole, each article with what was kept on it, all of it clean; or refused."""
    with suppress(IngestError):
        found = exports.read(data, "urls")
        if found is not None and found.kind == "export":
            assert len(found.entries) == len(found.saved) > 0, "an article lost its marks"
            texts = [one.title for one in found.entries]
            texts += [tag for one in found.saved for tag in one.tags]
            assert not any("\x1b" in text or "\n" in text for text in texts), "not clean"
            assert all(quote.text.strip() for one in found.saved for quote in one.highlights), "an empty highlight"
        elif found is not None:
            assert found.sources, "no feed in a list of feeds"


@harness("newsboat", longest=65_536)
def fuzz_newsboat(data: bytes) -> None:
    """A cache.db of newsboat's, damaged or made to harm: read to its end, or refused."""
    path = scratch() / "cache.db"
    path.write_bytes(data)
    with suppress(IngestError):
        foreign.look(str(path))
        found, last = foreign.batch(str(path), 0)
        assert len(found.entries) == len(found.saved), "an article lost its marks"
        assert last >= 0 or found.entries, "no end"
