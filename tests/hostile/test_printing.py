"""What the command line prints of hostile articles drives no terminal, and leads nowhere that it should not."""

from __future__ import annotations

import json
import re

import pytest

from tests.hostile import verbs
from tests.hostile.payloads import FAMILIES, TERMINAL

pytestmark = pytest.mark.xdist_group("hostile")

DRIVING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
TABS = {("list",), ("search", "quay"), ("sources",), ("tags",)}
"""Verbs that part their columns by tabs where they print to a program."""
ADDRESS = re.compile(r"https?://[^\s/?#@\\][^\s\\]*|mailto:[^\s\\]+")


def driving(text: str, *, tabs: bool = False) -> str:
    """Give what drives a terminal in a text, with what is around it; empty for nothing."""
    found = DRIVING.search(text.replace("\t", " ") if tabs else text)
    return ascii(text[max(0, found.start() - 60) : found.end() + 20]) if found else ""


def test_no_verb_prints_what_drives_a_terminal(taken):
    for one in taken.results:
        tabs = (tuple(one["verb"]) in TABS and not one["terminal"]) or one["verb"][0] == "--complete"
        assert not driving(one.get("out", ""), tabs=tabs), one["verb"]
        assert not driving(one.get("err", "")), one["verb"]


def test_each_verb_was_tried(taken):
    tried = [tuple(one["verb"]) for one in taken.results]
    assert set(verbs.WHOLE) <= set(tried)
    for verb in verbs.EACH:
        assert sum(one[:-1] == verb for one in tried) > len(taken.articles) / 4
    assert ("--linear",) in tried
    assert all(one["status"] == 0 for one in taken.results if one["verb"][0] not in {"add", "open", "end"})


@pytest.mark.parametrize("family", [*TERMINAL, "bidi overrides", "bidi isolates", "bidi marks", "lines"])
def test_the_look_for_it_finds_each_family(family):
    assert bool(driving(f"quay {FAMILIES[family]} quay"))


def test_json_is_json(taken):
    for one in taken.results:
        if "--json" in one["verb"] and not one["terminal"]:
            assert isinstance(json.loads(one["out"]), list), one["verb"]


def test_every_address_is_one_that_may_be_opened(taken):
    for one in taken.articles:
        given = [one["url"], one["comments"], one["image"], *(file["url"] for file in one["enclosures"])]
        assert all(ADDRESS.fullmatch(url) for url in given if url is not None), given
    (sources,) = taken.of("sources", "--json")
    told = json.loads(sources["out"])
    assert len(told) > 20
    for source in told:
        assert all(ADDRESS.fullmatch(source[name]) for name in ("url", "site") if source.get(name)), source
        assert ":pass@" not in json.dumps(source)


def test_every_link_in_a_text_is_one_of_the_web_or_mail_or_is_not_opened(taken):
    (opened,) = taken.of("open")
    assert len(opened["links"]) > 100
    for whole, host, user in opened["links"]:
        assert re.match(r"(?:https?://|mailto:)", whole), whole
        assert not driving(whole + host + user), whole
