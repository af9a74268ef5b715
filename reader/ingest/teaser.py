"""The first words of a Markdown text, as a list shows them."""

from __future__ import annotations

import re
from typing import Final

WORDS: Final = 60

_LOOKED_AT: Final = 12_000
_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1`*~*\s*$|\Z)", re.MULTILINE | re.DOTALL)
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}(?:[ \t][^\n]*)?$", re.MULTILINE)
_UNDERLINED: Final = re.compile(r"(?![ \t]*(?:[->*+|]|\d+[.)]))[^\n]+\n {0,3}(?:={2,}|-{2,})[ \t]*(?:\n|\Z)")
_RULE: Final = re.compile(r"^ {0,3}(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$", re.MULTILINE)
_NOT_PROSE: Final = re.compile(r" {0,3}(?:\||\[\^?[^\]\n]{1,200}\]:|<)|(?: {4}|\t)")
_PARTED: Final = re.compile(r"\n\s*\n")
_LEADING: Final = re.compile(r"^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|:[ \t]+)+", re.MULTILINE)
_IMAGE: Final = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_LINK: Final = re.compile(
    r"\[([^\[\]\n]{0,500})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\))?[^()\n]{0,500}\)|\[[^\]\n]{0,200}\])"
)
_NOTE: Final = re.compile(r"\[\^[^\]\n]{1,100}\]")
_EMPHASIS: Final = re.compile(r"(?<!\\)(?:\*{1,3}|~~|`+|(?<!\w)_{1,3}|_{1,3}(?!\w))")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCRIPT: Final = re.compile(r"(?<=[\w)])[~^]([\w+−-]{1,20})[~^]")


def teaser(markdown: str) -> str:
    """Give the first words of the paragraphs of a text, without its marks and its headings."""
    words: list[str] = []
    text = _HEADING.sub("\n", _FENCE.sub("", markdown[:_LOOKED_AT]))
    for part in _PARTED.split(text):
        block = part.strip("\n")
        if not block.strip() or _NOT_PROSE.match(block):
            continue
        block = _RULE.sub("", block[headed.end() :] if (headed := _UNDERLINED.match(block)) else block)
        words += plain(block).split()
        if len(words) > WORDS:
            return " ".join(words[:WORDS]) + " …"
    return " ".join(words)


def plain(markdown: str) -> str:
    """Give a paragraph or a headline without its marks."""
    text = _NOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", _LEADING.sub("", markdown))))
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _SCRIPT.sub(r"\1", text)))
