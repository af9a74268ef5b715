"""What comes over the wire before it is anything: encodings, addresses, headers."""

from __future__ import annotations

import zlib
from contextlib import suppress

from fuzz.harness import harness, torn_text_of
from reader.ingest import decode, sanitize, typed
from reader.ingest.errors import IngestError
from reader.ingest.feeds import encoding
from reader.ingest.net import addresses, proxies
from reader.ingest.net.fetched import FetchError
from reader.ingest.net.inflate import Inflate
from reader.model import links
from reader.model.identity import canonical_url, feed_id

LIMIT = 1 << 20


@harness("decode")
def fuzz_decode(data: bytes) -> None:
    """Bytes as text; the first line is what a server said of them."""
    head, _, body = data.partition(b"\n")
    told = torn_text_of(head)
    encoding.text(body, told).encode()  # what parses HTML takes no halves of characters
    decode.head(body).encode()
    with suppress(IngestError):
        text = decode.decode(body, told)
        text.encode()
        assert "\0" not in text, "a binary file was taken for text"


@harness("inflate")
def fuzz_inflate(data: bytes) -> None:
    """A body that comes in pieces, packed as its header says; the first line is that header."""
    head, _, body = data.partition(b"\n")
    for coding in (torn_text_of(head), "gzip", "deflate"):
        with suppress(FetchError):
            _inflated(coding, body, 1 + len(body) // 3)
    assert _inflated("deflate", zlib.compress(body), 7) == body, "it comes back otherwise"


def _inflated(coding: str, body: bytes, size: int) -> bytes:
    unpacker = Inflate(coding, LIMIT)
    for start in range(0, len(body), size):
        for _ in unpacker.feed(body[start : start + size]):
            pass
    made = unpacker.end()
    assert len(made) <= LIMIT, "more was unpacked than may be"
    return made


@harness("address", longest=2_000)
def fuzz_address(data: bytes) -> None:
    """Addresses, and what redirects, proxies and links say; an address that is taken is taken as the same again."""
    text = torn_text_of(data)
    typed.is_address(text)
    with suppress(FetchError):
        found = addresses.parse(text)
        assert str(found).isascii(), "an address with more than ASCII"
        again = addresses.parse(str(found))
        assert (again.host, again.port) == (found.host, found.port), "it leads elsewhere when it is read again"
        addresses.is_inside(found.host)
        same = canonical_url(str(found))
        assert ":" in found.host or canonical_url(same) == same, "a canonical address changes"
        proxies.named(found, {"http_proxy": text, "no_proxy": text})
    with suppress(FetchError):
        assert addresses.follow(addresses.parse("https://quay.example/a"), text).scheme in {"http", "https"}
    with suppress(FetchError):
        proxies.parse(text)
    bare, _ = addresses.without_login(text)
    assert addresses.without_login(bare) == (bare, None), "a login is left"
    addresses.shown(text)
    link = sanitize.link(text)
    if link is not None:
        feed_id(link)
        canonical_url(link)
    whole = links.resolved(text, "https://quay.example/a")
    assert whole.isprintable(), "a link holds what cannot be seen"
    links.address(whole)
