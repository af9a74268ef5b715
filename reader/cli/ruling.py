"""`reader rules`: what is done by itself with what comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader import settings
from reader.cli.arguments import Parser
from reader.cli.opening import opened
from reader.cli.query import asked, epilog, joined, understood
from reader.cli.terminal import fail, hint, line, report, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.library import Library
    from reader.library.rules import Effect
    from reader.model.annotation import JSON
    from reader.settings import Places

_SHOWN: Final = 5
_EPILOG: Final = """\
  reader rules test [QUERY]     tell what each rule would do with what is in the library
  reader rules apply [QUERY]    do it, as one step of undo

Rules are written in config.toml, and are applied to what comes in:

  [[rules]]
  name = "ads"                          # optional
  when = "source:gazette title:/^sponsored/"
  do = ["mark read", "tag ads"]         # also: "bookmark", "hide"
  updated = false                       # true: also when an article changes

No rule deletes anything. What one hides is found with is:hidden."""


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    yield from (_parser(), _test_parser(), _apply_parser())


def _parser() -> Parser:
    parser = Parser("rules", "Print the rules: name, query, actions.", _EPILOG)
    parser.add_argument("--json", action="store_true", help="print one array of objects")
    return parser


def rules(arguments: Sequence[str]) -> int:
    """Print the rules, or tell what they would do, or do it."""
    verbs: dict[str, Callable[[Sequence[str]], int]] = {"test": _test, "apply": _apply}
    if arguments and arguments[0] in verbs:
        return verbs[arguments[0]](arguments[1:])
    options = _parser().parse_args(arguments)
    places = settings.places()
    found = settings.load(places.settings)[0].rules
    status = tell_wrong(places)
    if options.json:
        from reader.cli.records import print_array

        print_array(
            {"name": one.name or None, "when": one.when, "do": [*one.do], "updated": one.updated} for one in found
        )
        return status
    for one in found:
        say("\t".join((line(one.name), line(one.when), line(", ".join(one.do)))))
    if not found and not status:
        hint(f"There are no rules: {places.settings} takes them; `reader rules --help` tells how they are written.")
    return status


def tell_wrong(places: Places) -> int:
    """Tell what is wrong with the rules, and give the exit status for it."""
    from reader.library.rulebook import wrong

    return max((fail("", problem) for problem in wrong(places.settings)), default=0)


def _test_parser() -> Parser:
    parser = Parser(
        "rules test", "Tell what each rule would do with the articles that are here, and change nothing.", epilog()
    )
    parser.add_argument("query", nargs="*", metavar="QUERY", help="only with these articles")
    parser.add_argument("--json", action="store_true", help="print one array of objects, one for each rule")
    return parser


def _test(arguments: Sequence[str]) -> int:
    options = _test_parser().parse_query(arguments)
    text = joined(options.query)
    understood(text)
    status = tell_wrong(settings.places())
    with opened("rules") as library:
        _paced(library)
        effects = library.rules.test(text)
        if options.json:
            from reader.cli.records import print_array

            print_array(_record(library, effect) for effect in effects)
            return status
        for effect in effects:
            for told in _told(library, effect):
                say(told)
    return status


def _told(library: Library, effect: Effect) -> Iterator[str]:
    yield line(str(effect))
    keys = effect.keys
    for row in library.shelf.rows(keys[-_SHOWN:])[::-1]:
        yield f"  {row.id}  {line(row.title)}"
    if len(keys) > _SHOWN:
        yield f"  and {len(keys) - _SHOWN:,} more"


def _record(library: Library, effect: Effect) -> dict[str, JSON]:
    from reader.storage import identities

    rule = effect.rule
    return {
        "name": rule.name or None,
        "when": rule.when,
        "articles": len(effect.keys),
        "do": [
            {"action": action, "articles": [*identities.of(library.cache, keys)[1]]} for action, keys in effect.done
        ],
    }


def _apply_parser() -> Parser:
    parser = Parser("rules apply", "Apply the rules to the articles that are here, as one step of undo.", epilog())
    parser.add_argument("query", nargs="*", metavar="QUERY", help="only to these articles")
    parser.add_argument("--json", action="store_true", help="print one array of objects: what each rule did")
    return parser


def _apply(arguments: Sequence[str]) -> int:
    options = _apply_parser().parse_query(arguments)
    text = asked(joined(options.query)) if options.query else ""
    status = tell_wrong(settings.places())
    with opened("rules", write=True) as library:
        _paced(library)
        done = library.rules.apply(text)
        if options.json:
            from reader.cli.records import print_array

            print_array({"did": told} for told in done)
            return status
        for told in done:
            report(line(told))
    if not done:
        hint("There is nothing to do.")
    return status


def _paced(library: Library) -> None:
    library.shelf.pace = settings.load(library.places.settings)[0].words_a_minute
