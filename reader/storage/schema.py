"""The tables of library.db, as commented SQL, and how an older file becomes a newer one."""

from __future__ import annotations

from typing import Final

MIGRATIONS: Final = (
    """
    -- A mirror of the sources in marks.json, so that a list can name them without opening that file.
    CREATE TABLE sources (
        key      INTEGER PRIMARY KEY,
        id       TEXT NOT NULL UNIQUE,
        kind     TEXT NOT NULL,
        title    TEXT NOT NULL,
        location TEXT NOT NULL,
        edition  INTEGER NOT NULL DEFAULT 0   -- how often it was taken in; the newest edition's order leads
    );

    -- What a list shows. `id` is the lasting identity; `key` never leaves this file and is never used twice.
    CREATE TABLE articles (
        key       INTEGER PRIMARY KEY AUTOINCREMENT,
        id        INTEGER NOT NULL UNIQUE,
        source    INTEGER NOT NULL REFERENCES sources (key),
        guid      TEXT,                        -- identity, first choice: (source, guid)
        url_key   TEXT,                        -- second: the canonical URL, in any source
        title_key TEXT NOT NULL,               -- third: (source, title fingerprint)
        title     TEXT NOT NULL,
        author    TEXT,
        section   TEXT,
        url       TEXT,
        published INTEGER,                     -- seconds since 1970, UTC
        added     INTEGER NOT NULL,            -- seconds since 1970, UTC
        edition   INTEGER NOT NULL,            -- the source's edition that last held it …
        position  INTEGER NOT NULL,            -- … and its place there
        words     INTEGER NOT NULL,
        cut       INTEGER NOT NULL,            -- 1: the text stops in mid-sentence
        excerpt   TEXT NOT NULL                -- the beginning, as much as a row can show
    );
    CREATE INDEX article_guid  ON articles (source, guid) WHERE guid IS NOT NULL;
    CREATE INDEX article_url   ON articles (url_key) WHERE url_key IS NOT NULL;
    CREATE INDEX article_title ON articles (source, title_key);
    -- The order of a page, read from the index alone.
    CREATE INDEX article_page  ON articles (source, section, edition DESC, position, key);

    -- The text itself, apart, so that a walk over articles does not read it.
    CREATE TABLE bodies (
        key      INTEGER PRIMARY KEY REFERENCES articles (key),
        text     TEXT NOT NULL,
        markdown INTEGER NOT NULL,
        meta     TEXT NOT NULL                 -- a page's further lines (dates, durations), one a line
    );

    -- The full-text index keeps words, not text: the columns are given to it by the code that adds.
    CREATE VIRTUAL TABLE words USING fts5 (
        title, author, section, body,
        content='', tokenize="unicode61 remove_diacritics 2", prefix='2 3'
    );

    -- Small values: the state of the screen, the flags of all articles as they were at the last close.
    CREATE TABLE kept (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    """,
)
"""Each step takes the file from `user_version` n to n + 1."""
