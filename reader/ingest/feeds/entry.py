"""One entry of a feed in XML, from feedparser's names and values to ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from reader.ingest import prose, sanitize
from reader.ingest.feeds import dates as feed_dates
from reader.ingest.feeds import links as feed_links
from reader.ingest.feeds import media as feed_media
from reader.ingest.feeds import text as feed_text
from reader.model.article import Entry
from reader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
SHORT: Final = 1_000
"""A summary with fewer characters is only a teaser when nothing else came."""

_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)
_MANY: Final = 20


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all entries of a feed: `base` resolves addresses, `authors` and `language` are inherited."""

    base: str
    now: int
    language: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it came: is it HTML, and what are its links relative to."""

    value: str
    markup: bool
    base: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """An entry's texts, ready to be read."""

    excerpt: str
    body: str | None
    markdown: bool
    cut: bool


def entry(raw: Mapping[str, Any], setting: Setting) -> Entry:
    """Make an entry of what feedparser found; it has passed the gate.

    Args:
        raw: feedparser's entry.
        setting: what holds for the whole feed.
    """
    raw = dict(raw)
    full, summary = texts(raw, setting.base)
    link = url(raw, setting.base)
    enclosed = feed_media.enclosures(raw, setting.base, link)
    told = words(full, summary, played=any(one.type.startswith(feed_media.PLAYED) for one in enclosed))
    published, updated = dates(raw, setting.now)
    shown = full or summary
    return sanitize.entry(
        Entry(
            title=title(raw) or feed_text.headline(told.excerpt),
            author=", ".join(authors(_people(raw)) or authors(_source(raw)) or setting.authors),
            excerpt=told.excerpt,
            cut=told.cut,
            body=told.body,
            markdown=told.markdown,
            url=link,
            guid=_string(raw.get("id")),
            published=published,
            updated=updated,
            tags=tags(raw.get("tags")),
            language=_string(raw.get("language")) or (shown.language if shown else None) or setting.language,
            image=feed_media.image(raw, setting.base, shown.value if shown and shown.markup else ""),
            enclosures=enclosed,
            comments=comments(raw, setting.base),
        )
    )


def title(raw: Mapping[str, Any]) -> str:
    """Give the title of an entry or a feed as plain words."""
    value = _string(raw.get("title"))
    return feed_text.inline(value) if _kind(raw.get("title_detail")) in HTML else value


def texts(raw: Mapping[str, Any], base: str) -> tuple[Text | None, Text | None]:
    """Give the full text and the summary of an entry, each None if there is none.

    Feedparser takes a second description for the content, and copies the content where there is no summary.
    """
    contents = [one for one in (_text(one, base) for one in _list(raw.get("content"))) if one is not None]
    full = max(contents, key=lambda one: (one.markup, len(one.value)), default=None)
    value, detail = _string(raw.get("summary")), raw.get("summary_detail")
    if not value:
        return full, None
    # The detail may be another summary's, when an entry has several.
    same = isinstance(detail, dict) and detail.get("value") == value
    if not same or _kind(detail) in HTML:
        value = feed_text.decoded(value)
    markup = _kind(detail) in HTML if same else feed_text.is_markup(value)
    summary = Text(value, markup, _base(detail, base), _string(_get(detail, "language")) or None)
    if full is None or value == full.value:
        return full, None if full else summary
    if len(value) > len(full.value) and (markup or not full.markup):
        return summary, full
    return full, summary


def _text(one: object, base: str) -> Text | None:
    kind, value = _kind(one), _string(_get(one, "value"))
    if not value or (kind and kind not in HTML and not kind.startswith("text/")):
        return None
    value = feed_text.decoded(value) if kind in HTML else value
    return Text(value, kind in HTML, _base(one, base), _string(_get(one, "language")) or None)


def words(full: Text | None, summary: Text | None, *, played: bool = False) -> Words:
    """Make the texts that people read of those that came.

    Args:
        full: the content.
        summary: the teaser.
        played: the entry is something to hear or see, so that a short text is no teaser.
    """
    if full is None:
        return _teaser(summary, played=played)
    body, markdown = _body(full)
    excerpt, _ = feed_text.teaser(_plain(summary) if summary else _opening(full))
    if not body:
        return Words(feed_text.shortened(excerpt), None, markdown=False, cut=not played)
    return Words(feed_text.shortened(excerpt), body, markdown, feed_text.is_cut(body))


def _teaser(summary: Text | None, *, played: bool) -> Words:
    """Make the texts of an entry that came without its content."""
    if summary is None:
        return Words("", None, markdown=False, cut=not played)
    excerpt, cut = feed_text.teaser(_plain(summary))
    body, markdown = "", False
    if len(excerpt) > feed_text.EXCERPT or (summary.markup and feed_text.is_structured(summary.value)):
        body, markdown = _body(summary)
    cut = cut or (len(excerpt) < SHORT and not played)
    return Words(feed_text.shortened(excerpt), body or None, markdown, cut)


def _body(text: Text) -> tuple[str, bool]:
    """Give a text whole, and whether it is Markdown then."""
    if not text.markup:
        return text.value.strip("\n"), False
    if not feed_text.is_markup(text.value):
        return feed_text.plain(text.value), False
    return prose.markdown(feed_text.without_notice(text.value), text.base), True


def _plain(text: Text) -> str:
    return feed_text.plain(text.value) if text.markup else feed_text.paragraphs(text.value)


def _opening(text: Text) -> str:
    return feed_text.opening(text.value) if text.markup else feed_text.paragraphs(text.value[: 2 * feed_text.EXCERPT])


def url(raw: Mapping[str, Any], base: str) -> str | None:
    """Give the address of an entry's page: its link, another form of it, or a guid that is an address."""
    link, guid = _string(raw.get("link")), _string(raw.get("id"))
    # Many a guid that is said to be a link, or does not say it is none, is only a number.
    if not (raw.get("guidislink") and link == guid) or "/" in guid:
        found = feed_links.absolute(link, base)
        if found:
            return found
    others = (feed_links.absolute(one.get("href"), base) for one in feed_links.rel(raw, "alternate"))
    return next((one for one in others if one), None)


def comments(raw: Mapping[str, Any], base: str) -> str | None:
    """Give the address of what others say of an entry."""
    found = feed_links.absolute(raw.get("comments"), base)
    replies = (link for link in feed_links.rel(raw, "replies") if "html" in _string(link.get("type")))
    return found or next((feed_links.absolute(link.get("href"), base) for link in replies), None)


def dates(raw: Mapping[str, Any], now: int) -> tuple[int | None, int | None]:
    """Give when an entry was published and updated; what has one date only was published then."""
    told = {
        name: feed_dates.not_ahead(feed_dates.seconds(raw.get(name)), now)
        for name in ("published", "created", "updated")
    }
    first = told["published"] if told["published"] is not None else told["created"]
    return (first if first is not None else told["updated"]), told["updated"]


def _people(raw: Mapping[str, Any]) -> Sequence[object]:
    """Give the authors; of an only one the text as it came, for feedparser cuts long mail addresses in two."""
    people, text = _list(raw.get("authors")), _string(raw.get("author"))
    if len(people) != 1 or "@" not in text or text == f"{_get(people[0], 'name')} ({_get(people[0], 'email')})":
        return people
    return [{"name": text}]


def authors(people: object) -> tuple[str, ...]:
    """Give the names of those who wrote something, each once; a mail address only for want of a name."""
    names: dict[str, str] = {}
    for one in _list(people)[:_MANY]:
        mail = _string(_get(one, "email"))
        name = " ".join(feed_text.inline(_string(_get(one, "name"))).split())
        bare = _MAIL.sub("", name).strip(" ()<>,;")
        name = bare or name or mail
        if name:
            names.setdefault(name.casefold(), name)
    return tuple(names.values())


def tags(many: object) -> tuple[str, ...]:
    """Give the categories of an entry: their terms, or the labels of those whose terms are addresses."""
    found: dict[str, None] = {}
    for one in _list(many):
        term, label = _string(_get(one, "term")), _string(_get(one, "label"))
        name = label if label and (not term or _ADDRESS.match(term)) else term
        if name:
            found[name] = None
    return tuple(found)


def _source(raw: Mapping[str, Any]) -> object:
    return _get(raw.get("source"), "authors")


def _get(one: object, name: str) -> object:
    # Feedparser's own dictionaries look for older names too, at ten times the price.
    return dict.get(one, name) if isinstance(one, dict) else None


def _base(detail: object, base: str) -> str:
    own = _string(_get(detail, "base"))
    return own if _ADDRESS.match(own) else feed_links.absolute(own, base) or base if own else base


def _kind(detail: object) -> str:
    return _string(_get(detail, "type")).lower()


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
