"""A folder of Markdown files: stable, kept in step, and nothing of the user's is lost in it."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import front
from reader.ingest.found import Found
from reader.library.exporting import Asked, ExportError, Stopped, export
from reader.library.exporting.articles import MARKER, harmless, with_front
from reader.library.exporting.chosen import Chosen
from reader.library.exporting.folder import Folder
from reader.library.exporting.names import LONGEST, folded, named
from reader.model.article import Entry
from tests.library.exporting.conftest import FEED
from tests.thorough import examples


def write(library, to, **more):
    return export(library, Asked("markdown", to, **more))


def states(folder):
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*.md")}


@pytest.fixture
def vault(tmp_path):
    return tmp_path / "vault"


def test_writing_it_twice_touches_nothing(library, vault):
    first = write(library, vault)
    before = states(vault)
    again = write(library, vault)
    assert len(first.written) == len(before) == first.count
    assert (again.written, again.unchanged) == ((), first.count)
    assert states(vault) == before
    assert not [path for path in vault.iterdir() if path.suffix != ".md"]


def test_the_front_matter_tells_of_the_article(library, vault, salt):
    write(library, vault)
    text = (vault / "Salt & bread.md").read_text("utf-8")
    head = text[: text.index("\n---\n", 4)].splitlines()[1:]
    assert head[0] == f'id: "{salt.id}"'
    assert 'title: "Salt & <bread>"' in head
    assert 'author: "Ines Calloway"' in head
    assert 'source: "The News"' in head
    assert 'url: "https://news.example/salt"' in head
    assert "published: 2026-05-27T20:26:40Z" in head
    assert "read: false" in head
    assert "bookmarked: false" in head
    assert 'categories: ["Harbours","bread & butter"]' in head
    assert "progress: 0.25" in head
    assert "highlights: 2" in head
    body = text[text.index("\n---\n", 4) :]
    assert "## Notes\n\nMy *note*\n\n- one\n- two" in body
    assert "> weather\n\n— green, " in body
    assert "Note: why?" in body
    assert body.endswith(f"\n\n{MARKER}\n")
    tagged = next(path for path in vault.glob("*.md") if "long-reads" in path.read_text("utf-8"))
    assert 'tags: ["long-reads","Sea"]' in tagged.read_text("utf-8")
    assert "read_at: 20" in tagged.read_text("utf-8")


def test_only_what_changed_is_written(library, vault, salt):
    write(library, vault)
    library.notebook.set_note(salt, "Another thought")
    report = write(library, vault)
    assert report.written == (vault / "Salt & bread.md",)
    assert "Another thought" in report.written[0].read_text("utf-8")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_below_the_marker_stays(library, vault, salt, end):
    write(library, vault)
    path = vault / "Salt & bread.md"
    mine = f"My own *words*{end}{MARKER} in a line{end}\xff".encode("latin-1")
    path.write_bytes(path.read_bytes().replace(b"\n", end.encode()) + mine)
    library.notebook.set_note(salt, "Another thought")
    write(library, vault)
    assert path.read_bytes().endswith(f"\n{MARKER}\n".encode() + mine)
    assert b"Another thought" in path.read_bytes()
    assert write(library, vault).written == ()


def test_without_its_marker_a_file_is_left_alone_and_told_of(library, vault, salt):
    write(library, vault)
    path = vault / "Salt & bread.md"
    path.write_text(path.read_text("utf-8").replace(MARKER, "") + "mine", "utf-8")
    library.notebook.set_note(salt, "Another thought")
    report = write(library, vault)
    assert report.left == (path,)
    assert path.read_text("utf-8").endswith("mine")


def test_an_article_that_holds_the_marker_cannot_take_the_place_of_the_users_words(library, vault):
    body = f"Before\n\n{MARKER}\n\nhostile"
    feed = Found("feed", "Bad", (Entry("Marked", body=body, markdown=True, guid="m"),), address="https://bad.example/f")
    library.subscriptions.add(feed)
    write(library, vault)
    text = (vault / "Marked.md").read_text("utf-8")
    assert text.count(MARKER) == 1
    assert text.endswith(f"{MARKER}\n")


def test_a_renamed_article_keeps_its_file(library, vault, salt):
    write(library, vault)
    found = Found(
        "feed", "The News", (Entry("Another headline", body="New.", url=salt.url, guid="salt-1"),), address=FEED
    )
    library.subscriptions.add(found, FEED)
    before = set(vault.glob("*.md"))
    report = write(library, vault)
    assert set(vault.glob("*.md")) == before
    assert report.written == (vault / "Salt & bread.md",)
    assert 'title: "Another headline"' in report.written[0].read_text("utf-8")


def test_a_file_that_the_user_renamed_or_moved_is_found(library, vault, salt):
    write(library, vault)
    (vault / "Mine").mkdir()
    path = (vault / "Salt & bread.md").rename(vault / "Mine" / "My bread.md")
    # As Obsidian writes it anew.
    path.write_text(path.read_text("utf-8").replace(f'id: "{salt.id}"', f"cssclass: x\nid: '{salt.id}'"), "utf-8")
    library.notebook.set_note(salt, "Another thought")
    assert write(library, vault).written == (path,)
    assert not (vault / "Salt & bread.md").exists()


def test_titles_that_are_alike_are_parted_by_id_and_stay_so(library, vault):
    entries = tuple(
        Entry(title, body=f"B{number}", guid=str(number))
        for number, title in enumerate(("Same", "SAME", "same?", "Ｓame"))
    )
    library.subscriptions.add(Found("feed", "Twins", entries, address="https://twins.example/f"))
    write(library, vault)
    names = sorted(path.name for path in vault.glob("*.md") if "Twins" in path.read_text("utf-8"))
    assert len({folded(name) for name in names}) == 4
    assert sum(bool(re.search(r" \d{15}\.md$", name)) for name in names) == 2
    before = states(vault)
    write(library, vault)
    assert states(vault) == before


def test_a_file_of_the_users_of_the_same_name_is_not_touched(library, vault, salt):
    vault.mkdir()
    mine = vault / "salt & bread.md"
    mine.write_text("My own.", "utf-8")
    write(library, vault)
    assert mine.read_text("utf-8") == "My own."
    assert (vault / f"Salt & bread {salt.id}.md").exists()


def test_it_follows_no_link_out_of_the_folder_and_waits_for_no_pipe(library, vault, tmp_path, salt):
    vault.mkdir()
    outside = tmp_path / "outside.md"
    outside.write_text(f'---\nid: "{salt.id}"\n---\n\n{MARKER}\n', "utf-8")
    (vault / "link.md").symlink_to(outside)
    (vault / "Only a teaser.md").symlink_to(outside)
    os.mkfifo(vault / "pipe.md")
    (vault / ".trash").mkdir()
    (vault / ".trash" / "gone.md").write_text(f'---\nid: "{salt.id}"\n---\n\n{MARKER}\n', "utf-8")
    before = outside.read_bytes()
    write(library, vault)
    assert outside.read_bytes() == before
    assert (vault / "Salt & bread.md").exists()


def test_what_is_stopped_leaves_whole_files_only(library, vault, monkeypatch):
    monkeypatch.setattr("reader.library.exporting.chosen.AT_ONCE", 2)
    asked = iter([False, True])
    with pytest.raises(Stopped):
        export(library, Asked("markdown", vault), stop=lambda: next(asked, True))
    again = write(library, vault)
    assert all(path.read_text("utf-8").endswith(f"{MARKER}\n") for path in again.written)
    assert not list(vault.glob(".*"))


def test_a_file_in_the_place_of_the_folder_is_refused(library, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="that is a file"):
        write(library, tmp_path / "file")


@pytest.mark.parametrize(
    "title",
    [
        "../../etc/passwd", "..", ".", "", "   ", "CON", "nul.txt", "aux ", "com1", "LPT³", "a/b\\c:d", "\x00\x1b[31m",
        "x" * 5000, "👩‍👩‍👧" * 200, "trailing. . ", ".hidden", "a\nb", 'q"uo\'te', "#tag [[link]] ^block |x", "-rf",
        "~", "\u202egnp.exe", "%2e%2e",
    ],
)  # fmt: skip
def test_no_title_makes_a_bad_name(title):
    name = named(title, 123456789012345)
    assert name
    assert len(name.encode()) <= LONGEST + 20
    assert not set(name) & set('<>:"/\\|?*#^[]\n\t\0')
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert name.isprintable()
    stem = name.partition(".")[0].strip().lower()
    assert stem not in {"con", "prn", "aux", "nul", "com1", "lpt1", "lpt³"}


_TITLES = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.sampled_from(
    ["---", '": x', "CON", "..", "a: b\n---"]
)


@settings(max_examples=examples(60, 2000))
@given(_TITLES, _TITLES, st.lists(_TITLES, max_size=3))
def test_no_text_breaks_out_of_the_front_matter(piece, title, author, tags):
    content = replace(piece.content, title=title, author=author, tags=tuple(tags))
    text = with_front(replace(piece, content=content, did=replace(piece.did, tags=tuple(tags))), 230)
    lines = text.split("\n")
    end = lines.index("---", 1)
    assert [line.partition(": ")[0] for line in lines[1:end]][:2] == ["id", "title"]
    assert all(re.fullmatch(r"[a-z_]+: .+", line) for line in lines[1:end])
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", "\n".join(lines[:end]))
    found, _ = front.divide(text)
    assert found.first("id") == str(content.id)


@pytest.fixture(scope="module")
def piece(tmp_path_factory):
    from reader.library import Library
    from tests.conftest import NOW
    from tests.library.exporting.conftest import fill, places_at

    with Library(places_at(tmp_path_factory.mktemp("one")), now=lambda: NOW) as library:
        fill(library)
        return next(iter(Chosen(library).pieces()))


@pytest.mark.parametrize("fence", ["```dataviewjs", "~~~ dataviewjs", "> ```{dataviewjs}", "- ```query", "````tasks x"])
def test_no_code_is_left_that_a_program_of_notes_would_run(fence):
    shown = harmless(f"{fence}\napp.vault.delete()\n```\n\n```python\nx\n```\n")
    assert not re.search("dataview|query|tasks", shown)
    assert "app.vault.delete()" in shown
    assert "```python\n" in shown
    assert "`$=" not in harmless("`$= dv.pages()`")


def test_many_files_are_looked_through_once(tmp_path):
    for number in range(50):
        (tmp_path / f"{number}.md").write_text(f'---\nid: "{100000000000000 + number}"\n---\n\n{MARKER}\n')
    folder = Folder(Path(tmp_path))
    assert folder.put(100000000000007, "Seven", f"x\n{MARKER}\n") == ("changed", tmp_path / "7.md")
    assert folder.put(100000000000099, "7", f"x\n{MARKER}\n") == ("new", tmp_path / "7 100000000000099.md")
