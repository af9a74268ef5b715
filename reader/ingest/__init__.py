"""From what the world sends to entries: one format a file, one gate for every text."""
