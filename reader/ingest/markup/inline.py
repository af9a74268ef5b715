"""What stands within a line of HTML: emphasis, links, code, pictures, raised and lowered text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text

from reader.ingest.markup import emphasis as prose_emphasis
from reader.ingest.markup import math as prose_math
from reader.ingest.markup import places as prose_places
from reader.ingest.markup import text as prose_text
from reader.ingest.markup.skip import skipped, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from turbohtml import Node

STRONG: Final = 1
EMPHASIS: Final = 2
STRIKE: Final = 4
LINKED: Final = 8
CELL: Final = 16
HEADING: Final = 32

DEEPEST: Final = 120
"""Past so many elements within each other only the text is kept."""

_SIGNS: Final = {
    STRONG: (prose_emphasis.STRONG, prose_emphasis.STRONG_END),
    EMPHASIS: (prose_emphasis.EMPHASIS, prose_emphasis.EMPHASIS_END),
    STRIKE: (prose_emphasis.STRIKE, prose_emphasis.STRIKE_END),
}
_MARKS: Final = {
    "b": STRONG, "strong": STRONG, "mark": STRONG,
    "i": EMPHASIS, "em": EMPHASIS, "cite": EMPHASIS, "dfn": EMPHASIS, "var": EMPHASIS,
    "del": STRIKE, "s": STRIKE, "strike": STRIKE,
}  # fmt: skip
_PLAIN_STYLE: Final = re.compile(r"font-(?:weight\s*:\s*(?:normal|400)|style\s*:\s*normal)")
_STRONG_STYLE: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_EMPHASIS_STYLE: Final = re.compile(r"font-style\s*:\s*italic")
_ORDINAL: Final = frozenset(("st", "nd", "rd", "th", "er", "re", "e", "ème", "nde", "o", "a", "º", "ª", "®", "™", "©"))
_TRADE: Final = {"tm": "™", "sm": "℠", "(r)": "®"}
_REFERENCE: Final = re.compile(r"(?:\s*\[[\w .]{1,12}\]\s*,?)+")
_TILDE: Final = re.compile(r"(?<!\\)~")
_WORDS: Final = 40
_PICTURE_FILE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:$|[?#])", re.IGNORECASE)


class Inline:
    """Writes what stands within lines.

    Args:
        base: the address that links are relative to.
        notes: the label of the footnote that a link refers to.
    """

    def __init__(self, base: str, notes: dict[Element, str]) -> None:
        self.base = base
        self.atoms: list[str] = []
        self._notes = notes
        self._special: dict[str, Callable[[Element, int, int], str]] = {
            "a": self._link, "code": self._code, "kbd": self._code, "samp": self._code, "tt": self._code,
            "img": self._image, "br": lambda *_: prose_text.BREAK, "wbr": lambda *_: "", "sup": self._raised,
            "sub": self._lowered, "q": self._quoted, "ruby": self._ruby, "span": self._span, "b": self._bold,
            **dict.fromkeys(("iframe", "embed", "object"), self._player), "video": self._media, "audio": self._media,
            "math": self._math, "noscript": self._late, "input": self._box,
        }  # fmt: skip

    def atom(self, text: str) -> str:
        """Give the sign that stands for a piece which is finished."""
        self.atoms.append(text)
        return f"{prose_text.ATOM}{len(self.atoms) - 1}{prose_text.ATOM_END}"

    def text(self, data: str, on: int) -> str:
        """Write a text of the world."""
        data = prose_text.escaped(prose_text.collapsed(data))
        if on & STRIKE and "~" in data:
            data = _TILDE.sub(r"\\~", data)
        return prose_text.escaped_brackets(data) if on & LINKED else data

    def within(self, node: Node, on: int, depth: int) -> str:
        """Write all that an element holds."""
        if depth > DEEPEST:
            return self.text(text_of(node), on)
        parts: list[str] = []
        for child in node.children:
            if type(child) is Text:
                parts.append(self.text(child.data, on))
            elif type(child) is Element and not skipped(child):
                parts.append(self.element(child, on, depth + 1))
        return "".join(parts)

    def element(self, element: Element, on: int, depth: int) -> str:
        """Write one element that stands within a line."""
        tag = element.tag
        special = self._special.get(tag)
        if special is not None:
            return special(element, on, depth)
        mark = _MARKS.get(tag, 0)
        return self._marked(element, mark, on, depth) if mark else self.within(element, on, depth)

    def signs(self, element: Element, on: int) -> tuple[str, str, int]:
        """Give what stands before and after all that an element holds, and what is then on."""
        mark = _MARKS.get(element.tag, 0) or self._style(element)
        if element.tag == "b" and _PLAIN_STYLE.search(element.attr("style") or ""):
            mark = 0
        if element.tag == "a" and not on & LINKED and (href := self._href(element)):
            return prose_text.LINK, self.atom(f"]({href})"), on | LINKED
        if not mark or on & mark:
            return "", "", on
        return *_SIGNS[mark], on | mark

    def _marked(self, element: Element, mark: int, on: int, depth: int) -> str:
        if on & mark or (mark == STRONG and on & HEADING):
            return self.within(element, on, depth)
        before, after = _SIGNS[mark]
        inside = self.within(element, on | mark, depth)
        return f"{before}{inside}{after}" if inside else ""

    def _bold(self, element: Element, on: int, depth: int) -> str:
        style = element.attr("style")
        if style and _PLAIN_STYLE.search(style):
            return self.within(element, on, depth)
        return self._marked(element, STRONG, on, depth)

    def _style(self, element: Element) -> int:
        style = element.attr("style") if element.tag in ("span", "font") else None
        if not style or "font-" not in style:
            return 0
        if _STRONG_STYLE.search(style):
            return STRONG
        return EMPHASIS if _EMPHASIS_STYLE.search(style) else 0

    def _span(self, element: Element, on: int, depth: int) -> str:
        mark = self._style(element)
        return self._marked(element, mark, on, depth) if mark else self.within(element, on, depth)

    def _href(self, element: Element) -> str:
        return prose_places.address(element.attr("href"), self.base)

    def _link(self, element: Element, on: int, depth: int) -> str:
        label = self._notes.get(element)
        if label is not None:
            return self.atom(f"[^{label}]")
        href = "" if on & LINKED else self._href(element)
        if not href:
            return self.within(element, on, depth)
        text = self.within(element, on | LINKED, depth)
        bare = text.strip()
        if not bare:
            return text
        if bare[0] == prose_text.ATOM and (whole := prose_text.only_atom(bare)):
            inside = self.atoms[whole - 1]
            if inside.startswith("!["):
                return text if _PICTURE_FILE.search(href) else self.atom(f"[{inside}]({href})")
        elif "://" in bare and href == element.text.strip():
            return self.atom(f"<{href}>")
        if on & HEADING and bare in ("#", "¶", "§", "\\#", "🔗"):
            return ""
        if "\n" in bare:
            bare = " ".join(line.strip() for line in bare.split("\n"))
        if bare == text:
            return f"{prose_text.LINK}{bare}{self.atom(f']({href})')}"
        lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{lead}{prose_text.LINK}{bare}{self.atom(f']({href})')}{trail}"

    def code(self, text: str) -> str:
        """Write code that stands within a line."""
        text = " ".join(text.split())
        return self.atom(prose_text.code(text)) if text else ""

    def _code(self, element: Element, on: int, depth: int) -> str:
        text = element.text
        if element.tag == "code" and not on & LINKED and not on & HEADING and depth < DEEPEST:
            link = _only_link(element)
            if link is not None and (href := self._href(link)):
                return f"{prose_text.LINK}{self.code(text)}{self.atom(f']({href})')}" if text.strip() else ""
        lead = " " if text[:1].isspace() else ""
        return f"{lead}{self.code(text)}{' ' if text[-1:].isspace() else ''}"

    def _image(self, element: Element, on: int, depth: int) -> str:
        alt = " ".join((element.attr("alt") or "").split())[:2000]
        kind = element.attr("class") or ""
        if "emoji" in kind or "smiley" in kind or "mwe-math" in kind or "latex" in kind:
            return self.text(alt, on) if "mwe-math" not in kind else ""
        if prose_places.is_icon(element):
            return self.text(alt, on) if alt and not on & HEADING else ""
        source = prose_places.picture(element, self.base)
        if not source:
            return ""
        title = " ".join((element.attr("title") or "").split())[:500]
        title = "" if title == alt or "." in title[-5:] else title
        text = prose_text.escaped_brackets(prose_text.escaped(alt or title))
        return self.atom(f"![{text}]({source})")

    def _raised(self, element: Element, on: int, depth: int) -> str:
        text = " ".join(element.text.split())
        link = element.find("a")
        if link is not None:
            if _REFERENCE.fullmatch(text) and link not in self._notes and "#" in (link.attr("href") or ""):
                return ""
            return self.within(element, on, depth)
        if raised := prose_math.raised(text):
            return raised
        if text.lower() in _ORDINAL or text.lower() in _TRADE:
            return self.text(_TRADE.get(text.lower(), text), on)
        return self._moved(element, "sup", on, depth)

    def _lowered(self, element: Element, on: int, depth: int) -> str:
        text = " ".join(element.text.split())
        if lowered := prose_math.lowered(text):
            return lowered
        return self._moved(element, "sub", on, depth)

    def _moved(self, element: Element, tag: str, on: int, depth: int) -> str:
        inside = self.within(element, on, depth)
        if not inside.strip() or len(inside) > _WORDS or prose_text.BREAK in inside:
            return inside
        return f"{self.atom(f'<{tag}>')}{inside.strip()}{self.atom(f'</{tag}>')}"

    def _quoted(self, element: Element, on: int, depth: int) -> str:
        inner = any(getattr(above, "tag", "") == "q" for above in element.ancestors)
        inside = self.within(element, on, depth).strip()
        if not inside:
            return ""
        return f"‘{inside}’" if inner else f"“{inside}”"

    def _ruby(self, element: Element, on: int, depth: int) -> str:
        parts: list[str] = []
        for child in element.children:
            if type(child) is Text:
                parts.append(self.text(child.data, on).strip())
            elif type(child) is Element and child.tag != "rp" and (inside := self.within(child, on, depth).strip()):
                parts.append(f"({inside})" if child.tag in ("rt", "rtc") else inside)
        return "".join(parts)

    def _player(self, element: Element, on: int, depth: int) -> str:
        return self._named(*prose_places.player(element, self.base), on)

    def _media(self, element: Element, on: int, depth: int) -> str:
        return self._named(*prose_places.media(element, self.base), on)

    def _named(self, name: str, href: str, on: int) -> str:
        """Write the link that stands for what is played, in a paragraph of its own."""
        if not href or on & LINKED:
            return ""
        return f"\n\n{prose_text.LINK}{self.text(name, LINKED)}{self.atom(f']({href})')}\n\n"

    def _math(self, element: Element, on: int, depth: int) -> str:
        tex = prose_math.tex(element)
        return self.code(tex) if tex else self.text(prose_math.line(element), on)

    def _late(self, element: Element, on: int, depth: int) -> str:
        """Write the picture that stands in for one that a script would load, if there is none yet."""
        image = element.find("img")
        if image is None:
            return ""
        before = element.previous_sibling
        while before is not None and type(before) is Text and not before.data.strip():
            before = before.previous_sibling
        first = before.find("img") if isinstance(before, Element) and before.tag != "img" else before
        if isinstance(first, Element) and first.tag == "img" and prose_places.picture(first, self.base):
            return ""
        return self._image(image, on, depth)

    def _box(self, element: Element, on: int, depth: int) -> str:
        """Write the box of a task, where a list has such."""
        parent = element.parent
        if (
            element.attr("type") != "checkbox"
            or not isinstance(parent, Element)
            or parent.tag not in ("li", "p", "label")
        ):
            return ""
        return self.atom("[ ]" if element.attr("checked") is None else "[x]") + " "


def _only_link(element: Element) -> Element | None:
    """Find the link that is all that an element holds."""
    inside = [child for child in element.children if type(child) is Element or child.text.strip()]
    only = inside[0] if len(inside) == 1 else None
    return only if isinstance(only, Element) and only.tag == "a" else None
