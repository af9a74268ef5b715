"""List every package that comes with an installation, with its version and licence, in docs/dependencies.md.

Names and versions are those of uv.lock, the licence is what the installed package tells. What is not installed here,
as it is for another system, keeps its row. `--check` writes nothing, and fails when the table is not up to date.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
DOCUMENT: Final = ROOT / "docs" / "dependencies.md"
PROJECT: Final = "terminal-reader"

ALLOWED: Final = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "ISC", "LGPL-2.1-or-later",
    "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0",
})  # fmt: skip
"""Permissive ones, and those that ask to share only changes to the package itself, which is used as it is."""

_SPOKEN: Final = {
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "MIT License": "MIT",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
"""Licences that a package tells in other words than SPDX's."""

_TABLE: Final = re.compile(r"(<!-- licences -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_ROW: Final = re.compile(r"^\| (\S+) \| (\S+) \| (.+?) \| .*\|$", re.MULTILINE)


def locked() -> dict[str, tuple[set[str], set[str]]]:
    """Give what an installation with all extras holds: for each package its versions, and what asks for it."""
    packages: dict[str, list[dict[str, Any]]] = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]:
        packages.setdefault(package["name"], []).append(package)
    found: dict[str, tuple[set[str], set[str]]] = {}
    waiting = [(one, PROJECT, frozenset[str]()) for one in packages[PROJECT]]
    looked: set[tuple[str, str, frozenset[str]]] = set()
    while waiting:
        package, _, extras = waiting.pop()
        own = package["name"] == PROJECT
        wanted = list(package.get("dependencies", []))
        for name, more in package.get("optional-dependencies", {}).items():
            wanted += more if own or name in extras else []
        for one in wanted:
            versions, askers = found.setdefault(one["name"], (set(), set()))
            askers.add("reader" if own else package["name"])
            for other in packages[one["name"]]:
                if one.get("version", other["version"]) == other["version"]:
                    versions.add(other["version"])
                    step = (other["name"], other["version"], frozenset(one.get("extra", ())))
                    if step not in looked:
                        looked.add(step)
                        waiting.append((other, package["name"], step[2]))
    return found


def licence(name: str) -> str | None:
    """Give the licence that an installed package tells, None for one that is not installed."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if told["License-Expression"]:
        return told["License-Expression"]
    said = (told["License"] or "").strip()
    classes = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if one.startswith("License")]
    known = [_SPOKEN.get(one, one) for one in (said, *reversed(classes)) if _SPOKEN.get(one, one) in ALLOWED]
    return known[0] if known else said.partition("\n")[0][:60] or ", ".join(classes) or "unknown"


def allowed(expression: str) -> bool:
    """Tell whether an SPDX expression leaves a choice that is allowed; AND binds before OR, brackets before both."""
    while "(" in expression:
        inner = re.search(r"\(([^()]*)\)", expression)
        if inner is None:
            return False
        expression = expression.replace(inner[0], "MIT" if allowed(inner[1]) else "refused")
    choices = re.split(r"\s+OR\s+", expression.strip())
    return any(all(one in ALLOWED for one in re.split(r"\s+AND\s+", choice)) for choice in choices)


def table(before: str) -> tuple[str, list[str]]:
    """Give the rows of the table, and what is wrong; `before` is the table as it was."""
    kept = {name: told for name, _, told in _ROW.findall(before)}
    rows, wrong = ["| package | version | licence | wanted by |", "|---|---|---|---|"], []
    for name, (versions, askers) in sorted(locked().items()):
        told = licence(name) or kept.get(name)
        if told is None:
            wrong.append(f"{name} is not installed here: write its row by hand")
        elif not allowed(told):
            wrong.append(f"{name} has a licence that is not allowed: {told}")
        rows.append(f"| {name} | {'/'.join(sorted(versions))} | {told} | {', '.join(sorted(askers))} |")
    return "\n".join(rows) + "\n", wrong


def main(arguments: list[str]) -> int:
    """Give 0 when all licences are allowed and the table is up to date."""
    text = DOCUMENT.read_text("utf-8")
    found = _TABLE.search(text)
    if found is None:
        raise SystemExit(f"{DOCUMENT.name} has no place for the table")
    made, wrong = table(found[2])
    if "--check" not in arguments:
        DOCUMENT.write_text(_TABLE.sub(lambda place: place[1] + made + place[3], text), "utf-8")
    elif made != found[2]:
        wrong.append(f"{DOCUMENT.name} is not up to date: run python .ci/licences.py")
    direct = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*direct["dependencies"], *(one for extra in direct["optional-dependencies"].values() for one in extra)]
    names = [re.split(r"[\[<>=;! ]", one)[0] for one in asked]
    wrong += [f"{DOCUMENT.name} does not say what {name} is for" for name in names if f"| `{name}` |" not in text]
    sys.stderr.writelines(f"{one}\n" for one in wrong)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
