"""Sets of keys to choose from: what each has otherwise than the table of commands."""

from __future__ import annotations

from typing import Final, TypeAlias

Bound: TypeAlias = dict[str, tuple[str, ...]]

_NEWSBOAT: Final[Bound] = {
    # In newsboat's lists J and K go on and back as the arrows do; in its articles, to the next and the one before.
    "cursor.down": ("j", "down", "J"),
    "cursor.up": ("k", "up", "K"),
    "article.scroll_down": ("}",),
    "article.scroll_up": ("{",),
    # g and G sort there, so that no sequence begins with g: what is gg is Home, and the comma, which begins
    # newsboat's macros, begins the others.
    "cursor.top": ("home",),
    "cursor.bottom": ("end",),
    "page.down": ("space", "pagedown"),
    "page.up": ("b", "pageup"),
    "go.in": ("enter", "right"),
    "go.up": ("escape", "ctrl+f"),
    "view.sort": ("g", "G", "S"),
    "view.unread": ("2", "l"),
    "view.renew": ("ctrl+l", ", r"),
    "views.jump": ("f", ", v"),
    "view.save": (", w",),
    "notebook.notes": (", n",),
    "history": (", h",),
    "settings": (", ,",),
    "view.themes": (", t",),
    "article.export": ("s", "w"),
    "sources": ("E", ", s"),
    "article.note_in_editor": (", e",),
    "article.toggle_bookmark": ("ctrl+b",),
    "article.tags": ("t", "ctrl+e"),
    "article.links": ("u", "#"),
    "redo": ("ctrl+r", ", U"),
}

_ARROWS: Final[Bound] = {
    "cursor.down": ("down", "j"),
    "cursor.up": ("up", "k"),
    "cursor.top": ("home", "g g"),
    "cursor.bottom": ("end", "G"),
    "page.down": ("pagedown", "space", "ctrl+f"),
    "page.up": ("pageup", "b", "ctrl+b"),
    "go.in": ("enter", "right", "l"),
    "go.back": ("backspace", "h"),
    "go.up": ("escape", "backspace"),
    "section.fold": ("left", "h"),
    "side.right": ("right", "l"),
    "unread.next": ("ctrl+down", "n"),
    "unread.previous": ("ctrl+up", "p"),
    "article.next": ("ctrl+right", "J"),
    "article.previous": ("ctrl+left", "K"),
    "article.scroll_down": ("shift+down", "J"),
    "article.scroll_up": ("shift+up", "K"),
    "paragraph.next": ("shift+down", "}"),
    "paragraph.previous": ("shift+up", "{"),
    "help": ("f1", "?"),
    "palette": ("f2", ":", "ctrl+p"),
    "search": ("f3", "/"),
    "find": ("f3", "/"),
    "article.toggle_bookmark": ("f4", "s", "f"),
    "refresh.source": ("f5", "r"),
    "views.pane": ("f6", "backslash"),
    "article.note": ("f7", "a"),
    "article.toggle_read": ("f8", "m"),
    "paragraph.highlight": ("f9", "H"),
    "rows.mark": ("f9", "V"),
    "quit": ("f10", "Q"),
    "undo": ("f12", "U"),
    "library.add": ("insert", "+"),
    "highlight.delete": ("delete", "d"),
    "views.in": ("right", "l"),
    "views.out": ("left", "h"),
    "views.find": ("f3", "/"),
    "views.add": ("insert", "+"),
    "views.remove": ("delete", "d"),
    "views.leave": ("escape", "backspace", "q"),
    "sources.remove": ("delete", "d"),
    "sources.back": ("escape", "backspace", "left", "q", "h", "backslash"),
    "notebook.back": ("escape", "backspace", "left", "q", "h"),
    "history.back": ("escape", "backspace", "left", "q", "h"),
}

PRESETS: Final[dict[str, Bound]] = {"default": {}, "newsboat": _NEWSBOAT, "arrows": _ARROWS}
"""The keys that each preset has otherwise, by command."""
