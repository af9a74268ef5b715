"""`reader add`, and `reader FILE`."""

import os
import textwrap

import pytest

from reader.storage.lock import Lock

KEYS = [
    *("id", "source", "section", "title", "author", "url", "published", "excerpt", "words", "minutes"),
    *("read", "bookmarked", "progress", "tags", "notes", "highlights"),
]


def blocks_of(text):
    return [block for block in text.split("\n\n") if block.strip()]


def crlf(text):
    return text.replace("\n", "\r\n").encode()


def bom(text):
    return b"\xef\xbb\xbf" + text.encode()


def wrapped(text):
    return "\n\n".join(
        textwrap.fill(block, 72, break_on_hyphens=False, break_long_words=False) for block in blocks_of(text)
    ).encode()


def without_section(text):
    return text.split("\n\n", 1)[1].encode()


def everything(text):
    return b"\xef\xbb\xbf" + wrapped(text).replace(b"\n", b"\r\n")


@pytest.fixture
def with_by(library, page):
    authors = {article["author"] for article in library("list", "--json").json if article["author"]}

    def prefixed(text):
        return "\n\n".join(f"By {block}" if block.strip() in authors else block for block in blocks_of(text)).encode()

    return prefixed


@pytest.fixture
def text(page):
    return page.read_text("utf-8")


def told(articles):
    return [(article["title"], article["author"], " ".join(article["excerpt"].split())) for article in articles]


def test_a_page_is_23_articles_of_one_section_and_9_authors(library, run):
    articles = run("list", "--json").json
    assert len(articles) == 23
    assert {article["section"] for article in articles} == {"Harbours"}
    assert {article["source"] for article in articles} == {"Harbours"}
    assert sum(article["author"] is not None for article in articles) == 9
    assert all(list(article) == KEYS for article in articles)


def test_what_was_taken_in_is_said(run, page):
    result = run("add", page)
    assert result.lines == [f"{page}: a listing: Harbours, 23 articles", "Harbours: 23 new"]
    assert not result.err


@pytest.mark.parametrize("form", [crlf, bom, wrapped, without_section, everything])
def test_a_page_in_another_form_is_the_same_page(run, page, text, form, tmp_path, monkeypatch):
    run("add", page)
    first = run("list", "--json").json
    monkeypatch.setenv("READER_HOME", str(tmp_path / "another"))
    other = tmp_path / "other.txt"
    other.write_bytes(form(text))
    assert run("add", other).status == 0
    found = run("list", "--json").json
    assert told(found) == told(first)
    assert {article["section"] for article in found} == ({None} if form is without_section else {"Harbours"})
    if form is not without_section:
        assert [article["id"] for article in found] == [article["id"] for article in first]


def test_by_before_names_makes_no_difference(run, text, with_by, tmp_path, monkeypatch):
    first = run("list", "--json").json
    monkeypatch.setenv("READER_HOME", str(tmp_path / "another"))
    assert run("add", "-", stdin=with_by(text)).status == 0
    assert [{**article, "source": ""} for article in run("list", "--json").json] == [
        {**article, "source": ""} for article in first
    ]


@pytest.mark.parametrize("form", [str.encode, crlf, bom, wrapped, without_section, everything])
def test_adding_again_changes_nothing(library, text, form, tmp_path):
    ids = library("list").ids
    library("mark", "read", ids[3])
    library("note", ids[4], "kept")
    before = library("list", "--json").json
    other = tmp_path / "other.txt"
    other.write_bytes(form(text))
    assert library("add", other).lines[-1] == "Harbours: nothing new, 23 already here"
    assert library("list", "--json").json == before


def test_a_longer_and_reordered_page_adds_only_what_is_new(library, text, tmp_path):
    ids = library("list").ids
    library("mark", "bookmark", ids[0])
    library("mark", "read", ids[1])
    library("note", ids[2], "mine")
    before = {article["id"]: article for article in library("list", "--json").json}
    head, *rest = blocks_of(text)
    longest = max(rest, key=len)
    # A new article leads, and the last one comes next: its excerpt is the last block, its headline before it.
    moved = [head, "A lighthouse is sold for one coin", longest.replace("the", "some"), *rest[-2:], *rest[:-2]]
    assert library("add", "-", stdin="\n\n".join(moved).encode()).lines[-1] == "Harbours: 1 new, 23 already here"
    after = library("list", "--json").json
    assert [article["id"] for article in after][1:] == [ids[-1], *ids[:-1]]
    assert {article["id"]: article for article in after if article["id"] in before} == before


def test_standard_input_may_be_one_text(run):
    result = run("add", "-", stdin=b"The quay\n\n" + b"A sentence about a quay that stays. " * 20)
    assert result.lines == ["-: one article: The quay, 140 words", "Texts: 1 new"]
    assert run("list", "source:texts").rows[0][2] == "The quay"


def test_a_typed_text_is_asked_for_only_on_a_terminal(run):
    result = run("add", "-", stdin=b"The quay\n\n" + b"It stays where it is. " * 20, typed=True)
    assert result.status == 0
    assert not result.err


@pytest.fixture
def bad(tmp_path):
    binary, empty, locked = tmp_path / "binary", tmp_path / "empty", tmp_path / "locked"
    binary.write_bytes(bytes(range(256)) * 20)
    empty.write_bytes(b"")
    locked.write_bytes(b"text")
    locked.chmod(0)
    return {
        "binary": (binary, "it is a binary file, not text"),
        "empty": (empty, "it is empty: there is nothing to read"),
        "directory": (tmp_path, "Is a directory"),
        "missing": (tmp_path / "missing", "No such file or directory"),
        "through": (empty / "file", "Not a directory"),
        "nul": ("a\0b", "embedded null byte"),
        "long": ("n" * 300, "File name too long"),
        "address": ("https://example.org/a", "web addresses cannot be read yet"),
        "loud": ("HTTP://example.org/a", "web addresses cannot be read yet"),
        "locked": (locked, "Permission denied"),
        "escape": ("\x1b]0;owned\x07", "No such file or directory"),
    }


BAD = ["binary", "empty", "directory", "missing", "through", "nul", "long", "address", "loud", "locked", "escape"]


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_added_is_told_on_one_line_and_the_rest_is_added(run, page, bad, kind):
    if kind == "locked" and os.geteuid() == 0:
        pytest.skip("nothing is locked to root")
    what, why = bad[kind]
    result = run("add", what, page)
    assert result.status == 1
    assert result.lines[-1] == "Harbours: 23 new"
    assert result.err.count("\n") == 1
    assert result.err.startswith("reader: ")
    assert why in result.err
    assert result.err.rstrip("\n").isprintable()


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_opened_is_told_on_one_line(run, apps, bad, kind):
    if kind == "locked" and os.geteuid() == 0:
        pytest.skip("nothing is locked to root")
    result = run(bad[kind][0])
    assert result.status == 1
    assert not apps
    assert result.err.count("\n") == 1
    assert result.err.startswith("reader: ")


def test_nothing_is_made_when_nothing_could_be_read(run, home, bad):
    assert run("add", bad["missing"][0]).status == 1
    assert not home.exists()


@pytest.mark.parametrize(
    "verb", [("add", "PAGE"), ("list",), ("mark", "read", "1"), ("doctor",), ("doctor", "--repair")]
)
@pytest.mark.parametrize("folder", ["file/inside", "/dev/null/x", "n" * 300])
def test_a_home_that_cannot_be_made_is_told(run, page, tmp_path, monkeypatch, verb, folder):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("READER_HOME", str(tmp_path / folder) if folder[0] != "/" else folder)
    result = run(*(str(page) if word == "PAGE" else word for word in verb))
    assert "Traceback" not in result.err
    assert all(line.startswith("reader: ") for line in result.err.splitlines())
    if verb[0] in {"add", "mark"} or "--repair" in verb:
        assert result.status == 1
        assert result.err


def test_a_file_is_opened_and_not_kept(run, page, home, apps):
    assert run(page).status == 0
    (asked,) = apps
    assert asked["location"] == str(page)
    assert len(asked["preview"].entries) == 23
    assert not home.exists()


def test_standard_input_is_opened(run, text, apps):
    assert run("-", stdin=text.encode()).status == 0
    assert apps[0]["location"] == "-"
    assert apps[0]["preview"].title == "Harbours"


def test_a_mistyped_verb_is_explained(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("lits")
    assert result.status == 1
    assert result.err == "reader: lits: there is no such file, and no verb of that name; did you mean `reader list`?\n"


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("add",), "add"),
        (("two", "things"), "two"),
        (("--nonsense",), "--nonsense"),
        (("--help", "more"), "more"),
        (("list", "--nonsense"), "list"),
        (("mark", "perhaps", "1"), "mark"),
        (("mark", "read"), "mark"),
        (("show", "1", "--json", "--markdown"), "show"),
        (("list", "is:odd"), "is:odd"),
    ],
)
def test_wrong_usage_is_2_and_one_line(run, command, named):
    result = run(*command)
    assert result.status == 2
    assert result.err.startswith(f"reader: {named}: ")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("verb", ["add", "list", "show", "mark", "note", "sources", "keys", "doctor"])
def test_every_verb_has_help_and_is_in_the_help(run, verb):
    assert run(verb, "--help").lines[0].startswith(f"usage: reader {verb}")
    assert f"  reader {verb}" in run("--help").out


def test_help_tells_folders_and_exit_status(run, home):
    result = run("--help")
    assert result.status == 0
    assert str(home / "data") in result.out
    assert "READER_HOME" in result.out
    assert "Exit status" in result.out
    assert max(map(len, result.lines[:20])) <= 90


def test_a_page_is_refused_while_another_reader_writes(library, home, page):
    with Lock(home / "data" / "reader.lock") as lock:
        assert lock.acquire()
        result = library("add", page)
    assert result.status == 1
    assert result.err.startswith("reader: add: another reader is open (process ")
    assert result.err.endswith("close it and try again\n")
