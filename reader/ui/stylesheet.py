"""Where styles.tcss is: inside an installed package, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path


def stylesheet() -> Path:
    """Give the path of the stylesheet.

    Raises:
        FileNotFoundError: the installation lacks it.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package, package.parent):
        if (found := folder / "styles.tcss").is_file():
            return found
    raise FileNotFoundError(f"styles.tcss is missing from {package}; install terminal-reader again")
