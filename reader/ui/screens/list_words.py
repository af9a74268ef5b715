"""What is said of a listing: in the top line, in the footer, and where nothing is to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.model.listing import VIEWS, Filter, Listing

if TYPE_CHECKING:
    from reader.commands import Keymap
    from reader.ui.screens.reading import ReadingScreen

_MARKING: Final = ("article.toggle_read", "article.toggle_bookmark", "article.note", "article.tags")
_WRITING: Final = (*_MARKING, "paragraph.highlight", "library.add")


def articles(count: int) -> str:
    """Count articles in words."""
    return "1 article" if count == 1 else f"{count:,} articles"


def name_of(chosen: Filter, source: str = "") -> str:
    """Give the name of the view that a filter chooses, and the title of the source that it is of."""
    built_in = VIEWS.get(chosen.view)
    name = built_in.name if built_in is not None else chosen.view.partition(":")[2]
    if not source:
        return name
    return source if chosen.view == "all" else f"{source}: {name}"


def status(listing: Listing, keymap: Keymap, *, name: str, searching: bool, waiting: int) -> str:
    """Say what is shown, for the top line.

    Args:
        listing: what the list shows.
        keymap: the keys that hold.
        name: the name of its view.
        searching: whether everything is searched, and not a view narrowed.
        waiting: how many articles came meanwhile and are not shown yet.
    """
    chosen, count = listing.filter, len(listing)
    titles = {group.title for group in listing.groups} if listing.grouping == "section" else set()
    one = chosen.view == "all" and chosen.source is None and len(titles) == 1
    name = titles.pop() if one and not chosen.words else name
    if chosen.words and searching:
        said = f"“{chosen.words}” · {count:,} found{' so far' if listing.partial else ''}"
    elif chosen.words:
        said = f"{name} · “{chosen.words}” · {articles(count)}, {listing.unread:,} unread"
    else:
        said = f"{name} · {articles(count)}, {listing.unread:,} unread"
    return f"{said} · {waiting:,} new · {keymap.key('view.renew')} shows them" if waiting else said


def of(screen: ReadingScreen) -> str:
    """Say what a screen shows, for its top line."""
    lists = screen.lists
    return status(screen.listing, screen.keymap, name=lists.name, searching=lists.searched, waiting=lists.waiting)


def nothing(chosen: Filter, keymap: Keymap, *, searching: bool) -> str:
    """Say why a listing is empty, and by which key that is mended."""
    key = keymap.key
    if chosen.words and searching:
        more = f"\n{key('view.filter')} narrows a view instead." if ":" in chosen.words else ""
        return f"No article has “{chosen.words}”.\n{key('search')} changes the search, Esc ends it.{more}"
    if chosen.words:
        where = f"in {name_of(chosen)} " if chosen.view != "all" or chosen.source is not None else ""
        return f"No article {where}is “{chosen.words}”.\n{key('view.filter')} changes the filter, Esc takes it away."
    built_in = VIEWS.get(chosen.view)
    if chosen.source is not None and chosen.view == "all":
        return keymap.told(
            "This source has brought nothing yet.\n{refresh.source} asks it, {sources} says how it is.\n"
            "{view.all} shows all articles."
        )
    if built_in is not None:
        return keymap.told(built_in.empty)
    kind, _, name = chosen.view.partition(":")
    why = {
        "tag": f"No article has the tag “{name}” any more.\n{key('article.tags')} tags an article.",
        "folder": f"The sources in “{name}” have brought nothing yet.\n{key('refresh.all')} asks all sources.",
    }.get(kind, f"No article is in “{name}” now: it asks for {chosen.query}")
    return f"{why}\n{key('view.all')} shows all articles."


def about_heading(listing: Listing, cursor: int, keymap: Keymap) -> str:
    """Say what the heading under the cursor holds, nothing where there is none."""
    if not listing.items:
        return ""
    group = listing.groups[number := listing.group_of(cursor)]
    unread = f"{articles(group.count)}, {listing.unread_in(number):,} unread"
    return f"{group.title}: {unread}.\n{keymap.key('go.in')} unfolds it."


def footer(screen: ReadingScreen) -> dict[str, str]:
    """Give the words of the footer that are others now; an empty one is for a key that does nothing here."""
    words = {"article.tags": ""}
    if screen.lists.searched:
        words["unread.next"] = "next match|next"
    if screen.articles.index is None:
        words |= dict.fromkeys(_MARKING, "")
        words["go.in"] = "unfold"
    if not screen.listing.items:
        words["go.in"] = words["unread.next"] = ""
    if screen.articles.marked and not screen.reading:
        words |= screen.marked.footer
    if screen.library.read_only:
        words |= dict.fromkeys(_WRITING, "")
    if screen.library.preview is not None:
        words["library.add"] = "keep"
    return words
