"""A real browser without a window, driven by its own protocol."""

from __future__ import annotations

import asyncio
import base64
import re
import shutil
import subprocess
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
"""None where there is none."""
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-proxy-server",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--disable-default-apps", "--disable-dev-shm-usage", "--window-size=1200,800", "--remote-debugging-port=0",
)  # fmt: skip
_LISTENS = re.compile(rb"DevTools listening on ws://127\.0\.0\.1:(\d+)/")


class Page:
    """A page of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._number = socket, 0
        self.asked_for: list[str] = []
        """Each address that the page asked for."""

    async def call(self, method: str, **named: object) -> dict[str, Any]:
        """Let the browser do something, and give its answer."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": named})
        while True:
            came = await self._socket.receive_json()
            if came.get("method") == "Network.requestWillBeSent":
                self.asked_for.append(came["params"]["request"]["url"])
            elif came.get("method") == "Network.webSocketCreated":
                self.asked_for.append(came["params"]["url"])
            if came.get("id") == self._number:
                assert "error" not in came, came
                return came["result"]

    async def value(self, code: str) -> Any:
        """Give what an expression is in the page."""
        return (await self.call("Runtime.evaluate", expression=code))["result"].get("value")

    async def until(self, code: str) -> None:
        """Wait until an expression is true in the page."""
        async with asyncio.timeout(60):
            while not await self.value(code):
                await asyncio.sleep(0.02)

    async def press(self, key: str) -> None:
        """Press a key that writes a letter."""
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=key, key=key)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def picture(self) -> bytes:
        """Give what is seen, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])


@asynccontextmanager
async def browsing(profile: Path) -> AsyncIterator[Page]:
    """Run the browser until the block is left."""
    assert PROGRAM is not None
    browser = subprocess.Popen(
        [PROGRAM, *_QUIET, f"--user-data-dir={profile}", "about:blank"],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    try:
        port = await asyncio.to_thread(_port, browser)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                pages = [one for one in await answer.json() if one["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                page = Page(socket)
                for room in ("Network", "Page", "Runtime"):
                    await page.call(f"{room}.enable")
                yield page
    finally:
        browser.kill()
        browser.wait()
        assert browser.stderr is not None
        browser.stderr.close()


def _port(browser: subprocess.Popen[bytes]) -> str:
    assert browser.stderr is not None
    for line in browser.stderr:
        if found := _LISTENS.search(line):
            return found[1].decode()
    raise AssertionError("the browser does not start")
