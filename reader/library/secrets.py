"""Passwords of sources, kept in the system's keyring and nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICE: Final = "reader"
"""What the keyring files our passwords under."""


class SecretError(Exception):
    """A password cannot be had or kept; the message says why and what to do."""


def password(source: str, login: str) -> str:
    """Give the password of a source.

    Args:
        source: the source's id.
        login: the user's name there.

    Raises:
        SecretError: it is not there, or the keyring cannot be asked.
    """
    with _words():
        import keyring

        found = keyring.get_password(SERVICE, _account(source, login))
    if found is None:
        raise SecretError(
            f"the keyring has no password for {login}: `reader sources set {source} --login {login}` asks for it"
        )
    return found


def keep(source: str, login: str, secret: str) -> None:
    """Put a password into the keyring; raises SecretError when it does not take it."""
    with _words():
        import keyring

        keyring.set_password(SERVICE, _account(source, login), secret)


def keep_typed(source: str, login: str, secret: str) -> None:
    """Put a password into the keyring that was typed into an address.

    Raises:
        SecretError: it does not take it; the message says what to do.
    """
    try:
        keep(source, login, secret)
    except SecretError as error:
        raise SecretError(
            f"{error}; or add the address without the password, and then say `reader sources set SOURCE --login NAME`"
        ) from error


def forget(source: str, login: str) -> None:
    """Take a password out of the keyring; that there is none is no mistake.

    Raises:
        SecretError: the keyring cannot be asked.
    """
    with _words():
        import keyring
        from keyring.errors import PasswordDeleteError

        try:
            keyring.delete_password(SERVICE, _account(source, login))
        except PasswordDeleteError:
            return


def _account(source: str, login: str) -> str:
    return f"{login}@{source}"


@contextmanager
def _words() -> Iterator[None]:
    """Say in words what is wrong with the keyring."""
    try:
        yield
    except SecretError:
        raise
    except ImportError as error:
        raise SecretError(f"the keyring cannot be used ({error}): install the package keyring") from error
    except Exception as error:
        from keyring.errors import NoKeyringError

        if isinstance(error, NoKeyringError):
            raise SecretError(
                "this system has no keyring to keep passwords in: set one up for python-keyring"
            ) from error
        raise SecretError(f"the keyring does not answer ({error or type(error).__name__}): unlock it") from error
