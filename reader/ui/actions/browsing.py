"""Opening an address in the browser, and telling when there is none. Only those of the web and of mail are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.actions.stage import Stage


def browse(stage: Stage, url: str, opened: str, otherwise: str) -> None:
    """Open an address in the browser.

    Args:
        stage: the screen.
        url: the address.
        opened: said when it is open.
        otherwise: said when there is no browser.
    """
    from reader.model.links import address

    if not address(url).host:
        stage.say("This is no address of a page: it cannot be opened.", warning=True)
        return
    app = stage.pane.app
    if app.is_web:  # the browser is the one that shows the app
        app.open_url(url)
        stage.say(opened)
        return
    import webbrowser

    def told(there: bool) -> None:
        stage.say(opened if there else otherwise, warning=not there)

    # Some browsers answer only after seconds.
    stage.in_background(lambda: webbrowser.open(url), told)
