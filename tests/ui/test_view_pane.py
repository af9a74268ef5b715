"""The pane of views, tags and sources, and going to what is in it."""

from __future__ import annotations

import pytest
from textual.app import App

from reader.library import Library
from reader.library.tree import Node, begun
from reader.model.fuzzy import Names
from reader.model.listing import Filter
from reader.model.source import Care, Source
from reader.ui.dialogs.jump import JumpScreen
from reader.ui.screens import session as sessions
from reader.ui.widgets.view_tree import ViewTree
from tests.invented import fill, harbours, orchards
from tests.ui.driving import reading

TITLES = [entry.title for entry in harbours().entries]


@pytest.fixture
def both(places):
    """A library with two sources, one of them in a folder, a tag and a saved view."""
    fill(places, harbours(), orchards())
    with Library(places) as library:
        for standing in library.subscriptions.sources():
            if standing.source.title == "Orchards":
                library.subscriptions.set_care(standing.source.id, Care(folder="Land"))
        row = library.shelf.rows(library.shelf.listing().keys)[2]
        library.notebook.set_tags([row], ["gulls"])
        library.views.save("Short ones", "minutes:<2")
    return places


def tree(it):
    return it.screen.view_tree


def shown(it) -> list[str]:
    return [node.name for node in tree(it).nodes]


def at(it) -> str:
    return tree(it).node.name


async def open_pane(it):
    await it.press("backslash")
    await it.until(lambda: "Sources" in shown(it), "the tree to be read")


async def to(it, name: str):
    await it.press("g", "g")
    for _ in tree(it).nodes:
        if at(it) == name:
            return
        await it.press("j")
    raise AssertionError(f"{name} is not in {shown(it)}")


async def test_the_pane_opens_and_closes_and_stays_open_over_a_restart(both):
    async with reading(both) as it:
        await open_pane(it)
        assert it.app.focused is tree(it)
        assert tree(it).region.x == 0
        assert it.articles.region.x == tree(it).region.right
        await it.press("escape")
        assert it.app.focused is it.articles
        assert tree(it) is not None
    async with reading(both) as it:
        await it.until(lambda: "Sources" in shown(it), "the tree to be read")
        assert it.app.focused is it.articles
        await it.press("backslash")
        assert tree(it) is None
        assert it.app.focused is it.articles
        assert it.articles.region.x == 0
    async with reading(both) as it:
        assert tree(it) is None


async def test_the_footer_tells_what_the_keys_do_as_soon_as_the_pane_is_there(both):
    async with reading(both) as it:
        await open_pane(it)
        assert at(it) == "All"
        assert "Enter show" in it.of(it.keys)
        await it.press("k")
        assert "Enter fold" in it.of(it.keys)


async def test_each_line_has_its_count_and_the_first_nine_their_digits(both):
    async with reading(both) as it:
        await it.press("m", "s", "j")
        await open_pane(it)
        seen = it.of(tree(it))
        for line in ("1 All", "2 Unread", "3 Bookmarks", "7 Short ones", "▾ Tags", "gulls", "▾ Land", "Orchards"):
            assert line in seen
        counts = {node.name: node.count for node in tree(it).nodes}
        assert (counts["All"], counts["Bookmarks"], counts["gulls"], counts["Orchards"]) == (12, 1, 1, 3)
        await it.press("escape", "m")
        await it.until(lambda: {node.name: node.count for node in tree(it).nodes}["All"] == 11, "the count to follow")
        await it.press("U")
        await it.until(lambda: {node.name: node.count for node in tree(it).nodes}["All"] == 12, "the count to follow")


async def test_moving_the_cursor_shows_nothing_and_enter_shows_the_view(both):
    async with reading(both) as it:
        await open_pane(it)
        listing = it.screen.listing
        await it.press("j", "j", "space", "G", "g", "g")
        assert it.screen.listing is listing
        assert at(it) == "Views"
        await to(it, "gulls")
        await it.press("enter")
        assert it.titles == [TITLES[2]]
        assert it.app.focused is it.articles
        assert it.status.strip().startswith("gulls · 1 article")
        assert "─ gulls ─" in it.seen() or "━ gulls ━" in it.seen()
        assert "›" in next(line for line in it.of(tree(it)).split("\n") if "gulls" in line)
        await it.press("backslash", "backslash")
        assert at(it) == "gulls"


async def test_a_folder_lists_what_its_sources_brought_and_a_source_its_own(both):
    async with reading(both) as it:
        await open_pane(it)
        await to(it, "Land")
        await it.press("enter")
        assert len(it.titles) == 3
        await it.press("shift+tab")
        assert it.app.focused is tree(it)
        await to(it, "Harbours")
        await it.press("l")
        assert it.titles == TITLES
        assert it.status.strip().startswith("Harbours · 10")


async def test_folders_and_sections_are_folded_and_stay_so(both):
    async with reading(both) as it:
        await open_pane(it)
        await to(it, "Orchards")
        await it.press("h")
        assert at(it) == "Land"
        await it.press("h")
        assert "Orchards" not in shown(it)
        await it.press("l")
        assert "Orchards" in shown(it)
        await it.press("z", "a")
        assert "Orchards" not in shown(it)
        await to(it, "gulls")
        await it.press("z", "a")
        assert at(it) == "Tags"
        await it.press("escape")
    async with reading(both) as it:
        await it.until(lambda: "Sources" in shown(it), "the tree to be read")
        assert "gulls" not in shown(it)
        assert "Orchards" not in shown(it)
        await it.press("shift+tab", "z", "R")
        assert "Orchards" in shown(it)
        await it.press("z", "M")
        assert shown(it) == ["Views", "Tags", "Sources"]
        await it.press("h")
        assert it.app.focused is it.articles


async def test_tab_goes_through_the_panes_from_left_to_right_and_round(both):
    async with reading(both) as it:
        await open_pane(it)
        for wanted in (it.articles, it.pane, tree(it), it.articles):
            await it.press("tab")
            assert it.app.focused is wanted
        for wanted in (tree(it), it.pane):
            await it.press("shift+tab")
            assert it.app.focused is wanted


@pytest.mark.parametrize("width", [60, 89])
async def test_where_there_is_room_for_one_pane_it_has_all_of_it(both, width):
    async with reading(both, size=(width, 24)) as it:
        await open_pane(it)
        assert tree(it).region.width == width
        assert not it.articles.display
        assert not it.pane.display
        await it.press("escape")
        assert it.articles.region.width == width
        assert not tree(it).display
        await it.press("backslash")
        assert it.app.focused is tree(it)
        await it.press("backslash")
        assert tree(it) is None


async def test_where_there_is_room_for_two_the_article_makes_room(both):
    async with reading(both, size=(100, 24)) as it:
        width = it.articles.region.width
        await open_pane(it)
        assert tree(it).region.width + it.articles.region.width == 100
        assert not it.pane.display
        await it.pilot.click(it.articles, offset=(5, 9))
        await it.rest()
        assert it.app.focused is it.articles
        assert (it.articles.region.width, it.articles.region.x) == (width, 0)
        assert it.pane.display
        await it.press("backslash")
        assert tree(it).display
        await it.pilot.resize_terminal(120, 24)
        await it.rest()
        assert it.pane.display
        assert tree(it).display


async def test_keys_of_the_list_say_where_they_work(both):
    async with reading(both) as it:
        await open_pane(it)
        for key in ("m", "s", "a", "n", "A", "H", "x", "S"):
            await it.press(key)
            assert it.said[-1] == "That works in the list: Esc goes there."
            assert not it.dialogue
        assert it.flags(TITLES[0]) == 0
        await it.press("?")
        assert it.dialogue == "HelpScreen"


async def test_a_name_is_found_as_it_is_typed(both):
    async with reading(both) as it:
        await open_pane(it)
        await it.press("/")
        await it.type("orch")
        assert shown(it) == ["Sources", "Land", "Orchards"]
        assert at(it) == "Orchards"
        await it.type("x")
        assert shown(it) == []
        assert "No name has “orchx”." in it.of(tree(it))
        await it.press("backspace", "enter", "enter")
        assert len(it.titles) == 3
        await it.press("shift+tab")
        assert "All" in shown(it)
        await it.press("/")
        await it.type("gul")
        await it.press("escape")
        assert "All" in shown(it)
        assert it.app.focused is tree(it)


async def test_nothing_is_folded_while_a_name_is_looked_for(both):
    async with reading(both, size=(120, 30)) as it:
        await it.press("backslash", "/")
        await it.type("un")
        await it.press("enter", "z", "M", "escape")
        assert not it.screen.room.folded


async def test_digits_go_to_the_first_nine_views(both):
    async with reading(both) as it:
        await it.press("7")
        assert it.status.strip().startswith("Short ones · ")
        assert it.screen.listing.filter == Filter("saved:Short ones", query="minutes:<2")
        await it.press("8")
        assert "There is no eighth view yet" in it.said[-1]
        await open_pane(it)
        await it.press("7")
        assert it.app.focused is it.articles
    async with reading(both) as it:
        assert it.status.strip().startswith("Short ones · ")


async def test_a_search_is_kept_as_a_view_changed_and_removed(both):
    async with reading(both) as it:
        await it.press("7", "g", "w")
        await it.type("Mine")
        await it.press("tab", "end")
        await it.type(" calloway")
        await it.press("enter")
        assert it.library.views.saved()[-1].query == "minutes:<2 calloway"
        assert it.status.strip().startswith("Mine · ")
        await open_pane(it)
        await to(it, "Mine")
        await it.press("e", "end", *["backspace"] * 4)
        await it.type("Short ones")
        await it.press("enter")
        assert "There is a view called Short ones already." in it.seen()
        await it.press(*["backspace"] * 10)
        await it.type("Yours")
        await it.press("enter")
        await it.until(lambda: "Yours" in shown(it), "the new name")
        assert it.status.strip().startswith("Yours · ")
        await it.press("U")
        await it.until(lambda: "Mine" in shown(it), "the old name")
        await to(it, "Mine")
        await it.press("d")
        await it.until(lambda: "Mine" not in shown(it), "the view to be gone")
        assert it.said[-1] == "The view Mine is removed. U brings it back."
        await it.press("U")
        await it.until(lambda: "Mine" in shown(it), "the view to be back")


async def test_a_query_that_cannot_be_understood_is_not_kept(both):
    async with reading(both) as it:
        await it.press("g", "w")
        await it.type("Wrong")
        await it.press("tab")
        await it.type("is:unred")
        await it.press("enter")
        assert it.dialogue == "ViewScreen"
        assert len(it.library.views.saved()) == 1
        await it.press("escape")
        assert not it.dialogue


async def test_a_saved_view_that_cannot_be_understood_says_so(both):
    with Library(both) as library:
        library.views.save("Broken", "is:unred")
    async with reading(both) as it:
        await it.press("8")
        assert it.said[-1].startswith("Broken asks for “is:unred”: ")
        assert it.titles[:10] == TITLES


async def test_plus_keeps_the_list_adds_a_source_or_tells_of_tags(both):
    async with reading(both) as it:
        await open_pane(it)
        await it.press("+")
        assert it.dialogue == "ViewScreen"
        await it.press("escape")
        await to(it, "gulls")
        await it.press("+")
        assert it.said[-1] == "t in the list tags an article."
        await to(it, "Harbours")
        await it.press("+")
        assert it.dialogue == "AddScreen"


async def test_what_is_not_ones_own_is_neither_changed_nor_removed(both):
    async with reading(both) as it:
        await open_pane(it)
        await to(it, "Unread")
        for key in ("e", "d"):
            await it.press(key)
            assert it.said[-1].startswith("Only a view of your own can be ")
            assert not it.dialogue


async def test_i_shows_the_source_among_all_sources(both):
    async with reading(both) as it:
        await open_pane(it)
        await to(it, "Orchards")
        await it.press("i")
        assert it.dialogue == "SourcesScreen"
        await it.until(lambda: it.app.screen._list.chosen is not None, "the sources")
        assert it.app.screen._list.chosen.source.title == "Orchards"


# -- going by name


async def test_a_name_is_gone_to_by_some_of_its_letters(both):
    async with reading(both) as it:
        await it.press("g", "s")
        assert it.dialogue == "JumpScreen"
        await it.type("glls")
        assert "gulls" in it.seen()
        await it.press("enter")
        assert it.titles == [TITLES[2]]
        assert it.app.focused is it.articles


async def test_letters_and_enter_typed_ahead_of_the_names_are_not_lost(both):
    async with reading(both) as it:
        await it.pilot.press("g", "s", "o", "r", "c", "h", "enter")
        await it.until(lambda: len(it.titles) == 3, "the source")


async def test_another_name_is_chosen_with_the_arrows(both):
    async with reading(both) as it:
        await it.press("g", "s", "down", "down", "enter")
        assert it.screen.listing.filter.view == "bookmarked"
        await it.press("g", "s")
        await it.type("zzzz")
        assert "Nothing is called that." in it.seen()
        await it.press("enter", "escape")
        assert not it.dialogue


# -- much, and hostile


async def test_a_thousand_sources_are_drawn_as_a_few(both):
    with Library(both) as library:
        for number in range(1000):
            source = Source(
                f"s{number}",
                "feed",
                f"Source {number}",
                f"https://s{number}.example/",
                care=Care(folder=f"F{number % 20}"),
            )
            library.marks.put_source(source)
    async with reading(both) as it:
        await open_pane(it)
        drawn = []
        draw = type(tree(it)).render_line
        tree(it).render_line = lambda y: drawn.append(y) or draw(tree(it), y)
        await it.press("j")
        assert len(drawn) <= 2
        await it.press("G")
        assert at(it) == "Harbours"
        await it.press("g", "s")
        await it.type("s 777")
        await it.press("enter")
        assert it.screen.listing.filter.source == "s777"


async def test_names_from_the_world_are_no_markup(places):
    fill(places, harbours())
    nasty = "[b]x[/b] [@click=app.exit]"
    with Library(places) as library:
        row = library.shelf.rows(library.shelf.listing().keys)[0]
        library.notebook.set_tags([row], [nasty])
        library.marks.put_source(
            Source("n", "feed", "[/] \x1b[31mred", "https://n.example/", care=Care(folder="[red]F"))
        )
        library.views.save(nasty, "is:unread")
    async with reading(places) as it:
        await open_pane(it)
        assert "[b]x[/b]" in it.of(tree(it))
        assert "[red]F" in it.of(tree(it))
        await it.press("7")
        assert "[b]x[/b]" in it.status
        assert "[b]x[/b]" in it.of(it.articles).split("\n")[0]
        await it.press("g", "s")
        await it.type("[b]")
        assert "[b]x[/b]" in it.seen()


@pytest.mark.parametrize(
    "kept",
    [b'{"views_open": 7}', b'{"views_folded": 7}', b'{"views_folded": [7]}', b'{"query": 7}', b'{"view": "saved:x"}',
     b'{"view": "what:x", "query": "a"}'],
)  # fmt: skip
def test_a_broken_session_is_a_new_one(both, kept):
    with Library(both) as library:
        library.cache.keep("session", kept)
        assert sessions.load(library.cache) == sessions.Session()


async def test_what_is_only_looked_at_has_a_pane_too(places):
    async with reading(places, preview=harbours()) as it:
        await it.press("backslash")
        await it.until(lambda: "Sources" in shown(it), "the tree to be read")
        await it.press("+")
        assert not it.dialogue
        await it.press("escape", "backslash")
        assert tree(it) is None


async def test_names_that_come_when_nobody_waits_for_them_any_more_do_nothing(both):
    async with reading(both) as it:
        dialogue, gone_to = JumpScreen(), []
        it.screen.ask(dialogue, gone_to.append)
        await it.until(lambda: it.dialogue == "JumpScreen", "the dialogue")
        await it.press("enter", "escape")
        assert it.dialogue == ""
        nodes = begun().nodes[1:]
        dialogue.take(nodes, Names([node.name for node in nodes]))
        await it.rest()
        assert gone_to == []


async def test_what_was_shown_before_there_was_room_for_it_begins_at_the_top():
    nodes = [Node(f"view:{name}", "view", name) for name in ("All", "Unread", "Bookmarks", "Notes")]
    narrow = ViewTree()
    narrow.show(nodes, (), to="view:Unread")
    app = App()
    async with app.run_test(size=(30, 3)) as pilot:
        await app.mount(narrow)
        await pilot.pause()
        assert "All" in narrow.render_line(0).text
