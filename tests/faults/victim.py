"""Runs `reader` in children and lets them be killed; run by kills.py, which says by lines of JSON what is to be run.

A line is {"home": folder, "argv": arguments, "out": file} and perhaps "calls", the number of calls to the disk and
steps of SQLite after which the child is killed, or "seconds" after which it is. The answer is {"status": …,
"calls": …}; the status of what was killed is -9.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from reader import cli
from reader.storage.database import Database
from tests.faults.ending import Killing

STEPS = 400
"""So many steps of SQLite's machine count as one call: it writes where nobody else sees it."""


def run(asked: dict[str, Any]) -> int:
    """Be the child."""
    os.environ["READER_HOME"] = asked["home"]
    out = os.open(asked["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(out, 1)
    os.dup2(out, 2)
    calls = Killing(Path(asked["home"]), asked.get("calls", sys.maxsize))
    connected = Database._connected

    def ticking(self: Database, name: str, *, uri: bool) -> Any:
        connection = connected(self, name, uri=uri)
        connection.set_progress_handler(lambda: calls._come("step", "") or 0, STEPS)
        connection.set_trace_callback(lambda _: calls._come("statement", ""))
        return connection

    Database._connected = ticking  # type: ignore[method-assign]
    with calls:
        status = cli.main(asked["argv"], lambda *_: 0)
    sys.stdout.flush()
    Path(asked["out"] + ".calls").write_text(str(calls.count))
    return status


def main() -> None:
    """Run what is asked for, one after the other."""
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        counted = Path(asked["out"] + ".calls")
        counted.unlink(missing_ok=True)
        child = os.fork()
        if not child:
            status = 70
            try:
                status = run(asked)
            finally:
                os._exit(status)
        if "seconds" in asked:
            time.sleep(asked["seconds"])
            os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        calls = int(counted.read_text()) if counted.exists() else None
        sys.stdout.write(json.dumps({"status": status, "calls": calls}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
