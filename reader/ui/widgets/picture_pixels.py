"""Decodes and scales pictures, within bounds; runs off the UI thread, and is the only one to know Pillow."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from reader.ui.widgets.picture_header import header

if TYPE_CHECKING:
    from PIL.Image import Image

    from reader.ui.widgets.picture_header import Format

MOST_BYTES: Final = 4 << 20
MOST_PIXELS: Final = 12_000_000
"""Decoded, these take up to 110 MB for a moment: one byte a pixel, then four, then four more with those multiplied."""

MOST_OF_JPEG: Final = 25_000_000
"""A photograph is decoded in a fraction of its size, as far as that is larger than what is drawn."""


class PictureError(Exception):
    """It cannot be drawn."""


def available() -> bool:
    """Tell whether the optional extra is installed, without loading it."""
    from importlib.util import find_spec

    return find_spec("PIL") is not None


def scaled(data: bytes, width: int, height: int, background: tuple[int, int, int]) -> Image:
    """Decode a picture and make it as large as it is to be drawn.

    Args:
        data: its bytes.
        width: pixels across.
        height: pixels down.
        background: what shows through where it is transparent.

    Returns:
        The picture in RGB.

    Raises:
        PictureError: it is broken, too large, or of another format than PNG, JPEG, GIF and WebP.
    """
    told = header(data)
    if told is None or len(data) > MOST_BYTES or _too_large(told.format, told.width, told.height):
        raise PictureError
    try:
        return _scaled(data, told.format, (width, height), background)
    except Exception as error:  # what a hostile picture makes the decoders raise is not to be foreseen
        raise PictureError from error


def _too_large(kind: Format, width: int, height: int) -> bool:
    return width * height > (MOST_OF_JPEG if kind == "JPEG" else MOST_PIXELS)


def _scaled(data: bytes, kind: Format, size: tuple[int, int], background: tuple[int, int, int]) -> Image:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data), formats=(kind,)) as opened:
        # What the decoder takes for its size may be another than the first bytes say.
        if _too_large(kind, opened.width, opened.height):
            raise PictureError
        if kind == "JPEG":
            larger = 2 * max(size)
            opened.draft("RGB", (larger, larger))
        opened.load()
        image = ImageOps.exif_transpose(opened) if kind == "JPEG" else opened
        if image.mode.startswith("I"):  # sixteen bits of grey: to convert them cuts off what is above eight
            image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        image = image.resize(size, Image.Resampling.HAMMING, reducing_gap=3.0)
        if image.mode == "RGB":
            return image
        under = Image.new("RGBA", size, (*background, 255))
        under.alpha_composite(image)
        return under.convert("RGB")
