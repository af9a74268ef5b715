"""Pictures: their size from their first bytes, their cells, how they are decoded, and what is drawn of them."""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reader.ui.widgets import picture_pixels
from reader.ui.widgets.picture_blocks import half_blocks
from reader.ui.widgets.picture_box import LINES, Box, Cell, box
from reader.ui.widgets.picture_header import Header, header
from reader.ui.widgets.picture_kitty import COLUMNS, forgetting, placeholders, sending
from reader.ui.widgets.picture_pixels import MOST_PIXELS, PictureError, scaled
from reader.ui.widgets.picture_way import way
from tests.ui.pictured import bytes_of, halves

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
WHITE = (255, 255, 255)


# -- the size, from the first bytes


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("size", [(1, 1), (37, 91), (300, 20)])
def test_the_size_is_read_from_the_first_bytes(kind, size):
    assert header(bytes_of(Image.new("RGB", size), kind)[:1000]) == Header(kind, *size)


@pytest.mark.parametrize("more", [{"lossless": True}, {"lossless": False}, {"save_all": True}])
def test_the_size_of_every_kind_of_webp_is_read(more):
    assert header(bytes_of(halves(61, 43), "WEBP", **more)) == Header("WEBP", 61, 43)


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
@pytest.mark.parametrize("progressive", [False, True])
def test_the_size_of_every_kind_of_jpeg_is_read(mode, progressive):
    assert header(bytes_of(Image.new(mode, (61, 43)), "JPEG", progressive=progressive)) == Header("JPEG", 61, 43)


@pytest.mark.parametrize(("orientation", "lies"), [(1, False), (3, False), (6, True), (8, True)])
def test_a_photograph_taken_sideways_is_measured_upright(orientation, lies):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = bytes_of(halves(60, 40), "JPEG", exif=exif)
    assert header(data) == (Header("JPEG", 40, 60) if lies else Header("JPEG", 60, 40))
    if lies:
        upper, lower = (scaled(data, 40, 60, WHITE).getpixel(at) for at in ((20, 10), (20, 50)))
        assert (upper[0] > upper[2]) != (lower[0] > lower[2]), "the halves are one above the other"


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", b"RIFF1234WEBPVP8X"]),
)
def test_any_bytes_have_a_size_or_none(data, beginning):
    found = header(beginning + data)
    assert found is None or (found.width > 0 and found.height > 0)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_cut_off_anywhere_has_a_size_or_none(kind):
    data = bytes_of(halves(), kind)
    for end in range(min(len(data), 700)):
        assert header(data[:end]) in (None, Header(kind, 60, 40))


# -- the cells


@given(st.integers(1, 100_000), st.integers(1, 100_000), st.integers(1, 120), st.integers(1, 200), st.integers(4, 40))
def test_a_picture_never_takes_more_than_there_is(width, height, columns, view, wide):
    found = box(width, height, columns, view, Cell(wide, 2 * wide))
    if found is not None:
        assert 1 <= found.columns <= columns
        assert 1 <= found.lines <= min(LINES, max(2, view * 2 // 3))


def test_a_picture_keeps_its_proportions():
    assert box(800, 400, 66, 40, Cell(10, 20)) == Box(66, 16)
    assert box(400, 800, 66, 40, Cell(10, 20)) == Box(26, 26)
    assert box(100, 100, 66, 40, Cell(10, 20)) == Box(10, 5)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (600, 1), (15, 400)])
def test_what_only_counts_readers_is_no_picture(width, height):
    assert box(width, height, 66, 40, Cell()) is None


# -- decoding


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_is_decoded_and_scaled(kind):
    image = scaled(bytes_of(halves(600, 400), kind), 30, 20, WHITE)
    assert (image.size, image.mode) == ((30, 20), "RGB")
    left, right = image.getpixel((5, 10)), image.getpixel((25, 10))
    assert left[0] > 200 > left[2]
    assert right[2] > 200 > right[0]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_decoded(mode):
    image = Image.frombytes("I;16", (40, 40), b"\x80\x80" * 1600) if mode == "I;16" else None
    image = image or Image.new("L", (40, 40), 128).convert(mode, dither=0)
    grey = scaled(bytes_of(image), 8, 8, WHITE).getpixel((4, 4))
    assert grey in ((255, 255, 255), (128, 128, 128)) if mode == "1" else all(abs(one - 128) < 3 for one in grey)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_the_page_shows_through(kind):
    data = bytes_of(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), kind)
    assert scaled(data, 4, 4, (10, 200, 30)).getpixel((2, 2)) == (10, 200, 30)


def test_a_picture_that_would_fill_the_memory_is_not_decoded(monkeypatch):
    bomb = Image.new("1", (MOST_PIXELS // 4000 + 1, 4000))
    data = bytes_of(bomb, "PNG", optimize=True)
    monkeypatch.setattr(picture_pixels, "_scaled", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(PictureError):
        scaled(data, 10, 10, WHITE)


def test_a_photograph_may_be_larger_as_it_is_decoded_in_a_fraction_of_its_size():
    side = 4000
    assert side * side > MOST_PIXELS
    assert scaled(bytes_of(Image.new("L", (side, side), 255), "JPEG"), 10, 10, WHITE).getpixel((5, 5)) == WHITE
    with pytest.raises(PictureError):
        scaled(bytes_of(Image.new("L", (side, side), 255), "PNG"), 10, 10, WHITE)


def test_a_picture_larger_than_it_says_is_not_decoded(monkeypatch):
    monkeypatch.setattr(picture_pixels, "header", lambda _: Header("PNG", 10, 10))
    with pytest.raises(PictureError):
        scaled(bytes_of(Image.new("1", (MOST_PIXELS // 4000 + 1, 4000))), 10, 10, WHITE)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "PPM", "ICO", "EPS", "PDF"])
def test_other_formats_are_not_decoded(kind):
    with pytest.raises(PictureError):
        scaled(bytes_of(halves(), kind), 10, 10, WHITE)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_broken_picture_is_an_error_of_ours(kind):
    data = bytes_of(halves(200, 200), kind)
    for end in range(0, len(data), max(1, len(data) // 60)):
        torn = data[:end] + bytes(byte ^ 0x5A for byte in data[end : end + 20])
        for broken in (data[:end], torn, torn + data[end + 20 :]):
            with suppress(PictureError):
                assert scaled(broken, 10, 10, WHITE).size == (10, 10)


# -- what is drawn


def test_half_blocks_are_as_wide_and_high_as_the_box():
    lines = half_blocks(halves(30, 20))
    assert len(lines) == 10
    assert {sum(segment.cell_length for segment in line) for line in lines} == {30}
    assert [len(line) for line in lines] == [2] * 10, "cells of one colour are drawn as one"
    (left, right) = lines[0]
    assert tuple(left.style.color.triplet) == tuple(left.style.bgcolor.triplet) == (255, 0, 0)
    assert tuple(right.style.color.triplet) == (0, 0, 255)


def test_each_half_has_its_pixel():
    image = Image.new("RGB", (1, 2), "red")
    image.putpixel((0, 1), (0, 0, 255))
    ((cell,),) = half_blocks(image)
    assert (tuple(cell.style.color.triplet), tuple(cell.style.bgcolor.triplet)) == ((255, 0, 0), (0, 0, 255))


def test_a_terminal_like_kitty_is_sent_the_picture_once():
    said = sending(halves(660, 400), 0x12AB34, Box(66, 20))
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", said)
    assert "".join(f"\x1b_G{keys};{data}\x1b\\" for keys, data in parts) == said
    assert parts[0][0].startswith(f"a=T,U=1,f=100,t=d,q=2,i={0x12AB34},c=66,r=20,")
    assert all(len(data) <= 4096 for _, data in parts)
    assert [keys[-1] for keys, _ in parts] == ["1"] * (len(parts) - 1) + ["0"]
    assert Image.open(BytesIO(b64decode("".join(data for _, data in parts)))).size == (660, 400)
    assert forgetting(0x12AB34) == f"\x1b_Ga=d,d=I,q=2,i={0x12AB34}\x1b\\"


def test_the_characters_that_stand_for_a_picture_say_where_and_which(monkeypatch):
    # The library asks the terminal when it is imported, unless there is none.
    monkeypatch.setattr("sys.__stdout__", None)
    from textual_image.renderable import tgp

    marks = [chr(code) for code in tgp._NUMBER_TO_DIACRITIC]
    lines = placeholders(0x12AB34, Box(COLUMNS, 40))
    assert len(lines) == 40
    for row, (segment,) in enumerate(lines):
        assert segment.text == "".join(f"\U0010eeee{marks[row]}{marks[column]}" for column in range(COLUMNS))
        assert segment.cell_length == COLUMNS
        assert tuple(segment.style.color.triplet) == (0x12, 0xAB, 0x34)


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-ghostty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "iterm"),
        ({"TERM": "foot"}, "sixel"),
        ({"TERM": "xterm-256color"}, "blocks"),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, "blocks"),
        ({}, "blocks"),
    ],
)
def test_the_way_is_told_by_the_terminals_name(environment, chosen):
    assert way("auto", environment, "truecolor") == chosen
    assert way("blocks", environment, "truecolor") == "blocks"
    assert way("off", environment, "truecolor") == "none"
    assert way("auto", environment, "256") == "blocks", "the number of a picture is a colour of 24 bits"
    assert way("auto", environment, None) == way("auto", environment, "standard") == "none"
