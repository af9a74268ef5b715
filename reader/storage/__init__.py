"""The two stores: `library.db` (SQLite) for what the world sent, `marks.json` (TinyDB) for what the reader did."""
