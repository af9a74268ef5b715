"""Programs of the user's: what they get, what they may say, and how they end."""

import asyncio
import os

import pytest

from reader.library import handing, programs
from reader.library.programs import Answer, ProgramError
from reader.model.article import Row
from tests.programs import HANGS, TELLS, Program, alive, gone, until

HOSTILE = "$(touch pwned) `id`; rm -rf ~ | \"x' --output=/etc/passwd\x00\x1b]52;c;aGk=\x07\u202e\nB=1 && \\"
"""A title that a shell, a terminal or a parser of options would obey."""


def ran(words, data=b"", more=None, *, patience=60.0, **options):
    return asyncio.run(programs.run(words, data, more or {}, patience=patience, **options))


def row(**more):
    given = {"id": 7, "key": 1, "excerpt": "", "cut": False, "words": 1, "published": None}
    given |= {"title": HOSTILE, "author": f"-v {HOSTILE}", "section": HOSTILE, "source": HOSTILE}
    return Row(**{**given, "url": "https://e.example/$(id)", **more})


def test_what_is_hostile_is_in_the_environment_and_the_input_only_and_clean(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    program = Program(tmp_path, TELLS)
    words = [str(program), "--one", "$READER_TITLE", "a b; c"]
    answer = ran(words, HOSTILE.encode(), handing.environment(row()))
    assert answer == Answer("")
    ((arguments, data, told),) = program.told
    assert arguments == ["--one", "$READER_TITLE", "a b; c"]
    assert data == HOSTILE
    told.pop("READER_HOME", None)
    assert sorted(told) == sorted(handing.NAMES)
    assert told["READER_ID"] == "7"
    assert told["READER_URL"] == "https://e.example/$(id)"
    assert told["READER_TITLE"].startswith("$(touch pwned) `id`; rm -rf ~ |")
    for value in told.values():
        assert value.isprintable()
        assert not set(value) & set("\x00\x1b\x07\u202e\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["program", "program.told"]


def test_what_is_told_is_bounded():
    long = "x" * 100_000
    told = handing.environment(row(title=long, author=long, section=long, source=long, url=f"https://e.example/{long}"))
    sizes = {name: len(value) for name, value in told.items()}
    assert sizes == {"READER_ID": 1, "READER_TITLE": 500, "READER_URL": 4096, "READER_AUTHOR": 200,
                     "READER_SOURCE": 200, "READER_SECTION": 200}  # fmt: skip
    nothing = handing.environment(row(author=None, section=None, url=None))
    assert [nothing[name] for name in ("READER_AUTHOR", "READER_SECTION", "READER_URL")] == ["", "", ""]
    assert handing.environment(None) == dict.fromkeys(handing.NAMES, "")


def test_what_it_says_is_clean(tmp_path):
    text = "\x1b]52;c;aGk=\x07\x1b[31mred\u202e\x00\x9b2J\n\ta"
    program = Program(tmp_path, f"sys.stdout.buffer.write({text.encode()!r} + b'\\n\\xff')")
    assert ran([str(program)]).said == "red\n        a\n�"


@pytest.mark.parametrize("size", [programs.MOST, programs.MOST + 1])
def test_a_mebibyte_is_listened_to(tmp_path, size):
    answer = ran([str(Program(tmp_path, f"sys.stdout.write('x' * {size})"))])
    assert (len(answer.said), answer.cut, answer.trouble) == (programs.MOST, size > programs.MOST, "")


def test_one_that_says_more_and_more_is_ended(tmp_path):
    program = Program(tmp_path, "open(__file__ + '.pid', 'w').write(str(os.getpid()))\nwhile True: print('x' * 999)")
    answer = ran([str(program)])
    assert (len(answer.said), answer.cut, answer.trouble) == (programs.MOST, True, "")
    gone(program.pid)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sys.exit(3)", "program ended with 3"),
        ("print('a\\nb \\x1b[31mlast\\n\\n', file=sys.stderr); sys.exit(1)", "program ended with 1: b last"),
        ("print('x' * 100_000, file=sys.stderr); sys.exit(1)", f"program ended with 1: {'x' * 199}…"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "program ended with -9"),
        ("print('only a warning', file=sys.stderr)", ""),
    ],
)
@pytest.mark.parametrize("listens", [True, False])
def test_how_it_failed_is_told_by_its_last_complaint(tmp_path, text, said, listens):
    assert ran([str(Program(tmp_path, text))], listens=listens).trouble == said


def test_one_that_cannot_be_started_is_told(tmp_path):
    with pytest.raises(ProgramError, match=r"^no-such-program is not found on this computer\.$"):
        ran(["no-such-program"])
    program = Program(tmp_path, "")
    program.path.chmod(0o600)
    with pytest.raises(ProgramError, match=r"^program: Permission denied\.$"):
        ran([str(program)])


def test_one_that_does_not_end_is_ended(tmp_path):
    program = Program(tmp_path, f"print('half', flush=True)\n{HANGS}")
    answer = ran([str(program)], patience=0.5)
    assert (answer.said, answer.trouble) == ("half", "program was ended after 0.5 seconds") or not program.pid
    assert not program.pid or not alive(program.pid)


def test_a_program_that_reads_nothing_does_not_hang_us(tmp_path):
    assert ran([str(Program(tmp_path, "print('yes')"))], b"x" * 4_000_000).said == "yes"


def test_what_it_starts_and_leaves_running_goes_on_where_nobody_listens(tmp_path):
    child = Program(tmp_path, HANGS, "child")
    program = Program(tmp_path, f"import subprocess; subprocess.Popen([{str(child)!r}])")
    assert ran([str(program)], listens=False) == Answer("")
    until(lambda: child.pid, "the child")
    assert alive(child.pid)
    os.kill(child.pid, 9)


def test_the_home_is_where_the_user_is_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    program = Program(tmp_path, TELLS)
    ran([f"~/{program.path.name}", "~/x"])
    assert [arguments for arguments, _, _ in program.told] == [["~/x"]]
