"""`reader tag` and `reader tags`: the user's own words for articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli import bulk
from reader.cli.arguments import Parser
from reader.cli.opening import opened
from reader.cli.query import epilog
from reader.cli.terminal import Failure, hint, line, say
from reader.library.labels import counted
from reader.model.tags import tidied

if TYPE_CHECKING:
    from collections.abc import Sequence


def tag(arguments: Sequence[str]) -> int:
    """Give articles tags, or take them away."""
    parser = Parser(
        "tag",
        "Give articles tags, or take tags away. All of one command is one step of undo.",
        f"Several tags are parted by commas. What is only digits is taken for ids.\n\n{epilog()}",
    )
    parser.add_argument("how", choices=("add", "remove"), metavar="add|remove", help="what to do with the tags")
    parser.add_argument("tags", metavar="TAG[,TAG...]", help="the tags")
    parser.add_argument("what", nargs="+", metavar="QUERY|ID", help="which articles: a query, or ids")
    parser.add_argument("--dry-run", action="store_true", help="change nothing, and print the articles")
    options = parser.parse_query(arguments)
    tags = tidied(options.tags.split(","))
    if not tags:
        raise Failure("tag", "there is no tag to be seen in that; tags are parted by commas", 2)
    bulk.check(options.what)
    with opened("tag", write=not options.dry_run) as library:
        keys, status = bulk.meant(library, options.what)
        if options.dry_run:
            from reader.cli.reading import batches, pace_of, print_rows

            print_rows(batches(library, keys), pace_of(library))
            hint(f"{counted(len(keys))}; nothing was changed.")
            return status
        new, gone = (tags, ()) if options.how == "add" else ((), tags)
        bulk.change(
            library,
            keys,
            lambda rows: library.notebook.set_tags(rows, new, gone),
            lambda many: many.set_tags(new, gone),
        )
        said = "tagged" if new else "no longer tagged"
        say(f"{said} {line(', '.join(tags))}: {counted(len(keys))}")
    return status


def tags(arguments: Sequence[str]) -> int:
    """Print the tags there are, and how many articles have each."""
    parser = Parser("tags", "Print the tags, by name: each with how many articles have it, and how many are unread.")
    parser.add_argument("--json", action="store_true", help="print one array of objects")
    options = parser.parse_args(arguments)
    with opened("tags") as library:
        counts = library.notebook.tags()
        names = sorted(counts, key=str.casefold)
        unread = library.shelf.counts({name: f'tag:"{_escaped(name)}"' for name in names}).views
    if options.json:
        from reader.cli.records import print_array

        print_array({"tag": one, "articles": counts[one], "unread": unread.get(one, (0, 0))[0]} for one in names)
        return 0
    for name in names:
        say(f"{line(name)}\t{counts[name]}\t{unread.get(name, (0, 0))[0]}")
    if not names:
        hint("There are no tags yet: t in the app gives one, and `reader tag add`.")
    return 0


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
