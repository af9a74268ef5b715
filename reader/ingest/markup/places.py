"""Addresses in HTML: of links made absolute, of pictures found behind what loads them late."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urljoin, urlsplit

if TYPE_CHECKING:
    from turbohtml import Element

LONGEST: Final = 4096
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_USUAL: Final = re.compile(r"https?://[!#-'*-;=?-Z\[\]_a-z~]+")
_WHITE: Final = re.compile(r"[\x00-\x1f\x7f]+")
_UNSAFE: Final = {ord(sign): f"%{ord(sign):02X}" for sign in ' "<>\\^`{|}'} | {0xA0: "%C2%A0"}
_UNSAFE_SIGN: Final = re.compile(r'[\s"<>\\^`{|}]')
_NESTED: Final = re.compile(r"[()]")
_LATE: Final = ("data-src", "data-lazy-src", "data-original", "data-url", "data-hi-res-src", "data-full-src")
_LATE_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_BLANK: Final = re.compile(
    r"^data:|(?:^|/)(?:blank|spacer|pixel|transparent|placeholder|1x1|lazy[-_]?load(?:ing)?|loading|grey|gray)"
    r"[\w.-]*\.(?:gif|png|svg|webp|jpe?g)(?:$|\?)",
    re.IGNORECASE,
)
_TRACKER: Final = re.compile(
    r"feeds\.feedburner\.com/~r/|feedproxy\.google|/~ff/|doubleclick\.net|/piwik\.php|/matomo\.php|pixel\.wp\.com"
    r"|stats\.wordpress\.com|google-analytics\.com|scorecardresearch\.com|quantserve\.com|/b\.gif\?|facebook\.com/tr\b"
    r"|feedsportal\.com|pixel\.(?:gif|png)\?|/open\.aspx\?|list-manage\.com/track",
    re.IGNORECASE,
)
_SMALL: Final = re.compile(r"^\s*([0-9]{1,5})(?:\.\d+)?\s*(?:px)?\s*$")
_STYLED: Final = re.compile(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*([01])(?:px)?\s*(?:!important)?(?:;|$)")
_FILMS: Final = re.compile(
    r"//(?:www\.)?(?:youtube(?:-nocookie)?\.com/embed/|player\.vimeo\.com/video/|(?:geo\.)?dailymotion\.com/"
    r"|embed\.ted\.com/|[^/]+/videos/embed/|player\.twitch\.tv/|rumble\.com/embed/)"
)
_SOUNDS: Final = re.compile(
    r"//(?:w\.soundcloud\.com/player|open\.spotify\.com/embed|bandcamp\.com/EmbeddedPlayer|embed\.podcasts\.apple\.com/"
    r"|www\.mixcloud\.com/widget)"
)


def address(href: str | None, base: str) -> str:
    """Give an address as it may stand in Markdown, absolute; empty for what cannot be opened."""
    if href and len(href) <= LONGEST and _USUAL.fullmatch(href):
        return href
    bare = _WHITE.sub("", href).strip() if href else ""
    if not bare or len(bare) > LONGEST:
        return ""
    scheme = _SCHEME.match(bare)
    if scheme is None:
        if not base or bare == "#":
            return "" if bare.startswith("#") else written(bare)
        try:
            bare = urljoin(base, bare)
        except ValueError:
            return ""
        scheme = _SCHEME.match(bare)
    if scheme is not None and scheme[1].lower() not in ("http", "https", "mailto"):
        return ""
    return written(bare)


def written(url: str) -> str:
    """Write an address so that nothing in it ends the link it stands in."""
    if _UNSAFE_SIGN.search(url):
        url = url.translate(_UNSAFE)
    return _NESTED.sub(lambda found: "%28" if found[0] == "(" else "%29", url) if _unbalanced(url) else url


def _unbalanced(url: str) -> bool:
    if "(" not in url and ")" not in url:
        return False
    depth = 0
    for sign in _NESTED.findall(url):
        depth += 1 if sign == "(" else -1
        if depth < 0:
            return True
    return depth != 0


def picture(element: Element, base: str) -> str:
    """Give the address of a picture; empty where there is none or it only counts readers."""
    if _tiny(element):
        return ""
    for source in _sources(element):
        if source and not _BLANK.search(source) and not _TRACKER.search(source) and (found := address(source, base)):
            return found
    return ""


def _sources(element: Element) -> list[str]:
    source = element.attr("src") or ""
    late = [element.attr(name) or "" for name in _LATE]
    sets = [_widest(element.attr(name) or "") for name in _LATE_SETS]
    parent = element.parent
    if parent is not None and getattr(parent, "tag", "") == "picture":
        for other in parent.iter_elements(("source",)):
            sets += [_widest(other.attr(name) or "") for name in _LATE_SETS]
    if "lazy" in (element.attr("class") or "") or _BLANK.search(source):
        return [*late, *sets, source]
    return [source, *late, *sets]


def _widest(candidates: str) -> str:
    """Give the widest of the pictures that a srcset names, but none wider than a screen needs."""
    best, width = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|/)", candidates[: LONGEST * 8]):
        address, _, size = candidate.strip().partition(" ")
        try:
            found = float(size.strip().rstrip("wx") or 1)
        except ValueError:
            found = 1.0
        if address and width < found <= 2400:
            best, width = address.rstrip(","), found
    return best


def _tiny(element: Element) -> bool:
    sizes = [_SMALL.match(element.attr(name) or "") for name in ("width", "height")]
    if any(size is not None and int(size[1]) <= 2 for size in sizes):
        return True
    style = element.attr("style")
    return bool(style and _STYLED.search(style[:LONGEST].lower()))


def is_icon(element: Element) -> bool:
    """Tell whether a picture is so small that it stands in the line."""
    sizes = [_SMALL.match(element.attr(name) or "") for name in ("width", "height")]
    return any(size is not None and int(size[1]) <= 32 for size in sizes)


def player(element: Element, base: str) -> tuple[str, str]:
    """Give what an embedded player plays: its name, and its address for people; empty if it is no player."""
    word, href = _played(element, base)
    return _named(word, element), href


def media(element: Element, base: str) -> tuple[str, str]:
    """Give the name and the address of a film or a sound."""
    inner = next(element.iter_elements(("source",)), None)
    source = element.attr("src") or (inner.attr("src") if inner is not None else "")
    return _named(element.tag.capitalize(), element), address(source, base)


def _named(word: str, element: Element) -> str:
    title = " ".join((element.attr("title") or "").split())[:200]
    return title if title.lower().startswith(word.lower()) and title else f"{word}: {title}".rstrip(": ")


def _played(element: Element, base: str) -> tuple[str, str]:
    source = address(element.attr("src") or element.attr("data-src") or element.attr("data"), base)
    if _SOUNDS.search(source):
        return "Audio", source
    if not _FILMS.search(source):
        return "", ""
    parts = urlsplit(source)
    name = parts.path.rstrip("/").rpartition("/")[2]
    if "youtube" in parts.netloc:
        playlist = parse_qs(parts.query).get("list", [""])[0]
        if name == "videoseries" and playlist:
            return "Video", f"https://www.youtube.com/playlist?list={playlist}"
        return "Video", f"https://www.youtube.com/watch?v={name}"
    if "vimeo" in parts.netloc:
        return "Video", f"https://vimeo.com/{name}"
    return "Video", source
