"""What is said and what is answered in linear mode: plain lines, one after the other."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING, Final

from reader.cli import terminal
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PROMPT: Final = "> "
_COMMAND: Final = re.compile(r"([^\W\d]+|[?+])\s*(.*)", re.DOTALL)


class EndOfInput(Exception):  # noqa: N818 -- it ends a talk; it is no mistake
    """Nothing more will be typed."""


class Quit(Exception):  # noqa: N818 -- as above
    """The reader wants to leave."""


class Talk:
    """Says things on standard output and hears what is typed on standard input."""

    def __init__(self) -> None:
        self._stdin = sys.stdin
        if isinstance(self._stdin, io.TextIOWrapper):
            self._stdin.reconfigure(encoding="utf-8", errors="replace")
        self._person = self._stdin.isatty()

    def take_terminal(self) -> bool:
        """Hear the terminal from now on: standard input was something to read. Tells whether there is one."""
        try:
            self._stdin = open("/dev/tty", encoding="utf-8", errors="replace")  # noqa: SIM115, PTH123 -- to the end
        except OSError:
            return False
        self._person = True
        return True

    def say(self, *texts: str) -> None:
        """Say each text as a line of its own."""
        for text in texts:
            terminal.say(terminal.line(text))

    def ask(self, question: str = "") -> str:
        """Give what is typed in answer.

        Raises:
            EndOfInput: nothing will be.
        """
        if question:
            self.say(question)
        if self._person:  # whoever pipes commands does not need to be asked
            terminal.write(_PROMPT)
        terminal.flush()
        answer = self._stdin.readline()
        if not answer:
            if self._person:
                terminal.say()
            raise EndOfInput
        return answer.rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A command: its names, the first of them a letter; what it does, called with what follows; and its help."""

    names: tuple[str, ...]
    do: Callable[[str], None]
    help: str


def follow(typed: str, words: Sequence[Word], talk: Talk) -> None:
    """Do what was typed, or say that it is no command."""
    found = _COMMAND.fullmatch(typed.strip())
    name, rest = (found[1].lower(), found[2]) if found else (typed.strip(), "")
    word = next((word for word in words if name in word.names), None)
    if word is None:
        talk.say(f"“{terminal.line(typed.strip())}” is no command here. ? tells the commands.")
    else:
        word.do(rest.strip())


def tell_help(words: Sequence[Word], more: Sequence[str], talk: Talk) -> None:
    """Tell the commands, each followed by Enter."""
    talk.say("Each command is followed by Enter.", *more)
    for word in words:
        talk.say(f"{' or '.join(word.names)}: {word.help}")


def number(text: str) -> int | None:
    """Give the number that a text is, None when it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def counted(count: int, one: str, many: str = "") -> str:
    """Say how many there are."""
    return f"1 {one}" if count == 1 else f"{count:,} {many or one + 's'}"
