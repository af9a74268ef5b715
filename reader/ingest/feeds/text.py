"""What the texts of feeds are for people: plain words, where they were cut off, and what is no part of them."""

from __future__ import annotations

import binascii
import html
import re
from typing import Final

EXCERPT: Final = 600
"""About what an article list and a preview show, in characters."""

_TITLE: Final = 90
_TAIL: Final = 1_500
_SCRAP: Final = 4_000

_BASE64: Final = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*", re.ASCII)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_STRUCTURE: Final = re.compile(r"<(?!/|!|(?:div|span|p|br|wbr)\b)[A-Za-z]|</p>[^<]*<p\b", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \t\n\r\f\v]+")
_EMPTY_LINES: Final = re.compile(r"\n\s*\n\s*")
_PARAGRAPH: Final = re.compile(r"\n[ \t\r]*\n")
_LINK: Final = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)")
_SIGNS: Final = " \t\n\r*_>`#.:→»›·|-–—"
_ELLIPSIS: Final = re.compile(r"(?:…|\.{3}|\[\s?(?:…|\.{3}|&hellip;|&#8230;)\s?\])[\s)\]]*$")
_WORDS_OF_MORE: Final = (
    "(?:continue|keep) reading|read (?:the )?(?:more|on|(?:full|whole|entire|rest|original)(?: of)?(?: th(?:e|is))?"
    "(?: article| story| post| entry)?)|(?:view|see) (?:full|original)(?: article| post)|full (?:story|article)|"
    "(?:read )?more|weiterlesen|mehr lesen|lire la suite|continuer la lecture|leer m[aá]s|seguir leyendo|"
    "leggi tutto|continua a leggere|leia mais|continue lendo|lees (?:meer|verder)|läs mer|les mer|læs mere|"
    "lue lisää|czytaj (?:dalej|więcej)|devamını oku|читать (?:далее|полностью)|подробнее|читати далі|"
    "続きを読む|全文を読む|阅读全文|继续阅读|閱讀全文|繼續閱讀|더 ?보기|المزيد|ادامه مطلب"
)
_INVITATION: Final = re.compile(
    rf"(?:^|(?<=[\s(\[….!?]))[(\[]?(?:{_WORDS_OF_MORE})(?!\w)([^\n]{{0,120}})$", re.IGNORECASE
)
# Words that are only an invitation when little follows them.
_SHORT_INVITATION: Final = 120
_APPEARED: Final = (
    r"(?:The (?:post|article)|Der Beitrag|L[’'](?:article|articolo)|La entrada|Het bericht|O post|Wpis|Inlägget"
    r"|Запись|Сообщение)"
)
_FIRST_ON: Final = (
    r"(?:(?:first )?appeared (?:first )?on|erschien zuerst auf|est apparu en premier sur"
    r"|(?:se publicó|apareció) primero en|proviene da|verscheen eerst op|apareceu primeiro em"
    r"|pojawił się poczatkowo na|dök först upp på|впервые появилась на|появились сначала на)"
)
_NOTICE: Final = re.compile(rf"(?:^|(?<=[\s>])){_APPEARED}\s.{{1,400}}?\s{_FIRST_ON}\s.{{1,300}}$", re.DOTALL)
_NOTICE_TAG: Final = re.compile(
    rf"<p>\s*{_APPEARED}\s*<a\b[^<>]*>[^\n]{{0,400}}?</a>\s*{_FIRST_ON}\s*<a\b[^<>]*>[^\n]{{0,200}}?</a>\.?\s*</p>\s*$"
)


def is_markup(text: str) -> bool:
    """Tell whether a text holds tags."""
    return "<" in text and _TAG.search(text) is not None


def decoded(text: str) -> str:
    """Give a text as it was before it was written in Base64, if that is a piece of HTML; else the text itself.

    Feedparser decodes what says that it is, if it is UTF-8; other feeds do not say it, or are of another encoding.
    """
    if not _BASE64.fullmatch(text):
        return text
    try:
        data = binascii.a2b_base64(text)
    except binascii.Error:
        return text
    try:
        found = data.decode()
    except UnicodeDecodeError:
        found = data.decode("cp1252", "replace")
    return found if is_markup(found) else text


def is_structured(markup: str) -> bool:
    """Tell whether a piece of HTML has more to it than its words: links, pictures, lists, paragraphs."""
    return _STRUCTURE.search(markup) is not None


def plain(markup: str) -> str:
    """Give the words of a piece of HTML, its paragraphs parted by a blank line."""
    if not is_markup(markup):
        return paragraphs(html.unescape(markup) if "&" in markup else markup)
    from turbohtml import parse

    return _EMPTY_LINES.sub("\n\n", parse(markup).to_text()).strip()


def paragraphs(text: str) -> str:
    """Give a plain text with its lines joined, but not its paragraphs."""
    if "\n" not in text:
        return text.strip()
    return "\n\n".join(joined for joined in (" ".join(one.split()) for one in _PARAGRAPH.split(text)) if joined)


def inline(markup: str) -> str:
    """Give the words of a piece of HTML in one line."""
    return _SPACES.sub(" ", plain(markup) if "<" in markup else html.unescape(markup)).strip()


def opening(markup: str) -> str:
    """Give the first words of a piece of HTML, of a long one without looking at the rest."""
    if len(markup) > _SCRAP:
        end = markup.rfind("<", 0, _SCRAP)
        words = plain(markup[: end if end > 0 else _SCRAP])
        if len(words) >= EXCERPT:
            return words
    return plain(markup)


def shortened(text: str, limit: int = EXCERPT) -> str:
    """Cut a text at a word's end, told by an ellipsis."""
    if len(text) <= limit:
        return text
    end = max(text.rfind(" ", 0, limit), text.rfind("\n", 0, limit))
    return text[: end if end > limit // 2 else limit - 1].rstrip(" \n,;:–—-") + "…"


def headline(text: str) -> str:
    """Make a headline of a text that has none: its first line, or as many of its words as fit."""
    return shortened(text.lstrip().split("\n", 1)[0].strip(), _TITLE)


def without_notice(markup: str) -> str:
    """Drop the paragraph in which a blog tells where the article appeared first."""
    tail = markup[-_TAIL:]
    found = _NOTICE_TAG.search(tail) if "<p>" in tail else None
    return markup if found is None else markup[: len(markup) - len(tail) + found.start()].rstrip()


def teaser(text: str) -> tuple[str, bool]:
    """Part an excerpt from the words that lead to the rest of it.

    Args:
        text: an excerpt, plain.

    Returns:
        The excerpt alone, and whether it stops before the article does.
    """
    head, tail = text[:-_TAIL], text[-_TAIL:]
    found = _NOTICE.search(tail)
    if found:
        tail = tail[: found.start()].rstrip()
    invited = _invitation(tail)
    if invited is not None:
        return (head + tail[:invited]).rstrip(_SIGNS.replace(".", "") + "[("), True
    return head + tail, _ELLIPSIS.search(tail[-20:]) is not None


def is_cut(markdown: str) -> bool:
    """Tell whether a body ends before the article does."""
    tail = markdown[-_TAIL:].strip()
    if "](" in tail:
        tail = _LINK.sub(r"\1", tail)
    if _ELLIPSIS.search(tail[-20:]):
        return True
    return _invitation(tail) is not None


def _invitation(tail: str) -> int | None:
    """Find where a text ends in “Continue reading …”."""
    last = tail.rstrip().rfind("\n") + 1
    line = tail[last:]
    found = _INVITATION.search(line[-_SHORT_INVITATION:].rstrip())
    if found is None:
        return None
    start = last + max(0, len(line) - _SHORT_INVITATION) + found.start()
    # In running text these words are only words: they invite on a line of their own, or after what is cut off.
    before = tail[:start].rstrip(" [(\n")
    if not tail[last:start].strip(_SIGNS + "[(") or before.endswith(("…", "...", "]")):
        return start
    return start if before.endswith((".", "!", "?")) and not found[1].strip(_SIGNS + ")]…") else None
