"""Take the guards away, one after the other, and see that a test notices: `uv run python -m tests.faults.mutations`.

Each is taken out of a copy of the project, in which the named tests then have to fail. Names of guards as arguments
choose some of them. `tests/faults/test_mutations.py` holds that each guard is still where it is told to be.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_LIMIT: Final = 600
"""Seconds that the tests of one guard may take: some hang without it."""


@dataclass(frozen=True)
class Mutation:
    """A guard, and the tests that notice when it is gone.

    Args:
        name: what the guard is.
        file: where it stands.
        guard: its text, of which there is one in the file.
        instead: what stands there without it.
        tests: files of tests, or single ones.
    """

    name: str
    file: str
    guard: str
    instead: str
    tests: tuple[str, ...]


def caught(mutation: Mutation, copy: Path) -> str:
    """Give the first test that fails without a guard, nothing when none does."""
    path = copy / mutation.file
    whole = path.read_text("utf-8")
    assert whole.count(mutation.guard) == 1, f"{mutation.name}: {mutation.file} has no such guard"
    path.write_text(whole.replace(mutation.guard, mutation.instead), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *mutation.tests]
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, timeout=_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return f"{mutation.tests[0]} (it hangs)"
    finally:
        path.write_text(whole, "utf-8")
    failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
    if done.returncode == 1 and failed is not None:
        return failed[1]
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return ""


def main() -> int:
    """Print a table of the guards and who notices that they are gone; fails when nobody does."""
    chosen = [one for one in MUTATIONS if not sys.argv[1:] or one.name in sys.argv[1:]]
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "fuzz")
        shutil.copytree(ROOT, copy, ignore=ignored)
        sys.stdout.write("| without | caught by |\n|---|---|\n")
        for one in chosen:
            by = caught(one, copy)
            missed += not by
            sys.stdout.write(f"| {one.name} | {f'`{by}`' if by else '**nothing**'} |\n")
            sys.stdout.flush()
    return 1 if missed else 0


_CRASHES: Final = "tests/faults/test_crashes.py::test_a_power_cut_at_any_call_loses_nothing"
_DOORS: Final = "tests/faults/test_doors.py"
FILES: Final = "reader/storage/files.py"
FETCH: Final = "reader/ingest/fetch.py"

MUTATIONS: Final = (
    # -- the stores
    Mutation("the journal is synced", FILES, 'getattr(os, "fdatasync", os.fsync)(fd)', "pass", (_CRASHES,)),
    Mutation(
        "a file is synced before it is renamed",
        FILES,
        "write_all(fd, data)\n            os.fsync(fd)",
        "write_all(fd, data)",
        (_CRASHES,),
    ),
    Mutation(
        "a file is written beside, and renamed",
        FILES,
        'first = beside or path.with_name(path.name + ".tmp")',
        "first = path",
        (_CRASHES,),
    ),
    Mutation(
        "a folder is synced", FILES, "        os.fsync(fd)\n    finally", "        pass\n    finally", (_CRASHES,)
    ),
    Mutation(
        "one process writes",
        "reader/storage/lock.py",
        "    def _take(self, fd: int) -> bool:\n        try:\n            _lock(fd)",
        "    def _take(self, fd: int) -> bool:\n        try:\n            pass",
        ("tests/storage/test_lock.py", "tests/library/test_library.py"),
    ),
    Mutation(
        "a record has a sum",
        "reader/storage/records.py",
        'if line[:9] != b"%08x " % zlib.crc32(payload):',
        "if False:",
        ("tests/storage/test_journal.py", "tests/faults/test_damage.py"),
    ),
    Mutation(
        "half a record is cut off",
        "reader/storage/appender.py",
        "            with suppress(OSError):\n                os.ftruncate(fd, self.size)\n            raise",
        "            self._torn = False\n            raise",
        ("tests/storage/test_journal.py", "tests/faults/test_refusals.py::test_a_disk_that_refuses_loses_nothing"),
    ),
    Mutation(
        "what a vanished journal held is folded again",
        "reader/storage/journal.py",
        "            while self._appender.vanished:",
        "            while False:",
        ("tests/storage/test_journal.py",),
    ),
    Mutation(
        "a vanished journal is put back",
        "reader/storage/appender.py",
        "        if len(held) < self.size:",
        "        if True:",
        ("tests/storage/test_journal.py",),
    ),
    Mutation(
        "only a copy of marks is overwritten by one",
        "reader/library/restoring.py",
        "        if not _is_copy(path):",
        "        if False:",
        ("tests/cli/test_cli_restore.py",),
    ),
    Mutation(
        "the oldest backups go, not the newest",
        "reader/storage/backups.py",
        "if moment not in staying:",
        "if moment in staying:",
        ("tests/storage/test_backups.py",),
    ),
    # -- the network
    Mutation(
        "an address is looked at before it is asked",
        "reader/ingest/net/addresses.py",
        "if is_inside(address.host) if ip is None else private(ip):",
        "if False:",
        ("tests/ingest/test_addresses.py", "tests/ingest/test_fetch_proxies.py"),
    ),
    Mutation(
        "what is connected to is looked at",
        FETCH,
        "if self._private is not None and any(map(self._private, found)):",
        "if False:",
        ("tests/ingest/test_fetch_private.py",),
    ),
    Mutation(
        "networks of one's own are known",
        "reader/ingest/net/addresses.py",
        "return not ip.is_global or any(ip in network for network in _V4)",
        "return False",
        ("tests/ingest/test_addresses.py",),
    ),
    Mutation(
        "an answer has a deadline",
        FETCH,
        "async with asyncio.timeout(trip.left):",
        "async with asyncio.timeout(None):",
        ("tests/ingest/test_fetch_lies.py::test_the_deadline_is_for_all_of_it",),
    ),
    Mutation("an answer has a size", FETCH, "if taken > most:", "if False:", ("tests/ingest/test_fetch_lies.py",)),
    Mutation(
        "what is unpacked has a size",
        "reader/ingest/net/inflate.py",
        "if self._given > self._limit:",
        "if False:",
        ("tests/ingest/test_inflate.py",),
    ),
    Mutation(
        "what is unpacked is in proportion",
        "reader/ingest/net/inflate.py",
        "if self.packed and self._given > TRUSTED and",
        "if False and",
        ("tests/ingest/test_inflate.py",),
    ),
    Mutation(
        "an archive holds no more than text would",
        "reader/ingest/archive.py",
        "if len(out) > expected or members > MAX_MEMBERS:",
        "if False:",
        ("tests/ingest/test_archive.py",),
    ),
    # -- texts
    Mutation(
        "texts pass the gate",
        "reader/ingest/sanitize.py",
        "return text if is_clean(text) else _cleaned(text)",
        "return text",
        ("tests/hostile",),
    ),
    Mutation(
        "what is pasted passes the gate",
        "reader/ui/pasting.py",
        "event.text = sanitize.clean(event.text)",
        "pass",
        ("tests/ui/test_pasting.py",),
    ),
    Mutation(
        "links are web and mail addresses",
        "reader/ingest/sanitize.py",
        "if len(bare) > LINK or not _LINK.fullmatch(bare) or visible(bare) != bare:",
        "if len(bare) > LINK or visible(bare) != bare:",
        ("tests/ingest/test_sanitize.py",),
    ),
    Mutation(
        "only web and mail addresses are opened",
        "reader/model/links.py",
        '_OPENED: Final = ("http", "https", "mailto")',
        '_OPENED: Final = ("http", "https", "mailto", "file", "javascript", "ssh")',
        ("tests/model/test_links.py", _DOORS),
    ),
    # -- doors
    Mutation("files are for their owner", FILES, "PRIVATE = 0o600", "PRIVATE = 0o644", (_DOORS,)),
    Mutation("folders are for their owner", FILES, "_FOLDER = 0o700", "_FOLDER = 0o755", (_DOORS,)),
    Mutation(
        "a worker's answer makes nothing but values",
        "reader/ingest/worker.py",
        "if isinstance(found, type) and found.__module__ == module and is_dataclass(found):",
        "if found is not None:",
        (_DOORS, "tests/ingest/test_workshop.py"),
    ),
    # -- the end
    Mutation(
        "a crash gives the terminal back",
        "reader/ui/leaving.py",
        "        if self._attributes is not None:\n            _restore(self._attributes)",
        "        pass",
        ("tests/ui/test_failing.py",),
    ),
    Mutation(
        "a report has no message",
        "reader/crash.py",
        "        yield _kind(one)\n",
        "        yield str(one)\n",
        ("tests/test_crash.py",),
    ),
)


if __name__ == "__main__":
    sys.exit(main())
