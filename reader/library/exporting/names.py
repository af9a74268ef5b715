"""Names of files made of headlines: good on every system, and never a way out of the folder."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from reader.model.printable import line

LONGEST: Final = 120
"""Bytes of a name, without its ending: with an id and an ending it stays below 255, also where it is encrypted."""

_BAD: Final = re.compile(r'[<>:"/\\|?*#^\[\]%\x00-\x1f\x7f]+')
"""What some system does not take in a name, or a link between notes."""
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def named(title: str, article: int) -> str:
    """Make the name of an article's file, without an ending."""
    return safe(title) or f"Untitled {article}"


def safe(text: str) -> str:
    """Give a text as a name, empty where nothing of it can be in one."""
    bare = unicodedata.normalize("NFC", line(text))
    bare = "".join(one if unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co", "Cn"} else " " for one in bare)
    bare = _trimmed(" ".join(_BAD.sub(" ", bare).split()))
    while len(bare.encode()) > LONGEST:
        bare = _trimmed(bare.encode()[:LONGEST].decode("utf-8", "ignore"))
    return f"_{bare}" if _RESERVED.fullmatch(bare) else bare


def _trimmed(text: str) -> str:
    return text.strip(" .~")


def folded(name: str) -> str:
    """Give a name as a system compares it that knows neither case nor the forms of letters."""
    return unicodedata.normalize("NFD", name).casefold()
