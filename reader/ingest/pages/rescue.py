"""What belongs to an article although its text was not chosen, and what does not although it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element

from reader.ingest.pages.words import LAST_HEADINGS

if TYPE_CHECKING:
    from reader.ingest.pages.graft import Graft
    from reader.ingest.pages.units import Unit

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS: Final = ("ul", "ol", "dl", "menu")
_LONG: Final = 60
_LINKS: Final = 0.5
"""What is linked by more than this part of its text leads elsewhere."""
_PART: Final = 0.25
"""A part of the article that is larger is not furniture, whatever it is called."""

# Of what was chosen only what surely is none of the article's is left out; of what was not, more.
_STRAY: Final = (
    r"nav-?box|navigation|breadcrumbs?|ref-?list|references|catlinks|footer-links"
    r"|related[-_]?(?:posts?|articles?|stories|content|links|items|news|topics)?|recirc(?:ulation)?|recommended"
    r"|recommendations|most-(?:read|popular)|popular-posts|trending|read-next|also-read|you-may-(?:also-)?like"
    r"|share-?(?:bar|buttons?|links|tools)|sharing|social-?(?:share|links|media|icons)|newsletter-?(?:signup|form|box)?"
    r"|subscribe-?(?:box|form)|sign-?up|cookies?-?(?:banner|notice|consent|bar)|consent|gdpr|author-?(?:bio|box|card)"
    r"|about-?(?:the-)?author|post-?tags|pagination|pager|outbrain|taboola|adsbygoogle"
)
_AROUND: Final = (
    r"nav|share|social|newsletter|subscribe|subscription|promo(?:tion)?|cta|cookies?|comments?|comment-?(?:list|section"
    r"|area|respond)|disqus|tags?-?(?:list|links)|advert(?:isement)?|ads?|sponsor(?:ed)?|widget|toolbar|donat(?:e|ion)"
    r"|sidebar|toc|table-of-contents|teaser|banner|menu|byline|meta|credits?"
)
_IS_STRAY: Final = re.compile(rf"(?:^|[\s_-])(?:{_STRAY})(?:$|[\s_-])", re.IGNORECASE)
_IS_AROUND: Final = re.compile(rf"(?:^|[\s_-])(?:{_STRAY}|{_AROUND})(?:$|[\s_-])", re.IGNORECASE)
_WHOLE: Final = frozenset(("body", "html", "main", "article", "p", "li", "td", "pre", "figcaption", "figure"))
_CREDITED: Final = re.compile(
    r"(?:^|[\s_-])(?:avatar|author|byline|bio|gravatar|profile|logo|icon|share|social|related|promo|teaser|card|newsletter"
    r"|sponsor|advert|banner|badge|sidebar|comments?|recirc|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
_POST: Final = re.compile(
    r"(?:^|[\s_-])(?:topic-?post|forum-?post|post|message|answer|reply|thread-?post)(?:$|[\s_-])", re.IGNORECASE
)
_PULLED: Final = re.compile(
    r"(?:^|[\s_-])(?:pull-?quote|pullout|callout-quote|blockquote-pull)(?:$|[\s_-])", re.IGNORECASE
)


def judge(graft: Graft, root: Element) -> None:
    """Correct which units of a page are its article's."""
    kept = [number for number, one in enumerate(graft.kept) if one]
    if not kept:
        return
    known = _Known(graft, root)
    for number, unit in enumerate(graft.units):
        if graft.kept[number]:
            graft.kept[number] = not known.stray(unit)
        elif kept[0] <= number <= kept[-1] or unit.within("pre", "figcaption", "table") is not None:
            graft.kept[number] = root in unit.inside and not unit.beside and known.belongs(unit)
    _headings(graft, known)
    _tail(graft)
    _pulled(graft)
    _ends(graft)


def thread(graft: Graft) -> bool:
    """Keep the other posts of a thread, where only the first was chosen; tell whether there are any."""
    first = next((unit for unit, kept in zip(graft.units, graft.kept, strict=True) if kept), None)
    for element in first.inside if first is not None else ():
        name, above = element.attr("class") or "", element.parent
        if not isinstance(above, Element) or not _POST.search(name):
            continue
        others = (one for one in above.children if isinstance(one, Element) and one.tag == element.tag)
        posts = {one for one in others if one is element or _is_post(graft, one, name)}
        if len(posts) > 1:
            for number, unit in enumerate(graft.units):
                # What stands beside the texts of posts is not chosen: names, dates, buttons.
                own = any(one in posts for one in unit.inside) and len(unit.key) >= 25 and not unit.linked
                graft.kept[number] = graft.kept[number] or own
            return True
    return False


def _is_post(graft: Graft, element: Element, name: str) -> bool:
    same = set((element.attr("class") or "").split()) & set(name.split())
    return bool(same) and graft.texts.get(element, 0) >= 40 and next(element.iter_elements(("h1", "h2")), None) is None


class _Known:
    """What is known of the elements of a page, each asked once."""

    def __init__(self, graft: Graft, root: Element) -> None:
        self._graft = graft
        self._root = root
        self._furniture: dict[tuple[Element, re.Pattern[str]], bool] = {}
        self._linked: dict[Element, int] = {}
        self._pieces: dict[Element, int] = {}
        for unit in graft.units:
            for element in unit.inside:
                self._linked[element] = self._linked.get(element, 0) + unit.linked
                self._pieces[element] = self._pieces.get(element, 0) + 1

    def stray(self, unit: Unit, names: re.Pattern[str] = _IS_STRAY) -> bool:
        """Tell whether a unit stands in what is around articles and not in them."""
        return any(self._is_furniture(element, names) for element in unit.inside)

    def belongs(self, unit: Unit) -> bool:
        """Tell whether a unit belongs to the article though it was not chosen."""
        if (code := unit.within("pre")) is not None:
            return self._among(code) and not self.stray(unit)
        if self.stray(unit, _IS_AROUND):
            return False
        if (caption := unit.within("figcaption", "figure")) is not None:
            return self._among(caption) and (caption.tag == "figcaption" or unit.linked <= _LINKS * len(unit.key))
        if (table := unit.within("table")) is not None:
            return self._much(table, 0.3) or (self._among(table) and self._is_data(table))
        if (items := unit.within(*_LISTS)) is not None:
            return self._much(items, 0.5) or (self._among(items) and self._is_prose(items))
        if (quote := unit.within("blockquote", "details")) is not None:
            return self._among(quote) and self._links(quote) <= _LINKS
        return False

    def among(self, element: Element) -> bool:
        """Tell whether an element stands among what is kept."""
        return self._among(element)

    def _is_furniture(self, element: Element, names: re.Pattern[str]) -> bool:
        found = self._furniture.get((element, names))
        if found is None:
            own = f"{element.attr('class') or ''} {element.attr('id') or ''}"[:1000]
            small = self._graft.scores.get(element, 0) < _PART * self._graft.total
            found = (
                small and element.tag not in _WHOLE and bool(names.search(own) or element.attr("role") == "navigation")
            )
            self._furniture[element, names] = found
        return found

    def _links(self, element: Element) -> float:
        return self._linked.get(element, 0) / max(1, self._graft.texts.get(element, 0))

    def _much(self, element: Element, part: float) -> bool:
        return self._graft.scores.get(element, 0) >= part * self._graft.texts.get(element, 1) > 0

    def _among(self, element: Element) -> bool:
        """Tell whether what is kept stands around an element: beside it, or beside what is only made around it."""
        above: object = element.parent
        for _ in range(3):
            if not isinstance(above, Element):
                return False
            others = self._graft.scores.get(above, 0) - self._graft.scores.get(element, 0)
            if others > 0:
                return others >= 0.02 * self._graft.total
            if above is self._root:
                return False
            above = above.parent
        return False

    def _is_data(self, table: Element) -> bool:
        head = next(table.iter_elements(("th", "caption")), None)
        return head is not None and self._links(table) <= 0.3 and self._pieces.get(table, 0) > 2

    def _is_prose(self, items: Element) -> bool:
        pieces = self._pieces.get(items, 0)
        return pieces > 1 and self._links(items) <= 0.25 and self._graft.texts.get(items, 0) >= 12 * pieces


def _headings(graft: Graft, known: _Known) -> None:
    """Keep the headings of what is kept, and none that has nothing below it."""
    ahead = False
    span = [number for number, kept in enumerate(graft.kept) if kept]
    for number in range(len(graft.units) - 1, -1, -1):
        unit = graft.units[number]
        heading = unit.within(*_HEADINGS)
        if heading is None:
            ahead = graft.kept[number] or (ahead and not unit.key)
            continue
        if not graft.kept[number]:
            inside = span and span[0] < number < span[-1]
            graft.kept[number] = bool(
                inside and ahead and not unit.beside and not known.stray(unit) and known.among(heading)
                and unit.linked <= _LINKS * len(unit.key) and unit.key not in LAST_HEADINGS and heading.tag != "h1"
            )  # fmt: skip
        ahead = graft.kept[number]


def _tail(graft: Graft) -> None:
    """Leave out what the last headings of a page announce: references, and what else there is to read."""
    numbers = [number for number, kept in enumerate(graft.kept) if kept]
    for at in range(len(numbers) - 1, -1, -1):
        unit = graft.units[numbers[at]]
        if unit.within(*_HEADINGS) is None:
            continue
        below = [graft.units[number] for number in numbers[at + 1 :]]
        listed = sum(
            len(one.key) for one in below if one.within(*_LISTS, "table") or one.linked > _LINKS * len(one.key)
        )
        if not below or (unit.key in LAST_HEADINGS and listed >= 0.7 * sum(len(one.key) for one in below)):
            for number in numbers[at:]:
                graft.kept[number] = False
            numbers = numbers[:at]
        else:
            return


def _pulled(graft: Graft) -> None:
    """Leave out what only repeats a sentence in large type."""
    for number, unit in enumerate(graft.units):
        if not graft.kept[number] or len(unit.key) > 500:
            continue
        if any(_PULLED.search(element.attr("class") or "") for element in unit.inside[:4]) and any(
            other is not unit and graft.kept[at] and len(other.key) > len(unit.key) and unit.key in other.key
            for at, other in enumerate(graft.units)
        ):
            graft.kept[number] = False


def _ends(graft: Graft) -> None:
    """Leave out what stands before and after the text itself: title, byline, date, links to other views of it."""
    kept = [number for number, one in enumerate(graft.kept) if one]
    for numbers in (kept, kept[::-1]):
        for number in numbers:
            unit = graft.units[number]
            if len(unit.key) >= _LONG or unit.within(*_LISTS, "table", "pre", "figure", "blockquote") is not None:
                break
            only_links = unit.linked == len(unit.key) > 0
            if only_links or (numbers is kept and _is_known(graft, unit.key)):
                graft.kept[number] = False
    for number in kept[:3]:
        graft.kept[number] = graft.kept[number] and graft.units[number].key not in graft.known


def _is_known(graft: Graft, key: str) -> bool:
    if any(one == key or (one in key and len(key) <= len(one) + 24) for one in graft.known):
        return True
    digits = sum(map(str.isdigit, key))
    return 4 <= digits <= 14 and len(key) - digits <= 14


def shows(graft: Graft, unit: Unit, *, near: bool) -> bool:
    """Tell whether the pictures of a unit that is not kept are the article's."""
    if not unit.pictures or not near or unit.beside:
        return False
    if any(_CREDITED.search(f"{one.attr('class') or ''} {one.attr('id') or ''}"[:500]) for one in unit.inside[:3]):
        return False
    if unit.within("figure") is not None:
        return unit.linked <= _LINKS * len(unit.key) or not unit.key
    if unit.linked:
        return False
    holder = next((one for one in unit.inside if graft.texts.get(one, 0) > len(unit.key)), None)
    return holder is not None and graft.scores.get(holder, 0) > 0
