"""How keys are written by people, named by the terminal, and shown."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = {
    "!": "exclamation_mark", '"': "quotation_mark", "#": "number_sign", "$": "dollar_sign", "%": "percent_sign",
    "&": "ampersand", "'": "apostrophe", "(": "left_parenthesis", ")": "right_parenthesis", "*": "asterisk",
    "+": "plus", ",": "comma", "-": "minus", ".": "full_stop", "/": "slash", ":": "colon", ";": "semicolon",
    "<": "less_than_sign", "=": "equals_sign", ">": "greater_than_sign", "?": "question_mark", "@": "at",
    "[": "left_square_bracket", "\\": "backslash", "]": "right_square_bracket", "^": "circumflex_accent",
    "_": "underscore", "`": "grave_accent", "{": "left_curly_bracket", "|": "vertical_line",
    "}": "right_curly_bracket", "~": "tilde",
}  # fmt: skip
"""What Textual calls the keys of signs."""
_CHARACTERS: Final[dict[str, str]] = {name: sign for sign, name in _SIGNS.items()}

_SHOWN: Final = {
    "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "backspace": "Backspace", "delete": "Del",
    "insert": "Ins", "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn",
    "up": "↑", "down": "↓", "left": "←", "right": "→",
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}  # fmt: skip
"""How the keys that write nothing are shown; all others are shown as what they write."""

_NAMES: Final = (
    {name: name for name in (*_SHOWN, *_CHARACTERS)}
    | {shown.lower(): name for name, shown in _SHOWN.items()}
    | {
        "return": "enter", "page_up": "pageup", "page_down": "pagedown", "pgdown": "pagedown", "spacebar": "space",
        "plus_sign": "plus", "hyphen": "minus", "period": "full_stop",
    }
)  # fmt: skip
"""What people call keys, in small letters, and what Textual does."""

_SAME: Final = {
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape",
    "ctrl+space": "ctrl+at",
}  # fmt: skip
"""Keys that terminals do not tell from others."""

_MODIFIER: Final = r"(?i)(ctrl|control|c|alt|meta|a|m|shift|s)[+-](?=.)"
_MODIFIERS: Final = {"c": "ctrl", "a": "alt", "m": "alt", "s": "shift"}
_LONGEST: Final = 4
"""Keys of the longest sequence."""


class KeyNameError(ValueError):
    """Something that is written as a key is none; it says why, in words."""


def parsed(written: str) -> str:
    """Give a key or a sequence of keys by the names that Textual has for them.

    Args:
        written: as people write it: `j`, `G`, `?`, `^f`, `ctrl+f`, `C-f`, `alt+x`, `Space`, `PgDn`, `F5`; the keys
            of a sequence are parted by spaces, and two letters or signs need none: `g g` or `gg`.

    Returns:
        The names, those of a sequence parted by one space.

    Raises:
        KeyNameError: it is no key.
    """
    parts = written.split()
    if not parts:
        raise KeyNameError("it names no key")
    keys = [key for part in parts for key in _part(part)]
    if len(keys) > _LONGEST:
        raise KeyNameError(f"“{written}” is a sequence of {len(keys)} keys; {_LONGEST} are the most")
    return " ".join(keys)


def named(keys: str) -> str:
    """Give a key or a sequence of our own tables by the names that Textual has for them."""
    return " ".join(_SIGNS.get(key, key) for key in keys.split(" "))


def _part(part: str) -> list[str]:
    found = _single(part)
    if found is not None:
        return [found]
    if len(part) == 2 and part.isprintable():
        return [_character(character) for character in part]
    raise KeyNameError(f"there is no key called {part}{_meant(part)}")


def _single(part: str) -> str | None:
    """Give the name of one key, None where it is not one."""
    modifiers: list[str] = []
    rest = part
    while len(rest) > 1 and (match := re.match(_MODIFIER, rest)):
        word = match[1].lower()
        modifiers.append(_MODIFIERS.get(word[0], word))
        rest = rest[match.end() :]
    if len(rest) == 2 and rest[0] == "^" and not modifiers:
        modifiers, rest = ["ctrl"], rest[1]
    name = _NAMES.get(rest.lower(), rest if len(rest) == 1 else "")
    if not name or not rest.isprintable():
        return None
    return _modified(_character(name) if len(name) == 1 else name, set(modifiers))


def _modified(name: str, modifiers: set[str]) -> str:
    letter = len(name) == 1 and name.isalpha()
    if letter and modifiers == {"shift"}:
        return name.upper()
    if letter and "ctrl" in modifiers:
        name = name.lower()
    key = "+".join([*(one for one in ("alt", "ctrl", "shift") if one in modifiers), name])
    return _SAME.get(key, key)


def _character(character: str) -> str:
    """Give Textual's name of the key that writes a character."""
    if character.isalnum():
        return character
    name = _SIGNS.get(character)
    if name is None:
        import unicodedata

        name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
        _CHARACTERS.setdefault(name, character)  # the name does not tell where it had a hyphen
    return name


def _meant(part: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(re.sub(_MODIFIER, "", part).lower(), _NAMES, 1, 0.6)
    return f"; did you mean {shown(_NAMES[close[0]])}?" if close else ""


def shown(keys: str) -> str:
    """Give a key as a person knows it: `ctrl+f` as `^f`, `g g` as `gg`."""
    parts = [_one(part) for part in keys.split(" ")]
    joined = "".join(parts)
    # What would be read as something else, as `up` and `^f` would, stays apart.
    apart = len(parts) != 2 or len(joined) > 2 or parts[0] == "^" or joined.lower() in _NAMES
    return " ".join(parts) if apart else joined


def _one(key: str) -> str:
    modifiers, plus, name = key.rpartition("+")
    if not plus or not name:
        modifiers, name = "", key
    text = _CHARACTERS.get(name) or _SHOWN.get(name) or _written(name)
    if modifiers == "ctrl" and name not in _SHOWN:
        return f"^{text}"
    return "+".join([*(one.capitalize() for one in modifiers.split("+") if one), text])


def _written(name: str) -> str:
    """Give what a key writes that has a name of several letters and is none of ours."""
    if len(name) == 1:
        return name
    import unicodedata

    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return name
