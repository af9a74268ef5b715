"""`reader completion`: what a shell needs to complete the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.terminal import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHELLS: Final = ("bash", "zsh", "fish")
_FOLDER: Final = Path(__file__).with_name("shells")
_EPILOG: Final = """\
bash   in ~/.bashrc:  eval "$(reader completion bash)"
zsh    in ~/.zshrc, after compinit:  eval "$(reader completion zsh)"
fish   once:  reader completion fish > ~/.config/fish/completions/reader.fish

Verbs, options and files are completed, and what the library knows: articles, sources, tags, views, folders and
copies of the marks. It is read at each Tab, so that what is offered is what there is."""


def parsers() -> Iterator[Parser]:
    """Give the parser of the verb that is here."""
    yield _parser()


def _parser() -> Parser:
    parser = Parser("completion", "Print what completes the command line of reader in a shell.", _EPILOG)
    parser.add_argument("shell", choices=SHELLS, metavar="|".join(SHELLS), help="the shell")
    return parser


def completion(arguments: Sequence[str]) -> int:
    """Print the script of a shell."""
    options = _parser().parse_args(arguments)
    write((_FOLDER / f"reader.{options.shell}").read_text("utf-8"))
    return 0
