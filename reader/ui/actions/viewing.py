"""Views, order, room, help: how things are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.listing import VIEWS, Filter
from reader.model.source import GUIDE
from reader.ui.actions import action
from reader.ui.actions.browsing import browse

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage


def _view_action(view: str) -> None:
    @action(f"view.{view}")
    def show(stage: Stage) -> None:
        stage.lists.show(Filter(view))


for _view in VIEWS:
    _view_action(_view)


@action("view.guide")
def guide(stage: Stage) -> None:
    """Show the built-in guide, or leave it."""
    shown = stage.listing.filter.source == GUIDE
    stage.lists.show(Filter() if shown else Filter(source=GUIDE))


@action("search")
def search(stage: Stage) -> None:
    """Search everything."""
    stage.lists.open_search()


@action("view.filter")
def narrow(stage: Stage) -> None:
    """Narrow the view."""
    stage.lists.open_filter()


@action("view.renew")
def renew(stage: Stage) -> None:
    """Show what came meanwhile."""
    stage.lists.renew()


@action("view.sort")
def sort(stage: Stage) -> None:
    """Choose the order and the headings."""
    from reader.ui.dialogs.sorting import SortScreen

    listing = stage.listing
    screen = SortScreen(listing.order, listing.grouping, ranked=_ranked(listing.filter.words))
    stage.ask(screen, lambda chosen: stage.lists.sort(*chosen))


def _ranked(words: str) -> bool:
    if not words:
        return False
    from reader.model.query import is_ranked, parse

    return is_ranked(parse(words))


@action("view.compact")
def compact(stage: Stage) -> None:
    """Change between one line an article and all of it."""
    stage.articles.compact = not stage.articles.compact


@action("view.zen")
def zen(stage: Stage) -> None:
    """Show the article alone, or everything again."""
    if stage.opened is None:
        return
    stage.room.toggle_zen()


@action("view.theme")
def theme(stage: Stage) -> None:
    """Change between light and dark."""
    stage.theming.toggle()


@action("view.themes")
def themes(stage: Stage) -> None:
    """Choose a theme, each shown while one looks at it."""
    from reader.ui.dialogs.themes import ThemesScreen

    theming = stage.theming
    stage.ask(ThemesScreen(theming), theming.choose)


@action("split.narrower")
def split_narrower(stage: Stage) -> None:
    """Give the list less room."""
    stage.room.widen_list(-4)


@action("split.wider")
def split_wider(stage: Stage) -> None:
    """Give the list more room."""
    stage.room.widen_list(4)


@action("measure.narrower")
def measure_narrower(stage: Stage) -> None:
    """Make lines of text shorter."""
    stage.room.widen_text(-2)


@action("measure.wider")
def measure_wider(stage: Stage) -> None:
    """Make lines of text longer."""
    stage.room.widen_text(2)


@action("article.open_in_browser")
def open_in_browser(stage: Stage) -> None:
    """Open the article's link."""
    row = stage.row
    if row is None:
        return
    if row.url is None or not row.url.startswith(("https://", "http://")):
        stage.say("This article came without a link.")
        return
    none = f"No browser was found on this computer. {stage.key('copy')} copies the link."
    browse(stage, row.url, f"Opened {row.url}", none)


@action("copy")
def copy(stage: Stage) -> None:
    """Copy what is selected by keys or with the mouse, else the link, else the headline."""
    row, opened, passage = stage.row, stage.opened, stage.selecting.passage
    said = opened.document.said(passage) if opened is not None and passage is not None else ""
    selected = said or stage.pane.screen.get_selected_text()
    lost = stage.pane.orphan_at(stage.pane.cursor) if stage.reading else None
    quote = lost.quote.exact if lost is not None else ""
    text = selected or quote or (row.url or row.title if row else "")
    if not text:
        return
    stage.pane.app.copy_to_clipboard(text)
    what = "the selection" if selected else "the quote" if quote else "the link" if row and row.url else "the headline"
    stage.say(f"Copied {what}.")


@action("help")
def show_help(stage: Stage) -> None:
    """Show all keys."""
    from reader.ui.dialogs.help import HelpScreen

    stage.ask(HelpScreen(), lambda command: stage.run(command))


@action("palette")
def palette(stage: Stage) -> None:
    """Find a command by its name."""
    stage.pane.app.action_command_palette()


@action("quit")
def leave(stage: Stage) -> None:
    """Leave the app; ask first when marks could not be saved."""
    from reader.ui.dialogs.prompts import ConfirmScreen

    trouble = stage.library.unsaved
    if trouble is None:
        stage.pane.app.exit()
        return
    question = f"{trouble}\nLeave all the same? The last marks will be lost."
    stage.ask(ConfirmScreen(question, final=True), lambda yes: stage.pane.app.exit() if yes else None)
