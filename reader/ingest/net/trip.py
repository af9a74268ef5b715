"""One request on its way through redirects: what is told to whom, and what is remembered. Nothing is asked here."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from reader import __version__
from reader.ingest.net import addresses, manners
from reader.ingest.net.fetched import OURS, FetchError, Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.ingest.net.addresses import Address

Server: TypeAlias = tuple[str, str, int]
"""Scheme, host and port: what listens elsewhere is another, and may be another's."""

HOPS: Final = 5
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
FOR_GOOD: Final = frozenset({301, 308})
USER_AGENT: Final = f"reader/{__version__} (terminal reading app)"
LONGEST_VALIDATOR: Final = 2048
COOKIES: Final = 30

_XML: Final = "application/atom+xml,application/rss+xml,application/feed+json,application/rdf+xml,application/xml;q=0.9"
_ACCEPT: Final = {
    "feed": f"{_XML},text/xml;q=0.9,application/json;q=0.8,text/html;q=0.7,*/*;q=0.5",
    "page": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "image": "image/png,image/jpeg,image/gif,image/webp,image/*;q=0.8,*/*;q=0.1",
}


class Headers:
    """What came before a body; names in small letters, values as they were sent."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in raw:
            self._values.setdefault(name.lower().decode("latin-1"), []).append(value.decode("latin-1").strip())

    def get(self, name: str) -> str:
        """Give the value of a header, all of them as one list where it came more than once."""
        return ", ".join(self._values.get(name, ()))

    def first(self, name: str) -> str:
        """Give the first value of a header that is no list."""
        return self._values.get(name, [""])[0]

    def every(self, name: str) -> list[str]:
        """Give the values of a header one by one."""
        return self._values.get(name, [])


@dataclass(slots=True)
class Trip:
    """Where a request is, and what it learnt on the way.

    `left` are the seconds that it may still take; `body` says that the answer's body has begun, `local`
    that the server is of the own network.
    """

    request: Request
    start: Address
    at: Address
    left: float
    body: bool = False
    local: bool = False
    trusted: bool = True
    permanent: bool = True
    hops: int = 0
    cookies: dict[Server, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def begin(cls, request: Request, deadline: float) -> Trip:
        """Set out.

        Raises:
            FetchError: The address may not be asked.
        """
        at = addresses.parse(request.url)
        return cls(request, at, at, deadline)

    @property
    def may_be_private(self) -> bool:
        """Whether this server is the one that the user typed, and nobody else sent us to it."""
        return self.request.private and self.trusted

    @property
    def is_conditional(self) -> bool:
        """Whether what is kept came from here, so that the server may say that it is still right."""
        if not (self.request.etag or self.request.modified):
            return False
        if self.request.validated:
            return str(self.at) == self.request.validated.partition("#")[0]
        return self.at.host == self.start.host

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Give what is said to the server that is asked now."""
        said = {
            "host": ("Host", self.at.authority),
            "user-agent": ("User-Agent", USER_AGENT),
            "accept": ("Accept", _ACCEPT[self.request.accept]),
            "accept-encoding": ("Accept-Encoding", "gzip, deflate"),
        }
        if cookies := self.cookies.get(_server(self.at)):
            said["cookie"] = ("Cookie", "; ".join(f"{name}={value}" for name, value in cookies.items()))
        if self.trusted:
            login = self.request.login or self.start.login
            if login is not None:
                packed = base64.b64encode(f"{login[0]}:{login[1]}".encode()).decode()
                said["authorization"] = ("Authorization", f"Basic {packed}")
            said.update((name.lower(), (name, value)) for name, value in self.request.headers if _is_theirs(name))
        if self.is_conditional:
            said["if-none-match"] = ("If-None-Match", self.request.etag)
            said["if-modified-since"] = ("If-Modified-Since", self.request.modified)
        return [(_bytes(name), _bytes(value)) for name, value in said.values() if value]

    def turn(self, status: int, headers: Headers) -> None:
        """Go where a redirect leads.

        Raises:
            FetchError: It leads nowhere, or where nothing may be asked, or has led on too often.
        """
        location = _utf8(headers.first("location"))
        if not location:
            raise FetchError("redirect", f"{self.at.host} redirects without saying where: try again later")
        self.hops += 1
        if self.hops > HOPS:
            raise FetchError("redirect", f"{self.start.host} redirects more than {HOPS} times: check the address")
        self._remember(headers)
        there = addresses.follow(self.at, location)
        # Once away, always away: who sends us back may have chosen what is asked there.
        self.trusted = self.trusted and self.at.trusts(there)
        unsafer = self.at.scheme == "https" and there.scheme == "http"
        self.permanent = self.permanent and status in FOR_GOOD and not unsafer
        if unsafer:
            self.cookies.clear()
        self.at = there

    def response(self, status: int, headers: Headers) -> Response:
        """Give what came before the body, and what is to be remembered of it."""
        url = str(self.at)
        control, expires = headers.get("cache-control"), headers.first("expires")
        return Response(
            status=status,
            url=url,
            content_type=headers.first("content-type")[:200],
            etag=_validator(headers.first("etag")),
            modified=_validator(headers.first("last-modified")),
            moved=url if self.hops and self.permanent else "",
            max_age=manners.max_age(control, expires, headers.first("date")),
            retry_after=manners.retry_after(headers.first("retry-after")),
            local=self.local,
        )

    def _remember(self, headers: Headers) -> None:
        """Keep the cookies for the server that set them: some sites send round and round those without."""
        known = self.cookies.setdefault(_server(self.at), {})
        for line in headers.every("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            if name.strip() and len(line) <= LONGEST_VALIDATOR and len(known) < COOKIES:
                known[name.strip()] = value.strip()


def _server(address: Address) -> Server:
    return address.scheme, address.host, address.port


def _is_theirs(name: str) -> bool:
    return name.lower() not in OURS


def _validator(value: str) -> str:
    """Give a validator as it came; one that is no use is none."""
    return value if len(value) <= LONGEST_VALIDATOR else ""


def _bytes(text: str) -> bytes:
    """Give a header as it goes: what came in Latin-1 goes back so."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _utf8(text: str) -> str:
    """Read again as UTF-8 what was taken for Latin-1, if it is."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text
