"""An app that fails in good order: the terminal as it was, a report without what is private, a line that names it.

Textual's own way prints the traceback with the values of variables, which are what is being read.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.app import App

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType


@runtime_checkable
class KeepsDraft(Protocol):
    """A dialogue in which something is being written."""

    def keep_draft(self) -> None:
        """Keep it now: the app is about to end."""


class FailingApp(App[None]):
    """Ends when something in it fails, and tells it in `failure`; nothing is printed."""

    failure: tuple[str, ...] = ()
    """What is to be said once the terminal is given back, a line each; empty while nothing has failed."""

    def _handle_exception(self, error: Exception) -> None:
        """Take what nobody caught; it is Textual's, and all of it comes through here."""
        self.fail(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End; what Textual would print may be private."""
        del renderables
        self._return_code = 1
        self._close_messages_no_wait()

    def fail(self, error: BaseException) -> None:
        """Write the report of what failed first; the rest follows from it."""
        if self.failure:
            return
        from reader import crash

        self.failure = ("it failed",)
        with suppress(Exception):
            self.prepare_end()
        cause = getattr(error, "error", None)  # of what fails in a worker
        error = cause if isinstance(cause, BaseException) else error
        self.failure = crash.told(error, self.reports, self._facts())

    def keep_drafts(self) -> None:
        """Keep what is being written."""
        for dialogue in self.screen_stack if self.is_running else ():
            if isinstance(dialogue, KeepsDraft):
                dialogue.keep_draft()

    def _facts(self) -> dict[str, object]:
        facts: dict[str, object] = {"terminal": "", "articles": ""}
        with suppress(Exception):
            facts["terminal"] = f"{self.size.width} x {self.size.height}"
            facts["screens"] = ", ".join(type(screen).__name__ for screen in self.screen_stack)
            facts["focus"] = type(self.focused).__name__
        with suppress(Exception):
            facts["articles"] = self.count_articles()
        return facts

    # -- to be told by the app itself

    @property
    def reports(self) -> Path:
        """The folder for reports."""
        raise NotImplementedError

    def prepare_end(self) -> None:
        """Save what is not saved yet; the app ends now."""

    def count_articles(self) -> int:
        """Count what is in the library."""
        raise NotImplementedError
