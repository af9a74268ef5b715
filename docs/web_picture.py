"""Take the picture of the app in a browser: `python docs/web_picture.py`, with Chromium installed."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


async def main() -> None:
    """Serve a new library, press a key or two, and keep what is seen."""
    from tests.web.chromium import browsing

    with tempfile.TemporaryDirectory() as folder:
        os.environ["READER_HOME"] = f"{folder}/reader"
        command = [sys.executable, "-m", "reader", "web"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as serving:
            assert serving.stdout is not None
            address = re.search(r"http://\S+", serving.stdout.readline())
            assert address is not None
            async with browsing(Path(folder) / "browser") as page:
                await page.call("Page.navigate", url=address[0])
                await page.until("document.body.classList.contains('-first-byte')")
                await page.call("Runtime.evaluate", expression="document.querySelector('textarea').focus()")
                await asyncio.sleep(2)
                await page.press("j")
                await page.press("s")
                await asyncio.sleep(2)
                (ROOT / "docs" / "web.png").write_bytes(await page.picture())
            serving.terminate()


if __name__ == "__main__":
    asyncio.run(main())
