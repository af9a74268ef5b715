"""The command line as a process of its own."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli import VERBS

HOLDER = """
import sys
from reader.library import Library
from reader.settings import places
with Library(places()) as library:
    print(library.read_only, flush=True)
    sys.stdin.read()
"""

PROBE = """
import io, json, sys
from reader.__main__ import main

def run(*arguments, stdin=b""):
    sys.argv = ["reader", *arguments]
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    out, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), write_through=True)
    status = main()
    text = sys.stdout.buffer.getvalue().decode()
    sys.stdout = out
    heavy = sorted({name.partition(".")[0] for name in sys.modules} & {"textual", "rich"})
    told.append([arguments[0], status, heavy])
    return text

page, told = sys.argv[1], []
run("list")
run("add", page)
article = run("list").partition("\\t")[0]
for command in (
    ["list", "--json"], ["list", "is:unread", "the"], ["show", article], ["show", article, "--json"],
    ["show", article, "--markdown"], ["highlights"], ["highlights", "--markdown", "is:read"],
    ["mark", "read", article], ["note", article, "x"], ["sources"], ["sources", "--json"],
    ["search", "the"], ["search", "the", "--json"], ["tag", "add", "sea", "the"], ["tags"], ["undo"], ["redo"],
    ["views"], ["views", "save", "Sea", "tag:sea"], ["list", "--view", "sea"], ["rules"], ["rules", "test"],
    ["rules", "apply"], ["prune", "--older", "2y", "--yes"], ["backup"], ["restore", "--yes"],
    ["stats"], ["stats", "--json"], ["export", "--format", "json"], ["export", "--format", "html"],
    ["web", "--help"], ["config", "path"], ["config", "show", "--json"], ["config", "check"], ["config", "init"],
    ["refresh"], ["keys"], ["hooks"], ["doctor"], ["doctor", "--repair"], ["completion", "bash"], ["man"],
    ["--complete", "fish", "--", "show", ""],
    ["--help"], ["--version"], ["add", "--help"],
):
    run(*command)
run("note", article, stdin=b"piped")
run("/no/such/file")
print(json.dumps(told))
"""


@pytest.fixture
def environment(home):
    return {**os.environ, "READER_HOME": str(home)}


@pytest.fixture
def process(environment):
    def process(*arguments, **options):
        options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(
            [sys.executable, "-m", "reader", *map(str, arguments)],
            env=options.pop("env", environment),
            capture_output=True,
            check=False,
            timeout=60,
            **options,
        )

    return process


def test_no_verb_imports_textual_or_rich(environment, page):
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(page)], env=environment, capture_output=True, check=True, timeout=60
    )
    told = json.loads(done.stdout)
    assert {verb for verb, *_ in told} >= {*VERBS, "--help", "--version"}
    assert [one for one in told if one[2]] == []
    assert {verb: status for verb, status, _ in told if status} == {"/no/such/file": 1}


def test_the_page_in_a_process_of_its_own(process, page):
    assert process("add", page).returncode == 0
    articles = json.loads(process("list", "--json").stdout)
    assert len(articles) == 23
    assert {article["section"] for article in articles} == {"Harbours"}
    assert sum(article["author"] is not None for article in articles) == 9


def test_output_is_utf8_in_any_locale(process, environment, page):
    plain = {**environment, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    plain.pop("PYTHONIOENCODING", None)
    process("add", page, env=plain)
    done = process("list", env=plain)
    assert done.returncode == 0
    assert "●" in done.stdout.decode("utf-8")
    assert "’" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "command", [("list",), ("list", "--json"), ("search", "the"), ("views",), ("keys",), ("--help",), ("doctor",)]
)
def test_a_reader_that_stops_reading_is_no_error(process, environment, page, command):
    process("add", page)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "reader", *command],
            env=environment, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_output_that_is_full_is_told(process, environment, page):
    process("add", page)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reader", "list"],
            env=environment, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == b"reader: standard output: No space left on device\n"


def test_another_process_that_writes(process, environment, page):
    process("add", page)
    before = process("list").stdout
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"False\n"
        article = before.split(b"\t")[0].decode()
        for command in (
            ("add", page), ("mark", "read", article), ("note", article, "x"), ("doctor", "--repair"),
            ("mark", "read", "--query", "the"), ("tag", "add", "x", "the"), ("views", "save", "a", "b"), ("undo",),
            ("redo",), ("rules", "apply"), ("prune", "--older", "tomorrow", "--also", "unread", "--yes"),
        ):  # fmt: skip
            done = process(*command)
            assert done.returncode == 1
            busy = f"reader: {command[0]}: another reader is open (process {holder.pid}); close it and try again\n"
            assert done.stderr.decode() == busy
        assert process("list").stdout == before
        for command in (("search", "the"), ("views", "--json"), ("prune", "--older", "tomorrow", "--dry-run")):
            assert process(*command).returncode == 0
        holder.communicate(b"")
    assert process("mark", "read", article).returncode == 0


def test_an_interrupt_is_quiet(run, monkeypatch):
    class Interrupted(io.BytesIO):
        def read(self, size=-1):
            raise KeyboardInterrupt

    monkeypatch.setattr("reader.cli.terminal.end_output", lambda: None)
    monkeypatch.setattr("reader.cli.finding._bytes", Interrupted().read)
    result = run("add", "-")
    assert (result.status, result.out, result.err) == (130, "", "")


def test_the_app_needs_a_terminal(process, page):
    done = process(page)
    assert done.returncode == 1
    assert done.stderr.startswith(b"reader: the app needs a terminal")


@pytest.mark.parametrize("home", [b"/dev/null/x", b"\xff\xfe/x", b"/proc/nothing"])
@pytest.mark.parametrize("command", [("list",), ("add", "-"), ("mark", "read", "1"), ("doctor",), ("--help",)])
def test_no_home_makes_a_traceback(process, tmp_path, home, command, page):
    environment = {**os.environb, b"READER_HOME": home}
    with page.open("rb") as text:
        done = process(*command, env=environment, stdin=text, cwd=tmp_path)
    assert b"Traceback" not in done.stderr
    assert done.returncode in {0, 1}
    assert all(line.startswith(b"reader: ") for line in done.stderr.splitlines())


HEAVY = """
import io, json, sys
from reader.__main__ import main

sys.argv = ["reader", "add", *sys.argv[1:]]
assert main() == 0
heavy = {"httpx", "httpcore", "lxml", "feedparser", "trafilatura", "turbohtml", "charset_normalizer", "pypdf"}
heavy |= {"asyncio", "pebble", "listparser", "markdown_it", "zipfile"}
sys.stderr.write(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} & heavy)))
"""


@pytest.mark.parametrize("kind", ["page", "essay", "markdown"])
def test_plain_text_is_added_without_what_reads_feeds_and_pages(environment, page, tmp_path, kind):
    texts = {
        "essay": "The quay\n\n" + "A sentence that stays. " * 40,
        "markdown": "# The quay\n\nIt is **wet**, *now*.\n",
    }
    path = page
    if kind != "page":
        path = tmp_path / "text.md"
        path.write_text(texts[kind])
    done = subprocess.run(
        [sys.executable, "-c", HEAVY, str(path)], env=environment, capture_output=True, check=True, timeout=60
    )
    assert json.loads(done.stderr) == []
