"""The query language by examples, for help, manual and command line."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final[tuple[tuple[str, str], ...]] = (
    ("lighthouse keeper", "has both words, or words that begin so: in title, byline, section, text or your notes"),
    ('"the last keeper"', "has just these words, one after the other"),
    ("lighthouse -storm", "has the one and not the other"),
    ("tide OR ebb", "has one of the two"),
    ("(tide OR ebb) -moon", "has one of the two, and not the third"),
    ("is:unread minutes:<5", "is not read yet, and read in less than five minutes"),
    ("is:bookmarked OR is:noted", "you bookmarked it, or wrote a note on it"),
    ("is:started", "is begun and not finished"),
    ("is:offline after:1w", "is kept whole, and newer than a week"),
    ('author:"Ada Marsh"', "has this name in its byline"),
    ("title:harbour -section:sport", "has the word in its title, and stood in another section"),
    ("source:gazette", "came from a source of this id, or with this word in its title"),
    ("folder:morning is:unread", "is not read yet, from the sources in this folder"),
    ("tag:recipes OR tag:garden", "has one of your tags"),
    ("note:ask", "has the word in a note of yours"),
    ("on:today", "is of today"),
    ("after:2026-10 before:2026-12-24", "is from November on, and older than Christmas Eve"),
    ("before:1y -is:read", "is older than a year, and still not read"),
    ("minutes:5-10 has:image", "is read in five to ten minutes, and has a picture"),
    ("lang:de", "is in German, as it is spoken anywhere"),
    (r"title:/^part \d+/", "has a title that this regular expression finds"),
    ("is:unread sort:shortest", "is not read yet; the shortest first"),
)
"""Queries, each with what an article is like that it finds."""
