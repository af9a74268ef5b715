"""Names found by some of their letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.model.fuzzy import Names, fold

NAMES = ["Unread", "The Harbour Post", "Post of the Harbour", "Philosophy", "Café Zürich", "A very long name of posts"]


def best(typed: str, names=NAMES) -> list[str]:
    return [names[number] for number in Names(names).best(typed)]


def test_nothing_typed_gives_all_in_their_order():
    assert best("") == best("  ") == NAMES


def test_a_beginning_comes_before_a_word_before_a_part_before_letters_spread():
    names = ["a compost heap", "plain old stone steps", "the post", "post office"]
    assert best("post", names) == ["post office", "the post", "a compost heap", "plain old stone steps"]


def test_the_shorter_name_comes_first():
    assert best("a", ["abcd", "ab"]) == ["ab", "abcd"]


def test_letters_are_enough_in_their_order():
    assert best("hpo")[0] == "The Harbour Post"
    assert best("zzz") == []


def test_capitals_and_accents_make_no_difference():
    assert best("CAFE zurich") == ["Café Zürich"]
    assert best("café") == ["Café Zürich"]


def test_words_are_found_in_any_order():
    assert set(best("post harb")) == {"The Harbour Post", "Post of the Harbour"}


def test_the_letters_that_were_typed_are_marked():
    names = Names(NAMES)
    assert names.marked(1, "post") == {12, 13, 14, 15}
    assert names.marked(1, "hb") == {4, 7}
    assert names.marked(4, "zur") == {5, 6, 7}
    assert names.marked(0, "zzz") == set()


@given(st.lists(st.text(max_size=12), max_size=8), st.text(max_size=5))
def test_exactly_the_names_with_all_letters_of_each_word_are_found(names, typed):
    def fits(name: str, word: str) -> bool:
        rest = iter(fold(name))
        return all(char in rest for char in word)

    wanted = {number for number, name in enumerate(names) if all(fits(name, word) for word in fold(typed).split())}
    found = Names(names)
    assert set(found.best(typed)) == wanted
    for number in wanted:
        folded = fold(names[number])
        assert len(folded) == len(names[number])
        marked = found.marked(number, typed)
        assert all(folded[place] in fold(typed) for place in marked)
