"""What is made to do harm is taken in or refused: nothing else happens, and within bounds."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import child, harm, watch
from tests.hostile.payloads import TOKEN

pytestmark = pytest.mark.xdist_group("hostile")

REFUSED = {
    "bomb.pdf", "bomb.rss.gz", "bomb.txt.gz", "crumbs.gz", "deep.json", "deep.opml", "deep.rss", "members.epub",
    "nested.gz", "odd-number.json", "other.zip", "square.rss",
}  # fmt: skip


def test_nothing_is_written_elsewhere_nothing_started_and_nobody_asked(taken):
    assert taken.refused == []
    assert [asked.path for asked in taken.asked] == []


def test_no_file_came_to_be_where_none_should(taken):
    assert {path.name for path in taken.folder.iterdir()} == {"corpus", "here", "home", "watch"}
    assert list((taken.folder / "here").iterdir()) == []
    inside = {str(path.relative_to(taken.home)) for path in taken.home.rglob("*")}
    assert not [path for path in inside if TOKEN.search(path) or "slip" in path or "ch1" in path], inside
    assert not Path("/tmp/slipped.xhtml").exists()


def test_each_is_taken_in_or_refused_in_one_line(taken):
    refused = set()
    for one in taken.of("add"):
        name = Path(one["verb"][1]).name
        assert one["status"] in {0, 1}, name
        assert all(line.startswith("reader: ") for line in one["err"].splitlines()), one["err"]
        if one["status"]:
            refused.add(name)
            assert one["err"].count("\n") == 1, name
            for trouble in ("broke off", "took too long", "cannot be understood", "of memory", "Error"):
                assert trouble not in one["err"], name
    assert refused == REFUSED


def test_what_is_hostile_really_came_in(taken):
    printed = "".join(one["out"] for one in taken.results)
    kinds = {place.split()[0].strip(",") for place in taken.tokens.places.values()} - {"name"}
    assert {taken.tokens.places[token].split()[0].strip(",") for token in set(TOKEN.findall(printed))} >= kinds
    assert len(set(TOKEN.findall(printed))) > 1000


def test_nothing_takes_too_much_memory(taken):
    peaks = {Path(one["verb"][-1]).name: one["peak"] for one in taken.results}
    assert {name: peak for name, peak in peaks.items() if peak >= child.MIB} == {}
    assert max(peak for name, peak in peaks.items() if name != "end") > 20  # it was measured


def test_nothing_from_outside_is_in_the_library(taken):
    assert not any(harm.CANARY in one["out"] + one["err"] for one in taken.results)
    assert not any("root:x:" in one["out"] for one in taken.results)
    assert harm.CANARY.encode() not in b"".join(path.read_bytes() for path in taken.home.rglob("*") if path.is_file())


def test_both_stores_are_well(taken):
    with sqlite3.connect(taken.home / "data" / "library.db") as library:
        assert library.execute("PRAGMA integrity_check").fetchone() == ("ok",)


MISDEEDS = {
    "writes": "open({elsewhere!r}, 'w')",
    "writes by a number": "import os; os.open({elsewhere!r}, os.O_CREAT | os.O_WRONLY)",
    "makes a folder": "import os; os.mkdir({elsewhere!r})",
    "unpacks": "import io, zipfile; z = zipfile.ZipFile(io.BytesIO(), 'w'); z.mkdir('a'); z.extractall({elsewhere!r})",
    "starts": "import subprocess; subprocess.run(['true'])",
    "starts a shell": "import os; os.system('true')",
    "starts another": "import os; os.posix_spawn('/bin/true', ['true'], {{}})",
    "connects": "import socket; socket.create_connection(('127.0.0.2', 9))",
    "looks up": "import socket; socket.getaddrinfo('localhost', 9)",
}


def test_the_watch_sees_what_it_is_for(tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    environment = watch.lay(tmp_path / "watch", place)
    tried = "\n".join(
        f"try:\n    {what.format(elsewhere=str(tmp_path / 'elsewhere'))}\nexcept BaseException as error:\n"
        f"    print({name!r}, type(error).__name__)"
        for name, what in MISDEEDS.items()
    )
    done = subprocess.run([sys.executable, "-c", tried], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{name} RefusedError" for name in MISDEEDS]
    assert len(watch.told(tmp_path / "watch")) == len(MISDEEDS)
    assert not (tmp_path / "elsewhere").exists()
