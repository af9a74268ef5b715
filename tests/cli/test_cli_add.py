"""`reader add`, and `reader FILE`."""

import os
import sys
import textwrap
from dataclasses import replace

import pytest

from reader.cli.opening import opened
from reader.ingest.errors import IngestError
from reader.ingest.found import Found, Offer
from reader.library.secrets import SecretError
from reader.model.article import Entry
from reader.storage.lock import Lock
from tests.ingest.books import simple
from tests.library.refreshing import feed

KEYS = [
    *(
        "id",
        "source",
        "also_in",
        "section",
        "title",
        "author",
        "url",
        "published",
        "updated",
        "excerpt",
        "words",
        "minutes",
    ),
    *("read", "bookmarked", "progress", "tags", "notes", "highlights"),
    *("revised", "offline", "page", "problem", "language", "image", "comments", "categories", "enclosures"),
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
    bare = tmp_path / "bare"
    bare.mkdir()
    binary.write_bytes(bytes(range(256)) * 20)
    empty.write_bytes(b"")
    locked.write_bytes(b"text")
    locked.chmod(0)
    return {
        "binary": (binary, "it is a binary file, not text"),
        "empty": (empty, "it is empty: there is nothing to read"),
        "directory": (bare, "there is no file in it that can be read"),
        "missing": (tmp_path / "missing", "No such file or directory"),
        "through": (empty / "file", "Not a directory"),
        "nul": ("a\0b", "embedded null byte"),
        "long": ("n" * 300, "File name too long"),
        "scheme": ("ftp://quay.example/a", "only http and https addresses can be read"),
        "nowhere": ("http://127.0.0.1:1/a", "127.0.0.1"),
        "locked": (locked, "Permission denied"),
        "escape": ("\x1b]0;owned\x07", "No such file or directory"),
    }


BAD = ["binary", "empty", "directory", "missing", "through", "nul", "long", "scheme", "nowhere", "locked", "escape"]


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


HTML = (
    "<!DOCTYPE html><html><head><title>Wake</title></head><body><article><h1>Wake</h1>"
    f"<p>{'The tide came in before the keeper had finished his tea. ' * 20}</p></article></body></html>"
)
FEEDS = (Offer("https://quay.example/feed", "Quay"), Offer("https://quay.example/atom", "Quay, whole"))
TOPIC = Found(
    "topic",
    "Quay",
    (Entry("Wake", excerpt="It rained."), Entry("Rope", excerpt="It held.")),
    address="https://quay.example/",
    offers=FEEDS,
)


def feed_of(url):
    return Found("feed", f"Feed of {url}", (Entry("Wake", guid="1", body="It rained."),), address=url, total=1)


@pytest.fixture
def web(monkeypatch):
    """A web that has one page with two feeds, and takes note of what is asked for."""
    asked = []

    def look(what, *, feed=None, kind=None, offered_by=None, tell=None, stop=None):
        asked.append((what, feed, kind))
        tell(f"Fetching {what}")
        if what == "https://nowhere.example":
            raise IngestError("nobody answers there: check the address")
        if what == "https://stopped.example":
            raise KeyboardInterrupt
        if feed is True:
            return feed_of(FEEDS[0].url if what == "https://quay.example" else what)
        return TOPIC if feed is None else replace(TOPIC, offers=())

    monkeypatch.setattr("reader.library.errands.look", look)
    return asked


def test_a_page_with_feeds_is_not_added_unasked(run, web, home):
    result = run("add", "https://quay.example")
    assert result.status == 1
    assert result.lines == [
        "https://quay.example: offers Quay  https://quay.example/feed",
        "https://quay.example: offers Quay, whole  https://quay.example/atom",
    ]
    why = "it offers feeds: say --feed to take the first, or --page to take the page itself"
    assert result.err == f"reader: https://quay.example: {why}\n"
    assert not home.exists()


def test_the_first_feed_is_taken_when_asked_for(run, web):
    result = run("add", "--feed", "https://quay.example")
    assert web == [("https://quay.example", True, None)]
    assert result.lines == [
        "https://quay.example: a feed: Feed of https://quay.example/feed, 1 article",
        "Feed of https://quay.example/feed: 1 new",
    ]
    assert (result.status, result.err) == (0, "")


def test_the_page_is_taken_when_asked_for(run, web):
    result = run("add", "--page", "https://quay.example")
    assert web == [("https://quay.example", False, None)]
    assert result.lines == ["https://quay.example: a headlines page: Quay, 2 articles", "Quay: 2 new"]


def test_feed_and_page_exclude_each_other(run, web):
    assert run("add", "--feed", "--page", "https://quay.example").status == 2
    assert run("add", "--as", "nonsense", "x").status == 2


@pytest.fixture
def seen(monkeypatch):
    """A person who sees standard error, from when this is called: another one is captured in each phase of a test."""
    return lambda: monkeypatch.setattr(sys.stderr, "isatty", lambda: True)


@pytest.mark.parametrize(
    ("answer", "added"),
    [
        (b"2\n", "Feed of https://quay.example/atom: 1 new"),
        (b"\n", "Feed of https://quay.example/feed: 1 new"),
        (b"p\n", "Quay: 2 new"),
    ],
)
@pytest.mark.usefixtures("web")
def test_a_person_is_asked_by_number(run, seen, answer, added):
    seen()
    result = run("add", "https://quay.example", stdin=answer, typed=True)
    assert result.status == 0
    assert result.lines[-1] == added
    assert "  2  Quay, whole  https://quay.example/atom\n" in result.err
    assert "a headlines page: Quay, 2 articles" in result.err


@pytest.mark.parametrize("answer", [b"", b"q\n", b"3\n", b"0\n", "²\n".encode()])
@pytest.mark.usefixtures("web")
def test_a_person_may_take_none(run, seen, home, answer):
    seen()
    result = run("add", "https://quay.example", stdin=answer, typed=True)
    assert result.status == 1
    assert result.err.endswith("reader: https://quay.example: nothing was chosen, and nothing added\n")
    assert not home.exists()


@pytest.mark.usefixtures("web")
def test_progress_is_shown_and_taken_away(run, seen):
    seen()
    result = run("add", "--page", "https://quay.example")
    assert result.err == "\r\x1b[KFetching https://quay.example\r\x1b[K"


def test_the_kind_that_is_said_is_handed_on(run, web, page):
    run("add", "--as", "topic", "--page", "https://quay.example")
    assert web == [("https://quay.example", False, "topic")]
    assert run("add", "--as", "essay", page).lines[0].startswith(f"{page}: one article: ")


def test_an_address_that_fails_does_not_keep_the_others_out(run, web, page):
    result = run("add", "https://nowhere.example", page, "--page", "www.quay.example")
    assert result.status == 1
    assert result.err == "reader: https://nowhere.example: nobody answers there: check the address\n"
    assert result.lines[-1] == "Quay: 2 new"
    assert "Harbours: 23 new" in result.lines


def test_an_interrupt_keeps_what_was_read(run, web, page):
    result = run("add", page, "https://stopped.example", "https://quay.example")
    assert result.status == 130
    assert result.lines[-1] == "Harbours: 23 new"
    assert result.err == "reader: add: stopped: one thing added, the rest not looked at\n"
    assert len(run("list").lines) == 23


def test_an_address_is_opened_and_not_kept(run, web, apps, home):
    assert run("https://quay.example").status == 0
    assert web == [("https://quay.example", False, None)]
    assert apps[0]["location"] == "https://quay.example/"
    assert apps[0]["preview"].kind == "topic"
    assert not home.exists()


def test_an_address_that_fails_is_not_opened(run, web, apps):
    result = run("https://nowhere.example")
    assert (result.status, apps) == (1, [])
    assert result.err == "reader: https://nowhere.example: nobody answers there: check the address\n"


@pytest.fixture
def shelf(tmp_path, page):
    folder = tmp_path / "shelf"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_bytes(page.read_bytes())
    (folder / "b.md").write_text("# On ropes\n\nThey have **three** strands, or *four*.\n")
    (folder / "bad.txt").write_bytes(bytes(200))
    (folder / "x.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / ".hidden.txt").write_text("not to be read")
    (folder / "sub" / "c.epub").write_bytes(simple())
    return folder


def test_a_folder_is_its_files(run, shelf):
    result = run("add", shelf)
    assert result.status == 1
    assert result.err == f"reader: {shelf}/bad.txt: it is a binary file, not text\n"
    assert result.lines == [
        f"{shelf}/a.txt: a listing: Harbours, 23 articles",
        "Harbours: 23 new",
        f"{shelf}/b.md: one article: On ropes, 6 words",
        "Texts: 1 new",
        f"{shelf}/sub/c.epub: a book: The Quay, 3 chapters",
        "The Quay: 3 new",
    ]
    assert run("add", shelf).lines[-1] == "The Quay: nothing new, 3 already here"


def test_a_folder_of_too_many_files_is_told(run, shelf, monkeypatch):
    monkeypatch.setattr("reader.ingest.folder.MAX_FILES", 2)
    result = run("add", shelf)
    assert result.status == 1
    assert result.err == f"reader: {shelf}: only the first 2 of its files are looked at\n"
    assert "Texts: 1 new" in result.lines


def test_what_is_read_is_taken_in_by_and_by(run, shelf, monkeypatch):
    times = []

    def counted(*asked, **options):
        times.append(asked)
        return opened(*asked, **options)

    monkeypatch.setattr("reader.cli.adding.opened", counted)
    monkeypatch.setattr("reader.cli.adding.AT_ONCE", 1)
    assert [line for line in run("add", shelf).lines if " new" in line] == [
        "Harbours: 23 new",
        "Texts: 1 new",
        "The Quay: 3 new",
    ]
    assert len(times) == 3


def test_a_folder_is_not_opened(run, shelf, apps):
    result = run(shelf)
    assert (result.status, apps) == (1, [])
    assert result.err == f"reader: {shelf}: it is a folder: `reader add` takes in what is in it\n"


def test_a_watched_folder_is_a_source_that_is_looked_at_again(run, shelf):
    (shelf / "bad.txt").unlink()
    result = run("add", "--watch", shelf)
    assert (result.status, result.err) == (0, "")
    assert result.lines[0] == f"{shelf}: a folder that is looked at again at every refresh"
    assert result.lines[1].startswith("shelf: ")
    (source,) = [one for one in run("sources", "--json").json if one["kind"] == "folder"]
    assert (source["title"], source["location"]) == ("shelf", str(shelf))
    assert source["articles"] == 27
    assert run("add", "--watch", shelf).lines[1] == "shelf: nothing new"


def test_only_folders_are_watched(run, page, home):
    result = run("add", "--watch", page)
    assert (result.status, result.err) == (1, f"reader: {page}: it is no folder: only folders can be watched\n")
    assert not home.exists()


def test_a_book_is_read_and_opened(run, tmp_path, apps):
    book = tmp_path / "quay.epub"
    book.write_bytes(simple())
    assert run(book).status == 0
    assert [entry.title for entry in apps[0]["preview"].entries] == ["Wake", "Rope", "Salt"]


def test_subscriptions_have_nothing_to_read(run, tmp_path, apps):
    opml = tmp_path / "mine.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline type="rss" text="Q" xmlUrl="https://quay.example/f"/></body></opml>'
    )
    result = run(opml)
    assert (result.status, apps) == (1, [])
    assert "`reader add` subscribes to them" in result.err
    assert run("add", opml).lines[0] == f"{opml}: a list of 1 subscription"


def test_a_saved_page_that_has_a_feed_is_added_and_the_feed_told(run, web, tmp_path):
    saved = tmp_path / "page.html"
    link = '<link rel="alternate" type="application/rss+xml" title="Quay" href="https://quay.example/feed">'
    saved.write_text(HTML.replace("</head>", f"{link}</head>"))
    result = run("add", saved)
    assert result.status == 0
    assert result.lines[0].endswith("; this page has a feed: Quay (https://quay.example/feed)")
    assert run("add", "--feed", saved).lines[-1] == "Feed of https://quay.example/feed: 1 new"
    assert web == [("https://quay.example/feed", True, None)]
    saved.write_text(HTML)
    assert "it offers no feed" in run("add", "--feed", saved).err


def test_a_feed_that_a_saved_page_offers_is_not_fetched_from_the_own_network(run, server, tmp_path):
    server.routes["/secret"] = feed("Inside")
    saved = tmp_path / "page.html"
    link = f'<link rel="alternate" type="application/rss+xml" href="{server.url("/secret")}">'
    saved.write_text(HTML.replace("</head>", f"{link}</head>"))
    result = run("add", "--feed", saved)
    assert (result.status, server.asked) == (1, [])
    assert "own network" in result.err


def test_no_password_is_shown_or_kept(run, server, home, monkeypatch):
    held = {}
    monkeypatch.setattr("reader.library.secrets.keep", lambda *told: held.update({told[:2]: told[2]}))
    server.routes |= {"/feed": feed("One"), "/page": HTML}
    for path in ("/feed", "/page", "/nothing"):
        address = server.url(path).replace("//", "//bob:hunter2@")
        added, seen = run("add", address), run(address)
        assert "hunter2" not in added.out + added.err + seen.err
    beyond = run("add", server.url("/").replace("//", "//bob:hunter2@").replace("127.0.0.1:", "127.0.0.1:9"))
    assert "hunter2" not in beyond.err
    assert list(held.values()) == ["hunter2"]
    assert "hunter2" not in run("sources", "--json").out
    assert b"hunter2" not in b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_password_that_cannot_be_kept_is_told_on_one_line(run, server, monkeypatch):
    def locked(*_):
        raise SecretError("the keyring is locked")

    monkeypatch.setattr("reader.library.secrets.keep", locked)
    server.routes["/feed"] = feed("One")
    result = run("add", server.url("/feed").replace("//", "//bob:hunter2@"))
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "reader sources set SOURCE --login" in result.err
    assert run("sources", "--json").json == []


def test_an_address_needs_no_https_before_it(run, server):
    server.routes["/feed"] = feed("One", "Two")
    typed = server.url("/feed").removeprefix("http://")
    result = run("add", typed)
    assert (result.status, result.lines[-1]) == (0, "The Ferry: 2 new")
    (source,) = run("sources", "--json").json
    assert source["location"] == server.url("/feed")
    assert source["last_success"] is not None
    assert run("refresh").status == 0
    assert server.count("/feed") == 1, "it was just asked"


def test_a_file_that_is_there_is_no_address(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "example.org").write_text("A walk\n\n" + "It was a long one, along the river and back again. " * 20)
    assert run("add", "example.org").status == 0
    assert "No such file" in run("add", "missing.txt").err


def test_a_page_with_nothing_to_read_is_not_added(run, server):
    server.routes["/app"] = "<title>Shop</title><div id=app></div><script src=/a.js></script>"
    for more in ([], ["--page"]):
        result = run("add", server.url("/app"), *more)
        assert result.status == 1
        assert "copy its text and paste it" in result.err
    assert run("sources").lines == []


def test_where_nothing_can_be_written_the_folder_is_named(run, page, home, monkeypatch):
    def denied(self):
        self.denied = "Read-only file system"
        return False

    monkeypatch.setattr("reader.storage.lock.Lock.acquire", denied)
    result = run("add", page)
    assert result.status == 1
    assert result.err.startswith(f"reader: add: {home / 'data'} cannot be written (Read-only file system): ")
    assert run("list").status == 0
