from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.topics import sheet


def at(flat: sheet.Sheet, tag: str) -> int:
    return flat.tags.index(tag)


def test_what_an_element_says_is_one_line_and_blocks_are_parted():
    flat = sheet.of("<div> The <b>tide</b>\n comes<p>later</p>every<br>year <script>no()</script></div>")
    assert flat.said(at(flat, "div")) == "The tide comes later every year"
    assert flat.text.strip() == "The tide comes\nlater\nevery\nyear"
    assert flat.said(at(flat, "b")) == "tide"
    assert (flat.ends[at(flat, "p")], flat.parents[at(flat, "b")]) == (at(flat, "p") + 1, at(flat, "div"))


def test_spans_that_stand_beside_each_other_are_parted():
    flat = sheet.of("<p><span>Anna</span><span>1 March</span> <i>T</i>ide")
    assert flat.said(at(flat, "p")) == "Anna 1 March Tide"


def test_the_head_is_told_and_not_said():
    head = (
        '<html lang=de><head><title> Ebbe\n und Flut </title><meta property="og:type" content=article><base href=/b/>'
    )
    flat = sheet.of(head + "<body><svg><title>no</title></svg>Text", "https://a.example/x")
    assert (flat.title, flat.language, flat.metas["og:type"]) == ("Ebbe und Flut", "de", "article")
    assert (flat.base, flat.absolute("c#d"), flat.text.strip()) == (
        "https://a.example/b/",
        "https://a.example/b/c",
        "Text",
    )


def test_links_are_counted():
    flat = sheet.of("<p>See <a href=x>this page</a> now</p>")
    assert flat.links_of(at(flat, "p")) == len("this page")


def test_only_the_web_is_an_address():
    flat = sheet.of("", "https://a.example/")
    for href in ("javascript:x", "mailto:a@b.example", "http://[", "data:,x", "x\u202ey", "file:///x"):
        assert flat.absolute(href) == ""


def test_bounds_hold():
    flat = sheet.of("<p>a" * (sheet.MAX_ELEMENTS + 500))
    assert len(flat) == sheet.MAX_ELEMENTS
    flat = sheet.of("<p " + " ".join(f"a{n}=1" for n in range(500)) + " class=late>")
    assert flat.attrs[at(flat, "p")] == {}


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<table>", "<td>", "<a href=x>", "</a>", "<b>", " x ", "<svg>"])
        | st.text(max_size=5)
    )
)
def test_any_markup_is_laid_flat_in_order(parts):
    flat = sheet.of("".join(parts))
    for number, parent in enumerate(flat.parents):
        assert parent < number < flat.ends[number] <= len(flat)
        assert 0 <= flat.opens[number] <= flat.closes[number] <= len(flat.text)
        if parent >= 0:
            assert flat.ends[number] <= flat.ends[parent]
            assert flat.opens[parent] <= flat.opens[number]
