"""Front matter: the few lines of data before a Markdown text, in TOML or in the plain part of YAML.

No YAML library: what people write there is keys, texts and lists, and that is all that is read.
"""

from __future__ import annotations

import re
from typing import Final

MAX_CHARACTERS: Final = 64 * 1024

_KEY: Final = re.compile(r"([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*))?$")
_ITEM: Final = re.compile(r"[ \t]*-[ \t]+(.+)$")
_COMMENT: Final = re.compile(r"[ \t]+#.*$")
_PART: Final = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*)\s*(?:,|$)""")
_ESCAPES: Final = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_NOTHING: Final = frozenset({"", "~", "null", "none", "[]", "{}"})
_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_YAML: Final = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class Front:
    """What front matter holds: texts by key, whatever case the keys are in.

    Args:
        values: the texts of each key, keys in lower case.
    """

    def __init__(self, values: dict[str, list[str]]) -> None:
        self._values = values

    def all(self, key: str) -> list[str]:
        """Give the texts of a key, none when it is not there."""
        return [text for text in self._values.get(key.lower(), ()) if text.lower() not in _NOTHING]

    def first(self, *keys: str) -> str:
        """Give the first text of the first of some keys that is there, else an empty one."""
        return next((text for key in keys for text in self.all(key)), "")


def divide(text: str) -> tuple[Front | None, str]:
    """Divide a text into its front matter and the rest; None when it has none."""
    bare = text.lstrip("\ufeff\n\r\t ")
    head = bare[:MAX_CHARACTERS].replace("\r\n", "\n")
    for fence, read in ((_TOML, _toml), (_YAML, _yaml)):
        found = fence.match(head)
        if found:
            values = read(found[1])
            if values:
                return Front(values), bare.replace("\r\n", "\n")[found.end() :]
    return None, text


def _toml(text: str) -> dict[str, list[str]] | None:
    import tomllib

    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    values: dict[str, list[str]] = {}
    for key, value in [*_pairs(table), *_pairs(table.get("taxonomies"))]:
        values[key.lower()] = _texts(value)
    return values


def _pairs(table: object) -> list[tuple[str, object]]:
    return list(table.items()) if isinstance(table, dict) else []


def _texts(value: object) -> list[str]:
    """Give the texts that a value of TOML holds; of a table, its name."""
    if isinstance(value, dict):
        return _texts(value.get("name", ""))
    if isinstance(value, list):
        return [text for one in value if not isinstance(one, list) for text in _texts(one)]
    return [str(value)]


def _yaml(text: str) -> dict[str, list[str]] | None:
    """Read keys with texts and lists; None when a line is nothing of the kind, so that it is no front matter."""
    values: dict[str, list[str]] = {}
    current: list[str] = []
    style = ""
    for line in text.split("\n"):
        bare = line.strip()
        if style and (not bare or line[0] in " \t"):
            _go_on(current, bare, style)
            continue
        if not bare or bare.startswith("#"):
            continue
        item, key = _ITEM.match(line), _KEY.match(line)
        if key:
            current = values.setdefault(key[1].lower(), [])
            value = (key[2] or "").strip()
            style = value[:1] if value in {"|", ">", "|-", ">-", "|+", ">+"} else ""
            current += [""] if style else _values(value)
        elif item:
            _take_item(current, item[1])
        elif line[0] not in " \t":
            return None
        else:
            _take_nested(current, bare)
    return {key: [text.strip() for text in texts] for key, texts in values.items()} or None


def _go_on(current: list[str], bare: str, style: str) -> None:
    """Add a line to a text of several lines, `|` keeping the lines and `>` joining them."""
    current[-1] += ("\n" if style == "|" or not bare else " ") + bare


def _take_item(current: list[str], item: str) -> None:
    """Take an item of a list; of one that has keys, the name."""
    key = _KEY.match(item)
    if key is None or key[1].lower() == "name":
        current += _values(key[2] or "" if key else item)


def _take_nested(current: list[str], bare: str) -> None:
    """Take the name out of what is nested below a key, and the rest of a text that goes on."""
    key = _KEY.match(bare)
    if key is None:
        current += _values(bare) if not current else []
    elif key[1].lower() == "name":
        current += _values(key[2] or "")


def _values(value: str) -> list[str]:
    """Give the texts of a value: one, or those of a list in brackets."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        inside = value[1:-1].strip()
        return [_unquoted(part[1]) for part in _PART.finditer(inside) if part[1].strip()]
    return [_unquoted(value)] if value else []


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), text[1:-1])
    return _COMMENT.sub("", text)
