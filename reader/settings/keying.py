"""Keys as they are written in the settings; what commands and keys there are is not looked at here."""

from __future__ import annotations

from typing import Final

from reader.values import dataclass

PRESET: Final = "default"
"""The preset that holds where none is named."""


@dataclass(frozen=True, slots=True)
class Keying:
    """A preset of keys, and the commands that have others: each by its id, with its keys as they are written."""

    preset: str = PRESET
    bound: tuple[tuple[str, tuple[str, ...]], ...] = ()


def keys_of(table: object) -> tuple[Keying, list[str]]:
    """Read the keys: what is well written, and what is wrong with the rest.

    Args:
        table: `[keys]`: `preset`, and for each command, by its id, a key or a list of keys; an empty one for none.
    """
    if not isinstance(table, dict):
        return Keying(), ['keys are written under [keys]: preset = "newsboat", "article.tags" = ["t", "g t"]']
    preset, bound, wrong = PRESET, {}, []
    for name, value in _flat(table):
        if name == "preset":
            if isinstance(value, str):
                preset = value
            else:
                wrong.append(f"keys: preset must be the name of a preset, not {value!r}; the default is used")
        elif isinstance(value, str):
            bound[name] = (value,) if value.strip() else ()
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            bound[name] = tuple(one for one in value if one.strip())
        else:
            wrong.append(f'keys: {name} must be a key or a list of keys, such as ["g t", "^t"], not {value!r}')
    return Keying(preset, tuple(bound.items())), wrong


def _flat(table: dict[str, object]) -> list[tuple[str, object]]:
    """Give the entries by their whole names: an id without quotation marks is a table in a table."""
    found: list[tuple[str, object]] = []
    waiting = [*reversed(table.items())]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{name}.{inner}", one) for inner, one in reversed(value.items())]
        else:
            found.append((name, value))
    return found
