"""Platforms whose feeds follow from an address or from the page's markup, with no further request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import parse_qs

from reader.ingest.found import Offer
from reader.ingest.plain import names
from reader.ingest.topics import sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.ingest.topics.sheet import Sheet

    Rule: TypeAlias = Callable[[str, list[str], dict[str, list[str]]], Iterable[str]]

_CHANNEL: Final = re.compile(r"UC[\w-]{22}")
_SUBREDDIT_SORTS: Final = {"new", "top", "rising", "controversial"}
_YOUTUBE: Final = "https://www.youtube.com/feeds/videos.xml?"
_NO_REPOSITORY: Final = names.words(
    "features topics trending explore marketplace settings orgs sponsors about login search"
)


def offers(flat: Sheet) -> list[Offer]:
    """Give the feeds that a page's platform has, told by its address or its markup."""
    return [*by_address(flat.address), *_by_markup(flat)]


def by_address(address: str) -> list[Offer]:
    """Give the feeds that follow from an address alone."""
    split = sheet.taken_apart(address)
    host = (split.hostname or "").removeprefix("www.")
    try:
        query = parse_qs(split.query, max_num_fields=50)
    except ValueError:
        query = {}
    if split.scheme not in {"http", "https"}:
        return []
    path = [part for part in split.path.split("/") if part]
    site = f"{split.scheme}://{split.netloc}"
    for hosts, rule in _RULES:
        if hosts.fullmatch(host):
            return [Offer(url) for url in rule(site, path, query)]
    return [Offer(url) for url in _anywhere(site, path)]


def _youtube(_: str, path: list[str], query: dict[str, list[str]]) -> Iterable[str]:
    if len(path) > 1 and path[0] == "channel" and _CHANNEL.fullmatch(path[1]):
        yield f"{_YOUTUBE}channel_id={path[1]}"
    if "list" in query and re.fullmatch(r"[\w-]{10,64}", query["list"][0]):
        yield f"{_YOUTUBE}playlist_id={query['list'][0]}"
    if len(path) > 1 and path[0] == "user" and re.fullmatch(r"[\w-]{1,64}", path[1]):
        yield f"{_YOUTUBE}user={path[1]}"


def _substack(site: str, _: list[str], __: dict[str, list[str]]) -> Iterable[str]:
    if not re.search(r"//(?:www\.)?substack\.com$", site):
        yield f"{site}/feed"


def _medium(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    if not re.search(r"//(?:www\.)?medium\.com$", site):
        yield f"{site}/feed"
    elif path[:1] == ["tag"] and len(path) > 1:
        yield f"{site}/feed/tag/{path[1]}"
    elif path and path[0] not in {"m", "p", "search", "about"}:
        yield f"{site}/feed/{path[0]}"


def _reddit(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    if len(path) > 1 and path[0] in {"r", "user", "u"}:
        sort = f"/{path[2]}" if len(path) > 2 and path[2] in _SUBREDDIT_SORTS else ""
        thread = "/" + "/".join(path[2:]) if len(path) > 3 and path[2] == "comments" else ""
        yield f"{site}/{path[0]}/{path[1]}{sort}{thread}/.rss"
    elif not path:
        yield f"{site}/.rss"


def _github(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    if len(path) == 1 and path[0] not in _NO_REPOSITORY:
        yield f"{site}/{path[0]}.atom"
    if len(path) > 1 and path[0] not in _NO_REPOSITORY:
        kinds = ["releases", "tags", "commits"] if path[2:3] != ["commits"] else ["commits", "releases", "tags"]
        for kind in kinds:
            branch = f"/{path[3]}" if kind == "commits" and len(path) > 3 and path[2] in {"commits", "tree"} else ""
            yield f"{site}/{path[0]}/{path[1]}/{kind}{branch}.atom"


def _gitlab(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    if len(path) == 1:
        yield f"{site}/{path[0]}.atom"
    if len(path) > 1:
        project = "/".join(path[: path.index("-")] if "-" in path else path)
        yield f"{site}/{project}/-/releases.atom"
        yield f"{site}/{project}/-/tags?format=atom"
        yield f"{site}/{project}.atom"


def _bluesky(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    if len(path) > 1 and path[0] == "profile":
        yield f"{site}/profile/{path[1]}/rss"


def _tumblr(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    if not re.search(r"//(?:www\.)?tumblr\.com$", site):
        yield f"{site}/tagged/{path[1]}/rss" if path[:1] == ["tagged"] and len(path) > 1 else f"{site}/rss"
    elif path and path[0] not in {"tagged", "search", "explore", "dashboard"}:
        yield f"https://{path[0]}.tumblr.com/rss" if re.fullmatch(r"[a-z0-9-]{1,63}", path[0]) else ""


def _blogger(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    if path[:2] == ["search", "label"] and len(path) > 2:
        yield f"{site}/feeds/posts/default/-/{path[2]}"
    yield f"{site}/feeds/posts/default"


def _wordpress(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    if path[:1] in (["category"], ["tag"], ["author"]) and len(path) > 1:
        yield f"{site}/{'/'.join(path)}/feed/"
    yield f"{site}/feed/"


def _hacker_news(_: str, __: list[str], ___: dict[str, list[str]]) -> Iterable[str]:
    yield "https://news.ycombinator.com/rss"


def _arxiv(_: str, path: list[str], __: dict[str, list[str]]) -> Iterable[str]:
    if len(path) > 1 and path[0] == "list":
        yield f"https://rss.arxiv.org/rss/{path[1]}"


def _lobsters(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    yield f"{site}/t/{path[1]}.rss" if path[:1] == ["t"] and len(path) > 1 else f"{site}/rss"


def _stack_exchange(site: str, path: list[str], _: dict[str, list[str]]) -> Iterable[str]:
    yield f"{site}/feeds/tag/{path[2]}" if path[:2] == ["questions", "tagged"] and len(path) > 2 else f"{site}/feeds"


_RULES: Final[tuple[tuple[re.Pattern[str], Rule], ...]] = tuple(
    (re.compile(hosts), rule)
    for hosts, rule in (
        (r"(?:m\.)?youtube\.com", _youtube),
        (r"(?:.+\.)?substack\.com", _substack),
        (r"(?:.+\.)?medium\.com", _medium),
        (r"(?:old\.|new\.)?reddit\.com", _reddit),
        (r"github\.com", _github),
        (r"gitlab\.com", _gitlab),
        (r"bsky\.app", _bluesky),
        (r"(?:.+\.)?tumblr\.com", _tumblr),
        (r".+\.blogspot\.[a-z.]+", _blogger),
        (r".+\.wordpress\.com", _wordpress),
        (r"news\.ycombinator\.com", _hacker_news),
        (r"arxiv\.org", _arxiv),
        (r"lobste\.rs", _lobsters),
        (r"(?:stackoverflow|.+\.stackexchange)\.com", _stack_exchange),
    )
)


def _anywhere(site: str, path: list[str]) -> Iterable[str]:
    """Give what follows from the form of a path on any host: a person of the Fediverse."""
    if len(path) == 1 and re.fullmatch(r"@[\w.-]+", path[0]):
        yield f"{site}/{path[0]}.rss"


def _by_markup(flat: Sheet) -> list[Offer]:
    """Give the feeds of a platform that a page says it is made with."""
    split = sheet.taken_apart(flat.address)
    site = f"{split.scheme}://{split.netloc}"
    path = [part for part in split.path.split("/") if part]
    made = f"{flat.metas.get('generator', '')} {flat.metas.get('application-name', '')}".lower()
    found: list[str] = []
    channel = _channel(flat, (split.hostname or ""))
    if channel:
        found.append(f"{_YOUTUBE}channel_id={channel}")
    if split.scheme not in {"http", "https"}:
        return [Offer(url) for url in found]
    for maker, rule in _MAKERS:
        if maker in made:
            found += rule(site, path)
            break
    return [Offer(url) for url in found if url]


def _channel(flat: Sheet, host: str) -> str:
    """Find the channel that a page of YouTube is about."""
    if not host.removeprefix("www.").removeprefix("m.").endswith("youtube.com"):
        return ""
    told = [flat.metas.get(name, "") for name in ("channelid", "identifier", "og:url", "al:web:url")]
    for at, attrs in enumerate(flat.attrs):
        if attrs.get("itemprop", "").lower() in {"channelid", "identifier"}:
            told.insert(0, attrs.get("content", ""))
        elif flat.tags[at] == "link" and attrs.get("rel") == "canonical":
            told.append(attrs.get("href", ""))
    return next((match[0] for match in map(_CHANNEL.search, told) if match), "")


def _lemmy(site: str, path: list[str]) -> Iterable[str]:
    if len(path) > 1 and path[0] in {"c", "u"}:
        return [f"{site}/feeds/{path[0]}/{path[1]}.xml?sort=New"]
    return [f"{site}/feeds/local.xml?sort=New"]


def _discourse(site: str, path: list[str]) -> Iterable[str]:
    if path[:1] in (["c"], ["t"], ["tag"]) and len(path) > 1:
        return [f"{site}/{'/'.join(path)}.rss", f"{site}/latest.rss"]
    return [f"{site}/latest.rss"]


_MAKERS: Final[tuple[tuple[str, Callable[[str, list[str]], Iterable[str]]], ...]] = (
    ("wordpress", lambda site, path: _wordpress(site, path, {})),
    ("blogger", lambda site, path: _blogger(site, path, {})),
    (
        "ghost",
        lambda site, path: [f"{site}/{'/'.join(path)}/rss/"] * (path[:1] in (["tag"], ["author"])) + [f"{site}/rss/"],
    ),
    ("substack", lambda site, _: [f"{site}/feed"]),
    ("medium", lambda site, path: _medium(site, path, {})),
    ("tumblr", lambda site, path: _tumblr(site, path, {})),
    ("discourse", _discourse),
    ("lemmy", _lemmy),
    ("hugo", lambda site, path: [f"{site}/{'/'.join([*path, 'index.xml'])}"]),
    ("jekyll", lambda site, _: [f"{site}/feed.xml"]),
)
