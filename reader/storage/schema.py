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
    """
    -- What the source is for people, beside what is fetched of it.
    ALTER TABLE sources ADD COLUMN site TEXT NOT NULL DEFAULT '';

    ALTER TABLE articles ADD COLUMN offline INTEGER NOT NULL DEFAULT 0;  -- 1: the whole page is kept
    ALTER TABLE articles ADD COLUMN revised INTEGER;  -- when its words last changed after it came
    -- 1: no text came, only the beginning of one; NULL, in older files: so with the plain texts of a listing
    ALTER TABLE articles ADD COLUMN teaser INTEGER;
    ALTER TABLE articles ADD COLUMN came BLOB;        -- a digest of all that came, to see at once that nothing changed

    -- Articles whose whole page is still to be had; the words must be those of pages.wanting.
    CREATE INDEX article_short ON articles (source)
        WHERE NOT offline AND (cut OR words = 0 OR coalesce(teaser, 0));

    ALTER TABLE bodies ADD COLUMN updated INTEGER;
    ALTER TABLE bodies ADD COLUMN language TEXT;
    ALTER TABLE bodies ADD COLUMN image TEXT;
    ALTER TABLE bodies ADD COLUMN comments TEXT;

    -- What the publisher calls an article's subjects; what the user calls them is in marks.json.
    CREATE TABLE tags (
        key   INTEGER NOT NULL REFERENCES articles (key),
        place INTEGER NOT NULL,
        tag   TEXT NOT NULL,
        PRIMARY KEY (key, place)
    ) WITHOUT ROWID;

    CREATE TABLE enclosures (
        key     INTEGER NOT NULL REFERENCES articles (key),
        place   INTEGER NOT NULL,
        url     TEXT NOT NULL,
        type    TEXT NOT NULL,
        size    INTEGER,
        seconds INTEGER,
        title   TEXT NOT NULL,
        PRIMARY KEY (key, place)
    ) WITHOUT ROWID;

    -- Names that an article had before: guids within a source, canonical URLs under source 0.
    CREATE TABLE aliases (
        name   TEXT NOT NULL,
        source INTEGER NOT NULL,
        key    INTEGER NOT NULL REFERENCES articles (key),
        PRIMARY KEY (name, source, key)
    ) WITHOUT ROWID;
    CREATE INDEX alias_key ON aliases (key);

    -- The other sources that brought an article too; one of them inherits it when its own is removed.
    CREATE TABLE shared (
        key    INTEGER NOT NULL REFERENCES articles (key),
        source INTEGER NOT NULL REFERENCES sources (key),
        guid   TEXT,
        PRIMARY KEY (key, source)
    ) WITHOUT ROWID;

    -- The page behind an article's link: its text as Markdown, or why it could not be had.
    CREATE TABLE pages (
        key     INTEGER PRIMARY KEY REFERENCES articles (key),
        text    TEXT,                          -- NULL: not had yet
        shown   INTEGER NOT NULL DEFAULT 0,    -- 1: read and searched in the place of the text that came
        fetched INTEGER NOT NULL,              -- when it was last tried
        problem TEXT NOT NULL DEFAULT '',
        tries   INTEGER NOT NULL DEFAULT 0,    -- how often it failed
        stale   INTEGER NOT NULL DEFAULT 0,    -- 1: the article says something else since
        -- What the list says of the text that came, while it says something else of the page.
        words   INTEGER,
        cut     INTEGER,
        excerpt TEXT
    );
    CREATE INDEX page_stale ON pages (key) WHERE stale;

    -- Texts that were here before the present one, for the highlights made in them.
    CREATE TABLE former (
        number   INTEGER PRIMARY KEY,
        key      INTEGER NOT NULL REFERENCES articles (key),
        text     TEXT NOT NULL,
        markdown INTEGER NOT NULL,
        until    INTEGER NOT NULL
    );
    CREATE INDEX former_key ON former (key);

    -- What each source answered when it was last asked, and when to ask again.
    CREATE TABLE fetches (
        source    TEXT PRIMARY KEY,            -- its id: it may have no article yet
        etag      TEXT NOT NULL,
        modified  TEXT NOT NULL,
        digest    TEXT NOT NULL,
        checked   INTEGER,
        succeeded INTEGER,
        failures  INTEGER NOT NULL,
        error     TEXT NOT NULL,
        due       INTEGER NOT NULL,
        gone      INTEGER NOT NULL,
        every     INTEGER NOT NULL,
        address   TEXT NOT NULL,               -- where the validators came from, after redirects
        title     TEXT NOT NULL                -- what it calls itself, whatever the user calls it
    ) WITHOUT ROWID;

    -- Images of offline articles; `size` and `used` come first, so that a sum does not read the images.
    CREATE TABLE pictures (
        number  INTEGER PRIMARY KEY,
        url     TEXT NOT NULL UNIQUE,
        article INTEGER NOT NULL REFERENCES articles (key),
        type    TEXT NOT NULL,
        size    INTEGER NOT NULL,
        used    INTEGER NOT NULL,
        bytes   BLOB NOT NULL
    );
    CREATE INDEX picture_used    ON pictures (used, size);
    CREATE INDEX picture_article ON pictures (article);

    -- Measured with texts of 3 KB, 500 at a time: 7,600 a second, 4,000 as it comes.
    INSERT INTO words (words, rank) VALUES ('automerge', 8);
    INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);
    """,
    """
    -- By what articles that the user pruned are known, lest a refresh bring them again: hashes of pairs of names.
    CREATE TABLE pruned (
        source INTEGER NOT NULL REFERENCES sources (key),
        sign   INTEGER NOT NULL,
        at     INTEGER NOT NULL,               -- when; what is dated later is another article
        PRIMARY KEY (source, sign)
    ) WITHOUT ROWID;

    -- What a query asks for; the words must be those of compiling.py.
    CREATE INDEX article_moment ON articles (coalesce(published, added));
    CREATE INDEX body_language  ON bodies (language) WHERE language IS NOT NULL;
    CREATE INDEX body_pictured  ON bodies (key) WHERE image IS NOT NULL AND image <> '';

    -- What headlines say: the days and a hash, so that the other articles of a story are found, and few pages written.
    CREATE TABLE headlines (
        sign INTEGER NOT NULL,
        key  INTEGER NOT NULL,                 -- of an article that may be gone
        PRIMARY KEY (sign, key)
    ) WITHOUT ROWID;

    -- Articles that are not listed, but the one that leads; one that leads itself stands alone for good.
    CREATE TABLE stories (
        key    INTEGER PRIMARY KEY REFERENCES articles (key),
        leader INTEGER NOT NULL REFERENCES articles (key),
        hash   INTEGER NOT NULL                -- of what the headline says
    );
    CREATE INDEX story_leader ON stories (leader);
    CREATE INDEX story_hash   ON stories (hash);

    -- Hashes of headlines that one source gives again and again.
    CREATE TABLE columns (hash INTEGER PRIMARY KEY);

    -- 1: the source did not bring the article itself, but one that follows it.
    ALTER TABLE shared ADD COLUMN follows INTEGER NOT NULL DEFAULT 0;
    """,
)
"""Each step takes the file from `user_version` n to n + 1."""
