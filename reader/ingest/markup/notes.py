"""Footnotes: which links refer to one, and which elements are their texts."""

from __future__ import annotations

import re
from typing import Final

from turbohtml import Element, Text

LONGEST: Final = 6000
"""A footnote with more characters is a chapter."""

_REFERENCE: Final = re.compile(
    r"[\[(]?\s*(?:(?:note|fn|n\.)\s*)?(\d{1,4}|[*†‡§¶#]{1,4}|[a-z]|[ivxlc]{1,6})\s*[\])]?\.?", re.IGNORECASE
)
_RETURN: Final = re.compile(r"[\s↩⤴↑⬆⏎^↵︎️]+|\[?(?:back|return)\]?", re.IGNORECASE)
_CALLED: Final = re.compile(
    r"(?:^|\s)(?:footnote|note|fn)-?(?:ref|reference|link|anchor|call)?(?:\s|$)|noteref", re.IGNORECASE
)
_BACK: Final = re.compile(
    r"foot-?note-?back|reversefootnote|back-?(?:ref|link)|fn-?back|footnote-return", re.IGNORECASE
)
_NOTE: Final = re.compile(
    r"(?:user-content-)?_?(?:fn|ftn|edn|en|sdfootnote|sdendnote|footnote|endnote|note|foot)[-_:.]?(?:[\w-]{0,40}[-_:])?\w{0,12}",
    re.IGNORECASE,
)
_SOURCES: Final = re.compile(r"(?:^|\s)(?:references|reflist|mw-references\S*|refbegin|citations?)(?:\s|$)")
_LABEL: Final = re.compile(r"^\s*[\[(]?\s*(\w{1,4}|[*†‡§¶]+)\s*[\]).:]?\s*$")
_BLOCKS: Final = frozenset(("li", "p", "div", "dd", "aside", "section", "td", "blockquote"))
_HEADINGS: Final = ("h1", "h2", "h3", "h4")


class Notes:
    """The footnotes of a fragment.

    `labels` has the label for each link that refers to one, `texts` that for each element that is the text of one.
    """

    def __init__(self) -> None:
        self.labels: dict[Element, str] = {}
        self.texts: dict[Element, str] = {}


def find(root: Element) -> Notes:
    """Find the footnotes in a fragment: a reference and a text that is called a note or links back."""
    notes = Notes()
    anchors = [(a, fragment) for a in root.iter_elements(("a",)) if (fragment := _fragment(a))]
    if not anchors:
        return notes
    places = _places(root)
    taken: set[str] = set()
    for anchor, fragment in anchors:
        target = places.get(fragment)
        if target is None or _is_return(anchor) or not _is_reference(anchor):
            continue
        note = _note(target, fragment, anchor)
        if note is None or any(above in notes.texts for above in anchor.ancestors) or _is_source(note):
            continue
        if note not in notes.texts:
            notes.texts[note] = _label(anchor, taken)
        notes.labels[anchor] = notes.texts[note]
    return notes


def clear(notes: Notes) -> None:
    """Take the links back and the numbers out of the texts of footnotes."""
    for note, label in notes.texts.items():
        _cleared(note, label)


def _fragment(anchor: Element) -> str:
    return (anchor.attr("href") or "").partition("#")[2][:200]


def _places(root: Element) -> dict[str, Element]:
    places: dict[str, Element] = {}
    for element in root.iter_elements():
        attrs = element.attrs
        if attrs:
            name = attrs.get("id") or (attrs.get("name") if element.tag == "a" else None)
            if isinstance(name, str) and name:
                places.setdefault(name, element)
    return places


def _is_reference(anchor: Element) -> bool:
    text = anchor.text.strip()
    if not text or len(text) > 30:
        return False
    if anchor.attr("role") == "doc-noteref" or "noteref" in (anchor.attr("epub:type") or ""):
        return True
    if _CALLED.search(anchor.attr("class") or ""):
        return True
    return bool(_REFERENCE.fullmatch(text))


def _is_return(anchor: Element) -> bool:
    if anchor.attr("role") == "doc-backlink" or _BACK.search(anchor.attr("class") or ""):
        return True
    return bool(_RETURN.fullmatch(anchor.text.strip()))


def _note(target: Element, fragment: str, anchor: Element) -> Element | None:
    """Give the element that holds the text of a note, if that is what a link points to."""
    block: object = target
    while isinstance(block, Element) and block.tag not in _BLOCKS:
        block = block.parent
    if not isinstance(block, Element) or anchor in block.descendants or block.parent is None:
        return None
    if block is not target and not _begins(block, target):
        return None
    if len(block.text) > LONGEST or next(block.iter_elements(_HEADINGS), None) is not None:
        return None
    role = f"{block.attr('role') or ''} {block.attr('epub:type') or ''} {block.attr('class') or ''}"
    if _NOTE.fullmatch(fragment) or "footnote" in role or "endnote" in role or _links_back(block, anchor):
        return block if block.text.strip() else None
    return None


def _is_source(note: Element) -> bool:
    """Tell whether a note is one of a list of sources, as encyclopaedias have them."""
    above: object = note.parent
    for _ in range(3):
        if isinstance(above, Element) and _SOURCES.search(above.attr("class") or ""):
            return True
        above = above.parent if isinstance(above, Element) else None
    return False


def _begins(block: Element, target: Element) -> bool:
    """Tell whether a block begins with an element."""
    for child in block.descendants:
        if child is target:
            return True
        if type(child) is Text and len(child.data.strip()) > 3:
            return False
    return False


def _links_back(block: Element, anchor: Element) -> bool:
    names = {anchor.attr("id"), anchor.attr("name")}
    above = anchor.parent
    if isinstance(above, Element):
        names.add(above.attr("id"))
    names -= {None, ""}
    return any(_fragment(link) in names for link in block.iter_elements(("a",)))


def _label(anchor: Element, taken: set[str]) -> str:
    found = _REFERENCE.fullmatch(anchor.text.strip())
    label = found[1] if found and found[1].isascii() and found[1].isdigit() else ""
    number = len(taken) + 1
    while not label or label in taken:
        label = str(number) if str(number) not in taken else ""
        number += 1
    taken.add(label)
    return label


def _cleared(note: Element, label: str) -> None:
    """Take the links back and the number out of a note."""
    for link in list(note.iter_elements(("a",))):
        if not _fragment(link):
            continue
        text = link.text.strip()
        if _is_return(link) or _LABEL.match(text):
            above = link.parent
            link.decompose()
            if isinstance(above, Element) and above.tag in ("sup", "span") and not above.text.strip():
                above.decompose()
    for child in note.children:
        if (
            type(child) is Element
            and child.tag in ("sup", "b", "strong", "span")
            and child.text.strip(" [].:()") == label
        ):
            child.decompose()
        if type(child) is Text and not child.data.strip():
            continue
        break
