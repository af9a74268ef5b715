"""The one gate that every text from the world passes.

What drives a terminal, hides, or turns text around is removed; what a script needs stays.
Everything here takes time in proportion to the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.model.article import Enclosure

if TYPE_CHECKING:
    from reader.model.article import Entry

TITLE: Final = 500
AUTHOR: Final = 200
SECTION: Final = 200
META: Final = 200
METAS: Final = 20
EXCERPT: Final = 100_000
BODY: Final = 4_000_000
LINK: Final = 4096
TAG: Final = 100
TAGS: Final = 50
ENCLOSURES: Final = 20
EARLIEST: Final = -30_000_000_000
"""The year 1019: chronicles may be dated so; what is earlier is a mistake."""
LATEST: Final = 253_402_300_799
"""The end of the year 9999, the last that a datetime can tell."""
MARKS_IN_A_ROW: Final = 6
WIDTHLESS_IN_A_ROW: Final = 16
"""Characters that take no room of their own, vowel signs among them, that may follow another one."""
JOINERS_IN_A_CHAIN: Final = 10
"""Joiners that may make one character of many; a family of four has three."""
UNTITLED: Final = "Untitled"
_SAID: Final = 1_000
"""Characters of a body that is cut which are kept for saying so."""
_NEAR: Final = 100_000
"""How far before its end a body may be cut so that its last line is whole."""
_FENCE: Final = re.compile(" {0,3}(?:`{3,}|~{3,})")


def _plane_ends() -> str:
    """Give the two characters at the end of every plane but the first, which are none."""
    return "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))


# A string sequence (OSC, DCS, SOS, PM, APC) ends at BEL or ST. Where it does not, only its opening is
# removed: a stray one must not swallow the rest of a page. Its class leaves out whatever may open
# another, so that no stretch of text is looked at twice.
_SEQUENCE: Final = re.compile(
    r"[\x1b\x90\x98\x9b\x9d\x9e\x9f]"
    r"(?:(?:(?<=\x1b)[\]PX^_]|(?<=[\x90\x98\x9d\x9e\x9f]))(?:[^\x07\x1b\x80-\x9f\n\r]*+(?:\x07|\x1b\\|\x9c))?+"
    r"|(?:(?<=\x1b)\[|(?<=\x9b))[0-?]*+[ -/]*+[@-~]?+"
    r"|(?<=\x1b)[ -/]*+[0-~]?+)"
)
_LINE_END: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_HIDDEN: Final = re.compile(
    "[\x80-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef]"
)
# Apart from the others: one class of characters beyond the first plane is five times as slow as two.
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")
_HIDDEN_BEYOND: Final = re.compile("[\U000e0000-\U000e0fff" + _plane_ends() + "]")
# Scripts whose letters take another form beside a joiner: Arabic, Syriac, N'Ko and kin; the Indic ones;
# Myanmar, Khmer, Mongolian.
_JOINING: Final = (
    "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ua840-\ua87f\ua8e0-\ua8ff\ufb50-\ufdcf\ufdf0-\ufdff"
    "\ufe70-\ufefc"
)
_VIRAMA: Final = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
_EMOJI: Final = "\u00a9\u00ae\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_JOINERS: Final = re.compile("[\u200c\u200d]{2,}")
_STRAY_JOINER: Final = re.compile(
    f"(?<![{_JOINING}{_EMOJI}\ufe0f])[\u200c\u200d]"
    f"|(?<=[{_JOINING}])(?<![{_VIRAMA}])[\u200c\u200d](?![{_JOINING}])"
    f"|(?<=[{_VIRAMA}])\u200c(?![{_JOINING}])"
    f"|(?<=[{_EMOJI}\ufe0f])(?:\u200c|\u200d(?![{_EMOJI}]))"
)
_MARKS: Final = re.compile(rf"[^\w\s!-~]{{{MARKS_IN_A_ROW + 1},}}")
_JOINER: Final = frozenset("\u200c\u200d")
_MARK: Final = frozenset({"Mn", "Me"})
_WIDTHLESS: Final = _MARK | {"Mc", "Cf", "Cn", "Sk"}
_SKIN: Final = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_NEW_EMOJI: Final = "\U0001f000"
"""From here on is what has no category yet an emoji of tomorrow."""
_JAMO: Final = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
_MANY_JAMO: Final = re.compile(f"([\u1160-\u11ff\ud7b0-\ud7ff]{{{WIDTHLESS_IN_A_ROW}}})[\u1160-\u11ff\ud7b0-\ud7ff]+")
_CHAIN: Final = re.compile(rf"\u200d[^\s\u200d]{{1,8}}(?:\u200d[^\s\u200d]{{1,8}}){{{JOINERS_IN_A_CHAIN - 1},}}\u200d?")
# Most texts hold nothing else, and to know that is one look where the removals are eight. No character
# here is hidden, combines, drives anything or has another form in NFC.
_PLAIN: Final = bytes([*b"\t\n", *range(0x20, 0x7F)])
_NOT_PLAIN: Final = re.compile(
    "[^\t\n -~\u00a0-\u00ac\u00ae-\u024f\u0388-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]"
)
_SPACES: Final = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
_EMPTY_LINES: Final = re.compile("\n{3,}")
_LANGUAGE: Final = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_LINK: Final = re.compile(r"https?://[^/?#@][^\s\\]*|mailto:[^\s\\]+", re.IGNORECASE)


def line(text: str, limit: int) -> str:
    """Give a text as one clean line of at most `limit` characters."""
    return _shortened(_SPACES.sub(" ", clean(text)).strip(), limit)


def text(text: str, limit: int, *, markdown: bool = False) -> str:
    """Give a text clean, its lines and paragraphs kept.

    Args:
        text: what came.
        limit: how many characters are kept at the most; a whole body ends with a line that says what is left out.
        markdown: leave tabs and empty lines as they are: they may stand in code.
    """
    if markdown:
        whole = "\n".join(part.rstrip(" ") for part in clean(text).split("\n")).strip("\n")
        return _ended(whole, limit, markdown=True) if limit == BODY else _shortened(whole, limit)
    whole = "\n".join(part.rstrip() for part in clean(text).replace("\t", "    ").split("\n"))
    if "\n\n\n" in whole:
        whole = _EMPTY_LINES.sub("\n\n", whole)
    whole = whole.strip("\n")
    return _ended(whole, limit, markdown=False) if limit == BODY else _shortened(whole, limit)


def entry(entry: Entry) -> Entry:
    """Give an entry with every field clean and of a sensible length."""
    meta = (line(one, META) for one in entry.meta[:METAS])
    return replace(
        entry,
        title=line(entry.title, TITLE) or UNTITLED,
        author=line(entry.author or "", AUTHOR) or None,
        section=line(entry.section or "", SECTION) or None,
        excerpt=text(entry.excerpt, EXCERPT),
        meta=tuple(one for one in meta if one),
        body=None if entry.body is None else text(entry.body, BODY, markdown=entry.markdown),
        url=link(entry.url),
        guid=line(entry.guid or "", LINK) or None,
        published=moment(entry.published),
        updated=moment(entry.updated),
        tags=tuple(dict.fromkeys(tag for tag in (line(one, TAG) for one in entry.tags[:TAGS]) if tag)),
        language=language(entry.language),
        image=link(entry.image),
        enclosures=tuple(one for one in map(_enclosure, entry.enclosures[:ENCLOSURES]) if one is not None),
        comments=link(entry.comments),
    )


def moment(seconds: int | None) -> int | None:
    """Give a time in seconds since 1970 if people could have written then, else None."""
    return seconds if seconds is not None and EARLIEST <= seconds <= LATEST else None


def language(tag: str | None) -> str | None:
    """Give a language tag of BCP 47 in its usual case (`en`, `pt-BR`), None for what is none."""
    found = _LANGUAGE.fullmatch((tag or "").strip().replace("_", "-"))
    if found is None:
        return None
    first, *rest = found[0].split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _enclosure(one: Enclosure) -> Enclosure | None:
    url = link(one.url)
    if url is None:
        return None
    size = one.size if one.size is not None and 0 < one.size < 1 << 50 else None
    seconds = one.seconds if one.seconds is not None and 0 < one.seconds < 1 << 30 else None
    return Enclosure(url, line(one.type, META), size, seconds, line(one.title, TITLE))


def link(url: str | None) -> str | None:
    """Give an address that may be opened: http, https or mailto, without anything hidden in it; else None."""
    bare = (url or "").strip(" \t\n")
    if len(bare) > LINK or not _LINK.fullmatch(bare) or visible(bare) != bare:
        return None
    return (
        None if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in bare) else bare
    )


def clean(text: str) -> str:
    """Give a text without what drives a terminal, hides or turns text around; its line ends become newlines.

    This is for texts that become a part of another: in Markdown, nothing may come to stand together afterwards.
    """
    return text if is_clean(text) else _cleaned(text)


def _cleaned(text: str) -> str:
    text = visible(_LINE_END.sub("\n", _SEQUENCE.sub("", text)))
    if text.isascii():
        return text
    text = _MARKS.sub(_trimmed, unicodedata.normalize("NFC", text))
    if _JAMO.search(text):
        text = _MANY_JAMO.sub(r"\1", text)
    if "\u200c" in text or "\u200d" in text:
        text = _STRAY_JOINER.sub("", _JOINERS.sub(lambda found: found[0][0], text))
    if "\u200d" in text:
        text = _CHAIN.sub(_unchained, text)
    return unicodedata.normalize("NFC", text)


def is_clean(text: str) -> bool:
    """Tell whether a text is clean at one look, as most are; one that is not may be so all the same."""
    if text.isascii():
        return not text.encode("ascii").translate(None, _PLAIN)
    return _NOT_PLAIN.search(text) is None


def visible(text: str) -> str:
    """Give a text without controls, and without what is not seen or turns text around."""
    text = _CONTROL.sub("", text)
    if not text.isascii():
        text = _HIDDEN.sub("", text)
        if _BEYOND.search(text):
            text = _HIDDEN_BEYOND.sub("", text)
    return text


def _trimmed(found: re.Match[str]) -> str:
    """Drop what takes no room past the sixteenth in a row, combining marks past the sixth; joiners do not break it."""
    kept: list[str] = []
    row = 0
    for character in found[0]:
        category = unicodedata.category(character)
        if category not in _WIDTHLESS:
            row = 0
        elif _is_widthless(character, category):
            row += 1
            if row > (MARKS_IN_A_ROW if category in _MARK else WIDTHLESS_IN_A_ROW):
                continue
        elif character not in _JOINER:
            row = 0
        kept.append(character)
    return "".join(kept)


def _is_widthless(character: str, category: str) -> bool:
    if category == "Cn":
        return character < _NEW_EMOJI
    if category == "Sk":
        return character in _SKIN
    return category in _WIDTHLESS and character not in _JOINER


def _unchained(found: re.Match[str]) -> str:
    """Drop each joiner that would make a chain too long, so that what follows stands for itself."""
    kept: list[str] = []
    joiners, joined = 0, False
    for character in found[0]:
        if character == "\u200d":
            if joiners < JOINERS_IN_A_CHAIN:
                kept.append(character)
                joiners, joined = joiners + 1, True
            continue
        if not joined and not _is_widthless(character, unicodedata.category(character)):
            joiners = 0
        joined = False
        kept.append(character)
    return "".join(kept)


def _shortened(text: str, limit: int) -> str:
    """Cut a text to a length, the last character telling so."""
    if len(text) <= limit:
        return text
    return text[: max(0, limit - 1)].rstrip().rstrip("\u200c\u200d").rstrip() + "…"


def _ended(text: str, limit: int, *, markdown: bool) -> str:
    """Cut a body to a length, at the end of a line if there is one near; its last paragraph tells what is left out."""
    if len(text) <= limit:
        return text
    last = limit - _SAID
    line = text.rfind("\n", last - _NEAR, last)
    kept = text[: line if line > 0 else last].rstrip().rstrip("\u200c\u200d").rstrip()
    fence = _open_fence(kept) if markdown else ""
    return (
        f"{kept}{fence}\n\n"
        f"… The rest of this text, {len(text) - len(kept):,} characters, is left out: it is longer than reader keeps."
    )


def _open_fence(text: str) -> str:
    """Give what ends the code at the end of a text, on a line of its own, empty where the text ends in none."""
    from reader.ingest.markdown_fences import Fence, edges

    last = next((one for one in edges(text) if isinstance(one, Fence) and not one.closed), None)
    found = _FENCE.match(text, last.start) if last is not None else None
    return f"\n{found[0]}" if found is not None and len(found[0]) < _SAID // 2 else ""
