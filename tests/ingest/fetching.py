"""A fetcher for tests: 127.0.0.1 plays the world, 127.0.0.2 the own network, and names mean what a test says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.ingest.fetch import Fetcher

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.ingest.net.addresses import Ip

OWN = "127.0.0.2"


def is_own(ip: Ip) -> bool:
    return str(ip) == OWN


def fetcher(names: Mapping[str, str | list[str]] | None = None, **options: Any) -> Fetcher:
    def resolve(host: str, port: int) -> list[str]:
        found = (names or {}).get(host)
        if found is None:
            raise OSError("no such name")
        return [found] if isinstance(found, str) else found

    return Fetcher(**{"private": is_own, "resolve": resolve, "environ": {}, **options})
