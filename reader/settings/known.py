"""All settings by their names, made from the table when they are first asked for."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from reader.settings.setting import Setting
from reader.settings.table import GROUPS, Settings

TABLE: Final = {one.name: Setting(one.name, one.default, **one.metadata) for one in fields(Settings)}
"""All settings by their names."""


def grouped() -> list[tuple[str, list[Setting]]]:
    """Give the settings under their headings, those that are tables last, as a file has to have them."""
    groups = [*GROUPS, *dict.fromkeys(one.group for one in TABLE.values() if one.group not in GROUPS)]
    return [(group, [one for one in TABLE.values() if one.group == group]) for group in groups]
