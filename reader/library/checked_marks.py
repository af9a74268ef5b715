"""The marks and their backups looked over for `reader doctor`, and mended: nothing is ever dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.findings import Finding, counted
from reader.library.restoring import BackupError, LaterError, read, said
from reader.storage import backups
from reader.storage.stamp import journal_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.library.findings import Verdict
    from reader.storage.marks import Marks
    from reader.storage.proof import Proof

_TWICE = "its id stands twice in the file, so that nobody saw this one"


def marks(path: Path, marks: Marks, *, repair: bool) -> Iterator[Finding]:
    """Look over the documents, and hold the files against them.

    Args:
        path: the marks file.
        marks: it, opened.
        repair: mend what is wrong; else nothing is changed.
    """
    found = list(_found(path, marks, repair=repair))
    yield from found
    if not found:
        marked = sum(1 for _ in marks.all_flags())
        there = counted(marked, "marked article")
        if not (path.exists() or marked):
            there = "not there yet; the first mark makes it"
        yield Finding("ok", "marks", f"{path}: {there}")


def _found(path: Path, marks: Marks, *, repair: bool) -> Iterator[Finding]:
    verdict: Verdict = "mended" if repair else "wrong"
    notices, proof = list(marks.notices), marks.prove()
    yield from (Finding(verdict, "marks", text) for text in notices)
    # What a broken file held is told above; the files are another's then, until they are renewed.
    if not notices:
        yield from _unproved(path, marks, proof, repair=repair)
    wrong = marks.repair() if repair else marks.check()
    yield from (Finding(verdict, "marks", text) for text in wrong)
    if repair:
        yield from (Finding("wrong", "marks", text) for text in marks.check())


def _unproved(path: Path, marks: Marks, proof: Proof, *, repair: bool) -> Iterator[Finding]:
    if proof.torn:
        text = f"{journal_of(path).name} ends in half a record: reader was stopped while it wrote; opening cuts it off"
        yield Finding("wrong", "marks", text)
    if not proof.same:
        yield Finding("wrong", "marks", f"{path.name} and its journal do not give what was read of them")
    for table, key, _ in proof.lost:
        text = f"{table} {key}: {_TWICE}"
        yield Finding("mended" if repair else "wrong", "marks", f"{text}; kept in quarantine" if repair else text)
    if repair and proof.lost:
        marks.put_aside(proof.lost, _TWICE)


def backed_up(path: Path, *, repair: bool) -> Iterator[Finding]:
    """Look whether every backup can be read; what cannot gets another name, and does not count as one any more.

    Args:
        path: the marks file.
        repair: rename them; else nothing is changed.
    """
    made = backups.all_of(path.resolve())
    if not made:
        verdict: Verdict = "note" if path.exists() else "ok"
        yield Finding(verdict, "backups", "none yet; closing after a mark makes one")
        return
    bad: list[Path] = []
    newest = ""
    for moment, file in made:
        try:
            read(file)
        except FileNotFoundError:
            continue  # an open reader had it removed just now
        except LaterError as error:
            yield Finding("note", "backups", f"{file.name}: {error}")
        except BackupError as error:
            bad.append(file)
            yield _bad(file, str(error), repair=repair)
        else:
            newest = newest or said(moment)
    if not newest:
        yield Finding("wrong", "backups", f"none of {len(made)} can be read; the next mark makes a new one")
    elif bad:
        yield Finding("note", "backups", f"the newest good one is of {newest}")
    else:
        yield Finding("ok", "backups", f"{len(made)}, the newest of {newest}")


def _bad(file: Path, why: str, *, repair: bool) -> Finding:
    text = f"{file.name} cannot be read: {why}"
    if not repair:
        return Finding("wrong", "backups", text)
    aside = file.with_name(f"{file.name}.broken")
    try:
        file.rename(aside)
    except OSError as error:
        return Finding("wrong", "backups", f"{text}; nor can it be renamed: {error.strerror}")
    return Finding("mended", "backups", f"{text}; it is {aside.name} now")
