"""Which encoding bytes are in that carry no mark: what they declare, or what reads best."""

from __future__ import annotations

import codecs
import re
from typing import Final

_HEAD: Final = 4096
_SAMPLE: Final = 64 * 1024

_DECLARED: Final = (
    re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([\w.:-]{2,40})", re.IGNORECASE),
    re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE),
)
_CHARSET: Final = re.compile(r"\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)

# Pages name a small encoding and are written in the larger one around it: so browsers take them too.
_LARGER: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_OTHER_NAMES: Final = {"x-sjis": "cp932", "x-gbk": "gb18030", "x-euc-jp": "euc_jp", "windows-31j": "cp932"}
# Python's own codecs hold many that are no encodings of text, and some that take a square of the time.
_KNOWN: Final = re.compile(r"iso8859|cp\d|koi8|gb|big5|euc|shift_jis|iso2022|utf-8|mac-|tis|hz|johab|ascii")

_JAPANESE_MAIL: Final = (b"\x1b$B", b"\x1b$@")
_KANA: Final = re.compile("[\u3041-\u30ff]")
_KANA_SHARE: Final = 0.2
# Where a text is read in the wrong encoding, letters turn into signs or capitals in the middle of words.
_ODD: Final = re.compile(r"(?<=[^\W\d_])[¢-©¬-´¶·¸¹¼-¿×÷\x80-\x9f\ufffd]|[\x80-\x9f｡-ﾟ]|(?<=[а-ё])[А-Я]")
_EUROPEAN: Final = ("cp1252", "cp1250", "iso8859-2")
_RARE: Final = frozenset({"iso8859_3", "iso8859_4", "iso8859_10", "iso8859_13", "iso8859_14", "iso8859_16", "cp775"})
_RUSSIAN: Final = ("koi8-r", "cp1251")
_MOSTLY_ASCII: Final = 0.15
_GUESSES: Final = 8
_ENOUGH: Final = 16
"""So many bytes that are not ASCII tell an encoding; fewer read as some word in most of them."""
_HIGH: Final = bytes(range(0x80, 0x100))


def declared(data: bytes, content_type: str = "") -> str | None:
    """Give the encoding that bytes say they are in, or that was said of them; None for one not known here."""
    head = data[:_HEAD]
    said = [one[1] for one in (_CHARSET.search(content_type[:500]),) if one]
    said += [one[1].decode("ascii", "replace") for one in (kind.search(head) for kind in _DECLARED) if one]
    return next((name for name in map(_named, said) if name), None)


def _named(label: str) -> str | None:
    label = _OTHER_NAMES.get(label.lower(), label)
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return _LARGER.get(name, name) if _KNOWN.match(name) else None


def escaped(data: bytes) -> str | None:
    """Give the encoding of bytes that are all ASCII and switch to another script by escapes."""
    return "iso2022_jp" if any(mark in data[:_SAMPLE] for mark in _JAPANESE_MAIL) else None


def unmarked_utf_16(data: bytes) -> str | None:
    """Tell UTF-16 by its zeros, when it has no mark: every other byte of Latin text is one."""
    head = data[:_HEAD]
    half = len(head) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 2 > half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even * 2 > half and odd == 0 else None


def likeliest(data: bytes) -> str | None:
    """Give the encoding that bytes read best in, None when they read well in none."""
    sample = data[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    western = _oddities(sample, "cp1252")
    if high <= len(sample) * _MOSTLY_ASCII and western == 0:
        return "cp1252"
    if high < _ENOUGH and high > len(sample) * _MOSTLY_ASCII:
        return None
    if _is_japanese(sample):
        return "euc_jp"
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, steps=5, chunk_size=512)
    guesses = [match.encoding for match in matches][:_GUESSES]
    guesses += _EUROPEAN if high <= len(sample) * _MOSTLY_ASCII else _RUSSIAN
    ranked = sorted((_oddities(sample, name), name in _RARE, place, name) for place, name in enumerate(guesses))
    return ranked[0][-1] if ranked else None


def _oddities(sample: bytes, encoding: str) -> int:
    """Count what does not look like text when bytes are read in an encoding."""
    return len(_ODD.findall(sample.decode(encoding, "replace")))


def _is_japanese(sample: bytes) -> bool:
    """Tell Japanese in EUC, which reads as rare Chinese characters in other encodings, by its kana."""
    text = sample.decode("euc_jp", "replace")
    wide = sum(character > "\u2e80" for character in text)
    return wide > 0 and text.count("\ufffd") <= 1 and len(_KANA.findall(text)) > wide * _KANA_SHARE
