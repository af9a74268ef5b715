"""Rules as they are written in the settings; what their queries mean is not looked at here."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from reader.settings.kinds import Wrong
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

ACTIONS: Final = ("mark read", "bookmark", "hide", "tag NAME")
"""What a rule can do."""

TAG: Final = "tag "
"""How the action that gives a tag begins."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done with articles that come in.

    `when` is a query; `do` are actions, each one of `ACTIONS`. `updated` tells that an article is looked at again
    when its text has changed.
    """

    when: str
    do: tuple[str, ...]
    name: str = ""
    updated: bool = False

    @property
    def called(self) -> str:
        """How it is called: by its name, else by its query."""
        return self.name or self.when


def rules_of(tables: object) -> tuple[tuple[Rule, ...], list[str]]:
    """Read the rules: those that are good, and what is wrong with the others."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return (), ["rules are written as [[rules]], with when and do under it"]
    rules: list[Rule] = []
    wrong: list[str] = []
    for number, table in enumerate(tables, 1):
        problem = _rule_problem(table)
        if problem:
            name = table.get("name")
            called = f"“{name}”" if isinstance(name, str) and name else str(number)
            key = problem.partition(" ")[0]
            here = () if key in _fields() and key not in table else (key if key in table else "do",)
            at = (number - 1, *here)
            wrong.append(Wrong.within(at, f"rule {called}: {problem}; it is left out"))
        else:
            do = table["do"] if isinstance(table["do"], list) else [table["do"]]
            actions = tuple(dict.fromkeys(map(_action, do)))
            name = " ".join(table.get("name", "").split())
            rules.append(Rule(table["when"], actions, name, table.get("updated", False)))
    return tuple(rules), wrong


def _fields() -> list[str]:
    return [field.name for field in fields(Rule)]


def _rule_problem(table: dict[str, object]) -> str | None:
    """Say what is wrong with a rule, None when nothing is."""
    known = _fields()
    unknown = next((name for name in table if name not in known), None)
    if unknown is not None:
        return f"{unknown} is nothing that a rule has; it has {', '.join(known)}{_meant(unknown, known)}"
    when, do = table.get("when"), table.get("do")
    if not isinstance(when, str) or not when.strip():
        return 'when must be a query, such as "source:gazette title:sponsored"'
    if not isinstance(table.get("name", ""), str):
        return "name must be a text"
    if not isinstance(table.get("updated", False), bool):
        return "updated must be true or false"
    actions = do if isinstance(do, list) else [do]
    texts = [" ".join(action.split()) for action in actions if isinstance(action, str)]
    if not actions or len(texts) < len(actions):
        return 'do must be a list of actions, such as ["mark read", "tag ads"]'
    bad = next((action for action in texts if not _action(action)), None)
    if bad is None:
        return None
    return f"{bad} is nothing that a rule does; it can {', '.join(ACTIONS)}{_meant(bad, ACTIONS)}"


def _action(written: str) -> str:
    """Give an action as it is known, empty when it is none."""
    action = " ".join(written.split())
    folded = action.casefold()
    if folded.startswith(TAG):
        return f"{TAG}{action[len(TAG) :]}"
    return folded if folded in ACTIONS[:-1] else ""


def _meant(written: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(written.casefold(), [one.casefold() for one in known], 1, 0.5)
    return f"; did you mean {next(one for one in known if one.casefold() == close[0])}?" if close else ""
