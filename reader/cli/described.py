"""Verbs told in plain words, as their parsers have them: for the man page and the manual, on any Python alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.query import epilog

if TYPE_CHECKING:
    from argparse import Action

    from reader.cli.arguments import Parser


def usage(parser: Parser) -> str:
    """Give how a verb is called: `reader list [QUERY...] [--view VIEW] [--json | --ids]`."""
    places = [_placed(one) for one in parser.places()]
    options, told = list[str](), set[str]()
    either = parser.either()
    for one in own_options(parser):
        if one.dest in told:
            continue
        group = next((group for group in either if one.dest in group), frozenset({one.dest}))
        some = [other for other in own_options(parser) if other.dest in group]
        told |= {other.dest for other in some}
        said = " | ".join(map(_called, some))
        options.append(said if one.required else f"[{said}]")
    return " ".join((parser.prog, *places, *options))


def own_options(parser: Parser) -> list[Action]:
    """Give the options that not every verb takes."""
    return [one for one in parser.options() if parser.common.isdisjoint(one.option_strings)]


def arguments(parser: Parser) -> list[tuple[str, str]]:
    """Give what a verb takes, each with what it is: what is told by its place first, then its options."""
    found = [(str(one.metavar or one.dest), one) for one in parser.places()]
    found += [(_called(one), one) for one in own_options(parser)]
    return [(name, _help(one)) for name, one in found]


def paragraphs(parser: Parser) -> list[str]:
    """Give what a verb does, a line a paragraph."""
    return [" ".join(part.split()) for part in (parser.description or "").split("\n\n")]


def more(parser: Parser) -> str:
    """Give what else to know of a verb, in lines as they are; the queries are told of elsewhere."""
    return (parser.epilog or "").replace(epilog(), "").strip("\n")


def asks(parser: Parser) -> bool:
    """Tell whether a verb takes a query."""
    return epilog() in (parser.epilog or "")


def _placed(one: Action) -> str:
    name = str(one.metavar or one.dest)
    return {"*": f"[{name}...]", "?": f"[{name}]", "+": f"{name}..."}.get(str(one.nargs), name)


def _called(one: Action) -> str:
    name = one.option_strings[-1]
    if one.nargs == 0:
        return name
    value = str(one.metavar or "|".join(map(str, one.choices or (one.dest.upper(),))))
    return f"{name} {value}{'...' if one.nargs == '+' else ''}"


def _help(one: Action) -> str:
    text = str(one.help or "")
    return f"{text}; may be repeated" if type(one).__name__ == "_AppendAction" and "repeated" not in text else text
