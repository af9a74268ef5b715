"""A stylesheet of the user's own, laid over ours; what is wrong with it is told, and nothing else comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App

_LARGEST = 1 << 20
"""Bytes that a stylesheet can have; each of them is looked at again whenever the theme changes."""


class OwnStyles:
    """Owns the user's stylesheet while the app is open.

    Args:
        app: the app that is to look as it says.
        path: the file, which need not be there.
    """

    def __init__(self, app: App[Any], path: Path) -> None:
        self._app, self.path = app, path

    def begin(self) -> str:
        """Take the stylesheet before anything is drawn; give what is wrong with it, empty for nothing."""
        try:
            text = read(self.path)
        except OSError as error:
            return f"{self.path}: {error.strerror}"
        if text is None:
            return ""
        wrong = problem(text, self.path, self._app.get_css_variables())
        if not wrong:
            # Ours has to be there first: of two rules that fit as well, the later one counts.
            self._app.stylesheet.read_all(self._app.css_path)
            self._app.stylesheet.add_source(text, self._source)
        return wrong

    def take(self, text: str | None) -> None:
        """Show what a stylesheet says that is right; None takes away what was there."""
        sheet = self._app.stylesheet
        if text is None and sheet.source.pop(self._source, None) is None:
            return
        if text is not None:
            sheet.add_source(text, self._source)
        self._app.refresh_css(animate=False)

    @property
    def _source(self) -> tuple[str, str]:
        return str(self.path), ""


def read(path: Path) -> str | None:
    """Give the text of a stylesheet, None where there is none.

    Raises:
        OSError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return None
    if len(data) > _LARGEST:
        raise OSError(0, "it is larger than a stylesheet can be")
    return data.decode("utf-8", "replace")


def problem(text: str, path: Path, variables: dict[str, str]) -> str:
    """Say what is wrong with a stylesheet, and on which line; empty for nothing.

    Args:
        text: the stylesheet.
        path: its file.
        variables: what it may refer to, by names without a $.
    """
    from textual.css.stylesheet import Stylesheet, StylesheetParseError
    from textual.css.tokenizer import TokenError

    sheet = Stylesheet(variables=variables)
    sheet.add_source(text, (str(path), ""))
    try:
        sheet.parse()
    except StylesheetParseError as error:
        token, why = next(one for rule in error.errors.rules for one in rule.errors)
        line, _ = (token.referenced_by or token).location
        return _told(path, line + 1, _plain(why))
    except TokenError as error:
        # It tells of the end of a file that it is on the line after it.
        return _told(path, min(error.start[0], len(text.splitlines()) or 1), str(error))
    except Exception as error:  # noqa: BLE001 -- whatever it chokes on, the app goes on without it
        return _told(path, 0, str(error) or type(error).__name__)
    return ""


def _told(path: Path, line: int, why: str) -> str:
    where = f"{path}, line {line}" if line else str(path)
    return f"{where}: {' '.join(why.split())}; it is left out"


def _plain(why: object) -> str:
    """Give the first line of one of Textual's explanations, which may have markup."""
    from rich.errors import MarkupError
    from rich.text import Text

    words = str(getattr(why, "summary", why))
    try:
        return Text.from_markup(words).plain
    except MarkupError:
        return words
