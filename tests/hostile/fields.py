"""Hostile texts for the fields of one article, and a body that holds one in its every part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tests.hostile.payloads import FAMILIES, in_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.hostile.payloads import Tokens

    Writing = Callable[[str], str]

SEA: Final = "The tide came in before the keeper had finished his tea, and nobody on the lower quay was surprised. "
FEED: Final = "https://hostile.example"


class Fields:
    """Hostile texts for the fields of one article.

    Args:
        tokens: gives the tokens.
        name: what the article is called; its title begins so, for it to be found.
        families: what its short fields hold.
        writing: how a text is written in the format.
    """

    def __init__(self, tokens: Tokens, name: str, families: Iterable[str], writing: Writing = in_xml) -> None:
        self.name = name
        self._tokens, self._families, self._writing = tokens, tuple(families), writing

    @property
    def title(self) -> str:
        """Its title."""
        return f"{self.name} {self('title')}"

    def __call__(self, field: str) -> str:
        """Give a text for a field, with some families in it."""
        return self._writing(self.bare(field))

    def bare(self, field: str, families: Iterable[str] | None = None) -> str:
        """Give a text for a field as it is before it is written."""
        place = f"{self.name}, {field}"
        return " ".join(self._tokens.hidden(family, place) for family in families or self._families)

    def all(self, field: str) -> str:
        """Give a text with all families in it, for a field that is long enough."""
        return self._writing(self.bare(field, FAMILIES))

    def quoted(self, field: str) -> str:
        """Give a text as addresses have it."""
        return quote(self.bare(field).encode("utf-8", "replace"), safe="")

    def html(self) -> str:
        """Give a body in HTML with all families in it, and the article's own in its every part."""
        address = f"{FEED}/{self.quoted('address that is shown')}"
        return (
            f"<h2>{self('heading')}</h2><p><a href='{address}'>{address}</a> "
            f"<a href='mailto:a@{self.quoted('host of a letter')}.example'>a letter</a></p>"
            f"<p>{SEA}{self.all('body')}</p>"
            f"<p>{SEA}<em>{self('emphasis')}</em> <a href='{FEED}/{self('link in the body')}'"
            f" title='{self('title of a link')}'>{self('text of a link')}</a>, <code>{self('code')}</code></p>"
            f"<figure><img src='{FEED}/{self('address of a picture')}.png' alt='{self('picture')}'>"
            f"<figcaption>{self('caption')}</figcaption></figure>"
            f"<blockquote><p>{self('quote')}</p></blockquote><ol><li>{self('item')}</li></ol>"
            f"<pre><code class='language-{self('language of code')}'>{self('block of code')}</code></pre>"
            f"<table><tr><th>{self('cell of a head')}</th></tr><tr><td>{self('cell')}</td></tr></table>"
            f"<p>{SEA}</p>"
        )

    def markdown(self) -> str:
        """Give a body in Markdown with all families in it, and the article's own in its every part."""
        return (
            f"## {self('heading')}\n\n<{FEED}/{self.quoted('address that is shown')}> "
            f"<mailto:a@{self.quoted('host of a letter')}.example> "
            f"[a letter](mailto:a@{self.quoted('host of another letter')}.example)\n\n"
            f"{SEA}{self.all('body')}\n\n*{self('emphasis')}* "
            f'[{self("text of a link")}]({FEED}/{self("link in the body")} "{self("title of a link")}") '
            f"[again][{self('reference')}] <{FEED}/{self('address')}> `{self('code')}` [^1]\n\n"
            f"![{self('picture')}]({FEED}/{self('address of a picture')}.png)\n\n> {self('quote')}\n\n"
            f"- {self('item')}\n- [ ] {self('task')}\n\n```{self('language of code')}\n{self('block of code')}\n```\n\n"
            f"| {self('cell of a head')} |\n|---|\n| {self('cell')} |\n\n[^1]: {self('footnote')}\n\n"
            f"Term\n: {self('definition')}\n\n<b onclick='x'>{self('tag')}</b>\n"
        )
