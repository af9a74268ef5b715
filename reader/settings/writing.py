"""The settings as a file to begin with: every one there is, its sentence above it, its default behind a #."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from reader.settings.known import grouped
from reader.settings.setting import as_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.settings.setting import Setting

_WIDTH: Final = 100
_HEAD: Final = """\
# The settings of reader. Every line that sets something begins with a #, and holds what holds anyway: take the # away
# and change it. `reader config check` tells what is wrong; an app that is open takes a change at once.
"""


def begun() -> str:
    """Give the text of a file of settings in which nothing is set yet."""
    single = [_HEAD]
    tables = []
    for group, settings in grouped():
        plain = [setting for setting in settings if setting.kind != "table"]
        if plain:
            single.append(f"\n# -- {group}\n")
        single += [_single(setting) for setting in plain]
        tables += [_tables(setting) for setting in settings if setting.kind == "table"]
    return (
        "".join(single) + ("\n# -- Tables: they stand behind all that is above\n" if tables else "") + "".join(tables)
    )


def bounds(setting: Setting) -> str:
    """Say what a setting can be, shortly: `40 to 100 columns`; empty where its kind says it all."""
    match setting.kind:
        case "whole" | "number":
            return f"{setting.least:g} to {setting.most:g}{f' {setting.unit}' if setting.unit else ''}"
        case "choice":
            return ", ".join(map(as_toml, setting.choices))
        case "flag":
            return "true, false"
        case "text" | "command" if setting.example:
            return f"such as {setting.example}"
    return ""


def _single(setting: Setting) -> str:
    told = bounds(setting)
    lines = [*_commented(setting.sentence), *(_commented(f"Can be: {told}.") if told else ())]
    return f"\n{''.join(lines)}#{setting.name} = {as_toml(setting.default)}\n"


def _tables(setting: Setting) -> str:
    example = "".join(f"#{line}\n" for line in setting.example.splitlines())
    return f"\n{''.join(_commented(setting.sentence))}{example}"


def _commented(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False, break_long_words=False):
        yield f"# {line}\n"
