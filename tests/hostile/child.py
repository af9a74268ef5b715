"""A process that takes in the corpus and prints it in every way, watched and bounded: `python -m tests.hostile.child`.

It reads what to do from standard input, as JSON, and prints what came of it, an object a line.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import shutil
import signal
import sys
import threading
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from tests.hostile import verbs
from tests.hostile.payloads import TOKEN
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS: Final = 10.0
"""Of the processor, for one file or one verb."""
MIB: Final = 300
_WORD: Final = re.compile(r"[A-Za-z0-9]{4,12}")
_SEEN: Final = 8
_HIGHLIGHTED: Final = 60
"""Characters of an article that are highlighted."""
_PEAKS: Final[list[int]] = [0]
_IN_LINEAR: Final = 60
"""Articles that are read in one go in linear mode."""


class _Terminal(io.TextIOWrapper):
    """Standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def main() -> None:
    """Do what standard input says."""
    asked = json.loads(sys.stdin.buffer.read())
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogatepass")
    _lend_a_worker()

    def tell(**said: Any) -> None:
        out.write(json.dumps(said) + "\n")
        out.flush()

    for path in asked["add"]:
        tell(**_run("add", path))
    opened = _open()
    tell(**opened)
    ids = opened["ids"]
    for verb in verbs.WHOLE if ids else ():
        tell(**_run(*verb))
    for verb in (("list",), *((*verb, ids[0]) for verb in verbs.EACH)) if ids else ():
        tell(**_run(*verb, terminal=True))
    for at, number in enumerate(ids):
        for turn, verb in enumerate(verbs.EACH):
            if (at + turn) % examples(len(verbs.EACH), 1) == 0:
                tell(**_run(*verb, number))
    # It keeps how far one has read: on a copy, so that the app opens each at its head.
    home = Path(os.environ["READER_HOME"])
    os.environ["READER_HOME"] = str(home / "copy")
    shutil.copytree(home / "data", home / "copy" / "data")
    for start in range(0, len(ids), _IN_LINEAR):
        typed = "".join(f"{number}\n\nl all\nq\n" for number in range(start + 1, start + 1 + _IN_LINEAR))
        tell(**_run("--linear", typed=f"{typed}quit\n" if ids else ""))
    tell(verb=["end"], terminal=False, status=0, out="", err="", peak=_peak())
    os._exit(0)


def _run(*arguments: str, terminal: bool = False, typed: str = "") -> dict[str, Any]:
    """Run a verb; it is killed when it takes too long."""
    from reader import cli

    held, errors = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(typed.encode()))
    _PEAKS[:] = [0]
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    kind = _Terminal if terminal else io.TextIOWrapper
    with redirect_stdout(kind(held)) as said, redirect_stderr(io.TextIOWrapper(errors)) as told:
        status = cli.main(arguments, _no_app)
        said.flush()
        told.flush()
    signal.setitimer(signal.ITIMER_PROF, 0)
    return {
        "verb": list(arguments), "terminal": terminal, "status": status, "out": held.getvalue().decode(),
        "err": errors.getvalue().decode(), "peak": max(_PEAKS),
    }  # fmt: skip


def _no_app(*_: object, **__: object) -> int:
    raise AssertionError("no app was asked for")


def _open() -> dict[str, Any]:
    """Open each article, and highlight its beginning with a note in its own words.

    Gives the ids of all, words of each of which one is seen when it is opened (tokens of its text if there are any),
    and all links that may be opened.
    """
    from reader.library import Library
    from reader.model import anchoring
    from reader.model.document import Passage, Point
    from reader.model.links import address, links
    from reader.settings import places

    words, leads = [], []
    with Library(places()) as library:
        rows = library.shelf.rows(library.shelf.listing().keys)
        for row in rows:
            found = library.shelf.open(row.key)
            assert found is not None
            opening = " ".join(block.text for block in found.document.blocks[:1])
            words.append((TOKEN.findall(opening) or _WORD.findall(opening) or _WORD.findall(row.title) or [""])[:_SEEN])
            told = [address(link.address) for link in links(found.document.blocks, row.url or "")]
            leads += [(one.whole, one.host, one.user) for one in told if one.host]
            if not found.document.blocks:
                continue
            quote = anchoring.quote_of(found.document, Passage(Point(0, 0), Point(0, _HIGHLIGHTED)))
            if quote.exact:
                library.notebook.add_highlight(row, quote, "green", found.document.blocks[0].text[:_HIGHLIGHTED])
    ids = [str(row.id) for row in rows]
    return {
        "verb": ["open"], "terminal": False, "status": 0, "out": "", "err": "", "peak": 0, "ids": ids, "words": words,
        "links": leads,
    }  # fmt: skip


def _peak() -> int:
    from reader.ingest.worker import _peak as held

    return held()


# -- one worker process for all files, as a refresh has it: to start one for each would take longer than all else


class _Lent:
    """Stands in the place of a Workshop, and lends the one that there is."""

    loop = asyncio.new_event_loop()
    shop: Any = None

    def __init__(self, **_: object) -> None:
        """Take what a Workshop takes."""

    async def run(self, function: str, *args: object, **named: object) -> Any:
        """Run a function in the worker."""
        job = self.shop.run(function, *args, **{**named, "deadline": SECONDS})
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(job, self.loop))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Keep the worker."""


def _lend_a_worker() -> None:
    from reader.ingest import workshop

    ask = workshop._Worker.ask

    async def measured(self: Any, message: bytes) -> Any:
        answer = await ask(self, message)
        _PEAKS.append(answer[2])
        return answer

    workshop._Worker.ask = measured  # type: ignore[method-assign]
    _Lent.shop = workshop.Workshop(workers=1)
    threading.Thread(target=_Lent.loop.run_forever, daemon=True).start()
    workshop.Workshop = _Lent  # type: ignore[misc, assignment]


def break_the_gate(put: Callable[[object, str, object], None] = setattr) -> None:
    """Let everything through that is not the end of a line: what the tests are to notice."""
    from reader.ingest import sanitize

    put(sanitize, "_cleaned", lambda text: text.replace("\r", " "))


if __name__ == "__main__":
    main()
