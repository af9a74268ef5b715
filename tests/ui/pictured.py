"""Pictures, and an article with some."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from reader.ingest.found import Found
from reader.model.article import Entry
from reader.storage import pictures

BEFORE = "Before the picture stands a paragraph of its own."
AFTER = "After the picture stands another paragraph."
URL = "https://pictures.example/{}.png"
CRANES = URL.format("cranes")


def bytes_of(image: Image.Image, kind: str = "PNG", **more) -> bytes:
    written = BytesIO()
    image.save(written, kind, **more)
    return written.getvalue()


def halves(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red, and whose right half is blue."""
    image = Image.new(mode, (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def article(body: str) -> Found:
    entry = Entry("Pictures", body=body, markdown=True, guid="1", url="https://a.example/1")
    short = Entry("Short", excerpt="Nothing to see.", guid="0")
    return Found("feed", "News", (short, entry), address="https://a.example/feed")


def keep(library, url: str, data: bytes) -> None:
    key = library.shelf.listing().keys[1]
    assert pictures.keep(library.cache, key, url, "image/png", data, now=1)
