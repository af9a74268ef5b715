"""What holds: each setting by the flag, else the environment, else the file, else its default; and what is wrong."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reader.settings.table import Settings
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reader.settings.setting import Problem

Origin: TypeAlias = Literal["default", "file", "environment", "flag"]

UNREADABLE: Final = "; the defaults are used"
"""How it ends what is told of settings that cannot be read at all."""

PREFIX: Final = "READER_"
"""How a variable of the environment begins that overrides a setting: READER_MEASURE is `measure`."""

_NO_SETTINGS: Final = frozenset({"READER_HOME", "READER_LOG", "READER_TEXT"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read.

    Attributes:
        settings: what holds.
        origins: where each setting comes from that is no default.
        problems: what is wrong.
        text: the file as it is; empty where it cannot be read.
        whole: whether the file could be read, or there is none.
    """

    settings: Settings
    origins: Mapping[str, Origin]
    problems: tuple[Problem, ...] = ()
    text: str = ""
    whole: bool = True

    def origin(self, name: str) -> Origin:
        """Tell where the value of a setting comes from."""
        return self.origins.get(name, "default")


class Flags:
    """Owns what was given by `--set`, for as long as the process lives."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    @property
    def given(self) -> Mapping[str, str]:
        """The words that were given, by the names of the settings."""
        return self._given

    def give(self, assignments: Iterable[str]) -> list[Problem]:
        """Take assignments, each NAME=VALUE, instead of those before; give what is wrong with them."""
        from reader.settings.checking import Gathered, assigned

        self._given, wrong = assigned(assignments)
        gathered = Gathered()
        gathered.flags(self._given)
        return [*wrong, *gathered.problems]


FLAGS: Final = Flags()


def load(path: Path) -> tuple[Settings, list[str]]:
    """Read the preferences.

    Args:
        path: the TOML file; that it is missing is no mistake.

    Returns:
        The settings, defaults standing in for what is wrong, and what is wrong, one line each.
    """
    found = read(path)
    return found.settings, [str(problem) for problem in found.problems]


def read(path: Path, before: Settings | None = None) -> Loaded:
    """Read the preferences, and tell more about them than `load` does.

    Args:
        path: the TOML file.
        before: what stays where something is wrong; None for the defaults.
    """
    data, why = b"", ""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        pass
    except OSError as error:
        why = str(error.strerror)
    variables = {name: os.environ[name] for name in os.environ if name.startswith(PREFIX) and name not in _NO_SETTINGS}
    if not (data or why or variables or FLAGS.given):
        return Loaded(Settings(), {})
    from reader.settings.checking import Gathered

    gathered = Gathered(before)
    text = "" if why else gathered.file(path, data)
    if why:
        gathered.unreadable(path, why)
    gathered.environment(variables)
    gathered.flags(FLAGS.given)
    return gathered.loaded(text)
