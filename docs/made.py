"""Make the pages of the manual that follow from the code: `python docs/made.py [--check]`.

A page is a function that gives its text, under the name of its file. `--check` writes nothing, and fails when a page
is stale.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DOCS = Path(__file__).resolve().parent
PAGES: dict[str, Callable[[], str]] = {}
"""What makes each page, by the name of its file in this folder."""


def page(name: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Make a function the one that gives this page."""

    def kept(make: Callable[[], str]) -> Callable[[], str]:
        PAGES[name] = make
        return make

    return kept


def row(*cells: str) -> str:
    """Give a row of a table; what would end a cell is escaped."""
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |\n"


_SETTINGS = """\
# Settings

What `reader` begins with is said in one file, `config.toml`; `reader config path` tells where it is. It need not be
there: without it, and for every setting it does not name, the defaults below hold. `reader config init` writes one in
which every setting is told and none is set.

```toml
measure = 72
mark_read = "at_end"
```

What is set in the app by keys (`-` and `=`, `i` while reading, the theme) stays as it was left, until the setting for
it is changed.

## Changing them

- In the app, `g,` lists all settings with what each does: `/` finds one, `Enter`, `←` and `→` change it, `d` takes the
  default. The change holds at once and is written to the same file, whose comments and order stay.

![All settings, with what each of them does](pictures/settings.svg)

- `reader config edit` opens the file in `$VISUAL` or `$EDITOR` and checks it afterwards. An app that is open takes a
  change within two seconds.
- `reader config check` says what is wrong, with the line and the name that was probably meant, and ends with 1 then.
  The app starts all the same: what is wrong has its default, and is told. While it is open, what was right stays.
- `reader config show` prints what holds, and whether it comes from the default, the file (with the line), the
  environment or a flag; `--json` prints all that is known of each.

For one start, a setting can be given in the environment, `READER_MEASURE=72 reader`, or as a flag,
`reader --set measure=72`, which every verb takes too. The flag goes before the environment, the environment before the
file. A wrong flag is refused; a wrong variable is told, and the file counts. A variable that begins with `READER_` and
resembles no setting is left alone.

## Your own styles

A file `styles.tcss` beside `config.toml` is laid over the stylesheet of `reader`, in
[Textual's CSS](https://textual.textualize.io/guide/CSS/), and followed while the app is open: save it and look. A
mistake is told with its line, and the last styles that were right stay.

```css
StatusLine { background: $primary; color: $background; }
.pane--heading { text-style: bold underline; }
```

## All settings

SINGLEA table stands behind all single settings, as TOML wants it.

TABLES"""


@page("settings.md")
def settings() -> str:
    """Give the page of all settings."""
    from reader.settings.known import grouped
    from reader.settings.setting import as_toml
    from reader.settings.writing import bounds

    head = row("setting", "default", "can be", "what it does") + "|---|---|---|---|\n"
    parts, tables = [], []
    for group, some in grouped():
        single = [one for one in some if one.kind != "table"]
        rows = [
            row(f"`{one.name}`", f"`{as_toml(one.default)}`", bounds(one), _about(one.sentence, one.live))
            for one in single
        ]
        parts += [f"### {group}\n\n{head}{''.join(rows)}\n"] if rows else []
        tables += [
            f"### `{one.name}`\n\n{_about(one.sentence, one.live)}\n\n```toml\n{one.example}```\n\n"
            for one in some
            if one not in single
        ]
    return _SETTINGS.replace("SINGLE", "".join(parts)).replace("TABLES", "".join(tables)).rstrip() + "\n"


def _about(sentence: str, live: bool) -> str:
    return sentence if live else f"{sentence} A change holds from the next start on."


_COMMANDS: Final = """\
# Command line

`reader` opens the app; `reader URL|FILE|-` shows one thing at once; `reader --linear` reads line by line. With a verb
it does one thing and ends. `reader VERB --help` tells what stands here, `reader man | man -l -` shows all of it, and
`reader completion bash|zsh|fish` prints what completes it with Tab. [Pipes](pipes.md) tells how the verbs work with
other programs, and how to ask for news by a timer.

## With every verb

"""


@page("commands.md")
def commands() -> str:
    """Give the page of all verbs, from their parsers."""
    from reader.cli import described, manual
    from reader.cli.parsers import every
    from reader.cli.query import epilog

    parts = [_COMMANDS, _told("option", manual.GLOBAL)]
    for parser in every():
        level = "##" if " " not in parser.verb else "###"
        told = "\n\n".join(described.paragraphs(parser))
        parts.append(f"\n{level} `{parser.prog}`\n\n```text\n{described.usage(parser)}\n```\n\n{told}\n")
        if rows := described.arguments(parser):
            parts.append(f"\n{_told('argument', rows)}")
        if more := described.more(parser):
            parts.append(f"\n```text\n{more}\n```\n")
        if described.asks(parser):
            parts.append("\nA QUERY is told of [below](#queries).\n")
    parts.append(f"\n## Queries\n\n```text\n{epilog()}\n```\n\n[Finding](finding.md) tells more.\n")
    parts.append(f"\n## Environment\n\n{_told('variable', manual.ENVIRONMENT)}")
    parts.append(f"\n## Exit status\n\n{_told('status', manual.STATUS)}")
    return "".join(parts)


def _told(head: str, rows: Sequence[tuple[str, str]]) -> str:
    return row(head, "what it is") + "|---|---|\n" + "".join(row(f"`{name}`", told) for name, told in rows)


@page("reader.1")
def manual() -> str:
    """Give the man page, which is installed with the program."""
    from reader.cli.manual import page as man

    return man()


@page("keys.md")
def keys() -> str:
    """Give the page of all keys."""
    return str(runpy.run_path(str(Path(__file__).with_name("made_keys.py")))["keys_page"]())


def stale() -> list[str]:
    """Give the names of the pages that do not say what the code does."""
    return [
        name for name, make in PAGES.items() if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != make()
    ]


def main(arguments: list[str]) -> int:
    """Write what is stale, or only tell it."""
    found = stale()
    if "--check" in arguments:
        for name in found:
            print(f"docs/{name} is stale: python docs/made.py", file=sys.stderr)
        return bool(found)
    for name in found:
        (DOCS / name).write_text(PAGES[name](), "utf-8", newline="\n")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
