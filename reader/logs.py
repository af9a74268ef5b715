"""The log that `--log FILE` asks for: one line a record, with the time in UTC and a level; without it, nothing is done.

Nothing private may be logged above `debug`: no headline, no text, no name, no address. What is logged are kinds, ids,
counts and durations. At no level are passwords, logins and headers.
"""

from __future__ import annotations

TYPE_CHECKING = False  # most starts have no log, and typing takes long to import
if TYPE_CHECKING:
    from logging import Logger

LEVELS = ("debug", "info", "warning")

_logger: Logger | None = None
chosen: tuple[str, str] | None = None
"""The file and the level, for a process that is to log there too; None while there is no log."""


def begin(path: str, level: str = "info") -> None:
    """Log into a file from now on, behind what is in it.

    Args:
        path: the file; a new one can be read by its owner only.
        level: the least that is logged, one of `LEVELS`.

    Raises:
        OSError: it cannot be written, or something else is in it.
    """
    global _logger, chosen
    import logging
    import os
    import time

    if not _is_ours(path):
        import errno

        raise FileExistsError(errno.EEXIST, "it is no log of reader, and was left as it is", path)
    # A pipe that nobody reads is no file; to open it would wait for ever.
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    os.set_blocking(file, True)
    handler = logging.StreamHandler(os.fdopen(file, "w", encoding="utf-8", errors="backslashreplace"))
    form = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    logging.raiseExceptions = False  # a disk that gets full ends the log and nothing else
    logger = logging.Logger("reader", getattr(logging, level.upper()))
    logger.addHandler(handler)
    _logger, chosen = logger, (os.path.abspath(path), level)  # noqa: PTH100 -- it is a text


def _is_ours(path: str) -> bool:
    """Tell whether a file is a log, or nothing is in it that could be lost."""
    import os
    import re
    import stat

    try:
        found = os.stat(path)  # noqa: PTH116 -- it is a text
        if not (stat.S_ISREG(found.st_mode) and found.st_size):
            return True
        with open(path, "rb") as file:  # noqa: PTH123 -- it is a text
            return re.match(rb"[\dT:.-]{23}Z (?:DEBUG|INFO|WARNING) ", file.read(40)) is not None
    except FileNotFoundError:
        return True


def end() -> None:
    """Log no more."""
    global _logger, chosen
    from contextlib import suppress

    logger, _logger, chosen = _logger, None, None
    for handler in logger.handlers if logger is not None else ():
        with suppress(OSError):  # what the disk had no room for is lost
            handler.stream.close()  # type: ignore[attr-defined] # it is the one made above


def debug(event: str, **facts: object) -> None:
    """Log what helps to find a fault; it may be private."""
    if _logger is not None:
        _logger.debug(_line(event, facts))


def info(event: str, **facts: object) -> None:
    """Log what happened: an event in fixed words, and facts that are not private."""
    if _logger is not None:
        _logger.info(_line(event, facts))


def warning(event: str, **facts: object) -> None:
    """Log what went wrong; facts that are not private."""
    if _logger is not None:
        _logger.warning(_line(event, facts))


def _line(event: str, facts: dict[str, object]) -> str:
    return " ".join([f"{event}:" if facts else event, *(f"{name}={_one(value)}" for name, value in facts.items())])


def _one(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    text = str(value)
    return text if text.isprintable() and " " not in text and '"' not in text and text else ascii(text)
