"""The file that the first picture is kept in, as text: what it was made from, and the lines with their colours.

It is read before anything else is imported, so it needs nothing; what it holds reaches the terminal, so it is looked
at first, whoever wrote it.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing takes as long to import as the picture to paint
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    Runs: TypeAlias = Sequence[tuple[str, str]]
    """A line: pieces of text, each with its colours and attributes as the numbers of an SGR sequence."""

_FIRST = "the first picture of reader, format 1"
_LAST = "its end"
_NUMBERS = frozenset("0123456789;")
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)))


class Sheet:
    """A picture on paper.

    Args:
        size: columns and lines of the terminal that it is for.
        times: from when on, and until when, it is right; seconds since 1970.
        facts: what it was made from, by name; it is right as long as all of them are the same.
        lines: for a line of the screen, from 0 on, and a time the pieces that it shows from then on.
    """

    __slots__ = ("facts", "lines", "size", "times")

    def __init__(
        self,
        size: tuple[int, int],
        times: tuple[int, int],
        facts: dict[str, str],
        lines: dict[tuple[int, int], Runs],
    ) -> None:
        self.size, self.times, self.facts, self.lines = size, times, facts, lines

    def written(self) -> bytes:
        """Give it as the bytes of a file.

        Raises:
            ValueError: it cannot be written down, as something in it is more than one line.
        """
        rows = [_FIRST, _row(*self.size, *self.times)]
        rows += [_row("fact", name, value) for name, value in self.facts.items()]
        for (y, since), runs in sorted(self.lines.items()):
            rows.append(_row("line", y, since, *(part for run in runs for part in run)))
        return "\n".join([*rows, _LAST, ""]).encode("utf-8", "surrogateescape")

    def painted(self, now: int) -> bytes:
        """Give it as what a terminal is told, for a moment at which it is right."""
        shown = {y: self.lines[y, since] for y, since in sorted(self.lines) if since <= now}
        return "".join(f"\x1b[{y + 1};1H{_told(runs)}" for y, runs in shown.items()).encode()


def _told(runs: Runs) -> str:
    return "".join(f"\x1b[{numbers}m{text}\x1b[0m" if numbers else text for numbers, text in runs)


def _row(*parts: object) -> str:
    written = [str(part) for part in parts]
    if any("\t" in part or "\n" in part for part in written):
        raise ValueError("more than one line")
    return "\t".join(written)


def read(data: bytes) -> Sheet | None:
    """Read what was written, None where it is of another version, torn, or tells a terminal more than to show text."""
    try:
        first, head, *rows, last, nothing = data.decode("utf-8", "surrogateescape").split("\n")
        columns, height, since, until = map(int, head.split("\t"))
        if (first, last, nothing) != (_FIRST, _LAST, ""):
            return None
        facts: dict[str, str] = {}
        lines: dict[tuple[int, int], Runs] = {}
        for row in rows:
            kind, *parts = row.split("\t")
            if kind == "fact":
                facts[parts[0]] = parts[1]
            else:
                lines[int(parts[0]), int(parts[1])] = _runs(parts[2::2], parts[3::2])
    except (ValueError, IndexError):
        return None
    drawn = {y for y, _ in lines}
    whole = len(drawn) == height and drawn == set(range(height))
    return Sheet((columns, height), (since, until), facts, lines) if whole else None


def _runs(numbers: Iterable[str], texts: Iterable[str]) -> Runs:
    runs = list(zip(numbers, texts, strict=True))
    for codes, text in runs:
        text.encode()  # bytes that are no text, as in a torn file, are a ValueError here
        if not _NUMBERS.issuperset(codes) or text.translate(_CONTROLS) != text:
            raise ValueError("this is more than text and its colours")
    return runs
