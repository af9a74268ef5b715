"""The rules of the settings: which can be understood, and what is wrong with the others."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from reader import settings
from reader.model.tags import tidy
from reader.settings.ruling import TAG

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
    found = settings.read(path)
    return [f"{path}{_line(found.text, rule)}: {words}" for rule, words in _checked(found.settings.rules)[1]]


def wrong(path: Path) -> list[str]:
    """Say what is wrong with the rules of some settings, one line each."""
    problems = settings.read(path).problems
    return [str(one) for one in problems if one.name == "rules" or not one.name] + misunderstood(path)


def _line(text: str, rule: Rule) -> str:
    """Tell on which line of a file the query of a rule stands, nothing where it comes from elsewhere."""
    if not text:
        return ""
    import tomllib

    from reader.settings.locating import lines

    tables = tomllib.loads(text).get("rules", [])
    at = next((number for number, table in enumerate(tables) if table.get("when") == rule.when), -1)
    line = lines(text).get(("rules", at, "when"))
    return f", line {line}" if line else ""


def _checked(rules: Sequence[Rule]) -> tuple[list[Rule], list[tuple[Rule, str]]]:
    """Give the rules that can be understood, their tags as they are kept, and what is wrong with the others."""
    good: list[Rule] = []
    bad: list[tuple[Rule, str]] = []
    for rule in rules:
        problem = _problem(rule)
        if problem:
            bad.append((rule, f"rule “{rule.called}”: {problem}; it is left out"))
        else:
            good.append(replace(rule, do=tuple(dict.fromkeys(map(_tidied, rule.do)))))
    return good, bad


def _problem(rule: Rule) -> str:
    """Say what is wrong with a rule, nothing when nothing is."""
    from reader.model.query import QueryError, parse

    try:
        query = parse(rule.when)
    except QueryError as error:
        return f"{error.message} (character {error.start + 1} of its when)"
    if query.node is None:
        # It would be about every article that ever comes.
        return "its when asks for nothing"
    tags = [action[len(TAG) :] for action in rule.do if action.startswith(TAG)]
    if any("," in tag for tag in tags):
        return 'a tag has no comma, tags are parted by commas; write "tag a", "tag b"'
    return "" if all(map(tidy, tags)) else "there is nothing of its tag to be seen"


def _tidied(action: str) -> str:
    return f"{TAG}{tidy(action[len(TAG) :])}" if action.startswith(TAG) else action
