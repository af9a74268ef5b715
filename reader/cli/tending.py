"""`reader sources show|rename|set|pause|resume|remove`: one source looked after."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.cli.arguments import Parser
from reader.cli.opening import opened
from reader.cli.sourcing import find_source, is_asked, record
from reader.cli.terminal import MANNER, Failure, hint, line, report, say
from reader.model.source import REMOVED

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from reader.library import Library
    from reader.model.source import Care, Source

_SOURCE: Final = "an id, the beginning of a title, or an address"


def parsers() -> Iterator[Parser]:
    """Give the parsers of what can be done with one source."""
    yield from (_show_parser(), _rename_parser(), _set_parser(), _pause_parser(), _resume_parser(), _remove_parser())


def _show_parser() -> Parser:
    return _parser("show", "Print all that is known of one source, an error in full.")


def show(arguments: Sequence[str]) -> int:
    """Print all that is known of one source."""
    options = _show_parser().parse_args(arguments)
    with opened("sources show") as library:
        known = library.subscriptions.sources()
        source = find_source([standing.source for standing in known], options.source)
        standing = next(standing for standing in known if standing.source.id == source.id)
    told = record(standing) | {
        "keep": list(source.care.keep),
        "drop": list(source.care.drop),
        "headers": [name for name, _ in source.care.headers],
        "login": source.care.login or None,
    }
    if options.json:
        from reader.cli.records import print_array

        print_array([told])
        return 0
    for name, value in told.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)
        say(f"{name.replace('_', ' '):<13} {line(shown)}".rstrip())
    return 0


def _tell(library: Library, source: Source, said: str, *, json: bool) -> None:
    """Say what was done with a source; for programs, print it as it is now."""
    if not json:
        report(line(said))
        return
    from reader.cli.records import print_array

    print_array(record(one) for one in library.subscriptions.sources() if one.source.id == source.id)


def _rename_parser() -> Parser:
    parser = _parser("rename", "Give a source another title; without TITLE it is called again as it calls itself.")
    parser.add_argument("title", nargs="*", metavar="TITLE", help="the title")
    return parser


def rename(arguments: Sequence[str]) -> int:
    """Give a source another title."""
    options = _rename_parser().parse_args(arguments)
    with _chosen("rename", options) as (library, source):
        from reader.ingest import sanitize

        title = sanitize.line(" ".join(options.title), sanitize.TITLE)
        renamed = library.subscriptions.rename(source.id, title)
        _tell(library, source, f"{source.title} is now called {renamed.title}", json=options.json)
    return 0


def _pause_parser() -> Parser:
    return _parser("pause", "Ask a source no more until it is resumed.")


def pause(arguments: Sequence[str]) -> int:
    """Ask a source no more."""
    return _paused("pause", _pause_parser().parse_args(arguments), paused=True)


def _resume_parser() -> Parser:
    return _parser("resume", "Ask a source again that was paused.")


def resume(arguments: Sequence[str]) -> int:
    """Ask a source again."""
    return _paused("resume", _resume_parser().parse_args(arguments), paused=False)


def _paused(verb: str, options: Namespace, *, paused: bool) -> int:
    with _chosen(verb, options) as (library, source):
        if not is_asked(replace(source, care=replace(source.care, paused=False))):
            raise Failure(options.source, f"is a {source.kind}, which came once: it is never asked")
        library.subscriptions.pause(source.id, paused)
        _tell(library, source, f"{source.title} is {'paused' if paused else 'asked again'}", json=options.json)
    return 0


def _remove_parser() -> Parser:
    parser = _parser("remove", "Remove a source with its articles. Articles that you marked are kept.")
    parser.add_argument("--yes", action="store_true", help="do not ask whether it is meant")
    return parser


def remove(arguments: Sequence[str]) -> int:
    """Remove a source and its articles; those that have marks are kept."""
    options = _remove_parser().parse_args(arguments)
    with _chosen("remove", options, removed=True) as (library, source):
        if not (options.yes or _meant(source)):
            hint("Nothing was removed.")
            return 0
        removed = library.subscriptions.remove(source.id)
        if options.json:
            from reader.cli.records import print_array

            print_array([{"id": source.id, "title": source.title, "deleted": removed.deleted, "kept": removed.kept}])
        else:
            report(line(str(removed)))
        _forget_password(source)
    return 0


def _meant(source: Source) -> bool:
    if not sys.stdin.isatty() or MANNER.no_input:
        raise Failure(source.title, "is not removed unasked: say --yes", 2)
    sys.stderr.write(f"Remove {line(source.title)} and its articles, but for those you marked? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _set_parser() -> Parser:
    parser = _parser(
        "set", "Set how a source is looked after. An option with an empty value takes back what was set before."
    )
    parser.add_argument("--full-text", choices=("auto", "always", "never"), help="when the whole article is fetched")
    parser.add_argument("--folder", metavar="FOLDER-NAME", help="the group that it belongs to")
    parser.add_argument("--keep", action="append", metavar="SELECTOR", help="CSS: the part of a page that is the text")
    parser.add_argument("--drop", action="append", metavar="SELECTOR", help="CSS: a part that is not; may be repeated")
    parser.add_argument("--header", action="append", metavar="NAME:VALUE", help="sent with each request")
    parser.add_argument("--login", metavar="NAME", help="your name there; the password goes into the keyring")
    return parser


def settings(arguments: Sequence[str]) -> int:
    """Set how a source is looked after."""
    options = _set_parser().parse_args(arguments)
    with _chosen("set", options) as (library, source):
        care = _checked(source, options)
        if options.login:
            _keep_password(source, options.login)
        if source.care.login and care.login != source.care.login:
            _forget_password(source)
        library.subscriptions.set_care(source.id, care)
        said = "set" if care != source.care or options.login else "nothing changed"
        _tell(library, source, f"{source.title}: {said}", json=options.json)
    return 0


def _checked(source: Source, options: Namespace) -> Care:
    from reader.library.caring import CareError

    try:
        return _care(source, options)
    except CareError as error:
        raise Failure(error.given, error.why.replace("give a login", "use --login"), 2) from None


def _care(source: Source, options: Namespace) -> Care:
    from reader.library import caring

    care = source.care
    if options.full_text is not None:
        care = replace(care, full_text=options.full_text)
    if options.folder is not None:
        from reader.ingest import sanitize

        care = replace(care, folder=sanitize.line(options.folder, sanitize.TITLE))
    if options.keep is not None:
        care = replace(care, keep=caring.selectors(options.keep))
    if options.drop is not None:
        care = replace(care, drop=caring.selectors(options.drop))
    if options.header is not None:
        care = replace(care, headers=tuple(caring.header(one) for one in options.header if one))
    return care if options.login is None else replace(care, login=options.login)


def _keep_password(source: Source, login: str) -> None:
    from reader.library import secrets

    if sys.stdin.isatty():
        if MANNER.no_input:
            raise Failure("password", "--no-input asks for none: give it on standard input", 2)
        from getpass import getpass

        secret = getpass(f"Password of {line(login)} for {line(source.title)}: ")
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise Failure("password", "there is none: nothing was set")
    try:
        secrets.keep(source.id, login, secret)
    except secrets.SecretError as error:
        raise Failure("password", str(error)) from error


def _forget_password(source: Source) -> None:
    from reader.library import caring

    if stays := caring.forget_password(source):
        hint(stays)


def _parser(verb: str, description: str) -> Parser:
    parser = Parser(f"sources {verb}", description)
    parser.add_argument("source", metavar="SOURCE", help=_SOURCE)
    parser.add_argument("--json", action="store_true", help="print an array of one object: the source as it is then")
    return parser


@contextmanager
def _chosen(verb: str, options: Namespace, *, removed: bool = False) -> Iterator[tuple[Library, Source]]:
    """Open the library to change one source; one of which only marked articles are left only if that is meant."""
    with opened(f"sources {verb}", write=True) as library:
        known = library.marks.sources()
        here = [source for source in known if source.kind != REMOVED]
        try:
            source = find_source(here, options.source)
        except Failure:
            if not removed:
                raise
            source = find_source(known, options.source)
        yield library, source
