"""One article as HTML: its head, its body, the notes on it and the highlights in it; and how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.ingest import sanitize
from reader.library.documents import document_of, note
from reader.library.exporting import prose
from reader.library.exporting.markup import byline, day
from reader.storage import pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reader.library import Library
    from reader.library.exporting.chosen import Piece
    from reader.model.annotation import Highlight

LOOK: Final = """\
body { max-width: 36em; margin: 2em auto; padding: 0 1em; font-family: Georgia, serif; line-height: 1.5; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; }
article { margin-bottom: 4em; }
ul { list-style: none; padding-left: 0; }
li.depth2 { margin-left: 2em; } li.depth3 { margin-left: 4em; } li.depth4 { margin-left: 6em; }
li.depth5, li.depth6 { margin-left: 8em; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.85em; }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: 0.2em 0.5em; text-align: left; }
img { max-width: 100%; height: auto; }
figure { margin: 1em 0; }
.byline, .meta, .about, .caption, .picture { font-size: 0.85em; opacity: 0.75; }
.marks { border-top: 1px solid; margin-top: 2em; }
blockquote.yellow { border-left: 0.3em solid #c9a400; } blockquote.green { border-left: 0.3em solid #3c8c40; }
blockquote.blue { border-left: 0.3em solid #2a6fbb; } blockquote.red { border-left: 0.3em solid #b8332b; }
blockquote { margin-left: 0; padding-left: 1em; border-left: 0.1em solid; }
@media print { body { max-width: none; margin: 0; } article { break-before: page; }
  article:first-of-type { break-before: auto; } a { color: inherit; text-decoration: none; } }
"""
_DRAWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Kinds of pictures that hold nothing but a picture."""


def kept(library: Library, url: str) -> tuple[str, bytes] | None:
    """Give a picture that is kept, its kind and its bytes, None where there is none that is only a picture."""
    found = pictures.of(library.cache, url, now=0)
    if found is None:
        return None
    kind = found.type.partition(";")[0].strip().lower()
    return (kind, found.data) if kind in _DRAWN else None


def article(piece: Piece, pace: int, picture: Callable[[str], str]) -> Iterator[str]:
    """Give one article, piece by piece; `pace` is in words a minute.

    Args:
        piece: the article.
        pace: words a minute, for its reading time.
        picture: gives what an `img` is to show for a picture's address, empty where it is not at hand.
    """
    made = piece.article
    row, url = made.row, sanitize.link(made.row.url)
    yield f"<h2>{prose.escaped(row.title)}</h2>\n"
    yield f'<p class="byline">{prose.escaped(byline(made, pace))}</p>\n'
    yield from (f'<p class="meta">{prose.escaped(one)}</p>\n' for one in made.meta)
    if url:
        yield f'<p class="meta"><a href="{prose.escaped(url)}">{prose.escaped(url)}</a></p>\n'
    yield from prose.body(document_of(made), url or "", picture)
    yield from _marks(piece, picture)


def _marks(piece: Piece, picture: Callable[[str], str]) -> Iterator[str]:
    did = piece.did
    if not (did.notes or did.highlights or did.tags):
        return
    yield '<div class="marks">\n'
    if did.tags:
        yield f'<p class="about">Tags: {prose.escaped(", ".join(did.tags))}</p>\n'
    if did.notes:
        yield "<h3>Notes</h3>\n"
    for written in did.notes:
        yield from prose.body(note(written.text), "", picture)
    if did.highlights:
        yield "<h3>Highlights</h3>\n"
    for one in sorted(did.highlights, key=lambda one: (one.quote.block, one.quote.offset, one.id)):
        yield _quoted(one)
    yield "</div>\n"


def _quoted(one: Highlight) -> str:
    words = "".join(f"<p>{prose.escaped(part)}</p>" for part in one.quote.exact.split("\n") if part.strip())
    about = ", ".join(part for part in (one.color, day(one.created)) if part)
    said = f'<p class="about">{prose.escaped(about)}</p>'
    told = f"<p>{prose.escaped(one.note).replace(chr(10), '<br/>')}</p>" if one.note else ""
    return f'<blockquote class="{one.color}">{words}</blockquote>\n{said}{told}\n'
