"""The immutable listing against a naive one."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from reader.model.article import BOOKMARKED, READ, Row
from reader.model.listing import Group, Listing


@st.composite
def listings(draw) -> Listing:
    groups, start = [], 0
    for number, (count, folded) in enumerate(draw(st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=5))):
        groups.append(Group(f"Group {number}", start, count, folded))
        start += count
    flags = bytes(draw(st.lists(st.integers(0, 31), min_size=start, max_size=start)))
    return Listing(array("I", range(100, 100 + start)), flags, tuple(groups))


def naive(listing: Listing) -> list[tuple[int, int | None]]:
    """Give the group and the position of each item."""
    items: list[tuple[int, int | None]] = []
    for number, group in enumerate(listing.groups):
        items.append((number, None))
        if not group.folded:
            items.extend((number, group.start + step) for step in range(group.count))
    return items


@given(listings())
def test_items_are_headings_and_what_is_not_folded(listing):
    items = naive(listing)
    assert listing.items == len(items)
    for item, (group, index) in enumerate(items):
        assert listing.group_of(item) == group
        assert listing.index_at(item) == index
    assert listing.index_at(-1) is None
    assert listing.index_at(len(items)) is None


@given(listings())
def test_an_article_is_at_its_item_or_its_folded_heading(listing):
    for index in range(len(listing)):
        item = listing.item_of(index)
        group = listing.group_at(index)
        assert listing.groups[group].start <= index < listing.groups[group].start + listing.groups[group].count
        if listing.groups[group].folded:
            assert item == listing.heading_of(group)
        else:
            assert listing.index_at(item) == index


@given(listings())
def test_unread_are_counted(listing):
    unread = [not state & READ for state in listing.flags]
    assert listing.unread == sum(unread)
    for number, group in enumerate(listing.groups):
        assert listing.unread_in(number) == sum(unread[group.start : group.start + group.count])


@given(listings(), st.integers(-1, 20), st.sampled_from((1, -1)))
def test_the_next_unread_is_the_nearest_going_round(listing, index, step):
    index = min(index, len(listing) - 1)
    count = len(listing)
    around = range(index + 1, index + count) if step > 0 else range(index - 1, index - count, -1)
    if index < 0:
        around = range(count) if step > 0 else range(count - 1, -1, -1)
    wanted = next((at % count for at in around if not listing.flags[at % count] & READ), None)
    assert listing.next_unread(index, step) == wanted


def row(key: int, flags: int) -> Row:
    return Row(1, key, "t", None, None, "s", "", cut=False, words=1, published=None, url=None, flags=flags)


@given(listings().filter(len), st.integers(0, 19), st.integers(0, 31))
def test_a_row_in_a_new_state_changes_its_flags_alone(listing, index, flags):
    index %= len(listing)
    changed = listing.with_row(row(100 + index, flags))
    assert list(changed.flags) == [*listing.flags[:index], flags, *listing.flags[index + 1 :]]
    assert changed.keys is listing.keys
    assert changed == listing.with_row(row(100 + index, flags), index)
    if flags == listing.flags[index]:
        assert changed is listing


def test_a_row_that_is_not_here_changes_nothing():
    listing = Listing(array("I", [7]), bytes([BOOKMARKED]), (Group("G", 0, 1),))
    assert listing.with_row(row(8, READ)) is listing
    assert listing.index_of(8) is None
    assert listing.index_of(7) == 0


def test_folding_makes_another_listing():
    listing = Listing(array("I", [7, 8]), bytes(2), (Group("G", 0, 2),))
    folded = listing.with_fold(0, folded=True)
    assert (listing.items, folded.items) == (3, 1)
    assert folded.with_fold(0, folded=False) == listing


def test_an_empty_listing_has_nothing():
    listing = Listing()
    assert (len(listing), listing.items, listing.unread) == (0, 0, 0)
    assert listing.next_unread(-1, 1) is None
    assert listing.index_at(0) is None


@given(
    st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 2) | st.sampled_from([1 << 8, 1 << 16, 1 << 24]), unique=True)
)
def test_an_article_is_found_by_its_key(keys):
    listing = Listing(array("I", keys), bytes(len(keys)), ())
    assert [listing.index_of(key) for key in keys] == list(range(len(keys)))
    assert all(listing.index_of(key) is None for key in {0, 1, 2, 1 << 8, 1 << 16, 1 << 24} - set(keys))
