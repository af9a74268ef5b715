"""One HTML file of all: readable, printable, without scripts, and nothing is loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final

from reader.library.exporting import dressed, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.library.exporting.chosen import Chosen

_STYLE: Final = base64.b64encode(hashlib.sha256(dressed.LOOK.encode()).digest()).decode()
POLICY: Final = f"default-src 'none'; style-src 'sha256-{_STYLE}'; img-src data:; form-action 'none'; base-uri 'none'"
"""What a browser may load for it: only what is in it."""


def written(chosen: Chosen, title: str, pace: int) -> Iterator[str]:
    """Give the file piece by piece.

    Args:
        chosen: the articles.
        title: what it is called.
        pace: words a minute, for reading times.
    """
    named = prose.escaped(title)
    yield (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        '<meta name="referrer" content="no-referrer"/>\n<meta name="generator" content="reader"/>\n'
        f"<title>{named}</title>\n<style>{dressed.LOOK}</style>\n</head>\n<body>\n<h1>{named}</h1>\n"
    )

    def picture(url: str) -> str:
        found = dressed.kept(chosen.library, url)
        return "" if found is None else f"data:{found[0]};base64,{base64.b64encode(found[1]).decode()}"

    for piece in chosen.pieces():
        language = f' lang="{prose.escaped(piece.content.language)}"' if piece.content.language else ""
        yield f'<article id="a{piece.content.id}"{language}>\n'
        yield from dressed.article(piece, pace, picture)
        yield "</article>\n"
    yield "</body>\n</html>\n"
