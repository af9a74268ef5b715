"""The corpus taken in and printed once, by a process that is watched; the tests look at what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.hostile import corpus, watch
from tests.servers import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.hostile.payloads import Tokens

PATIENCE = 600
"""Seconds after which a process hangs: a bound on tests that fail, and not on a busy machine."""


@dataclass(frozen=True)
class Taken:
    """What came of the corpus: what each verb printed, and what the watch refused."""

    folder: Path
    home: Path
    tokens: Tokens
    environment: dict[str, str]
    results: list[dict[str, Any]]
    refused: list[str]
    asked: list[Any]

    def of(self, *verb: str) -> list[dict[str, Any]]:
        """Give the results of a verb that begins so."""
        return [one for one in self.results if tuple(one["verb"][: len(verb)]) == verb]

    @property
    def articles(self) -> list[dict[str, Any]]:
        """All articles, as `reader list --json` tells of them."""
        found: list[dict[str, Any]] = json.loads(self.of("list", "--json")[0]["out"])
        return found


def run(environment: dict[str, str], folder: Path, **asked: Any) -> list[dict[str, Any]]:
    """Let a watched process do something, in a folder that is empty."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.child"],
        input=json.dumps(asked).encode(),
        capture_output=True,
        cwd=folder,
        env=environment,
        timeout=PATIENCE,
        check=False,
    )
    results = [json.loads(line) for line in done.stdout.decode().splitlines()]
    last = results[-1]["verb"] if results else "nothing"
    assert done.returncode == 0, f"it ended with {done.returncode} after {last}: {done.stderr.decode()}"
    return results


@pytest.fixture(scope="session")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    """The corpus, added and printed."""
    folder = tmp_path_factory.mktemp("hostile")
    home = folder / "home"
    (home / "config").mkdir(parents=True)
    # Sources are asked by the app itself otherwise: what is asked then is the matter of other tests.
    (home / "config" / "config.toml").write_text('refresh = "manual"\n')
    with Server() as trap:
        tokens = corpus.write(folder / "corpus", trap.url("").rstrip("/"))
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "READER_THOROUGH") if name in os.environ},
            **watch.lay(folder / "watch", home),
            "READER_HOME": str(home),
            "HOME": str(folder / "nobody"),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }
        parts = (folder / "corpus" / "fields", folder / "corpus" / "harm")
        files = [str(path) for part in parts for path in sorted(part.iterdir())]
        results = run(environment, folder / "here", add=[*files, str(folder / "corpus" / "names")])
        yield Taken(folder, home, tokens, environment, results, watch.told(folder / "watch"), list(trap.asked))
