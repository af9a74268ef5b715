"""A power cut at any moment loses no mark that was acknowledged, and makes none that nobody made."""

from __future__ import annotations

import pytest

from tests.faults.crashes import CRASHES, crash
from tests.faults.mutants import without
from tests.faults.verdicts import CorruptedError, LostError
from tests.thorough import examples

FILES, APPENDER, JOURNAL = "reader.storage.files", "reader.storage.appender", "reader.storage.journal"

MUTANTS = {
    "the journal is not synced": (APPENDER, "Appender._append", "sync(fd)", "pass", "a mark"),
    "a new file is not synced": (FILES, "replace", "            os.fsync(fd)", "            pass", "a folding"),
    "a file is written in its place": (
        FILES,
        "replace",
        "first = beside or path.with_name(path.name + '.tmp')".replace("'", '"'),
        "first = path",
        "a folding",
    ),
    "a folder is not synced after a renaming": (
        FILES,
        "replace",
        "    sync_folder(path.parent)",
        "    pass",
        "a folding",
    ),
    "a folder is not synced after the journal was made": (
        APPENDER,
        "Appender._open",
        "            sync_folder(self._path.parent)",
        "            pass",
        "the first mark",
    ),
    "the folder of a new folder is not synced": (
        FILES,
        "make_folder",
        "sync_folder(one.parent)",
        "pass",
        "the first mark",
    ),
    "the journal is emptied before the snapshot is there": (
        JOURNAL,
        "JournalStorage._fold",
        "        replace(self.path, data)\n",
        "        self._appender.empty(upto)\n        replace(self.path, data)\n",
        "a folding",
    ),
    "what was marked during a folding is emptied too": (
        APPENDER,
        "Appender.empty",
        "            if newer > 0:",
        "            if newer > 10**9:",
        "a folding while marks are made",
    ),
    "a torn end stays before what is appended": (
        "reader.storage.opening",
        "_renew",
        "stream.truncate(len(split.good))",
        "pass",
        "opening after a crash",
    ),
    "a backup is written in its place": (
        "reader.storage.backups",
        "save",
        'replace(made, data, beside=folder / (f"{path.stem}.tmp" if alone else f"{path.stem}.{os.getpid()}.tmp"))',
        "folder.mkdir(exist_ok=True); made.write_bytes(data)",
        "backups and their thinning",
    ),
    "the backups that are to stay go": (
        "reader.storage.backups",
        "thin_out",
        "if moment not in staying:",
        "if moment in staying:",
        "backups and their thinning",
    ),
}


@pytest.mark.parametrize("name", CRASHES)
def test_a_power_cut_at_any_call_loses_nothing(name, tmp_path, counted):
    for seed in range(1, 1 + examples(1, 20)):
        counted(f"power cut: {name}", crash, name, seed, tmp_path / str(seed))


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_guard_that_is_gone_is_noticed(mutant, tmp_path):
    *guard, name = MUTANTS[mutant]
    with without(*guard), pytest.raises((LostError, CorruptedError)):
        crash(name, 1, tmp_path)
