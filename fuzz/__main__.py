"""`python -m fuzz NAME [SECONDS]`: fuzz one way into the program, or `all` of them in turn; see README.md."""

from __future__ import annotations

import argparse
import logging
import os
import pkgutil
import shutil
import subprocess
import sys
import time
import warnings
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fuzz.watching import FOUND, RUNNING, Watch

if TYPE_CHECKING:
    from fuzz.harness import Harness


def main() -> int:
    """Give 0 when nothing was found, 1 when something was."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("name", help="a harness, `all`, or `list`")
    parser.add_argument("seconds", nargs="?", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1, help="what our own dice begin with")
    parser.add_argument("--own", action="store_true", help="our own mutations, though atheris is there")
    parser.add_argument("--shrink", type=Path, metavar="FILE", help="make a find as small as it can be, in its place")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    with_atheris = not asked.own and asked.shrink is None and find_spec("atheris") is not None
    if with_atheris and asked.name not in {"all", "list"}:
        with import_module("atheris").instrument_imports(include=["reader"]):
            _import_all()
    from fuzz.harness import all_harnesses

    harnesses = all_harnesses()
    if asked.name == "list":
        print("\n".join(harnesses))
        return 0
    if asked.name == "all":
        return max([_apart(name, sys.argv[2:]) for name in harnesses])
    if asked.name not in harnesses:
        parser.error(f"there is no {asked.name}; there are {', '.join(harnesses)}")
    return _one(harnesses[asked.name], asked, with_atheris=with_atheris)


def _import_all() -> None:
    """Import what is fuzzed: much of it is imported late, and while atheris runs no more can be instrumented."""
    for package in ("reader.ingest", "reader.library", "reader.model", "reader.storage", "reader.settings"):
        found = import_module(package)
        for module in pkgutil.walk_packages(found.__path__, f"{package}."):
            import_module(module.name)


def _apart(name: str, rest: list[str]) -> int:
    """Fuzz one in a process of its own: what dies takes nothing else with it."""
    code = subprocess.run([sys.executable, "-m", "fuzz", name, *rest], check=False).returncode
    if code not in {0, 1}:
        print(f"{name}: ended by itself ({code}); its last input is {FOUND / name / RUNNING}", flush=True)
    return min(1, abs(code))


def _one(harness: Harness, asked: argparse.Namespace, *, with_atheris: bool) -> int:
    if asked.shrink is not None:
        from fuzz.shrinking import shrunk

        asked.shrink.write_bytes(shrunk(Watch(harness, None), asked.shrink.read_bytes()))
        return 0
    watch = Watch(harness, FOUND / harness.name)
    if with_atheris:
        _with_atheris(watch, asked.seconds)
    else:
        from fuzz.mutating import fuzz

        fuzz(watch, asked.seconds, asked.seed)
    return _told(watch)


def _told(watch: Watch) -> int:
    print(f"{watch.harness.name}: {watch.runs:,} runs, {len(watch.found)} found", flush=True)
    return bool(watch.found)


def _with_atheris(watch: Watch, seconds: float) -> NoReturn:
    """Let libFuzzer change the seeds, led by which branches they reach, until the time is over."""
    from fuzz.harness import scratch

    atheris = import_module("atheris")
    corpus = scratch() / "corpus"
    corpus.mkdir()
    for number, data in enumerate(watch.harness.seeds()):
        (corpus / str(number)).write_bytes(data)
    until = time.monotonic() + seconds

    def one(data: bytes) -> None:
        watch.run(data)
        if time.monotonic() > until:
            # libFuzzer itself ends a process without a word of ours, and neither way lets anything be tidied up.
            shutil.rmtree(scratch(), ignore_errors=True)
            os._exit(_told(watch))

    options = (
        f"-max_len={watch.harness.longest}",
        "-timeout=0",
        "-rss_limit_mb=0",
        "-verbosity=0",
        f"-artifact_prefix={FOUND / watch.harness.name}/",
    )
    atheris.Setup([sys.argv[0], str(corpus), *options], one)
    atheris.Fuzz()
    raise AssertionError("libFuzzer never returns")


if __name__ == "__main__":
    sys.exit(main())
