"""What comes with an entry beside its text: files to play, and a picture."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

from reader.ingest.feeds.links import absolute, rel
from reader.model.article import Enclosure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLAYED: Final = ("audio", "video")

_FLASH: Final = "application/x-shockwave-flash"
_IMAGE: Final = re.compile(r"<img\b[^<>]{0,3000}>", re.IGNORECASE)
_SOURCE: Final = re.compile(r"\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)
_DOT: Final = re.compile(r"\s(?:width|height)\s*=\s*[\"']?[01](?:px)?[\"'\s/>]", re.IGNORECASE)
_NO_PICTURE: Final = re.compile(
    r"gravatar\.com/avatar|feedburner\.com/~|feeds\.wordpress\.com/1\.0|/s\.w\.org/images/core/emoji|pixel\.|/smilies/",
    re.IGNORECASE,
)
_LOOKED_AT: Final = 50_000
_PICTURES: Final = 5
_IMAGE_FILE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)


def enclosures(raw: Mapping[str, Any], base: str, link: str | None) -> tuple[Enclosure, ...]:
    """Give the files that came with an entry, each once.

    Args:
        raw: the entry as feedparser gives it.
        base: what its addresses are relative to.
        link: the entry's page, which plays what only Flash could.
    """
    seconds = duration(raw.get("itunes_duration"))
    found = [_enclosed(one, base, seconds) for one in rel(raw, "enclosure")]
    if not found:
        found = [_medium(one, base, link) for one in _media(raw) if _is_played(one)]
    return tuple({one.url: one for one in found if one is not None}.values())


def _enclosed(one: Mapping[str, Any], base: str, seconds: int | None) -> Enclosure | None:
    url = absolute(one.get("href"), base)
    if url is None:
        return None
    kind = _words(one.get("type"))
    played = kind.startswith(PLAYED) or not kind
    return Enclosure(url, kind, number(one.get("length")), seconds if played else None, _words(one.get("title")))


def _medium(one: Mapping[str, Any], base: str, link: str | None) -> Enclosure | None:
    kind = _words(one.get("type"))
    flash = kind == _FLASH
    url = link if flash and link else absolute(one.get("url"), base)
    if url is None:
        return None
    kind = "video" if flash else kind or _words(one.get("medium"))
    return Enclosure(url, kind, number(one.get("filesize")), duration(one.get("duration")), _words(one.get("title")))


def _media(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    media = raw.get("media_content")
    for one in media if isinstance(media, list) else ():
        if isinstance(one, dict) and one.get("url"):
            yield one


def _is_played(one: Mapping[str, Any]) -> bool:
    kind = _words(one.get("type"))
    return kind.startswith(PLAYED) or kind == _FLASH or _words(one.get("medium")) in PLAYED


def image(raw: Mapping[str, Any], base: str, markup: str) -> str | None:
    """Give the picture that stands for an entry.

    Args:
        raw: the entry as feedparser gives it.
        base: what its addresses are relative to.
        markup: the entry's text as HTML, looked into when nothing else is there.
    """
    candidates = (*_widest(raw.get("media_thumbnail")), *_pictures(raw))
    for one in candidates:
        url = absolute(one, base)
        if url and not _NO_PICTURE.search(url):
            return url
    return first_image(markup, base)


def _widest(thumbnails: object) -> list[object]:
    many = [one for one in thumbnails if isinstance(one, dict)] if isinstance(thumbnails, list) else []
    return [one.get("url") for one in sorted(many, key=lambda one: -(number(one.get("width")) or 0))]


def _pictures(raw: Mapping[str, Any]) -> Iterator[object]:
    for one in _media(raw):
        kind = _words(one.get("type"))
        if kind.startswith("image/") or one.get("medium") == "image" or (not kind and _IMAGE_FILE.search(one["url"])):
            yield one["url"]
    own = raw.get("image")
    if isinstance(own, dict):
        yield own.get("href")
    for one in rel(raw, "enclosure"):
        if _words(one.get("type")).startswith("image/"):
            yield one.get("href")


def first_image(markup: str, base: str) -> str | None:
    """Give the first picture in a text that is one, and not a dot by which readers are counted."""
    if "<" not in markup:
        return None
    for count, tag in enumerate(_IMAGE.finditer(markup, 0, _LOOKED_AT)):
        if count == _PICTURES:
            break
        source = _SOURCE.search(tag[0])
        if source is None or _DOT.search(tag[0]):
            continue
        url = absolute(html.unescape(source[1] or source[2] or source[3] or ""), base)
        if url and not _NO_PICTURE.search(url):
            return url
    return None


def duration(value: object) -> int | None:
    """Give seconds for what podcasts tell: `3723`, `1:02:03`, `62:03`, `3723.5`."""
    parts = _words(value).split(":")
    if len(parts) > 3:
        return None
    total = 0.0
    for part in parts:
        if not re.fullmatch(r"\s*\d{1,9}(?:\.\d{0,9})?\s*", part):
            return None
        total = total * 60 + float(part)
    return round(total) or None


def number(value: object) -> int | None:
    """Give a whole number for digits, None for anything else."""
    if isinstance(value, float):
        return int(value) if 0 <= value < 1e15 else None
    if isinstance(value, int) and not isinstance(value, bool):
        return value if value >= 0 else None
    digits = _words(value)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else None


def _words(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""
