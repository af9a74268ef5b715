"""Which addresses may be asked, and which hosts are of the own network. Nothing is asked here.

What a feed or a page points to must never reach the user's own computer and network: there, requests are
trusted that come from inside. Only an address that the user typed may.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote, unquote, urljoin, urlsplit

from reader.ingest.net.fetched import FetchError
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

Ip: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"

LONGEST: Final = 4096
LONGEST_HOST: Final = 253

_V4: Final = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",  # the metadata of one of the big clouds, at an address that looks public
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
_GLOBAL_V6: Final = ipaddress.IPv6Network("2000::/3")
_V6: Final = tuple(map(ipaddress.IPv6Network, ("2001:db8::/32", "2001::/23", "3fff::/20", "5f00::/16")))
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")

_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\xa0\\\\\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?")
_AFTER_HOST: Final = re.compile(r"[/?#\\]")
_UP_TO_HOST: Final = re.compile(r"(?<=://).*@", re.DOTALL)
_INSIDE: Final = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "localdomain",
)
# Kept as they are; "%" because what is escaped stays so.
_PLAIN: Final = "%/:@!$&'()*+,;=~-._|[]"
_WEB: Final = frozenset({*range(80, 91), 443, 591})
# Where well-known programs of other kinds listen, which a request might be made to talk to.
_OTHERS: Final = frozenset(
    {1719, 1720, 1723, 2049, 3306, 3659, 4045, 5060, 5061, 5432, 6000, 6379, *range(6665, 6670), 6697, 11211, 27017}
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart, all in ASCII: `target` is the path with the query, `login` what stood before the host."""

    scheme: str
    host: str
    port: int
    target: str
    login: tuple[str, str] | None = None

    @property
    def usual(self) -> bool:
        """Whether the port is that of the scheme."""
        return self.port == (443 if self.scheme == "https" else 80)

    @property
    def authority(self) -> str:
        """The host with its port if that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.usual else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    def trusts(self, other: Address) -> bool:
        """Whether what is secret here may be told there: to the same server, or the same host made safer."""
        same = (self.scheme, self.host, self.port) == (other.scheme, other.host, other.port)
        safer = self.scheme == "http" and other.scheme == "https" and self.usual and other.usual
        return same or (safer and self.host == other.host)


def parse(url: str) -> Address:
    """Take an address apart if it may be asked at all.

    Raises:
        FetchError: It is none of http or https, or no address.
    """
    url = url.strip(" \t\r\n")
    if len(url) > LONGEST:
        raise FetchError("address", f"the address is longer than {LONGEST} characters: check it")
    if _HIDDEN.search(url):
        raise FetchError("address", "the address has characters that none may have: check it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchError("address", f"{_shown(url)} is no address: check it") from None
    scheme = parts.scheme.lower()
    if scheme not in {"http", "https"}:
        named = f"{_shown(scheme)}: addresses are" if scheme else f"{_shown(url)} is"
        raise FetchError("scheme", f"{named} not fetched: give one that begins with https:// or http://")
    host = _host(parts.hostname or "")
    if not host or port == 0:
        raise FetchError("address", f"{_shown(url)} is no address: check it")
    target = quote(parts.path or "/", safe=_PLAIN)
    if parts.query:
        target += "?" + quote(parts.query, safe=_PLAIN + '?{}^`"<>#'.replace('"<>#', ""))
    login = None
    if parts.username is not None:
        login = unquote(parts.username), unquote(parts.password or "")
    return Address(scheme, host, port or (443 if scheme == "https" else 80), target, login)


def follow(here: Address, location: str) -> Address:
    """Give where a redirect leads; a login in it is none of ours.

    Raises:
        FetchError: It may not be asked.
    """
    location = location.strip(" \t\r\n")
    try:
        there = urljoin(str(here), location)
    except ValueError:
        raise FetchError("redirect", f"{here.host} redirects to {_shown(location)}, which is no address") from None
    try:
        found = parse(there)
    except FetchError as error:
        raise FetchError(error.kind, f"{here.host} redirects, and {error}") from None
    return Address(found.scheme, found.host, found.port, found.target)


def trusts(url: str, other: str) -> bool:
    """Whether what is secret at an address may be told at another."""
    try:
        return parse(url).trusts(parse(other))
    except FetchError:
        return False


def without_login(url: str) -> tuple[str, tuple[str, str] | None]:
    """Part an address from the name and password that stand before its host, None where none do."""
    scheme, slashes, rest = url.partition("://")
    authority = _AFTER_HOST.split(rest, maxsplit=1)[0] if slashes else ""
    login, at, host = authority.rpartition("@")
    if not at:
        return url, None
    name, _, password = login.partition(":")
    return f"{scheme}://{host}{rest[len(authority) :]}", (unquote(name), unquote(password))


def shown(url: str) -> str:
    """Give an address as it may be shown: without a name and password, also where it is none."""
    bare = without_login(url)[0]
    try:
        urlsplit(bare).port  # noqa: B018 -- it raises
    except ValueError:
        # A password may have a slash in it, which ends the host for all who do not know that it is one.
        return _UP_TO_HOST.sub("", bare)
    return bare


def literal(host: str) -> Ip | None:
    """Give the IP address that a host is, if it is one in any of the spellings that systems know; else None."""
    bare = host.strip("[]").partition("%")[0].rstrip(".")
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    parts = bare.split(".")
    if not 0 < len(parts) <= 4 or not all(re.fullmatch(r"0[xX][0-9a-fA-F]*|[0-9]+", part) for part in parts):
        return None
    try:
        *first, last = [_figure(part) for part in parts]
        if any(part > 255 for part in first) or last >= 256 ** (5 - len(parts)):
            return None
    except ValueError:
        return None
    return ipaddress.IPv4Address(sum(part << (24 - 8 * index) for index, part in enumerate(first)) + last)


def is_private(ip: Ip) -> bool:
    """Whether an IP address is of this computer, the own network, or none that a web server has.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is looked at in its place.
    """
    if isinstance(ip, ipaddress.IPv4Address):
        return not ip.is_global or any(ip in network for network in _V4)
    inner = ip.ipv4_mapped or ip.sixtofour
    if inner is None and ip in _NAT64:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if inner is not None:
        return is_private(inner)
    return ip not in _GLOBAL_V6 or any(ip in network for network in _V6) or not ip.is_global


def is_inside(host: str) -> bool:
    """Whether a host is of the own network by its name alone, whatever it resolves to."""
    bare = host.rstrip(".").lower()
    return ("." not in bare and ":" not in bare) or any(bare == name or bare.endswith("." + name) for name in _INSIDE)


def is_own(url: str) -> bool:
    """Whether an address is of the own network, as far as it shows without asking anybody."""
    try:
        host = parse(url).host
    except FetchError:
        return False
    ip = literal(host)
    return is_inside(host) if ip is None else is_private(ip)


def serves_web(port: int) -> bool:
    """Whether a port is one where a web server may be expected."""
    return port in _WEB or (port >= 1024 and port not in _OTHERS)


def check(address: Address, private: Callable[[Ip], bool]) -> None:
    """Refuse an address that a stranger may not send us to, as far as it shows without asking anybody.

    Raises:
        FetchError: It is of the own network by its figures or name, or no web server's.
    """
    ip = literal(address.host)
    if is_inside(address.host) if ip is None else private(ip):
        raise private_words(address.host)
    if not serves_web(address.port):
        raise FetchError("address", f"{address.authority} is no web server's place: type the address if it is one")


def private_words(host: str) -> FetchError:
    """Tell that a host is of the own network."""
    return FetchError("private", f"{host} is on your own network: only an address that you type yourself may be")


def _host(host: str) -> str:
    """Give a host in ASCII and small letters, empty if it is none."""
    bare = host.lower()
    if ":" in bare:
        return bare.partition("%")[0] if literal(bare) is not None else ""
    if not bare.isascii() and len(bare) <= LONGEST_HOST:
        bare = _encoded(bare)
    return bare if len(bare) <= LONGEST_HOST and _HOST.fullmatch(bare) else ""


def _encoded(host: str) -> str:
    """Give an international name as it is asked for."""
    # Imported late: its tables are only needed for such names.
    import idna

    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return ""


def _figure(part: str) -> int:
    """Read a part of an IPv4 address: decimal, octal after a 0, hexadecimal after 0x."""
    if part[:2].lower() == "0x":
        return int(part[2:] or "0", 16)
    return int(part, 8) if len(part) > 1 and part[0] == "0" else int(part)


def _shown(text: str) -> str:
    """Give what somebody sent so that it can be shown."""
    text = shown(text)
    printable = "".join(character if character.isprintable() else "?" for character in text[:60])
    return printable + "…" if len(text) > 60 else printable
