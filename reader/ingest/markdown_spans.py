"""The inline part of Markdown: a line's tokens as text with spans, and the rules CommonMark lacks."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from reader.ingest import markdown_parts, sanitize
from reader.model.document import Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

PICTURE: Final = "▣"
"""What stands for a picture in a line of text."""

_SPANS: Final[dict[str, SpanKind]] = {
    "strong": "strong", "em": "emphasis", "link": "link", "s": "strike", "kbd": "code",
}  # fmt: skip
_TAG: Final = re.compile(r"<(/?)(sup|sub|kbd)>|<(br) ?/?>", re.IGNORECASE)
_RAISED: Final = re.compile(r"\^([^\s^\\]{1,40})\^|(?<!~)~([^\s~/\\]{1,40})~(?!~)")
_LIFT: Final = {
    "sup": str.maketrans("0123456789+-−=()abcdeghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"),
    "sub": str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"),
}
_SIGN: Final = {"sup": "^", "sub": "_"}


def add_rules(parser: MarkdownIt) -> None:
    """Teach a parser raised and lowered text and breaks of lines, as Markdown made from HTML has them.

    And teach it to leave alone what is too much for it, and to let nothing through that hides in what it decodes.
    """
    parser.core.ruler.at("inline", _within)
    parser.core.ruler.after("text_join", "gate", _gate)
    parser.inline.ruler.before("html_inline", "raised", _raised)
    parser.inline.ruler.before("html_inline", "tag", _tag)


def _within(state: StateCore) -> None:
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        text = token.content
        if markdown_parts.too_dear(text):
            text = markdown_parts.plain(text)
        elif markdown_parts.signs(text):
            state.md.inline.parse(text, state.md, state.env, token.children)
            continue
        token.children.append(Token("text", "", 0, content=text))


def _gate(state: StateCore) -> None:
    """Clean what is another text only now: entities, and addresses that are shown, stood for it at the gate."""
    for token in state.tokens:
        if "&" not in token.content and "%" not in token.content:
            continue
        address = ""
        for child in token.children or ():
            if child.type == "text" and not sanitize.is_clean(child.content):
                clean = sanitize.clean(child.content.replace("\u2028", " ").replace("\u2029", " "))
                # An address in which something hides is shown as it is written.
                hides = address and clean != unicodedata.normalize("NFC", child.content)
                child.content = address if hides else clean
            address = str(child.attrGet("href") or "") if child.info == "auto" else ""


def _tag(state: StateInline, silent: bool) -> bool:
    found = _TAG.match(state.src, state.pos) if state.src[state.pos] == "<" else None
    if found is None:
        return False
    if not silent:
        if found[3]:
            state.push("hardbreak", "br", 0)
        else:
            name = found[2].lower()
            state.push(f"{name}_{'close' if found[1] else 'open'}", name, 0)
    state.pos = found.end()
    return True


def _raised(state: StateInline, silent: bool) -> bool:
    found = _RAISED.match(state.src, state.pos) if state.src[state.pos] in "^~" else None
    if found is None:
        return False
    if not silent:
        state.push("raised", "sup" if found[1] else "sub", 0).content = found[1] or found[2]
    state.pos = found.end()
    return True


def lifted(text: str, how: str) -> str:
    """Write a text above (`sup`) or below (`sub`) the line, as far as there are characters for it."""
    if text.isalpha() and len(text) > 1:
        return text if how == "sup" else f"_{text}"
    moved = text.translate(_LIFT[how])
    if all(old != new for old, new in zip(text, moved, strict=True)):
        return moved
    return f"{_SIGN[how]}{text}" if len(text) == 1 else f"{_SIGN[how]}({text})"


def words(picture: Token) -> str:
    """Give the text that describes a picture."""
    parts = (" " if part.type.endswith("break") else part.content for part in picture.children or ())
    return sanitize.clean("".join(parts)).strip()


class Flow:
    """Gathers the tokens of one line of text.

    Args:
        labels: the number that each footnote is called by.
    """

    def __init__(self, labels: dict[str, str]) -> None:
        self._labels = labels
        self._parts: list[str] = []
        self._spans: list[Span] = []
        self._begun: list[tuple[str, int, str]] = []
        self._lift = ""
        self._length = 0

    def take(self, tokens: Sequence[Token]) -> tuple[str, tuple[Span, ...]]:
        """Give the text of some tokens, and its spans."""
        for token in tokens:
            name, _, edge = token.type.rpartition("_")
            if name in _LIFT:
                self._lift = name if edge == "open" else ""
            elif edge == "open":
                self._begun.append((name, self._length, str(token.attrGet("href") or "")))
            elif edge == "close":
                self._end(name)
            else:
                self._piece(token)
        return "".join(self._parts).replace("\u2028", " ").replace("\u2029", " "), tuple(self._spans)

    def _end(self, name: str) -> None:
        """End a span; a closing tag that nothing opened is passed over."""
        for at in range(len(self._begun) - 1, -1, -1):
            begun, start, target = self._begun[at]
            if begun == name:
                del self._begun[at]
                if name in _SPANS and start < self._length:
                    self._spans.append(Span(start, self._length, _SPANS[name], target))
                return

    def _piece(self, token: Token) -> None:
        start = self._length
        text = self._written(token)
        self._parts.append(text)
        self._length += len(text)
        if token.type == "code_inline":
            self._spans.append(Span(start, self._length, "code"))
        elif token.type == "image":
            self._spans.append(Span(start, self._length, "link", str(token.attrGet("src") or "")))
        elif token.type == "footnote_ref":
            self._spans.append(Span(start, self._length, "reference", str(token.meta["label"])))

    def _written(self, token: Token) -> str:
        match token.type:
            case "softbreak":
                return " "
            case "hardbreak":
                return "\n"
            case "image":
                return f"{PICTURE} {words(token)}".rstrip()
            case "footnote_ref":
                return lifted(self._labels[str(token.meta["label"])], "sup")
            case "raised":
                return lifted(token.content, token.tag)
        return lifted(token.content, self._lift) if self._lift and token.content else token.content
