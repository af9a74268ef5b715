"""Build the wheel and the source archive, look into both, and try the wheel as people install it.

`--quick` builds the wheel and looks into it, as `.ci/run` does. Without, everything is put into `dist`, and the wheel
is installed by pip into an environment of its own with each Python that is on this computer, run by `uvx --from`, and
installed by pipx where that is there. Nothing that is tried touches the home of who tries it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
NAME = "terminal_reader"


def version() -> str:
    """Give the version that the program tells."""
    told = re.search(r'^__version__ = "(.+)"$', (ROOT / "reader" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    if told is None:
        raise SystemExit("reader/__init__.py tells no version")
    return told[1]


def build(folder: Path, *kinds: str) -> None:
    """Build into a folder."""
    subprocess.run(["uv", "build", "--quiet", *kinds, "--out-dir", str(folder), str(ROOT)], check=True)  # noqa: S603, S607


def wanted() -> set[str]:
    """Give the files of the package as they are here, which the wheel must hold: all that git knows, and the styles."""
    known = subprocess.run(["git", "ls-files", "reader"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    files = known.stdout.split("\n") if known.returncode == 0 else _found()
    return {"reader/styles.tcss", *(one for one in files if one)}


def shared() -> list[str]:
    """Give what is put beside the package, such as manual pages: where it goes below the prefix."""
    described = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    return list(described.get("shared-data", {}).values())


def _found() -> list[str]:
    files = (path for path in (ROOT / "reader").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [path.relative_to(ROOT).as_posix() for path in files]


def look_into_wheel(wheel: Path) -> list[str]:
    """Tell what is wrong with the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
        metadata = Parser().parsestr(archive.read(f"{NAME}-{version()}.dist-info/METADATA").decode())
    wrong = [f"the wheel lacks {one}" for one in sorted(wanted() - inside)]
    data = f"{NAME}-{version()}.data/data/"
    wrong += [f"the wheel lacks {one}" for one in shared() if not any(name.startswith(data + one) for name in inside)]
    own = {one for one in inside if not one.startswith((f"{NAME}-{version()}.dist-info/", data))}
    wrong += [f"the wheel has {one}, which is not of the package" for one in sorted(own - wanted())]
    for file in ("licenses/LICENSE", "entry_points.txt"):
        if f"{NAME}-{version()}.dist-info/{file}" not in inside:
            wrong.append(f"the wheel has no {file}")
    described = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = {"Version": version(), "License-Expression": described["license"], "Requires-Python": ">=3.11"}
    wrong += [f"the wheel's {name} is {metadata[name]}" for name, one in told.items() if metadata[name] != one]
    classifiers = metadata.get_all("Classifier", [])
    return wrong + [
        f"no classifier names {one}" for one in PYTHONS if f"Programming Language :: Python :: {one}" not in classifiers
    ]


def look_into_archive(archive: Path) -> list[str]:
    """Tell what is wrong with the source archive."""
    top = f"{NAME}-{version()}"
    with tarfile.open(archive) as opened:
        inside = {name.removeprefix(f"{top}/") for name in opened.getnames()}
    needed = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "uv.lock", "styles.tcss", "mkdocs.yml"}
    needed |= {"tests/conftest.py", "docs/index.md", "docs/pictures/reader.svg", *(wanted() - {"reader/styles.tcss"})}
    return [f"the source archive lacks {one}" for one in sorted(needed - inside)]


def told_of_version() -> list[str]:
    """Tell whether the changelog knows the version: as its newest heading, or not yet."""
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    fits = headings and (headings[0] == "Unreleased" or headings[0].split()[0] == version())
    return [] if fits else [f"the newest heading of CHANGELOG.md is neither Unreleased nor {version()}"]


def clean(home: Path) -> dict[str, str]:
    """Give an environment in which nothing of the user's is."""
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("VIRTUAL_ENV", "PYTHON", "READER_"))
    }
    return kept | {
        "READER_HOME": str(home / "reader"),
        "HOME": str(home),
        "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR") or str(Path.home() / ".cache" / "uv"),
        "UV_TOOL_DIR": str(home / "tools"),
        "PIPX_HOME": str(home / "pipx"),
        "PIPX_BIN_DIR": str(home / "bin"),
    }


def tried(how: str, command: list[str], home: Path, *, says: str = "") -> list[str]:
    """Run something; tell what went wrong."""
    done = subprocess.run(command, cwd=home, env=clean(home), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode == 0 and says in done.stdout:
        return []
    last = (done.stderr or done.stdout).strip().rpartition("\n")[2]
    return [f"{how}: {' '.join(Path(one).name for one in command)} gave {done.returncode}: {last}"]


def try_reader(how: str, reader: list[str], home: Path) -> list[str]:
    """Run some verbs of an installed reader, and read a text with it."""
    (home / "text.md").write_text("# Words\n\nSome words that were put into a file.\n", "utf-8")
    for verb, says in (
        (["--version"], f"reader {version()}\n"),
        (["list"], ""),
        (["add", "text.md"], "1 new"),
        (["list"], "Words"),
        (["keys"], "Enter"),
        (["doctor"], "ok"),
    ):
        wrong = tried(how, [*reader, *verb], home, says=says)
        if wrong:
            return wrong
    return []


def find(asked: str) -> str:
    """Give a Python of this version, that uv finds or that pyenv keeps; empty where there is none."""
    command = ["uv", "python", "find", "--no-project", "--no-python-downloads", "--system", asked]
    found = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)  # noqa: S603
    if found.returncode == 0:
        return found.stdout.strip()
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    return next((str(one) for one in sorted(kept.glob(f"{asked}.*/bin/python{asked}"))), "")


def try_python(wheel: Path, asked: str) -> tuple[str, list[str]]:
    """Install the wheel by pip, in an environment of its own of this Python, and run it; give how it went."""
    python = find(asked)
    if not python:
        return f"Python {asked}: not here, not tried", []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        how, place = f"Python {asked}", home / "environment"
        wrong = tried(how, [python, "-m", "venv", str(place)], home)
        wrong = wrong or tried(how, [str(place / "bin" / "pip"), "install", "--quiet", str(wheel)], home)
        wrong = wrong or tried(how, [str(place / "bin" / "pip"), "check"], home)
        wrong = wrong or try_reader(how, [str(place / "bin" / "reader")], home)
        exact = subprocess.run([python, "-V"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    return f"{exact}: {'tried with pip' if not wrong else 'failed'}", wrong


def try_tools(wheel: Path) -> list[tuple[str, list[str]]]:
    """Run the wheel by uvx, and by pipx where that is there."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        wrong = try_reader("uvx", ["uvx", "--quiet", "--from", str(wheel), "reader"], home)
        results.append((f"uvx --from: {'tried' if not wrong else 'failed'}", wrong))
    pipx = [shutil.which("pipx") or "uvx"]
    pipx = pipx if shutil.which("pipx") else ["uvx", "--quiet", "pipx"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        wrong = tried("pipx", [*pipx, "install", str(wheel)], home)
        wrong = wrong or try_reader("pipx", [str(home / "bin" / "reader")], home)
        results.append((f"pipx install: {'tried' if not wrong else 'failed'}", wrong))
    return results


def main(arguments: list[str]) -> int:
    """Give 0 when everything is as it should be."""
    if "--quick" in arguments:
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder), "--wheel")
            (wheel,) = Path(folder).glob("*.whl")
            wrong = look_into_wheel(wheel) + told_of_version()
    else:
        shutil.rmtree(DIST, ignore_errors=True)
        build(DIST)
        (wheel,), (archive,) = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
        wrong = look_into_wheel(wheel) + look_into_archive(archive) + told_of_version()
        for how, found in (*(try_python(wheel, one) for one in PYTHONS), *try_tools(wheel)):
            sys.stdout.write(f"{how}\n")
            wrong += found
    sys.stderr.writelines(f"{one}\n" for one in wrong)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
