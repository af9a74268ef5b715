"""Values taken from one place after the other, each checked, and what is wrong told with the nearest right name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reader.settings.known import TABLE
from reader.settings.reading import PREFIX, UNREADABLE, Loaded
from reader.settings.setting import Problem, as_toml, told
from reader.settings.table import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reader.settings.reading import Origin
    from reader.settings.setting import Setting

KEPT: Final = "; the settings stay as they were"
"""How it ends what is told of a file that cannot be read any more."""

_NEAR: Final = 0.75
"""How much a variable of the environment has to be like the name of a setting, to be taken for a slip."""


class Gathered:
    """Values from one place after the other, the later over the earlier, and what is wrong with them.

    Args:
        before: what stays where something is wrong; None for the defaults.
    """

    def __init__(self, before: Settings | None = None) -> None:
        self._before = before
        self.problems: list[Problem] = []
        self._values: dict[str, Any] = {}
        self._origins: dict[str, Origin] = {}
        self._whole = True

    def loaded(self, text: str = "") -> Loaded:
        """Give what came together; `text` is the file."""
        return Loaded(Settings(**self._values), self._origins, tuple(self.problems), text, self._whole)

    def unreadable(self, path: Path, why: str) -> None:
        """Note that nothing of a file can be read."""
        self._whole = False
        self.problems.append(Problem(str(path), 0, "", why + (KEPT if self._before else UNREADABLE)))
        if self._before is not None:
            self._values |= {name: getattr(self._before, name) for name in TABLE}

    def file(self, path: Path, data: bytes) -> str:
        """Take what a file says, and give it as text; empty where it cannot be read."""
        import tomllib

        try:
            text = data.decode()
            found = tomllib.loads(text)
        except ValueError as error:  # it is no TOML, no UTF-8, or has a number that is too long to be read
            self.unreadable(path, str(error))
            return ""
        except RecursionError:
            self.unreadable(path, "there are more brackets in one another than can be read")
            return ""
        for name, value in found.items():
            wrong = self._take(name, value, "file")
            if wrong:
                from reader.settings.locating import line_of

                within = name in TABLE and TABLE[name].read is not None
                lines = [line_of(text, name, one if within else "") for one in wrong]
                self.problems += [
                    Problem(str(path), line, name, str(one)) for line, one in zip(lines, wrong, strict=True)
                ]
        return text

    def environment(self, variables: Mapping[str, str]) -> None:
        """Take what the environment says."""
        for variable, word in variables.items():
            name = variable.removeprefix(PREFIX).lower()
            if name in TABLE:
                wrong = self._take(name, TABLE[name].from_word(word), "environment")
            else:
                # Other programs may have variables like ours; only what is nearly a setting is a slip.
                near = _nearest(name, _NEAR)
                wrong = [f"there is no such setting; did you mean {PREFIX}{near.upper()}?"] if near else []
            self.problems += [Problem(variable, 0, name, str(one)) for one in wrong]

    def flags(self, given: Mapping[str, str]) -> None:
        """Take what `--set` says."""
        for name, word in given.items():
            wrong = self._take(name, TABLE[name].from_word(word) if name in TABLE else word, "flag")
            self.problems += [Problem("--set", 0, name, str(one)) for one in wrong]

    def _take(self, name: str, value: object, origin: Origin) -> list[str]:
        """Take a value, or what is right of it, and give what is wrong."""
        setting = TABLE.get(name)
        if setting is None:
            return [unknown(name)]
        wrong = list[str]()
        if setting.read is not None:
            value, wrong = setting.read(value)
        elif not setting.fits(value):
            if self._before is not None:
                self._values.setdefault(name, getattr(self._before, name))
            stays = as_toml(self._values.get(name, setting.default))
            return [f"{problem_of(setting, value)}; it stays {stays}"]
        self._values[name], self._origins[name] = value, origin
        return wrong


def assigned(assignments: Iterable[str]) -> tuple[dict[str, str], list[Problem]]:
    """Part assignments, each NAME=VALUE, into names and words; and say what is wrong with the others."""
    given, wrong = dict[str, str](), list[Problem]()
    for one in assignments:
        written, equals, word = one.partition("=")
        name = written.strip().replace("-", "_")
        if equals and name:
            given[name] = word
        else:
            wrong.append(Problem("--set", 0, "", f"needs NAME=VALUE, as in --set measure=72, not {told(one)}"))
    return given, wrong


def problem_of(setting: Setting, value: object) -> str:
    """Say what is wrong with a value that does not fit."""
    return f"{setting.name} must be {setting.wanted}, not {told(value)}{_meant(setting, value)}"


def unknown(name: str) -> str:
    """Say that there is no such setting, and which was probably meant."""
    near = _nearest(name)
    shown = name if name.isprintable() and name else told(name)
    return f"{shown} is no setting; " + (
        f"did you mean {near}?" if near else "`reader config show` tells all there are"
    )


def _nearest(name: str, least: float = 0.6) -> str:
    """Give the name of the setting that was probably meant, empty for none."""
    return _near(name.casefold().replace("-", "_"), TABLE, least)


def _meant(setting: Setting, value: object) -> str:
    near = _near(value.casefold(), setting.choices) if isinstance(value, str) and setting.choices else ""
    return f"; did you mean {as_toml(near)}?" if near else ""


def _near(word: str, known: Iterable[str], least: float = 0.6) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:100], list(known), 1, least)), "")
