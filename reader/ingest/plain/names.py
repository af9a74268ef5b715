"""What looks like a byline: people's names, alone or in company."""

from __future__ import annotations

import re
from typing import Final


def words(text: str) -> frozenset[str]:
    """Give the words of a text as a set."""
    return frozenset(text.split())


_BY: Final = re.compile(r"(?:(?:written|words|text|story)\s+)?by(?::\s*|\s+)(?=\S)", re.IGNORECASE)
_COMPANY: Final = re.compile(r"\s*[,;&/|]\s*(?:and\s+)?|\s+(?:and|und|et|with|og|och|и)\s+", re.IGNORECASE)
_PARTICLES: Final = words(
    "af al ap av bin bint ben da dal das de degli dei del della den der des di do dos du e el ibn la las le los"
    " st ten ter und van vom von y zu zum zur"
)
_AFTER: Final = words("jr sr ii iii iv phd md mp qc kc obe")
# Words that titles and sections are made of, and names hardly ever.
_NEVER: Final = words(
    "a all an and any are as at be but by can could did do does every for from had has have her his how i if in"
    " into is it its me more most my new no not of on or our out over should than that the their them then there"
    " they this to under up us was we were what when where which who whose why will with without would you your"
    " affairs africa america analysis art arts asia book books britain business comment city council culture"
    " east eastern economics economy editorial england europe features fiction film food foreign general health"
    " history home international interview interviews ireland kingdom latest leaders letters life literature"
    " magazine middle money music nations nature news north northern notes opinion podcast poetry politics radio"
    " republic review reviews science scotland society south southern sport sports states style technology"
    " television theatre travel tv union united wales war week west western world"
)
_LONGEST_NAME: Final = 8
_LONGEST_BYLINE: Final = 100
_MOST_WORDS: Final = 14


def author(byline: str) -> str:
    """Give the author a byline names: the line without its leading "By"."""
    return byline[match.end() :] if (match := _BY.match(byline)) else byline


def says_by(text: str) -> bool:
    """Tell whether a line says itself that it is a byline: "By" and a name."""
    return bool(_BY.match(text)) and looks_like_names(author(text))


def cannot_be_byline(text: str) -> bool:
    """Tell whether a line is no byline wherever it stands: a question, an exclamation, or far too long."""
    return (
        text.rstrip("\"'’”»)]").endswith(("?", "!", "…", "？", "！", "؟"))
        or len(text) > _LONGEST_BYLINE
        or len(_COMPANY.sub(" ", text).split()) > _MOST_WORDS
    )


def looks_like_names(text: str) -> bool:
    """Tell whether a line looks like the name of a person, or of several.

    Scripts without capitals never do: there only the place of a line can tell.
    """
    if cannot_be_byline(text):
        return False
    people = _COMPANY.split(author(text))
    if people[-1].rstrip(".").casefold() in _AFTER:
        people.pop()
    return bool(people) and all(map(_is_person, people))


def _is_person(text: str) -> bool:
    """Tell whether a text looks like one person's name."""
    words = text.split()
    if words and words[-1].rstrip(".").casefold() in _AFTER:
        words.pop()
    if not 2 <= len(words) <= _LONGEST_NAME:
        return False
    # The last word is what the person is called by; a particle or an initial cannot be that.
    if words[-1] in _PARTICLES or not all(word in _PARTICLES or _is_name(word) for word in words):
        return False
    return sum(word not in _PARTICLES for word in words) >= 2 and any(len(word.rstrip(".")) > 1 for word in words)


def _is_name(word: str) -> bool:
    """Tell whether a word could be part of a name: a capital, an initial, d'Author, al-Author."""
    if word.casefold() in _NEVER and len(word) > 1:
        return False
    if word.endswith(("'s", "’s", ":", "?", "!")):
        return False
    letters = re.sub("['’.\u2010\u2011-]", "", word)
    if not letters.isalpha():
        return False
    pieces = re.split("['’\u2010\u2011-]", word)
    return word[0].isupper() or (len(pieces) > 1 and len(pieces[0]) <= 3 and pieces[1][:1].isupper())
