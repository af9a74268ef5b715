"""What of HTML is never text: scripts, forms, hidden parts, the furniture around articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text

if TYPE_CHECKING:
    from turbohtml import Node

_NEVER: Final = frozenset((
    "script", "style", "template", "head", "meta", "link", "title", "base", "svg", "canvas", "map", "area", "button",
    "select", "textarea", "option", "datalist", "optgroup", "dialog", "frame", "frameset", "noframes", "param",
    "source", "track", "progress", "meter", "rp", "applet",
))  # fmt: skip
_UNREAD: Final = _NEVER | {"iframe", "noscript", "embed", "object", "video", "audio", "input"}
_HIDDEN_STYLE: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)")
_FURNITURE: Final = re.compile(
    r"(?:^|\s)(?:mw-editsection|mw-jump-link|noprint|navbox|feedflare|sharedaddy|jp-relatedposts|addtoany_share\S*"
    r"|sr-only|visually-?hidden|screen-reader-text|headerlink|anchorjs-link|header-anchor|mwe-math-fallback\S*"
    r"|katex-html|gutter|lineno|linenos|line-numbers?|copy-?(?:btn|button)|wp-embedded-content__\S*)(?:\s|$)",
    re.IGNORECASE,
)
_LONGEST: Final = 4096


def skipped(element: Element) -> bool:
    """Tell whether an element is nothing to read."""
    if element.tag in _NEVER:
        return True
    attrs = element.attrs
    if not attrs:
        return False
    if "class" in attrs and _FURNITURE.search((element.attr("class") or "")[:_LONGEST]):
        return element.find("math") is None
    if "style" in attrs and _HIDDEN_STYLE.search((element.attr("style") or "")[:_LONGEST].lower()):
        return element.find("math") is None
    if "hidden" in attrs:
        return element.attr("hidden") != "until-found"
    if "aria-hidden" in attrs and element.attr("aria-hidden") == "true":
        return element.tag != "img" and element.find("img") is None and element.find("pre") is None
    return False


def unread(element: Element) -> bool:
    """Tell whether an element has no text of its own to read, not even that of what it embeds."""
    return element.tag in _UNREAD or skipped(element)


def text_of(node: Node) -> str:
    """Give the text below a node however deep it goes, without what is nothing to read."""
    parts: list[str] = []
    waiting: list[Node] = [node]
    while waiting:
        one = waiting.pop()
        if type(one) is Text:
            parts.append(one.data)
        elif type(one) is not Element or (one.tag not in _UNREAD):
            waiting.extend(reversed(one.children))
    return "".join(parts)
