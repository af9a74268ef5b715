"""The articles that are exported: given one after the other, whole, with what the reader did with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.article import Article, Row
from reader.storage import outgoing
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.library import Library
    from reader.model.exported import Content, Did

AT_ONCE: Final = 200
"""Articles that are held in memory at a time."""


class Stopped(Exception):  # noqa: N818 -- it is no mistake
    """The user stopped it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of an export; `source` is its source's title."""

    key: int
    content: Content
    did: Did
    source: str

    @property
    def article(self) -> Article:
        """The article as it is read."""
        content = self.content
        text, markdown = content.shown
        row = Row(
            content.id, self.key, content.title, content.author, content.section, self.source, content.excerpt,
            content.cut, content.words, content.published, content.url,
        )  # fmt: skip
        return Article(row, text, markdown, content.meta, content.source, content.added)


class Chosen:
    """The articles of an export.

    Args:
        library: the library.
        keys: of the articles, in their order; None for all of them, in the order of their ids.
        tell: told how many of how many are done.
        stop: is asked now and then whether to stop.
    """

    def __init__(
        self,
        library: Library,
        keys: Sequence[int] | None = None,
        tell: Callable[[int, int], None] = lambda _done, _total: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.library, self.whole = library, keys is None
        self.count = 0
        """How many articles the last walk over them gave."""
        self._keys, self._tell, self._stop = keys, tell, stop

    def pieces(self, *, by_id: bool = False) -> Iterator[Piece]:
        """Give each article.

        Args:
            by_id: in the order of their ids, whatever the order of the keys.

        Raises:
            Stopped: the user stopped it.
        """
        cache, marks = self.library.cache, self.library.marks
        keys = outgoing.keys(cache) if self._keys is None else self._keys
        if by_id and self._keys is not None:
            keys = outgoing.by_id(cache, keys)
        titles = {source.id: source.title for source, _ in cache.sources()}
        self.count = 0
        for start in range(0, len(keys), AT_ONCE):
            if self._stop():
                raise Stopped
            self._tell(start, len(keys))
            found = list(outgoing.contents(cache, keys[start : start + AT_ONCE]))
            for (key, content), did in zip(found, marks.did([content.id for _, content in found]), strict=True):
                self.count += 1
                yield Piece(key, content, did, titles.get(content.source, content.source))
