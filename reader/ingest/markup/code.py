"""Blocks of code: their text untouched, and their language by how highlighters tell it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text

if TYPE_CHECKING:
    from turbohtml import Node

_LANGUAGE: Final = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight-text|highlight|brush|syntax|code|sourceCode)[-:]\s?"
    r"([A-Za-z][\w+#.-]{0,23})(?=\s|;|$)"
)
_BESIDE: Final = re.compile(r"(?:^|\s)(?:sourceCode|hljs|prettyprint lang|highlight)\s+([a-z][a-z0-9+#]{0,15})(?=\s|$)")
_NONE: Final = frozenset((
    "default", "none", "text", "txt", "plain", "plaintext", "nohighlight", "no-highlight", "notranslate", "code",
    "highlight", "hljs", "prettyprint", "prettyprinted", "linenums", "line-numbers", "highlighter-rouge", "wrap",
    "block", "wrapper", "copy", "sourcecode", "box", "container", "toolbar", "snippet",
))  # fmt: skip
_NAME: Final = re.compile(r"[a-z][\w+#.-]{0,23}")
_GUTTER: Final = re.compile(
    r"(?:^|\s)(?:gutter|lineno|linenos|line-?numbers?(?:-rows)?|ln|hljs-ln-numbers|rouge-gutter|copy\S*|clipboard\S*"
    r"|btn\S*|toolbar)(?:\s|$)",
    re.IGNORECASE,
)
_LINED: Final = frozenset(("div", "li", "tr", "p", "ol", "ul", "table"))
_NOTHING: Final = frozenset(("button", "script", "style", "template", "svg", "select", "textarea"))
_FENCE: Final = re.compile("^[ \t]{0,3}(`{3,})", re.MULTILINE)
_BLANK_ENDS: Final = re.compile(r"\A(?:[ \t]*\n)+|\s+\Z")
_LONGEST: Final = 500


def block(element: Element) -> tuple[str, str]:
    """Give the code within a block, and its language or nothing."""
    text = _raw(element).replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_ENDS.sub("", text), language(element)


def fence(text: str) -> str:
    """Give a fence that is longer than any in the code."""
    return "`" * max(3, 1 + max((len(found[1]) for found in _FENCE.finditer(text)), default=0))


def language(element: Element) -> str:
    """Find the language that a block of code, what is in it or what is around it is marked with."""
    inner = element.find("code")
    around: list[Element] = [element] if inner is None else [inner, element]
    above = element.parent
    while len(around) < 5 and isinstance(above, Element):
        around.append(above)
        above = above.parent
    for one in around:
        if found := _told(one):
            return found
    return ""


def _told(element: Element) -> str:
    for name in ("data-lang", "data-language", "data-code-language"):
        value = (element.attr(name) or "").strip().lower()
        if value not in _NONE and _NAME.fullmatch(value):
            return value
    classes = (element.attr("class") or "")[:_LONGEST]
    for pattern in (_LANGUAGE, _BESIDE) if element.tag in ("pre", "code", "figure") else (_LANGUAGE,):
        for found in pattern.finditer(classes):
            name = found[1].lower().rstrip(".-")
            if name not in _NONE:
                return "html" if name == "html-basic" else name
    return ""


def _raw(element: Element) -> str:
    """Give the text of a block as it stands, line breaks told by elements made such."""
    parts: list[str] = []
    waiting: list[Node | str] = list(reversed(element.children))
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if parts and not parts[-1].endswith("\n"):
                parts.append("\n")
        elif type(one) is Text:
            parts.append(one.data)
        elif type(one) is Element:
            if one.tag == "br":
                parts.append("\n")
            elif one.tag not in _NOTHING and not _is_gutter(one):
                if one.tag in _LINED:
                    waiting.append("\n")
                    if parts and parts[-1] and not parts[-1].endswith("\n"):
                        parts.append("\n")
                waiting.extend(reversed(one.children))
    return "".join(parts)


def _is_gutter(element: Element) -> bool:
    if not element.attrs:
        return False
    if "data-line-number" in element.attrs and not element.text.strip():
        return True
    return bool(_GUTTER.search((element.attr("class") or "")[:_LONGEST])) and element.find("code") is None
