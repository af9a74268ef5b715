"""`reader web`: the app in a browser of this computer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.terminal import Failure, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MORE: Final = """\
The address holds a token, new each time: who has it has your library, so keep it to yourself. Without it every
request is refused. The server listens on this computer alone; Ctrl+C ends it, and the apps in open pages with it.
One page writes, as one reader does; others show."""
_PORTS: Final = range(65536)


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    parser = Parser("web", "Serve the app to a browser of this computer.", _MORE)
    parser.add_argument("--port", type=int, default=0, metavar="N", help="where to listen; otherwise any free port")
    parser.add_argument("--open", action="store_true", help="open the address in your browser")
    return parser


def web(arguments: Sequence[str]) -> int:
    """Serve the app until it is interrupted."""
    asked = _parser().parse_args(arguments)
    if asked.port not in _PORTS:
        raise Failure("web", f"--port: {asked.port} is no port; there are {_PORTS[0]} to {_PORTS[-1]}", 2)
    try:
        from reader.web.server import ReaderServer, listen
    except ImportError as error:
        raise Failure("web", f"it needs the extra web ({error.name}): install terminal-reader[web]") from None

    def told(address: str) -> None:
        say(f"The app is at {address}\nCtrl+C ends it.")
        sys.stdout.flush()
        if asked.open:
            import webbrowser

            webbrowser.open(address)

    try:
        door = listen(asked.port)
    except OSError as error:
        raise Failure("web", f"port {asked.port} cannot be had: {error.strerror}") from None
    ReaderServer([sys.executable, "-m", "reader"], door, told).run()
    return 0
