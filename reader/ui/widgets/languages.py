"""What the parts of code look like, language by language, for the colours of code in an article.

Each pattern takes all that it looks at, whatever comes, so that the time it needs grows with the length of the code
alone. (Pygments' patterns are better and many more, but some need minutes where the code is made for it, and its
languages take from twenty to eighty milliseconds to come into memory, while a key waits.)
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from reader.values import dataclass

_DOUBLE: Final = r'"(?:[^"\\\n]|\\[^\n])*+"?'
_SINGLE: Final = r"(?<!\w)'(?:[^'\\\n]|\\[^\n])*+'?"
_TICKS: Final = r"`(?:[^`\\]|\\[\s\S])*+`?"
_LETTER: Final = r"'(?:[^'\\\n]|\\[^'\n]{1,8}|\\')'"
_TRIPLE: Final = r"""(?:\b[rbfuRBFU]{1,2})?(?P<fence>\"{3}|'{3})[\s\S]*?(?:(?P=fence)|\Z)"""
_PREFIXED: Final = rf"(?:\b[rbfuRBFU]{{1,2}})?(?:{_DOUBLE})|\b[rbfuRBFU]{{1,2}}'(?:[^'\\\n]|\\[^\n])*+'?"
_HASH: Final = r"(?<![\w$&])#[^\n]*"
_SLASHES: Final = r"//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)"
_DASHES: Final = r"--[^\n]*"
_NUMBER: Final = r"\b\d[\w.]*"
_WORD: Final = r"[^\W\d]\w*"

_C: Final = (
    "auto bool break case char const continue default do double else enum extern false float for goto if inline int "
    "long register return short signed sizeof static struct switch true typedef union unsigned void volatile while NULL"
)
_OBJECTS: Final = "abstract catch class finally import interface new null private protected public super this throw try"
_JS: Final = (
    "async await break case catch class const continue debugger default delete do else export extends false finally "
    "for from function if implements import in instanceof interface let new null of private protected public readonly "
    "return static super switch this throw true try type typeof undefined var void while yield enum"
)


@dataclass(frozen=True, slots=True)
class Language:
    """What marks off the parts of a language's code: patterns, and its keywords."""

    comment: str
    string: str
    keywords: frozenset[str]
    folded: bool = False

    def pattern(self) -> re.Pattern[str]:
        """Give the pattern whose named groups are the parts."""
        parts = {"comment": self.comment, "string": self.string, "number": _NUMBER, "word": _WORD}
        return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts.items() if pattern))


def _language(comment: str, string: str, *keywords: str, folded: bool = False) -> Language:
    return Language(comment, string, frozenset(" ".join(keywords).split()), folded)


_QUOTES: Final = f"{_DOUBLE}|{_SINGLE}"
_LANGUAGES: Final = {
    "python": _language(
        _HASH,
        f"{_TRIPLE}|{_PREFIXED}|{_SINGLE}",
        "False None True and as assert async await break case class continue def del elif else except finally for from "
        "global if import in is lambda match nonlocal not or pass raise return try while with yield self",
    ),
    "javascript": _language(_SLASHES, f"{_QUOTES}|{_TICKS}", _JS),
    "c": _language(f"{_SLASHES}|#[^\\n]*", f"{_DOUBLE}|{_LETTER}", _C),
    "cpp": _language(
        f"{_SLASHES}|#[^\\n]*",
        f"{_DOUBLE}|{_LETTER}",
        _C,
        _OBJECTS,
        "constexpr delete explicit friend namespace noexcept nullptr operator override template typename using virtual",
    ),
    "java": _language(
        _SLASHES,
        f"{_DOUBLE}|{_LETTER}",
        _C,
        _OBJECTS,
        "as async await boolean byte data extends final fun get implements in instanceof internal is lateinit let "
        "namespace object open out override package record sealed set string suspend synchronized throws using val var "
        "when where yield",
    ),
    "go": _language(
        _SLASHES,
        f"{_DOUBLE}|{_TICKS}|{_LETTER}",
        "any bool break byte case chan const continue default defer else error fallthrough false float64 for func go "
        "goto if import int int64 interface iota len make map new nil package range return rune select string struct "
        "switch true type uint var",
    ),
    "rust": _language(
        _SLASHES,
        f"{_DOUBLE}|{_LETTER}",
        "as async await bool break char const continue crate dyn else enum extern f64 false fn for i32 i64 if impl in "
        "let loop match mod move mut pub ref return self Self static str struct super trait true type u8 u32 u64 "
        "unsafe use usize where while",
    ),
    "swift": _language(
        _SLASHES,
        _DOUBLE,
        _OBJECTS,
        "as async await break case continue defer do else enum extension false for func guard if in init inout is let "
        "nil override protocol return self static struct switch throws true typealias var where while",
    ),
    "php": _language(
        f"{_SLASHES}|{_HASH}",
        _QUOTES,
        _JS,
        "array as echo elseif endforeach endif fn foreach global include isset match namespace print require use",
    ),
    "ruby": _language(
        _HASH,
        _QUOTES,
        "alias and begin break case class def do else elsif end ensure false for if in module next nil not or private "
        "raise redo require rescue retry return self super then true undef unless until when while yield",
    ),
    "shell": _language(
        _HASH,
        _QUOTES,
        "case do done elif else esac exit export fi for function if in local return set shift source then unset until "
        "while FROM RUN COPY ADD CMD ENTRYPOINT ENV WORKDIR ARG",
    ),
    "sql": _language(
        f"{_DASHES}|/\\*[\\s\\S]*?(?:\\*/|\\Z)",
        _QUOTES,
        "add all alter and as asc begin between by case commit create delete desc distinct drop else end exists false "
        "foreign from full group having if in index inner insert integer into is join key left like limit not null on "
        "or order outer primary references right rollback select set table text then true union unique update using "
        "values view when where with",
        folded=True,
    ),
    "lua": _language(
        r"--\[\[[\s\S]*?(?:\]\]|\Z)|--[^\n]*",
        _QUOTES,
        "and break do else elseif end false for function goto if in local nil not or repeat return then true until "
        "while",
    ),
    "haskell": _language(
        rf"{_DASHES}|\{{-[\s\S]*?(?:-\}}|\Z)",
        _DOUBLE,
        "case class data deriving do else if import in infix instance let module newtype of then type where",
    ),
    "json": _language(_SLASHES, _DOUBLE, "true false null"),
    "yaml": _language(_HASH, _QUOTES, "true false null yes no on off"),
    "css": _language(r"/\*[\s\S]*?(?:\*/|\Z)", _QUOTES, "important import media supports from to auto none inherit"),
    "html": _language(r"<!--[\s\S]*?(?:-->|\Z)", _QUOTES, ""),
    "diff": _language(r"(?m:^(?:@@|index |diff )[^\n]*)", r"(?m:^\+[^\n]*)", ""),
}
_NAMES: Final = {
    "python": "py python3 pycon ipython gdscript starlark",
    "javascript": "js jsx mjs ts tsx typescript node",
    "c": "h objc objective-c arduino glsl",
    "cpp": "c++ cc cxx hpp cuda",
    "java": "cs csharp c# kotlin kt kts scala groovy dart gradle",
    "go": "golang",
    "rust": "rs zig",
    "php": "php5",
    "ruby": "rb crystal elixir ex exs",
    "shell": "sh bash zsh fish console shell-session docker dockerfile make makefile cmake perl pl r awk nix",
    "sql": "mysql postgres postgresql sqlite plsql",
    "haskell": "hs elm purescript",
    "json": "json5 jsonc jsonl",
    "yaml": "yml toml ini cfg conf properties dotenv",
    "css": "scss less sass",
    "html": "xml svg xhtml htm vue svelte",
    "diff": "patch",
}
_KNOWN: Final = {name: language for language, names in _NAMES.items() for name in (language, *names.split())}


def language_of(name: str) -> str:
    """Give the name under which a language is known here, empty for none."""
    folded = name.casefold()
    return folded if folded in _LANGUAGES else _KNOWN.get(folded, "")


@cache
def parts_of(name: str) -> tuple[Language, re.Pattern[str]]:
    """Give a language that is known, and the pattern of its parts."""
    return _LANGUAGES[name], _LANGUAGES[name].pattern()
