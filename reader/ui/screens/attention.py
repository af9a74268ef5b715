"""When an article counts as read, and how long it is read: decided here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.screens.reading_time import ReadingTime

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from reader.settings import Settings


class Attention:
    """Follows the focus, and marks an article read once a visit when the settings say so.

    Args:
        settings: `mark_read` and `mark_read_seconds`.
        later: runs something after some seconds.
        mark: marks the article of this id read.
        log: is told for how many seconds an article was read.
    """

    def __init__(
        self,
        settings: Settings,
        later: Callable[[float, Callable[[], None]], Timer],
        mark: Callable[[int], None],
        log: Callable[[int, int], None] = lambda _article, _seconds: None,
    ) -> None:
        self._settings, self._later, self._mark = settings, later, mark
        self._article: int | None = None
        self._done = False
        self._timer: Timer | None = None
        self.time = ReadingTime(log)
        """How long the article is read."""
        self.just_marked = False
        """Whether the mark of this visit was made here, and not by the reader."""

    def prefer(self, settings: Settings) -> None:
        """Follow other settings from now on; a clock that runs begins again."""
        if self._settings == settings:
            return
        running = self._timer is not None and not self._done
        self._wait()
        self._settings = settings
        if running:
            self.resume()

    def enter(self, article: int) -> None:
        """The focus came to an article, or it was opened on purpose."""
        if article == self._article:
            return
        self.leave()
        self._article, self._done = article, False
        self.time.begin(article)
        if self._settings.mark_read == "on_open":
            self._seen()
        self.resume()

    def pause(self) -> None:
        """Something lies over the article: nobody reads it."""
        self._wait()
        self.time.pause()

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def resume(self) -> None:
        """The article can be read, again or for the first time."""
        self.time.go_on()
        if self._settings.mark_read == "after_seconds" and self._article is not None and not self._done:
            self._wait()
            self._timer = self._later(self._settings.mark_read_seconds, self._seen)

    def leave(self) -> None:
        """The focus went elsewhere."""
        self._wait()
        self.time.end()
        self._article, self._timer, self.just_marked = None, None, False

    def end_seen(self) -> None:
        """The end of the article came into view while it had the focus."""
        if self._settings.mark_read == "at_end":
            self._seen()

    def decided(self) -> bool:
        """The reader marked the article; that stands for this visit. Tells whether it was marked here before."""
        itself, self._done, self.just_marked = self.just_marked, True, False
        return itself

    def _seen(self) -> None:
        if self._article is not None and not self._done:
            self._done = self.just_marked = True
            self._mark(self._article)
