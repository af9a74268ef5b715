"""One article out of a web page, whole: its text as Markdown, and what the page tells of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from turbohtml import parse, parse_fragment

from reader.ingest import prose, sanitize
from reader.ingest.markup import notes as prose_notes
from reader.ingest.markup import skip as prose_skip
from reader.ingest.pages import clean as page_clean
from reader.ingest.pages import meta as page_meta
from reader.ingest.pages import walls
from reader.ingest.pages.clean import Page
from reader.ingest.pages.graft import Graft
from reader.ingest.pages.units import letters
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from turbohtml import Element

    from reader.ingest.pages.meta import Meta
    from reader.model.article import Entry

# The words of a picture have their brackets escaped: an open one ends the look, so that none is looked at twice.
_PICTURE: Final = re.compile(r"!\[(?:\\.|[^\[\]\\])*+\]\((https?://[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)\)", re.DOTALL)
_HEADING: Final = re.compile(r"\A#{1,2} (.+)(?:\n\n|\Z)")
_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD: Final = re.compile(r"\w[\w'’.-]*")
_MOST_PICTURES: Final = 200
_LITTLE: Final = 500
_LARGE: Final = 400_000
"""A page with more characters is not looked into twice: it would take too long."""
_FAR_TOO_LITTLE: Final = 250
_BOILERPLATE: Final = ("nav", "footer", "aside", "form", "dialog", "header")


@dataclass(frozen=True, slots=True)
class Whole:
    """The article of a page.

    `body` is Markdown; `words` counts it. `problem` tells in words why the article is not whole, empty when
    it is. `pictures` are the addresses of the pictures in the body, in their order.
    """

    title: str = ""
    author: str | None = None
    published: int | None = None
    updated: int | None = None
    language: str | None = None
    image: str | None = None
    site_name: str = ""
    body: str = ""
    words: int = 0
    problem: str = ""
    pictures: tuple[str, ...] = ()


def extract(
    html: str, *, address: str = "", keep: Sequence[str] = (), drop: Sequence[str] = (), hint: Entry | None = None
) -> Whole:
    """Take the article out of a page.

    Args:
        html: the page.
        address: where it came from, which its links are relative to.
        keep: CSS selectors of the reader's own: what they choose is the article, nothing else.
        drop: CSS selectors of what is never a part of it.
        hint: what is known of the article already, by its feed; that is right where both tell.

    Raises:
        IngestError: when the page is too big, or a selector is none.
    """
    page = Page(html, drop)
    meta = page_meta.read(page.html, page.document, address)
    base = _base(page, address)
    shown = prose_skip.text_of(page.body) if page.body is not None else ""
    chosen = {element for selector in keep for element in page_clean.select(page.document, selector)}
    title = meta.title if hint is None or hint.title == sanitize.UNTITLED else hint.title
    told = [one for one in (title, meta.title, meta.author, hint and hint.author) if one]
    body = _kept(page, chosen, base) if keep else _found(page, address, base, told)
    body = sanitize.text(_without_title(body, title, meta.title), sanitize.BODY, markdown=True)
    problem = "" if keep and body else walls.problem(page.document, body, " ".join(shown.split()), free=meta.free)
    if not body and not problem:
        problem = walls.EMPTY
    if problem == walls.PAYWALL:
        body = walls.before(body)
    if problem in (walls.COOKIES, walls.SCRIPT, walls.ROBOT, walls.LOGIN):
        body = ""
    return _whole(meta, hint, title, body, problem)


def _whole(meta: Meta, hint: Entry | None, title: str, body: str, problem: str) -> Whole:
    whole = Whole(
        title=title,
        author=meta.author,
        published=sanitize.moment(meta.published),
        updated=sanitize.moment(meta.updated),
        language=meta.language,
        image=meta.image,
        site_name=meta.site_name,
        body=body,
        words=count(body),
        problem=problem,
        pictures=pictures(body),
    )
    if hint is None:
        return whole
    return replace(
        whole,
        author=hint.author or whole.author,
        published=whole.published if hint.published is None else hint.published,
        language=whole.language or hint.language,
        image=whole.image or hint.image,
    )


def count(text: str) -> int:
    """Count the words of a text; where none are parted by spaces, two characters count as one."""
    wide = len(_WIDE.findall(text))
    return len(_WORD.findall(_WIDE.sub(" ", text) if wide else text)) + wide // 2


def pictures(body: str) -> tuple[str, ...]:
    """Give the addresses of the pictures in Markdown, in their order, each once."""
    found = (sanitize.link(one) for one in _PICTURE.findall(body))
    return tuple(dict.fromkeys(one for one in found if one))[:_MOST_PICTURES]


def _base(page: Page, address: str) -> str:
    """Give the address that the page's links are relative to."""
    from urllib.parse import urljoin

    element = page.document.find("base")
    told = (element.attr("href") or "").strip() if element is not None else ""
    try:
        return urljoin(address, told) if told else address
    except ValueError:
        return address


def _kept(page: Page, chosen: set[Element], base: str) -> str:
    """Write what a reader's own selectors choose, in the order of the page."""
    notes = prose_notes.find(page.body) if page.body is not None else prose_notes.Notes()
    outer = [one for one in page.document.iter_elements() if one in chosen and chosen.isdisjoint(one.ancestors)]
    root = parse_fragment("")
    root.extend(outer)
    return prose.written(root, base, notes)


def _found(page: Page, address: str, base: str, known: list[str]) -> str:
    """Find the article of a page and write it."""
    if page.body is None:
        return ""
    text = _chosen(page.html, address)
    notes = prose_notes.find(page.body)
    graft = Graft(page.body, text, notes.texts, known)
    root = graft.made()
    if root is not None:
        body = prose.written(root, base, notes)
        if len(letters(body)) >= _FAR_TOO_LITTLE or len(letters(body)) >= 0.5 * graft.all:
            return body
    return _fallback(page, base, text)


def _chosen(html: str, address: str) -> str:
    """Let trafilatura choose the text of the article: strictly, and where that leaves little, with all it can."""
    text = _trafilatura(html, address, strict=True)
    if len(letters(text)) >= _LITTLE or len(html) > _LARGE:
        return text
    other = _trafilatura(html, address, strict=False)
    return other if len(other) > 1.5 * len(text) else text


def _trafilatura(html: str, address: str, *, strict: bool) -> str:
    import trafilatura

    try:
        found = trafilatura.extract(
            html, url=address or None, include_comments=False, include_tables=True, fast=strict, favor_precision=strict
        )
    except Exception:  # noqa: BLE001 - a library of many parts meets the worst of the web; the page itself is left
        return ""
    return found or ""


def _fallback(page: Page, base: str, text: str) -> str:
    """Write the article by simpler means, the longest of what they find."""
    document = parse(page.html, positions=False)
    body = document.find("body")
    if body is None:
        return ""
    best = "\n\n".join(prose.markdown(line) for line in text.split("\n") if line.strip())
    article = document.article().element
    if article is not None and len(letters(article.text)) > len(letters(best)):
        best = max(best, prose.written(article, base, prose_notes.find(article)), key=len)
    if len(letters(best)) >= _FAR_TOO_LITTLE:
        return best
    for element in list(body.iter_elements(_BOILERPLATE)):
        if len(element.text) < 0.5 * len(body.text):
            element.decompose()
    whole = prose.written(body, base, prose_notes.find(body))
    return whole if len(letters(whole)) > len(letters(best)) else best


def _without_title(body: str, *titles: str) -> str:
    """Take the article's own title off the head of its text."""
    found = _HEADING.match(body)
    if found is not None and letters(found[1]) in {letters(title) for title in titles}:
        return body[found.end() :].lstrip("\n")
    return body
