"""Draw the layers of the program, as the contracts in pyproject.toml have them: `python docs/layers.py`."""

from __future__ import annotations

import ast
import html
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "layers.svg"
WIDTH, HIGH, GAP = 960, 64, 18
LINES = 'fill="#fff" stroke="#7a6a53"'


def layers() -> list[list[str]]:
    """Give the layers of the package from top to bottom, and what stands side by side in each."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (whole,) = (one for one in contracts if one.get("containers") == ["reader"])
    return [[name.strip() for name in layer.split("|")] for layer in whole["layers"]]


def about(name: str) -> str:
    """Give the first words of what a module says of itself."""
    folder = ROOT / "reader" / name
    source = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    said = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    return said.partition("\n")[0]


def cut(text: str, room: int) -> str:
    """Shorten a text at a word."""
    if len(text) <= room:
        return text
    return text[:room].rpartition(" ")[0].rstrip(" ,:;") + " …"


def draw() -> str:
    """Give the picture as SVG."""
    rows = layers()
    high = len(rows) * (HIGH + GAP) + GAP
    told = "; ".join(", ".join(row) for row in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" font-family="sans-serif">',
        f"<title>The layers, from top to bottom: {html.escape(told)}</title>",
        f'<rect width="{WIDTH}" height="{high}" fill="#fbfaf7"/>',
    ]
    for number, row in enumerate(rows):
        top = GAP + number * (HIGH + GAP)
        wide = (WIDTH - GAP * (len(row) + 1)) / len(row)
        for place, name in enumerate(row):
            left = GAP + place * (wide + GAP)
            middle = left + wide / 2
            said = html.escape(cut(about(name), int(wide / 6.4)))
            parts += [
                f'<rect x="{left:.0f}" y="{top}" width="{wide:.0f}" height="{HIGH}" rx="6" {LINES}/>',
                f'<text x="{middle:.0f}" y="{top + 27}" text-anchor="middle" font-size="18" fill="#222">{name}</text>',
                f'<text x="{middle:.0f}" y="{top + 48}" text-anchor="middle" font-size="12" fill="#555">{said}</text>',
            ]
        if number + 1 < len(rows):
            x, y = WIDTH // 2, top + HIGH
            parts.append(f'<path d="M{x} {y + 2}v{GAP - 8}m-4 -4l4 4l4 -4" fill="none" stroke="#7a6a53"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> int:
    """Write the picture."""
    PICTURE.write_text(draw(), "utf-8", newline="\n")
    print(PICTURE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
