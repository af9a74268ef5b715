"""The manual holds together: its pages, links, pictures and commands, and what the README promises of it."""

from __future__ import annotations

import asyncio
import re
import runpy
import shlex
import shutil
import time
from pathlib import Path

import pytest

from reader import __version__
from reader.library import Library
from reader.model.annotation import Quote
from reader.settings import places
from tests.cli.conftest import apps as apps
from tests.cli.conftest import home as home
from tests.cli.conftest import run as run

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = {path.name: path.read_text("utf-8") for path in sorted(DOCS.glob("*.md"))}
README = (ROOT / "README.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
CONFIGURATION = (ROOT / "mkdocs.yml").read_text("utf-8")
PICTURES = runpy.run_path(str(DOCS / "pictures.py"), run_name="pictures")
LAYERS = runpy.run_path(str(DOCS / "layers.py"), run_name="layers")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    """Give the anchors that the headings of a page have."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", one).strip().lower()) for one in headings}


def links(text: str) -> list[str]:
    """Give where the links and pictures of a page lead that stay in the project."""
    found = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", FENCED.sub("", text)))
    return [one for one in found if "://" not in one]


def test_every_page_is_in_the_navigation():
    listed = re.findall(r": (\w+\.md)$", CONFIGURATION[CONFIGURATION.index("\nnav:") :], re.MULTILINE)
    assert sorted(listed) == sorted(PAGES)


@pytest.mark.parametrize("name", [*PAGES, "README.md"])
def test_links_lead_somewhere(name):
    text, folder = (README, ROOT) if name == "README.md" else (PAGES[name], DOCS)
    for link in links(text):
        path, _, anchor = link.partition("#")
        target = (folder / path) if path else folder / name
        assert target.is_file(), link
        assert name == "README.md" or target.is_relative_to(DOCS), f"{link} is not in the manual"
        assert not anchor or anchor in anchors(target.read_text("utf-8")), link


def test_a_link_that_leads_nowhere_is_found():
    assert links("[a](no.md#where) `[b](code.md)` ![c](p.svg)\n```\n[d](e.md)\n```\n[f](https://x.example/)") == [
        "no.md#where",
        "p.svg",
    ]
    assert anchors("# One, two\n## `three` – four\n```\n# five\n```\n") == {"one-two", "three-four"}


# -- pictures


def test_the_pictures_are_those_that_the_script_makes_and_the_pages_show():
    made = set(PICTURES["BY_NAME"]) | {"layers"}
    shown = set(re.findall(r"pictures/([\w-]+)\.svg", "".join(PAGES.values()) + README))
    assert {path.stem for path in (DOCS / "pictures").glob("*.svg")} == made == shown


def test_no_picture_loads_anything():
    for path in (DOCS / "pictures").glob("*.svg"):
        text = path.read_text("utf-8")
        addresses = set(re.findall(r"https?://[^\"\s<]+", text))
        assert addresses <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}, path.name
        assert not re.search(r"@import|url\((?!#)|<image|<script|<foreignObject", text), path.name


@pytest.mark.parametrize("name", ["start-1", "narrow"])
def test_a_picture_is_what_the_app_shows(name):
    picture = PICTURES["BY_NAME"][name]
    before = time.tzname
    made = asyncio.run(PICTURES["take"](picture))
    assert made == PICTURES["path"](picture).read_text("utf-8"), "python docs/pictures.py"
    assert time.tzname == before


def test_the_layers_are_those_of_the_contracts():
    assert LAYERS["PICTURE"].read_text("utf-8") == LAYERS["draw"](), "python docs/layers.py"
    assert LAYERS["layers"]()[1] == ["cli", "ui"]


# -- commands


def commands(text: str) -> list[str]:
    """Give the lines that begin with `reader` in the blocks of a page that are of no language."""
    blocks = (block.split("\n") for block in FENCED.findall(text))
    return [line for first, *lines in blocks if first == "```" for line in lines if line.startswith("reader ")]


RUN = {name: commands(PAGES[name]) for name in ("shell.md", "notes.md", "sources.md", "formats.md")}


@pytest.mark.parametrize("name", RUN)
def test_the_commands_of_a_page_do_what_they_should(name, run, apps, tmp_path, monkeypatch):
    shutil.copy(PICTURES["PAGE"], tmp_path / "page.txt")
    monkeypatch.chdir(tmp_path)
    assert run("add", "page.txt").status == 0
    if name == "sources.md":
        PICTURES["subscribe"](places())
    run("backup")
    run("mark", "read", "3367")
    assert len(RUN[name]) > 3
    for line in RUN[name]:
        result = run(*shlex.split(line)[1:])
        assert (result.status, result.err) == (0, ""), line
    assert len(apps) == RUN[name].count("reader page.txt")


def test_the_python_of_the_manual_reads_the_marks(run, tmp_path, monkeypatch, capsys, home):
    (code,) = re.findall(r"```python\n(.*?)```", PAGES["formats.md"], re.DOTALL)
    shutil.copy(PICTURES["ESSAY"], tmp_path / "essay.md")
    run("add", tmp_path / "essay.md")
    with Library(places()) as library:
        row = library.shelf.rows(library.shelf.listing().keys)[0]
        library.marks.add_highlight(row, Quote("forty berths", "", "", 1, 10), "yellow", "", "highlight")
    monkeypatch.chdir(home / "data")
    capsys.readouterr()
    exec(code, {})
    assert capsys.readouterr().out == "forty berths\n"


# -- the README, and the version


def test_the_readme_has_the_two_commands():
    assert "pip install uv && uv run reader " in README
    assert "pip install uv && uv run pytest " in README


def test_the_figures_of_the_readme_are_those_that_were_measured():
    measured = {" ".join(line.split()) for line in PAGES["speed.md"].splitlines()}
    (first,) = (line for line in measured if line.startswith("| first frame that takes keys |"))
    (common,) = (line for line in measured if line.startswith("| search a word that is everywhere |"))
    cells = [[cell.strip() for cell in line.split("|")[2:]] for line in (first, common)]
    table = README[README.index("| | reader | newsboat") : README.index("Times are from")]
    told = [re.findall(r"[\d,]+ ms", line) for line in table.splitlines() if " ms" in line]
    assert told == [cells[0][0:2], cells[0][4:6], cells[0][6:7], cells[1][4:6]]


def test_there_is_one_version():
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text("utf-8")
    headings = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    assert headings[0] == "Unreleased" or headings[0].startswith(f"{__version__} ")
    assert [one for one in headings if one.startswith(__version__)] == (
        [] if headings == ["Unreleased"] else [headings[-1]]
    )
