"""Changing one setting in the user's file: its comments, its order and all else in it stay as they are."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from reader.settings.known import TABLE
from reader.settings.setting import as_toml
from reader.storage import files

if TYPE_CHECKING:
    from pathlib import Path

_ANYBODY: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class PreferenceError(Exception):
    """A setting cannot be written; the message says why, in words for people."""


def write(path: Path, name: str, value: bool | float | str | None) -> None:
    """Write a setting into the file, or take it out of it.

    Args:
        path: the file of settings; it is made if it is not there.
        name: a setting that is no table.
        value: what it is to be; None for its default, whatever that will be.

    Raises:
        PreferenceError: the file may not be written, or what is in it cannot be understood.
    """
    if value is not None and not TABLE[name].fits(value):
        raise PreferenceError(f"{name} must be {TABLE[name].wanted}")
    real = path.resolve()  # the file itself, where the user's is a link to it
    try:
        mode = real.stat().st_mode if real.exists() else None
        if mode is not None and (not mode & _ANYBODY or not os.access(real, os.W_OK)):
            raise PreferenceError(f"{real} is read-only: nothing was changed")
        before = (files.read(real) or b"").decode()
        after = changed(before, name, value)
        if after == before:
            return
        files.replace(real, after.encode())
    except OSError as error:
        raise PreferenceError(f"{real} cannot be written: {error.strerror}") from error
    except ValueError as error:
        raise PreferenceError(f"{real}: {error}; mend that first: nothing was changed") from error
    if mode is not None:
        with suppress(OSError):
            real.chmod(stat.S_IMODE(mode))


def changed(text: str, name: str, value: bool | float | str | None) -> str:
    """Give a file's text with one setting changed, or without it.

    Raises:
        ValueError: it is no TOML.
    """
    import tomlkit

    document: Any = tomlkit.parse(text)
    if value is None:
        if name not in document:
            return text
        del document[name]
    elif name not in document and (line := _commented(text, name)):
        # There is a line for it already, which only wants to be taken for one.
        return f"{text[: line.start()]}{name} = {as_toml(value)}{line[1] or ''}{text[line.end() :]}"
    else:
        document[name] = value
    written: str = tomlkit.dumps(document)
    return written


def begin(path: Path) -> None:
    """Write a file of settings with all of them told and none set, where there is none.

    Raises:
        PreferenceError: there is one, or it cannot be written.
    """
    from reader.settings.writing import begun

    if path.exists() or path.is_symlink():
        raise PreferenceError(f"{path} is there already, and stays as it is")
    try:
        files.replace(path, begun().encode())
    except OSError as error:
        raise PreferenceError(f"{path} cannot be written: {error.strerror}") from error


def _commented(text: str, name: str) -> re.Match[str] | None:
    """Find the line that sets a setting behind a #, before the first table; its own comment is the group."""
    table = re.search(r"^[ \t]*\[", text, re.MULTILINE)
    value = r"""[^\n#"']*(?:"[^\n"\\]*"|'[^\n']*')?"""
    lines = re.compile(rf"^#[ \t]*{re.escape(name)}[ \t]*={value}([ \t]*#[^\n]*)?[ \t]*$", re.MULTILINE)
    found = lines.search(text, 0, table.start() if table else len(text))
    if found is None or '"""' in text or "'''" in text:
        return None  # inside of a long text it would be no comment
    return found
