"""The links of an article: numbers, texts, hosts; where one leads is seen before it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.model.links import address
from reader.ui.widgets.dialogue import Dialogue
from reader.ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Region
    from textual.widget import Widget

    from reader.model.links import Link

What: TypeAlias = Literal["leave", "enter", "open", "copy", "add"]

_LONGEST: Final = 300
"""Characters of an address that are shown; its host is told besides."""
_SHARE: Final = 0.6
"""How much of the text the panel may cover."""
_LEAST: Final = 8
"""Lines that the panel has at the least."""
_MADE: Final = 10_000
"""Links that are listed at the most."""


class LinksScreen(Dialogue["tuple[What, int]"]):
    """Lists links, and asks what to do with one: its number and what to do is the answer.

    Args:
        links: the links.
        chosen: the number, from 0, of the one to begin with.
        typed: a digit that was typed already.
        here: gives the title of the article that has an address, empty where none has it.
        room: gives where the text is: the panel stands at the bottom of it; None for the whole screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,u,h", "answer('leave')", "Leave"),
        Binding("o", "answer('open')", "Open in the browser"),
        Binding("y", "answer('copy')", "Copy"),
        Binding("+", "answer('add')", "Add as an article"),
    ]

    def __init__(
        self,
        links: Sequence[Link],
        chosen: int = 0,
        typed: str = "",
        here: Callable[[str], str] = lambda _: "",
        room: Callable[[], Region] | None = None,
    ) -> None:
        super().__init__()
        self._room = room
        self._links, self._chosen, self._here = links[:_MADE], chosen, here
        self._first, self._typed = typed, ""

    def compose(self) -> ComposeResult:
        """Show the links, and the chosen one's whole address."""
        with Vertical(id="links", classes="dialogue") as box:
            box.border_title = "Links"
            yield PickList(len(self._links), self._pick, self._chosen)
            yield Static(Content(""), classes="said")
            self._place(box)

    def on_resize(self) -> None:
        """Stay where the text is."""
        self.call_after_refresh(self._place, self.query_one("#links"))

    def _place(self, box: Widget) -> None:
        """Put the panel over the lower part of the text, its frame and what stands under it staying in view."""
        if self._room is None:
            return
        room, size = self._room(), self.app.size
        box.styles.margin = (0, max(0, size.width - room.right), max(0, size.height - room.bottom), room.x)
        box.styles.max_height = max(_LEAST, round(room.height * _SHARE))

    def _pick(self, number: int) -> Pick:
        link, wide = self._links[number], len(str(len(self._links)))
        return Pick(f"{number + 1:>{wide}} ", link.text, _end(link))

    def on_mount(self) -> None:
        """Go to the link whose number is being typed."""
        self.query_one(PickList).focus()
        self._tell()
        if self._first:
            self._type(self._first)

    def _type(self, digit: str) -> None:
        number = int(self._typed + digit)
        if not 0 < number <= len(self._links):
            number = int(digit)
        self._typed = str(number) if 0 < number <= len(self._links) else ""
        if self._typed:
            self.query_one(PickList).cursor = number - 1

    def on_key(self, event: events.Key) -> None:
        """Take the digits of a number."""
        if event.key.isdecimal() and len(event.key) == 1:
            event.stop()
            self._type(event.key)
        else:
            self._typed = ""

    def on_pick_list_moved(self) -> None:
        """Tell about the link under the cursor."""
        self._tell()

    def on_pick_list_picked(self) -> None:
        """Go where the link leads."""
        self.action_answer("enter")

    def _tell(self) -> None:
        link = self._links[self.query_one(PickList).cursor]
        keys = [] if link.leads is None else ["Enter goes there"]
        if link.address:
            found = address(link.address)
            if link.leads is None and found.host:
                keys = ["Enter reads it here", "o opens"] if self._here(found.whole) else ["o or Enter opens"]
            keys += ["y copies"] + (["+ adds"] if found.is_web and found.host else [])
        self.query_one(".dialogue").border_subtitle = " · ".join([*keys, "Esc"])
        self.query_one(".said", Static).update(Content(self._about(link)))

    def _about(self, link: Link) -> str:
        if not link.address:
            return link.text
        found = address(link.address)
        whole = found.whole if len(found.whole) <= _LONGEST else f"{found.whole[:_LONGEST]}…"
        if not found.host:
            return f"{whole}\nThis is no address of a page: it cannot be opened."
        lines = []
        if found.user:
            lines.append(f"It asks {host_shown(found.host)}, and not “{found.user[:80]}”.")
        if title := self._here(found.whole):
            lines.append(f"Here already: {title}")
        # What may be long comes last: it is what is cut off where there is little room.
        return "\n".join([*lines, whole])

    def action_answer(self, what: What) -> None:
        """Answer."""
        number = self.query_one(PickList).cursor
        if what == "leave" or self._links[number].address or (what == "enter" and self._links[number].leads):
            self.dismiss((what, number))


def _end(link: Link) -> str:
    if not link.address:
        return "note"
    found = address(link.address)
    if link.leads is not None:
        return "in this article"
    return host_shown(found.host) or "cannot be opened"


def host_shown(host: str) -> str:
    """Give a host as a person reads it; an international one also as it is asked for."""
    if host.isascii() and "xn--" not in host:
        return host
    import idna

    try:
        if host.isascii():
            said = ".".join(idna.decode(part) if part.startswith("xn--") else part for part in host.split("."))
            return f"{said} ({host})"
        return f"{host} ({idna.encode(host, uts46=True, transitional=False).decode('ascii')})"
    except (idna.IDNAError, UnicodeError):
        return f"{host} (no valid name)"
