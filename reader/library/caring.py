"""What the user may say of how a source is looked after, checked before it is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from reader.library import secrets
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.library.subscriptions import Subscriptions
    from reader.model.source import Care, Source

Said = TypeVar("Said")

_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class CareError(Exception):
    """Something cannot be set; the message says what of it, and why.

    Args:
        given: what was given.
        why: what is wrong with it.
    """

    def __init__(self, given: str, why: str) -> None:
        super().__init__(f"{given} {why}")
        self.given, self.why = given, why


def selectors(given: Sequence[str]) -> tuple[str, ...]:
    """Check CSS selectors; empty ones are left out.

    Raises:
        CareError: one is none.
    """
    from turbohtml import parse

    from reader.ingest.errors import IngestError
    from reader.ingest.pages.clean import select

    page = parse("<p>Any page.</p>")
    for one in filter(None, given):
        try:
            select(page, one)
        except IngestError:
            raise CareError(one, "is no CSS selector: write one such as 'article .text'") from None
    return tuple(filter(None, given))


def header(given: str) -> tuple[str, str]:
    """Check a header written as `Name: value`.

    Raises:
        CareError: it is none, or one that is not the user's to set.
    """
    from reader.ingest.net.fetched import OURS

    name, colon, value = (part.strip() for part in given.partition(":"))
    if not (colon and _NAME.fullmatch(name) and value.isprintable() and value.isascii()):
        raise CareError(given, "is no header: write 'Name: value'")
    if name.lower() in OURS:
        why = "give a login" if name.lower() == "authorization" else "reader sends it by itself, or not at all"
        raise CareError(name, f"cannot be set: {why}")
    return name, value


@dataclass(frozen=True, slots=True)
class Written:
    """What was written into the fields of a source's settings: selectors and headers one a line.

    An empty `password` leaves the one that is kept.
    """

    keep: str
    drop: str
    headers: str
    login: str
    password: str = ""


def written(care: Care) -> Written:
    """Give the fields as they are now; a password is never shown."""
    lines = (f"{name}: {value}" for name, value in care.headers)
    return Written("\n".join(care.keep), "\n".join(care.drop), "\n".join(lines), care.login)


def settle(subscriptions: Subscriptions, source: Source, fields: Written) -> dict[str, str]:
    """Keep what was written, if nothing is wrong with it; a password goes into the keyring.

    Args:
        subscriptions: keeps the source.
        source: the one whose settings these are.
        fields: what was written.

    Returns:
        What is wrong, by the names of the fields; empty when all is kept.

    Raises:
        LibraryError: it cannot be written down.
    """
    wrong: dict[str, str] = {}
    keep = _tried(wrong, "keep", lambda: selectors(_lines(fields.keep)))
    drop = _tried(wrong, "drop", lambda: selectors(_lines(fields.drop)))
    headers = _tried(wrong, "headers", lambda: tuple(map(header, _lines(fields.headers))))
    login, before = fields.login.strip(), source.care.login
    if not login.isprintable() or ":" in login:
        wrong["login"] = "A login is a name without a colon."
    elif login and login != before and not fields.password:
        wrong["password"] = f"Which password has {login}?"
    elif fields.password and not login:
        wrong["login"] = "Whose password is it?"
    if wrong:
        return wrong
    try:
        if fields.password:
            secrets.keep(source.id, login, fields.password)
        if before and before != login:
            secrets.forget(source.id, before)
    except secrets.SecretError as error:
        return {"password": str(error)}
    subscriptions.set_care(source.id, replace(source.care, keep=keep, drop=drop, headers=headers, login=login))
    return {}


def forget_password(source: Source) -> str:
    """Take the password of a source that was removed out of the keyring; give why it stays there, if it does."""
    if source.care.login:
        try:
            secrets.forget(source.id, source.care.login)
        except secrets.SecretError as error:
            return f"The password stays in the keyring: {error}"
    return ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _tried(wrong: dict[str, str], name: str, work: Callable[[], tuple[Said, ...]]) -> tuple[Said, ...]:
    try:
        return work()
    except CareError as error:
        wrong[name] = f"{error}."
        return ()
