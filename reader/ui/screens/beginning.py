"""What is done once the first frame is out: the marks are opened, the guide is renewed, what is used soon is loaded."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reader.ui.screens.reading import ReadingScreen

_TURN: Final = 0.0005
"""Seconds after which a thread that works lets another have its turn."""

_MADE: Final = 10_000
"""Objects after which garbage is looked for: a frame makes a thousand or two, which are gone with the next one."""

SOON: Final = (
    "reader.model.anchoring",
    "reader.model.finding",
    "reader.ui.widgets.find_bar",
    "reader.ui.screens.finding",
    "reader.ui.dialogs.links",
    "reader.ui.dialogs.note",
    "reader.ui.screens.notebook",
    "reader.ui.screens.searching",
    "reader.ui.widgets.found",
    "reader.model.terms",
    "reader.ui.dialogs.sorting",
    "reader.ui.dialogs.tags",
    "reader.ui.screens.history",
    "reader.ui.screens.marked",
)
"""What the first uses of many keys would have to load, and hold the key for that long."""


def begin(screen: ReadingScreen) -> None:
    """Open the marks, then whatever needs them."""
    import reader.ui.actions  # noqa: F401 -- so that the first key does not wait for it

    if screen.settings.commands:
        _ = screen.own
    # The loop lets other threads run whenever it looks for keys; it is not to wait long for its turn after that.
    sys.setswitchinterval(_TURN)

    screen.in_background(lambda: _open_marks(screen), lambda _: _marks_opened(screen))


def _open_marks(screen: ReadingScreen) -> None:
    _ = screen.library.marks
    screen.library.hooks.tell = lambda text: _complain(screen, text)
    import_module("reader.ingest.markdown").document("")  # else the first key would wait for it


def _marks_opened(screen: ReadingScreen) -> None:
    if not gc.isenabled():
        gc.freeze()  # what is there now stays; to look at all marks again and again would halt the keys
        gc.set_threshold(_MADE)
        gc.enable()
    screen.in_background(_load, lambda _: None)
    library = screen.library
    if not library.read_only:
        screen.in_background(lambda: library.subscriptions.add_guide(), lambda _: None)
        screen.refreshing.begin()
    if screen.settings.rules:
        # What came last, when this was closed, is still to be looked at.
        screen.in_background(lambda: (library.rules.misunderstood(), library.came()), lambda told: _tell(screen, *told))
    notices = [*library.notices, *screen.clashes, *([library.why_read_only] if library.read_only else [])]
    if notices:
        screen.say("\n".join(notices), warning=True)
    screen.shown.again()
    screen.ahead.later()
    screen.retag()
    if screen.view_tree is not None:
        screen.views.changed(at_once=True)


def _complain(screen: ReadingScreen, text: str) -> None:
    with suppress(RuntimeError):  # the app has ended meanwhile
        screen.call_later(screen.say, text, warning=True)  # which a thread may, and which waits for nobody


def _tell(screen: ReadingScreen, wrong: list[str], ruled: tuple[str, ...]) -> None:
    if wrong or ruled:
        screen.say("\n".join((*wrong, *ruled)), warning=bool(wrong))


def _load() -> None:
    """Load what is used soon; the keys pressed meanwhile have their turn."""
    for name in SOON:
        import_module(name)
