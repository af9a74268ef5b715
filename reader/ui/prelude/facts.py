"""What a first picture depends on: the terminal, the files, the code. Cheap to ask for, before anything is imported."""

from __future__ import annotations

import os
import sys

_VARIABLES = (
    *("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "FORCE_COLOR", "UNICODE_VERSION", "XDG_CONFIG_HOME", "HOME"),
    *("LC_ALL", "LC_CTYPE", "LANG"),
)
_ABSENT = "-"
NAME = "first-picture"
"""The name of its file, in the folder of the data."""


def sheet_file() -> str | None:
    """Give where the picture is kept, as `reader.settings.places` would; None where that is not simply told."""
    home = os.environ.get("READER_HOME")
    if home:
        root = os.path.abspath(os.path.expanduser(home))  # noqa: PTH100, PTH111 -- pathlib takes longer than to paint
        return f"{root}/data/{NAME}"
    if sys.platform != "linux":
        return None
    data = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")  # noqa: PTH111 -- as above
    return f"{data}/reader/{NAME}" if os.path.isabs(data) else None  # noqa: PTH117 -- as above


def size_of_terminal() -> tuple[int, int] | None:
    """Give columns and lines of the terminal, None where there is none for the whole of the app, or an odd one."""
    odd = os.environ.get("TERM", "") in ("", "dumb", "unknown") or "TEXTUAL_DRIVER" in os.environ
    if odd or "COLUMNS" in os.environ or "LINES" in os.environ or not all(map(os.isatty, (0, 1, 2))):
        return None
    try:
        return tuple(os.get_terminal_size(1))  # type: ignore[return-value] # it is a pair
    except OSError:
        return None


def of_environment() -> dict[str, str]:
    """Give what of the environment the colours and the places depend on."""
    names = [*_VARIABLES, *sorted(name for name in os.environ if name.startswith(("TEXTUAL_", "READER_")))]
    return {f"variable {name}": f"={os.environ[name]}" if name in os.environ else _ABSENT for name in names}


def of_files(paths: list[str]) -> dict[str, str]:
    """Give the state of each file or folder, another one after every change."""
    return {f"file {path}": _state(path) for path in paths}


def code() -> list[str]:
    """Give the folders of the code that draws: installing another version changes them."""
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120 -- as above
    parts = ("", "/commands", "/library", "/model", "/ui", "/ui/prelude", "/ui/screens", "/ui/widgets")
    sheets = (f"{package}/styles.tcss", f"{os.path.dirname(package)}/styles.tcss")  # noqa: PTH120 -- as above
    return [*(package + part for part in parts), *sheets]


def hold(facts: dict[str, str]) -> bool:
    """Tell whether facts are still true."""
    files = [name.removeprefix("file ") for name in facts if name.startswith("file ")]
    return {**of_environment(), **of_files(files)} == facts


def written_by_somebody(lock: str) -> bool:
    """Tell whether somebody writes in the library now: a free lock is an empty file."""
    return _state(lock).partition(".")[0] not in (_ABSENT, "0")


def _state(path: str) -> str:
    try:
        found = os.stat(path)  # noqa: PTH116 -- as above
    except OSError:
        return _ABSENT
    return f"{found.st_size}.{found.st_mtime_ns}"
