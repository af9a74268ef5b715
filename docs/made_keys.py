"""Makes `docs/keys.md` out of the table of commands: `python docs/made_keys.py` writes it."""

from __future__ import annotations

from pathlib import Path

from reader.commands.listed import markdown, presets

PAGE = Path(__file__).with_name("keys.md")

_INTRODUCTION = """\
# Keys

Every key can be another one. `?` in the app shows the keys that hold there and finds them by any word; `reader keys`
prints them, `reader keys --markdown` and `--json` in a form for others, and `--preset NAME` those of a preset as it
comes.

Three presets are there:

- `default`: as in vim, less and newsboat where they agree.
- `newsboat`: for who comes from there. `^b` bookmarks, `^e` tags, `E` shows the sources, `g` and `G` sort, `l` shows
  the unread, `^f` ends a search or a filter, `J` and `K` go through the list. What is `gg` otherwise is `Home`, and
  what begins with `g` begins with a comma. `j` and `k` stay what they are here, also in the list.
- `arrows`: for who knows neither. The arrows, `Enter`, `Backspace`, `Esc`, `PgUp`, `PgDn`, `Home`, `End`, `Tab` and the
  keys `F1` to `F12` do all that is done every day, and `F2` finds the rest by its name. The letters work too.

## Your own keys

They are written in `config.toml` (`reader --help` tells where it is):

```toml
[keys]
preset = "newsboat"
"undo" = ["U", "g u"]
"article.toggle_bookmark" = "^b"
"page.half_down" = ["ctrl+d", "alt+PgDn"]
"story.part" = "z p"
"reading.aloud" = ""
```

On the left is the id of a command, as in the tables below; on the right a key, or a list of them, in place of those it
had. An empty text or list leaves it without a key: the palette still finds it by its name.

A key is written as people write it: `j`, `G`, `?`, `Space`, `Enter`, `Esc`, `Tab`, `Backspace`, `Del`, `Ins`, `Home`,
`End`, `PgUp`, `PgDn`, `Up` or `↑`, `F5`; with others held, `^f`, `ctrl+f` or `C-f`, `alt+x`, `Shift+Tab`. The keys of a
sequence, up to four, are parted by spaces: `g u`, `, n`, `Esc q`. Two letters or signs need no space: `gu`. Terminals
cannot tell `ctrl+i` from `Tab`, `ctrl+m` from `Enter`, `ctrl+h` from `Backspace` and `ctrl+[` from `Esc`.

- The key that you give holds, and the command that had it in the same place loses it. You are told at the start, by
  both ids; to be told no more, write down the keys that the other one is to have. Of two of your own the first holds.
- A key that does something cannot also begin a sequence: it is the same then.
- A command of the list and one of the article may have the same key.
- The screens over the articles follow: what moves in the list moves in the sources, the notebook and the history,
  unless a command there needs the key.
- `F1` always is help, `^p` the palette, and `^q` leaves the app. They cannot be given to others.
- An id or a key that does not exist is told with the nearest one that does, and left out.

In dialogues, where text is selected, and in lines that are typed into, the keys stay what is written there.

"""


def keys_page() -> str:
    """Give the page."""
    return f"{_INTRODUCTION}\n{markdown(presets())}"


if __name__ == "__main__":
    PAGE.write_text(keys_page(), "utf-8")
