"""The repeated structure of a page: which marks open its records, and where each record begins and ends."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from reader.ingest.topics import marks as topic_marks
from reader.ingest.topics.sheet import HEADINGS
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.ingest.topics.marks import Mark
    from reader.ingest.topics.sheet import Sheet

FEWEST: Final = 3
_MOST_GROUPS: Final = 12
_ENOUGH_TEXT: Final = 400
_WHOLE: Final = frozenset({"body", "main", "html"})
_ITEMS: Final = frozenset({"article", "li"})
_MOST_BETWEEN: Final = 8


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its mark, and the elements that hold it, with all that is within them."""

    mark: Mark
    places: tuple[int, ...]


def records(flat: Sheet, unwanted: list[bool]) -> list[Record]:
    """Find the records of a page, in its order; none when there are too few."""
    found = _chosen(flat, topic_marks.marks(flat, unwanted))
    if len(found) < FEWEST:
        return []
    roots = _roots(flat, found)
    return [Record(mark, tuple(places)) for mark, places in zip(found, _places(flat, roots, found), strict=True)]


def _chosen(flat: Sheet, marks: Sequence[Mark]) -> list[Mark]:
    """Choose the marks that are headlines: the best group of one place on the page, and others like it."""
    groups: dict[tuple[int, bool, bool], list[Mark]] = defaultdict(list)
    shelves = _shelves(marks)
    for mark in marks:
        if mark.url not in shelves:
            groups[mark.path, mark.level == "bare", bool(mark.url)].append(mark)
    ranked = sorted(groups.values(), key=_promise, reverse=True)[:_MOST_GROUPS]
    scored = [(_score(flat, group), group) for group in ranked if any(mark.strong for mark in group)]
    if not scored:
        return []
    best = max(scored, key=lambda one: one[0])[1]
    if best[0].level == "bare":
        return _listed(flat, best)
    typical = sum(topic_marks.weight(mark.title) for mark in best) / len(best)
    others = (group for _, group in scored if group is not best and group[0].level != "bare")
    joined = [mark for group in others if _is_like(group, typical, linked=bool(best[0].url)) for mark in group]
    return sorted(best + joined, key=lambda mark: mark.at)


def _shelves(marks: Sequence[Mark]) -> set[str]:
    """Find the addresses that others stand below: those of sections, where articles are kept."""
    above: Counter[str] = Counter()
    for mark in filter(attrgetter("url"), marks):
        path = mark.url.split("?", 1)[0].rstrip("/")
        above.update({path.rsplit("/", 1)[0], path.rsplit("/", 2)[0]})
    return {mark.url for mark in marks if mark.url and above[mark.url.split("?", 1)[0].rstrip("/")] >= 2}


def _promise(group: Sequence[Mark]) -> float:
    """Give how much a group promises at first sight."""
    length = sum(min(topic_marks.weight(mark.title), 90) for mark in group if mark.strong)
    return length * (1 if group[0].level == "bare" else 2.5)


def _score(flat: Sheet, group: Sequence[Mark]) -> float:
    """Give how likely the marks of a group open the page's records: many, long, and with text of their own."""
    if len(group) < FEWEST and group[0].level == "bare":
        return 0
    own = 0
    roots = _roots(flat, group)
    for mark, root in zip(group, roots, strict=True):
        own += min(max(0, flat.size(root) - flat.size(mark.at)), _ENOUGH_TEXT)
    return _promise(group) * (1 + own / len(group) / 120) * (1 if group[0].url else 0.6)


def _is_like(group: Sequence[Mark], typical: float, *, linked: bool) -> bool:
    """Tell whether a group of headings holds headlines like those of the best."""
    strong = [topic_marks.weight(mark.title) for mark in group if mark.strong]
    if bool(group[0].url) != linked or 2 * len(strong) < len(group):
        return False
    return sum(strong) / len(strong) >= max(14, typical * 0.45)


def _listed(flat: Sheet, group: Sequence[Mark]) -> list[Mark]:
    """Take bare links by the lists that they stand in: a short one is a headline among long ones only."""
    lists: dict[int, list[Mark]] = defaultdict(list)
    places = [mark.at for mark in group]
    for mark, root in zip(group, _roots(flat, group), strict=True):
        holder = flat.parents[root]
        while flat.parents[holder] >= 0 and _count(places, holder, flat.ends[holder]) < 2:
            holder = flat.parents[holder]
        lists[holder].append(mark)
    kept = [one for one in lists.values() if 2 * sum(mark.strong for mark in one) >= len(one)]
    found = sorted((mark for one in kept for mark in one), key=lambda mark: mark.at)
    return found if sum(mark.strong for mark in found) >= FEWEST else []


def _roots(flat: Sheet, marks: Sequence[Mark]) -> list[int]:
    """Find for each mark the largest element around it that holds no other."""
    places = [mark.at for mark in marks]
    roots: list[int] = []
    for number, mark in enumerate(marks):
        root = mark.at
        while flat.tags[root] not in _ITEMS:
            parent = flat.parents[root]
            if parent < 0 or flat.tags[parent] in _WHOLE or _count(places, parent, flat.ends[parent]) > 1:
                break
            root = parent
        if roots and root < flat.ends[roots[-1]]:
            root = marks[number].at
        roots.append(root)
    return roots


def _count(places: Sequence[int], start: int, end: int) -> int:
    """Count the marks in a stretch of elements."""
    return bisect_left(places, end) - bisect_left(places, start)


def _places(flat: Sheet, roots: Sequence[int], marks: Sequence[Mark]) -> list[list[int]]:
    """Give each record its root, and what stands beside it where records are laid out flat."""
    places = [[root] for root in roots]
    rows: dict[int, list[int]] = defaultdict(list)
    for number, root in enumerate(roots):
        rows[flat.parents[root]].append(number)
    for parent, numbers in rows.items():
        if parent >= 0 and any(flat.tags[roots[number]] not in _ITEMS for number in numbers):
            _share(flat, parent, numbers, roots, places)
    return places


def _share(flat: Sheet, parent: int, numbers: Sequence[int], roots: Sequence[int], places: list[list[int]]) -> None:
    """Share what stands between the records of one row among them."""
    runs = _runs(flat, parent, [roots[number] for number in numbers])
    between = runs[1:-1]
    if 2 * sum(map(bool, between)) < len(between) or (not between and not runs[-1]):
        return
    ahead = _ahead(flat, runs)
    usual = max(map(len, between), default=_MOST_BETWEEN // 2) - ahead
    for place, number in enumerate(numbers):
        before, after = runs[place], runs[place + 1]
        first = before[len(before) - min(ahead, len(before)) :] if ahead else []
        final = place + 1 == len(numbers)
        last = after[:usual] if final else after[: max(0, len(after) - ahead)]
        places[number] = [*first, roots[number], *last[:_MOST_BETWEEN]]


def _runs(flat: Sheet, parent: int, roots: Sequence[int]) -> list[list[int]]:
    """Give the elements before, between and after the records of a row; a heading or another list ends a run."""
    runs: list[list[int]] = [[]]
    ended = False
    wanted = set(roots)
    for child in children(flat, parent):
        if child in wanted:
            runs.append([])
            ended = False
        elif _is_divide(flat, child):
            if len(runs) == 1:
                runs[0].clear()
            else:
                ended = True
        elif not ended and flat.size(child):
            runs[-1].append(child)
    return runs


def _is_divide(flat: Sheet, at: int) -> bool:
    return flat.tags[at] in HEADINGS or any(
        flat.tags[within] in HEADINGS for within in range(at, min(flat.ends[at], at + 12))
    )


def children(flat: Sheet, parent: int) -> Iterable[int]:
    """Give the elements directly within one."""
    child = parent + 1
    while child < flat.ends[parent]:
        yield child
        child = flat.ends[child]


def _ahead(flat: Sheet, runs: Sequence[Sequence[int]]) -> int:
    """Tell how many of the elements between two records belong to the second: bylines that come first."""

    def key(at: int) -> tuple[str, str]:
        return flat.tags[at], flat.attrs[at].get("class", "")

    between = [tuple(map(key, run)) for run in runs[1:-1]]
    if not between or not runs[0]:
        return 0
    usual = Counter(between).most_common(1)[0][0]
    last = tuple(map(key, runs[-1]))
    if last[: len(usual)] == usual and len(usual) > 0:
        return 0
    first = tuple(map(key, runs[0]))
    ahead = 0
    while ahead < min(len(first), len(usual)) and first[-1 - ahead] == usual[-1 - ahead]:
        ahead += 1
    return min(ahead, max(0, len(usual) - _alike(last, usual)))


def _alike(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> int:
    """Count how many items two runs have alike from their start."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
