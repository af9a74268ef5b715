"""`reader web`: the app in a browser, for who has the address and nobody else."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import pytest

from reader.model.article import BOOKMARKED
from reader.storage.marks import Marks
from reader.web import server
from tests.invented import entry, fill, listing
from tests.web.chromium import PROGRAM, browsing

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "The ferry that was painted twice"


@pytest.fixture
def quay(places):
    fill(places, listing("The quay", [entry(TITLE)]))
    return places


@contextmanager
def served(*more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the command; gives the address, and what runs."""
    command = [sys.executable, "-m", "reader", "web", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            yield re.search(r"http://\S+", running.stdout.readline())[0], running
        finally:
            if running.poll() is None:
                running.send_signal(signal.SIGINT)
            assert running.wait(60) == 0
            assert running.stderr is not None
            assert not running.stderr.read()


def bookmarked(places) -> bool:
    if not places.marks.exists():
        return False
    marks = Marks(places.marks, read_only=True)
    found = any(flags & BOOKMARKED for _, flags in marks.all_flags())
    marks.abandon()
    return found


async def drawn(page, text: str) -> None:
    """Wait until the app has written a text; it writes each line of the list as a whole."""
    seen = ""
    async with asyncio.timeout(60):
        while text not in seen:
            message = await page.receive()
            assert message.type is aiohttp.WSMsgType.BINARY, message
            seen += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", message.data.decode())


def other_ways(address: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give each address and headers that are refused."""
    parts = urlsplit(address)
    base, token = f"http://{parts.netloc}", parts.path.strip("/")
    for path in ("/", "/ws", "/static/js/textual.js", f"/{token[:-1]}/", f"/{token}x/", f"//{token}/", "/%00/", "/é/"):
        yield base + path, {}
    for path in ("", "ws", "static/js/textual.js", "page.css"):
        yield address + path, {"Host": "reader.example"}
        yield address + path, {"Origin": "https://reader.example"}
        yield address + path, {"Origin": "null"}
        yield address + path, {"Origin": f"http://127.0.0.1:{parts.port - 1}"}


async def test_nothing_is_given_without_the_token_to_another_page_or_by_another_name(quay):
    with served() as (address, _):
        assert urlsplit(address).hostname == "127.0.0.1"
        assert len(urlsplit(address).path) > 40
        async with aiohttp.ClientSession() as session:
            for url, headers in other_ways(address):
                async with session.get(url, headers=headers) as answer:
                    assert answer.status == 403, (url, headers)
            async with session.get(address) as answer:
                assert answer.status == 200
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                text = await answer.text()
            assert not re.findall(r"https?://(?!127\.0\.0\.1)", text)


async def test_a_page_has_an_app_that_leaves_with_it(quay):
    with served() as (address, _):
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(f"{address}ws?width=100&height=30") as page:
                await drawn(page, TITLE)
                await page.send_str(json.dumps(["stdin", "s"]))
                await drawn(page, "★")
            async with session.ws_connect(f"{address}ws?width=x&height=99999999") as page:
                await page.send_str(json.dumps(["resize", {"width": 60, "height": 20}]))
                await drawn(page, "★")
    assert bookmarked(quay)


async def test_what_no_page_of_ours_sends_ends_that_page_alone(quay):
    with served() as (address, running):
        async with aiohttp.ClientSession() as session:
            for sent in ("null", '{"a": 1}', "[]", '["stdin"]', '["stdin", 7]', '["resize", {}]', "{"):
                async with session.ws_connect(f"{address}ws") as page:
                    await page.send_str(sent)
                    async with asyncio.timeout(60):
                        while (await page.receive()).type is aiohttp.WSMsgType.BINARY:
                            pass
            assert running.poll() is None


async def test_there_is_a_bound_on_pages(quay, monkeypatch):
    monkeypatch.setattr(server, "SESSIONS", 0)
    door = server.listen(0)
    one = server.ReaderServer(["false"], door, lambda _: None)
    runner = aiohttp.web.AppRunner(await one._make_app())
    await runner.setup()
    await aiohttp.web.SockSite(runner, door).start()
    async with aiohttp.ClientSession() as session, session.get(f"{one.address}ws") as answer:
        assert answer.status == 503
    await runner.cleanup()


def test_a_port_that_is_taken_and_one_that_is_none_are_told(quay):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port, why in ((taken.getsockname()[1], "cannot be had"), (70000, "is no port")):
            command = [sys.executable, "-m", "reader", "web", "--port", str(port)]
            ended = subprocess.run(command, capture_output=True, text=True, check=False)
            assert ended.returncode in {1, 2}
            assert re.fullmatch(r"reader: web: .*\n", ended.stderr)
            assert why in ended.stderr


def test_that_the_extra_is_missing_is_told(monkeypatch, capsys):
    from reader import cli

    monkeypatch.setitem(sys.modules, "reader.web.server", None)
    assert cli.main(["web"], lambda: 0) == 1
    assert "terminal-reader[web]" in capsys.readouterr().err


@pytest.mark.skipif(PROGRAM is None, reason="needs Chromium")
async def test_a_browser_shows_it_and_takes_keys_and_asks_nobody_else(quay, tmp_path):
    with served() as (address, _):
        async with browsing(tmp_path / "profile") as page:
            await page.call("Page.navigate", url=address)
            await page.until("document.body.classList.contains('-first-byte')")
            blank = await page.picture()
            await page.call("Runtime.evaluate", expression="document.querySelector('textarea').focus()")
            async with asyncio.timeout(60):
                while not bookmarked(quay):
                    await page.press("s")
                    for _ in range(50):
                        await page.value("1")
                        if bookmarked(quay):
                            break
                        await asyncio.sleep(0.02)
            assert len(await page.picture()) > 10_000
            assert blank[:4] == b"\x89PNG"
        elsewhere = [url for url in page.asked_for if not url.startswith(("about:", "data:"))]
        assert elsewhere
        assert all(urlsplit(url).netloc == urlsplit(address).netloc for url in elsewhere)
    assert bookmarked(quay)
