"""The `reader` command: opens the app, or runs one headless verb."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # typing takes as long to import as the first picture to paint
if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ingest.found import Found
    from reader.ui.prelude.standing import Standing

_FRAMES = "TEXTUAL_FPS"
_IN_BROWSER = "textual.drivers.web_driver:WebDriver"


def main() -> int:
    """Run what the command line asks for, and give the exit status."""
    arguments = sys.argv[1:]
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _stand_in()
    try:
        if arguments[:1] == ["--complete"]:
            return _run(arguments)  # what follows are words of somebody who still types
        if any(one.startswith("--set") for one in arguments):
            from reader.cli import overriding

            return overriding.main(arguments, _logged)
        return _logged(arguments)
    except Exception as error:  # noqa: BLE001 -- people get a line, and a report without what is theirs
        return _crashed(error)


def _logged(arguments: list[str]) -> int:
    if os.environ.get("READER_LOG") or any(one.startswith("--log") for one in arguments):
        from reader.cli import logged

        return logged.main(arguments, _run)
    return _run(arguments)


def _run(arguments: list[str]) -> int:
    if not arguments:
        return open_app()

    from reader import cli

    return cli.main(arguments, open_app)


def _crashed(error: Exception) -> int:
    from reader import crash, settings

    try:
        folder = settings.places().data / crash.FOLDER
    except OSError as refused:
        return _failed(str(refused))
    return max(_failed(told) for told in crash.told(error, folder))


def _stand_in() -> None:
    """Give the streams that are closed a file, or one of ours got its number, and what is printed after that."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # What is printed is missed, so writing fails; what is said to nobody is not.
            file = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            os.set_inheritable(file, True)  # noqa: FBT003 -- it has no name for it
            setattr(sys, name, open(file, "w" if number else "r"))  # noqa: PTH123, SIM115 -- it stays as long as we do


def open_app(preview: Found | None = None, location: str = "") -> int:
    """Open the app, and give the exit status.

    Args:
        preview: entries only to be read, kept if the reader says so; None for the library.
        location: where they came from; `-` for standard input, whose place the terminal then takes.
    """
    # Importing makes many objects and no garbage; the screen switches collecting on again after its first frame.
    gc.disable()
    standing: Standing | None = None
    try:
        standing = _first_picture() if preview is None else None
        return _opened(preview, location, standing)
    except KeyboardInterrupt:
        return 128 + 2  # SIGINT, before the app took the keys
    finally:
        if standing is not None:
            standing.leave()


def _first_picture() -> Standing | None:
    if sys.platform == "win32" or any(one.startswith("--set") for one in sys.argv):
        return None  # it was drawn under other settings
    from reader.ui.prelude.opening import paint

    return paint()


def _opened(preview: Found | None, location: str, standing: Standing | None) -> int:
    from reader import settings
    from reader.library import ERRORS
    from reader.model.signs import encoding

    troubles: list[str] = []
    try:
        if location == "-":
            os.dup2(os.open("/dev/tty", os.O_RDONLY), 0)
        if os.environ.get("TEXTUAL_DRIVER") == _IN_BROWSER:
            pass  # a page is its terminal
        elif not (sys.stdin.isatty() and sys.stdout.isatty()):
            return _failed("the app needs a terminal; `reader list` prints the articles")
        elif not sys.stderr.isatty():
            sys.stdout.write("reader: the app is drawn on standard error, which is no terminal: leave it as it is\n")
            return 1
        elif os.environ.get("TERM") == "dumb":
            return _failed("this terminal (TERM=dumb) cannot show the app; `reader list` prints the articles")
        # Textual writes there what it draws; Python may take another encoding than the terminal's.
        written = encoding(os.environ)
        getattr(sys.stderr, "reconfigure", lambda **_: None)(encoding=written, errors="replace")
        run = _app()
        places = settings.places()
        known = settings.load(places.settings)
        status = run(places, *known, preview=preview, location=location, said=troubles.append, standing=standing)
    except ERRORS as error:
        if standing is not None:
            standing.leave()
        return _failed(str(error))
    return max((_failed(trouble) for trouble in troubles), default=status)


def _app() -> Callable[..., int]:
    """Import the app; Textual, which reads that only then, is told to draw what is new within 4 ms, not 16."""
    given = os.environ.get(_FRAMES)
    os.environ[_FRAMES] = given or "250"
    from reader.ui.app import run

    if given is None:
        del os.environ[_FRAMES]  # else the programs that are started from here had it too
    return run


def _failed(why: str) -> int:
    sys.stderr.write(f"reader: {why}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
