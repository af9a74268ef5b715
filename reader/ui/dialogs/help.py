"""The help: every command with its keys, searchable."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from reader.commands import default, shown
from reader.model.signs import spelled
from reader.ui.widgets.dialogue import Dialogue
from reader.ui.widgets.keyed import keymap_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.app import ComposeResult

    from reader.commands import Command, Keymap, Place

_WHERE = {"both": "", "list": "in the list", "article": "in the article", "views": "in the pane of views"}
_KEYS_WIDTH = 16


def matching(words: str, keymap: Keymap | None = None, place: Place | None = None) -> list[Command]:
    """Give the commands whose keys, name, help or id hold every word.

    Args:
        words: what is looked for.
        keymap: the keys that hold, None for the default ones.
        place: the screen whose commands they are, None for those of the articles.
    """
    wanted, known = words.casefold().split(), keymap or default()
    commands = known.commands if place is None else known.of_screen(place)
    return [command for command in commands if all(word in _found_by(command, known).casefold() for word in wanted)]


def _found_by(command: Command, keymap: Keymap) -> str:
    return f"{' '.join(_keys(command))} {command.name} {keymap.told(command.help)} {command.id}"


def matching_examples(words: str) -> list[tuple[str, str]]:
    """Give the examples of the query language that hold every word; they are also found by what they are."""
    from reader.model.query import EXAMPLES

    wanted = words.casefold().split()
    about = "search filter query "
    return [one for one in EXAMPLES if all(word in f"{about}{' '.join(one)}".casefold() for word in wanted)]


def _keys(command: Command) -> list[str]:
    return [shown(key) for key in (*command.keys, *command.article_keys)]


class _Words(Input):
    """What is typed; Space goes a page down as long as that is nothing."""

    async def on_key(self, event: events.Key) -> None:
        """Take Space away from the line while it is empty."""
        if event.key == "space" and not self.value:
            event.stop()
            event.prevent_default()
            await self.run_action("screen.scroll(10)")


class HelpScreen(Dialogue[str]):
    """Lists the commands with the keys that hold now; typing narrows the list.

    Args:
        place: the screen whose commands they are, None for those of the articles.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "dismiss", "Close"),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("pagedown,enter", "scroll(10)", "Page down", show=False),
        Binding("pageup", "scroll(-10)", "Page up", show=False),
    ]

    def __init__(self, place: Place | None = None) -> None:
        super().__init__()
        self._place: Place | None = place
        self._spelled = False

    def compose(self) -> ComposeResult:
        """Show the help."""
        self._spelled = self.in_ascii
        with Vertical(id="help", classes="dialogue") as box:
            box.border_title = "Keys"
            box.border_subtitle = "type to find · ↓ ↑ Space scroll · Esc closes"
            yield _Words(placeholder="find a key or a command")
            with VerticalScroll(can_focus=False):
                yield Static(self._text("", keymap_of(self)))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self.query_one(Static).update(self._text(event.value, keymap_of(self)))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll the list."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _text(self, words: str, keymap: Keymap) -> Group:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(min_width=_KEYS_WIDTH, max_width=_KEYS_WIDTH)
        table.add_column()
        group = ""
        for command in matching(words, keymap, self._place):
            if command.group != group:
                group = command.group
                if table.row_count:
                    table.add_row()
                table.add_row(Text(group, "bold underline"))
            where = f" ({_WHERE[command.where]})" if _WHERE.get(command.where) else ""
            text = Text.assemble((command.name, "bold"), f"{where}. {keymap.told(command.help)}")
            keys = " ".join(_keys(command)) or "(palette)"
            table.add_row(Text(spelled(keys) if self._spelled else keys), text)
        examples = matching_examples(words)
        if not group and not examples:
            table.add_row("", "No command is called that.")
        return Group(table, *_examples(examples, keymap, after=bool(group)))


def _examples(examples: Sequence[tuple[str, str]], keymap: Keymap, *, after: bool) -> Iterator[Table | Text]:
    """Give the examples as they are shown, `after` commands."""
    if not examples:
        return
    heading = keymap.told("What {search} and {view.filter} understand: an article is found if it …")
    yield Text(f"\n{heading}" if after else heading, "bold underline")
    table = Table.grid(padding=(0, 2, 0, 0))
    for query, finds in examples:
        table.add_row(Text(query), Text(finds))
    yield table
