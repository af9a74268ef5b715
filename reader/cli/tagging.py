"""`reader tag` and `reader tags`: the user's own words for articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli import bulk
from reader.cli.arguments import Parser
from reader.cli.opening import opened
from reader.cli.piped import STDIN, expanded
from reader.cli.query import epilog
from reader.cli.reading import CHANGED, batches, pace_of, print_articles, print_rows
from reader.cli.terminal import Failure, hint, line, report, say
from reader.library.labels import counted
from reader.model.tags import tidied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    yield from (_tag_parser(), _tags_parser())


def _tag_parser() -> Parser:
    parser = Parser(
        "tag",
        "Give articles tags, or take tags away. All of one command is one step of undo.",
        f"Several tags are parted by commas. What is only digits is taken for ids, and - for those\n"
        f"that the lines of standard input begin with.\n\n{epilog()}",
    )
    parser.add_argument("how", choices=("add", "remove"), metavar="add|remove", help="what to do with the tags")
    parser.add_argument("tags", metavar="TAG[,TAG...]", help="the tags")
    parser.add_argument("what", nargs="+", metavar="QUERY|ID", help="which articles: a query, or ids")
    parser.add_argument("--dry-run", action="store_true", help="change nothing, and print the articles")
    parser.add_argument("--json", action="store_true", help=CHANGED)
    return parser


def tag(arguments: Sequence[str]) -> int:
    """Give articles tags, or take them away."""
    options = _tag_parser().parse_query(arguments)
    tags = tidied(options.tags.split(","))
    if not tags:
        raise Failure("tag", "there is no tag to be seen in that; tags are parted by commas", 2)
    what = options.what
    if STDIN in what and bulk.are_ids([word for word in what if word != STDIN]):
        what = expanded("tag", what)
        if not bulk.are_ids(what):
            wrong = next(word for word in what if not bulk.are_ids([word]))
            raise Failure(wrong, "is no id; the lines of standard input must begin with ids")
    bulk.check(what)
    with opened("tag", write=not options.dry_run) as library:
        keys, status = bulk.meant(library, what)
        if options.dry_run:
            if options.json:
                print_articles(library, keys)
            else:
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
        if options.json:
            print_articles(library, keys)
            return status
        said = "tagged" if new else "no longer tagged"
        report(f"{said} {line(', '.join(tags))}: {counted(len(keys))}")
    return status


def _tags_parser() -> Parser:
    parser = Parser("tags", "Print the tags, by name: each with how many articles have it, and how many are unread.")
    parser.add_argument("--json", action="store_true", help="print one array of objects")
    return parser


def tags(arguments: Sequence[str]) -> int:
    """Print the tags there are, and how many articles have each."""
    options = _tags_parser().parse_args(arguments)
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
