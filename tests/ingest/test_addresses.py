"""Which addresses may be asked, and which hosts are of the own network."""

from __future__ import annotations

import ipaddress
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.net.addresses import Address, check, follow, is_inside, is_private, literal, parse, serves_web
from reader.ingest.net.fetched import FetchError


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/feed.xml", "https://example.org/feed.xml"),
        (" HTTPS://EXAMPLE.org:443 ", "https://example.org/"),
        ("http://example.org:80?a=b", "http://example.org/?a=b"),
        ("http://example.org:8080/a b/é?q=ü&x=a b#part", "http://example.org:8080/a%20b/%C3%A9?q=%C3%BC&x=a%20b"),
        ("http://example.org/%C3%A9%zz", "http://example.org/%C3%A9%zz"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://日本。example/", "http://xn--wgv71a.example/"),
        ("http://user:pass@example.org/", "http://example.org/"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("http://[2606:4700::1%25eth0]/", "http://[2606:4700::1]/"),
        ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"),
        ("http://under_score.example.org/", "http://under_score.example.org/"),
    ],
)
def test_an_address_is_taken_apart(url, shown):
    assert str(parse(url)) == shown
    assert parse(shown) == Address(parse(url).scheme, parse(url).host, parse(url).port, parse(url).target)


def test_a_login_is_taken_from_an_address_and_not_shown():
    at = parse("https://anna:p%40ss@example.org/x")
    assert at.login == ("anna", "p@ss")
    assert "anna" not in str(at)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "gopher://x.example/",
        "data:text/html,x",
        "feed.xml",
        "//example.org/x",
        "",
        "unix:///x",
        "HTTPX://example.org/",
    ],
)
def test_other_schemes_are_refused(url):
    with pytest.raises(FetchError, match="not fetched") as refused:
        parse(url)
    assert refused.value.kind == "scheme"


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///x",
        "http://exa mple.org/",
        "http://a..b/",
        "http://-a.example/",
        "http://x:99999/",
        "http://x:0/",
        "http://x:abc/",
        "http://[::1/",
        "http://[zz]/",
        "http://example.org/\x00",
        "http://example.org/a\nb",
        "http://\u202e.org/",
        "http://example.org\\@evil.example/",
        "http://exam\u200bple.org/",
        "http://example.org/\ud800",
        "http://" + "a" * 64 + ".org/",
        "http://example.org/" + "a" * 5000,
        "http://" + "a." * 200 + "org/",
        "http://ex%61mple.org/",
        "http://é" + "é" * 300,
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(FetchError) as refused:
        parse(url)
    assert refused.value.kind == "address"
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("/new", "https://example.org:8443/new"),
        ("new?x", "https://example.org:8443/a/new?x"),
        ("//other.example/y", "https://other.example/y"),
        ("http://user:pw@other.example/", "http://other.example/"),
        ("?page=2", "https://example.org:8443/a/b?page=2"),
    ],
)
def test_where_a_redirect_leads(location, shown):
    there = follow(parse("https://example.org:8443/a/b?c"), location)
    assert (str(there), there.login) == (shown, None)


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("file:///etc/passwd", "scheme"),
        ("http://[::1", "redirect"),
        ("http://x:0/", "address"),
        ("gopher://x/", "scheme"),
    ],
)
def test_where_a_redirect_may_not_lead(location, kind):
    with pytest.raises(FetchError, match="redirects") as refused:
        follow(parse("http://example.org/"), location)
    assert refused.value.kind == kind


OWN = [
    "127.0.0.1", "127.255.0.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.9", "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1", "3fff::1",
    "100::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "::127.0.0.1", "::8.8.8.8",
    "2002:7f00:1::", "2002:c0a8:101::1", "2002:a9fe:a9fe::",
    "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8",
]  # fmt: skip
WORLD = [
    "8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "192.169.0.1", "168.63.129.17",
    "223.1.1.1", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::8.8.8.8",
]  # fmt: skip


@pytest.mark.parametrize("ip", OWN)
def test_own_networks(ip):
    assert is_private(ipaddress.ip_address(ip))


@pytest.mark.parametrize("ip", WORLD)
def test_the_world(ip):
    assert not is_private(ipaddress.ip_address(ip))


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_alike(ip):
    figures = int(ip)
    for outer in (0xFFFF << 32 | figures, 0x2002 << 112 | figures << 80, 0x64FF9B << 96 | figures):
        assert is_private(ipaddress.IPv6Address(outer)) == is_private(ip)


@pytest.mark.parametrize(
    ("host", "ip"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("10.0.258", "10.0.1.2"),
        ("0", "0.0.0.0"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_an_address_in_any_figures(host, ip):
    assert literal(host) == ipaddress.ip_address(ip)


@pytest.mark.parametrize(
    "host", ["example.org", "1.example.org", "256.1.1.1", "1.2.3.4.5", "08.1.1.1", "4294967296", "", "0xg", "a.1"]
)
def test_names_are_no_figures(host):
    assert literal(host) is None


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "a.localhost",
        "printer.local",
        "metadata.google.internal",
        "router",
        "nas.home.arpa",
        "x.LAN",
    ],
)
def test_names_of_the_own_network(host):
    assert is_inside(host)


@pytest.mark.parametrize("host", ["example.org", "local.example.org", "mylocal.org", "internal.example"])
def test_names_of_the_world(host):
    assert not is_inside(host)


def test_ports():
    assert all(map(serves_web, (80, 81, 443, 591, 3000, 8000, 8080, 8443, 40_000)))
    assert not any(map(serves_web, (1, 22, 23, 25, 53, 110, 143, 445, 587, 993, 3306, 5432, 6000, 6379, 6667, 11211)))


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://127.0.0.1/", "private"),
        ("http://2130706433/", "private"),
        ("http://[::ffff:10.0.0.1]/", "private"),
        ("http://localhost:8000/", "private"),
        ("http://metadata.google.internal/", "private"),
        ("http://example.org:6379/", "address"),
    ],
)
def test_where_strangers_may_not_send_us(url, kind):
    with pytest.raises(FetchError) as refused:
        check(parse(url), is_private)
    assert refused.value.kind == kind
    assert "yourself" in str(refused.value) or "type" in str(refused.value)


def test_where_strangers_may_send_us():
    for url in ("https://example.org/", "http://8.8.8.8:8080/", "http://[2606:4700::1]/"):
        check(parse(url), is_private)


def test_whom_a_secret_may_be_told():
    here, same = parse("http://example.org/a"), parse("http://example.org/b")
    safer, other = parse("https://example.org/"), parse("http://example.com/")
    assert here.trusts(same)
    assert here.trusts(safer)
    assert not safer.trusts(here)
    assert not here.trusts(other)
    assert not here.trusts(parse("http://example.org:8080/"))
    assert not here.trusts(parse("https://example.org:8443/"))


@given(st.text(max_size=60), st.sampled_from(["", "http://", "http://x/", "https://user@"]))
def test_any_text_is_an_address_or_one_error(text, start):
    with suppress(FetchError):
        found = parse(start + text)
        assert str(found).isascii()
        assert parse(str(found)).host == found.host
    with suppress(FetchError):
        assert follow(parse("http://example.org/"), text).scheme in {"http", "https"}
