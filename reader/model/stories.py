"""What a headline says, whoever prints it: two of the same days that say the same are one story.

Articles and prepositions of place, the endings of words, labels such as "Update:" and the name of the site are left
out, so that saying the same is an equality: it does not matter which of many headlines came first. Nothing else
may differ, least of all a number or a name: a twin can be borne, a lost story cannot.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from reader.model.identity import fingerprint

_WORDS: Final = 4
_CHARACTERS: Final = 20
"""What a headline has at least, for others to be known by it; of Chinese and Japanese, 12 characters are enough."""
_DENSE: Final = 12
_STEM: Final = 4
"""Letters that are left of a word when its ending is dropped, at least."""
_TAIL: Final = 4
"""Words of a site's name after the headline, at most."""
_LONGEST: Final = 400
"""Characters of a headline that are looked at; what is longer is a text."""

_LABEL: Final = re.compile(
    r"\s*(?:[\[【(]\s*)?(?:just in|breaking(?: news)?|updated?|correct(?:ed|ion)|exclusive|eilmeldung|aktualisiert"
    r"|update \d|mise à jour|exclusif|última hora|actualización|actualizado|exclusiva|ultim'?ora|aggiornamento"
    r"|esclusiva|速報|更新|快讯|快訊|独自)(?:\s*[:：|\]】)]\s*|\s+[-–—]\s+)",
    re.IGNORECASE,
)
_SITE: Final = re.compile(r"(.*\S)(?:\s+([-–—·•»|])\s+|\s*([|｜])\s*)(\S[^|｜]*)", re.DOTALL)
"""A headline, a sign and perhaps the name of a site."""
_SIGN: Final = re.compile(r"\s[-–—·•»]\s|[|｜]")
_MARKED: Final = re.compile(r"[:：|\])】]|\s[-–—]")
_LABELLED: Final = 24
_FIGURE: Final = re.compile(r"\d[.,:'’\u00a0\u202f]\d")
_THOUSANDS: Final = re.compile(r"(?<=\d)[.,'’\u00a0\u202f](?=\d{3}(?!\d))")
_POINT: Final = re.compile(r"(?<=\d)[.,:](?=\d)")
_OWN: Final = re.compile(r"(?<=\w)['’]s\b")
_PART: Final = re.compile(r"\w+[+#]*|[%$]")
_LOWER: Final = re.compile(r"(?<!\w)[^\W\d_]{4,}")
_KANA: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")

_LEFT_OUT: Final = frozenset({
    "a", "an", "the", "of", "in", "at", "on", "amid", "as", "over", "after", "der", "die", "das", "dem", "den",
    "des", "ein", "eine", "einen", "einem", "einer", "im", "am", "le", "la", "les", "un", "une", "du", "el",
    "los", "las", "una", "unos", "unas", "il", "lo", "gli", "uno", "de", "het", "een",
})  # fmt: skip
"""Words that one newsroom writes and another does not; no negation is among them, and nothing like "against"."""

_ENDING: Final = re.compile(r"(?:ing|ed|(?<=[sxz])es|(?<=[cs]h)es|s)$")
"""Endings of English words that newsrooms differ in; where an e stays it tells, lest a plane become a plan."""

_COLUMNS: Final = frozenset({
    "newsletter", "podcast", "podcasts", "crossword", "sudoku", "wordle", "horoscope", "horoscopes", "weather",
    "forecast", "quiz", "briefing", "roundup", "obituary", "obituaries", "corrections", "leserbrief",
    "leserbriefe", "presseschau", "pressestimmen", "wochenrückblick", "horoskop", "tageshoroskop", "wetter",
    "kreuzworträtsel", "météo", "meteo", "horóscopo", "oroscopo", "liveblog",
})  # fmt: skip
"""Words that stand over a column, and not over a story: what is left out by mistake is only listed twice."""

_PHRASED: Final = frozenset({
    "letter", "letters", "thread", "link", "links", "round", "brief", "pictures", "photos", "day", "week",
    "month", "year", "today", "what", "news", "digest", "edition", "update", "report", "show", "notes", "reading",
    "reads", "happened", "live", "episode", "folge", "épisode", "episodio", "issue", "ausgabe", "tv", "cartas",
    "courrier", "revue", "revista", "tiempo", "rassegna", "hiring", "freelancer", "this",
})  # fmt: skip
"""Words of which one is in each phrase that stands over a column."""

_PHRASE: Final = re.compile(
    r"\b(?:letters? to|open thread|links? (?:for|of|roundup)|round-up|in (?:brief|pictures|photos)"
    r"|(?:of|for) the (?:day|week|month|year)|this (?:week|month)|week in|(?:day|week|month|year) in review|today in"
    r"|on this day|what we(?: a|['’])re|(?:morning|evening|daily|weekly|monthly|weekend|sunday) (?:news|digest|edition"
    r"|update|report|show|notes|reads?|reading|links)|(?:as|how) it happened|live (?:updates?|blog|ticker)"
    r"|(?:episode|folge|épisode|episodio|issue|ausgabe) #?\d+|tv (?:guide|tonight)|courrier des lecteurs"
    r"|revue de presse|cartas al director|revista de prensa|el tiempo en|rassegna stampa|who is hiring|freelancer\?)"
    r"|\bwho (?:is|wants) (?:hiring|to be hired)\b"
)
_DENSE_COLUMN: Final = re.compile("今日の|天声人語|読者の声|天気予報|社説")


def said(title: str, source: str = "") -> str:
    """Give what a headline says; it is the same of two headlines that tell one story.

    Args:
        title: the headline as it came.
        source: what its source is called, which may stand before or after it.

    Returns:
        Its words, folded; empty where other headlines of the same words could well be of another story.
    """
    if len(title) > _LONGEST or not title:
        return ""
    plain = title.isascii()
    text = _without_site(title if plain else unicodedata.normalize("NFKC", title), _folded(source))
    while _MARKED.search(text, 0, _LABELLED) and (label := _LABEL.match(text)) is not None:
        text = text[label.end() :]
    text = text.casefold()
    if _FIGURE.search(text):
        text = _POINT.sub("_", _THOUSANDS.sub("", text))
    if "'" in text or "’" in text:
        text = _OWN.sub("", text)
    parts = _PART.findall(text) if plain else _parts(text)
    if not _COLUMNS.isdisjoint(parts) or (not _PHRASED.isdisjoint(parts) and _PHRASE.search(text)):
        return ""
    words = [word for word in parts if word not in _LEFT_OUT]
    words = [_stem(word) if word[-1] in "sdg" else word for word in words]
    return " ".join(words) if _tells(words) and (plain or not _DENSE_COLUMN.search(text)) else ""


def _parts(text: str) -> list[str]:
    # The vowels of many scripts are marks, which \w does not know.
    kept = (
        sign if sign.isalnum() or sign in "_+#%$€£¥₹₽" or unicodedata.category(sign)[0] == "M" else " " for sign in text
    )
    return "".join(kept).split()


_folded: Final = lru_cache(maxsize=16)(fingerprint)


def _without_site(text: str, name: str) -> str:
    """Give a headline without the name of a site after or before it."""
    while _SIGN.search(text) and (found := _SITE.fullmatch(text)) is not None:
        head, dash, bar, tail = found.groups()
        if not (fingerprint(tail) == name or _is_site(head, tail, sure=bool(bar) or dash in ("|", "»", "·", "•"))):
            break
        text = head
    start, sign, rest = text.partition(":")
    return rest if sign and name and _folded(start) == name else text


def _is_site(head: str, tail: str, *, sure: bool) -> bool:
    """Tell whether what stands after a sign is the name of a site, and no part of the headline."""
    words = tail.split()
    if not 0 < len(words) <= _TAIL or any(sign.isdigit() for sign in tail) or not _is_long(head):
        return False
    if sure:
        return True
    # After a dash only what is written like a name, where the headline itself is not.
    named = all(word[0].isupper() for word in words if word.casefold() not in _LEFT_OUT)
    return named and sum(word[0].islower() for word in _LOWER.findall(head)) > 1


def _is_long(head: str) -> bool:
    return len(head.split()) >= _WORDS or (len(head) >= _DENSE and len(_KANA.findall(head)) * 2 > len(head))


def _stem(word: str) -> str:
    """Give a word without an English ending, where enough of it is left."""
    if not word.isascii() or len(word) <= _STEM or not word.isalpha() or word.endswith("ss"):
        return word
    ending = _ENDING.search(word, _STEM)
    return word if ending is None else word[: ending.start()]


def _tells(words: list[str]) -> bool:
    text = "".join(words)
    dense = 0 if text.isascii() else len(_KANA.findall(text))
    if dense * 2 > len(text):
        return len(text) >= _DENSE
    return len(words) >= _WORDS and len(text) + len(words) - 1 >= _CHARACTERS
