"""The tree of views, tags and sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.commands import default
from reader.library import Library, tree
from reader.model.listing import VIEWS, Counts, Filter, View
from reader.model.query import parse
from reader.model.source import Care, Source
from tests.invented import fill, harbours, orchards


def source(name: str, title: str, folder: str = "") -> Source:
    return Source(name, "feed", title, care=Care(folder=folder))


def saved(name: str, query: str = "is:unread") -> View:
    return View(f"saved:{name}", name, query)


SOURCES = [
    source("b", "Beacon"),
    source("a", "anchor", "News"),
    source("c", "Chart", "news"),
    source("d", "Dock", "Art"),
]


def drawn(nodes) -> list[str]:
    return ["  " * node.depth + node.name for node in nodes]


def whole(counts=Counts(), views=(), tags=("sea", "Air"), sources=SOURCES) -> tree.Tree:  # noqa: B008 -- frozen
    return tree.tree(counts, views, tags, sources)


def test_views_come_first_then_tags_then_sources_in_their_folders():
    assert drawn(whole(views=[saved("Short")]).nodes) == [
        "Views", *(f"  {view.name}" for view in VIEWS.values()), "  Short",
        "Tags", "  Air", "  sea",
        "Sources", "  Art", "    Dock", "  News", "    anchor", "    Chart", "  Beacon",
    ]  # fmt: skip


def test_the_first_nine_views_have_digits():
    views = [saved(str(number)) for number in range(12)]
    found = whole(views=views)
    assert [node.place for node in found.nodes if node.place] == list(range(1, 10))
    assert found.at(7).id == "saved:0"
    assert whole().at(7) is None


def test_what_is_empty_says_what_fills_it():
    hints = [default().told(node.name) for node in whole(tags=(), sources=()).nodes if node.kind == "hint"]
    assert hints == ["No own views yet:", "gw keeps a search", "No tags yet:", "t tags an article",
                     "No sources yet:", "+ adds one"]  # fmt: skip


def test_unread_articles_are_counted_but_all_bookmarks_and_notes():
    views = dict.fromkeys([*VIEWS, "tag:sea"], (2, 5))
    found = whole(Counts(views, {"a": (3, 4), "c": (1, 9), "b": (0, 7)}))
    counts = {node.id: node.count for node in found.nodes}
    assert (counts["unread"], counts["bookmarked"], counts["notes"], counts["tag:sea"]) == (2, 5, 5, 2)
    assert (counts["folder:News"], counts["source:a"], counts["source:b"]) == (4, 3, 0)


def test_what_is_folded_takes_what_is_in_it_away():
    found = whole()
    assert drawn(found.shown({"views", "tags", "folder:News"})) == [
        "Views", "Tags", "Sources", "  Art", "    Dock", "  News", "  Beacon",
    ]  # fmt: skip
    assert drawn(found.shown({"views", "tags", "sources", "folder:News"})) == ["Views", "Tags", "Sources"]


def test_names_are_found_with_what_they_are_in():
    assert drawn(whole().named("CH or")) == ["Sources", "  News", "    anchor"]
    assert drawn(whole().named("c")) == [
        "Sources", "  Art", "    Dock", "  News", "    anchor", "    Chart", "  Beacon",
    ]  # fmt: skip
    assert whole().named("nowhere") == []


@pytest.mark.parametrize("name", ["sea", "high sea", 'the "best"', "a\\b", "a:b", "(x) OR -y", "/r/", "Straße"])
def test_a_tag_and_a_folder_are_asked_for_by_their_whole_names(name):
    for made, kind in ((tree.tag_view(name), "tag"), (tree.folder_view(name), "folder")):
        query = parse(made.query)
        assert query.node.name == kind
        assert query.node.test.text == name


def test_names_from_the_world_are_drawn_clean():
    nodes = whole(tags=["a\x1b[31mb\n‮"], sources=[source("x", "T\x9b2J", "F\x07")]).nodes
    names = "".join(node.name for node in nodes)
    assert names.isprintable()


def test_a_filter_is_found_again_in_the_tree():
    found = whole(views=[saved("Short")])
    for node in found.nodes:
        if node.chosen is not None:
            assert found.of(node.chosen) == node.id
            assert found.of(replace(node.chosen, words="x")) == node.id
    assert found.of(Filter("unread", source="a")) == "source:a"


def test_all_of_it_is_read_from_a_library(places):
    fill(places, harbours(), orchards())
    with Library(places) as library:
        first, second, *_ = library.shelf.rows(library.shelf.listing().keys)
        library.notebook.set_tags([first, second], ["sea"])
        library.notebook.set_read([second], read=True)
        library.notebook.set_bookmarked([second], bookmarked=True)
        library.views.save("Short", "minutes:<2")
        library.views.save("Broken", "is:unred")
        found = tree.gathered(library)
        counts = {node.id: node.count for node in found.nodes}
        assert counts["all"] == counts["unread"] == 12
        assert counts["bookmarked"] == 1
        assert counts["tag:sea"] == 1
        assert counts["saved:Broken"] == 0
        short = library.shelf.listing(Filter("saved:Short", query="minutes:<2 is:unread"))
        assert counts["saved:Short"] == len(short) > 0
        sources = {node.name: node.count for node in found.nodes if node.kind == "source"}
        assert sum(sources.values()) == 12
        names = [node.id for node in found.nodes]
        assert [node.id for node in tree.gathered(library, counted=False).nodes] == names
