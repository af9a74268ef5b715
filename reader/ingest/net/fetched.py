"""What is asked of the network, what comes back, and how a failure is told."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from reader.ingest.errors import IngestError
from reader.values import dataclass

Trouble: TypeAlias = Literal[
    "private",
    "scheme",
    "address",
    "timeout",
    "network",
    "tls",
    "too-big",
    "encoding",
    "truncated",
    "redirect",
    "status",
]
Wanted: TypeAlias = Literal["feed", "page", "image"]

LIMIT: Final = 16 << 20
"""The most bytes of a body, unpacked, unless the request says otherwise."""

OURS: Final = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade", "keep-alive", "expect"}
    | {"accept-encoding", "if-none-match", "if-modified-since", "range", "authorization", "cookie"}
    | {"proxy-authorization", "proxy-connection"}
)
"""Headers that are our side's business, as how a message is framed and who asks; the user's own may not change them."""


class FetchError(IngestError):
    """Nothing came that can be used; the message is one line for people with what to do.

    `kind` says what went wrong. `status` is what the server answered, `retry_after` the seconds it asks
    to be left alone, `host` who asks that, with its port.
    """

    def __init__(
        self, kind: Trouble, words: str, status: int | None = None, retry_after: int | None = None, host: str = ""
    ) -> None:
        super().__init__(words)
        self.kind: Final = kind
        self.status: Final = status
        self.retry_after: Final = retry_after
        self.host: Final = host


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for.

    `etag` and `modified` are the validators of the answer that is kept, as they came; `validated` is the
    address they came from (`Response.url`). Where that is not told, they go to the asked host alone: to
    another's they mean nothing, and its `304` would be a mistake. `headers` and `login` are the user's
    own for this address and are never shown to another. `private` says that the user typed the address,
    so that its server may be one of the own network; where it redirects to may not. `limit` is the most
    bytes of the unpacked body.
    """

    url: str
    etag: str = ""
    modified: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    login: tuple[str, str] | None = None
    private: bool = False
    limit: int = LIMIT
    accept: Wanted = "feed"
    validated: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What came.

    `status` is 304 where what is kept is still right, and the body empty. `url` is where it came from in
    the end, without a login and a fragment; `moved` is the same when every redirect was for good, so that the
    new address is to be remembered. `max_age` and `retry_after` are in seconds, None where nothing is asked.
    `local` tells that the host it came from in the end is one of the own network.
    """

    status: int
    url: str
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    moved: str = ""
    max_age: int | None = None
    retry_after: int | None = None
    local: bool = False


_THEIRS: Final = ("an error of its own", "try again later")
_STATUS: Final = {
    401: ("not without a login", "give this source its name and password"),
    402: ("not without payment", ""),
    403: ("forbidden", "it lets no programs in, or wants a login"),
    404: ("not found", "the address may have changed"),
    405: ("refused", ""),
    407: ("the proxy wants a login", "put it into the proxy's address"),
    408: ("it gave up waiting", "try again later"),
    410: ("gone", "nothing more will come from this address"),
    429: ("asked too often", "try again later"),
    451: ("withheld for legal reasons", ""),
    503: ("not available", "try again later"),
}


def refusal(host: str, status: int, retry_after: int | None, authority: str = "") -> FetchError:
    """Tell of an answer that is no use, in words; `authority` is the host with its port."""
    if status < 400:
        phrase, advice = "nothing to read", "the address may be the wrong one"
    else:
        phrase, advice = _STATUS.get(status, _THEIRS if status >= 500 else ("refused", "the address may have changed"))
    if retry_after and status in {429, 503}:
        advice = f"it asks not to come back for {_span(retry_after)}"
    words = f"{host} answers {status} ({phrase})"
    return FetchError("status", f"{words}: {advice}" if advice else words, status, retry_after, authority or host)


def told(error: Exception, host: str, deadline: float, *, begun: bool) -> FetchError:
    """Tell people what the machinery of connections says; `begun` if a body had begun to come.

    Its errors are known by their names: to import them here would be to import all of it.
    """
    names = {kind.__name__ for kind in type(error).__mro__}
    if names & {"TimeoutError", "TimeoutException"}:
        return FetchError("timeout", f"{host} did not answer within {deadline:g} seconds: try again later")
    if "ConnectError" in names:
        return _unreached(host, error.args[0] if error.args else error)
    if "ProxyError" in names:
        return FetchError("network", f"the proxy does not let us through to {host} ({str(error)[:60]!r})")
    if "LocalProtocolError" in names:
        return FetchError("address", f"a header set for {host} cannot be sent: check the settings of this source")
    if begun:
        return FetchError("truncated", f"{host} broke off in the middle: try again later")
    return FetchError("network", f"{host} does not answer as a web server does: try again later")


def _unreached(host: str, cause: object) -> FetchError:
    """Tell why no connection came about, by what the system or its TLS says."""
    reason = getattr(cause, "verify_message", None)
    if isinstance(reason, str):
        shown = reason.strip(" .")[:100] or "not trusted"
        return FetchError("tls", f"{host} cannot prove that it is itself ({shown}): not fetched, it may be another")
    if "SSL" in type(cause).__name__:
        return FetchError("tls", f"{host} does not speak https as it should: try http://, or again later")
    return FetchError("network", f"{host} cannot be reached: check the address, and that you are online")


def _span(seconds: int) -> str:
    """Say how long, in words."""
    for unit, length in (("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds >= length:
            count = -(-seconds // length)
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "a moment"
