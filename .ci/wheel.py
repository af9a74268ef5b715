"""Build the wheel and see that what the app needs at run time is inside: stylesheet and guide."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Give 0 when the wheel is whole."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["uv", "build", "--quiet", "--wheel", "--out-dir", folder, str(ROOT)], check=True)  # noqa: S603, S607
        (wheel,) = Path(folder).glob("*.whl")
        inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"reader/styles.tcss", "reader/py.typed"}
    wanted |= {f"reader/guide/{path.name}" for path in (ROOT / "reader" / "guide").glob("*.md")}
    missing = sorted(wanted - inside)
    if missing:
        sys.stderr.write(f"the wheel lacks {', '.join(missing)}\n")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
