"""Articles as Markdown: with front matter for a folder of notes, or one after the other in one file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from reader.library.exporting.markup import (
    body_as_markdown,
    escaped,
    headed,
    quoted_as_markdown,
)
from reader.model.annotation import AT_END
from reader.model.printable import json as guarded
from reader.model.printable import line, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.library.exporting.chosen import Chosen, Piece

MARKER: Final = "<!-- reader: what you write below this line is kept -->"
"""Stands at the end of an article's file; it is nowhere else in it."""

_TAG: Final = re.compile(r"[^\w/-]+")
_FENCE: Final = re.compile(r"^([ \t>*+\-\d.)]*)(`{3,}|~{3,})[ \t]*([^\s`~]+)([^\n]*)$", re.MULTILINE)
_INLINE_SCRIPT: Final = re.compile(r"`(\s*)\$=")
_NAMES: Final = """
    ada applescript asm awk bash bat bibtex c clojure cmake cmd cobol console cpp cs csharp css csv cuda cython d dart
    diff docker dockerfile elisp elixir elm erlang fortran fsharp glsl go golang graphql groovy haskell hcl html http
    ini java javascript js json json5 jsonc jsx julia kotlin latex less lisp llvm log lua make makefile markdown matlab
    md nginx nim nix objc objective-c ocaml octave pascal perl php plain plaintext powershell prolog properties proto
    protobuf ps1 py pycon python python3 r racket rb regex rs rst ruby rust sas scala scheme scss sed sh shell
    smalltalk solidity sql svelte swift tcl tex text toml ts tsx txt typescript verilog vhdl vim vue wasm xml xsl yaml
    yml zig zsh
"""
_LANGUAGES: Final = frozenset(_NAMES.split())
"""Languages of code that a program of notes colours; it may run what else is named there."""


def with_front(piece: Piece, pace: int) -> str:
    """Give one article as a file for Obsidian, Logseq and their like, up to the marker; `pace` is words a minute."""
    parts = ["---\n" + "".join(f"{name}: {value}\n" for name, value in _front(piece)) + "---"]
    return "\n\n".join((*parts, *_parts(piece, pace, 1))).replace(MARKER, "<!-- reader -->") + f"\n\n{MARKER}\n"


def digest(chosen: Chosen, title: str, pace: int) -> Iterator[str]:
    """Give all articles as one Markdown text, piece by piece; `pace` is words a minute."""
    yield f"# {escaped(line(title))}\n"
    for piece in chosen.pieces():
        yield "\n---\n\n" + "\n\n".join(_parts(piece, pace, 2)) + "\n"


def _parts(piece: Piece, pace: int, level: int) -> list[str]:
    article, did = piece.article, piece.did
    parts = [*headed(article, pace, level), harmless(lines(body_as_markdown(article)).strip("\n"))]
    under = "#" * (level + 1)
    if did.notes:
        parts += [f"{under} Notes", *(lines(note.text) for note in did.notes)]
    if did.highlights:
        parts.append(f"{under} Highlights")
        inside = sorted(did.highlights, key=lambda one: (one.quote.block, one.quote.offset, one.id))
        parts += [quoted_as_markdown(one) for one in inside]
    return [part for part in parts if part]


def _front(piece: Piece) -> Iterator[tuple[str, str]]:
    content, did, pieces = piece.content, piece.did, piece.article
    yield "id", _quoted(str(content.id))
    yield "title", _quoted(line(content.title))
    texts = (("author", content.author), ("source", piece.source), ("section", content.section), ("url", content.url))
    yield from ((name, _quoted(line(text))) for name, text in texts if text)
    times = (("published", content.published), ("updated", content.updated), ("added", content.added))
    yield from ((name, _moment(time)) for name, time in times if time is not None)
    yield "words", str(pieces.row.words)
    if content.language:
        yield "language", _quoted(line(content.language))
    yield from _marks(piece)
    if content.tags:
        yield "categories", _listed(line(tag) for tag in content.tags)
    yield "tags", _listed(dict.fromkeys(tag for one in did.tags if (tag := _tag(one))))


def _marks(piece: Piece) -> Iterator[tuple[str, str]]:
    did = piece.did
    for name, at in (("read", did.read), ("bookmarked", did.bookmarked)):
        yield name, "true" if at else "false"
        if at:
            yield f"{name}_at", at
    if did.place is not None and 0 < did.place.progress < AT_END:
        yield "progress", str(round(did.place.progress, 2))
    if did.highlights:
        yield "highlights", str(len(did.highlights))


def _quoted(value: str) -> str:
    # JSON's texts are texts of YAML too, which has no others that nothing can break out of.
    return _json(value)


def _listed(values: Any) -> str:  # noqa: ANN401 -- any texts
    return _json(list(values))


def _json(value: object) -> str:
    return guarded(orjson.dumps(value).decode())


def _tag(tag: str) -> str:
    """Give a tag as programs of notes know them: of letters, figures, `-`, `_` and `/`, and not of figures alone."""
    made = _TAG.sub("-", line(tag)).strip("-/")
    return f"_{made}" if made.isdecimal() else made


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def harmless(text: str) -> str:
    """Give Markdown in which no code names a language that a program of notes would run instead of showing it."""
    text = _FENCE.sub(_shown_only, text)
    return _INLINE_SCRIPT.sub(r"`\1$ =", text)


def _shown_only(found: re.Match[str]) -> str:
    language = found[3].lower().strip("{}.")
    return found[1] + found[2] + (language if language in _LANGUAGES else "")
