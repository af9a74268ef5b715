"""The tags of an article, or of many: typed, completed, taken away; all of it is one change in the end."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.model.fuzzy import Names
from reader.model.tags import folded, tidy
from reader.ui.widgets.dialogue import Dialogue
from reader.ui.widgets.name_list import NameList
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from reader.ui.widgets.pick_list import PickList

Retagged: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The tags to be added to all of the articles, and those to be taken away."""


@dataclass(frozen=True, slots=True)
class TagsNow:
    """How things are: how many articles, which of them have which tags, and how many of all articles have each."""

    articles: int = 1
    had: Mapping[str, int] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)


class Chosen:
    """The tags that the articles are to have.

    Args:
        now: how things are.
    """

    def __init__(self, now: TagsNow) -> None:
        self._now = now
        self._kept = {folded(tag): tag for tag in sorted(now.had, key=lambda tag: now.had[tag] < now.articles)}
        """Those that stay where they are, on all articles or on some."""
        self._added: dict[str, str] = {}

    @property
    def some(self) -> list[tuple[str, int]]:
        """The tags that only some articles have, and how many."""
        had = ((name, tag, self._now.had[tag]) for name, tag in self._kept.items())
        return [(tag, count) for name, tag, count in had if count < self._now.articles and name not in self._added]

    @property
    def all(self) -> list[str]:
        """The tags that all articles have or are to have, the new ones last."""
        whole = [tag for tag in self._kept.values() if self._now.had[tag] >= self._now.articles]
        return [*whole, *self._added.values()]

    def add(self, text: str) -> None:
        """Let all articles have a tag, or no longer where a minus stands before it."""
        tag = tidy(text.strip().removeprefix("#"))
        if text.strip().startswith("-"):
            self.remove(tidy(text.strip()[1:].removeprefix("#")))
        elif tag and folded(tag) not in map(folded, self.all):
            spelled = next((one for one in (*self._now.had, *self._now.known) if folded(one) == folded(tag)), tag)
            self._added[folded(tag)] = spelled

    def remove(self, tag: str) -> None:
        """Let no article have a tag."""
        self._added.pop(folded(tag), None)
        self._kept.pop(folded(tag), None)

    def turn(self, tag: str) -> None:
        """Let all articles have a tag; where they do, none."""
        if folded(tag) in map(folded, self.all):
            self.remove(tag)
        else:
            self.add(tag)

    def take_last(self) -> None:
        """Let no article have the last tag: of those that all have, the new ones last; else of those that some have."""
        tags = self.all or [tag for tag, _ in self.some]
        if tags:
            self.remove(tags[-1])

    @property
    def change(self) -> Retagged:
        """What is to be added and to be taken away."""
        had = {folded(tag): tag for tag in self._now.had}
        gone = tuple(tag for name, tag in had.items() if name not in self._kept and name not in self._added)
        return tuple(self._added.values()), gone


class TagsScreen(Dialogue[Retagged]):
    """Asks which tags the articles are to have; the answer is what has to be changed.

    How things are may come later than what is typed: see `take`.

    Args:
        title: what it is about.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave it"),
        Binding("down,ctrl+n,ctrl+j", "move(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p,ctrl+k", "move(-1)", "Up", show=False, priority=True),
        Binding("tab", "complete", "Complete", show=False, priority=True),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("backspace", "rub", "Rub out", show=False, priority=True),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._chosen: Chosen | None = None
        self._entered: list[str | None] = []
        """What was entered before it was known how things are; None for the end."""
        self._tags: list[tuple[str, int]] = []
        self._names, self._found = Names(()), list[int]()
        self._input = Input(placeholder="tags, parted by commas; -tag takes one away")
        self._list = NameList(self._pick, self._marked)
        self._list.armed = False  # until it is gone to, Enter takes what is typed
        self._said = Static(classes="said", markup=False)

    def compose(self) -> ComposeResult:
        """Show the tags there are, the line to type in, and the known tags under it."""
        with Vertical(id="tags", classes="dialogue") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Enter adds, once more saves · Tab completes · Esc leaves it"
            yield self._said
            yield self._input
            yield self._list

    def on_mount(self) -> None:
        """Begin with typing."""
        self._input.focus()
        self._say()

    def take(self, now: TagsNow) -> None:
        """Take note of how things are."""
        self._chosen = Chosen(now)
        self._tags = sorted(now.known.items(), key=lambda one: (-one[1], folded(one[0])))
        self._names = Names([tag for tag, _ in self._tags])
        if not self.is_attached:
            return
        self._find()
        entered, self._entered = self._entered, []
        for text in entered:
            if text is None:
                self._save()
            else:
                self._chosen.add(text)
        self._say()

    # -- what is shown

    def _say(self) -> None:
        if self._chosen is None:
            self._said.update(Content("…"))
            return
        lines = [" ".join(f"#{tag}" for tag in self._chosen.all) or "No tags yet."]
        if some := self._chosen.some:
            tags = " ".join(f"#{tag} ({count:,})" for tag, count in some)
            lines = [lines[0] if self._chosen.all else "None on all.", f"Only on some: {tags}"]
        self._said.update(Content("\n".join(lines)))
        self._list.refresh()

    def _find(self) -> None:
        typed = self._input.value.rpartition(",")[2].strip().removeprefix("-").removeprefix("#")
        self._found, self._list.armed = self._names.best(typed), False
        nothing = "Enter makes it a new tag." if typed else "Tags that you use are proposed here."
        self._list.offer(len(self._found), nothing if self._chosen is not None else "")

    def _pick(self, number: int) -> tuple[str, str]:
        tag, count = self._tags[self._found[number]]
        there = self._chosen is not None and folded(tag) in map(folded, self._chosen.all)
        return tag, f"✓ {count:,}" if there else f"{count:,}"

    def _marked(self, number: int) -> set[int]:
        typed = self._input.value.rpartition(",")[2].strip().removeprefix("-").removeprefix("#")
        return self._names.marked(self._found[number], typed)

    # -- what is done

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take the tags before a comma, and propose what is typed behind it."""
        *whole, rest = event.value.split(",")
        for text in whole:
            self._enter(text)
        if whole:
            self._input.value = rest.lstrip()
        self._find()

    def on_input_submitted(self) -> None:
        """Take what is typed, or the tag that was gone to; where neither is, save."""
        if self._list.armed and self._found:
            self._turn(self._list.cursor)
        elif text := self._input.value.strip():
            self._input.value = ""
            self._enter(text)
        else:
            self._save()

    def on_pick_list_picked(self, event: PickList.Picked) -> None:
        """Take the tag that was clicked."""
        self._turn(event.number)

    def _turn(self, number: int) -> None:
        if self._chosen is not None:
            self._chosen.turn(self._tags[self._found[number]][0])
            self._input.value = ""
            self._list.armed = False
            self._say()

    def _enter(self, text: str) -> None:
        if self._chosen is None:
            self._entered.append(text)
        else:
            self._chosen.add(text)
            self._say()

    def _save(self) -> None:
        if self._chosen is None:
            self._entered.append(None)
        else:
            self.dismiss(self._chosen.change)

    def action_save(self) -> None:
        """Save with what is typed."""
        if text := self._input.value.strip():
            self._enter(text)
        self._save()

    def action_complete(self) -> None:
        """Type the tag under the cursor of the list to its end."""
        if self._found:
            minus = "-" if self._input.value.strip().startswith("-") else ""
            self._input.value = minus + self._tags[self._found[self._list.cursor]][0]
            self._input.cursor_position = len(self._input.value)

    def action_rub(self) -> None:
        """Rub out a letter; where nothing is typed, take the last tag away."""
        if self._input.value:
            self._input.action_delete_left()
        elif self._chosen is not None:
            self._chosen.take_last()
            self._say()

    def action_move(self, step: int) -> None:
        """Go to another of the proposed tags."""
        if self._list.armed:
            self._list.action_move(step)
        self._list.armed = bool(self._found)
        self._list.refresh()
