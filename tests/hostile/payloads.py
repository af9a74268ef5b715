"""What may be hidden in a text: one of every family, each around a token by which it is found again."""

from __future__ import annotations

import html
import itertools
import re
from typing import Final

ESC: Final = "\x1b"
TOKEN: Final = re.compile(r"zq\d{6}x")
AT: Final = "@@"
"""Stands for the token in the families."""

TERMINAL: Final = {
    "colour": f"{ESC}[31m@@{ESC}[0m",
    "clear and home": f"{ESC}[2J{ESC}[H@@",
    "alternate screen": f"{ESC}[?1049l@@",
    "mouse": f"{ESC}[?1000h{ESC}[?1006h@@",
    "bracketed paste": f"{ESC}[200~@@{ESC}[201~",
    "report": f"{ESC}[6n{ESC}[21t{ESC}[c@@",
    "window": f"{ESC}[8;1;1t@@",
    "keys": f"{ESC}[>4;2m{ESC}[>1u@@",
    "scroll region": f"{ESC}[1;2r@@",
    "title": f"{ESC}]0;@@\x07",
    "title, ST": f"{ESC}]2;@@{ESC}\\",
    "palette": f"{ESC}]4;1;@@\x07{ESC}]11;?{ESC}\\",
    "folder": f"{ESC}]7;file://h/@@{ESC}\\",
    "link": f"{ESC}]8;;file:///@@{ESC}\\a{ESC}]8;;{ESC}\\",
    "notice": f"{ESC}]9;@@\x07{ESC}]777;notify;@@;b\x07",
    "font": f"{ESC}]50;@@\x07",
    "clipboard": f"{ESC}]52;c;@@\x07",
    "clipboard, asked": f"{ESC}]52;c;?\x07@@",
    "picture, iTerm": f"{ESC}]1337;File=name=@@;inline=1:QUJD\x07",
    "pointer": f"{ESC}]22;@@{ESC}\\",
    "picture, sixel": f"{ESC}Pq#0;2;0;0;0#0@@{ESC}\\",
    "picture, kitty": f"{ESC}_Ga=T,f=24;@@{ESC}\\",
    "device control": f"{ESC}P$q@@{ESC}\\",
    "tmux": f"{ESC}Ptmux;{ESC}{ESC}]0;@@\x07{ESC}\\",
    "application": f"{ESC}_@@{ESC}\\",
    "privacy": f"{ESC}^@@{ESC}\\",
    "start of string": f"{ESC}X@@{ESC}\\",
    "single shifts": f"{ESC}NA{ESC}OA@@",
    "reset": f"{ESC}c@@",
    "test picture": f"{ESC}#8@@",
    "charset": f"{ESC}(0@@",
    "colour, 8 bit": "\x9b31m@@\x9b0m",
    "title, 8 bit": "\x9d0;@@\x9c",
    "device control, 8 bit": "\x90$q@@\x9c",
    "strings, 8 bit": "\x9f@@\x9c\x9e@@\x9c\x98@@\x9c",
    "shifts, 8 bit": "\x8eA\x8fA\x84\x85\x8d@@",
    "unfinished title": f"@@{ESC}]0;@@",
    "unfinished colour": f"@@{ESC}[38;5;",
    "unfinished strings": f"{ESC}P@@{ESC}_@@",
    "put together": f"{ESC}{ESC}[31m[31m@@{ESC}[{ESC}[31m",
    "lone escape": f"@@{ESC}",
    "its other half": "]0;@@\x07[31m@@",
    "carriage return": "plain\r@@",
    "backspace": "@@\b\b\b\b",
    "bell and NUL": "\x07\x00@@\x05\x0e\x0f\x11\x13",
    "feeds": "@@\v\f\x1c\x1d\x1e\x1f@@",
    "delete": "@@\x7f\x7f",
}
"""What drives a terminal."""

HIDDEN: Final = {
    "bidi overrides": "\u202e@@\u202d\u202a\u202b\u202c",
    "bidi isolates": "\u2066@@\u2067\u2068\u2069",
    "bidi marks": "\u200e@@\u200f\u061c",
    "zero width": "z\u200bero@@\u200b\u2060\ufeff\u00ad",
    "joiners": "pay\u200dpal\u200c@@",
    "tags": "@@\U000e0041\U000e0042\U000e007f\U000e0100",
    "fillers": "@@\u3164\uffa0\u115f",
    "lines": "@@\u2028\u2029@@",
    "flood": "@@Z" + "\u0301\u0489\u20dd" * 60,
    "noncharacters": "@@\ufffe\ufdd0\U0001ffff",
}
"""What hides, or turns a text around."""

MARKUP: Final = {
    "Rich": "[red]@@[/red] [bold on blue]",
    "action": "[@click=app.quit]@@[/]",
    "link, Rich": "[link=file:///@@]x[/link]",
    "stray end": "[/]@@[/red]",
    "variable": "[$primary]@@ [bold",
    "backslash": "\\[red]@@\\",
}
"""What Rich and Textual would take for markup."""

COMMANDS: Final = {
    "shell": "$(touch @@) `touch @@` ;touch @@; |touch @@ &",
    "option": "--help -oProxyCommand=touch${IFS}@@ --",
    "format": "{0.__class__} %s%n %(x)s ${HOME} @@",
    "query": "' OR 1=1;-- \" NEAR( * @@",
    "template": "{{7*7}} <%= @@ %> #{@@}",
}
"""What a shell, a program, a database would take for a command."""

FAMILIES: Final = TERMINAL | HIDDEN | MARKUP | COMMANDS


class Tokens:
    """Gives tokens, each once, and knows where each was put."""

    def __init__(self) -> None:
        self._count = itertools.count(1)
        self.places: dict[str, str] = {}

    def token(self, place: str) -> str:
        """Give a token that nobody has yet."""
        token = f"zq{next(self._count):06}x"
        self.places[token] = place
        return token

    def hidden(self, family: str, place: str) -> str:
        """Give what a family hides, with a token of its own."""
        return FAMILIES[family].replace(AT, self.token(f"{place}: {family}"))


def groups(size: int) -> list[tuple[str, ...]]:
    """Give all families, some at a time, for texts that are cut when they are long."""
    names = list(FAMILIES)
    return [tuple(names[start : start + size]) for start in range(0, len(names), size)]


def in_xml(text: str) -> str:
    """Write a text into XML, its controls as they are: XML forbids them, and feeds have them."""
    return html.escape(text)


def as_references(text: str) -> str:
    """Write a text into XML or HTML, its controls and what hides as numbers."""
    return "".join(html.escape(char) if " " <= char <= "~" else f"&#{ord(char)};" for char in text)


def twice(text: str) -> str:
    """Write a text into XML as HTML in which its controls are numbers."""
    return html.escape(as_references(text))


WAYS: Final = (in_xml, as_references, twice)
"""The ways that a text gets into XML and HTML."""
