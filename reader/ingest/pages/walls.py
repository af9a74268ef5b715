"""What stands before an article: a price, a question about cookies, a script, a test for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.ingest.pages.words import COOKIE_WORDS, LOGIN_WORDS, PAID_WORDS, ROBOT_WORDS, SCRIPT_WORDS

if TYPE_CHECKING:
    from turbohtml import Document

SHORT: Final = 900
"""A text with more characters than this is not only what stands before a wall."""
TINY: Final = 300
"""A text with fewer is hardly more than a notice."""
CUT: Final = 3500
"""A text with more characters is the article, whatever else stands on its page."""

_NOTICE: Final = 400
_LOOKED_AT: Final = 200_000

PAYWALL: Final = "the rest of this article is only for subscribers: open it in the browser if you are one"
COOKIES: Final = "the page shows only a question about cookies: open it in the browser and answer there"
SCRIPT: Final = "the page is empty without JavaScript: open it in the browser"
ROBOT: Final = "the site wants to be sure that a person reads: open it in the browser"
LOGIN: Final = "the page is only for those who log in: give the source's login, or open it in the browser"
EMPTY: Final = "no article was found on the page: open it in the browser"
NOTHING: Final = frozenset({COOKIES, SCRIPT, ROBOT, EMPTY})
"""What keeps back so much that a page without its text is no article at all."""

_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_NOT_FREE: Final = re.compile(r'"isAccessibleForFree"\s*:\s*"?(?:false|no)\b', re.IGNORECASE)
_FREE_METAS: Final = (
    'meta[property="article:content_tier"][content="locked"]',
    'meta[name="article:content_tier"][content="locked"]',
    'meta[property="article:content_tier"][content="metered"]',
)
_PAID_CLASSES: Final = re.compile(
    r"(?:^|[\s_-])(?:paywall|pay-wall|piano-offer|tp-container-inner|regwall|subscriber-only|subscription-required"
    r"|premium-(?:wall|overlay|barrier|offer)|metered-content|meter-wall|locked-content|content-gate|article-gate"
    r"|paid-content-gate|barrier|offer-wall)(?:$|[\s_-])",
    re.IGNORECASE,
)


def problem(document: Document, body: str, shown: str, *, free: bool | None = None) -> str:
    """Tell in words what keeps an article from its reader; empty when nothing does.

    Args:
        document: the page.
        body: the article as far as it could be had.
        shown: all that the page shows, as text.
        free: whether the page says that its text costs nothing.
    """
    size = len(body) + 2 * len(_WIDE.findall(body))
    if size > CUT:
        return ""
    told = free is False or _says_not_free(document)
    end = shown if size < SHORT else shown[: len(shown) + 1]
    paid = bool(PAID_WORDS.search(end[:200_000]))
    if (told and (size < SHORT or paid or _has_barrier(document))) or (
        paid and (_has_barrier(document) or size < SHORT)
    ):
        return PAYWALL
    return _before(document, size, shown) if size < TINY or (size < SHORT and COOKIE_WORDS.search(body[:300])) else ""


def before(body: str) -> str:
    """Give what stands in a text before it asks for money."""
    blocks = body.split("\n\n")
    asks = (at for at, block in enumerate(blocks) if len(block) < _NOTICE and PAID_WORDS.search(block))
    return "\n\n".join(blocks[: next(asks, len(blocks))])


def _before(document: Document, size: int, shown: str) -> str:
    """Tell what a page with little text shows instead of one."""
    unseen = " ".join(one.text for one in document.iter_elements(("noscript",)))
    start = shown[:3000] if len(shown) > 300 else f"{shown} {unseen}"[:3000]
    title = document.find("title")
    named = title.text if title is not None else ""
    if len(shown) < 2500 and (ROBOT_WORDS.search(start) or ROBOT_WORDS.search(named)):
        return ROBOT
    if SCRIPT_WORDS.search(start) and len(shown) < 1500:
        return SCRIPT
    if COOKIE_WORDS.search(shown[:600]) and len(shown) < 4000:
        return COOKIES
    if LOGIN_WORDS.search(start) and len(shown) < 2500:
        return LOGIN
    return ""


def _says_not_free(document: Document) -> bool:
    if any(document.select_one(selector) is not None for selector in _FREE_METAS[:2]):
        return True
    scripts = document.iter_elements(("script",))
    return any(_NOT_FREE.search(script.text) for script in scripts if "json" in (script.attr("type") or ""))


def _has_barrier(document: Document) -> bool:
    return any(
        _PAID_CLASSES.search((element.attr("class") or "")[:500]) for element in document.iter_elements(_HOLDERS)
    )


_HOLDERS: Final = ("div", "section", "aside", "p", "article", "main")
