"""The links of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.markdown import document
from reader.model.document import Point
from reader.model.links import Address, address, links, resolved

TEXT = """# Cranes and gulls

A note[^1], a [page](https://example.org/a), a ![lamp](https://example.org/l.png) and [above](#cranes-and-gulls).

[^1]: Of cranes.
"""


def test_links_and_notes_are_given_in_order_with_where_they_lead():
    blocks = document(TEXT).blocks
    note = next(number for number, block in enumerate(blocks) if block.kind == "footnote")
    found = links(blocks, "https://example.org/all")
    assert [(link.text, link.address) for link in found] == [
        ("Of cranes.", ""),
        ("page", "https://example.org/a"),
        ("▣ lamp", "https://example.org/l.png"),
        ("above", "https://example.org/all#cranes-and-gulls"),
    ]
    assert [link.leads for link in found] == [Point(note), None, None, Point(0)]
    assert all(link.point.block == 1 for link in found)
    assert [link.point.offset for link in found] == sorted(link.point.offset for link in found)


@pytest.mark.parametrize("target", ["https://example.org/all#cranes-and-gulls", "#Cranes%20and%20gulls"])
def test_a_link_to_a_heading_of_the_same_text_leads_there(target):
    (found,) = links(document(f"# Cranes and gulls\n\n[up]({target})").blocks, "https://example.org/all?utm_source=x")
    assert found.leads == Point(0)


def test_a_link_to_a_place_that_is_not_there_leads_outside():
    (found,) = links(document("[up](#nowhere)").blocks, "https://example.org/all")
    assert found.leads is None
    assert found.address == "https://example.org/all#nowhere"


@pytest.mark.parametrize(
    ("target", "url", "wanted"),
    [
        ("b?c", "https://example.org/a/", "https://example.org/a/b?c"),
        ("//other.example/x", "https://example.org/a", "https://other.example/x"),
        ("https://good.example\\@evil.example/", "", "https://good.example/@evil.example/"),
        ("ht\ntps://example.org/", "", "https://example.org/"),
        ("https://example.org/\u202egnp.exe", "", "https://example.org/%E2%80%AEgnp.exe"),
        ("http://[oops", "https://example.org/", "http://[oops"),
        ("mailto:a@example.org", "https://example.org/", "mailto:a@example.org"),
    ],
)
def test_an_address_is_what_a_browser_takes_it_for(target, url, wanted):
    assert resolved(target, url) == wanted


@pytest.mark.parametrize(
    ("whole", "wanted"),
    [
        ("HTTPS://Example.org/a", Address("https://Example.org/a", "example.org")),
        ("http://example.org:8080/", Address("http://example.org:8080/", "example.org:8080")),
        ("https://b.example@evil.example/", Address("https://b.example@evil.example/", "evil.example", "b.example")),
        ("mailto:a@example.org?subject=b@c", Address("mailto:a@example.org?subject=b@c", "example.org")),
        ("mailto:a@b.example,%20c@d.example", Address("mailto:a@b.example,%20c@d.example", "d.example")),
        ("mailto:a@example.org%20", Address("mailto:a@example.org%20", "example.org")),
        ("mailto:John%20Doe%20<j@example.org>", Address("mailto:John%20Doe%20<j@example.org>", "example.org>")),
        ("mailto:%22a%20b%22@example.org", Address("mailto:%22a%20b%22@example.org", "example.org")),
        ("mailto:%20", Address("mailto:%20")),
        ("javascript:alert(1)", Address("javascript:alert(1)")),
        ("file:///etc/passwd", Address("file:///etc/passwd")),
        ("--version", Address("--version")),
        ("/relative", Address("/relative")),
        ("http://[oops", Address("http://[oops")),
        ("http://example.org:port/", Address("http://example.org:port/")),
        ("https:///nobody", Address("https:///nobody")),
        (" https://example.org/", Address(" https://example.org/")),
        ("https://exam\nple.org/", Address("https://exam\nple.org/")),
    ],
)  # fmt: skip
def test_the_host_is_who_is_asked_and_nothing_else_is_opened(whole, wanted):
    assert address(whole) == wanted


@given(st.text(max_size=60), st.sampled_from(["", "https://example.org/a", "nothing"]))
def test_any_target_is_read_and_shown_without_what_cannot_be_seen(target, url):
    whole = resolved(target, url)
    assert whole.isprintable()
    address(whole)


@pytest.mark.parametrize(
    "whole",
    ["mailto:a@b.example%1b]0;x%07", "mailto:a@%E2%80%AEb.example", "mailto:a@b%0d.example",
     "mailto:a@b.example%0d%0aBcc:c@d.example", "mailto:a@b.example%0a", "mailto:a%C2%A0@b.example",
     "mailto:a%E3%80%80b@c.example", "https://a%20b\u3000c@d.example/",
     "mailto:a@%C2%9b31m.example", "https://\x1b.example/", "https://b.example\u202e/", "https://\u2066a@b.example/"],
)  # fmt: skip
def test_a_host_that_cannot_be_seen_is_none(whole):
    found = address(whole)
    assert (found.host, found.user) == ("", "")
