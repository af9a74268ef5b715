"""Formulas in a line of text: TeX where it is told, else raised and lowered characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text

from reader.ingest.markup.skip import text_of

if TYPE_CHECKING:
    from turbohtml import Node

_DEEPEST: Final = 60
_RAISED: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISABLE: Final = re.compile(r"[0-9+\-−=()ni]+")
_LOWERABLE: Final = re.compile(r"[0-9+\-−=()]+")
_STYLED: Final = re.compile(r"\{?\\(?:displaystyle|textstyle)\s*(.*?)\}?", re.DOTALL)


def raised(text: str) -> str:
    """Write a text above the line in Unicode, empty where it has not all of its characters."""
    return text.translate(_RAISED) if _RAISABLE.fullmatch(text) else ""


def lowered(text: str) -> str:
    """Write a text below the line in Unicode, empty where it has not all of its characters."""
    return text.translate(_LOWERED) if _LOWERABLE.fullmatch(text) else ""


def tex(formula: Element) -> str:
    """Give the TeX that a formula in MathML was made from, if it tells."""
    notes = (note for note in formula.iter_elements(("annotation",)) if "tex" in (note.attr("encoding") or ""))
    note = next(notes, None)
    found = (note.text if note is not None else formula.attr("alttext") or "").strip()
    styled = _STYLED.fullmatch(found)
    return styled[1] if styled else found


def line(node: Node, depth: int = 0) -> str:
    """Write MathML as a line."""
    if type(node) is Text:
        return node.data.strip()
    if type(node) is not Element or node.tag in ("annotation", "annotation-xml"):
        return ""
    if depth > _DEEPEST:
        return text_of(node)
    parts = [part for child in node.children if (part := line(child, depth + 1))]
    match node.tag, parts:
        case "msup" | "mover", [base, above]:
            return base + (raised(above) or _signed("^", above))
        case "msub" | "munder", [base, below]:
            return base + (lowered(below) or _signed("_", below))
        case "mfrac", [above, below]:
            return f"{_whole(above)}/{_whole(below)}"
        case "msqrt", _:
            return f"√({''.join(parts)})"
    return "".join(parts)


def _signed(sign: str, text: str) -> str:
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"


def _whole(text: str) -> str:
    return text if text.isalnum() else f"({text})"
