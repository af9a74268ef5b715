"""`reader config`: where the settings are, what holds and why, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader import settings
from reader.cli.arguments import Parser
from reader.cli.columns import cells, fit
from reader.cli.terminal import MANNER, Failure, hint, line, report, say
from reader.settings.known import TABLE
from reader.settings.setting import as_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reader.model.annotation import JSON
    from reader.settings import Loaded
    from reader.settings.setting import Setting

_EPILOG: Final = """\
  reader config path            print where the file of settings is
  reader config show [NAME...]  print what holds, and where it comes from; --json
  reader config check           say what is wrong, and where; the exit status tells it too
  reader config edit            open the file in your editor, and check it afterwards
  reader config init            write a file with all settings told, unless there is one

A setting can be overridden: READER_MEASURE=72 in the environment, and `--set measure=72` with
the app and every verb, which goes before the environment, as that goes before the file."""
_VERBS: Final = ("path", "show", "check", "edit", "init")
_FILE: Final = "print an array of one object: path, exists"


def parsers() -> Iterator[Parser]:
    """Give the parsers of the verbs that are here."""
    yield from (_parser(), _path_parser(), _show_parser(), _check_parser(), _edit_parser(), _init_parser())


def _parser() -> Parser:
    parser = Parser("config", "The settings: path, show, check, edit, init.", _EPILOG)
    parser.add_argument("verb", choices=_VERBS, metavar="VERB", help=", ".join(_VERBS))
    return parser


def config(arguments: Sequence[str]) -> int:
    """Do one of the things that can be done with the settings."""
    verbs: dict[str, Callable[[Sequence[str]], int]] = {
        "path": _path,
        "show": _show,
        "check": _check,
        "edit": _edit,
        "init": _init,
    }
    if arguments and arguments[0] in verbs:
        return verbs[arguments[0]](arguments[1:])
    _parser().parse_args(arguments)
    return 0


def _path_parser() -> Parser:
    parser = Parser("config path", "Print where the file of settings is, or would be.")
    parser.add_argument("--json", action="store_true", help=_FILE)
    return parser


def _path(arguments: Sequence[str]) -> int:
    options = _path_parser().parse_args(arguments)
    if options.json:
        _print_file()
    else:
        say(line(str(settings.places().settings)))
    return 0


def _print_file() -> None:
    from reader.cli.records import print_array

    path = settings.places().settings
    print_array([{"path": str(path), "exists": path.exists()}])


def _show_parser() -> Parser:
    parser = Parser("config show", "Print settings: name, value, and where that comes from.")
    parser.add_argument("names", nargs="*", metavar="SETTING", help="only these settings")
    parser.add_argument("--json", action="store_true", help="print one array of objects, with all that is known")
    return parser


def _show(arguments: Sequence[str]) -> int:
    options = _show_parser().parse_args(arguments)
    for name in options.names:
        if name not in TABLE:
            from reader.settings.checking import unknown

            raise Failure("config show", unknown(name), 2)
    loaded = settings.read(settings.places().settings)
    chosen = [TABLE[name] for name in options.names or TABLE]
    if options.json:
        from reader.cli.records import print_array

        print_array(_record(setting, loaded) for setting in chosen)
    else:
        values = [f"{one.name} = {_value(one, loaded)}" for one in chosen]
        width = max(map(cells, values))
        for one, value in zip(chosen, values, strict=True):
            say(line(f"{fit(value, width)}  # {_origin(one, loaded)}"))
    return _told(loaded)


def _value(setting: Setting, loaded: Loaded) -> str:
    value = getattr(loaded.settings, setting.name)
    if setting.kind != "table":
        return as_toml(value)
    return f"({len(value)} set)" if isinstance(value, tuple | dict) else "(set)" if value != setting.default else "()"


def _origin(setting: Setting, loaded: Loaded) -> str:
    from reader.settings.locating import line_of

    match loaded.origin(setting.name):
        case "file":
            return f"file, line {line_of(loaded.text, setting.name)}"
        case "environment":
            return f"environment, READER_{setting.name.upper()}"
        case "flag":
            return "flag, --set"
    return "default"


def _record(setting: Setting, loaded: Loaded) -> dict[str, JSON]:
    from reader.settings.locating import line_of

    plain = setting.kind != "table"
    value = getattr(loaded.settings, setting.name) if plain else _value(setting, loaded)
    origin = loaded.origin(setting.name)
    bounded = setting.kind in {"whole", "number"}
    return {
        "name": setting.name,
        "value": value,
        "from": origin,
        "line": (line_of(loaded.text, setting.name) or None) if origin == "file" else None,
        "kind": setting.kind,
        "default": setting.default if plain else None,  # type: ignore[dict-item] # a flag, a number or a text
        "unit": setting.unit or None,
        "least": setting.least if bounded else None,
        "most": setting.most if bounded else None,
        "choices": [*setting.choices] if setting.choices else None,
        "about": setting.sentence,
    }


def _check_parser() -> Parser:
    parser = Parser("config check", "Say what is wrong with the settings, one line each.")
    parser.add_argument("--json", action="store_true", help="print one array of objects: problem")
    return parser


def _check(arguments: Sequence[str]) -> int:
    options = _check_parser().parse_args(arguments)
    if not options.json:
        return _checked()
    from reader.cli.records import print_array

    wrong = _wrong(settings.read(settings.places().settings))
    print_array({"problem": one} for one in wrong)
    return 1 if wrong else 0


def _checked() -> int:
    path = settings.places().settings
    status = _told(settings.read(path))
    if not status:
        there = "" if path.exists() else ", which is not there: the defaults hold"
        hint(f"Nothing is wrong with {path}{there}.")
    return status


def _told(loaded: Loaded) -> int:
    """Tell what is wrong, and give the exit status for it."""
    from reader.cli.terminal import fail

    return max((fail("", one) for one in _wrong(loaded)), default=0)


def _wrong(loaded: Loaded) -> list[str]:
    from reader.library.rulebook import misunderstood

    wrong = [str(problem) for problem in loaded.problems]
    if loaded.settings.rules:
        wrong += misunderstood(settings.places().settings)
    if loaded.settings.keys.bound or loaded.settings.keys.preset != "default" or loaded.settings.commands:
        from reader.library.own import keymap

        _, clashes, own = keymap(loaded.settings)
        wrong += [f"{settings.places().settings}: {one}" for one in (*clashes, *own)]
    return wrong


def _edit_parser() -> Parser:
    return Parser("config edit", "Open the file of settings in your editor, and check it afterwards.")


def _edit(arguments: Sequence[str]) -> int:
    _edit_parser().parse_args(arguments)
    if MANNER.no_input:
        raise Failure("config edit", "--no-input opens no editor", 2)
    from reader.cli.editor import editor, run

    path = settings.places().settings
    command = editor("config edit", f"change {path} by other means")
    if not path.exists():
        _begin()
    status = run("config edit", [*command, str(path)])
    if status:
        raise Failure("config edit", f"{command[0]} ended with status {status}")
    return _checked()


def _init_parser() -> Parser:
    parser = Parser("config init", "Write a file with all settings told and none set, unless there is one.")
    parser.add_argument("--json", action="store_true", help=_FILE)
    return parser


def _init(arguments: Sequence[str]) -> int:
    options = _init_parser().parse_args(arguments)
    _begin()
    if options.json:
        _print_file()
    else:
        report(line(str(settings.places().settings)))
    return 0


def _begin() -> None:
    from reader.library.preferring import PreferenceError, begin

    try:
        begin(settings.places().settings)
    except PreferenceError as error:
        raise Failure("config", str(error)) from error
