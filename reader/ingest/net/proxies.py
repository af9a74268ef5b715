"""Which proxy the environment names for an address.

A proxy resolves the names itself, so that what is connected to cannot be checked here. Addresses in figures and
names of the own network are refused all the same, and a name that resolves to the own network here is too; what
does not resolve here is left to the proxy.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from reader.ingest.net import addresses
from reader.ingest.net.fetched import FetchError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.ingest.net.addresses import Address


def named(address: Address, environ: Mapping[str, str]) -> str:
    """Give the proxy that the environment names for an address, empty for none.

    `http_proxy`, `https_proxy` and `all_proxy` are known, in small letters first, and `no_proxy` with names, their
    endings, networks and `*`. This computer is never asked through a proxy, which would ask itself.
    """
    ip = addresses.literal(address.host)
    if address.host.rstrip(".") == "localhost" or (ip is not None and ip.is_loopback):
        return ""
    found = _variable(environ, f"{address.scheme}_proxy") or _variable(environ, "all_proxy")
    if not found or any(_matches(address, ip, one) for one in _variable(environ, "no_proxy").split(",")):
        return ""
    return found if "://" in found else f"http://{found}"


def parse(proxy: str) -> Address:
    """Take the address of a proxy apart.

    Raises:
        FetchError: It is of no kind that is spoken.
    """
    try:
        return addresses.parse(proxy)
    except FetchError:
        words = "the proxy that the environment names is of a kind that is not known: name one that begins with http://"
        raise FetchError("network", words) from None


def _variable(environ: Mapping[str, str], name: str) -> str:
    return (environ.get(name) or environ.get(name.upper()) or "").strip()


def _matches(address: Address, ip: addresses.Ip | None, rule: str) -> bool:
    """Whether one rule of `no_proxy` speaks of an address."""
    rule = rule.strip().lower()
    if rule in {"", "*"}:
        return rule == "*"
    if ip is not None:
        try:
            return ip in ipaddress.ip_network(rule.strip("[]"), strict=False)
        except (ValueError, TypeError):
            pass
    name, _, port = rule.partition(":")
    name = name.removeprefix("*").removeprefix(".")
    host = address.host.rstrip(".")
    return (not port or port == str(address.port)) and (host == name or host.endswith("." + name))
