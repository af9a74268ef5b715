"""The links of an article in linear mode: told with their hosts, opened after asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.linear_talk import counted, number
from reader.ingest import sanitize
from reader.ingest.net.addresses import shown
from reader.library.wholes import host_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.cli.linear_talk import Talk
    from reader.model.document import Block


class Links:
    """The links of a body, numbered from its beginning.

    Args:
        blocks: the body.
        own: the address of the article, None for none.
        talk: where they are told.
    """

    def __init__(self, blocks: Sequence[Block], own: str | None, talk: Talk) -> None:
        self._talk, self._own = talk, own
        self._links: list[tuple[str, str]] = []
        self._of: dict[int, list[int]] = {}
        for at, block in enumerate(blocks):
            for span in block.spans:
                if span.kind == "link" and block.kind != "image" and (url := sanitize.link(span.target)):
                    self._links.append((block.text[span.start : span.end], url))
                    self._of.setdefault(at, []).append(len(self._links))

    def count(self, block: int) -> int:
        """Count the links of a block."""
        return len(self._of.get(block, ()))

    def tell(self, blocks: Sequence[int], rest: str) -> None:
        """Tell the links of some blocks, or of all."""
        chosen = [number for block in blocks for number in self._of.get(block, ())]
        if rest == "all":
            chosen = list(range(1, len(self._links) + 1))
        for which in chosen:
            text, url = self._links[which - 1]
            self._talk.say(f"Link {which}: {' '.join(text.split()) or 'without words'}, at {_where(url)}.")
        if chosen:
            self._talk.say("o and its number opens a link.")
        elif self._links:
            self._talk.say(f"No link here. l all tells {counted(len(self._links), 'link')} of the article.")
        else:
            self._talk.say("This article has no links.")

    def open(self, rest: str) -> None:
        """Open a link, or the page of the article; its host is told first."""
        which = number(rest)
        if rest and (which is None or not 1 <= which <= len(self._links)):
            self._talk.say(
                f"Say a number from 1 to {len(self._links):,}." if self._links else "This article has no links."
            )
            return
        url = self._links[which - 1][1] if which is not None else sanitize.link(self._own or "")
        if not url:
            self._talk.say("This article came without a link.")
            return
        answer = self._talk.ask(f"Open {shown(url)} at {_where(url)} in the browser? yes or no")
        if answer.strip().lower() not in {"y", "yes"}:
            self._talk.say("Not opened.")
            return
        import webbrowser

        self._talk.say("Opened." if webbrowser.open(url) else f"There is no browser here. The address is {shown(url)}")


def _where(url: str) -> str:
    return "an e-mail address" if url.lower().startswith("mailto:") else host_of(url) or "no host"
