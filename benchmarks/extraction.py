"""How much of an article survives: `python -m benchmarks.extraction` writes the table of `docs/extraction.md`.

Each page in tests/fixtures/pages has what a person would call its article beside it, as JSON. Text is
compared by runs of four words (a wide character counts as a word), structure by its role: a quote counts
only as a quote. Beside our text stands what trafilatura alone makes of the page.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import trafilatura
import turbohtml
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from reader.ingest import page, prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAGES = Path(__file__).parents[1] / "tests" / "fixtures" / "pages"
TABLE = Path(__file__).parents[1] / "docs" / "extraction.md"
ROLES = {
    "headings": "h1,h2,h3,h4,h5,h6",
    "quotes": "blockquote",
    "code": "pre",
    "cells": "td,th",
    "items": "li",
    "captions": "p > em:only-child",
    "notes": ".footnote-item, .footnotes p, section.footnotes li",
    "definitions": "dd",
}
RUN = 4
BEGINS, ENDS = "<!-- measured -->", "<!-- /measured -->"
WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
OTHERS: dict[str, dict[str, bool]] = {
    "default": {},
    "fast": {"fast": True},
    "precision": {"favor_precision": True},
}


@dataclass
class Score:
    """How well one page came out."""

    precision: float
    recall: float
    kept: dict[str, tuple[int, int]] = field(default_factory=dict)
    strays: int = 0
    milliseconds: float = 0.0
    others: dict[str, float] = field(default_factory=dict)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def structure(self) -> tuple[int, int]:
        return sum(kept for kept, _ in self.kept.values()), sum(total for _, total in self.kept.values())


def words(text: str) -> list[str]:
    """Give the words of a text, every wide character as one."""
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉", "0123456789−0123456789")
    return WORD.findall(text.translate(raised).lower())


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Give the runs of four words in a text."""
    found = words(text)
    return Counter(tuple(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)))


def compared(found: str, wanted: str) -> tuple[float, float]:
    """Give precision and recall of a text."""
    if not words(found) or not words(wanted):
        return (1.0, 1.0) if not words(found) and not words(wanted) else (0.0, 0.0)
    one, other = runs(found), runs(wanted)
    both = sum((one & other).values())
    return both / sum(one.values()), both / sum(other.values())


def reader() -> MarkdownIt:
    """Give a reader of Markdown that knows what ours writes."""
    made = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return made.use(footnote_plugin, inline=False).use(deflist_plugin)


def own_text(element: turbohtml.Element) -> str:
    """Give the text of an item without the lists within it."""
    parts = [
        child.text if isinstance(child, turbohtml.Element) else str(getattr(child, "data", ""))
        for child in element.children
        if not (isinstance(child, turbohtml.Element) and child.tag in ("ul", "ol"))
    ]
    return "".join(parts)


def told(root: turbohtml.Element, role: str) -> list[str]:
    """Give what has a role in a text, each without spaces and signs."""
    elements: Iterable[turbohtml.Element] = root.select(ROLES[role])
    if role == "items":
        return ["".join(words(own_text(one))) for one in elements if "footnote" not in (one.attr("class") or "")]
    if role == "code":
        return [one.text.strip("\n") for one in elements]
    return ["".join(words(one.text)) for one in elements]


def score(html: str, wanted: dict[str, Any]) -> Score:
    """Extract one page and compare."""
    page.extract(html, address=wanted["address"])
    began = time.perf_counter()
    whole = page.extract(html, address=wanted["address"])
    took = (time.perf_counter() - began) * 1000
    root = turbohtml.parse_fragment(reader().render(whole.body))
    for mark in root.select(".footnote-ref, .footnote-backref"):
        mark.decompose()
    gold = "\n".join(wanted["text"])
    precision, recall = compared(prose.plain(root.html), gold)
    result = Score(precision, recall, milliseconds=took)
    for role in ROLES:
        have = Counter(told(root, role))
        want = Counter(one if role == "code" else "".join(words(one)) for one in wanted[role])
        if want:
            result.kept[role] = (sum((have & want).values()), sum(want.values()))
        if role == "items":
            result.strays = sum((have - want).values())
    for name, options in OTHERS.items():
        text = trafilatura.extract(html, url=wanted["address"], include_comments=False, **options) or ""
        result.others[name] = harmonic(*compared(text, gold))
    return result


def harmonic(precision: float, recall: float) -> float:
    """Give F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measured() -> dict[str, Score]:
    """Give the scores of all pages that have an article."""
    scores = {}
    for told_at in sorted(PAGES.glob("*.json")):
        wanted = json.loads(told_at.read_text(encoding="utf-8"))
        if wanted["text"]:
            scores[told_at.stem] = score(told_at.with_suffix(".html").read_text(encoding="utf-8"), wanted)
    return scores


def table(scores: dict[str, Score]) -> str:
    """Write the scores as Markdown."""
    lines = [
        "| page | precision | recall | F1 | structure kept | stray items | ms |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, one in scores.items():
        kept, total = one.structure
        lines.append(
            f"| {name} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} | {kept} of {total} | {one.strays}"
            f" | {one.milliseconds:.0f} |"
        )
    values = list(scores.values())
    kept, total = (sum(one.structure[at] for one in values) for at in (0, 1))
    text = [mean(values, of) for of in (lambda one: one.precision, lambda one: one.recall, lambda one: one.f1)]
    took = statistics.median(one.milliseconds for one in values)
    strays = sum(one.strays for one in values)
    cells = [*(f"{one:.3f}" for one in text), f"{kept} of {total}", str(strays), f"{took:.0f}"]
    lines.append(" | ".join(["| **all**", *(f"**{cell}**" for cell in cells)]) + " |")
    lines += ["", "| role | kept |", "|---|---:|"]
    for role in ROLES:
        pairs = [one.kept[role] for one in values if role in one.kept]
        have, want = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
        lines.append(f"| {role} | {have} of {want} ({have / want:.0%}) |")
    lines += ["", "| text chosen by | F1 |", "|---|---:|", f"| reader | {mean(values, lambda one: one.f1):.3f} |"]
    lines += [f"| trafilatura, {name} | {mean(values, lambda one, n=name: one.others[n]):.3f} |" for name in OTHERS]
    return "\n".join(lines)


def mean(scores: list[Score], of: Callable[[Score], float]) -> float:
    """Give the mean of something over pages."""
    return statistics.fmean(map(of, scores))


def main() -> None:
    """Measure, print, and put the table into its document where that is asked for."""
    text = table(measured())
    print(text)
    if "--write" in sys.argv:
        before, _, rest = TABLE.read_text(encoding="utf-8").partition(BEGINS)
        after = rest.partition(ENDS)[2]
        TABLE.write_text(f"{before}{BEGINS}\n\n{text}\n\n{ENDS}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
