"""The article out of a page: pages of thirty kinds, each with what a person would call its article."""

import json
import re
import statistics
import time
from pathlib import Path

import pytest
import turbohtml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import extraction
from reader.ingest import page
from reader.ingest.errors import IngestError
from reader.ingest.pages.clean import Page
from reader.model.article import Entry

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))


def wanted(name):
    return json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))


def html(name):
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


def whole(name, **options):
    return page.extract(html(name), address=wanted(name)["address"], **options)


def test_there_are_thirty_pages():
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", [name for name in NAMES if wanted(name)["text"]])
def test_the_article_and_nothing_else(name):
    score = extraction.score(html(name), wanted(name))
    assert score.f1 >= 0.92
    assert score.strays == 0
    kept, total = score.structure
    assert kept >= 0.95 * total


@pytest.mark.parametrize("name", NAMES)
def test_no_furniture(name):
    found, told = whole(name), wanted(name)
    bare = re.sub(r"\W", "", found.body)
    assert [text for text in told["absent"] if re.sub(r"\W", "", text) in bare] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_the_page_tells_beside_the_text(name):
    found, told = whole(name), wanted(name)
    assert (found.title, found.language) == (told["title"], told["language"])
    assert found.author == told["author"]
    if told["published"]:
        assert time.strftime("%Y-%m-%d", time.gmtime(found.published)) <= told["published"]
        assert found.published is not None
    assert not found.body.startswith("# ")
    assert bool(found.problem) == ("problem" in told)
    assert told.get("problem", "") in found.problem


def test_the_whole_of_it_scores_well():
    scores = list(extraction.measured().values())
    assert statistics.fmean(score.f1 for score in scores) >= 0.98
    kept, total = (sum(score.structure[at] for score in scores) for at in (0, 1))
    assert kept >= 0.98 * total


def test_pictures_are_told_and_addressed():
    found = whole("news")
    assert found.pictures == ("https://valleypost.example/media/ferry-1200.jpg",)
    assert found.image == "https://valleypost.example/lead.jpg"
    assert "*The ferry took eleven minutes" in found.body
    assert "(https://valleypost.example/maps/upper-bridge)" in found.body
    assert found.words > 200


def test_numbers_of_lists_and_languages_of_code_stay():
    assert "\n5. Salt it at the end" in whole("recipe").body
    assert "```toml\n[retry]\n" in whole("documentation").body
    assert '"2s"\n\n# doubled' in whole("documentation").body
    assert "\n    - On Windows" in whole("changelog").body or "\n  - On Windows" in whole("changelog").body


def test_a_poem_keeps_its_lines():
    assert "They turned the iron wheel at four\\\nand nothing happened" in whole("poetry").body


def test_footnotes_are_notes():
    body = whole("footnotes").body
    assert "by the sheet[^1] and" in body
    assert "\n\n[^3]: The Three Herons; no licence" in body


def test_formulas_are_raised_and_lowered():
    assert "a⁻¹" in whole("science").body
    assert "SO₂ and CO₂" in whole("science").body


def test_a_pulled_quote_is_told_once():
    assert whole("longform").body.count("People forgive a clock for being wrong") == 1


def test_a_paywall_is_told_and_what_is_there_kept():
    found = whole("paywall")
    assert "subscribers" in found.problem
    assert found.body.endswith("four of them.")


def test_a_question_about_cookies_is_no_article():
    found = whole("cookiewall")
    assert "cookies" in found.problem
    assert found.body == ""


def test_what_the_feed_says_is_right():
    hint = Entry(title="Its name in the feed", author="H. Aune", published=1_700_000_000)
    found = whole("news", hint=hint)
    assert (found.title, found.author, found.published) == ("Its name in the feed", "H. Aune", 1_700_000_000)
    assert whole("news", hint=Entry(title="Untitled")).title == "Ferry returns to the lower crossing after nine years"


def test_selectors_keep_and_drop():
    kept = whole("news", keep=("blockquote", ".standfirst"))
    assert kept.body.count("\n\n") == 1
    assert "> A bridge is a fine thing" in kept.body
    assert whole("news", keep=(".none-such",)).body == ""
    dropped = whole("news", drop=("figure", "ul"))
    assert "ferry-1200" not in dropped.body
    assert "On foot" not in dropped.body
    assert "It did not sink" in dropped.body


@pytest.mark.parametrize("options", [{"keep": ("p[",)}, {"drop": ("::what(",)}, {"keep": (">>>",)}])
def test_a_bad_selector_is_told(options):
    with pytest.raises(IngestError, match="selector"):
        whole("news", **options)


PARAGRAPHS = "".join(
    f"<p>Number {at}: the ferry took eleven minutes for its {at}th crossing, more than in the old days.</p>"
    for at in range(20)
)
MONSTERS = {
    "nested": "<div>" * 30_000 + PARAGRAPHS,
    "attributes": "<p " + " ".join(f"a{at}=1" for at in range(50_000)) + ">x</p>" + PARAGRAPHS,
    "attribute": "<a href='" + "x" * 3_000_000 + "'>t</a>" + PARAGRAPHS,
    "data": "<img src='data:image/png;base64," + "A" * 4_000_000 + "'>" + PARAGRAPHS,
    "json": "<script type='application/ld+json'>" + "[" * 50_000 + "</script>" + PARAGRAPHS,
    "tables": "<table><tr><td>" * 2_000 + PARAGRAPHS,
    "bodies": "<body>" * 20_000 + PARAGRAPHS,
}


@pytest.mark.parametrize("source", MONSTERS.values(), ids=MONSTERS)
def test_monsters_are_read_or_refused(source):
    began = time.process_time()
    assert "Number 19" in page.extract(source, address="https://example.org/").body
    assert time.process_time() - began < 10


def test_no_parser_after_ours_meets_a_tag_of_very_many_attributes():
    cleaned = Page(MONSTERS["attributes"]).html
    assert max(map(len, re.findall("<p[^>]*>", cleaned))) < 1000
    assert Page(PARAGRAPHS).html == PARAGRAPHS


def test_a_page_too_big_is_refused():
    with pytest.raises(IngestError, match="16 MB"):
        page.extract("x" * 16_000_001)


def test_no_extractor_at_all_still_gives_the_text(monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError

    monkeypatch.setattr("trafilatura.extract", broken)
    assert "It did not sink" in whole("news").body


def test_a_text_that_is_not_on_the_page_is_not_grafted(monkeypatch):
    monkeypatch.setattr("trafilatura.extract", lambda *_args, **_options: "Something else entirely, " * 40)
    assert "It did not sink" in whole("news").body


def test_words_without_spaces_are_counted():
    assert page.count("one two, three’s") == 3
    assert page.count("日本語の文章です") == 4


PIECES = [
    "<p>", "</p>", "<div class=share>", "</div>", "<article>", "<h1>", "</h1>", "<ul><li>", "<table><tr><td>", "<pre>",
    "<a href=#x>", "<a href='http://[x'>", "<base href='http://['>", "<sup id=x>", "<figure><img src=//x>", "<title>",
    "</title>", "<meta name=author content='&#0;x'>", "<!--", "-->", "<![CDATA[", "&#x1b;[2J", "\x00", "\ud800",
    '<script type=application/ld+json>{"@type":"Article","author":[1]}</script>', "word word word. ", "<body hidden>",
    "<frameset>", "<svg>", "<math>",
]  # fmt: skip


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=25).map("".join))
def test_anything_at_all_is_an_article_or_told(source):
    found = page.extract(source, address="https://example.org/a")
    assert found.body or found.problem
    text = found.body + found.title + found.problem
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in text)
    turbohtml.parse_fragment(found.body)
