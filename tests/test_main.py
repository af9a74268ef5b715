"""The command, before the app is there."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from reader import __main__

_SCRIPT = "from reader.__main__ import _app; _app(); from textual import constants; print(constants.MAX_FPS)"


@pytest.mark.parametrize("given", [None, "30"])
def test_what_is_started_from_the_app_has_the_frames_that_the_reader_gave(monkeypatch, given):
    from reader.ui.app import run

    monkeypatch.delenv("TEXTUAL_FPS", raising=False)
    if given is not None:
        monkeypatch.setenv("TEXTUAL_FPS", given)
    assert __main__._app() is run
    assert os.environ.get("TEXTUAL_FPS") == given


@pytest.mark.parametrize(("given", "frames"), [(None, 250), ("30", 30)])
def test_textual_draws_as_often_as_it_is_told(given, frames):
    told = {} if given is None else {"TEXTUAL_FPS": given}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        env={name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"} | told,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == f"{frames}\n"
