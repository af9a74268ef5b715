"""The rules of the settings: which can be understood, and what is wrong with the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reader import settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reader.settings import Rule


def good(path: Path) -> tuple[list[Rule], str]:
    """Give the rules of some settings that can be understood, and a digest of them; empty where there is none."""
    rules, _ = _checked(settings.load(path)[0].rules)
    if not rules:
        return rules, ""
    from hashlib import sha256

    told = json.dumps([[rule.when, rule.do, rule.updated] for rule in rules])
    return rules, sha256(told.encode()).hexdigest()[:16]


def misunderstood(path: Path) -> list[str]:
    """Say which rules of some settings have a query that cannot be understood, one line each."""
    return [f"{path}: {line}" for line in _checked(settings.load(path)[0].rules)[1]]


def wrong(path: Path) -> list[str]:
    """Say what is wrong with the rules of some settings, one line each."""
    told = settings.load(path)[1]
    return [line for line in told if line.startswith(f"{path}: rule")] + misunderstood(path)


def _checked(rules: Sequence[Rule]) -> tuple[list[Rule], list[str]]:
    """Give the rules whose query can be understood, and what is wrong with the others."""
    if not rules:
        return [], []
    from reader.model.query import QueryError, parse

    good, bad = [], []
    for rule in rules:
        try:
            parse(rule.when)
        except QueryError as error:
            where = f"character {error.start + 1} of its when"
            bad.append(f"rule “{rule.called}”: {error.message} ({where}); it is left out")
        else:
            good.append(rule)
    return good, bad
